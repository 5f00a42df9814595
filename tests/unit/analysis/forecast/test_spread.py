"""Negative-binomial intervals."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sigun.analysis.forecast.spread import chance_of_any, fit_spread, log_chance, quantile, ranks

MEANS = np.random.default_rng(3).gamma(2.0, 2.0, 4000)


@pytest.mark.parametrize("spread", [0.0, 0.1, 0.5, 2.0])
def test_the_spread_is_found_again(spread: float) -> None:
    rng = np.random.default_rng(4)
    counts = rng.poisson(MEANS * (rng.gamma(1 / spread, spread, len(MEANS)) if spread else 1.0))
    assert fit_spread(counts.astype(float), MEANS) == pytest.approx(spread, rel=0.25, abs=0.02)


def test_chances_are_those_of_the_distribution() -> None:
    counts = np.array([0.0, 1.0, 7.0])
    mean, shape = np.array([0.2, 3.0, 5.0]), 1 / 0.4
    assert log_chance(counts, mean, 0.4) == pytest.approx(stats.nbinom.logpmf(counts, shape, shape / (shape + mean)))
    assert log_chance(counts, mean, 0.0) == pytest.approx(stats.poisson.logpmf(counts, mean), abs=1e-4)
    assert chance_of_any(mean, 0.4) == pytest.approx(-np.expm1(log_chance(np.zeros(3), mean, 0.4)))


def test_quantiles_widen_with_the_spread() -> None:
    mean = np.array([5.0, 50.0])
    assert quantile(mean, 0.0, 0.95).tolist() == stats.poisson.ppf(0.95, mean).tolist()
    assert (quantile(mean, 1.0, 0.95) > quantile(mean, 0.0, 0.95)).all()
    assert (quantile(mean, np.array([1.0, 0.0]), 0.05) <= mean).all()


def test_ranks_are_even_under_the_right_distribution_only() -> None:
    rng = np.random.default_rng(5)
    counts = rng.poisson(MEANS * rng.gamma(2.0, 0.5, len(MEANS))).astype(float)
    chance = rng.random(len(MEANS))
    assert stats.kstest(ranks(counts, MEANS, 0.5, chance), "uniform").pvalue > 0.01
    assert stats.kstest(ranks(counts, MEANS, 0.0, chance), "uniform").pvalue < 1e-6
