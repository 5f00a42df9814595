"""Tuning (설정 선택): settings chosen on the last full calendar year before an origin's year, and on nothing later."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import product

import numpy as np

from sigun.analysis.forecast.history import Hole, Past, Records, holes_before, past_of, reports_in
from sigun.analysis.forecast.horizons import Span
from sigun.analysis.forecast.level import LevelSettings, level_of
from sigun.analysis.forecast.places import Places
from sigun.analysis.forecast.shrinkage import SurfaceSettings, decayed, shrink, surface
from sigun.analysis.forecast.spread import fit_spread
from sigun.analysis.statistics.arrays import FloatArray, IntArray, day_number

SLOW = (91.0, 182.0, 365.0)  # days, half-lives of the slow level
FAST = (14.0, 28.0)  # days, half-lives of the fast level
MIX = (0.0, 0.5, 1.0)  # the fast level's share
HALF_LIFE = (730.0, 1460.0)  # days, a place's long memory
RECENT_DAYS = (14.0, 28.0)  # days, its short memory
RECENT_WEIGHT = (0.0, 2.0, 4.0, 8.0)  # how much more a report counts in the short memory
REACH = (1.0, 2.0)  # times 500 m (or borders crossed) that surroundings reach
STRENGTH = (0.25, 0.5, 1.0)  # pseudo-reports behind the surroundings
STEP = 7  # days between validation origins
GRACE = 31  # days by which the first report of two full years may come late
FEWEST = 8  # validation horizons below which nothing is learned from them


@dataclass(frozen=True, slots=True)
class Spreads:
    """Spread φ by level: variance = mean + φ·mean²."""

    place: float
    area: float
    city: float


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Everything the model was told."""

    level: LevelSettings = field(default_factory=LevelSettings)
    surface: SurfaceSettings = field(default_factory=SurfaceSettings)
    tuned_on: int | None = None  # validation year; none: too little history, the defaults stand
    spreads: Spreads | None = None  # none: from the model's own uncertainty


@dataclass(frozen=True)
class _Validation:
    """The validation year as it was lived through: t horizons."""

    spans: list[Span]
    pasts: list[Past]
    reports: FloatArray  # (t, n)


def tune(records: Records, place: IntArray, places: Places, year: int, length: int) -> ModelSettings:
    """Settings for every origin of `year`, from what was known on 1 January of it.

    With less than two years of history before the validation year's end, the defaults.

    Parameters
    ----------
    place : (rows of records,) number of the place, -1 outside.
    length : days of the horizons.
    """
    validation = _validation(records, place, places, year, length)
    if len(validation.spans) < FEWEST or not validation.reports.any():
        return ModelSettings()
    level, totals = _choose_level(validation)
    chosen = _choose_surface(validation, places)
    shares = np.array([surface(past, places.smooth, chosen)[0] for past in validation.pasts])
    spreads = fit_spreads(validation.reports, totals[:, None] * shares, places)
    return ModelSettings(level, chosen, year - 1, spreads)


def validation_start(year: int) -> int:
    """First day (number) of the year on which the settings for `year` are chosen."""
    return day_number(date(year - 1, 1, 1))


def _validation(records: Records, place: IntArray, places: Places, year: int, length: int) -> _Validation:
    now, start = day_number(date(year, 1, 1)), validation_start(year)
    if records.first > day_number(date(year - 2, 1, 1)) + GRACE:
        return _Validation([], [], np.zeros((0, len(places))))
    holes = holes_before(records, now)
    spans = [Span(v, v, v + length) for v in range(start, now - length + 1, min(STEP, length))]
    spans = [s for s in spans if not s.touches(holes)]
    known = records.known(now)
    reports = [reports_in(records, place, len(places), s, known)[0] for s in spans]
    pasts = [past_of(records, place, len(places), s.origin, until(holes, s.origin)) for s in spans]
    return _Validation(spans, pasts, np.array(reports).reshape(len(spans), len(places)))


def until(holes: tuple[Hole, ...], at: int) -> tuple[Hole, ...]:
    """The holes as far as they lie before day `at`."""
    return tuple((a, min(b, at)) for a, b in holes if a < at)


def _choose_level(validation: _Validation) -> tuple[LevelSettings, FloatArray]:
    """The level settings with the least deviance of the total, and the totals (t,) they expect."""
    levels = [level_of(p, SLOW, FAST) for p in validation.pasts]
    tried = list(product(range(len(SLOW)), range(len(FAST)), MIX))
    totals = np.array(
        [[lv.total(s.start, s.end, *t) for lv, s in zip(levels, validation.spans, strict=True)] for t in tried]
    )
    came = validation.reports.sum(axis=1)
    loss = (totals - came * np.log(np.maximum(totals, 1e-9))).sum(axis=1)
    best = int(np.argmin(loss))
    slow, fast, mix = tried[best]
    return LevelSettings(SLOW[slow], FAST[fast], mix), totals[best]


def _choose_surface(validation: _Validation, places: Places) -> SurfaceSettings:
    """The surface settings under which the places of the reports were likeliest (the deviance, given the total)."""
    tried = [SurfaceSettings(*values) for values in product(HALF_LIFE, RECENT_DAYS, RECENT_WEIGHT, REACH, STRENGTH)]
    # without weight the short memory's length means nothing
    tried = [s for s in tried if s.recent_weight > 0 or s.recent_days == RECENT_DAYS[0]]
    loss = np.zeros(len(tried))
    for past, reports in zip(validation.pasts, validation.reports, strict=True):
        loss -= _log_likelihoods(past, places, tried, reports)
    return tried[int(np.argmin(loss))]


def _log_likelihoods(past: Past, places: Places, tried: list[SurfaceSettings], reports: FloatArray) -> FloatArray:
    """Log chance of the reports' places (n,) given their number, for each of the settings tried (c,)."""
    half_lives = (*HALF_LIFE, *RECENT_DAYS)
    memories = np.array([decayed(past, h) for h in half_lives])
    some, found = reports > 0, np.empty(len(tried))
    for reach in REACH:
        rows = [i for i, s in enumerate(tried) if s.reach == reach]
        around = np.array([places.smooth(m, reach) for m in memories])
        # memories add up and smoothing is linear: every combination is a weighted sum of a few smoothed memories
        parts = np.array([_parts(tried[i], half_lives) for i in rows])
        strength = np.array([[tried[i].strength] for i in rows])
        shares = shrink(parts @ memories, parts @ around, strength)[:, some]
        found[rows] = np.log(np.maximum(shares, 1e-12)) @ reports[some]
    return found


def _parts(settings: SurfaceSettings, half_lives: tuple[float, ...]) -> list[float]:
    """How much the memory of each half-life weighs."""
    weights = {settings.half_life: 1.0, settings.recent_days: settings.recent_weight}
    return [weights.get(h, 0.0) for h in half_lives]


def fit_spreads(reports: FloatArray, means: FloatArray, places: Places) -> Spreads:
    """The spread at each level under which what came, (t, n), was likeliest beside what was expected, (t, n)."""
    areas = [np.array([places.by_area(row) for row in table]).ravel() for table in (reports, means)]
    return Spreads(
        place=fit_spread(reports.ravel(), means.ravel()),
        area=fit_spread(areas[0], areas[1]),
        city=fit_spread(reports.sum(axis=1), means.sum(axis=1)),
    )
