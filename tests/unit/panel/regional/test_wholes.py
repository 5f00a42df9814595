"""Parts to wholes: which set of parts is looked at, what several of them make, and what stays open."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sigun.panel.regional.model import NOT_OBSERVED, OBSERVED, PROVISIONAL, SUPPRESSED
from sigun.panel.regional.wholes import ROW, Rule, wholes_of

HISTORY = {
    # 청주 and 청원 become one on 2014-07-01; 남구 is called 미추홀 from 2018-07-01 on
    "cheongju": ("cheongju", "1990-01-01", None),
    "cheongwon": ("cheongju", "1990-01-01", "2014-07-01"),
    "namgu": ("michuhol", "1990-01-01", "2018-07-01"),
    "michuhol": ("michuhol", "2018-07-01", None),
    # on an earlier map: 증평 was born of 괴산 in August 2013, and still belongs to it
    "goesan": ("goesan", "1990-01-01", None),
    "jeungpyeong": ("goesan", "2013-08-30", None),
}


def parts() -> pd.DataFrame:
    rows = [
        (part, whole, year, pd.Timestamp(since), pd.NaT if until is None else pd.Timestamp(until))
        for part, (whole, since, until) in HISTORY.items()
        for year in range(2012, 2020)
        if int(since[:4]) <= year <= (9999 if until is None else (pd.Timestamp(until) - pd.Timedelta(days=1)).year)
    ]
    return pd.DataFrame(rows, columns=["part", "whole", "year", "since", "until"])


def told(*rows: tuple[str, str, float | None], state: int = OBSERVED, weight: float | None = None) -> pd.DataFrame:
    frame = pd.DataFrame([(pd.Timestamp(p), u, v) for p, u, v in rows], columns=["period", "unit", "value"])
    frame["value"] = frame["value"].astype(float)
    frame["state"] = np.where(frame["value"].isna(), NOT_OBSERVED, state)
    return frame.assign(weight=np.nan if weight is None else weight)[ROW].astype({"period": "datetime64[us]"})


def one(rows: pd.DataFrame, rule: Rule, span: str = "year", whole: str = "cheongju") -> tuple[float | None, int]:
    made = wholes_of(rows, parts(), span, rule)
    row = made[made["whole"] == whole].iloc[0]
    return (None if pd.isna(row["value"]) else float(row["value"])), int(row["state"])


@pytest.mark.parametrize(
    ("rows", "rule", "expected"),
    [
        # before the merger both are needed
        ([("2013", "cheongju", 6.0), ("2013", "cheongwon", 2.0)], "add", 8.0),
        ([("2013", "cheongju", 6.0), ("2013", "cheongwon", 2.0)], "take", 8.0),
        ([("2013", "cheongju", 6.0), ("2013", "cheongwon", 2.0)], "refuse", None),
        ([("2013", "cheongju", 6.0), ("2013", "cheongwon", 0.0)], "add", 6.0),
        ([("2013", "cheongju", 6.0), ("2013", "cheongwon", None)], "add", None),
        ([("2013", "cheongju", 6.0)], "add", None),
        # in its year the new region alone is enough, and so are both old ones
        ([("2014", "cheongju", 8.0), ("2014", "cheongwon", None)], "refuse", 8.0),
        ([("2014", "cheongju", 8.0), ("2014", "cheongwon", 0.0)], "add", 8.0),
        # counts of the days before and after belong together; stocks do not
        ([("2014", "cheongju", 5.0), ("2014", "cheongwon", 3.0)], "add", 8.0),
        ([("2014", "cheongju", 5.0), ("2014", "cheongwon", 3.0)], "take", 5.0),
    ],
)
def test_a_merger(rows: list[tuple[str, str, float | None]], rule: Rule, expected: float | None) -> None:
    value, state = one(told(*rows), rule)
    assert value == expected
    assert state == (NOT_OBSERVED if expected is None else OBSERVED)


@pytest.mark.parametrize("month", ["2018-01", "2018-06", "2018-07", "2018-12"])
def test_a_new_name_told_from_january_on(month: str) -> None:
    rows = told((month, "namgu", 0.0), (month, "michuhol", 248.0))
    assert one(rows, "add", "month", "michuhol") == (248.0, OBSERVED)
    assert one(rows, "take", "month", "michuhol") == (248.0, OBSERVED)


def test_a_new_name_told_from_its_own_day_on() -> None:
    assert one(told(("2018-01", "namgu", 240.0)), "add", "month", "michuhol") == (240.0, OBSERVED)


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ((("2014-02", "cheongju", 7.0), ("2014-02", "cheongwon", 2.0)), 9.0),  # both still told
        ((("2014-02", "cheongju", 9.0), ("2014-02", "cheongwon", 0.0)), 9.0),  # moved from January on
        ((("2014-02", "cheongju", 9.0),), 9.0),
        ((("2014-08", "cheongju", 9.0), ("2014-08", "cheongwon", 2.0)), 9.0),  # what was left of a region that was none
    ],
)
def test_months_of_a_stock_before_a_merger_within_its_year(
    rows: tuple[tuple[str, str, float | None], ...], value: float
) -> None:
    assert one(told(*rows), "take", "month") == (value, OBSERVED)


def test_a_rate_of_a_month_before_a_merger_is_of_both() -> None:
    rows = told(("2014-02", "cheongju", 1.0), ("2014-02", "cheongwon", 2.0))
    assert one(rows.assign(weight=[300.0, 100.0]), "weigh", "month") == (1.25, OBSERVED)
    assert one(rows, "refuse", "month")[0] is None


def test_rates_are_weighted_by_their_denominators() -> None:
    rows = told(("2013", "cheongju", 1.0), ("2013", "cheongwon", 2.0))
    rows["weight"] = [300.0, 100.0]
    assert one(rows, "weigh") == (1.25, OBSERVED)
    rows["weight"] = [300.0, np.nan]
    assert one(rows, "weigh")[0] is None


def test_a_hidden_part_hides_the_whole() -> None:
    rows = told(("2013", "cheongju", 6.0), ("2013", "cheongwon", None))
    rows.loc[1, "state"] = SUPPRESSED
    assert one(rows, "add") == (None, SUPPRESSED)


def test_a_provisional_part_makes_a_provisional_whole() -> None:
    rows = told(("2013", "cheongju", 6.0), ("2013", "cheongwon", 2.0))
    rows.loc[1, "state"] = PROVISIONAL
    assert one(rows, "add") == (8.0, PROVISIONAL)


def test_a_part_without_the_others_is_said() -> None:
    made = wholes_of(told(("2013", "cheongju", 6.0)), parts(), "year", "add")
    assert made.loc[made["whole"] == "cheongju", "partial"].tolist() == [True]


def test_what_is_told_before_it_stood_stands_for_itself_and_a_nought_does_not() -> None:
    only = parts().query("part == 'michuhol' and year > 2017")
    early = wholes_of(told(("2015", "michuhol", 5.0), ("2016", "michuhol", 0.0)), only, "year", "add")
    assert early[["period", "value", "early"]].values.tolist() == [[pd.Timestamp("2015"), 5.0, True]]


def test_in_the_year_a_region_gives_birth_its_own_figure_may_be_of_either() -> None:
    assert one(told(("2013", "goesan", 40.0)), "add", whole="goesan") == (None, NOT_OBSERVED)
    assert one(told(("2013", "goesan", 40.0), ("2013", "jeungpyeong", 9.0)), "add", whole="goesan") == (49.0, OBSERVED)
    assert one(told(("2012", "goesan", 50.0)), "add", whole="goesan") == (50.0, OBSERVED)


@pytest.mark.parametrize(("needed", "value", "short"), [(0.5, 6.0, True), (0.6, None, False)])
def test_a_plan_may_be_content_with_a_share_of_the_parts(needed: float, value: float | None, short: bool) -> None:
    made = wholes_of(told(("2013", "cheongju", 6.0)), parts(), "year", "add", needed).set_index("whole")
    assert made.loc["cheongju", "short"] == short
    assert pd.isna(made.loc["cheongju", "value"]) if value is None else made.loc["cheongju", "value"] == value


def test_a_set_told_in_full_comes_before_one_that_is_told_enough() -> None:
    full = told(("2014", "cheongju", 5.0))
    made = wholes_of(full, parts(), "year", "take", 0.5).set_index("whole")
    assert (made.loc["cheongju", "value"], made.loc["cheongju", "short"]) == (5.0, False)
