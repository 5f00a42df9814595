"""Knox's test on figures that can be checked by hand."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from sigun.analysis.same_vehicle import knox as module
from sigun.analysis.same_vehicle.knox import knox

XY = np.array([[0.0, 0.0], [10.0, 0.0], [500.0, 0.0], [510.0, 0.0], [1000.0, 0.0]])
DAY = np.array([0, 1, 40, 41, 90])


def by_hand(day: tuple[int, ...]) -> int:
    return sum(abs(day[i] - day[j]) <= 7 for i, j in ((0, 1), (2, 3)))


def test_five_reports_every_shuffle_counted() -> None:
    """Of ten pairs two are near and two are soon. Over all 120 shuffles the mean of both is 2 * 2 / 10."""
    every = [by_hand(day) for day in permutations(DAY.tolist())]
    assert np.mean(every) == pytest.approx(0.4)
    found = knox(XY, DAY, (50.0,), (7,), 4000, np.random.default_rng(1))
    assert found.observed.tolist() == [[2]]
    assert found.expected[0, 0] == pytest.approx(0.4, abs=0.03)
    assert found.p[0, 0] == pytest.approx(np.mean([n >= 2 for n in every]), abs=0.015)
    assert found.ratio[0, 0] == pytest.approx(2 / found.expected[0, 0])


def test_knox_1964_leukaemia_expectation() -> None:
    """Knox (1964): 96 cases, 4560 pairs, 25 near, 152 soon; .83 expected both. Here: cases with those very pairs."""
    near = np.repeat(np.arange(71) * 5000.0, [2] * 25 + [1] * 46)
    soon = np.concatenate([np.repeat(np.arange(19) * 400, [5] * 15 + [2] * 2 + [1] * 2), [20_000]])
    xy = np.column_stack([near, np.zeros(96)])
    day = np.append(soon, np.arange(96 - len(soon)) * 400 + 30_000)
    pairs = [(i, j) for i in range(96) for j in range(i)]
    assert sum(abs(near[i] - near[j]) <= 1000 for i, j in pairs) == 25
    assert sum(abs(int(day[i]) - int(day[j])) <= 60 for i, j in pairs) == 152
    found = knox(xy, np.random.default_rng(3).permutation(day), (1000.0,), (60,), 4000, np.random.default_rng(1))
    assert found.expected[0, 0] == pytest.approx(0.83, abs=0.04)


def test_without_interaction_one_lies_inside_the_bounds_nine_times_in_ten() -> None:
    rng = np.random.default_rng(5)
    inside = 0
    for _city in range(100):
        xy, day = rng.uniform(0, 1000, (300, 2)), rng.integers(0, 200, 300)
        found = knox(xy, day, (60.0,), (14,), 99, rng)
        inside += found.low[0, 0] <= 1 <= found.high[0, 0]
    assert 83 <= inside <= 97


def test_a_thinned_city_has_the_same_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(6)
    xy, day = rng.uniform(0, 3000, (2000, 2)), rng.integers(0, 400, 2000)
    xy, day = np.vstack([xy, xy + 5]), np.append(day, day + 1)
    whole = knox(xy, day, (50.0,), (7,), 99, np.random.default_rng(1)).ratio[0, 0]
    monkeypatch.setattr(module, "MOST_PAIRS", 3000)
    thin = knox(xy, day, (50.0,), (7,), 99, np.random.default_rng(1))
    assert thin.observed[0, 0] < 2000
    assert thin.ratio[0, 0] == pytest.approx(whole, rel=0.25)


def test_one_report_or_none_has_no_pair() -> None:
    for n in (0, 1):
        found = knox(np.zeros((n, 2)), np.zeros(n, int), (50.0,), (7,), 99, np.random.default_rng(1))
        assert found.observed.tolist() == [[0]] and np.isnan(found.ratio).all()
