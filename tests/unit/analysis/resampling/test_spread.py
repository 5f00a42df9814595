"""Clusters that move together."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.resampling.spread import widening
from sigun.analysis.statistics.arrays import FloatArray

REGIONS, PERIODS = 40, 12
REGION, PERIOD = np.repeat(np.arange(REGIONS), PERIODS), np.tile(np.arange(PERIODS), REGIONS)


def twins(seed: int) -> FloatArray:
    """(n,) regions 0 and 1 alike, 2 and 3, …"""
    return np.random.default_rng(seed).normal(size=(REGIONS // 2, PERIODS)).repeat(2, axis=0).ravel()


def alone(seed: int) -> FloatArray:
    return np.random.default_rng(seed).normal(size=REGIONS * PERIODS)


def test_twins_in_both_widen_by_the_root_of_two() -> None:
    found = [widening(twins(2 * s), twins(2 * s + 1), REGION, PERIOD) for s in range(20)]
    assert np.mean(found) == pytest.approx(np.sqrt(2), abs=0.05)


@pytest.mark.parametrize("both", [(twins, alone), (alone, twins), (alone, alone)])
def test_likeness_in_one_alone_does_not_widen(both: tuple) -> None:
    found = [widening(both[0](2 * s), both[1](2 * s + 1), REGION, PERIOD) for s in range(20)]
    assert np.mean(found) < 1.03


def test_trending_series_are_freed_of_their_trend_first() -> None:
    walks = [np.cumsum(alone(s).reshape(REGIONS, PERIODS), axis=1).ravel() for s in range(40)]
    found = [widening(z, u, REGION, PERIOD) for z, u in zip(walks[::2], walks[1::2], strict=True)]
    assert np.mean(found) < 1.05


def test_twins_in_one_cluster_do_not_count() -> None:
    assert widening(twins(1), twins(2), REGION, PERIOD) > 1.2
    assert widening(twins(1), twins(2), REGION, PERIOD, REGION // 2) < 1.1


def test_more_regions_than_a_block_give_what_one_block_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = widening(twins(1), twins(2), REGION, PERIOD)
    monkeypatch.setattr("sigun.analysis.resampling.spread.BLOCK", 7)
    assert widening(twins(1), twins(2), REGION, PERIOD) == pytest.approx(whole, rel=1e-12)


def test_units_and_holes_are_borne() -> None:
    z, u = twins(1), twins(2)
    assert widening(1e6 * z, -1e-9 * u, REGION, PERIOD) == pytest.approx(widening(z, u, REGION, PERIOD))
    kept = np.random.default_rng(3).random(len(z)) < 0.9
    assert 1.1 < widening(z[kept], u[kept], REGION[kept], PERIOD[kept]) < 1.7
