"""Whatever the places: rounds keep to the time, visit nothing twice, and more time never meets fewer reports."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sigun.analysis.patrol.orienteering import Ground, filled_up, rounds, uncrossed


@st.composite
def grounds(draw: st.DrawFn) -> Ground:
    places = draw(st.integers(1, 25))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    x, y = rng.integers(0, draw(st.integers(1, 80)), (2, places + 1)).astype(float)  # several at one point, too
    worth = rng.gamma(draw(st.floats(0.1, 3.0)), 1.0, places) + 1e-9
    travel = np.hypot(x[:, None] - x, y[:, None] - y)
    if draw(st.booleans()):  # by road ways back may take longer, and a way round may be shorter
        travel = travel * rng.uniform(0.5, 2.0, travel.shape)
    return Ground(travel, draw(st.floats(0.5, 40.0)), worth)


@given(grounds(), st.integers(1, 4), st.floats(5.0, 60.0))
@settings(max_examples=60, deadline=None)
def test_more_time_never_meets_fewer_reports(ground: Ground, days: int, rung: float) -> None:
    budgets = [rung * k for k in range(1, 9)]
    found = list(rounds(ground, budgets, days))
    met = [ground.met(plan) for plan in found]
    assert all(later >= sooner - 1e-9 for sooner, later in pairwise(met))
    for budget, plan in zip(budgets, found, strict=True):
        visited = [place for day in plan for place in day]
        assert len(visited) == len(set(visited))
        assert len(plan) == days
        assert all(ground.minutes(day) <= budget + 1e-6 for day in plan)


@given(grounds())
@settings(max_examples=60, deadline=None)
def test_turning_stretches_about_never_makes_a_round_longer(ground: Ground) -> None:
    order = list(range(len(ground.worth)))
    turned = [node - 1 for node in uncrossed(ground.travel, [place + 1 for place in order])]
    assert sorted(turned) == order
    assert ground.minutes(turned) <= ground.minutes(order) + 1e-6


@given(grounds(), st.integers(1, 3), st.floats(10.0, 200.0), st.integers(0, 100))
@settings(max_examples=60, deadline=None)
def test_the_lot_keeps_to_the_time(ground: Ground, days: int, budget: float, seed: int) -> None:
    lot = np.random.default_rng(seed).permutation(len(ground.worth))
    plan = filled_up(ground, ((),) * days, budget, lot)
    visited = [place for day in plan for place in day]
    assert len(visited) == len(set(visited))
    assert all(ground.minutes(day) <= budget + 1e-6 for day in plan)
