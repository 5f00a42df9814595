"""The specification curve and its joint test."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.unit.analysis.resampling.panels import holed, made_up

from sigun.analysis.regression.observations import Observations
from sigun.analysis.resampling.curve import Curve, Spec, fit_specs
from sigun.analysis.resampling.rows import ready_rows, taken
from sigun.analysis.resampling.scores import scores_of
from sigun.analysis.resampling.signs import cluster_signs
from sigun.analysis.resampling.wild import moments, p_values, wild_cluster
from sigun.errors import MethodError


def curve_of(obs: Observations, draws: int = 199, seed: int = 1) -> Curve:
    """Levels and logs, with and without a control, two-way and differenced, with and without some regions."""
    some = obs.region < 12
    fewer = Observations(obs.y[some], obs.x[some], obs.region[some], obs.period[some])
    specs = [
        Spec(replace(o, x=o.x[:, :k], y=y(o.y)), effects, 0)
        for o in (obs, fewer)
        for k in (1, 2)
        for y in (np.asarray, lambda v: np.log(v + 20))
        for effects in ("within_twoway", "first_difference")
    ]
    return fit_specs(specs, draws, rng=np.random.default_rng(seed))


def test_each_design_has_the_estimate_and_p_of_its_own_bootstrap() -> None:
    obs = holed(made_up(1, regions=15, effect=0.3), 2)
    for effects in ("within_twoway", "first_difference"):
        curve = fit_specs([Spec(obs, effects, 1)], 399, rng=np.random.default_rng(5))
        test = wild_cluster(obs, effects, 1, draws=399, rng=np.random.default_rng(5))
        assert curve.estimate[0] == pytest.approx(test.estimate)
        assert curve.p[0] == pytest.approx(test.p_wide)
        assert (curve.low[0] > 0 or curve.high[0] < 0) == (curve.p[0] <= 0.05)


def test_a_cluster_has_the_same_sign_in_every_design() -> None:
    obs = replace(made_up(7, regions=15, effect=0.2), cluster=np.repeat(np.arange(15), 6))
    last = taken(obs, np.flatnonzero(obs.region >= 2))
    curve = fit_specs(
        [Spec(obs, "within_twoway", 0), Spec(last, "within_twoway", 0)], 399, rng=np.random.default_rng(5)
    )
    signs, exact = cluster_signs(15, 399, np.random.default_rng(5))
    scores = scores_of(ready_rows(last, "within_twoway"), 0)
    p = p_values(scores, moments(scores, signs[:, 2:]), exact, np.zeros(1), scores.widening)
    assert curve.p[1] == pytest.approx(p[0])


def test_few_clusters_are_enumerated() -> None:
    obs = made_up(2, regions=8)
    curve = fit_specs([Spec(obs, "within_twoway", 0)], rng=np.random.default_rng(5))
    assert curve.joint.exact and curve.joint.draws == 256
    assert curve.p[0] == wild_cluster(obs, "within_twoway", 0, rng=np.random.default_rng(1)).p_wide


def test_an_effect_in_every_design_is_found() -> None:
    joint = curve_of(made_up(3, regions=15, periods=8, effect=0.8)).joint
    assert (joint.specs, joint.sign, joint.same_sign, joint.significant) == (16, 1, 1.0, 1.0)
    assert joint.p_significant <= 0.05 and joint.p_median <= 0.01


def test_the_joint_test_holds_its_size_over_many_alike_designs() -> None:
    found = [curve_of(made_up(100 + s, regions=15)).joint for s in range(80)]
    for p in ([j.p_median for j in found], [j.p_significant for j in found]):
        assert np.mean(np.array(p) <= 0.1) < 0.1 + 3 * np.sqrt(0.09 / 80)
    assert np.mean([j.p_median for j in found]) == pytest.approx(0.5, abs=0.1)


def test_turning_the_factor_turns_the_curve() -> None:
    obs = made_up(4, regions=15, effect=0.4)
    up, down = curve_of(obs), curve_of(replace(obs, x=-obs.x))
    assert down.estimate == pytest.approx(-up.estimate) and down.low == pytest.approx(-up.high)
    assert replace(down.joint, sign=1, median_t=-down.joint.median_t) == up.joint and down.joint.sign == -1


def test_a_design_without_the_factor_is_left_empty() -> None:
    obs = made_up(5, regions=15)
    flat = replace(obs, x=np.column_stack([obs.region, obs.x[:, 1]]).astype(float))
    curve = fit_specs([Spec(flat, "within_twoway", 0), Spec(obs, "within_twoway", 0)], 99, rng=np.random.default_rng(1))
    assert np.isnan([curve.estimate[0], curve.low[0], curve.p[0]]).all() and np.isfinite(curve.p[1])
    assert curve.joint.specs == 1
    with pytest.raises(MethodError, match="In no specification"):
        fit_specs([Spec(flat, "within_twoway", 0)], 99, rng=np.random.default_rng(1))


def test_the_same_seed_gives_the_same_curve() -> None:
    obs = made_up(6, regions=15)
    first, again = curve_of(obs), curve_of(obs)
    assert first.joint == again.joint and first.p.tolist() == again.p.tolist()
