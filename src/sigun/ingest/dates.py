"""Dates and times as people write them (날짜 읽기): one form a column, told apart and read as arrays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

CLOCK = (
    r"(?:[T\s,]*(?:\([월화수목금토일]\))?\s*(?P<half1>오전|오후|[AaPp][Mm])?\s*"
    r"(?P<hour>\d{1,2})\s*(?::|시)\s*(?P<minute>\d{1,2})?\s*(?::|분)?\s*(?P<second>\d{1,2}(?:[.,]\d+)?)?\s*초?"
    r"\s*(?P<half2>[AaPp]\.?[Mm]\.?|오전|오후)?\s*(?P<offset>[Zz]|[+-]\d{2}:?\d{2})?)"
)
WEEKDAY = r"(?:\s*\([월화수목금토일]\)\s*)?"
COMPACT_CLOCK = r"(?:[\sT]?(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?)?"

FORMS: Mapping[str, str] = {
    "%Y-%m-%d": r"^(?P<year>\d{4})\s*(?P<mark>[-./]|년)\s*(?P<month>\d{1,2})\s*(?:[-./]|월)\s*"
    rf"(?P<day>\d{{1,2}})\s*[.일]?{CLOCK}?{WEEKDAY}$",
    "%Y%m%d": rf"^(?P<year>(?:19|20)\d{{2}})(?P<month>\d{{2}})(?P<day>\d{{2}}){COMPACT_CLOCK}$",
    "%y-%m-%d": r"^'?(?P<year>\d{2})(?P<mark>[-./])\s*(?P<month>\d{1,2})[-./]\s*"
    rf"(?P<day>\d{{1,2}})\.?{CLOCK}?{WEEKDAY}$",
    "%m/%d/%Y": rf"^(?P<month>\d{{1,2}})(?P<mark>[-./])(?P<day>\d{{1,2}})[-./](?P<year>\d{{4}}){CLOCK}?$",
    "%Y-%m": r"^(?P<year>\d{4})\s*(?P<mark>[-./]|년)\s*(?P<month>\d{1,2})\s*월?\s*(?:[pP]\))?$",
    "%Y%m": r"^(?P<year>(?:19|20)\d{2})(?P<month>\d{2})$",
    "%Y": r"^(?P<year>(?:19|20)\d{2})\s*년?$",
}
"""What values are tried against, in this order. `%m/%d/%Y` also stands for day first: `day_first` decides."""

PLAIN: Mapping[str, str] = {
    "%Y-%m-%d %H:%M": r"^(?:19|20)\d{2}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?$",
    "%Y-%m-%d": r"^(?:19|20)\d{2}-\d{2}-\d{2}$",
}
"""The shapes of most files, as whole columns of them are read faster."""

TIME_OF_DAY = rf"^{CLOCK}$"


@dataclass(frozen=True)
class Times:
    """A column of dates read: what could not be, and in which forms they were written."""

    values: pd.Series  # datetime64[us], wall clock as written
    bad: np.ndarray  # bool: told, but no date
    offsets: pd.Series  # minutes east of Greenwich; missing where none was written
    forms: Mapping[str, int] = field(default_factory=dict)  # form -> position of its first row
    counts: Mapping[str, int] = field(default_factory=dict)


def read_times(text: pa.Array, day_first: bool = False) -> Times:
    """Each told value as a wall-clock time, with the form it was written in.

    Parameters
    ----------
    text : (n,) strings, stripped; null where nothing is told.
    day_first : `03/05/2015` is the third of May.

    Examples
    --------
    >>> times = read_times(pa.array(["2024.3.5 오후 2:20", None, "2024.3.32"]))
    >>> str(times.values[0]), times.bad.tolist(), list(times.forms)
    ('2024-03-05 14:20:00', [False, False, True], ['%Y.%m.%d %p %I:%M'])
    """
    plain = _plain_times(text)
    if plain is not None:
        return plain
    n = len(text)
    values, offsets = np.full(n, np.datetime64("NaT", "us")), np.full(n, np.nan)
    form = np.full(n, "", dtype=object)
    open_rows = pc.is_valid(text).to_numpy(zero_copy_only=False)
    told = open_rows.copy()
    for name, pattern in FORMS.items():
        if not open_rows.any():
            break
        at = np.flatnonzero(open_rows)
        parts = pc.extract_regex(text.take(pa.array(at)), pattern)
        hit = pc.is_valid(parts).to_numpy(zero_copy_only=False)
        if not hit.any():
            continue
        read = _assemble(parts.filter(pa.array(hit)), swap=day_first and name == "%m/%d/%Y")
        rows = at[hit]
        values[rows], offsets[rows] = read.values, read.offsets
        form[rows] = _written(name, read, day_first)
        open_rows[rows] = False
    bad = told & np.isnat(values)
    good = told & ~bad
    names, first, counts = np.unique(form[good].astype(str), return_index=True, return_counts=True)
    where = np.flatnonzero(good)
    return Times(
        pd.Series(values),
        bad,
        pd.Series(offsets),
        {str(k): int(where[i]) for k, i in zip(names, first, strict=True)},
        {str(k): int(c) for k, c in zip(names, counts, strict=True)},
    )


def _plain_times(text: pa.Array) -> Times | None:
    """A column of ISO dates, or of ISO times without an offset, by the shorter way; none where it is anything else."""
    told = pc.is_valid(text).to_numpy(zero_copy_only=False)
    form = next((form for form, shape in PLAIN.items() if _all_match(text, shape)), None)
    if form is None or not told.any():
        return None
    try:
        values = pc.cast(text, pa.timestamp("us")).to_pandas().astype("datetime64[us]")
    except pa.ArrowInvalid:
        return None
    counts = {form: int(told.sum())}
    none = np.zeros(len(told), bool)
    return Times(values, none, pd.Series(np.full(len(told), np.nan)), {form: int(told.argmax())}, counts)


def _all_match(text: pa.Array, shape: str) -> bool:
    return bool(pc.all(pc.match_substring_regex(text.slice(0, 100), shape)).as_py()) and bool(
        pc.all(pc.match_substring_regex(text, shape)).as_py()
    )


def read_clock(text: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Times of day ("오후 2:20", "14:20") as timedelta64[us], and which told values are none."""
    parts = pc.extract_regex(text, TIME_OF_DAY)
    hit = pc.is_valid(parts).to_numpy(zero_copy_only=False)
    values = np.full(len(text), np.timedelta64("NaT", "us"))
    if hit.any():
        seconds, right = _seconds(_fields(parts.filter(pa.array(hit))))
        values[hit] = np.where(right, _span(seconds), np.timedelta64("NaT", "us"))
    told = pc.is_valid(text).to_numpy(zero_copy_only=False)
    return values, told & np.isnat(values)


