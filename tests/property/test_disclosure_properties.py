"""No hidden cell can be solved for, whatever the table."""

from itertools import product

import numpy as np
import pytest
from benchmarks.disclosure import KINDS, random_rule, small, solved_by_another

from sigun.panel.disclosure import audit, audit_linked, flat, protect, protect_linked, table_of
from sigun.plan.privacy import Privacy


@pytest.mark.parametrize("kind", list(KINDS))
def test_nothing_can_be_solved_for(kind: str) -> None:
    """Thirty tables of each kind; in every tenth another program looks as well."""
    for number in range(30):
        rng = np.random.default_rng([1, number, list(KINDS).index(kind)])
        tables, rule = KINDS[kind](rng), random_rule(rng)
        if sum(t.values.size for t in tables) > 130:
            continue  # the benchmark has the large ones
        safe = protect_linked(tables, rule)
        told = audit_linked(tables, [p.shown for p in safe], rule, ranges=False)
        assert told.safe, (number, told)
        assert all(not (small(t, rule) & ~p.hidden).any() for t, p in zip(tables, safe, strict=True))
        if number % 10 == 0 and tables[0].values.size < 60:
            assert solved_by_another(tables, safe, rule) == 0


@pytest.mark.parametrize("zeros", ["shown", "hidden"])
def test_the_ranges_are_those_of_all_tables_there_are(zeros: str) -> None:
    """Two rows of three: every table of small figures is written down, and those that fit what is shown are kept."""
    least = 1 if zeros == "shown" else 0
    inner = np.array(list(product(range(9), repeat=6))).reshape(-1, 2, 3)
    sides = (flat("r", ["a", "b"]), flat("c", ["x", "y", "z"]))
    every = np.empty((len(inner), 3, 4), dtype=int)
    every[:, 1:, 1:] = inner
    every[:, 0, 1:] = inner.sum(axis=1)
    every[:, :, 0] = every[:, :, 1:].sum(axis=2)
    for seed in range(12):
        rng = np.random.default_rng(seed)
        table = table_of("n", sides, rng.integers(0, 4, (2, 3)))
        shown = table.values.copy()
        shown[1:, 1:][rng.random((2, 3)) < 0.7] = np.nan
        if zeros == "shown":
            shown[table.values == 0] = 0
        hidden = np.isnan(shown)
        told = audit(table, shown, Privacy(zeros=zeros))
        fits = ((every == shown) | (hidden & (every >= least))).all(axis=(1, 2))
        assert (told.low[0][hidden] == every[fits].min(axis=0)[hidden]).all()
        assert (told.high[0][hidden] == every[fits].max(axis=0)[hidden]).all()


def test_the_same_table_is_protected_alike() -> None:
    for number in range(10):
        tables = KINDS["two sides"](np.random.default_rng([3, number]))
        first, second = (protect(tables[0], Privacy()).hidden for _ in range(2))
        assert (first == second).all()


def test_showing_one_guard_again_is_noticed() -> None:
    """Of tables where each hidden cell is needed, showing any of the company opens the small one."""
    table = table_of("n", (flat("r", ["a", "b", "c"]), flat("c", ["x", "y"])), np.array([[2, 30], [12, 25], [40, 18]]))
    safe = protect(table, Privacy())
    for at in np.argwhere(safe.hidden & (table.values >= 5)):
        shown = safe.shown.copy()
        shown[tuple(at)] = table.values[tuple(at)]
        assert not audit(table, shown, Privacy()).safe
