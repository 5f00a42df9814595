"""What must hold of access whatever the town: nothing lost or made, more is never less, and the naive way agrees."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigun.analysis.supply.catchment import Setting, catchments
from sigun.analysis.supply.shortage import first_fifth, missing_places, ranks
from sigun.plan.steps.supply import Decay

DECAYS: tuple[Decay, ...] = ("none", "step", "gaussian")
Town = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, Setting]


@st.composite
def towns(draw: st.DrawFn) -> Town:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, m = draw(st.integers(1, 40)), draw(st.integers(1, 12))
    points, places = rng.uniform(0, 8000, (n, 2)), rng.uniform(0, 8000, (m, 2))
    demand = np.where(rng.random(n) < 0.2, 0.0, rng.integers(1, 500, n).astype(float))
    capacity = rng.integers(0, 80, m).astype(float)
    setting = Setting(draw(st.floats(200, 9000)), draw(st.sampled_from(DECAYS)))
    return points, demand, places, capacity, setting


def naive(
    points: np.ndarray, demand: np.ndarray, places: np.ndarray, capacity: np.ndarray, how: Setting
) -> list[float]:
    """The same by loops over every pair, from the definition alone."""

    def weight(a: np.ndarray, b: np.ndarray) -> float:
        share = math.dist(a, b) / how.metres
        if share > 1:
            return 0.0
        if how.decay == "none":
            return 1.0
        if how.decay == "step":
            return 1.0 if share <= 1 / 3 else 0.68 if share <= 2 / 3 else 0.22
        edge = math.exp(-0.5)
        return (math.exp(-0.5 * share**2) - edge) / (1 - edge)

    ratios = []
    for place, held in zip(places, capacity, strict=True):
        sought = sum(weight(point, place) * heads for point, heads in zip(points, demand, strict=True))
        ratios.append(held / sought if sought > 0 else 0.0)
    return [sum(weight(p, place) * r for place, r in zip(places, ratios, strict=True)) for p in points]


@settings(max_examples=60, deadline=None)
@given(towns())
def test_it_is_what_loops_over_every_pair_give(town: Town) -> None:
    points, demand, places, capacity, how = town
    found = catchments(points, demand, places, capacity, [how])[0]
    assert found.access.tolist() == pytest.approx(naive(points, demand, places, capacity, how), rel=1e-9, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(towns())
def test_what_is_handed_out_is_what_there_is(town: Town) -> None:
    points, demand, places, capacity, how = town
    found = catchments(points, demand, places, capacity, [how])[0]
    assert float(found.access @ demand) == pytest.approx(float(capacity[~np.isnan(found.ratio)].sum()))


@settings(max_examples=60, deadline=None)
@given(towns(), st.integers(0, 11), st.floats(0.1, 50))
def test_more_capacity_never_lowers_anyones_access(town: Town, which: int, more: float) -> None:
    points, demand, places, capacity, how = town
    larger = capacity.copy()
    larger[which % len(capacity)] += more
    before, after = (catchments(points, demand, places, held, [how])[0].access for held in (capacity, larger))
    assert (after >= before - 1e-12).all()


@settings(max_examples=60, deadline=None)
@given(towns(), st.floats(0.1, 10), st.floats(0.1, 10))
def test_units_of_heads_seats_and_metres_do_not_matter(town: Town, heads: float, metres: float) -> None:
    points, demand, places, capacity, how = town
    one = catchments(points, demand, places, capacity, [how])[0].access
    scaled = Setting(how.metres * metres * (1 + 1e-12), how.decay)
    other = catchments(points * metres, demand * heads, places * metres, capacity * heads, [scaled])[0].access
    assert other.tolist() == pytest.approx(one.tolist(), rel=1e-6, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(towns())
def test_settings_asked_for_together_are_those_asked_for_alone(town: Town) -> None:
    points, demand, places, capacity, how = town
    ways = [how, Setting(how.metres * 1.5, how.decay), *(Setting(how.metres, decay) for decay in DECAYS)]
    together = catchments(points, demand, places, capacity, ways)
    for way, one in zip(ways, together, strict=True):
        alone = catchments(points, demand, places, capacity, [way])[0]
        assert one.access.tolist() == pytest.approx(alone.access.tolist(), rel=1e-12, abs=1e-15)


@given(st.lists(st.floats(0, 1) | st.just(math.nan), min_size=1, max_size=30), st.floats(0.01, 1))
def test_ranks_go_by_what_is_missing(access: list[float], target: float) -> None:
    missing = missing_places(np.array(access), np.full(len(access), 10.0), target)
    order = ranks(missing)
    assert ((order > 0) == (missing > 0)).all()
    ranked = missing[np.argsort(np.where(order > 0, order, 10**6), kind="stable")][: int((order > 0).sum())]
    assert (np.diff(ranked) <= 0).all()
    assert first_fifth(missing).sum() <= math.ceil(0.2 * np.isfinite(missing).sum())
