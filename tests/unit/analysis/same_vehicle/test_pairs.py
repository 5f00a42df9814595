"""Candidate pairs: near in space and time, or of one code."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.same_vehicle.pairs import CROWD, Pairs, agreement, all_of, close_pairs, equal_pairs


def listed(pairs: Pairs) -> list[tuple[int, int]]:
    return list(zip(pairs.earlier.tolist(), pairs.later.tolist(), strict=True))


def brute(xy: np.ndarray, day: np.ndarray, metres: float, days: float, shift: float) -> list[tuple[int, int]]:
    return [
        (i, j)
        for j in range(len(day))
        for i in range(j)
        if np.hypot(*(xy[i] - xy[j])) <= metres and shift <= day[j] - day[i] <= shift + days
    ]


@pytest.mark.parametrize("shift", [0.0, 21.0])
def test_close_pairs_are_those_a_double_loop_finds(shift: float) -> None:
    rng = np.random.default_rng(1)
    xy, day = rng.uniform(0, 300, (120, 2)), np.sort(rng.integers(0, 60, 120)).astype(float)
    found = listed(close_pairs(xy, day, 50, 10, shift))
    assert sorted(found) == sorted(brute(xy, day, 50, 10, shift))
    assert len(found) == len(set(found)) > 20


def test_limits_belong_to_the_pairs() -> None:
    xy = np.array([[0.0, 0.0], [50.0, 0.0]])
    assert listed(close_pairs(xy, np.array([0.0, 30.0]), 50, 30)) == [(0, 1)]
    assert listed(close_pairs(xy, np.array([0.0, 30.1]), 50, 30)) == []
    assert listed(close_pairs(xy, np.array([0.0, 30.0]), 49.9, 30)) == []


def test_what_has_no_point_and_what_lies_on_a_pile_is_in_no_pair() -> None:
    pile = np.zeros((CROWD + 1, 2))
    xy = np.vstack([pile, [[900.0, 0.0], [901.0, 0.0], [np.nan, np.nan]]])
    n = len(xy)
    assert listed(close_pairs(xy, np.zeros(n), 50, 30)) == [(n - 3, n - 2)]


@pytest.mark.parametrize("shift", [0.0, 21.0])
def test_equal_pairs_are_those_a_double_loop_finds(shift: float) -> None:
    rng = np.random.default_rng(2)
    code, day = rng.integers(-1, 9, 90), np.sort(rng.uniform(0, 60, 90))
    wanted = [
        (i, j)
        for j in range(90)
        for i in range(j)
        if code[i] == code[j] >= 0 and shift <= day[j] - day[i] <= shift + 10
    ]
    assert sorted(listed(equal_pairs(code, day, 10, shift))) == sorted(wanted)


def test_no_code_at_all() -> None:
    assert len(equal_pairs(np.full(4, -1), np.arange(4.0), 10)) == 0


def test_each_pair_once() -> None:
    one, two = Pairs(np.array([0, 1]), np.array([2, 2])), Pairs(np.array([1]), np.array([2]))
    assert listed(all_of([one, two], 3)) == [(0, 2), (1, 2)]


def test_agreement_needs_both_to_tell() -> None:
    pairs = Pairs(np.array([0, 0, 2]), np.array([1, 3, 3]))
    assert agreement(np.array([5, 5, 6, -1]), pairs).tolist() == [0, -1, -1]
