"""Kernels (예측 성분): several simple guesses at where the next reports will be, each a share of the total by place."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sigun.analysis.forecast.history import Past
from sigun.analysis.forecast.horizons import Span
from sigun.analysis.forecast.memory import NEAR, Traces
from sigun.analysis.forecast.places import REACH_METRES, Places
from sigun.analysis.forecast.shrinkage import SurfaceSettings, shrink
from sigun.analysis.statistics.arrays import FloatArray, sums
from sigun.text import N_

HALF_LIVES = (7.0, 28.0, 182.0, 730.0, float("inf"))  # days of the memories
WEEK, MONTH, HALF_YEAR, YEARS, ALWAYS = range(5)
AROUND = 2.0  # times 500 m (or borders crossed) that surroundings reach
SEASON = 25  # days before and after the horizon that count as its season
SEASON_YEARS = 5
SEASON_FADE = 0.8  # what a year weighs beside the year after it
EVEN = 0.02  # of the mean place, added before recent and usual shares are divided

KERNELS: Mapping[str, str] = {
    "own_week": N_("own cell, last weeks (half-life 7 days)"),
    "own_month": N_("own cell, last months (28 days)"),
    "own_half_year": N_("own cell, last year (182 days)"),
    "own_years": N_("own cell, last years (730 days)"),
    "own_always": N_("own cell, all years"),
    "near_week": N_("near points, last weeks (half-life 7 days)"),
    "near_month": N_("near points, last months (28 days)"),
    "near_half_year": N_("near points, last year (182 days)"),
    "near_years": N_("near points, last years (730 days)"),
    "near_always": N_("near points, all years"),
    "around_half_year": N_("wider surroundings, last year (182 days)"),
    "around_always": N_("wider surroundings, all years"),
    "stirring": N_("near points of years, times how busy the surroundings are lately"),
    "season": N_("same season of earlier years"),
    "shrunk": N_("shrinkage"),
    "even": N_("evenly spread"),
}


def kernels(past: Past, span: Span, places: Places, own: FloatArray, near: FloatArray | None) -> FloatArray:
    """Share of the total that each kernel gives each place, (k, n) in the order of `KERNELS`; every row adds up to 1.

    A memory with few reports in it is no more than a hint: each is mixed with the shrinkage surface as if that were
    one report more.

    Parameters
    ----------
    own : (h, n) memories of the places' own reports, in the order of `HALF_LIVES`.
    near : (h, n) memories of points near by; None: the places' own memories, smoothed.
    """
    if near is None:
        near = np.array([places.smooth(memory, NEAR / REACH_METRES) for memory in own])
    around = np.array([places.smooth(own[i], AROUND) for i in range(len(HALF_LIVES))])
    shrunk = _shrunk(own, around)
    rows = [*own, *near, around[HALF_YEAR], around[ALWAYS]]
    shares = [_share(row, shrunk) for row in rows]
    stirring = _share(near[YEARS], shrunk) * _stir(around, shrunk)
    season = _share(_season(past, span), shrunk)
    even = np.full(len(shrunk), 1 / len(shrunk))
    return np.array([*shares, stirring / stirring.sum(), season, shrunk, even])


def at_places(traces: Traces, memory: FloatArray, places: Places) -> FloatArray:
    """Memories of the places, (h, n), out of those of all cells (h, u)."""
    index = places.index(traces.x, traces.y)
    inside = index >= 0
    found = np.zeros((len(memory), len(places)))
    found[:, index[inside]] = memory[:, inside]
    return found


def _share(memory: FloatArray, shrunk: FloatArray) -> FloatArray:
    return np.asarray((memory + shrunk) / (memory.sum() + 1.0))


def _shrunk(own: FloatArray, around: FloatArray) -> FloatArray:
    """The shrinkage surface with default weights, over the memories that there are."""
    told = SurfaceSettings()
    memory, surroundings = (m[YEARS] + told.recent_weight * m[MONTH] for m in (own, around))
    return shrink(memory, surroundings, told.strength)


def _stir(around: FloatArray, shrunk: FloatArray) -> FloatArray:
    """How much busier the surroundings of each place were lately than they usually are, (n,)."""
    little = EVEN / len(shrunk)
    return np.asarray((_share(around[MONTH], shrunk) + little) / (_share(around[YEARS], shrunk) + little))


def _season(past: Past, span: Span) -> FloatArray:
    """Reports of the same days, and those around them, in earlier years, (n,)."""
    found = np.zeros(past.places)
    for year in range(1, SEASON_YEARS + 1):
        youngest = max(past.origin - (span.end - 365 * year + SEASON), 0)
        oldest = past.origin - (span.start - 365 * year - SEASON)
        rows = (past.age >= youngest) & (past.age < oldest)
        found += SEASON_FADE**year * sums(past.place[rows], past.reports[rows], past.places)
    return found
