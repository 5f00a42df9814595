"""The difference of two changes: known figures, its interval by hand, and where there is none."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sigun.analysis.before_after.difference import Changes, choices, difference, spread
from sigun.analysis.before_after.sides import sides

RNG = np.random.default_rng(1)


def changes_of(before: list[float], after: list[float], treated: int, ratio: bool = False) -> Changes:
    one = np.ones(len(before))
    return Changes(np.array(before), np.array(after), one, one, np.arange(len(before)) < treated, ratio)


def test_a_difference_of_differences() -> None:
    found = difference(changes_of([1, 3, 2, 4], [4, 4, 3, 5], 1), RNG)
    assert found.estimate == pytest.approx(3 - 1)


def test_a_ratio_of_ratios_is_of_sums() -> None:
    found = difference(changes_of([10, 30, 5, 15], [20, 40, 10, 20], 2, ratio=True), RNG)
    assert found.estimate == pytest.approx(math.log((60 / 40) / (30 / 20)))


def test_what_counts_are_for_is_divided_by() -> None:
    same = changes_of([10.0] * 25, [20.0] * 25, 2, ratio=True)
    grown = Changes(same.before, same.after, np.ones(25), np.where(same.treated, 2.0, 1.0), same.treated, True)
    assert difference(same, RNG).estimate == pytest.approx(0)
    assert difference(grown, RNG).estimate == pytest.approx(-math.log(2))


def test_the_interval_by_hand_where_one_of_twenty_was_treated() -> None:
    """The treated changed by c, the others by 1 … 19. A size d is borne while c - d does not lie farthest off."""
    c = 40.0
    found = difference(changes_of([0.0] * 20, [c, *range(1, 20)], 1), RNG)
    assert (found.by, found.sets, found.p) == ("permutation", 20, 1 / 20)
    # at z = c - d the real choice lies |z - 10| off; that of the 1 lies (170 + z)/19 off, that of the 19 (190 - z)/19:
    # the first is as far at z = 20, the second at z = 0
    assert (found.low, found.high) == (pytest.approx(c - 20), pytest.approx(c - 0))


def test_two_of_seven_have_choices_enough_and_one_of_six_takes_the_spread() -> None:
    after = [5.0, 5.5, 0.1, -0.2, 0.3, 0.0, 0.15]
    assert difference(changes_of([0.0] * 7, after, 2), RNG).by == "permutation"
    found = difference(changes_of([0.0] * 6, after[:6], 1), RNG)
    assert found.by == "spread" and found.low < found.estimate < found.high


def test_spread_is_students_t_of_single_regions() -> None:
    others = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    found = difference(changes_of([0.0] * 6, [9.0, *others], 1), RNG)
    reach = 2.7764 * math.sqrt(2.5 * (1 + 1 / 5))  # t of four degrees, variance 2.5
    assert (found.low, found.high) == (pytest.approx(6 - reach, abs=1e-3), pytest.approx(6 + reach, abs=1e-3))


def test_under_three_to_compare_with_no_interval_is_told() -> None:
    found = difference(changes_of([1.0, 1.0, 1.0], [3.0, 1.0, 1.2], 1), RNG)
    assert found.by == "none" and math.isnan(found.low) and found.estimate == pytest.approx(1.9)


def test_of_nothing_there_is_no_ratio() -> None:
    found = difference(changes_of([0.0] + [5.0] * 20, [3.0] + [5.0] * 20, 1, ratio=True), RNG)
    assert math.isnan(found.estimate) and found.by == "none"


def test_many_choices_are_drawn_and_the_real_one_is_among_them() -> None:
    treated = np.arange(60) < 6
    sets = choices(treated, np.random.default_rng(3))
    assert sets.shape == (10_000, 60) and (sets.sum(axis=1) == 6).all() and (sets[0] == treated).all()


def test_several_starts_are_weighed_by_their_share() -> None:
    one = changes_of([0.0] * 6, [4.0, 0.0, 1.0, 0.0, 1.0, 0.5], 1)
    two = changes_of([0.0] * 6, [2.0, 0.0, 1.0, 0.0, 1.0, 0.5], 1)
    found = spread([one, two], np.array([0.75, 0.25]))
    assert found.estimate == pytest.approx(0.75 * 3.5 + 0.25 * 1.5)
    assert found.high - found.low > 0


def test_summer_is_compared_with_summer_alone() -> None:
    y = np.array([[1.0, 9.0, 1.0, 9.0, 1.0, np.nan], [1.0, np.nan, 1.0, np.nan, 1.0, 9.0]])
    season, at = np.array([0, 1, 0, 1, 0, 1]), np.arange(6)
    found = sides(y, season, at < 4, at >= 4)
    assert found.before.tolist() == [1.0, 1.0] and found.after.tolist() == [1.0, 1.0]
    assert found.seasons.tolist() == [1, 1] and found.pre.tolist() == [2, 2]


def test_nothing_in_common_is_nan() -> None:
    found = sides(np.array([[1.0, np.nan, np.nan, 2.0]]), np.array([0, 1, 0, 1]), np.arange(4) < 2, np.arange(4) >= 2)
    assert np.isnan(found.before[0]) and found.seasons[0] == 0
