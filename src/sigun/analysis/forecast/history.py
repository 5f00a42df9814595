"""The past as it was known (그때 알 수 있었던 과거): reports and statuses before an origin, days without collection."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sigun.analysis.forecast.horizons import Span
from sigun.analysis.forecast.places import Places
from sigun.analysis.forecast.withdrawals import inflation
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray, day_number, sums
from sigun.errors import MethodError
from sigun.panel.gaps import find_holes
from sigun.panel.model import Panel
from sigun.text import N_, say

Hole = tuple[int, int]
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Records:
    """Reports by place and day, in day order (n rows). Days are day numbers."""

    x: IntArray  # cell_x, or the number of the region
    y: IntArray
    day: IntArray
    gone: IntArray  # day on which it became known that they do not count; NEVER
    own: BoolArray  # they count by what is known at the end: the target of every check
    reports: FloatArray
    first: int  # first day of collection
    alpha: float  # false alarms a series when looking for holes
    accepted: tuple[Hole, ...]  # holes a person named
    ignored: tuple[Hole, ...]  # spans of which a person said that they are no holes

    def known(self, at: int) -> BoolArray:
        """Rows before day `at` that counted by what was known then."""
        return (self.day < at) & ~(self.gone < at)


@dataclass(frozen=True, slots=True)
class Past:
    """What an origin can look at, inside its study area: k rows, and d days from the first to the origin."""

    origin: int
    place: IntArray  # (k,)
    age: IntArray  # (k,) whole days before the origin; 0 is the day before
    reports: FloatArray  # (k,)
    places: int
    daily: FloatArray  # (d,) reports a day
    observed: BoolArray  # (d,) whether the day was collected
    leaving: FloatArray | None = None  # (d,) reports counted for each that will stay; none: all stay
    usual: FloatArray | None = None  # (d + LONGEST,) what the count of each day, past or to come, is a multiple of
    # beside its rhythm; none: all days are alike

    @property
    def exposure(self) -> FloatArray:
        """How much each day tells of the level (d,): nothing in a hole, more where more was to be counted."""
        leaving = 1.0 if self.leaving is None else self.leaving
        usual = 1.0 if self.usual is None else self.usual[: len(self.observed)]
        return np.asarray(self.observed * leaving * usual, dtype=float)

    def ahead(self, days: IntArray) -> FloatArray:
        """What the counts of days to come (day numbers) are multiples of beside their rhythm."""
        first = self.origin - len(self.observed)
        return np.ones(len(days)) if self.usual is None else self.usual[days - first]


def records_of(panel: Panel, target: str) -> Records:
    """The panel's reports as `target` sees them.

    known_status keeps every row with the day on which it left; final_status drops the rows that ever left.

    Raises
    ------
    MethodError
        No report has a place.
    """
    rows = _region_rows(panel) if panel.plan.space.unit == "area" else panel.counts
    if target == "final_status":
        rows = rows[rows["gone"].isna()]
    if rows.empty:
        raise MethodError(
            say(N_("No report has a place to forecast for.")),
            say(N_("forecast")),
            say(N_("Give coordinates, an address table or the areas' outlines.")),
        )
    rows = rows.sort_values(["day", "cell_x", "cell_y", "gone"], ignore_index=True)
    day = _days(rows["day"])
    ignored, accepted = _overruled(panel, "ignore"), _overruled(panel, "accept")
    return Records(
        x=rows["cell_x"].to_numpy(np.int64),
        y=rows["cell_y"].to_numpy(np.int64),
        day=day,
        gone=np.full(len(rows), NEVER) if panel.plan.known_by == "occurred_at" else _days(rows["gone"]),
        own=rows["gone"].isna().to_numpy(),
        reports=rows["reports"].to_numpy(float),
        first=int(day.min()),
        alpha=panel.plan.rules.hole_alpha,
        accepted=accepted,
        ignored=ignored,
    )


def holes_before(records: Records, at: int) -> tuple[Hole, ...]:
    """Days without collection, as day numbers, seen from day `at`.

    They are found in the daily totals before it, or named by a person. Every row is a sign of collection,
    whatever became of it.
    """
    before = records.day < at
    daily = sums(records.day[before] - records.first, records.reports[before], max(at - records.first, 0))
    found = [(a + records.first, b + records.first) for a, b in find_holes(daily.astype(np.int64), records.alpha)]
    said = (*records.ignored, *records.accepted)  # a hole that is named takes the place of those found that it touches
    found = [(a, b) for a, b in found if not any(a < end and start < b for start, end in said)]
    named = [(a, min(b, at)) for a, b in records.accepted if a < at]
    return tuple(sorted([*found, *named]))


def past_at(records: Records, places: Places, at: int, holes: tuple[Hole, ...]) -> Past:
    """What is known at 00:00 of day `at` about the places; days in holes are not observed."""
    return past_of(records, places.index(records.x, records.y), len(places), at, holes)


def past_of(records: Records, place: IntArray, n_places: int, at: int, holes: tuple[Hole, ...]) -> Past:
    """`past_at` for rows whose place is known already (-1: outside)."""
    rows = records.known(at) & (place >= 0)
    days = max(at - records.first, 0)
    observed = np.ones(days, bool)
    for start, end in holes:
        observed[max(start - records.first, 0) : max(end - records.first, 0)] = False
    rows[rows] = observed[records.day[rows] - records.first]
    daily = sums(records.day[rows] - records.first, records.reports[rows], days)
    age = at - 1 - records.day[rows]
    return Past(at, place[rows], age, records.reports[rows], n_places, daily, observed, _leaving(records, at, days))


def reports_in(
    records: Records, place: IntArray, n_places: int, span: Span, counting: BoolArray
) -> tuple[FloatArray, float]:
    """Reports of the rows that count, by place (n,) over the span's days, and how many lay outside every place."""
    first, last = np.searchsorted(records.day, [span.start, span.end])
    rows = np.arange(first, last)[counting[first:last]]
    inside = place[rows] >= 0
    by_place = sums(place[rows][inside], records.reports[rows][inside], n_places)
    return by_place, float(records.reports[rows][~inside].sum())


