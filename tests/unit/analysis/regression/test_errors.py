"""Errors by name, against pyfixest, linearmodels and each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.panels import formula_of, frame_of, made_up

from sigun.analysis.regression.errors import RULES, Choice, Kind, covariance, inference
from sigun.analysis.regression.linear import ESTIMATORS, pooled, within_region, within_twoway
from sigun.analysis.regression.observations import Observations, rows_of
from sigun.errors import MethodError

pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")  # pyfixest's own

EFFECTS = {"pooled": "", "within_region": "region", "within_twoway": "region + period"}


def reference(obs: Observations, effects: str, vcov: Any, **more: Any) -> np.ndarray:
    """Squares of pyfixest's errors without its count of parameters, which differs from run to run for two effects."""
    pyfixest = pytest.importorskip("pyfixest")
    fit = pyfixest.feols(
        formula_of(obs, effects),
        frame_of(obs),
        vcov=vcov,
        weights=None if obs.weight is None else "weight",
        ssc=pyfixest.ssc(k_adj=False, **more),
        demeaner=pyfixest.demeaners.MapDemeaner(fixef_tol=1e-13),
    )
    return np.asarray(fit.se()[["x0", "x1"]].to_numpy() ** 2)


@pytest.mark.parametrize("weights", [False, True])
@pytest.mark.parametrize("estimator", list(EFFECTS))
def test_agree_with_pyfixest(estimator: str, weights: bool) -> None:
    obs = made_up(25, 8, weights=weights)
    fit, effects = ESTIMATORS[estimator](obs), EFFECTS[estimator]
    n, k = len(obs.y), {"pooled": 3, "within_region": 27, "within_twoway": 34}[estimator]
    clusters = {"pooled": 3, "within_region": 3, "within_twoway": 10}[estimator]
    assert np.diag(covariance(fit, "iid").matrix) == pytest.approx(
        reference(obs, effects, "iid") * (n - 1) / (n - k), rel=1e-8
    )
    assert np.diag(covariance(fit, "hc1").matrix) == pytest.approx(
        reference(obs, effects, "hetero") * n / (n - k), rel=1e-8
    )
    assert np.diag(covariance(fit, "crv1").matrix) == pytest.approx(
        reference(obs, effects, {"CRV1": "region"}) * (n - 1) / (n - clusters), rel=1e-8
    )


@pytest.mark.parametrize("rule", ["min", "conventional"])
def test_two_way_clusters_agree_with_pyfixest(rule: str) -> None:
    obs = made_up(25, 12)
    fit = within_twoway(obs)
    expected = reference(obs, "region + period", {"CRV1": "region+period"}, G_df=rule) * (len(obs.y) - 1)
    found = covariance(fit, "crv1_region_period", Choice(rule))
    assert np.diag(found.matrix) == pytest.approx(expected / (len(obs.y) - 3), rel=1e-8)
    assert (found.df, found.clusters) == (11, 12)


def test_one_way_count_of_parameters_is_pyfixests() -> None:
    pyfixest = pytest.importorskip("pyfixest")
    obs = made_up(25, 8)
    theirs = pyfixest.feols(formula_of(obs, "region"), frame_of(obs), vcov={"CRV1": "region"})
    ours = inference(theirs.coef().to_numpy(), covariance(within_region(obs), "crv1"))
    assert ours.se == pytest.approx(theirs.se().to_numpy(), rel=1e-8)
    assert ours.p == pytest.approx(theirs.pvalue().to_numpy(), rel=1e-6)
    bounds = theirs.confint()
    assert np.column_stack([ours.low, ours.high]) == pytest.approx(bounds.to_numpy(), rel=1e-8)


def test_driscoll_kraay_agrees_with_linearmodels() -> None:
    panels = pytest.importorskip("linearmodels.panel")
    obs = made_up(25, 12)
    frame = frame_of(obs).set_index(["region", "period"])
    theirs = panels.PanelOLS(frame.y, frame[["x0", "x1"]], entity_effects=True, time_effects=True).fit(
        cov_type="kernel", kernel="bartlett", debiased=True, bandwidth=2
    )
    ours = covariance(within_twoway(obs), "driscoll_kraay", Choice("linearmodels", lag=2))
    assert ours.matrix == pytest.approx(theirs.cov.to_numpy(), rel=1e-8)
    assert (ours.kernel, ours.lag, ours.clusters) == ("bartlett", 2, 12)


def test_conley_is_between_clusters_of_one_and_all() -> None:
    obs = made_up(25, 8)
    fit = within_twoway(obs)
    places = np.column_stack([np.arange(25) * 10.0, np.zeros(25)])
    near = covariance(fit, "conley", Choice(places=places, reach=9.0))
    assert near.matrix == pytest.approx(covariance(fit, "crv1").matrix, rel=1e-12)
    score = np.array([(fit.x * fit.residuals[:, None])[fit.region == g].sum(axis=0) for g in range(25)])
    meat = sum(max(1 - 10 * abs(a - b) / 15, 0) * np.outer(score[a], score[b]) for a in range(25) for b in range(25))
    n = len(obs.y)
    far = covariance(fit, "conley", Choice(places=places, reach=15.0))
    assert far.matrix == pytest.approx(fit.bread @ meat @ fit.bread * (n - 1) / (n - 10) * 25 / 24, rel=1e-10)


def test_clusters_may_hold_several_regions() -> None:
    obs = made_up(24, 8)
    fit = within_twoway(replace(obs, cluster=obs.region // 3))
    score = fit.x * fit.residuals[:, None]
    groups = [score[fit.region // 3 == g].sum(axis=0) for g in range(8)]
    n, meat = len(obs.y), sum(np.outer(s, s) for s in groups)
    found = covariance(fit, "crv1")
    assert found.matrix == pytest.approx(fit.bread @ meat @ fit.bread * (n - 1) / (n - 10) * 8 / 7, rel=1e-10)
    assert (found.clusters, found.df) == (8, 7)


@pytest.mark.parametrize(
    ("kind", "choice"),
    [
        ("crv1", Choice("conventional")),
        ("conley", Choice()),
        ("conley", Choice(places=np.full((12, 2), np.nan), reach=1.0)),
        ("driscoll_kraay", Choice(lag=9)),
    ],
)
def test_refusals(kind: Kind, choice: Choice) -> None:
    with pytest.raises(MethodError):
        covariance(within_twoway(made_up()), kind, choice)


def test_one_cluster_has_no_errors() -> None:
    obs = made_up()
    one = pooled(rows_of(obs, obs.region == 0))
    with pytest.raises(MethodError, match="only one cluster"):
        covariance(one, "crv1")


def test_every_kind_has_a_rule_of_its_own_name() -> None:
    fit = within_twoway(made_up(25, 12))
    for kind in ("iid", "hc1", "crv1", "crv1_period", "crv1_region_period", "driscoll_kraay"):
        for rule in RULES[kind]:
            found = covariance(fit, kind, Choice(rule))
            assert (found.kind, found.small_sample) == (kind, rule)
