"""The pace (전체 흐름): the total of the area from memories of several lengths, weighed as a past year taught."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sigun.analysis.forecast.history import Past
from sigun.analysis.forecast.horizons import Span
from sigun.analysis.forecast.level import YEAR, level_of
from sigun.analysis.statistics.arrays import FloatArray
from sigun.text import N_

LEANINGS: Mapping[str, str] = {
    "week": N_("total: leaning to the last weeks (half-life 7 days)"),
    "quarter": N_("total: leaning to the last months (56 days)"),
    "year": N_("total: leaning to the last year (365 days)"),
    "season": N_("total: leaning away from the season"),
}
FAST = (7.0, 14.0, 56.0)  # days, half-lives
SLOW = 365.0
RIDGE = 5.0  # how firmly the leanings are held at 0, in units of what one overdispersed count says
FARTHEST = np.log(2.0)  # no leaning carries the total farther than twice or half the base
ROUNDS = 25


@dataclass(frozen=True, slots=True)
class Pace:
    """What one origin knows about the total of its horizon."""

    base: float  # reports expected: geometric mean of the levels of two and eight weeks, times season and weekday
    leanings: FloatArray  # (4,) logs: what the other memories say beside the base, and the season taken back

    def total(self, weights: FloatArray) -> float:
        """Reports expected under these weights of the leanings."""
        return float(self.base * np.exp(np.clip(self.leanings @ weights, -FARTHEST, FARTHEST)))


def pace_of(past: Past, span: Span) -> Pace:
    """The pace seen from the past's origin; a base of 0 where nothing was ever reported."""
    level = level_of(past, (SLOW,), FAST)
    week, fortnight, quarter = level.fast[0]
    days = np.arange(span.start, span.end)
    rhythm, year = level.rhythm, level.slow[0]
    base = np.sqrt(fortnight * quarter)
    if base <= 0 or week <= 0 or year <= 0:
        return Pace(0.0, np.zeros(len(LEANINGS)))
    season = rhythm.season[(rhythm.origin - 1 - days) % YEAR].mean()
    told = np.log([week / base, quarter / base, year / base, 1 / season])
    return Pace(float(base * level.over(days)), told)


def fit_leanings(reports: FloatArray, paces: list[Pace], overlap: float) -> FloatArray:
    """Weights of the leanings (4,) under which the totals were likeliest: a Poisson ridge regression on logs.

    Counts that scatter more than Poisson say less (quasi-likelihood), and so do horizons that overlap.

    Parameters
    ----------
    reports : (t,) what came.
    overlap : horizons that share a day.

    References
    ----------
    McCullagh & Nelder (1989), Generalized Linear Models, ch. 9.
    """
    base = np.maximum([p.base for p in paces], 1e-9)
    told = np.array([p.leanings for p in paces])
    scatter = max(float(((reports - base) ** 2 / base).mean()), 1.0) * overlap
    weights = np.zeros(told.shape[1])
    held = RIDGE * np.eye(len(weights))
    for _round in range(ROUNDS):
        mean = base * np.exp(np.clip(told @ weights, -FARTHEST, FARTHEST))
        uphill = told.T @ (reports - mean) / scatter - RIDGE * weights
        weights = weights + np.linalg.solve((told * mean[:, None]).T @ told / scatter + held, uphill)
    return np.asarray(weights)
