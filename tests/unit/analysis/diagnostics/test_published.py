"""The tables of unit-root tests: read rightly, and their simulated beginnings redone in small."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sigun.analysis.diagnostics.published import critical, moments
from sigun.analysis.diagnostics.unit_roots import BOUNDS, _augmented


@pytest.mark.parametrize(
    ("observations", "lags", "trend", "mean", "variance"),
    [
        (10, 0, False, -1.504, 1.069),  # Im, Pesaran & Shin (2003), Table 3: first, last and some between
        (100, 0, False, -1.532, 0.735),
        (25, 8, False, -1.212, 1.217),
        (10, 4, False, -1.171, 2.080),
        (10, 0, True, -2.166, 1.132),
        (100, 8, True, -2.088, 0.670),
        (18, 1, False, -1.5108, 0.9534),  # between 15 and 20
        (400, 0, False, -1.532, 0.735),  # beyond the last
    ],
)
def test_moments(observations: int, lags: int, trend: bool, mean: float, variance: float) -> None:
    assert moments(observations, lags, trend) == pytest.approx((mean, variance), abs=1e-9)


@pytest.mark.parametrize(
    ("observations", "lags", "trend"), [(5, 0, False), (12, 5, False), (7, 1, True), (90, 9, True)]
)
def test_no_moments(observations: int, lags: int, trend: bool) -> None:
    assert all(math.isnan(figure) for figure in moments(observations, lags, trend))


@pytest.mark.parametrize(
    ("regions", "periods", "trend", "figures"),
    [
        (10, 10, False, (-2.85, -2.47, -2.28)),  # Pesaran (2007), Table II(b), truncated
        (200, 100, False, (-2.15, -2.07, -2.02)),
        (20, 20, False, (-2.40, -2.21, -2.10)),
        (30, 20, False, (-2.32, -2.15, -2.07)),
        (25, 20, False, (-2.36, -2.18, -2.085)),
        (10, 10, True, (-3.51, -3.10, -2.87)),  # II(c)
        (50, 70, True, (-2.71, -2.61, -2.55)),
    ],
)
def test_critical(regions: int, periods: int, trend: bool, figures: tuple[float, ...]) -> None:
    assert critical(regions, periods, trend) == pytest.approx(figures, abs=1e-9)


def test_no_critical_values_for_very_short_panels() -> None:
    assert math.isnan(critical(50, 6, trend=False)[1])
    assert math.isnan(critical(50, 7, trend=True)[1])


@pytest.mark.parametrize(
    ("observations", "lags", "trend"), [(6, 0, False), (9, 0, False), (9, 1, False), (8, 0, True), (9, 1, True)]
)
def test_moments_before_the_published_ones_hold(observations: int, lags: int, trend: bool) -> None:
    walks = np.random.default_rng(7).standard_normal((40_000, observations + lags + 1)).cumsum(axis=1)
    t = _augmented(walks, lags, trend)
    mean, variance = moments(observations, lags, trend)
    assert t.mean() == pytest.approx(mean, abs=0.03)
    assert t.var() == pytest.approx(variance, rel=0.10)


@pytest.mark.parametrize(("periods", "trend"), [(7, False), (9, False), (9, True)])
def test_critical_values_before_the_published_ones_hold(periods: int, trend: bool) -> None:
    rng, (low, high) = np.random.default_rng(8), BOUNDS[trend]
    found = []
    for _world in range(1500):
        walks = rng.standard_normal((20, periods)).cumsum(axis=1)
        found.append(np.clip(_augmented(walks, 0, trend, common=True), -low, high).mean())
    assert np.mean(np.array(found) < critical(20, periods, trend)[1]) == pytest.approx(0.05, abs=0.02)
