"""Two-step floating catchment against sums done by hand, and in the size of a province."""

from __future__ import annotations

import time

import numpy as np
import pytest

from sigun.analysis.supply.catchment import Setting, catchments, nearest, weights

NONE = Setting(1500.0, "none")


def test_two_points_and_two_places_by_hand() -> None:
    # A (100) – 1 km – place 40 – 1 km – B (300) – 1 km – place 30
    points, places = np.array([[0.0, 0.0], [2000.0, 0.0]]), np.array([[1000.0, 0.0], [3000.0, 0.0]])
    found = catchments(points, np.array([100.0, 300.0]), places, np.array([40.0, 30.0]), [NONE])[0]
    assert found.sought.tolist() == [400.0, 300.0]
    assert found.ratio.tolist() == pytest.approx([0.1, 0.1])
    assert found.access.tolist() == pytest.approx([0.1, 0.2])


def test_rings_by_hand() -> None:
    # one place of 10; 100 heads at it, 100 heads in the second third, 100 in the last: 100 + 68 + 22 = 190
    points = np.array([[0.0, 0.0], [1500.0, 0.0], [2500.0, 0.0]])
    found = catchments(points, np.full(3, 100.0), np.zeros((1, 2)), np.array([10.0]), [Setting(3000.0, "step")])[0]
    assert found.sought.tolist() == pytest.approx([190.0])
    assert found.access.tolist() == pytest.approx([10 / 190, 6.8 / 190, 2.2 / 190])


def test_gaussian_by_hand() -> None:
    half = (np.exp(-1 / 8) - np.exp(-1 / 2)) / (1 - np.exp(-1 / 2))
    at = np.array([0.0, 500.0, 1000.0, 1000.1])
    assert weights(at, Setting(1000.0, "gaussian")).tolist() == pytest.approx([1.0, half, 0.0, 0.0])


@pytest.mark.parametrize(("share", "weight"), [(0.0, 1.0), (1 / 3, 1.0), (0.34, 0.68), (0.67, 0.22), (1.0, 0.22)])
def test_ends_of_the_rings(share: float, weight: float) -> None:
    assert weights(np.array([900.0 * share]), Setting(900.0, "step"))[0] == weight


def test_nobody_within_reach_of_a_place_and_no_place_within_reach_of_a_point() -> None:
    points, places = np.array([[0.0, 0.0], [9e4, 0.0]]), np.array([[100.0, 0.0], [5e4, 0.0]])
    found = catchments(points, np.array([10.0, 10.0]), places, np.array([5.0, 5.0]), [NONE])[0]
    assert found.access.tolist() == [0.5, 0.0]
    assert found.reached.tolist() == [True, False]
    assert np.isnan(found.ratio[1])


def test_nobody_anywhere_and_no_place_anywhere() -> None:
    points, places = np.zeros((2, 2)), np.zeros((1, 2))
    assert catchments(points, np.zeros(2), places, np.ones(1), [NONE])[0].access.tolist() == [0.0, 0.0]
    none = catchments(points, np.ones(2), np.empty((0, 2)), np.empty(0), [NONE])[0]
    assert (none.access.tolist(), none.reached.tolist()) == ([0.0, 0.0], [False, False])
    assert nearest(points, np.empty((0, 2))).tolist() == [np.inf, np.inf]


def test_a_province_of_points_in_a_few_seconds() -> None:
    rng = np.random.default_rng(7)
    points, places = rng.uniform(0, 100_000, (100_000, 2)), rng.uniform(0, 100_000, (10_000, 2))
    demand, capacity = rng.integers(0, 200, 100_000).astype(float), rng.integers(1, 100, 10_000).astype(float)
    began = time.perf_counter()
    found = catchments(points, demand, places, capacity, [Setting(3000.0, "gaussian")])[0]
    assert time.perf_counter() - began < 20  # 3 on two quiet cores
    assert float(found.access @ demand) == pytest.approx(float(capacity[~np.isnan(found.ratio)].sum()))
