"""The wild cluster bootstrap against a slow loop that makes every regression in full."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import get_args

import numpy as np
import pytest
from tests.unit.analysis.resampling.panels import dummies, holed, made_up

from sigun.analysis.regression.errors import covariance
from sigun.analysis.regression.linear import ESTIMATORS
from sigun.analysis.regression.observations import Observations
from sigun.analysis.resampling.curve import Spec, fit_specs
from sigun.analysis.resampling.rows import Effects, differences, ready_rows, taken
from sigun.analysis.resampling.scores import scores_of
from sigun.analysis.resampling.signs import cluster_signs
from sigun.analysis.resampling.wild import moments, p_values, wild_cluster, wild_clusters, wild_interval
from sigun.analysis.statistics.arrays import FloatArray
from sigun.errors import MethodError

DESIGNS = {
    "balanced": made_up(1, regions=6),
    "holes": holed(made_up(2, regions=7), 3),
    "weights": holed(made_up(4, regions=6), 5, weighted=True),
    "clusters of regions": holed(made_up(6, regions=12), 7, weighted=True, clusters=5),
}


def slow_t(obs: Observations, effects: Effects, j: int, null: float, draws: FloatArray) -> FloatArray:
    """t of every draw (rows of signs by cluster) up to one factor, each by whole regressions with every dummy."""
    obs = differences(obs) if effects == "first_difference" else obs
    cluster = np.unique(obs.region if obs.cluster is None else obs.cluster, return_inverse=True)[1]
    root = np.sqrt(np.ones(len(obs.y)) if obs.weight is None else obs.weight)
    full = np.column_stack([obs.x[:, j], np.delete(obs.x, j, axis=1), dummies(obs, effects)]) * root[:, None]
    y, rest = obs.y * root - null * full[:, 0], full[:, 1:]
    fitted = rest @ np.linalg.lstsq(rest, y, rcond=None)[0]
    z = full[:, 0] - rest @ np.linalg.lstsq(rest, full[:, 0], rcond=None)[0]
    found = []
    for signs in draws:
        made = fitted + signs[cluster] * (y - fitted)
        beta = np.linalg.lstsq(full, made, rcond=None)[0]
        residuals = made - full @ beta
        score = np.array([(z * residuals)[cluster == c].sum() for c in range(cluster.max() + 1)])
        found.append(beta[0] / np.sqrt((score**2).sum()))
    return np.array(found)


@pytest.mark.parametrize("effects", get_args(Effects))
@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("null", [0.0, 0.3])
def test_equal_to_whole_regressions(name: str, effects: Effects, null: float) -> None:
    obs = DESIGNS[name]
    scores = scores_of(ready_rows(obs, effects), 1)
    signs, _ = cluster_signs(len(scores.clusters), 0, np.random.default_rng(0))
    signs = signs[:: max(1, len(signs) // 24)]  # some of them: the loop is slow
    drawn, theta = moments(scores, signs), null / scores.unit
    spread = drawn.aa - 2 * theta * drawn.ab + theta**2 * drawn.bb
    fast = (drawn.a - theta * drawn.b) / np.sqrt(spread)
    slow = slow_t(obs, effects, 1, null, signs)
    assert fast / fast[0] == pytest.approx(slow / slow[0], rel=1e-10, abs=1e-10)


@pytest.mark.parametrize("name", ["balanced", "clusters of regions"])
def test_exact_p_counts_the_draws_of_the_loop(name: str) -> None:
    obs = DESIGNS[name]
    test = wild_cluster(obs, "within_twoway", 0, null=0.1, rng=np.random.default_rng(0))
    every = np.array(list(product([1, -1], repeat=test.clusters)))
    t = np.abs(slow_t(obs, "within_twoway", 0, 0.1, every))
    assert test.exact and test.draws == 2**test.clusters
    assert test.p == np.mean(t >= t[0] * (1 - 1e-9))


def test_drawn_p_is_near_the_exact_one() -> None:
    obs = made_up(8, regions=12)
    scores = scores_of(ready_rows(obs, "within_twoway"), 0)
    signs = np.random.default_rng(1).choice(np.array([-1, 1], dtype=np.int8), (19_999, 12))
    drawn = p_values(scores, moments(scores, signs), False, np.zeros(1))[0]
    assert drawn == pytest.approx(wild_cluster(obs, "within_twoway", 0, rng=np.random.default_rng(1)).p, abs=0.015)


def test_many_clusters_are_drawn_and_the_same_seed_gives_the_same() -> None:
    obs = made_up(9, regions=14)
    first, again = (wild_cluster(obs, "within_twoway", 0, draws=499, rng=np.random.default_rng(3)) for _ in range(2))
    assert first == again and not first.exact and first.draws == 499 and first.p >= 1 / 500


def test_interval_ends_where_the_test_turns() -> None:
    obs = made_up(10, regions=13, effect=0.4)
    args = (obs, "within_twoway", 0)
    interval = wild_interval(*args, 499, rng=np.random.default_rng(3), wide=False)
    for end, out in ((interval.low, -1), (interval.high, 1)):
        inside, outside = (
            wild_cluster(*args, null=end + step * out * 1e-6, draws=499, rng=np.random.default_rng(3)).p
            for step in (-1, 1)
        )
        assert outside <= 0.05 < inside


def test_units_do_not_matter() -> None:
    obs = made_up(11, regions=13, effect=0.4)
    other = replace(obs, y=obs.y * 1e6, x=obs.x * [-1e-3, 1e9])
    (test, interval), (same, scaled) = (
        wild_clusters(o, "within_twoway", [0], 299, rng=np.random.default_rng(1))[0] for o in (obs, other)
    )
    assert same.p == test.p and same.t == pytest.approx(-test.t)
    assert (scaled.low, scaled.high) == pytest.approx((-1e9 * interval.high, -1e9 * interval.low))


@pytest.mark.parametrize("effects", get_args(Effects))
@pytest.mark.parametrize("obs", [*DESIGNS.values(), taken(made_up(15), np.arange(5, 54))])  # a region of one row
def test_estimate_and_error_are_those_of_the_estimators(obs: Observations, effects: Effects) -> None:
    fit = ESTIMATORS[effects](obs)
    cov = covariance(fit, "crv1")
    for j, (test, _) in enumerate(wild_clusters(obs, effects, [0, 1], 99, rng=np.random.default_rng(1))):
        assert test.estimate == pytest.approx(fit.beta[j])
        assert (test.se, test.clusters) == (pytest.approx(np.sqrt(cov.matrix[j, j])), cov.clusters)


@pytest.mark.parametrize("regions", [6, 20])
def test_a_perfect_fit_has_the_smallest_p_there_is(regions: int) -> None:
    obs = made_up(16, regions=regions)
    obs = replace(obs, y=2 * obs.x[:, 0] + obs.region - 3 * obs.period)
    test, interval = wild_clusters(obs, "within_twoway", [0], 199, rng=np.random.default_rng(1))[0]
    assert test.p == (2 / 64 if test.exact else 1 / 200)
    assert (test.estimate, interval.low, interval.high) == pytest.approx((2, 2, 2))
    assert fit_specs([Spec(obs, "within_twoway", 0)], 199, rng=np.random.default_rng(1)).p[0] == pytest.approx(test.p)


def test_several_coefficients_share_the_draws() -> None:
    obs = made_up(12, regions=13)
    both = wild_clusters(obs, "within_twoway", [0, 1], 299, rng=np.random.default_rng(1))
    alone = wild_clusters(obs, "within_twoway", [1], 299, rng=np.random.default_rng(1))
    assert both[1] == alone[0]


def test_too_few_clusters_to_reject_anything_leave_the_interval_open() -> None:
    interval = wild_interval(made_up(13, regions=4, effect=9.0), "within_twoway", 0, rng=np.random.default_rng(1))
    assert interval.low == -np.inf and interval.high == np.inf


def test_clusters_moving_together_widen_the_interval() -> None:
    rng = np.random.default_rng(5)
    region, period = np.repeat(np.arange(30), 10), np.tile(np.arange(10), 30)
    y, x = (rng.normal(size=(10, 10)).repeat(3, axis=0).ravel() for _ in range(2))  # regions in threes, all alike
    obs = Observations(y + rng.normal(size=300) / 9, x[:, None] + rng.normal(size=(300, 1)) / 9, region, period)
    test, wide = wild_clusters(obs, "within_twoway", [0], 299, rng=np.random.default_rng(1))[0]
    narrow = wild_interval(obs, "within_twoway", 0, 299, rng=np.random.default_rng(1), wide=False)
    assert 1.3 < test.widening < 2 and test.p_wide >= test.p
    assert wide.low < narrow.low and wide.high > narrow.high


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [
        (lambda obs: replace(obs, x=np.column_stack([obs.region, obs.x[:, 1]]).astype(float)), "column does not vary"),
        (lambda obs: replace(obs, x=obs.x[:, [1, 1]]), "column does not vary"),
        (lambda obs: replace(obs, y=obs.region + 2.0 * obs.period), "outcome does not vary"),
        (lambda obs: replace(obs, cluster=np.zeros(len(obs.y), dtype=np.int64)), "only one cluster"),
        (lambda obs: taken(obs, np.arange(0, 54, 6)), "observed twice"),
    ],
)
def test_what_has_no_answer_is_said(spoilt: object, says: str) -> None:
    with pytest.raises(MethodError, match=says):
        wild_cluster(spoilt(made_up(14)), "within_twoway", 0, rng=np.random.default_rng(1))  # type: ignore[operator]
