"""Intervals of rates, shares and resampled figures."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sigun.analysis.statistics.intervals import dispersion_of, middle_of, rate_interval, resampled_sums, wilson, z_of


def test_the_normal_half_width() -> None:
    assert z_of() == pytest.approx(1.644854, abs=1e-6)
    assert z_of(0.95) == pytest.approx(1.959964, abs=1e-6)


@pytest.mark.parametrize(("hits", "n"), [(0, 7), (3, 7), (7, 7), (250, 1000)])
def test_wilson_is_the_score_interval(hits: int, n: int) -> None:
    low, high = wilson(hits, n, level=0.95)
    wanted = stats.binomtest(hits, n).proportion_ci(0.95, method="wilson")
    assert (float(low), float(high)) == pytest.approx((wanted.low, wanted.high), abs=1e-9)


def test_a_share_of_nothing_is_not_known() -> None:
    low, high = wilson([0], [0])
    assert np.isnan(low).all() and np.isnan(high).all()


@pytest.mark.parametrize("count", [0, 1, 12, 400])
def test_a_rate_without_extra_spread_is_exact_poisson(count: int) -> None:
    low, high = rate_interval(count, 2.0)
    assert float(high) * 2 == pytest.approx(stats.chi2.ppf(0.95, 2 * (count + 1)) / 2)
    assert float(low) * 2 == pytest.approx(stats.chi2.ppf(0.05, 2 * count) / 2 if count else 0.0)


def test_extra_spread_widens_and_less_never_narrows() -> None:
    plain, wide, narrow = (rate_interval(50, 1.0, spread) for spread in (1.0, 4.0, 0.2))
    assert wide[0] < plain[0] and wide[1] > plain[1]
    assert narrow == plain
    assert (wide[1] - wide[0]) / (plain[1] - plain[0]) == pytest.approx(2.0, rel=0.1)  # the square root of 4


def test_a_rate_without_exposure_is_not_known() -> None:
    low, high = rate_interval([3, 3], [0.0, 1.0])
    assert np.isnan([low[0], high[0]]).all() and np.isfinite([low[1], high[1]]).all()


def test_dispersion_of_poisson_is_one_and_never_less() -> None:
    rng = np.random.default_rng(1)
    mean = np.full(5000, 20.0)
    assert dispersion_of(rng.poisson(mean).astype(float), mean, 1) == pytest.approx(1.0, abs=0.06)
    assert dispersion_of(mean, mean, 1) == 1.0
    assert dispersion_of(mean[:1], mean[:1], 1) == 1.0


def test_whole_blocks_are_drawn_again() -> None:
    blocks = np.array([[1.0, 10.0], [3.0, 30.0]])
    sums = resampled_sums(blocks, 2000, np.random.default_rng(1))
    assert (sums[:, 1] == 10 * sums[:, 0]).all()
    assert sorted(set(sums[:, 0])) == [2.0, 4.0, 6.0]


def test_the_middle_of_unknown_draws_is_unknown() -> None:
    low, high = middle_of(np.array([[1.0, np.nan], [3.0, np.nan]]), level=0.5)
    assert (low[0], high[0]) == (1.5, 2.5)
    assert np.isnan(low[1]) and np.isnan(high[1])
