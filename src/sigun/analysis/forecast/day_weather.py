"""Weather in the total (날씨 보정): how reports of a day move with its weather, as far as that could be known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.forecast.history import Past
from sigun.analysis.forecast.horizons import LONGEST
from sigun.analysis.forecast.level import SEASON_WIDTH, YEAR, rhythm_of
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray, sums

FEWEST = 365  # days with weather and reports: with less nobody knows what weather is usual for the season
LEVEL_DAYS = 14.0  # standard deviation of the Gaussian around a day that is its level
STORM = 3.0  # standard deviations: a value beyond that counts as that
HELD = 100.0  # how firmly effects are held at none: a standard deviation of weather moves reports by about a tenth


@dataclass(frozen=True)
class DayWeather:
    """Weather by day: c columns of numbers. NaN is not known."""

    names: tuple[str, ...]
    first: int  # day number of the first row
    seen: FloatArray  # (n, c) as observed
    known: IntArray  # (f,) from which day on a forecast could be known, ascending
    day: IntArray  # (f,) the day it is for
    told: FloatArray  # (f, c) what it says
    ahead: bool  # whether the days to come are looked at, as foretold


@dataclass(frozen=True, slots=True)
class WeatherEffect:
    """How reports move with the weather, from days before `now` alone."""

    now: int
    mean: FloatArray  # (c,) of the weather
    scale: FloatArray  # (c,) its standard deviation
    beta: FloatArray  # (c,) change of the log of reports for one standard deviation
    usual: FloatArray  # (365,) what the season's weather brings on average, by days before `now` modulo a year

    def of(self, day: IntArray, weather: FloatArray) -> FloatArray:
        """Factors (n,) of days with this weather (n, c) beside what is usual then; 1 where no weather is known."""
        brings = np.exp(_departures(weather, self.mean, self.scale) @ self.beta)
        return np.where(np.isfinite(weather).any(axis=1), brings / self.usual[(self.now - 1 - day) % YEAR], 1.0)


def fit_effect(weather: DayWeather, past: Past) -> WeatherEffect | None:
    """What the days before the past's origin teach; none with fewer than `FEWEST` of them.

    Reports of a day against those of the days around it, season and weekday held equal, beside the departure of its
    weather from the season's: a quasi-Poisson regression held at no effect by a ridge. Columns that begin late are
    compared on their own days.

    References
    ----------
    McCullagh & Nelder (1989), Generalized Linear Models, ch. 9.
    """
    from sigun.analysis.statistics.glm import fit_poisson

    day = np.arange(past.origin - len(past.daily), past.origin)
    seen = seen_on(weather, day, past.origin)
    known = np.isfinite(seen).any(axis=1) & (past.exposure > 0)
    if known.sum() < FEWEST or not past.daily[known].any():
        return None
    mean, scale = _spread(seen)
    usual = past.exposure * rhythm_of(past).of(day)
    expected = usual * _around(past.daily) / np.maximum(_around(usual), 1e-9)
    use = known & (expected > 0)
    weight = (expected * use)[:, None]
    off = _departures(seen, mean, scale)
    left = off - _around(off * weight) / np.maximum(_around(weight), 1e-9)  # the level around a day has its weather too
    scatter = max(float(((past.daily - expected)[use] ** 2 / expected[use]).mean()), 1.0)
    columns = np.column_stack([np.ones(use.sum()), left[use]])
    fit = fit_poisson(past.daily[use], columns, np.log(expected[use]), HELD * scatter)
    beta = fit.beta[1:]
    return WeatherEffect(past.origin, mean, scale, beta, _by_season(np.exp(off @ beta), known, past.origin - 1 - day))


def factors(weather: DayWeather, effect: WeatherEffect, past: Past) -> FloatArray:
    """What the counts of past days and of those to come are multiples of, seen from the origin, (d + LONGEST,).

    Past days have their observed weather, days to come the last forecast issued by the origin, or their season's.
    """
    first = past.origin - len(past.daily)
    day = np.arange(first, past.origin + LONGEST)
    values = seen_on(weather, day, past.origin)
    if weather.ahead:
        known = np.searchsorted(weather.known, past.origin, side="right")
        rows = np.flatnonzero((weather.day[:known] >= past.origin) & (weather.day[:known] < past.origin + LONGEST))
        values[weather.day[rows] - first] = weather.told[rows]  # the last one issued stands
    return effect.of(day, values)


def seen_on(weather: DayWeather, day: IntArray, origin: int) -> FloatArray:
    """Observed weather of the days (n, c), NaN where it is not known at 00:00 of `origin`."""
    found = np.full((len(day), len(weather.names)), np.nan)
    row = day - weather.first
    inside = (row >= 0) & (row < len(weather.seen)) & (day < origin)
    found[inside] = weather.seen[row[inside]]
    return found


def foretold(weather: DayWeather, origin: int, days: IntArray) -> int:
    """How many of the days to come have a forecast issued by the origin."""
    known = weather.day[: np.searchsorted(weather.known, origin, side="right")]
    return int(np.isin(days, known).sum()) if weather.ahead else 0


def _spread(seen: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean and standard deviation (c,) of what is known of the columns (n, c)."""
    days = np.maximum(np.isfinite(seen).sum(axis=0), 1)
    mean = np.nansum(seen, axis=0) / days
    scale = np.sqrt(np.nansum((seen - mean) ** 2, axis=0) / days)
    return mean, np.where(scale > 0, scale, 1.0)


def _departures(weather: FloatArray, mean: FloatArray, scale: FloatArray) -> FloatArray:
    """How far the weather (n, c) lies from its mean, in standard deviations; 0 where it is not known."""
    return np.nan_to_num(np.clip((weather - mean) / scale, -STORM, STORM), nan=0.0)


def _by_season(brings: FloatArray, known: BoolArray, age: IntArray) -> FloatArray:
    """Mean of the factors (n,) by season (365,), smoothed, and pulled to that of all days as if by a year more."""
    from scipy.ndimage import gaussian_filter1d

    at = age[known] % YEAR
    total, often = sums(at, brings[known], YEAR), sums(at, np.ones(len(at)), YEAR)
    total, often = (gaussian_filter1d(x, SEASON_WIDTH, mode="wrap") for x in (total, often))
    return np.asarray((total + brings[known].mean()) / (often + 1.0))


def _around(values: FloatArray) -> FloatArray:
    from scipy.ndimage import gaussian_filter1d

    return np.asarray(gaussian_filter1d(values, LEVEL_DAYS, axis=0, mode="constant"))
