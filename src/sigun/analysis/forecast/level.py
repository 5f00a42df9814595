"""The level (전체 수준): how many reports the study area will have, from recent weeks, season and weekday."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.forecast.history import Past
from sigun.analysis.statistics.arrays import FloatArray, IntArray, sums, weekday

YEAR = 365
SEASON_WIDTH = 20.0  # days, standard deviation of the circular smoothing
FULL_YEAR = 300  # observed days without which a year says nothing about seasons
WEEKDAY_DAYS = 728  # days back that the weekday profile looks at


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What a day's expectation is multiplied by, seen from an origin."""

    origin: int
    season: FloatArray  # (365,) by days before the origin modulo a year
    week: FloatArray  # (7,) Monday first

    def of(self, day: IntArray) -> FloatArray:
        """Factor of each day (day numbers, before or after the origin)."""
        return self.season[(self.origin - 1 - day) % YEAR] * self.week[weekday(day)]


@dataclass(frozen=True, slots=True)
class LevelSettings:
    """How the level follows recent reports."""

    slow: float = 182.0  # days, half-life of the slow level
    fast: float = 14.0  # days, half-life of the fast level
    mix: float = 0.5  # the fast level's share


@dataclass(frozen=True, slots=True)
class Level:
    """Reports a day of average rhythm, seen from an origin."""

    past: Past
    rhythm: Rhythm
    slow: FloatArray  # by slow half-life
    fast: FloatArray  # (slow, fast) by half-lives

    def total(self, start: int, end: int, slow: int, fast: int, mix: float) -> float:
        """Reports expected over `start ≤ day < end`: geometric mean of both levels, `mix` the fast one's share."""
        level = self.slow[slow] ** (1 - mix) * self.fast[slow, fast] ** mix
        return float(level * self.over(np.arange(start, end)))

    def over(self, days: IntArray) -> float:
        """How many days of average rhythm these days to come stand for."""
        return float((self.rhythm.of(days) * self.past.ahead(days)).sum())


def rhythm_of(past: Past) -> Rhythm:
    """Season and weekday factors of the observed days.

    The season is the average over past years of each day's share of its own year, smoothed around the calendar and
    pulled to 1 as if one more year without any season had been seen. Every year is relative to itself, so that
    growth and changes of intake hardly touch it.

    Examples
    --------
    >>> even = Past(730, np.array([0]), np.array([0]), np.array([1.0]), 1, np.ones(730), np.ones(730, bool))
    >>> rhythm_of(even).of(np.array([731])).round(6).tolist()
    [1.0]
    """
    return Rhythm(past.origin, _season(past), _week(past))


def level_of(past: Past, slow: tuple[float, ...], fast: tuple[float, ...]) -> Level:
    """Exponentially weighted reports per day of average rhythm, for several half-lives at once.

    Unobserved days are no exposure. A fast level is pulled to its slow one with the weight of one report, so that a
    quiet fortnight is not a level of nothing.
    """
    rhythm = rhythm_of(past)
    age = np.arange(len(past.daily))[::-1]
    exposure = past.exposure * rhythm.of(past.origin - 1 - age)
    slow_sums = [_sums(past.daily, exposure, age, h) for h in slow]
    fast_sums = [_sums(past.daily, exposure, age, h) for h in fast]
    slow_levels = np.array([n / e if e > 0 else 0.0 for n, e in slow_sums])
    fast_levels = [[(n + 1.0) / (e + 1.0 / s) if s > 0 else 0.0 for n, e in fast_sums] for s in slow_levels]
    return Level(past, rhythm, slow_levels, np.array(fast_levels))


def _sums(daily: FloatArray, exposure: FloatArray, age: IntArray, half_life: float) -> tuple[float, float]:
    weight = 0.5 ** (age / half_life)
    return float((weight * daily).sum()), float((weight * exposure).sum())


def _season(past: Past) -> FloatArray:
    from scipy.ndimage import gaussian_filter1d

    years = -(-len(past.daily) // YEAR)
    padding = (0, years * YEAR - len(past.daily))
    reports = np.pad(past.daily[::-1], padding).reshape(years, YEAR)
    observed, days = (np.pad(x[::-1], padding).reshape(years, YEAR) for x in (past.observed, past.exposure))
    full = (observed.sum(axis=1) >= FULL_YEAR) & (reports.sum(axis=1) > 0)
    if not full.any():
        return np.ones(YEAR)
    reports, days = reports[full], days[full]
    mean = reports.sum(axis=1) / days.sum(axis=1)
    seen = gaussian_filter1d(reports.sum(axis=0), SEASON_WIDTH, mode="wrap")
    even = gaussian_filter1d((mean[:, None] * days).sum(axis=0), SEASON_WIDTH, mode="wrap")
    one_year = mean.mean()
    return np.asarray((seen + one_year) / (even + one_year))


def _week(past: Past) -> FloatArray:
    day = np.arange(past.origin - len(past.daily), past.origin)[-WEEKDAY_DAYS:]
    reports, days = (sums(weekday(day), x[-WEEKDAY_DAYS:], 7) for x in (past.daily, past.exposure))
    mean = reports.sum() / max(days.sum(), 1)
    if mean == 0:
        return np.ones(7)
    factor = (reports + mean) / (mean * (days + 1))
    return np.asarray(factor / factor.mean())
