"""Rounds: within the time, each place once, close to the best there is on grounds small enough to try everything."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from sigun.analysis.patrol.orienteering import Ground, filled_up, quick_rounds, rounds, uncrossed

PLACES = 7


def ground(seed: int, places: int = PLACES, side: float = 60.0) -> Ground:
    """Places strewn over a square, the start among them; minutes as the crow flies."""
    rng = np.random.default_rng(seed)
    x, y = rng.random((2, places + 1)) * side
    return Ground(np.hypot(x[:, None] - x, y[:, None] - y), 10.0, rng.gamma(1.0, 1.0, places))


def best(of: Ground, budget: float) -> float:
    """What the best round meets: every order of every choice is tried."""
    orders = (day for k in range(len(of.worth) + 1) for day in permutations(range(len(of.worth)), k))
    return max(of.met((day,)) for day in orders if of.minutes(day) <= budget)


@pytest.mark.parametrize("budget", [60.0, 120.0, 180.0])
def test_as_good_as_trying_everything_nearly_always(budget: float) -> None:
    grounds = [ground(seed) for seed in range(8)]
    possible = [best(of, budget) for of in grounds]
    met = [of.met(list(rounds(of, [budget / 2, budget], 1))[-1]) for of in grounds]
    found = [m / p if p else 1.0 for m, p in zip(met, possible, strict=True)]
    assert max(found) <= 1 + 1e-9
    assert min(found) > 0.7  # where only two or three places fit, one of them may be the wrong one
    assert float(np.mean(found)) > 0.95


def test_the_quick_way_is_nearly_as_good() -> None:
    grounds = [ground(seed, 60, 120.0) for seed in range(5)]
    slow = [of.met(list(rounds(of, [240.0], 3))[-1]) for of in grounds]
    quick = [of.met(quick_rounds(of, 240.0, 3)) for of in grounds]
    assert all(q <= s + 1e-9 for q, s in zip(quick, slow, strict=True))
    assert sum(quick) > 0.95 * sum(slow)


def test_no_time_no_places() -> None:
    assert list(rounds(ground(1), [9.0], 2)) == [((), ())]


def test_all_places_when_there_is_time_for_them() -> None:
    (days,) = rounds(ground(2), [10_000.0], 2)
    assert sorted(place for day in days for place in day) == list(range(PLACES))


def test_minutes_are_the_way_out_the_stays_and_the_way_back() -> None:
    line = Ground(np.abs(np.subtract.outer([0.0, 1, 3], [0.0, 1, 3])), 5.0, np.ones(2))
    assert line.minutes((0, 1)) == 1 + 5 + 2 + 5 + 3
    assert line.minutes(()) == 0


def test_a_listed_place_gives_way_to_a_better_one() -> None:
    near_poor, far_rich = 1.0, 4.0
    travel = np.abs(np.subtract.outer([0.0, near_poor, far_rich], [0.0, near_poor, far_rich]))
    assert list(rounds(Ground(travel, 10.0, np.array([1.0, 1.2])), [18.0], 1)) == [((1,),)]


def test_the_lot_fills_the_time_left_and_keeps_what_is_listed() -> None:
    of = ground(3, 20)
    started = quick_rounds(of, 60.0, 2)
    days = filled_up(of, started, 120.0, np.arange(20)[::-1])
    assert {p for day in started for p in day} < {p for day in days for p in day}
    assert all(of.minutes(day) <= 120.0 + 1e-9 for day in days)


def test_rounds_do_not_cross_themselves() -> None:
    corners = np.array([[0.0, 0], [0, 1], [1, 1], [1, 0]])
    travel = np.hypot(*(corners[:, None] - corners).transpose(2, 0, 1))
    assert uncrossed(travel, [2, 1, 3]) in ([1, 2, 3], [3, 2, 1])


def test_more_time_meets_no_less_where_a_fresh_start_would() -> None:
    of, budgets = ground(0, 30), [15.0 * k for k in range(2, 13)]
    afresh = [of.met(next(rounds(of, [budget], 2))) for budget in budgets]
    grown = [of.met(days) for days in rounds(of, budgets, 2)]
    assert afresh != sorted(afresh)
    assert grown == sorted(grown)
