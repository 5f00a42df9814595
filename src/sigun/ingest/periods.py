"""Periods as statistical tables write them (시점 읽기): first day, span, and whether the figure is provisional."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

Span = Literal["year", "half", "quarter", "month", "day", "number"]
SPANS: tuple[Span, ...] = ("year", "half", "quarter", "month", "day")
"""Lengths that are told by the words of a period."""

FIRST_NUMBER, LAST_NUMBER = -999, 6999  # of periods that are only counted
ZERO = 2000
"""The year that period 0 stands at inside: counted periods lie a year apart, so that the one before is the one before.
Nobody reads these dates: they are written as their number."""

YEAR = r"(?P<year>(?:19|20)\d{2})"
GAP = r"\s*(?:년|[.\-/\s])\s*"
FORMS: tuple[tuple[Span, re.Pattern[str]], ...] = (
    ("year", re.compile(rf"{YEAR}(?:\.0)?\s*(?:년도?)?\s*(?:년?[TR])?")),  # T, R: how the census was taken
    ("half", re.compile(rf"{YEAR}{GAP}?(?:(?P<first>상반기)|하반기)")),
    ("half", re.compile(rf"{YEAR}{GAP}?(?P<part>[12])\s*(?:/\s*2|반기)")),
    ("half", re.compile(rf"{YEAR}[\s.-]?H(?P<part>[12])")),
    ("quarter", re.compile(rf"{YEAR}{GAP}?(?P<part>[1-4])\s*(?:/\s*4\s*(?:분기)?|분기|Q)")),
    ("quarter", re.compile(rf"{YEAR}[\s.-]?Q(?P<part>[1-4])")),
    ("month", re.compile(rf"{YEAR}{GAP}(?P<part>\d{{1,2}})\s*\.?\s*월?")),
    ("month", re.compile(rf"{YEAR}M?(?P<part>\d{{2}})\s*월?")),
    (
        "day",
        re.compile(
            rf"{YEAR}{GAP}(?P<part>\d{{1,2}})\s*(?:월|[.\-/])\s*(?P<day>\d{{1,2}})\s*[.일]?(?:[T\s]+00:00(?::00)?)?"
        ),
    ),
    ("day", re.compile(rf"{YEAR}(?P<part>\d{{2}})(?P<day>\d{{2}})")),
)
MONTHS: Mapping[Span, int] = {"half": 6, "quarter": 3, "month": 1, "day": 1}

CODE = re.compile(r"\d{0,2}[A-Z](?P<code>\d{4,8})\s+(?P<rest>\S.*)")  # "Y2015 2015", "5Y2010 2010": code and label
PROVISIONAL = re.compile(r"\s*(?:\(?[pe]\)|\(?잠정치?\)?|\(?추정치?\)?)$", re.IGNORECASE)
REVISED = re.compile(r"\s*\(?r\)$", re.IGNORECASE)
LONE_TEN = re.compile(r"(?:19|20)\d{2}\.1")  # October of a spreadsheet that dropped the zero, or January
NEXT_YEAR = re.compile(rf"{YEAR}\s*[-/]\s*(?P<next>\d{{2}})")


@dataclass(frozen=True, slots=True)
class Period:
    """One period."""

    first: date
    span: Span
    provisional: bool


@dataclass(frozen=True)
class Periods:
    """A column of periods read."""

    first: pd.Series  # datetime64[us], the first day
    span: pd.Series  # str, missing where nothing is told
    provisional: np.ndarray  # bool
    bad: np.ndarray  # bool: told, but no period
    unclear: np.ndarray  # bool: told, and could be two periods
    spans: Mapping[Span, int]  # span -> position of its first row


def read_period(text: str) -> Period | None:
    """The period a text tells, or none.

    >>> read_period("2026.03 p)")
    Period(first=datetime.date(2026, 3, 1), span='month', provisional=True)
    >>> read_period("5Y2010 2010").span, read_period("2017.1/4").first, read_period("2012.13")
    ('year', datetime.date(2017, 1, 1), None)
    """
    said = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    coded = CODE.fullmatch(said)
    if coded is not None:
        said = coded["rest"]
        if not said.startswith(coded["code"][:4]):
            return None
    plain = REVISED.sub("", PROVISIONAL.sub("", said))
    provisional = PROVISIONAL.search(said) is not None
    for span, pattern in FORMS:
        found = pattern.fullmatch(plain)
        if found is not None:
            first = _first_day(span, found.groupdict())
            return None if first is None else Period(first, span, provisional)
    return None


def read_periods(text: pd.Series) -> Periods:
    """Each told value as a period.

    Parameters
    ----------
    text : (n,) strings, missing where nothing is told.

    Examples
    --------
    >>> read = read_periods(pd.Series(["2012", "2013 p)", None, "2013/14"], dtype="str"))
    >>> read.first.dt.strftime("%Y")[:2].tolist(), read.provisional.tolist(), read.bad.tolist()
    (['2012', '2013'], [False, True, False, False], [False, False, False, True])
    """
    unique = [str(told) for told in text.dropna().unique()]
    october, unclear = _lone_tens(unique)
    unclear |= _school_years(unique)
    read = {told: read_period(f"{told}0" if told in october else told) for told in unique}
    good = {told: period for told, period in read.items() if period is not None and told not in unclear}
    first = text.map({told: pd.Timestamp(period.first) for told, period in good.items()})
    span = text.map({told: period.span for told, period in good.items()}).astype("str")
    mixed = text.isin(list(unclear)).to_numpy()
    return Periods(
        first.astype("datetime64[us]"),
        span,
        text.isin([told for told, period in good.items() if period.provisional]).to_numpy(),
        (text.notna() & ~text.isin(list(good))).to_numpy() & ~mixed,
        mixed,
        {s: int(np.flatnonzero(span == s)[0]) for s in SPANS if (span == s).any()},
    )


SHORT_YEARS: Mapping[str, tuple[int, int]] = {"%y": (1969, 2068), "19%y": (1900, 1999), "20%y": (2000, 2099)}
"""Formats of years by two figures (81), and the years they may be: without a century from 1969 on."""

NUMBERS = "number"
"""The format of periods that are counted 1, 2, 3 …"""


def number_of(year: int) -> int:
    """The number of a counted period that stands at a year inside."""
    return year - ZERO


def read_short_years(text: pd.Series, form: str) -> Periods:
    """Years of two figures; without a century 69 to 99 are of the last one, 0 to 68 of this one.

    >>> read_short_years(pd.Series(["81", "'05", "2005", None], dtype="str"), "%y").first.dt.year.tolist()[:2]
    [1981.0, 2005.0]
    """
    first, last = SHORT_YEARS[form]
    told = text.str.extract(r"^\s*'?(\d{1,2})(?:\.0)?\s*년?\s*$", expand=False).astype("float64")
    year = first - first % 100 + told
    return _plain(text, year.where(year >= first, year + 100).where(year <= last), "year")


def read_numbers_of_periods(text: pd.Series) -> Periods:
    """Periods that are counted; whole numbers from -999 to 6,999.

    >>> read_numbers_of_periods(pd.Series(["1", "10", "1.5"], dtype="str")).bad.tolist()
    [False, False, True]
    """
    told = text.str.extract(r"^\s*([-+]?\d{1,4})(?:\.0)?\s*$", expand=False).astype("float64")
    return _plain(text, (told + ZERO).where((told >= FIRST_NUMBER) & (told <= LAST_NUMBER)), "number")


def _plain(text: pd.Series, year: pd.Series, span: Span) -> Periods:
    """Periods that begin with a year each; those without one are bad."""
    stamps = {y: pd.Timestamp(int(y), 1, 1) for y in year.dropna().unique()}
    none, good = np.zeros(len(text), bool), year.notna()
    spans = {span: int(np.flatnonzero(good)[0])} if good.any() else {}
    named = pd.Series(span, text.index).where(good).astype("str")
    first = year.map(stamps).astype("datetime64[us]")
    return Periods(first, named, none, (text.notna() & ~good).to_numpy(), none, spans)


def _first_day(span: Span, parts: Mapping[str, str | None]) -> date | None:
    year = int(parts["year"] or 0)
    if span == "year":
        return date(year, 1, 1)
    part = 1 if parts.get("first") else int(parts.get("part") or 2)  # 하반기 is the second half
    try:
        return date(year, (part - 1) * MONTHS[span] + 1, int(parts.get("day") or 1))
    except ValueError:
        return None


def _lone_tens(unique: Iterable[str]) -> tuple[set[str], set[str]]:
    """Of the texts "2012.1": those that are October, and those nobody can tell.

    A sheet that keeps "2012.10" as a number shows "2012.1". Where January is "2012.01", it must be October;
    where months have one figure and October stands beside it as "2012.10", it must be January.
    """
    unique = set(unique)
    lone = {told for told in unique if LONE_TEN.fullmatch(told)}
    october = {told for told in lone if f"{told[:5]}01" in unique and f"{told}0" not in unique}
    years = {told[:4] for told in lone}
    later = {told for told in unique if re.fullmatch(r"(?:19|20)\d{2}\.1[12]", told)}
    two_figures = any(re.fullmatch(r"(?:19|20)\d{2}\.0\d", told) for told in unique)
    january = {f"{year}.1" for year in years if f"{year}.10" in unique and not two_figures}
    if not later and not two_figures and not any(told.endswith(".10") for told in unique):
        january = lone
    return october, lone - october - january


def _school_years(unique: Iterable[str]) -> set[str]:
    """The texts "2011-12", "2012-13": a year and the next where all are so, and not the months of a year."""
    found = [(told, NEXT_YEAR.fullmatch(told)) for told in unique]
    hits = [(told, hit) for told, hit in found if hit is not None]
    running = [told for told, hit in hits if int(hit["next"]) == (int(hit["year"]) + 1) % 100]
    return set(running) if len(running) > 1 and len(running) == len(found) else set()
