"""What a plan of tables is made into (지역 × 기간 패널): the panel, and how it came about. Frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from sigun.catalog.card import Card
from sigun.ingest.change import Change
from sigun.panel.facilities import Facilities
from sigun.panel.model import Finding
from sigun.panel.regional.span import COUNTED, Length, span_of, written
from sigun.plan.model import Plan
from sigun.plan.variables import Regional
from sigun.region.neighbours import Neighbours
from sigun.text import Message

State = Literal["observed", "provisional", "suppressed", "not_observed", "not_existing"]
STATES: tuple[State, ...] = ("observed", "provisional", "suppressed", "not_observed", "not_existing")
"""관측 · 잠정 · 가림 · 미관측 · 없던 지역. The later, the less is known; only the first two have a value."""

OBSERVED, PROVISIONAL, SUPPRESSED, NOT_OBSERVED, NOT_EXISTING = range(len(STATES))
STATUS = "__status"  # `births` has `births__status` beside it


@dataclass(frozen=True)
class Check:
    """One golden check (검산) at one place and period."""

    card: str
    kind: str  # children_add_up | total_equals | adds_up_to
    column: str
    period: str  # 2019, 2019-03
    place: str
    expected: float
    found: float
    held: bool
    source: str = ""  # of the expected figure
    untold: int = 0  # parts of it that are not told


@dataclass(frozen=True)
class RegionPanel:
    """One row per region and period. NaN is never zero: its status says why it is not told."""

    plan: Plan
    cards: Mapping[str, Card]
    frame: pd.DataFrame  # region, period (first day), then each column and its status, in the plan's order
    units: pd.DataFrame  # unit, name, full, sido, sido_name, verified, x, y: the regions as of the base date, sorted by
    # unit, and the middle of their outlines in metres (NaN without); regions of the tables' own have "" for sido
    dictionary: pd.DataFrame  # one row a column, see `dictionary.COLUMNS`
    lineage: pd.DataFrame  # variable, step, card, file, sha256, sheet, column, where
    losses: pd.DataFrame  # one row a table and reason, see `losses.COLUMNS`
    checks: tuple[Check, ...]
    unmatched: pd.DataFrame  # card, place, reason, near, rows
    findings: tuple[Finding, ...]
    sources: pd.DataFrame
    changes: tuple[tuple[str, Message], ...]
    newest: Mapping[str, Change]  # card -> what the last of its several files changed
    start: date
    end: date  # half-open
    codes: str  # version of the region table
    neighbours: Neighbours | None = None  # of `units`, in their order
    outlines: pd.DataFrame | None = None  # region, ring (from 0), x, y: corners of thinned outlines, in metres
    facilities: Facilities | None = None  # places by region, and points that stand for the regions

    @property
    def asked(self) -> Regional:
        """The plan's own words of the panel."""
        assert self.plan.panel is not None  # a plan of tables has one
        return self.plan.panel

    @property
    def span(self) -> Length:
        """Of a period: as the plan says; `once` where no table tells any, so that the panel is one cross-section."""
        return span_of(self.asked, self.cards)

    @property
    def made_up(self) -> bool:
        """Whether any of the data are simulated."""
        return any(c.made_up for c in self.cards.values())

    def manifest(self) -> dict[str, Any]:
        """What a run's manifest says of the panel."""
        asked, periods = self.asked, self.frame["period"]
        dated = self.span not in COUNTED
        said = {
            "start": self.start.isoformat() if dated else None,
            "end": self.end.isoformat() if dated else None,
            "first": written(periods.min(), self.span) or None,
            "last": written(periods.max(), self.span) or None,
            "unit": asked.unit,
            "span": self.span,
            "base": asked.base.isoformat() if asked.base else None,
            "neighbours": None if self.neighbours is None else self.neighbours.hash,
        }
        return {"made_up": self.made_up, "codes": self.codes, "panel": said}
