"""Two sources beside each other: matching, coverage, and what the second says of a hole."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sigun.panel.reconcile import Reconciliation, missed, months_table, reconcile, share_of, witness
from sigun.panel.witnesses import said_of_second

START, END = date(2022, 1, 1), date(2022, 7, 1)
LENGTH = (END - START).days
HOLE = (60, 90)


def register(each: Any, prefix: str = "r") -> pd.DataFrame:
    """So many records each day, at places of their own."""
    at = pd.date_range(START, periods=LENGTH).repeat(each)
    n = np.arange(len(at))
    return pd.DataFrame({"id": [f"{prefix}{i}" for i in n], "occurred_at": at, "x": n * 1000.0, "y": 0.0})


WHOLE = register(np.full(LENGTH, 5))


def without(records: pd.DataFrame, *spans: tuple[int, int]) -> pd.DataFrame:
    day = (records["occurred_at"] - pd.Timestamp(START)).dt.days
    return records[~np.any([(day >= a) & (day < b) for a, b in spans], axis=0)]


def both(ours: pd.DataFrame, theirs: pd.DataFrame) -> Reconciliation:
    found = reconcile(ours, theirs, START, END)
    assert found is not None
    return found


def test_the_same_cases_are_found_by_their_number() -> None:
    found = both(without(WHOLE, HOLE), WHOLE[WHOLE.index % 5 > 0])
    assert found.by == "id"
    keep = found.outside([HOLE])
    assert found.covered(keep) == (keep.sum() * 4, keep.sum() * 4)
    assert found.theirs_here[slice(*HOLE)].sum() == 0


def test_other_numbers_are_matched_by_time_and_place_one_to_one() -> None:
    theirs = WHOLE.assign(id=[f"city{i}" for i in range(len(WHOLE))], x=WHOLE["x"] + 30)
    theirs = theirs.assign(occurred_at=theirs["occurred_at"] + pd.Timedelta(hours=20))
    twice = pd.concat([theirs, theirs.assign(id=theirs["id"] + "b")])
    last = pd.DataFrame({"id": ["far"], "occurred_at": [pd.Timestamp("2022-03-01")], "x": [-500.0], "y": [0.0]})
    found = both(WHOLE, pd.concat([twice, last]))
    assert found.by == "place"
    assert found.ours_there.sum() == found.ours.sum()
    assert found.theirs_here.sum() == found.ours.sum()


@pytest.mark.parametrize(("metres", "hours", "same"), [(49, 0, True), (51, 0, False), (0, 23, True), (0, 25, False)])
def test_how_near_is_the_same(metres: float, hours: float, same: bool) -> None:
    ours = WHOLE[WHOLE.index == 400]
    theirs = ours.assign(id="c", x=ours["x"] + metres, occurred_at=ours["occurred_at"] + pd.Timedelta(hours=hours))
    rest = WHOLE.assign(id=[f"z{i}" for i in range(len(WHOLE))], y=9e6)
    assert both(ours, pd.concat([theirs, rest])).theirs_here.sum() == int(same)


def test_only_days_both_cover_are_compared() -> None:
    late = WHOLE[WHOLE["occurred_at"] >= "2022-05-01"]
    found = both(WHOLE, late)
    assert (found.first, found.days) == (120, LENGTH - 120)
    assert reconcile(WHOLE, WHOLE.assign(occurred_at=WHOLE["occurred_at"] - pd.Timedelta(days=400)), START, END) is None


def test_a_hole_the_other_source_fills_is_confirmed() -> None:
    said = witness(both(without(WHOLE, HOLE), WHOLE), HOLE, [HOLE])
    assert said is not None
    assert (said.verdict, said.records, said.expected) == ("confirmed", 150, pytest.approx(150))


def test_silence_in_both_is_a_quiet_time() -> None:
    ours = without(WHOLE, HOLE)
    said = witness(both(ours, ours), HOLE, [HOLE])
    assert said is not None
    assert said.verdict == "quiet"


def test_a_thin_second_source_cannot_tell() -> None:
    thin = WHOLE[WHOLE.index % 60 == 0]
    said = witness(both(without(WHOLE, HOLE), without(thin, HOLE)), HOLE, [HOLE])
    assert said is not None
    assert said.verdict == "unclear"


def test_a_second_source_with_little_in_common_confirms_nothing_by_a_few_records() -> None:
    theirs = WHOLE.assign(id=np.where(WHOLE.index % 6 == 0, WHOLE["id"], "own" + WHOLE["id"]))
    few = pd.concat([without(theirs, HOLE), theirs[(WHOLE["occurred_at"] == "2022-03-05")]])
    said = witness(both(without(WHOLE, HOLE), few), HOLE, [HOLE])
    assert said is not None
    assert said.verdict != "confirmed"


def test_a_second_source_of_other_days_says_nothing() -> None:
    assert witness(both(WHOLE, WHOLE[WHOLE["occurred_at"] >= "2022-03-25"]), HOLE, [HOLE]) is None


def test_a_day_that_only_the_other_source_has_is_missed() -> None:
    found = both(without(WHOLE, HOLE, (20, 21)), WHOLE)
    assert missed(found, [HOLE], 0.001) == [((20, 21), 5)]
    assert missed(both(WHOLE, WHOLE), [], 0.001) == []


@pytest.mark.parametrize(
    ("span", "words"),
    [((20, 21), "No report on 2022-01-21;"), ((20, 22), "No report from 2022-01-21 to 2022-01-22 (2 days);")],
)
def test_a_single_day_is_said_as_one(span: tuple[int, int], words: str) -> None:
    found = list(said_of_second(both(without(WHOLE, HOLE, span), WHOLE), [HOLE], START, 0.001))
    assert [str(f.said).startswith(words) for f in found if f.kind == "second_source_only"] == [True]


def test_holidays_of_both_are_not_missed() -> None:
    each = np.where(np.arange(LENGTH) % 7 < 5, 5, 0)
    assert missed(both(register(each), register(each)), [], 0.001) == []


def test_months_say_what_each_has_of_the_other() -> None:
    table = months_table(both(without(WHOLE, (31, 59)), WHOLE[WHOLE.index % 5 > 0]), START)
    assert table["month"].tolist() == [date(2022, m, 1) for m in range(1, 7)]
    assert table["reports"].tolist() == [155, 0, 155, 150, 155, 150]
    assert table["coverage"].tolist() == [1, 0, 1, 1, 1, 1]
    assert table["other_coverage"].to_numpy() == pytest.approx([0.8, np.nan, 0.8, 0.8, 0.8, 0.8], nan_ok=True)
    inside = (table["low"] <= table["coverage"] + 1e-12) & (table["coverage"] <= table["high"] + 1e-12)
    assert inside.all()


def test_a_share_of_nothing_is_not_known() -> None:
    assert np.isnan(share_of(0, 0)).all()
