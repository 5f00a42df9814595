"""Randomisation inference against regressions made one by one."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from tests.unit.analysis.resampling.panels import dummies, holed, made_up

from sigun.analysis.regression.observations import Observations
from sigun.analysis.resampling.randomisation import few_exposed, randomisation_test
from sigun.analysis.resampling.rows import taken
from sigun.analysis.statistics.arrays import FloatArray
from sigun.errors import MethodError

STARTS = {2: 2, 5: 4}  # region: period from which the policy stands


def with_policy(obs: Observations, starts: dict[int, int]) -> Observations:
    """The first column becomes a policy that starts in these regions."""
    begins = np.full(int(obs.region.max()) + 1, 10**6)
    for region, start in starts.items():
        begins[region] = start
    return replace(obs, x=np.column_stack([obs.period >= begins[obs.region], obs.x[:, 1:]]).astype(float))


def slow_statistic(obs: Observations, moved: FloatArray) -> float:
    """Squared partial correlation up to one factor, with every dummy."""
    root = np.sqrt(np.ones(len(obs.y)) if obs.weight is None else obs.weight)
    rest = np.column_stack([dummies(obs, "within_twoway"), obs.x[:, 1:]]) * root[:, None]
    z, y = moved * root, obs.y * root
    z = z - rest @ np.linalg.lstsq(rest, z, rcond=None)[0]
    return float((z @ y) ** 2 / (z @ z))


def with_holes(seed: int, *, weighted: bool = False) -> Observations:
    """Holes everywhere but in the regions of the policy."""
    obs = made_up(seed, regions=8)
    keep = (np.random.default_rng(seed).random(48) < 0.8) | np.isin(obs.region, list(STARTS))
    weight = np.random.default_rng(seed).uniform(0.5, 3, 48) if weighted else None
    return taken(replace(obs, weight=weight), np.flatnonzero(keep))


@pytest.mark.parametrize(
    "obs", [made_up(1, regions=8), *(with_holes(s, weighted=w) for s in range(2, 8) for w in (False, True))]
)
def test_exact_p_counts_regressions_of_every_placing(obs: Observations) -> None:
    obs = with_policy(obs, STARTS)
    begun = [(obs.period >= start).astype(float) for start in STARTS.values()]
    every = [
        slow_statistic(obs, (obs.region == a) * begun[0] + (obs.region == b) * begun[1])
        for a, b in permutations(range(8), 2)
    ]
    own = slow_statistic(obs, obs.x[:, 0])
    test = randomisation_test(obs, 0, rng=np.random.default_rng(1))
    assert (test.exposed, test.draws, test.exact) == (2, 56, True)
    assert test.p == np.mean(np.array(every) >= own * (1 - 1e-9))


def test_a_region_of_one_row_is_no_place() -> None:
    obs = with_policy(made_up(3, regions=9), {4: 2, 5: 4})
    alone = randomisation_test(taken(obs, np.arange(5, 54)), 0, rng=np.random.default_rng(1))
    rest = taken(obs, np.arange(6, 54))
    without = randomisation_test(replace(rest, region=rest.region - 1), 0, rng=np.random.default_rng(1))
    assert alone == without and alone.draws == 56


def test_more_placings_than_draws_are_drawn() -> None:
    obs = with_policy(made_up(5, regions=30), STARTS)
    exact = randomisation_test(obs, 0, 9999, rng=np.random.default_rng(1))
    drawn = randomisation_test(obs, 0, 500, rng=np.random.default_rng(1))
    assert exact.exact and exact.draws == 870 and not drawn.exact and drawn.draws == 500
    assert drawn.p == pytest.approx(exact.p, abs=0.07) and drawn.p * 501 == pytest.approx(round(drawn.p * 501))


def test_a_large_effect_in_one_region_has_the_smallest_p_there_is() -> None:
    obs = with_policy(made_up(6, regions=25), {3: 3})
    obs = replace(obs, y=obs.y + 50 * obs.x[:, 0])
    assert randomisation_test(obs, 0, rng=np.random.default_rng(1)).p == 1 / 25


def test_levels_and_what_all_share_do_not_change_the_answer() -> None:
    obs = with_policy(made_up(7, regions=10), STARTS)
    shared = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 9.0])[obs.period] + 7.0 * obs.region
    other = replace(obs, x=np.column_stack([obs.x[:, 0] + shared, obs.x[:, 1:]]))
    first, second = (randomisation_test(o, 0, rng=np.random.default_rng(1)) for o in (obs, other))
    assert first == second


@pytest.mark.parametrize(
    ("starts", "exposed"),
    [({}, 0), ({1: 2}, 1), ({1: 2, 3: 2}, 2), (dict.fromkeys(range(9), 2), 0), (dict.fromkeys(range(8), 2), 1)],
)
def test_exposed_are_those_that_leave_the_commonest_path(starts: dict[int, int], exposed: int) -> None:
    assert few_exposed(with_policy(made_up(8, regions=9), starts), 0) == exposed


def test_every_region_on_its_own_path_is_exposed() -> None:
    assert few_exposed(made_up(9, regions=9), 0) == 9
    assert few_exposed(holed(made_up(9, regions=9), 1), 0) == 9


def test_holes_do_not_make_regions_exposed() -> None:
    obs = holed(made_up(10, regions=9), 2)
    shared = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 9.0])[obs.period] + 7.0 * obs.region
    assert few_exposed(replace(obs, x=shared[:, None]), 0) == 0


def test_a_policy_of_whole_clusters_counts_and_places_clusters() -> None:
    obs = made_up(11, regions=24)
    obs = replace(obs, cluster=obs.region // 3)
    policy = ((obs.cluster == 2) & (obs.period >= 3)).astype(float)
    test = randomisation_test(replace(obs, x=policy[:, None]), 0, rng=np.random.default_rng(1))
    assert (test.exposed, test.draws) == (1, 8)


@pytest.mark.parametrize("starts", [{}, dict.fromkeys(range(9), 2)])
def test_nothing_to_compare_is_said(starts: dict[int, int]) -> None:
    with pytest.raises(MethodError, match="nothing to compare"):
        randomisation_test(with_policy(made_up(12, regions=9), starts), 0, rng=np.random.default_rng(1))
