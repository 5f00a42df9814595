"""What a data set holds (보유 현황): regions, periods and kinds, told by its cleaned rows and never by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

import pandas as pd
import pyarrow.parquet as pq

from sigun.catalog.card import Card
from sigun.catalog.snapshot import snapshot
from sigun.catalog.store import Catalog
from sigun.errors import SigunError
from sigun.ingest.labels import TOTALS, sido_of, squeezed
from sigun.region.codes import Codes
from sigun.region.identify import identify
from sigun.region.imported import codes_of

Level = Literal["sido", "sigungu", "dong", "own"]
FINER: tuple[Level, ...] = ("sido", "sigungu", "dong")
SPANS = ("day", "month", "quarter", "year", "number")
PLACES = ("region", "region_name", "sido", "sigungu", "dong")
MOST_KINDS = 200


@dataclass(frozen=True)
class Holding:
    """Regions and periods of one data set."""

    card: Card
    level: Level | None = None  # of the finest regions; none: it tells no regions
    span: str | None = None  # of its periods; none: it tells none
    first: date | None = None  # first day of the first period
    last: date | None = None  # first day of the last period
    periods: int = 0
    regions: frozenset[str] = frozenset()  # names, squeezed
    sidos: frozenset[str] = frozenset()  # short names; none: nothing says so
    kinds: tuple[str, ...] = ()  # values of the column of kinds
    larger: Mapping[Level, frozenset[str]] = field(default_factory=dict)  # regions of larger levels told beside
    places: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False)  # as the rows name their regions

    def at(self, level: Level | None) -> Holding:
        """As it is told for the larger regions of that level, where it tells them; else as it is."""
        if level is None or level not in self.larger:
            return self
        return replace(self, level=level, regions=self.larger[level])


@dataclass
class Holdings:
    """The holdings of a workspace, each looked at once and only when it is asked for."""

    catalog: Catalog
    seen: dict[str, Holding | None] = field(default_factory=dict)
    problems: dict[str, SigunError] = field(default_factory=dict)

    def of(self, name: str) -> Holding | None:
        """What the data set holds; none where its file cannot be read."""
        if name not in self.seen:
            try:
                self.seen[name] = self._of_known_regions(holding(self.catalog.cards[name], self.catalog))
            except SigunError as problem:
                self.seen[name], self.problems[name] = None, problem
        return self.seen[name]

    def _of_known_regions(self, held: Holding) -> Holding:
        """Regions that no official table knows are the table's own."""
        if held.level not in FINER or held.card.kind == "cells":
            return held
        unknown = identify(held.places, self.codes, held.card.scheme, held.card.within).unmatched
        return replace(held, level="own") if len(unknown) > len(held.places) / 2 else held

    @cached_property
    def codes(self) -> Codes:
        """The official table of regions, as the workspace knows it."""
        return codes_of(self.catalog.workspace)


def holding(card: Card, catalog: Catalog) -> Holding:
    """Look into the cleaned rows of a card.

    Raises
    ------
    SigunError
        Its file is not there, or contradicts the card.
    """
    path = snapshot(card, catalog.workspace).path
    there = pq.read_schema(path).names
    if card.kind in ("areas", "area_periods", "cells"):
        wanted = [name for name in (*PLACES, "period", "span") if name in there]
        return _of_table(card, pd.read_parquet(path, columns=wanted).drop_duplicates())
    kinds = tuple(_kinds(pd.read_parquet(path, columns=["kind"])["kind"])) if "kind" in there else ()
    return Holding(card, kinds=kinds)


def _of_table(card: Card, rows: pd.DataFrame) -> Holding:
    level = _level(card, rows)
    names = _names(rows, level)
    sidos = {short for label in _labels(rows, "sido") if (short := sido_of(label)) is not None}
    within = sido_of(card.within) if card.within else None
    places = rows[[name for name in PLACES if name in rows]].drop_duplicates()
    larger = _larger(rows, level)
    found = Holding(
        card,
        level,
        regions=frozenset(names),
        sidos=frozenset(sidos | ({within} if within else set())),
        places=places,
        larger=larger,
    )
    if "period" not in rows or not rows["period"].notna().any():
        return found
    told = rows.dropna(subset=["period"])
    span = max(told["span"].astype(str).unique(), key=lambda s: SPANS.index(s) if s in SPANS else -1)
    days = told.loc[told["span"] == span, "period"]
    return replace(found, span=span, first=days.min().date(), last=days.max().date(), periods=days.nunique())


def _larger(rows: pd.DataFrame, level: Level | None) -> dict[Level, frozenset[str]]:
    """Regions of larger levels that have rows of their own beside those of the finest."""
    found: dict[Level, frozenset[str]] = {}
    for at, one in enumerate(FINER[: FINER.index(level)] if level in FINER else ()):
        below = FINER[at + 1]
        if below in rows and one in rows:
            told = rows.loc[rows[below].isna(), one].dropna().astype(str)
            names = frozenset(squeezed(label) for label in told.unique() if squeezed(label) not in TOTALS)
            found |= {one: names} if len(names) > 1 else {}
    return found


def _level(card: Card, rows: pd.DataFrame) -> Level | None:
    """Of the finest regions the rows name."""
    if card.own_regions:
        return "own"
    for level in reversed(FINER):
        if _labels(rows, level):
            return level
    for column in ("region_name", "region"):
        labels = _labels(rows, column)
        if labels:
            return _by_ending(labels) or _by_code(_labels(rows, "region")) or "own"
    return None


def _by_ending(labels: list[str]) -> Level | None:
    endings: tuple[tuple[Level, str], ...] = (("dong", "동읍면"), ("sigungu", "시군구"))
    for level, letters in endings:
        if sum(label[-1:] in letters for label in labels) > len(labels) / 2:
            return level
    return None


def _by_code(labels: list[str]) -> Level | None:
    lengths: dict[int, Level] = {2: "sido", 5: "sigungu", 7: "dong", 8: "dong", 10: "dong"}
    codes = {len(label) for label in labels if label.isdigit()}
    return lengths.get(max(codes)) if codes else None


def _names(rows: pd.DataFrame, level: Level | None) -> Iterator[str]:
    """Names of the finest regions, squeezed."""
    columns = ("region_name", "region") if level == "own" else (level or "", "region_name", "region")
    for column in columns:
        labels = _labels(rows, column)
        if labels:
            yield from (squeezed(label) for label in labels if squeezed(label) not in TOTALS)
            return


def _labels(rows: pd.DataFrame, column: str) -> list[str]:
    return sorted(rows[column].dropna().astype(str).unique()) if column in rows else []


def _kinds(column: pd.Series) -> list[str]:
    """The words of a column of kinds; too many are no kinds."""
    told = sorted(column.dropna().astype(str).unique())
    return [word for word in told if re.search(r"\w", word)] if len(told) <= MOST_KINDS else []
