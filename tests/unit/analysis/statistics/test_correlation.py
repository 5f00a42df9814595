"""Correlations: published and closed-form figures, and how often pure chance is called a find."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.statistics.correlation import rank_correlations, remove_means, within_correlation

REGION, PERIOD = np.repeat(np.arange(20), 24), np.tile(np.arange(24), 20)


def field(rng: np.random.Generator, points: np.ndarray, reach: float) -> np.ndarray:
    """A smooth random pattern: alike within `reach`."""
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    return np.asarray(
        np.linalg.cholesky(np.exp(-apart / reach) + 1e-9 * np.eye(len(points))) @ rng.normal(size=len(points))
    )


def test_rho_is_one_less_six_times_the_squared_rank_differences() -> None:
    """Without ties rho = 1 - 6 Σd² / (n (n² - 1)); here Σd² = 194 and n = 10, so -29/165."""
    y = np.array([7.0, 27, 2, 50, 28, 29, 20, 12, 6, 17])
    x = np.array([106.0, 100, 86, 101, 99, 103, 97, 113, 112, 110])[:, None]
    found = rank_correlations(y, x, np.random.default_rng(1).random((10, 2)), 9999, np.random.default_rng(1))
    assert found.rho[0] == pytest.approx(-29 / 165)
    assert found.p[0] > 0.5


def test_what_never_changes_has_no_answer() -> None:
    x = np.column_stack([np.ones(10), np.arange(10.0)])
    found = rank_correlations(
        np.arange(10.0), x, np.random.default_rng(1).random((10, 2)), 99, np.random.default_rng(1)
    )
    assert np.isnan(found.p).tolist() == [True, False]
    few = rank_correlations(np.arange(4.0), x[:4], np.zeros((4, 2)), 99, np.random.default_rng(1))
    assert np.isnan(few.rho).all()


def test_two_smooth_maps_without_connection_are_seldom_a_find() -> None:
    """Shuffling alone calls more than a third of such pairs a find; the effective number of areas mends it."""
    finds, held, plain = [], [], []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        points = rng.random((80, 2))
        y, x = field(rng, points, 0.5), field(rng, points, 0.5)[:, None]
        found = rank_correlations(y, x, points, 199, rng)
        finds.append(found.p[0] <= 0.05)
        held.append(found.low[0] <= 0 <= found.high[0])
        plain.append(abs(found.rho[0]) > 1.96 / np.sqrt(79))
        assert 3 <= found.size[0] <= 80
    assert np.mean(finds) <= 0.12
    assert np.mean(held) >= 0.82
    assert np.mean(plain) >= 0.3


def test_an_unpatterned_association_keeps_its_strength() -> None:
    rng = np.random.default_rng(4)
    x = rng.normal(size=100)
    found = rank_correlations(x + rng.normal(size=100), x[:, None], rng.random((100, 2)), 999, rng)
    assert found.p[0] == 0.001
    assert found.size[0] > 60
    assert found.low[0] > 0.4


def test_levels_of_regions_and_months_do_not_matter() -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=480)
    y = 0.5 * x + rng.normal(size=480)
    plain = within_correlation(y, x, REGION, PERIOD, 199, np.random.default_rng(1))
    moved = y + 50.0 * REGION - 3.0 * PERIOD, x - 7.0 * REGION + PERIOD**2
    shifted = within_correlation(*moved, REGION, PERIOD, 199, np.random.default_rng(1))
    assert shifted.rho[0] == pytest.approx(plain.rho[0], abs=1e-6)
    assert plain.p[0] < 0.01
    assert plain.low[0] < 0.5 / np.sqrt(1.25) < plain.high[0]


def test_means_are_removed_where_pairs_are_missing_too() -> None:
    rng = np.random.default_rng(3)
    there = rng.random(480) > 0.2
    region, period = REGION[there], PERIOD[there]
    off = remove_means(rng.normal(size=there.sum()), region, period)
    assert np.abs(np.bincount(region, off)).max() < 1e-8
    assert np.abs(np.bincount(period, off)).max() < 1e-8
    assert not remove_means(3.0 * region - 2.0 * period, region, period).round(8).any()


def test_what_moves_with_the_region_or_the_month_only_has_no_answer() -> None:
    y = np.random.default_rng(1).normal(size=480)
    for x in (REGION, PERIOD):
        assert np.isnan(within_correlation(y, x.astype(float), REGION, PERIOD, 99, np.random.default_rng(1)).p[0])
    none = np.array([], int)
    assert np.isnan(within_correlation(y[:0], y[:0], none, none, 99, np.random.default_rng(1)).p[0])


def test_slow_series_inside_regions_are_seldom_a_find() -> None:
    finds = []
    for seed in range(80):
        rng = np.random.default_rng(seed)
        slow = [np.cumsum(rng.normal(size=(20, 24)), axis=1).ravel() for _ in range(2)]
        finds.append(within_correlation(slow[0], slow[1], REGION, PERIOD, 199, rng).p[0] <= 0.05)
    assert np.mean(finds) <= 0.12
