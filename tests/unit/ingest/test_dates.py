"""Dates as people write them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from sigun.ingest.dates import form_of, read_clock, read_times

WRITTEN = [
    ("2024.3.5", "2024-03-05 00:00:00", "%Y.%m.%d"),
    ("2024. 3. 5.", "2024-03-05 00:00:00", "%Y.%m.%d"),
    ("2024-03-05 14:20", "2024-03-05 14:20:00", "%Y-%m-%d %H:%M"),
    ("2024-03-05(화) 14:20", "2024-03-05 14:20:00", "%Y-%m-%d %H:%M"),
    ("20240305", "2024-03-05 00:00:00", "%Y%m%d"),
    ("20240305142030", "2024-03-05 14:20:30", "%Y%m%d %H:%M"),
    ("2024.3.5 오후 2:20", "2024-03-05 14:20:00", "%Y.%m.%d %p %I:%M"),
    ("2024-03-05 오전 12:05:01", "2024-03-05 00:05:01", "%Y-%m-%d %p %I:%M"),
    ("03/05/2015 02:20:11 PM", "2015-03-05 14:20:11", "%m/%d/%Y %I:%M %p"),
    ("03/05/2015 12:00:00 AM", "2015-03-05 00:00:00", "%m/%d/%Y %I:%M %p"),
    ("2016-02-23T08:26:19-05:00", "2016-02-23 08:26:19", "%Y-%m-%d %H:%M"),
    ("2024년 3월 5일 14시 20분", "2024-03-05 14:20:00", "%Y년 %m월 %d일 %H:%M"),
    ("24.3.5 09:10", "2024-03-05 09:10:00", "%y.%m.%d %H:%M"),
    ("202403", "2024-03-01 00:00:00", "%Y%m"),
    ("2012.01 월", "2012-01-01 00:00:00", "%Y.%m"),
    ("2026.03 p)", "2026-03-01 00:00:00", "%Y.%m"),
    ("2024년", "2024-01-01 00:00:00", "%Y"),
]


@pytest.mark.parametrize(("text", "time", "form"), WRITTEN)
def test_each_way_of_writing_is_read_and_named(text: str, time: str, form: str) -> None:
    times = read_times(pa.array([text]))
    assert str(times.values[0]) == time
    assert list(times.forms) == [form]


@pytest.mark.parametrize("text", ["2024-02-30", "2024-13-01", "2024-03-05 24:00", "미정", "12", "2024-03-05 14:60"])
def test_what_is_no_date_is_bad_and_not_guessed(text: str) -> None:
    times = read_times(pa.array([text, None]))
    assert times.bad.tolist() == [True, False]
    assert times.values.isna().all()


def test_day_first_is_read_when_told() -> None:
    assert str(read_times(pa.array(["03/05/2015"]), day_first=True).values[0].date()) == "2015-05-03"
    assert read_times(pa.array(["25/05/2015"])).bad.all()


def test_two_forms_are_counted_with_their_first_rows() -> None:
    times = read_times(pa.array(["2024-03-05", "2024-03-06", "2024.3.7"]))
    assert times.forms == {"%Y-%m-%d": 0, "%Y.%m.%d": 2}
    assert times.counts == {"%Y-%m-%d": 2, "%Y.%m.%d": 1}


def test_offsets_are_minutes_east() -> None:
    offsets = read_times(pa.array(["2024-03-05T00:00:00Z", "2024-03-05T00:00:00+09:00", "2024-03-05"])).offsets
    assert offsets.tolist()[:2] == [0, 540]
    assert np.isnan(offsets[2])


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p"),
        ("%d/%m/%Y", "%d/%m/%Y"),
        ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M"),
        ("hello", None),
    ],
)
def test_a_format_of_a_card_names_the_same_forms(written: str, form: str | None) -> None:
    assert form_of(written) == form


def test_every_form_found_is_a_format_a_card_may_hold() -> None:
    for text, _time, form in WRITTEN:
        assert form_of(form) == form, text


def test_times_of_day() -> None:
    values, bad = read_clock(pa.array(["오후 2:20", "14시 20분", "9:05", None, "점심"]))
    said = [None if pd.isna(v) else str(pd.Timedelta(v))[-8:] for v in values]
    assert said == ["14:20:00", "14:20:00", "09:05:00", None, None]
    assert bad.tolist() == [False, False, False, False, True]


@pytest.mark.parametrize(
    "said",
    [
        ["2024-03-05 14:20:00", None, "2024-12-31 23:59:59"],
        ["2024-03-05 14:20", "2024-03-06 00:00"],
        ["2024-03-05", None],
        ["2024-02-30", "2024-03-01"],
        ["2024-03-05 24:00", "2024-03-05 10:00"],
    ],
)
def test_plain_columns_are_read_by_the_shorter_way_to_the_same(said: list[str | None]) -> None:
    """A last cell in another form sends the column the longer way."""
    short, long = read_times(pa.array(said)), read_times(pa.array([*said, "2024년 3월 5일"]))
    pd.testing.assert_series_equal(short.values, long.values[:-1], check_freq=False)
    assert short.bad.tolist() == long.bad[:-1].tolist()
    assert short.offsets.isna().all()
    other = {"%Y년 %m월 %d일"}
    assert short.forms == {k: v for k, v in long.forms.items() if k not in other}
    assert short.counts == {k: v for k, v in long.counts.items() if k not in other}
