"""What every way of writing a period means."""

from __future__ import annotations

import pandas as pd
import pytest

from sigun.ingest.periods import read_period, read_periods

WRITTEN = """
    2012                | 2012-01-01 | year
    2012년              | 2012-01-01 | year
    2015.0              | 2015-01-01 | year
    2010년T             | 2010-01-01 | year
    2020년R             | 2020-01-01 | year
    Y2015 2015          | 2015-01-01 | year
    5Y2010 2010         | 2010-01-01 | year
    2022 p)             | 2022-01-01 | year, provisional
    2022(잠정)          | 2022-01-01 | year, provisional
    2021 r)             | 2021-01-01 | year
    2012 상반기         | 2012-01-01 | half
    2012년 하반기       | 2012-07-01 | half
    2017.1/4            | 2017-01-01 | quarter
    2017년 4/4분기      | 2017-10-01 | quarter
    2012 3분기          | 2012-07-01 | quarter
    2012Q3              | 2012-07-01 | quarter
    2012.01             | 2012-01-01 | month
    2012.01 월          | 2012-01-01 | month
    2012-01             | 2012-01-01 | month
    2012년 1월          | 2012-01-01 | month
    2022년08월          | 2022-08-01 | month
    201212              | 2012-12-01 | month
    M201201 2012.01     | 2012-01-01 | month
    2026.03 p)          | 2026-03-01 | month, provisional
    2012.1.31.          | 2012-01-31 | day
    20120131            | 2012-01-31 | day
    2023-01-01 00:00:00 | 2023-01-01 | day
    2012-13             | none       |
    201213              | none       |
    2012.02.30          | none       |
    12.01               | none       |
    2012~2015           | none       |
    2012학년도          | none       |
    Y2015 2016          | none       |
    1899                | none       |
    미정                | none       |
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in WRITTEN.strip().splitlines()]


@pytest.mark.parametrize(("text", "first", "meaning"), ROWS)
def test_a_period_is_what_it_says(text: str, first: str, meaning: str) -> None:
    period = read_period(text)
    if first == "none":
        assert period is None
        return
    assert period is not None
    said = f"{period.span}, provisional" if period.provisional else period.span
    assert (str(period.first), said) == (first, meaning)


@pytest.mark.parametrize(
    ("column", "months"),
    [
        (["2012.01", "2012.02", "2012.1"], ["2012-01", "2012-02", "2012-10"]),  # January has two figures
        (["2012.1", "2012.2", "2012.10"], ["2012-01", "2012-02", "2012-10"]),  # October stands beside it
        (["2012.1", "2012.2"], ["2012-01", "2012-02"]),  # no later months at all
        (["2012.1", "2012.11"], [None, "2012-11"]),  # January, or October without its zero
        (["2010-11", "2011-12"], [None, None]),  # months, or a school year and the next
    ],
)
def test_what_could_be_two_periods_is_told_by_its_company_or_not_at_all(
    column: list[str], months: list[str | None]
) -> None:
    read = read_periods(pd.Series(column, dtype="str"))
    assert [None if pd.isna(day) else str(day)[:7] for day in read.first] == months
    assert read.unclear.tolist() == [month is None for month in months]
    assert not read.bad.any()
