"""Women and births of the made-up province (여성 인구와 출생): cohorts that grow older and move, and whom they bear."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sigun.recipes.births.province import NAMES, NEW, TOWNS, neighbours, urban
from sigun.recipes.births.truth import FACTORS, Factor, Planted

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

AGES = np.arange(15, 50)
BEFORE = max(factor.lag for factor in FACTORS)  # years of factors ahead of the first year of births
SEASON = np.array([1.12, 1.00, 1.05, 1.00, 0.98, 0.95, 1.00, 1.00, 1.02, 1.01, 0.95, 0.92])  # of an average month


@dataclass(frozen=True)
class Lives:
    """What happened: (31 regions, years) or as said."""

    years: tuple[int, ...]
    women: IntArray  # (31, years, 35) by single year of age
    factors: dict[str, FloatArray]  # by id; years as above
    grant_year: IntArray  # (31,) in which a grant starts; 0: never
    level: FloatArray  # (31,)
    expected: FloatArray  # total fertility rate
    births: IntArray  # (31, years, 12) by month
    tfr: FloatArray  # as it came out

    @property
    def yearly(self) -> IntArray:
        """(31, years) births of the year."""
        return np.asarray(self.births.sum(axis=2), dtype=np.int64)


def live(rng: np.random.Generator, planted: Planted) -> Lives:
    """Fifteen years of the province."""
    years = tuple(range(planted.first, planted.last + 1))
    women = draw_women(rng, len(years))
    drawn = {factor.id: draw_factor(rng, factor, len(years)) for factor in FACTORS}
    drawn["graduates_share"][list(NEW)] = drawn["graduates_share"][NEW[0]]  # of 2015, when the two were one
    start = draw_grants(rng, planted)
    level = planted.level + planted.urban * urban() + rng.normal(0, planted.level_noise, len(NAMES))
    young = women[:, :, (AGES >= 25) & (AGES < 35)].sum(axis=2) / women.sum(axis=2) * 100
    inside = sum((effect_of(factor, drawn[factor.id]) for factor in FACTORS), np.zeros(young.shape))
    inside = inside + planted.young_women * (young - young.mean()) + grant_effect(start, years, planted)
    fall = planted.fall * (np.arange(len(years)) / (len(years) - 1) - 0.5)
    expected = level[:, None] + fall + inside + draw_noise(rng, len(years), planted)
    births = draw_births(rng, women, expected)
    tfr = births.sum(axis=2) / (women * fertility_shape()).sum(axis=2)
    now = {name: values[:, BEFORE:] for name, values in drawn.items()}
    now["household_size"] = now["household_size"] + planted.moved * (tfr - tfr.mean(axis=1, keepdims=True) - fall)
    return Lives(years, women, now, start, level, expected, births, tfr)


def fertility_shape() -> FloatArray:
    """(35,) how the total fertility rate is spread over ages; adds to 1."""
    bell = np.exp(-((AGES - 32.5) ** 2) / (2 * 4.6**2))
    return np.asarray(bell / bell.sum(), dtype=float)


def draw_women(rng: np.random.Generator, years: int) -> IntArray:
    """(31, years, 35) mid-year women by single year of age: each cohort a year older every year, and some move."""
    size = np.array([town.women for town in TOWNS], dtype=float)
    age = (AGES - 32) / 17
    shape = (1 + 0.25 * age)[None, :] * np.exp(rng.normal(0, 0.02, (len(size), len(AGES))))
    now = size[:, None] * shape / shape.sum(axis=1, keepdims=True)
    mobile = np.exp(-((AGES - 26) ** 2) / 72)
    moving = autoregressive(rng, (len(size), years), 0.6, 0.012)
    told = [now]
    for t in range(1, years):
        entering = told[-1][:, 0] * (0.985 + rng.normal(0, 0.01, len(size)))
        older = np.column_stack([entering, told[-1][:, :-1]])
        told.append(older * (1 + moving[:, [t]] * mobile))
    return np.round(np.stack(told, axis=1)).astype(np.int64)


def draw_factor(rng: np.random.Generator, factor: Factor, years: int) -> FloatArray:
    """(31, years and `BEFORE` more) a factor: the region's level, the common trend, and what is its own inside."""
    u, n = urban(), years + BEFORE
    own = rng.normal(0, 1, len(u))
    own = own - own.mean() - (own - own.mean()) @ u / (u @ u) * u
    level = factor.between * (factor.urban * u + np.sqrt(1 - factor.urban**2) * own / own.std())
    trend = factor.trend * ((np.arange(n) - BEFORE) / (years - 1) - 0.5)
    year = rng.normal(0, 0.3 * factor.within, n)
    inside = autoregressive(rng, (len(u), n), factor.memory, factor.within)
    return np.asarray(factor.mean + level[:, None] + trend + year + inside, dtype=float)


def effect_of(factor: Factor, values: FloatArray) -> FloatArray:
    """(31, years) what a factor does: for each unit above the region's own level, the common trend aside."""
    inside = values - values.mean(axis=1, keepdims=True)
    inside = inside - inside.mean(axis=0, keepdims=True)
    years = values.shape[1] - BEFORE
    first = BEFORE - factor.lag
    return np.asarray(factor.effect * inside[:, first : first + years], dtype=float)


def draw_grants(rng: np.random.Generator, planted: Planted) -> IntArray:
    """(31,) the year a grant starts, drawn among all; 0: never."""
    order = rng.permutation(len(NAMES))
    start = np.zeros(len(NAMES), dtype=np.int64)
    at = 0
    for year, count in planted.grant_years.items():
        start[order[at : at + count]] = year
        at += count
    together = start[list(NEW)].max()  # they were one, and a grant of one went on in both
    start[list(NEW)] = together if together < planted.split else 0
    return start


def grant_effect(start: IntArray, years: tuple[int, ...], planted: Planted) -> FloatArray:
    """(31, years) what the grants do."""
    since = np.array(years)[None, :] - start[:, None]
    steps = np.minimum(np.maximum(since, 0), len(planted.grant) - 1)
    there = (start[:, None] > 0) & (since >= 0)
    return np.where(there, np.array(planted.grant)[steps], 0.0)


def draw_noise(rng: np.random.Generator, years: int, planted: Planted) -> FloatArray:
    """(31, years) what nobody explains: it remembers last year, and its neighbours a little."""
    raw = autoregressive(rng, (len(NAMES), years), planted.memory, 1.0)
    spread = np.linalg.solve(np.eye(len(NAMES)) - planted.spatial * neighbours(), raw)
    return np.asarray(planted.noise * spread / spread.std(), dtype=float)


def draw_births(rng: np.random.Generator, women: IntArray, rate: FloatArray) -> IntArray:
    """(31, years, 12) births by month: a Poisson law around what the rate and the women lead to expect."""
    expected = (women * fertility_shape()).sum(axis=2) * rate
    return np.asarray(rng.poisson(expected[:, :, None] * SEASON / SEASON.sum()), dtype=np.int64)


def autoregressive(rng: np.random.Generator, shape: tuple[int, int], memory: float, spread: float) -> FloatArray:
    """Rows of first-order autoregressive noise with the given memory and standard deviation."""
    shocks = rng.normal(0, spread * np.sqrt(1 - memory**2), shape)
    shocks[:, 0] /= np.sqrt(1 - memory**2)
    for t in range(1, shape[1]):
        shocks[:, t] += memory * shocks[:, t - 1]
    return shocks
