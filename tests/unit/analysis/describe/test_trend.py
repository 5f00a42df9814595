"""The trend kernels."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.describe.trend import fit_trend, ratio_of, unlike

MONTHS = np.arange(60)
TIME = MONTHS / 12
MONTH = MONTHS % 12 + 1
DAYS = np.full(60, 30.0)


def test_slope_levels_and_season_are_taken_apart() -> None:
    season = 0.3 * np.cos(2 * np.pi * MONTH / 12)
    regime = (MONTHS >= 36).astype(int)
    rate = 5.0 * np.exp(0.1 * TIME + season) * np.where(regime, 2.0, 1.0)
    fit = fit_trend(rate * DAYS, DAYS, TIME, regime, MONTH)
    assert fit.slope == pytest.approx(0.1)
    assert np.exp(fit.levels) == pytest.approx([5.0, 10.0])


def test_correlated_months_widen_the_interval() -> None:
    rng = np.random.default_rng(1)
    shock = np.zeros(60)
    for i in range(1, 60):
        shock[i] = 0.8 * shock[i - 1] + 0.2 * rng.normal()
    y = rng.poisson(100 * np.exp(shock)).astype(float)
    together = fit_trend(y, DAYS, TIME, np.zeros(60, int), None)
    order = rng.permutation(60)
    apart = fit_trend(y[order], DAYS, TIME, np.zeros(60, int), None)
    assert together.autocorrelation > 0.4 > apart.autocorrelation
    assert together.covariance[-1, -1] > 2 * together.dispersion / y.sum() / np.var(TIME)


def test_an_exact_fit_has_no_correlation() -> None:
    assert fit_trend(DAYS, DAYS, TIME, np.zeros(60, int), None).autocorrelation == pytest.approx(0.0, abs=1e-6)


def test_season_cancels_in_the_ratio_of_two_years() -> None:
    season = np.array([50.0, 10.0] * 6)
    days = np.full(12, 30.0)
    ratio, low, high = ratio_of(2 * season, days, season, days)
    half = 1.644854 * np.sqrt(1 / 720 + 1 / 360)
    assert (ratio, low, high) == pytest.approx((2.0, 2 * np.exp(-half), 2 * np.exp(half)), rel=1e-6)


def test_exposure_enters_the_ratio() -> None:
    now, before = np.full(12, 10.0), np.array([10.0] * 9 + [0.0] * 3)
    ratio, low, high = ratio_of(now, np.full(12, 30.0), before, np.array([30.0] * 9 + [0.0] * 3))
    assert ratio == pytest.approx(1.0)
    assert low < 1 < high


def test_uneven_pairs_widen_the_ratio() -> None:
    days, before = np.full(12, 30.0), np.full(12, 40.0)
    calm = ratio_of(np.full(12, 40.0), days, before, days)
    wild = ratio_of(np.array([5.0, 75.0] * 6), days, before, days)
    assert wild[2] - wild[1] > 2 * (calm[2] - calm[1])


@pytest.mark.parametrize(
    ("slope", "error", "apart"),
    [
        pytest.param([0.10], [0.01], False, id="one stretch"),
        pytest.param([-0.05, 0.03], [0.05, 0.05], False, id="neither is clear"),
        pytest.param([0.10, 0.30], [0.03, 0.03], True, id="one way, at another pace"),
        pytest.param([0.10, -0.02], [0.05, 0.08], True, id="clearly up, and rather down"),
        pytest.param([0.10, 0.02], [0.05, 0.08], False, id="clearly up, and rather up"),
    ],
)
def test_stretches_that_move_unlike_one_another(slope: list[float], error: list[float], apart: bool) -> None:
    assert unlike(np.array(slope), np.array(error)) is apart