def form_of(written: str) -> str | None:
    """The form a strptime format stands for (seconds and offsets make no form of their own); none for no date."""
    sample = datetime(2021, 11, 23, 14, 35, 56)
    shown = sample.strftime(written.replace("%p", "PM").replace("%z", "+0900"))
    times = read_times(pa.array([shown]), day_first=is_day_first(written))
    return next(iter(times.forms), None)


def is_day_first(written: str | None) -> bool:
    """Whether a format puts the day before the month."""
    return bool(written and re.match(r"%d.*%m", written))


@dataclass(frozen=True)
class _Read:
    values: np.ndarray
    offsets: np.ndarray
    marks: np.ndarray  # what stands between year and month
    clock: np.ndarray  # "", "%H:%M", "%p %I:%M", "%I:%M %p"


def _assemble(parts: Any, swap: bool) -> _Read:
    got = _fields(parts)
    n = len(parts)
    year = _number(got.get("year"), n, 0)
    year = np.where(year < 100, year + 2000, year).astype(int)
    month, day = _number(got.get("month"), n, 1).astype(int), _number(got.get("day"), n, 1).astype(int)
    if swap:
        month, day = day, month
    right_month = (month >= 1) & (month <= 12)
    months = ((year - 1970) * 12 + np.where(right_month, month, 1) - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    right = right_month & (day >= 1) & (days.astype("datetime64[M]") == months)
    seconds, right_clock = _seconds(got)
    values = np.where(right & right_clock, days.astype("datetime64[us]") + _span(seconds), np.datetime64("NaT", "us"))
    marks = got["mark"].fillna("").to_numpy(object) if "mark" in got else np.full(n, "", object)
    return _Read(values, _offsets(got, n), marks, _clock_form(got, n))


def _fields(parts: Any) -> pd.DataFrame:
    """The named parts of a match as columns of text, missing where that part is not there."""
    return pd.DataFrame({k: v.to_pandas() for k, v in zip(parts.type.names, parts.flatten(), strict=True)}).replace(
        "", None
    )


def _number(column: pd.Series | None, n: int, otherwise: float) -> np.ndarray:
    if column is None:
        return np.full(n, otherwise)
    told = pd.to_numeric(column.str.replace(",", "."), errors="coerce")
    return np.asarray(told.fillna(otherwise), float)


def _seconds(got: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Seconds after midnight, and whether the clock shows such a time. No clock is midnight."""
    n = len(got)
    hour, minute, second = (_number(got.get(k), n, 0) for k in ("hour", "minute", "second"))
    half = _half(got, n)
    twelve = half != ""
    right = (hour < 24) & (minute < 60) & (second < 60) & (~twelve | (hour <= 12) | (half == "PM"))
    hour = np.where(twelve & (hour <= 12), hour % 12 + 12 * (half == "PM"), hour)
    return hour * 3600 + minute * 60 + second, right


def _half(got: pd.DataFrame, n: int) -> np.ndarray:
    """ "AM", "PM" or "" ."""
    said = np.full(n, "", object)
    for name in ("half1", "half2"):
        if name in got:
            words = got[name].str.upper().str.replace(".", "").replace({"오전": "AM", "오후": "PM"})
            said = np.where(words.notna(), words, said)
    return said


def _clock_form(got: pd.DataFrame, n: int) -> np.ndarray:
    if "hour" not in got:
        return np.full(n, "", object)
    form = np.where(got["hour"].notna(), "%H:%M", "")
    for name, shape in (("half1", "%p %I:%M"), ("half2", "%I:%M %p")):
        if name in got:
            form = np.where(got[name].notna(), shape, form)
    return form


def _offsets(got: pd.DataFrame, n: int) -> np.ndarray:
    """Minutes east of Greenwich; NaN where none is written."""
    if "offset" not in got or got["offset"].isna().all():
        return np.full(n, np.nan)
    said = got["offset"].str.upper().str.replace("Z", "+0000").str.replace(":", "")
    sign = np.where(said.str[0] == "-", -1, 1)
    return np.asarray(sign * (_number(said.str[1:3], n, np.nan) * 60 + _number(said.str[3:5], n, np.nan)))


def _span(seconds: np.ndarray) -> np.ndarray:
    return np.asarray(np.round(seconds * 1e6).astype("int64").astype("timedelta64[us]"))


def _written(name: str, read: _Read, day_first: bool) -> np.ndarray:
    """The form with the mark that stands between its parts, and its clock."""
    base = "%d/%m/%Y" if day_first and name == "%m/%d/%Y" else name
    forms = {mark: _marked(base, mark) for mark in set(read.marks)}
    day = np.array([forms[mark] for mark in read.marks], object)
    return np.asarray(np.where(read.clock != "", day + " " + read.clock.astype(object), day))


def _marked(base: str, mark: str) -> str:
    if mark == "년":
        return {"%Y-%m-%d": "%Y년 %m월 %d일", "%Y-%m": "%Y년 %m월"}[base]
    return base.replace("/" if "/" in base else "-", mark) if mark else base
