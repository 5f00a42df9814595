"""Periods of a header: told from other words, and read alike when their values are cleaned."""

from __future__ import annotations

import pytest

from sigun.ingest.periods import read_period
from sigun.ingest.tidy.moments import part_of_year, periods_inside, when, written

WRITTEN = {
    "2012": (2012, ""),
    "2012년": (2012, ""),
    "2012년도": (2012, ""),
    "2022 p)": (2022, ""),
    "2022(p)": (2022, ""),
    "2025 e)": (2025, ""),
    "2022년(잠정)": (2022, ""),
    "2010년T": (2010, ""),
    "2020년R": (2020, ""),
    "Y2015 2015": (2015, ""),
    "5Y2010 2010": (2010, ""),
    "2012.01": (2012, "M01"),
    "2012.01 월": (2012, "M01"),
    "2012. 1월": (2012, "M01"),
    "2026.03 p)": (2026, "M03"),
    "2022년08월": (2022, "M08"),
    "2022년 8월": (2022, "M08"),
    "2022-08": (2022, "M08"),
    "202208": (2022, "M08"),
    "2017.1/4": (2017, "Q1"),
    "2017년 1/4분기": (2017, "Q1"),
    "2017년 1분기": (2017, "Q1"),
    "2017 Q1": (2017, "Q1"),
    "2017.2/4 p)": (2017, "Q2"),
    "2019년 상반기": (2019, "H1"),
    "2019.2/2": (2019, "H2"),
    "2022-08-31": (2022, "M08D31"),
    "2022.08.31": (2022, "M08D31"),
    "2022-08-31 00:00:00": (2022, "M08D31"),
}


@pytest.mark.parametrize("text", WRITTEN)
def test_a_period_is_told_and_will_be_read(text: str) -> None:
    moment = when(text)
    assert moment is not None
    assert (moment.year, moment.within) == WRITTEN[text]
    read = read_period(text)
    assert read is not None
    assert read.first.year == moment.year


@pytest.mark.parametrize(
    "text",
    [
        "",
        "인구",
        "2015년 이전",
        "1980~1989년",
        "2022.13",
        "1234",
        "20125",
        "3012",
        "2,015",
        "15-19세",
        "2019-2020",
        "2012.1.x",
    ],
)
def test_other_words_and_numbers_are_no_periods(text: str) -> None:
    assert when(text) is None


@pytest.mark.parametrize(
    ("year", "part", "expected"),
    [
        ("2022", "1월", "2022.01"),
        ("2022년", "12월", "2022.12"),
        ("2022 p)", "3/4", "2022.3/4 p)"),
        ("2022", "하반기", "2022.2/2"),
        ("Y2015 2015", "2분기", "2015.2/4"),
    ],
)
def test_a_year_and_a_month_become_one_text(year: str, part: str, expected: str) -> None:
    assert written(year, part) == expected
    assert when(expected) is not None
    assert read_period(expected) is not None


def test_parts_of_a_year() -> None:
    assert [part_of_year(t) for t in ("1월", "01월", "4분기", "상반기", "13월", "월", "5/4")] == [
        *("M01", "M01", "Q4", "H1"),
        *(None, None, None),
    ]


def test_periods_in_a_title() -> None:
    assert periods_inside("2022년 12월 말 주민등록인구 (2022년 기준)") == ["2022년 12월", "2022년"]
    assert periods_inside("순이동 상위 10위, 2001-2019") == []
    assert periods_inside("인구 12,022명") == []
