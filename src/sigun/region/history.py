"""What became of a region (행정구역 변천): carried along splits, mergers, renames and transfers to another day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from sigun.region.codes import Codes
from sigun.text import N_

ONE_TO_ONE = frozenset({"rename", "recode", "promote", "transfer"})
WHOLE = ONE_TO_ONE | {"merge", "split"}  # kinds along which a region is carried

SPLIT = N_("It was divided later; how its figures are to be shared out is not known.")
MERGED = N_("It holds regions that were apart on the base date; it cannot be taken to pieces.")
MIXED = N_("The region it became has land of a divided one too; its own figures are not the whole.")
ENDED = N_("It was no region on the base date, and no successor is on record.")


@dataclass(frozen=True)
class Carry:
    """Where a region is on the base date."""

    unit: str  # "" where it has no one place there
    reason: str = ""  # why not, in the catalogue's English
    approximate: bool = False  # parts of it moved on the way


@dataclass(frozen=True)
class _Step:
    day: pd.Timestamp
    forward: Mapping[str, tuple[str, ...]]
    backward: Mapping[str, tuple[str, ...]]
    moved: frozenset[str]  # of which, or to which, only a part moved


def self_mergers(codes: Codes) -> dict[str, list[int]]:
    """unit -> years in which others merged into it while it kept its code (청주시 2014)."""
    rows = codes.changes[(codes.changes["kind"] == "merge") & (codes.changes["old"] == codes.changes["new"])]
    return {unit: sorted(days.dt.year) for unit, days in rows.groupby("new")["date"]}


@lru_cache(maxsize=8)
def _steps(codes: Codes) -> tuple[_Step, ...]:
    """The changes, day by day."""
    steps = []
    for day, rows in codes.changes.groupby("date", sort=True):
        whole = rows[rows["kind"].isin(WHOLE)]
        part = rows[rows["kind"] == "part"]
        steps.append(
            _Step(
                day,
                {u: tuple(sorted(r["new"])) for u, r in whole.groupby("old")},
                {u: tuple(sorted(r["old"])) for u, r in whole.groupby("new")},
                frozenset(part["old"]) | frozenset(part["new"]),
            )
        )
    return tuple(steps)


@lru_cache(maxsize=200_000)
def carried(unit: str, codes: Codes, since: pd.Timestamp | None, base: pd.Timestamp) -> Carry:
    """Where a region as it was at `since` lies on the base date.

    `since` none: as it was when it was last a region, or on the base date.
    """
    if unit not in codes.years:
        return Carry(unit) if len(unit) > 5 else Carry("", ENDED)
    start = _last_day(unit, codes, base) if since is None else since
    there, approximate = reached(unit, codes, start, base)
    if len(there) > 1:
        return Carry("", SPLIT if start <= base else MERGED)
    (here,) = there
    if not _is_one(here, codes, base):
        return Carry("", ENDED)
    beside = made_of(codes, state_of(codes, start), base).get(here, frozenset({unit}))
    if any(len(reached(other, codes, start, base)[0]) > 1 for other in beside):
        return Carry("", MIXED)
    return Carry(here, approximate=approximate)


@lru_cache(maxsize=200_000)
def reached(unit: str, codes: Codes, start: pd.Timestamp, base: pd.Timestamp) -> tuple[frozenset[str], bool]:
    """All regions of the base date that have land of a region as it was at `start`, and whether that is approximate."""
    forward = start <= base
    first, last = (start, base) if forward else (base, start)
    steps = [step for step in _steps(codes) if first < step.day <= last]
    here, approximate = {unit}, False
    for step in steps if forward else reversed(steps):
        to = step.forward if forward else step.backward
        moved = {after for before in here for after in to.get(before, (before,))}
        approximate |= bool((here | moved) & step.moved)
        here = moved
    return frozenset(here), approximate


@lru_cache(maxsize=2_000)
def made_of(codes: Codes, day: pd.Timestamp, base: pd.Timestamp) -> dict[str, frozenset[str]]:
    """Region of the base date -> the regions of its level that had land in it on that day.

    A 읍면동 can only be made of itself: their history is not on record.
    """
    units = codes.units
    lives = (units["since"] <= day) & (units["until"].isna() | (units["until"] > day))
    found: dict[str, set[str]] = {}
    for unit in units.loc[lives & (units["level"] != "dong"), "unit"]:
        for to in reached(unit, codes, day, base)[0]:
            found.setdefault(to, set()).add(unit)
    return {unit: frozenset(parts) for unit, parts in found.items()}


@lru_cache(maxsize=8)
def _edges(codes: Codes) -> pd.DatetimeIndex:
    """Days on which anything changed."""
    days = pd.concat([codes.units["since"], codes.units["until"], codes.changes["date"]]).dropna()
    return pd.DatetimeIndex(sorted(days.unique()))


def state_of(codes: Codes, day: pd.Timestamp) -> pd.Timestamp:
    """The last day, up to this one, on which anything changed: regions have been the same since."""
    edges = _edges(codes)
    at = int(edges.searchsorted(day, side="right")) - 1
    return edges[at] if at >= 0 else day


def _last_day(unit: str, codes: Codes, base: pd.Timestamp) -> pd.Timestamp:
    """The base date where the region is one then; else its last, or its first, day."""
    row = _rows(codes)[unit]
    if row[0] > base:
        return row[0]
    return base if pd.isna(row[1]) or row[1] > base else row[1] - pd.Timedelta(days=1)


@lru_cache(maxsize=8)
def _rows(codes: Codes) -> dict[str, tuple[pd.Timestamp, pd.Timestamp]]:
    units = codes.units
    return dict(zip(units["unit"], zip(units["since"], units["until"], strict=True), strict=True))


def _is_one(unit: str, codes: Codes, day: pd.Timestamp) -> bool:
    since, until = _rows(codes)[unit]
    return bool(since <= day and (pd.isna(until) or day < until))


def to_base(units: pd.Series, codes: Codes, base: date, periods: pd.Series | None = None) -> pd.Series:
    """The region each unit is, or is part of, on the base date; missing where it is in several or in none.

    Parameters
    ----------
    units : (n,) codes as `identify` gives them; missing stays missing.
    periods : (n,) first day of each row's period: where a code stayed and the region grew (청주시 2014) it tells
        which of the two is meant. None: the region as it was last, or is on the base date.

    Examples
    --------
    >>> from sigun.region.codes import shipped
    >>> to_base(pd.Series(["28170", "43710", "28177"]), shipped(), date(2022, 12, 31)).tolist()
    ['28177', '43110', '28177']
    """
    table = explain(units, codes, base, periods)
    return table["base"].astype("str")


def explain(units: pd.Series, codes: Codes, base: date, periods: pd.Series | None = None) -> pd.DataFrame:
    """As `to_base`, with the reason: columns unit, base (missing: none), reason, approximate; index of `units`."""
    day = pd.Timestamp(base)
    years = pd.Series(pd.NaT, units.index) if periods is None else periods.dt.year
    pairs = pd.DataFrame({"unit": units.astype(object), "year": years})
    known = pairs.drop_duplicates().dropna(subset="unit")
    found = {
        (unit, year): carried(unit, codes, _day_in(unit, year, codes), day)
        for unit, year in known.itertuples(index=False, name=None)
    }
    nothing = Carry("")
    rows = [found.get(key, nothing) for key in zip(pairs["unit"], pairs["year"], strict=True)]
    return pd.DataFrame(
        {
            "unit": units,
            "base": pd.Series([r.unit or None for r in rows], units.index).astype("str"),
            "reason": [r.reason for r in rows],
            "approximate": [r.approximate for r in rows],
        },
        index=units.index,
    )


def _day_in(unit: str, year: float, codes: Codes) -> pd.Timestamp | None:
    """The last day of the year on which the unit was one; the nearest day it was, where it was none that year."""
    if pd.isna(year) or unit not in codes.years:
        return None
    since, until = _rows(codes)[unit]
    last = pd.Timestamp(int(year), 12, 31)
    if not pd.isna(until):
        last = min(last, until - pd.Timedelta(days=1))
    return max(last, since)


@lru_cache(maxsize=8)
def same_place(codes: Codes) -> dict[str, frozenset[str]]:
    """unit -> all units that are the same region under other names and codes, itself among them."""
    rows = codes.changes[codes.changes["kind"].isin(ONE_TO_ONE)]
    group: dict[str, frozenset[str]] = {}
    for old, new in rows.sort_values("date", kind="stable")[["old", "new"]].itertuples(index=False, name=None):
        whole = group.get(old, frozenset({old})) | group.get(new, frozenset({new}))
        for unit in whole:
            group[unit] = whole
    return group
