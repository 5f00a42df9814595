"""What became of Korea's regions since 2010, event by event, and what the program makes of it."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from carried import pairs, united, values
from sigun.region.codes import shipped, units_at
from sigun.region.identify import identify

EVENTS = """
day        | sido | before                             | sido after | after                     | carried
2010-07-01 | 경남 | 창원시(구), 마산시, 진해시         | 경남       | 창원시                    | added
2012-01-01 | 충남 | 당진군                             | 충남       | 당진시                    | same
2012-07-01 | 충남 | 연기군                             | 세종       | 세종시                    | approximate
2013-09-23 | 경기 | 여주군                             | 경기       | 여주시                    | same
2014-07-01 | 충북 | 청주시(구), 청원군                 | 충북       | 청주시(통합)              | added
2018-07-01 | 인천 | 남구                               | 인천       | 미추홀구                  | same
2023-06-11 | 강원 | 춘천시                             | 강원       | 춘천시                    | same
2023-07-01 | 경북 | 군위군                             | 대구       | 군위군                    | same
2024-01-18 | 전북 | 전주시                             | 전북       | 전주시                    | same
2026-07-01 | 인천 | 중구                               | 인천       | 제물포구, 영종구          | refused
2026-07-01 | 인천 | 서구                               | 인천       | 서구, 검단구              | refused
"""
"""`before` are the regions up to the day, `after` those from it on. same: the region goes on under another name or
code; added: counts are added, rates averaged by their denominator; approximate: the same, but parts of neighbours came
too; refused: it was divided, and nobody tells how its figures are to be shared out."""

ROWS = [[cell.strip() for cell in line.split("|")] for line in EVENTS.strip().splitlines()[1:]]


def units_of(sido: str, names: str, on: pd.Timestamp) -> list[str]:
    """MOIS codes of regions as a file of that year's end names them."""
    rows = pd.DataFrame({"sigungu": names.split(", ")}).assign(sido=sido, period=on)
    found = identify(rows, shipped())
    assert found.unmatched.empty
    return list(found.unit)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[2]}")
def test_an_event(row: list[str]) -> None:
    day, sido, before, sido_after, after, carried = row
    change = pd.Timestamp(day)
    year_before, year_after = (pd.Timestamp(change.year + step, 1, 1) for step in (-1, 1))
    old, new = units_of(sido, before, year_before), units_of(sido_after, after, year_after)
    counts = pd.DataFrame({"unit": old, "period": year_before, "value": [10.0 * (n + 1) for n in range(len(old))]})
    found = united(counts, base=date(change.year + 1, 12, 31))
    if carried == "refused":
        assert values(found) == {}
        assert list(found.lost) == old
        return
    (region,) = new
    assert values(found) == {(region, f"{year_before:%Y-%m}"): counts["value"].sum()}
    assert len(pairs(found.merged)) == (len(old) > 1)
    assert (region in found.approximate) == (carried == "approximate")
    assert found.lost == {}


@pytest.mark.parametrize("row", [row for row in ROWS if row[5] == "added"], ids=lambda row: row[2])
def test_an_index_of_merged_regions_is_refused(row: list[str]) -> None:
    change = pd.Timestamp(row[0])
    before = pd.Timestamp(change.year - 1, 1, 1)
    frame = pd.DataFrame({"unit": units_of(row[1], row[2], before), "period": before, "value": 100.0})
    found = united(frame, "index", date(change.year + 1, 12, 31))
    assert values(found) == {}
    assert len(found.refused) == 1


@pytest.mark.parametrize(
    ("day", "city", "districts"),
    [
        ("2010-07-01", "창원시", "의창구 성산구 마산합포구 마산회원구 진해구"),
        ("2014-07-01", "청주시", "상당구 서원구 흥덕구 청원구"),
        ("2024-01-01", "부천시", "원미구 소사구 오정구"),
        ("2026-02-01", "화성시", "만세구 효행구 병점구 동탄구"),
    ],
)
def test_districts_set_up(day: str, city: str, districts: str) -> None:
    units = units_at(shipped(), pd.Timestamp(day).date(), "gu")
    there = units[units["full"].str.contains(f" {city} ")]["name"]
    assert sorted(there) == sorted(districts.split())


def test_districts_abolished() -> None:
    codes = shipped()
    assert units_at(codes, date(2016, 7, 3), "gu")["full"].str.contains("부천시").sum() == 3
    assert units_at(codes, date(2016, 7, 4), "gu")["full"].str.contains("부천시").sum() == 0


def test_what_is_only_planned_or_unconfirmed_says_so() -> None:
    changes = shipped().changes
    doubtful = set(changes.loc[~changes["verified"], "date"].dt.strftime("%Y-%m-%d"))
    assert doubtful == {"2014-07-01", "2024-01-01", "2026-02-01", "2026-07-01"}
