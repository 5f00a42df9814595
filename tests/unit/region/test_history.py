"""Where a region is on the base date."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from sigun.region.codes import shipped
from sigun.region.history import ENDED, MERGED, MIXED, SPLIT, explain, same_place, to_base

BASE = date(2022, 12, 31)


def base_of(unit: str, base: date = BASE, year: str | None = None) -> tuple[str, str, bool]:
    periods = None if year is None else pd.Series(pd.to_datetime([year]))
    row = explain(pd.Series([unit]), shipped(), base, periods).iloc[0]
    return ("" if pd.isna(row["base"]) else row["base"], row["reason"], bool(row["approximate"]))


@pytest.mark.parametrize(
    ("unit", "base", "year", "there"),
    [
        ("43110", BASE, "2012", "43110"),
        ("43710", BASE, "2014", "43110"),
        ("43110", date(2012, 12, 31), "2012", "43110"),
        ("28177", date(2016, 12, 31), "2020", "28170"),
        ("51110", BASE, "2025", "42110"),
        ("42110", date(2025, 12, 31), "2019", "51110"),
        ("27720", BASE, "2024", "47720"),
        ("41285", date(2004, 12, 31), "2012", "41283"),
        ("41111", BASE, "2016", "41111"),
        ("00", BASE, "2016", "00"),
    ],
)
def test_forwards_and_backwards(unit: str, base: date, year: str, there: str) -> None:
    assert base_of(unit, base, year)[0] == there


@pytest.mark.parametrize(
    ("unit", "base", "year", "reason"),
    [
        ("43110", date(2012, 12, 31), "2020", MERGED),
        ("48120", date(2009, 12, 31), "2020", MERGED),
        ("41283", BASE, "2003", SPLIT),
        ("28110", date(2026, 12, 31), "2020", SPLIT),
        ("28140", date(2026, 12, 31), "2020", MIXED),
        ("28A02", date(2025, 12, 31), "2027", MIXED),
        ("41195", BASE, "2014", ENDED),
        ("36", date(2010, 12, 31), "2020", ENDED),
        ("99999", BASE, "2020", ENDED),
    ],
)
def test_what_has_no_one_place_on_the_base_date_says_why(unit: str, base: date, year: str, reason: str) -> None:
    assert base_of(unit, base, year)[:2] == ("", reason)


def test_parts_that_moved_make_it_approximate() -> None:
    assert base_of("44730", year="2010") == ("36110", "", True)
    assert base_of("44150", year="2010") == ("44150", "", True)
    assert base_of("44150", year="2013") == ("44150", "", False)
    assert base_of("47", date(2024, 1, 1), "2020")[2]


def test_without_periods_a_region_is_as_it_was_last() -> None:
    units = pd.Series(["28170", None, "43710", "28177"], index=[3, 2, 1, 0])
    moved = to_base(units, shipped(), BASE)
    assert moved.fillna("").tolist() == ["28177", "", "43110", "28177"]
    assert moved.index.tolist() == [3, 2, 1, 0]


def test_a_dong_no_table_has_stays_itself() -> None:
    assert base_of("1111051500", year="2016")[0] == "1111051500"


def test_one_place_under_all_its_codes() -> None:
    places = same_place(shipped())
    assert places["42110"] == places["51110"] == {"42110", "51110"}
    assert places["48150"] == {"48150", "48160"}
    assert "43110" not in places
