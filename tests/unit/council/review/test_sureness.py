"""Draws, chances and ranks."""

import numpy as np
import pytest

from sigun.council.review.sheets import Tally
from sigun.council.review.sureness import chance_above, chance_among_first, draw_means, ranks


def table(points: list[list[float]]) -> Tally:
    return Tally(np.ones(np.shape(points)), np.array(points, dtype=float))


def test_far_apart_is_sure_and_alike_is_not() -> None:
    sure = draw_means(table([[90, 88, 89, 91], [50, 52, 51, 49], [51, 49, 50, 52]]), np.random.default_rng(1))
    chance = chance_among_first(sure, 1)
    assert chance[0] > 0.99
    above = chance_above(sure)
    assert above[0, 1] > 0.99
    assert 0.25 < above[1, 2] < 0.75
    assert above[1, 2] + above[2, 1] == pytest.approx(1)
    assert np.isnan(above[0, 0])


def test_chances_of_being_among_the_first_add_up_to_their_number() -> None:
    drawn = draw_means(table([[60, 50], [55, 52], [70, 40], [45, 58]]), np.random.default_rng(2))
    for first in (1, 2, 3, 4):
        assert chance_among_first(drawn, first).sum() == pytest.approx(first)


def test_a_proposal_nobody_scored_has_no_chance_told() -> None:
    seen = np.array([[1, 1], [0, 0], [1, 1]], dtype=float)
    drawn = draw_means(Tally(seen, seen * 60), np.random.default_rng(3))
    assert np.isnan(chance_among_first(drawn, 1)).tolist() == [False, True, False]
    assert np.isnan(chance_above(drawn)[0]).tolist() == [True, True, False]


def test_draws_are_the_same_for_the_same_rng() -> None:
    one = table([[60, 50], [55, 52], [70, 40]])
    assert np.array_equal(draw_means(one, np.random.default_rng(4)), draw_means(one, np.random.default_rng(4)))


def test_a_lone_proposal_has_no_order() -> None:
    assert np.isnan(draw_means(table([[60, 50]]), np.random.default_rng(5))).all()


def test_ranks_hold_inside_a_part() -> None:
    assert ranks(np.array([70.0, 60.0, 80.0, 90.0]), np.array([0, 0, 1, 1])).tolist() == [1, 2, 2, 1]


def test_rounding_makes_no_order() -> None:
    assert ranks(np.array([0.1 + 0.2, 0.3]), np.zeros(2, dtype=int)).tolist() == [1, 1]
