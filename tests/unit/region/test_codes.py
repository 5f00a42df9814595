"""The shipped table: whole, without contradictions, and the regions of a day."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from sigun.region.codes import LEVELS, lift, shipped, units_at


def test_every_row_is_whole() -> None:
    codes = shipped()
    units = codes.units
    assert units["unit"].is_unique
    assert set(units["level"]) <= set(LEVELS)
    assert (units["source"] != "").all()
    assert units["since"].notna().all()
    assert (units["until"].isna() | (units["until"] > units["since"])).all()
    assert set(units["parent"]) <= {"", *units["unit"]}
    assert set(codes.changes["old"]) | set(codes.changes["new"]) <= set(units["unit"])
    assert set(codes.kostat["unit"]) <= set(units["unit"])
    assert {"part", "merge", "recode", "rename", "promote", "transfer", "split", "divide", "abolish"} == set(
        codes.changes["kind"]
    )


def test_a_region_lies_in_one_that_exists_and_never_twice_under_a_name() -> None:
    units = shipped().units
    for day in pd.to_datetime(["2000-01-01", "2012-12-31", "2018-12-31", "2024-06-30", "2026-03-01"]):
        there = units[(units["since"] <= day) & (units["until"].isna() | (units["until"] > day))]
        assert set(there.loc[there["level"] != "nation", "parent"]) <= set(there["unit"])
        assert not there["full"].duplicated().any()


def test_kostat_codes_mean_one_region_at_a_time() -> None:
    table = shipped().kostat
    for day in pd.to_datetime(["2005-12-31", "2012-12-31", "2018-12-31", "2022-12-31"]):
        there = table[(table["since"] <= day) & (table["until"].isna() | (table["until"] > day))]
        assert not there["kostat"].duplicated().any()
        assert not there["unit"].duplicated().any()


@pytest.mark.parametrize(
    ("day", "sido", "sigungu", "with_districts"),
    [
        (date(2022, 12, 31), 17, 229, 250),
        (date(2018, 12, 24), 17, 229, 250),
        (date(2012, 12, 31), 17, 230, 251),
        (date(2010, 12, 31), 16, 230, 251),
        (date(2025, 12, 31), 17, 229, 252),
    ],
)
def test_how_many_there_were(day: date, sido: int, sigungu: int, with_districts: int) -> None:
    codes = shipped()
    assert len(units_at(codes, day, "sido")) == sido
    assert len(units_at(codes, day, "sigungu")) == sigungu
    assert len(units_at(codes, day, "sigungu", "gu")) == with_districts


def test_within_takes_names_and_codes() -> None:
    both = units_at(shipped(), date(2022, 12, 31), "sigungu", within=["서울특별시", "28"])
    assert sorted(both["sido"].unique()) == ["서울특별시", "인천광역시"]
    assert len(both) == 35


def test_lifting() -> None:
    units = pd.Series(["41111", "41110", "41", "36", "36110", "28265", "4111156000", None], index=range(8, 0, -1))
    up = lift(units, shipped(), "sigungu")
    assert up.fillna("").tolist() == ["41110", "41110", "", "36110", "36110", "28260", "41110", ""]
    assert up.index.tolist() == units.index.tolist()
    assert lift(units, shipped(), "sido").fillna("").tolist() == ["41", "41", "41", "36", "36", "28", "41", ""]


def test_districts_whose_codes_are_not_known_carry_a_stand_in_and_say_so() -> None:
    codes = shipped()
    stand_ins = {unit for unit in codes.years if not unit.isdigit()}
    assert len(stand_ins) == 7
    assert stand_ins <= codes.unverified
