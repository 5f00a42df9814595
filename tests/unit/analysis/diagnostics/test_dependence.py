"""Pesaran's CD, in panels with gaps too."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sigun.analysis.diagnostics.dependence import pesaran_cd, unit_residuals
from sigun.errors import MethodError


def _by_hand(value: np.ndarray) -> float:
    """Each pair for itself, over the periods it shares."""
    added, pairs = 0.0, 0
    for i in range(len(value)):
        for j in range(i + 1, len(value)):
            both = ~np.isnan(value[i]) & ~np.isnan(value[j])
            if both.sum() >= 3:
                added += math.sqrt(both.sum()) * np.corrcoef(value[i, both], value[j, both])[0, 1]
                pairs += 1
    return added / math.sqrt(pairs)


def test_pairs_with_gaps() -> None:
    rng = np.random.default_rng(3)
    value = rng.standard_normal((6, 9)) + rng.standard_normal(9)
    value[rng.random((6, 9)) < 0.35] = np.nan
    value[5, 2:] = np.nan  # shares two periods with nobody
    region, period = np.nonzero(~np.isnan(value))
    assert pesaran_cd(value[region, period], 10 * region, 2000 + period).statistic == pytest.approx(_by_hand(value))


def test_size_under_independence_and_power_under_a_common_shock() -> None:
    rng = np.random.default_rng(4)
    region, period = np.divmod(np.arange(31 * 10), 10)
    alone = [pesaran_cd(rng.standard_normal(310), region, period).p < 0.05 for _world in range(300)]
    assert np.mean(alone) == pytest.approx(0.05, abs=0.04)
    shock = rng.standard_normal(10)[period]
    assert pesaran_cd(rng.standard_normal(310) + shock, region, period).p < 1e-6


def test_a_region_that_does_not_vary_counts_for_nothing() -> None:
    value = np.random.default_rng(5).standard_normal((4, 8))
    flat = np.vstack([value, np.full(8, 0.1)])
    numbers = [np.divmod(np.arange(v.size), 8) for v in (value, flat)]
    one, other = (pesaran_cd(v.ravel(), *at).statistic for v, at in zip((value, flat), numbers, strict=True))
    assert one == pytest.approx(other)


def test_too_short_to_tell() -> None:
    with pytest.raises(MethodError, match="No two regions share 3 periods"):
        pesaran_cd(np.array([1.0, 2.0, 1.0, 3.0]), np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]))


def test_own_regressions_leave_nothing_of_a_line() -> None:
    region, x = np.repeat([3, 7], 5), np.tile(np.arange(5.0), 2)[:, None]
    y = np.where(region == 3, 2 + 3 * x[:, 0], 1 - x[:, 0])
    assert unit_residuals(y, x, region) == pytest.approx(np.zeros(10), abs=1e-12)
