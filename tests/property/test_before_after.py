"""The interval of a comparison before and after holds what is true, with few treated regions and lasting noise."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.before_after.difference import Changes, difference
from sigun.analysis.statistics.arrays import FloatArray

WORLDS, PERIODS = 100, 16


def world(rng: np.random.Generator, n: int, treated: int, rho: float, effect: float, counts: bool) -> FloatArray:
    """(n, t) outcomes of regions with levels of their own, shared periods, and noise that may last (AR)."""
    noise = rng.normal(size=(n, PERIODS + 20))
    for at in range(1, PERIODS + 20):
        noise[:, at] += rho * noise[:, at - 1]
    noise = noise[:, 20:] * np.sqrt(1 - rho**2)
    changed = effect * (np.arange(n) < treated)[:, None] * (np.arange(PERIODS) >= PERIODS // 2)
    shared = rng.normal(size=PERIODS)
    if counts:
        return rng.poisson(np.exp(rng.normal(2.5, 0.5, (n, 1)) + 0.2 * noise + 0.3 * shared + changed)).astype(float)
    return rng.normal(size=(n, 1)) + shared + noise + changed


def holds(rng: np.random.Generator, n: int, treated: int, rho: float, effect: float, counts: bool) -> bool:
    y, one, half = world(rng, n, treated, rho, effect, counts), np.ones(n), PERIODS // 2
    changes = Changes(y[:, :half].mean(axis=1), y[:, half:].mean(axis=1), one, one, np.arange(n) < treated, counts)
    found = difference(changes, rng)
    return found.low <= effect <= found.high


@pytest.mark.parametrize("counts", [False, True], ids=["rates", "counts"])
@pytest.mark.parametrize(("rho", "effect"), [(0.0, 0.0), (0.0, 0.8), (0.8, 0.0), (0.8, 0.8)])
def test_the_interval_holds_what_is_true_of_two_in_twenty(rho: float, effect: float, counts: bool) -> None:
    rng = np.random.default_rng(8)
    assert np.mean([holds(rng, 20, 2, rho, effect, counts) for _ in range(WORLDS)]) >= 0.90


@pytest.mark.parametrize("counts", [False, True], ids=["rates", "counts"])
def test_so_does_the_one_by_spread(counts: bool) -> None:
    rng = np.random.default_rng(8)
    assert np.mean([holds(rng, 6, 1, 0.8, 0.8, counts) for _ in range(2 * WORLDS)]) >= 0.90