def _leaving(records: Records, at: int, days: int) -> FloatArray:
    """Reports counted for each that will stay, by day (days,): the youngest are still to lose some."""
    found = np.ones(days)
    young = inflation(records.day, records.gone, records.reports, at)[:days]
    found[days - len(young) :] = young[::-1]
    return found


def _region_rows(panel: Panel) -> pd.DataFrame:
    """Counts by region in the shape of `Panel.counts`, those without a point included."""
    if panel.outlines is None:
        raise MethodError(
            say(N_("A forecast by area needs outlines.")),
            say(N_("plan, space: unit")),
            say(N_("Add outlines to the plan, or use cells.")),
        )
    number = {code: i for i, code in enumerate(panel.outlines["region"])}
    events = panel.events[panel.events["region"].isin(number)]
    events = events[events["gone"].isna() | (events["gone"] > events["occurred_at"])]
    rows = pd.DataFrame(
        {
            "cell_x": events["region"].map(number).astype("int64"),
            "cell_y": 0,
            "day": events["occurred_at"].dt.normalize(),
            "gone": events["gone"].dt.normalize(),
        }
    )
    return rows.groupby(list(rows), dropna=False).size().rename("reports").reset_index()


def _overruled(panel: Panel, decision: str) -> tuple[Hole, ...]:
    card = panel.cards.get(panel.plan.data.events)
    said = () if card is None else card.overrule
    return tuple(
        (day_number(o.start), day_number(o.end))
        for o in said
        if o.finding == "hole" and o.decision == decision and o.start and o.end
    )


def _days(values: pd.Series) -> IntArray:
    days = values.to_numpy("datetime64[D]").astype(np.int64)
    return np.where(values.isna().to_numpy(), NEVER, days)
