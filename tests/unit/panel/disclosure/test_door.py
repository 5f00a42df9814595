"""What goes out of the door, and what stays inside."""

import numpy as np
import pandas as pd
import pytest

from sigun.catalog.card import Card
from sigun.ingest.layout import Column, Reading
from sigun.panel.disclosure.door import PROTECTED, Made, Outgoing, Private, let_out, private_columns
from sigun.plan.privacy import Privacy

MONTHS = pd.to_datetime(["2024-01-01", "2024-02-01", "2024-03-01"])
SMALL = [[2, 40, 60, 80], [50, 45, 55, 75], [52, 48, 58, 70]]  # by month: one small count in the first
TABLE = Private("cards", ("payments",), ("won",), ("mean",))


def frame() -> pd.DataFrame:
    payments = np.array(SMALL, dtype=float).ravel()
    told = pd.DataFrame(
        {
            "region": np.tile(["가", "나", "다", "라"], 3),
            "period": np.repeat(MONTHS, 4),
            "payments": payments,
            "won": payments * 11.5,
            "mean": 11.5,
            "residents": 1000.0,
            "payments__status": "observed",
        }
    )
    told["rate"] = told["payments"] / told["residents"]
    told["before"] = told.groupby("region")["payments"].shift()
    told["index"] = told["payments"] / told.groupby("region")["payments"].transform("first") * 100
    return told


MADE = {
    "rate": Made(("payments", "residents")),
    "before": Made(("payments",), back=1),
    "index": Made(("payments",), base=MONTHS[0]),
}


def out(**changed: object) -> pd.DataFrame:
    return let_out(Outgoing(frame(), (TABLE,), MADE), Privacy(**changed)).frame  # type: ignore[arg-type]


def hidden_in(told: pd.DataFrame, column: str) -> set[tuple[str, int]]:
    lost = told[told[column].isna() & frame()[column].notna()]
    return {(region, period.month) for region, period in zip(lost["region"], lost["period"], strict=True)}


def test_a_small_count_and_one_to_guard_it_are_hidden() -> None:
    lost = hidden_in(out(), "payments")
    assert ("가", 1) in lost and len(lost) == 2
    assert {month for _region, month in lost} == {1}, "other months are left alone"


def test_the_row_of_a_private_table_is_hidden_whole() -> None:
    told = out()
    assert hidden_in(told, "won") == hidden_in(told, "mean") == hidden_in(told, "payments")
    assert not hidden_in(told, "residents")


def test_what_was_derived_from_it_goes_too() -> None:
    told = out()
    lost = hidden_in(told, "payments")
    assert hidden_in(told, "rate") == lost
    assert hidden_in(told, "before") == {(region, 2) for region, _month in lost}, "a lag tells the month before"
    assert hidden_in(told, "index") == {(region, month) for region, _m in lost for month in (1, 2, 3)}


def test_the_status_says_so() -> None:
    told = out()
    assert (told.loc[told["payments"].isna(), "payments__status"] == PROTECTED).all()
    assert (told.loc[told["payments"].notna(), "payments__status"] == "observed").all()


def test_the_frame_that_was_handed_in_stays_as_it_was() -> None:
    before = frame()
    let_out(Outgoing(before, (TABLE,), MADE), Privacy())
    pd.testing.assert_frame_equal(before, frame())


def test_rounded_counts_take_their_derived_figures_with_them() -> None:
    told = out(method="round")
    assert told["payments"].notna().all()
    assert told.loc[0, "payments"] in (0, 5)
    assert hidden_in(told, "rate") >= {("가", 1)}
    assert np.isnan(told.loc[0, "won"]), "an amount of two payments cannot be rounded"


def test_totals_that_would_tell_are_named() -> None:
    alone = {"가": "강원", "나": "제주", "다": "제주", "라": "제주"}
    told = let_out(Outgoing(frame(), (TABLE,), {}, alone), Privacy())
    assert any("would tell" in m.template for m in told.said)


def test_a_table_without_a_count_of_persons_is_let_out_and_said() -> None:
    told = let_out(Outgoing(frame(), (Private("cards", (), ("won",)),)), Privacy())
    assert not told.hidden.to_numpy().any()
    assert "no column says how many persons" in told.said[0].template


def test_a_table_without_periods_is_one_table() -> None:
    one = frame()[frame()["period"] == MONTHS[0]].drop(columns="period")
    assert let_out(Outgoing(one, (TABLE,)), Privacy()).frame["payments"].isna().sum() == 2


@pytest.mark.parametrize(("grade", "expected"), [("O", ()), ("S", (TABLE,)), ("C", (TABLE,))])
def test_only_what_is_not_public_is_looked_at(grade: str, expected: tuple[Private, ...]) -> None:
    fields = (
        Column(name="이용건수", id="payments", role="value", unit="건", measure="flow"),
        Column(name="매출액", id="won", role="value", unit="천원", measure="flow"),
        Column(name="건당", id="mean", role="value", unit="천원", measure="rate"),
    )
    card = Card(
        id="cards",
        title="매출",
        file="a.csv",
        kind="area_periods",
        grade=grade,
        reading=Reading(format="csv"),
        fields=fields,
    )  # type: ignore[arg-type]
    assert private_columns({str(c.id): (card, c) for c in fields}) == expected
