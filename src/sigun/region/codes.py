"""Regions and how long each was one (행정구역 코드): names, MOIS and KOSTAT codes with their validity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

import pandas as pd

from sigun.region.spelling import ALIASES, plain

DATA = Path(__file__).parent / "data"
VERSION = "2026-11"

Level = Literal["nation", "sido", "sigungu", "gu", "office", "dong", "own"]
"""전국 · 시도 · 시군구 · 일반구 · 출장소 · 읍면동 · regions of tables that no official table knows."""

LEVELS: tuple[Level, ...] = ("nation", "sido", "sigungu", "gu", "office", "dong")
SHOWN = 5  # names in a sentence
RECORDS = pd.Timestamp(1988, 4, 23)  # the first day of the official table: what was there then had been there before
FOREVER = 9999  # the last year of what has not ended


@dataclass(frozen=True, eq=False)  # one table is another only if it is the same object: it can be a cache's key
class Codes:
    """Every region that was one at some time, and what became of it."""

    units: pd.DataFrame
    """unit (MOIS: 2 digits 시도, 5 시군구 and 일반구, 10 읍면동), name, full, sido, parent, level, since, until
    (half-open; NaT: to this day), kostat (the newest known), source, verified. One row a unit."""
    changes: pd.DataFrame
    """date, kind, old, new, note, source, verified: one row a pair. Kinds: rename, recode, promote, transfer (one
    becomes one), merge, split, part (a part moved, both go on), divide and abolish (일반구 of a city)."""
    kostat: pd.DataFrame
    """unit, kostat (2 or 5 digits), since, until, source, verified."""
    version: str
    own: frozenset[str] = frozenset()
    """Units of a table of the reader's own: their codes are known as they stand, in no numbering."""

    @cached_property
    def shares(self) -> dict[str, dict[str, float]]:
        """A divided unit -> those it became -> the declared share of its counts that is theirs."""
        if "share" not in self.changes:
            return {}
        told = self.changes[(self.changes["kind"] == "split") & self.changes["share"].notna()]
        return {old: dict(zip(rows["new"], rows["share"], strict=True)) for old, rows in told.groupby("old")}

    @cached_property
    def years(self) -> dict[str, tuple[int, int]]:
        """unit -> first and last calendar year in which it was a unit on some day; 0: as far back as anyone tells."""
        since = self.units["since"].dt.year.mask(self.units["since"] <= RECORDS, 0)
        until = (self.units["until"] - pd.Timedelta(days=1)).dt.year.fillna(FOREVER).astype(int)
        return dict(zip(self.units["unit"], zip(since, until, strict=True), strict=True))

    @cached_property
    def parents(self) -> dict[str, str]:
        """unit -> the unit above it."""
        return dict(zip(self.units["unit"], self.units["parent"], strict=True))

    @cached_property
    def levels(self) -> dict[str, Level]:
        """unit -> its level."""
        return dict(zip(self.units["unit"], self.units["level"], strict=True))

    @cached_property
    def fulls(self) -> dict[str, str]:
        """unit -> its name with those above it."""
        return dict(zip(self.units["unit"], self.units["full"], strict=True))

    @cached_property
    def by_kostat(self) -> dict[str, tuple[tuple[str, int, int], ...]]:
        """KOSTAT code -> the units it has meant, each with its first and last calendar year."""
        found: dict[str, list[tuple[str, int, int]]] = {}
        last = (self.kostat["until"] - pd.Timedelta(days=1)).dt.year.fillna(FOREVER).astype(int)
        rows = zip(self.kostat["kostat"], self.kostat["unit"], self.kostat["since"].dt.year, last, strict=True)
        for code, unit, first, end in rows:
            found.setdefault(code, []).append((unit, int(first), int(end)))
        return {code: tuple(meant) for code, meant in found.items()}

    @cached_property
    def unverified(self) -> frozenset[str]:
        """Units whose code or dates were not compared with an official table."""
        return frozenset(self.units.loc[~self.units["verified"], "unit"])

    def above(self, unit: str) -> tuple[str, ...]:
        """The unit and all above it, from below; a 읍면동 not in the table is under the region its code begins with."""
        chain = []
        while unit and unit not in chain:
            chain.append(unit)
            unit = self.parents.get(unit, unit[:5] if len(unit) > 5 else "")
        return tuple(chain)

    def listed(self, units: Sequence[str]) -> str:
        """The first of them by name, and how many more there are; for a sentence."""
        names = [self.fulls.get(u, u) for u in units[:SHOWN]]
        more = len(units) - len(names)
        return ", ".join(names) + (f" … +{more}" if more else "")


