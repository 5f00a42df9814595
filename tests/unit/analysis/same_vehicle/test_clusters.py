"""Putting reports of one vehicle together."""

from __future__ import annotations

import numpy as np

from sigun.analysis.same_vehicle.clusters import put_together
from sigun.analysis.same_vehicle.pairs import Pairs


def together(
    pairs: list[tuple[int, int]], weight: list[float], x: list[float], day: list[float], plate: list[int]
) -> list[int]:
    xy = np.column_stack([x, np.zeros(len(x))])
    earlier, later = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return put_together(
        Pairs(earlier, later), np.array(weight), xy, np.array(day), np.array(plate), metres=50, days=30
    ).tolist()


NONE = [-1] * 4


def test_each_has_the_first_of_its_vehicle() -> None:
    assert together([(0, 2), (2, 3)], [2, 1], [0, 0, 5, 9], [0, 1, 2, 3], NONE) == [0, 1, 0, 0]


def test_without_pairs_each_is_its_own() -> None:
    assert together([], [], [0] * 4, [0] * 4, NONE) == [0, 1, 2, 3]


def test_a_chain_in_space_is_cut_at_its_least_sure_link() -> None:
    assert together([(0, 1), (1, 2), (2, 3)], [1, 3, 2], [0, 45, 90, 135], [0] * 4, NONE) == [0, 1, 1, 1]


def test_a_chain_in_time_is_cut() -> None:
    assert together([(0, 1), (1, 2)], [2, 1], [0, 0, 0, 0], [0, 100, 130, 200], NONE) == [0, 0, 2, 3]


def test_two_plates_are_never_one_vehicle_however_they_are_linked() -> None:
    assert together([(0, 1), (1, 2)], [2, 1], [0] * 4, [0] * 4, [7, -1, 8, -1]) == [0, 0, 2, 3]
    assert together([(0, 1), (1, 2)], [2, 1], [0] * 4, [0] * 4, [7, -1, 7, -1]) == [0, 0, 0, 3]


def test_a_report_without_a_point_can_join() -> None:
    assert together([(0, 1)], [1], [0, np.nan, 0, 0], [0] * 4, NONE) == [0, 0, 2, 3]
