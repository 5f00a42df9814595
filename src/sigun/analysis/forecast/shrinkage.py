"""Gamma-Poisson shrinkage (축소 추정): a place's own decayed memory of reports, pulled towards its surroundings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.forecast.history import Past
from sigun.analysis.forecast.places import Smooth
from sigun.analysis.statistics.arrays import FloatArray, sums

FLOOR = 0.001  # share of the mean place that every place has: nowhere is impossible


@dataclass(frozen=True, slots=True)
class SurfaceSettings:
    """How places remember. The defaults did best on the Boston years 2016 and 2017 together."""

    half_life: float = 1460.0  # days, of the long memory
    recent_days: float = 14.0  # days, half-life of the short memory
    recent_weight: float = 4.0  # how much more a report counts in the short memory
    reach: float = 2.0  # times 500 m (or borders crossed) that surroundings reach
    strength: float = 0.5  # pseudo-reports behind the surroundings


def decayed(past: Past, half_life: float) -> FloatArray:
    """Reports by place (n,), each counting half as much for every `half_life` days of its age."""
    return sums(past.place, 0.5 ** (past.age / half_life) * past.reports, past.places)


def shrink(memory: FloatArray, surroundings: FloatArray, strength: FloatArray | float) -> FloatArray:
    """Relative expectation of each place, summing to 1 over the last axis.

    The rate of a place relative to its surroundings is gamma distributed with mean 1 and shape `strength`;
    given a Poisson memory its posterior mean is (memory + strength) / (surroundings + strength).

    Parameters
    ----------
    memory : (…, n) decayed reports of each place.
    surroundings : (…, n) what the places around would have it remember, in the same unit.
    strength : pseudo-reports behind the surroundings, a number or (…, 1); 0 trusts the memory alone.

    References
    ----------
    Clayton & Kaldor (1987), Biometrics 43, 671-681 (gamma prior on relative rates).

    Examples
    --------
    >>> shrink(np.array([3.0, 1.0]), np.array([2.0, 2.0]), strength=2.0).round(3).tolist()
    [0.625, 0.375]
    """
    prior = surroundings + FLOOR * surroundings.mean(axis=-1, keepdims=True)
    rate = prior * (memory + strength) / (prior + strength)
    total = rate.sum(axis=-1, keepdims=True)
    return np.asarray(np.where(total > 0, rate / np.maximum(total, 1e-300), 1 / rate.shape[-1]))


def surface(past: Past, smooth: Smooth, settings: SurfaceSettings) -> tuple[FloatArray, FloatArray]:
    """Relative expectation (n,) and the memory (n,) behind it.

    Memory is the sum of a long one and, `recent_weight` times, a short one: part of what can be known about a
    place is a burst that dies within weeks.
    """
    memory = decayed(past, settings.half_life) + settings.recent_weight * decayed(past, settings.recent_days)
    return shrink(memory, smooth(memory, settings.reach), settings.strength), memory
