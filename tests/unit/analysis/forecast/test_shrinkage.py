"""Memory, pulled to its surroundings."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.forecast.history import Past
from sigun.analysis.forecast.shrinkage import SurfaceSettings, decayed, shrink, surface

PAST = Past(
    origin=800,
    place=np.array([0, 0, 1]),
    age=np.array([0, 730, 14]),
    reports=np.array([1.0, 2.0, 1.0]),
    places=3,
    daily=np.zeros(800),
    observed=np.ones(800, bool),
)


def test_a_report_counts_half_after_a_half_life() -> None:
    assert decayed(PAST, 730.0) == pytest.approx([2.0, 0.5 ** (14 / 730), 0.0])


@pytest.mark.parametrize(
    ("strength", "expected"),
    [(0.0, [0.75, 0.25]), (1e9, [0.5, 0.5])],
    ids=["memory alone", "surroundings alone"],
)
def test_the_two_ends_of_shrinkage(strength: float, expected: list[float]) -> None:
    assert shrink(np.array([3.0, 1.0]), np.array([2.0, 2.0]), strength) == pytest.approx(expected, abs=1e-3)


def test_many_at_once_are_each_alone() -> None:
    memory, around = np.array([[3.0, 1.0], [0.0, 5.0]]), np.array([[2.0, 2.0], [1.0, 4.0]])
    both = shrink(memory, around, np.array([[0.5], [2.0]]))
    assert both[0].tolist() == shrink(memory[0], around[0], 0.5).tolist()
    assert both[1].tolist() == shrink(memory[1], around[1], 2.0).tolist()


def test_nowhere_is_impossible_and_nothing_known_is_even() -> None:
    assert (shrink(np.array([9.0, 0.0]), np.array([9.0, 0.0]), 0.5) > 0).all()
    assert shrink(np.zeros(4), np.zeros(4), 0.5).tolist() == [0.25] * 4


def test_a_recent_report_weighs_more_with_a_short_memory() -> None:
    def share(weight: float) -> float:
        settings = SurfaceSettings(half_life=730.0, recent_days=14.0, recent_weight=weight)
        return float(surface(PAST, lambda values, _reach: values * 0 + values.mean(), settings)[0][1])

    assert share(8.0) > share(0.0)
