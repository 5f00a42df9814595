"""How sure a coefficient is (추론): the rule by the number of clusters, and by how many regions ever saw a change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sigun.analysis.factors.estimates import EFFECTS, POISSON, Estimated
from sigun.analysis.factors.terms import Term
from sigun.analysis.regression.errors import Covariance, covariance, inference
from sigun.analysis.regression.jackknife import jackknife
from sigun.analysis.regression.observations import LinearFit, Observations, cluster_of
from sigun.analysis.resampling.randomisation import FEW_EXPOSED, RandomisationTest, few_exposed, randomisation_test
from sigun.analysis.resampling.rows import ready_rows
from sigun.analysis.resampling.scores import scores_of
from sigun.analysis.resampling.wild import MANY_CLUSTERS, wild_clusters
from sigun.errors import MethodError
from sigun.plan.steps.factors import Inference


@dataclass(frozen=True)
class Told:
    """One coefficient, honestly. Interval and p are widened where clusters move together; `se` is not."""

    term: Term
    estimate: float
    se: float
    low: float  # 95 %; infinite where the interval has no end
    high: float
    p: float
    kind: str  # crv1 | crv3 | wild_cluster | randomisation
    df: float
    clusters: int
    draws: int = 0  # 0 where none were needed
    exact: bool = False
    widening: float = 1.0
    moved: int = 0  # regions in which the factor ever moved, where these are too few to cluster by; else 0


def honest(
    found: Estimated,
    asked: Inference,
    rng: np.random.Generator | None = None,
    of: Sequence[Term] | None = None,
) -> tuple[Told, ...]:
    """Coefficients (all, or `of` these terms) by the rule: clustered by regions, or larger ones values repeat over.

    Fifty clusters or more: CRV1. Fewer: CRV3, or with `rng` the wild cluster bootstrap and the interval it inverts to.
    A factor that only ever moved in a handful of regions: where it moved is drawn anew (randomisation).
    """
    wanted = [t for t in found.terms if of is None or t in of]
    told: dict[Term, Told] = {}
    for by in (False, True):
        terms = [t for t in wanted if (t.repeated or asked.cluster == "sido") == by]
        told |= {one.term: one for one in _clustered(found, terms, asked, rng)}
    return tuple(told[t] for t in wanted)


def kind_for(clusters: int, asked: Inference, drawable: bool) -> str:
    """Which errors stand behind a sentence."""
    if asked.few_clusters != "auto":
        return asked.few_clusters if drawable or asked.few_clusters != "wild_cluster" else "crv3"
    if clusters >= MANY_CLUSTERS:
        return "crv1"
    return "wild_cluster" if drawable else "crv3"


def refit(found: Estimated, obs: Observations) -> LinearFit:
    """The same fit, its rows clustered as `obs` says."""
    return found.fit if obs is found.sample.obs else found.again(obs)


def crv3_by_rule(found: Estimated, obs: Observations, rules: Sequence[str]) -> Iterator[Covariance]:
    """Every cluster left out in turn, the whole fit made anew; one covariance by each small-sample rule.

    Raises
    ------
    MethodError
        Without one of the clusters nothing is left of a column.
    """
    cluster = cluster_of(obs)
    without = np.array([found.again(obs, cluster != g).beta for g in np.unique(cluster)])
    yield from (jackknife(refit(found, obs), without, rule) for rule in rules)


def _clustered(
    found: Estimated, terms: Sequence[Term], asked: Inference, rng: np.random.Generator | None
) -> Iterator[Told]:
    """Terms that cluster alike."""
    if not terms:
        return
    obs = found.sample.clustered(terms[0], asked.cluster)
    few = [t for t in terms if _moved(found, obs, t)] if rng is not None else []
    if few and rng is not None:
        yield from _placed_anew(found, obs, few, asked, rng)
    rest = [t for t in terms if t not in few]
    kind = kind_for(len(np.unique(cluster_of(obs))), asked, rng is not None and found.estimator in EFFECTS)
    if kind == "wild_cluster" and rng is not None:
        yield from _drawn(found, obs, rest, asked, rng)
    elif rest:
        yield from _jackknifed(found, obs, rest) if kind == "crv3" else _read(found, obs, rest, None)


def _jackknifed(found: Estimated, obs: Observations, terms: Sequence[Term]) -> Iterator[Told]:
    """By CRV3; where a column rests on one cluster alone no error can be told: no p, no interval."""
    try:
        made = next(crv3_by_rule(found, obs, ("jackknife",)))
    except MethodError:
        untold = (
            replace(one, low=np.nan, high=np.nan, p=np.nan, kind="none") for one in _read(found, obs, terms, None)
        )
        yield from untold
        return
    yield from _read(found, obs, terms, made)


def _drawn(
    found: Estimated, obs: Observations, terms: Sequence[Term], asked: Inference, rng: np.random.Generator
) -> Iterator[Told]:
    places = [found.terms.index(t) for t in terms]
    drawn = wild_clusters(obs, EFFECTS[found.estimator], places, asked.draws, rng=rng)
    for term, (test, ends) in zip(terms, drawn, strict=True):
        yield Told(
            term=term,
            estimate=test.estimate,
            se=test.se,
            low=ends.low,
            high=ends.high,
            p=test.p_wide,
            kind="wild_cluster",
            df=test.clusters - 1,
            clusters=test.clusters,
            draws=test.draws,
            exact=test.exact,
            widening=test.widening,
        )


def _read(found: Estimated, obs: Observations, terms: Sequence[Term], jackknifed: Covariance | None) -> Iterator[Told]:
    """By the t distribution: CRV3 where it is given, else CRV1."""
    fit = refit(found, obs)
    plain = covariance(fit, "crv1") if jackknifed is None else jackknifed
    known = inference(fit.beta, plain)
    for term in terms:
        j = found.terms.index(term)
        wide = _widening(found, obs, j)
        wider = known if wide == 1.0 else inference(fit.beta, replace(plain, matrix=plain.matrix * wide**2))
        yield Told(
            term=term,
            estimate=float(fit.beta[j]),
            se=float(known.se[j]),
            low=float(wider.low[j]),
            high=float(wider.high[j]),
            p=float(wider.p[j]),
            kind=plain.kind,
            df=plain.df,
            clusters=plain.clusters or len(np.unique(fit.cluster)),
            widening=wide,
        )


def _widening(found: Estimated, obs: Observations, j: int) -> float:
    if found.estimator not in EFFECTS:
        return 1.0
    return scores_of(ready_rows(obs, EFFECTS[found.estimator]), j).widening


def _moved(found: Estimated, obs: Observations, term: Term) -> int:
    """In how many regions the factor moved, where these are too few; else 0."""
    if found.estimator not in ("within_twoway", "within_region", "first_difference", POISSON):
        return 0
    moved = few_exposed(obs, found.terms.index(term))
    return moved if moved < FEW_EXPOSED else 0


def _placed_anew(
    found: Estimated, obs: Observations, terms: Sequence[Term], asked: Inference, rng: np.random.Generator
) -> Iterator[Told]:
    fit = refit(found, obs)
    plain = covariance(fit, "crv1")
    for term in terms:
        j = found.terms.index(term)
        try:
            test = randomisation_test(obs, j, asked.draws, rng=rng)
        except MethodError:  # it moved in every one of so few regions: there is no other place to put it
            test = RandomisationTest(np.nan, _moved(found, obs, term), 0, False)
        yield Told(
            term=term,
            estimate=float(fit.beta[j]),
            se=float(np.sqrt(plain.matrix[j, j])),
            low=np.nan,
            high=np.nan,
            p=test.p,
            kind="randomisation" if test.draws else "none",
            df=plain.df,
            clusters=plain.clusters or 0,
            draws=test.draws,
            exact=test.exact,
            moved=test.exposed,
        )
