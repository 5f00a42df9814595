"""What is hidden or rounded, and what is said about it."""

import numpy as np
import pytest

from sigun.errors import RunError
from sigun.panel.disclosure import audit, audit_linked, flat, protect, protect_linked, table_of
from sigun.panel.disclosure.model import link
from sigun.plan.privacy import Privacy

REGION, SEX = flat("region", ["가", "나", "다", "라"]), flat("sex", ["f", "m"])
COUNTS = np.array([[2, 30], [12, 25], [40, 18], [9, 21]])


def test_a_small_cell_takes_company_in_its_row_and_column() -> None:
    safe = protect(table_of("n", (REGION, SEX), COUNTS), Privacy())
    assert np.isnan(safe.shown[1, 1])
    assert safe.hidden.sum() == 4
    assert safe.hidden[1].sum() == 2 and safe.hidden[:, 1].sum() == 2
    assert not safe.hidden[0].any(), "the totals stay"


def test_the_cheaper_company_is_taken() -> None:
    safe = protect(table_of("n", (REGION,), np.array([2, 300, 20, 500])), Privacy())
    assert safe.hidden.tolist() == [False, True, False, True, False]


def test_what_is_shown_is_true() -> None:
    table = table_of("n", (REGION, SEX), COUNTS)
    safe = protect(table, Privacy())
    assert (safe.shown[~safe.hidden] == table.values[~safe.hidden]).all()
    assert not safe.rounded.any()


def test_a_table_without_small_cells_is_left_alone() -> None:
    safe = protect(table_of("n", (REGION, SEX), COUNTS + 10), Privacy())
    assert not safe.hidden.any() and not safe.said


@pytest.mark.parametrize(("zeros", "hidden"), [("shown", False), ("hidden", True)])
def test_zeros_are_told_or_not_as_the_rule_says(zeros: str, hidden: bool) -> None:
    counts = COUNTS.copy()
    counts[0, 0] = 0
    assert protect(table_of("n", (REGION, SEX), counts), Privacy(zeros=zeros)).hidden[1, 1] == hidden


def test_the_threshold_is_the_rules() -> None:
    table = table_of("n", (REGION, SEX), COUNTS + 2)
    assert protect(table, Privacy(min_cell=5)).hidden.any()
    assert not protect(table, Privacy(min_cell=3)).hidden.any()


def test_where_zeros_are_told_a_hidden_pair_of_two_would_be_two_ones() -> None:
    """1 + 1 = 2 with both known to be at least 1: hiding the two alone tells both, so the total goes too."""
    safe = protect(table_of("n", (REGION,), np.array([1, 1, 0, 0])), Privacy())
    assert safe.hidden.tolist() == [True, True, True, False, False]


def test_an_amount_of_few_or_of_one_above_all_is_hidden() -> None:
    sales, shops = np.array([90.0, 100.0, 110.0, 120.0]), np.array([3, 9, 9, 9])
    largest = np.array([40.0, 95.0, 30.0, 30.0])
    few = protect(table_of("won", (REGION,), sales, shops), Privacy())
    assert few.hidden[1] and few.hidden.sum() == 2
    above_all = protect(table_of("won", (REGION,), sales, shops + 10, largest), Privacy(dominance=80))
    assert above_all.hidden[2] and not above_all.hidden[0]


def test_linked_tables_are_protected_together() -> None:
    """The other table tells the row's total by years: what hides a cell there must hide it here."""
    year = flat("year", ["2020", "2021"])
    rows = COUNTS.sum(axis=1)
    by_sex = table_of("n", (REGION, SEX), COUNTS)
    by_year = table_of("n", (REGION, year), np.column_stack([np.full(4, 3), rows - 3]))
    both = protect_linked((by_sex, by_year), Privacy())
    assert audit_linked((by_sex, by_year), [p.shown for p in both], Privacy()).safe
    for row in range(5):
        assert both[0].hidden[row, 0] == both[1].hidden[row, 0], "one cell, one fate"


def test_the_reader_finds_what_was_left_open() -> None:
    table = table_of("n", (REGION, SEX), COUNTS)
    shown = table.values.copy()
    shown[1, 1] = np.nan
    told = audit(table, shown, Privacy())
    assert told.exposed == (("n", "region=가", "sex=f"),)
    assert (told.low[0][1, 1], told.high[0][1, 1]) == (2, 2)


def test_a_cell_that_can_be_bounded_is_named() -> None:
    table = table_of("n", (REGION,), np.array([1, 2, 30, 40]))
    shown = table.values.copy()
    shown[1] = shown[2] = np.nan
    told = audit(table, shown, Privacy())
    assert not told.exposed or told.exposed == told.narrow
    assert len(told.narrow) == 2, "1 + 2 = 3: each is 1 or 2"
    assert (told.low[0][1], told.high[0][1]) == (1, 2)


def test_an_open_range_is_said_to_be_open() -> None:
    table = table_of("n", (REGION,), np.array([1, 1, 0, 0]))
    safe = protect(table, Privacy())
    assert np.isinf(audit(table, safe.shown, Privacy()).high[0][0])


ROUND = Privacy(method="round")


def test_rounding_gives_nothing_or_the_threshold_and_totals_are_sums() -> None:
    safe = protect(table_of("n", (REGION, SEX), COUNTS), ROUND, b"key")
    assert safe.shown[1, 1] in (0, 5)
    assert safe.shown[0, 0] == safe.shown[1:, 1:].sum()
    assert safe.rounded.sum() in (4,) and not safe.hidden.any()


def test_the_same_cell_is_rounded_alike_in_every_table() -> None:
    small = np.arange(1, 5).repeat(2).reshape(4, 2)
    one = protect(table_of("n", (REGION, SEX), small), ROUND, b"key")
    wider = protect(
        table_of("n", (flat("region", ["마", *REGION.labels[1:]]), SEX), np.vstack([[9, 9], small])), ROUND, b"key"
    )
    assert (one.shown[1:, 1:] == wider.shown[2:, 1:]).all()
    assert (one.shown != protect(table_of("n", (REGION, SEX), small), ROUND, b"other").shown).any()


def test_rounding_is_fair() -> None:
    """Of 4,000 cells of 2, two fifths become 5: within four standard errors."""
    many = flat("cell", [str(i) for i in range(4_000)])
    shown = protect(table_of("n", (many,), np.full(4_000, 2)), ROUND, b"key").shown[1:]
    assert abs((shown == 5).mean() - 0.4) < 4 * np.sqrt(0.24 / 4_000)


def test_amounts_cannot_be_rounded() -> None:
    with pytest.raises(RunError, match="amounts"):
        protect(table_of("won", (SEX,), np.array([1.0, 2.0]), np.array([3, 3])), ROUND)


def test_two_breakdowns_of_one_total_cannot_be_rounded() -> None:
    year = flat("year", ["2020", "2021"])
    pair = (table_of("n", (REGION, SEX), COUNTS), table_of("n", (REGION, year), COUNTS[:, ::-1] + [[1, -1]]))
    with pytest.raises(RunError, match="two ways"):
        protect_linked(pair, ROUND, b"key")


def test_every_cell_stands_once() -> None:
    assert len(set(link([table_of("n", (REGION, SEX), COUNTS)]).names)) == 15
