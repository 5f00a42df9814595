"""Baselines (비교 기준): the simple forecasts every better one has to beat."""

from __future__ import annotations

from sigun.analysis.forecast.history import Past
from sigun.analysis.forecast.horizons import Span
from sigun.analysis.forecast.places import Places
from sigun.analysis.forecast.shrinkage import decayed
from sigun.analysis.statistics.arrays import FloatArray, sums

BASELINES = ("uniform", "mean_all", "mean_12m", "ewma", "kde", "seasonal_naive")
YEAR = 364  # days: whole weeks, so that weekdays meet weekdays
EWMA_DAYS = 182.0
KDE_DAYS = 365.0
KDE_REACH = 0.4  # of 500 m; wider kernels did worse on Boston 2017
YEARS_BACK = 3  # for the seasonal naive, when last year's days were not collected


def baselines(past: Past, places: Places, span: Span) -> dict[str, FloatArray]:
    """Expected reports by place (n,) over the span, for each name in `BASELINES`. Days in holes are no exposure.

    uniform: last year's rate, the same everywhere. mean_all, mean_12m: the place's own rate over all days, over 364.
    ewma: its exponentially weighted rate, half-life 182 days. kde: reports of half-life a year, spread by a Gaussian,
    at last year's rate. seasonal_naive: what came on the same days 364 days before.
    """
    last_year = _rate(past, YEAR) * span.days
    spread = places.smooth(decayed(past, KDE_DAYS), KDE_REACH)
    return {
        "uniform": last_year * 0 + last_year.sum() / past.places,
        "mean_all": _rate(past, len(past.daily)) * span.days,
        "mean_12m": last_year,
        "ewma": decayed(past, EWMA_DAYS) / max(_exposure(past, EWMA_DAYS), 1e-9) * span.days,
        "kde": spread * (last_year.sum() / max(spread.sum(), 1e-12)),
        "seasonal_naive": _same_days(past, span, last_year),
    }


def counted(past: Past, first_age: int, last_age: int) -> FloatArray:
    """Reports by place (n,) of ages `first_age ≤ age < last_age` days."""
    rows = (past.age >= first_age) & (past.age < last_age)
    return sums(past.place[rows], past.reports[rows], past.places)


def _rate(past: Past, days: int) -> FloatArray:
    """Reports a day over the last `days` days; over all of them when none of those was collected."""
    observed = int(past.observed[-days:].sum()) if days else 0
    if observed == 0:
        days, observed = len(past.observed), max(int(past.observed.sum()), 1)
    return counted(past, 0, days) / observed


def _exposure(past: Past, half_life: float) -> float:
    import numpy as np

    age = np.arange(len(past.observed))[::-1]
    return float((0.5 ** (age / half_life) * past.observed).sum())


def _same_days(past: Past, span: Span, otherwise: FloatArray) -> FloatArray:
    for years in range(1, YEARS_BACK + 1):
        oldest, newest = past.origin - span.start + years * YEAR, past.origin - span.end + years * YEAR
        days = past.observed[len(past.observed) - oldest : len(past.observed) - newest]
        if oldest <= len(past.observed) and newest >= 0 and len(days) == span.days and days.all():
            return counted(past, newest, oldest)
    return otherwise
