"""Errors beside (다른 표준오차): other kinds by name, with kernel, lag and small-sample rule. To compare only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from sigun.analysis.factors.estimates import EFFECTS, Estimated
from sigun.analysis.factors.inference import crv3_by_rule, refit
from sigun.analysis.factors.study import Study
from sigun.analysis.factors.tables import bounded, table
from sigun.analysis.regression.errors import RULES, Choice, Covariance, covariance, inference
from sigun.analysis.regression.linear import pooled_constant
from sigun.analysis.resampling.wild import wild_clusters
from sigun.errors import MethodError
from sigun.panel.regional.model import RegionPanel

ERRORS = {
    "estimator": "str",
    "model": "str",
    "term": "str",
    "title": "str",
    "kind": "str",
    "estimate": "float64",
    "se": "float64",
    "t": "float64",
    "p": "float64",
    "low": "float64",
    "high": "float64",
    "df": "float64",
    "clusters": "float64",
    "kernel": "str",
    "lag": "float64",
    "small_sample": "str",
    "caution": "int64",
}
ALWAYS = ("crv1", "crv3")
NAIVE = ("iid", "hc1", "crv1_period", "driscoll_kraay")
LONG = 30  # periods under which Driscoll–Kraay is too small
CONSTANT = "(constant)"


def errors_table(study: Study, panel: RegionPanel) -> pd.DataFrame:
    """Every kind asked for, of every estimator, and CRV1 and CRV3 of all; by region clusters throughout."""
    rows = [
        row
        for model in study.models
        for found in model.found
        for kind in dict.fromkeys((*ALWAYS, *study.step.inference.errors))
        for row in _of_kind(study, found, model.name, kind, panel)
    ]
    return table(rows, ERRORS)


def _of_kind(study: Study, found: Estimated, model: str, kind: str, panel: RegionPanel) -> Iterator[dict[str, object]]:
    head: dict[str, object] = {
        "estimator": found.estimator,
        "model": model,
        "kind": kind,
        "caution": int(kind in NAIVE),
    }
    try:
        if kind == "wild_cluster":
            yield from (head | row for row in _drawn(study, found))
            return
        for made in _covariances(study, found, kind, panel):
            yield from (head | row for row in _read(found, made))
    except MethodError:
        return  # a kind that was asked for and has no row at all is a caution
    if kind == "iid" and found.estimator == "pooled":
        estimate, se = pooled_constant(found.sample.obs)
        yield head | {"term": CONSTANT, "title": CONSTANT, "estimate": estimate, "se": se, "t": estimate / se}


def _covariances(study: Study, found: Estimated, kind: str, panel: RegionPanel) -> Iterator[Covariance]:
    """One for every rule by which tools of that name differ, where the kind was asked for."""
    obs = found.sample.obs
    if study.step.inference.cluster == "sido":
        obs = replace(obs, cluster=found.sample.larger)
    fit = refit(found, obs)
    rules = RULES[kind] if kind in study.step.inference.errors else RULES[kind][:1]
    if kind == "crv3":
        yield from crv3_by_rule(found, obs, rules)
    elif kind == "conley":
        yield covariance(fit, "conley", _by_distance(study, found, panel))
    else:
        lag = study.step.inference.kernel_lag if kind == "driscoll_kraay" else None
        yield from (covariance(fit, kind, Choice(rule, lag)) for rule in rules)  # type: ignore[arg-type]


def _by_distance(study: Study, found: Estimated, panel: RegionPanel) -> Choice:
    """Where the regions lie; none of them known, and Conley's errors have no answer."""
    reach = study.step.inference.conley_km or 0.0
    units = panel.units.set_index("unit")
    if not {"x", "y"} <= set(units.columns):
        return Choice()
    places = units.reindex(list(found.sample.regions))[["x", "y"]].to_numpy(float) / 1000
    return Choice(places=places, reach=reach or _usual_reach(places))


def _usual_reach(places: np.ndarray) -> float:
    """Twice the distance to the nearest other region, in the middle of all."""
    apart = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2))
    np.fill_diagonal(apart, np.inf)
    return float(2 * np.median(apart.min(axis=1)))


def _read(found: Estimated, made: Covariance) -> Iterator[dict[str, object]]:
    known = inference(found.fit.beta, made)
    for j, term in enumerate(found.terms):
        yield {
            "term": term.id,
            "title": term.title,
            "estimate": float(found.fit.beta[j]),
            **{name: float(getattr(known, name)[j]) for name in ("se", "t", "p", "low", "high")},
            "df": made.df,
            "clusters": np.nan if made.clusters is None else made.clusters,
            "kernel": made.kernel,
            "lag": np.nan if made.lag is None else made.lag,
            "small_sample": made.small_sample,
        }


def _drawn(study: Study, found: Estimated) -> Iterator[dict[str, object]]:
    """The wild cluster bootstrap as the literature has it, without widening; its own seed, so that it moves nothing."""
    if found.estimator not in EFFECTS:
        return
    rng = np.random.default_rng(len(found.fit.y))
    tests = wild_clusters(
        found.sample.obs,
        EFFECTS[found.estimator],
        range(len(found.terms)),
        study.step.inference.draws,
        rng=rng,
        wide=False,
    )
    for term, (test, ends) in zip(found.terms, tests, strict=True):
        yield {
            "term": term.id,
            "title": term.title,
            "estimate": test.estimate,
            "se": test.se,
            "t": test.t,
            "p": test.p,
            "low": bounded(ends.low),
            "high": bounded(ends.high),
            "df": test.clusters - 1,
            "clusters": test.clusters,
            "kernel": "",
            "lag": np.nan,
            "small_sample": "exact" if test.exact else f"{test.draws}",
        }
