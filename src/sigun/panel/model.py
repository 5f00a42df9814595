"""The panel (지역 × 기간): everything a plan's steps may look at, joined, placed and marked. Frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from sigun.catalog.card import Card
from sigun.panel.facilities import Facilities
from sigun.panel.reconcile import Reconciliation
from sigun.plan.model import Plan
from sigun.text import Message

EVENT_COLUMNS: Mapping[str, str] = {
    "row": "int64",  # row of the snapshot, from 0: the way back to the file
    "id": "str",
    "occurred_at": "datetime64[us]",  # naive local time
    "known_at": "datetime64[us]",  # when its present status was set (updated_at); NaT: not told
    "closed_at": "datetime64[us]",
    "x": "float64",  # metres in the plan's CRS; NaN: no point
    "y": "float64",
    "region": "str",  # code of the area it lies in (or is said to); missing: none
    "outcome": "str",  # catalog.card.Outcome; missing: not told
    "kind": "str",
    "channel": "str",
    "street": "str",  # road or lot without the number
    "address": "str",  # as written
    "vehicle": "str",  # keyed hash; equal means the same plate. Missing: not told
    "place": "str",  # "point" | "area" | "none"
    "gone": "datetime64[us]",  # from when it is known that this is not a report of its own; NaT: it counts
    "why": "str",  # "repeat" | "placeholder" | "outside" | "no_place" | "duplicate" | "only" | "" - why `gone` is set
    "like": "int64",  # row of the earlier report that seems to be of the same vehicle; -1: none
}
"""Columns of `Panel.events`, one row a report in time order. A row that never counted has `gone` = its own time.

After them come the value columns of the events' card."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with the data, how much of it, and what was done (품질 소견)."""

    # no_place | outside | placeholder | repeat | possible_repeat | duplicate | same_vehicle | pile | area_only
    # | unmatched | no_region | outcome | no_outcome | hole | quiet | second_source | second_source_only | channel_hole
    # | regime | only
    kind: str
    rows: int
    said: Message  # what was found
    done: Message  # what the analysis did about it
    start: date | None = None
    end: date | None = None
    x: float | None = None
    y: float | None = None
    overruled: bool = False


@dataclass(frozen=True)
class Panel:
    """What one plan's steps look at."""

    plan: Plan
    cards: Mapping[str, Card]
    crs: str  # EPSG:…, metres
    events: pd.DataFrame  # EVENT_COLUMNS
    counts: (
        pd.DataFrame
    )  # cell_x, cell_y, day, gone, outcome, reports: made by one Ibis expression over the events with a point
    start: date  # first day
    end: date  # day after the last (half-open)
    holes: tuple[tuple[date, date], ...]  # days without collection, half-open
    regimes: tuple[date, ...]  # first day of each new regime of intake
    findings: tuple[Finding, ...]
    outlines: pd.DataFrame | None = None  # GeoDataFrame in `crs`: region, name, geometry, area_km2
    areas: pd.DataFrame | None = None  # region and one column per area variable
    area_periods: pd.DataFrame | None = None  # region, period (first of month), one column per variable
    weather: pd.DataFrame | None = None  # day (date) and one column per variable
    weather_forecast: pd.DataFrame | None = None  # the same, and issued_at
    travel: pd.DataFrame | None = None  # from_ and to_longitude, latitude, minutes, km: a row a way; NaN: not told
    units: Mapping[str, str] = field(default_factory=dict)  # variable -> 명, ℃ …
    titles: Mapping[str, str] = field(default_factory=dict)  # variable -> name for the reader
    sources: pd.DataFrame = field(default_factory=pd.DataFrame)  # one row a card, with file hash and rows read
    changes: tuple[tuple[str, Message], ...] = ()  # card, and what was dropped or changed on the way in
    second: Reconciliation | None = None  # the reports beside a second source of them
    facilities: Facilities | None = None  # places by area, and points that stand for the areas

    @property
    def cell(self) -> int:
        """Side of a cell, metres."""
        return self.plan.space.cell

    @property
    def made_up(self) -> bool:
        """Whether any of the data are simulated."""
        return any(c.made_up for c in self.cards.values())

    def manifest(self) -> dict[str, Any]:
        """What a run's manifest says of the panel."""
        return {
            "crs": self.crs,
            "made_up": self.made_up,
            "panel": {"start": self.start.isoformat(), "end": self.end.isoformat(), "cell": self.cell},
        }

    def reports(self) -> pd.DataFrame:
        """The events that count as reports of their own, by what is known at the end."""
        return self.events[self.events["gone"].isna()]