@lru_cache(maxsize=1)
def shipped() -> Codes:
    """The table that comes with the program: 시도, 시군구, 일반구 and 출장소 since 1998."""
    units = read_table(DATA / "units.csv", ("since", "until"))
    kostat = read_table(DATA / "kostat.csv", ("since", "until"))
    newest = kostat.sort_values(["unit", "since"]).drop_duplicates("unit", keep="last").set_index("unit")["kostat"]
    units.insert(units.columns.get_loc("source"), "kostat", units["unit"].map(newest).fillna(""))
    return Codes(units, read_table(DATA / "changes.csv", ("date",)), kostat, VERSION)


def read_table(path: Path, dates: Iterable[str]) -> pd.DataFrame:
    """A table of the shipped form: text, `verified` as truth, dates; an empty date is NaT."""
    table = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
    for name in dates:
        table[name] = pd.to_datetime(table[name].where(table[name] != ""), format="%Y-%m-%d")
    return table.assign(verified=table["verified"] == "true")


def units_at(
    codes: Codes, base: date, level: Level, ilbangu: Literal["city", "gu"] = "city", within: Iterable[str] = ()
) -> pd.DataFrame:
    """The regions of one level on one day, sorted by code.

    Parameters
    ----------
    level : "sigungu" has the cities; with `ilbangu="gu"` a city that has districts is told by them instead.
    within : 시도, by any name or code; none: all.

    Returns
    -------
    unit, name, full, sido, verified.

    Examples
    --------
    >>> len(units_at(shipped(), date(2022, 12, 31), "sigungu"))
    229
    """
    units, day = codes.units, pd.Timestamp(base)
    there = units[(units["since"] <= day) & (units["until"].isna() | (units["until"] > day))]
    wanted = there[there["level"] == level]
    if level == "sigungu" and ilbangu == "gu":
        districts = there[there["level"] == "gu"]
        wanted = pd.concat([wanted[~wanted["unit"].isin(districts["parent"])], districts])
    families = {family_of(codes, name) for name in within}
    if families:
        wanted = wanted[wanted["sido"].map(lambda name: ALIASES.get(name, name)).isin(families)]
    return wanted[["unit", "name", "full", "sido", "verified"]].sort_values("unit", ignore_index=True)


def family_of(codes: Codes, sido: str) -> str:
    """The short name of a 시도 told by any of its names or its code."""
    name = codes.fulls.get(sido, sido) if sido.isdigit() else sido
    return ALIASES.get(plain(name), plain(name))


def lift(units: pd.Series, codes: Codes, level: Level) -> pd.Series:
    """The region of that level each unit is, or lies in; missing where it lies above it.

    A 시도 that is its own only 시군구 (세종) counts as that 시군구.

    >>> lift(pd.Series(["41111", "36", "4111156000"]), shipped(), "sigungu").tolist()
    ['41110', '36110', '41110']
    """
    lone = _lone_children(codes)

    def up(unit: str) -> str | None:
        chain = codes.above(unit)
        found = next((u for u in chain if codes.levels.get(u) == level), None)
        return found or (lone.get(unit) if level == "sigungu" else None)

    table = {unit: up(unit) for unit in units.dropna().unique()}
    return units.map(table).astype("str")


def _lone_children(codes: Codes) -> dict[str, str]:
    """시도 -> its 시군구, where it never had another."""
    below = codes.units[codes.units["level"] == "sigungu"]
    count = below.groupby("parent")["unit"].agg(["size", "first"])
    return dict(count.loc[count["size"] == 1, "first"])
