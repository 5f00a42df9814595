"""Leaving one cluster out (군집 하나씩 빼기, CRV3): every estimate made again without it, effects and all."""

from __future__ import annotations

import numpy as np

from sigun.analysis.regression.errors import RULES, Covariance, counted, rows_factor
from sigun.analysis.regression.linear import ESTIMATORS
from sigun.analysis.regression.observations import LinearFit, Observations, cluster_of, rows_of
from sigun.analysis.regression.refusals import CollinearColumns, SoleCluster
from sigun.analysis.statistics.arrays import FloatArray
from sigun.text import N_, say


def crv3(estimator: str, obs: Observations, small_sample: str = "") -> Covariance:
    """The cluster jackknife's covariance around the estimate from everything.

    Parameters
    ----------
    estimator : a key of `linear.ESTIMATORS`.
    small_sample : "jackknife" (G-1)/G, the default; "min" and "uncounted" as CRV1 has them.

    Raises
    ------
    SoleCluster
        Without one of the clusters a factor has nothing left: its effect rests on that cluster alone.

    References
    ----------
    MacKinnon, Nielsen & Webb (2023), J. Appl. Econometrics 38:671–694.

    Examples
    --------
    >>> x = np.array([[0.0], [1.0], [2.0], [3.0]])
    >>> obs = Observations(np.array([0.0, 2.0, 1.0, 3.0]), x, np.array([0, 1, 2, 3]), np.zeros(4, int))
    >>> np.sqrt(crv3("pooled", obs).matrix).round(4).tolist()
    [[0.3997]]
    """
    fit = ESTIMATORS[estimator](obs)
    return jackknife(fit, left_out(estimator, obs), small_sample or RULES["crv3"][0])


def left_out(estimator: str, obs: Observations) -> FloatArray:
    """(G, k) estimates without each of the clusters, in their order: exact, by estimating again."""
    cluster = cluster_of(obs)
    return np.array([_without(estimator, obs, int(g)) for g in np.unique(cluster)])


def jackknife(fit: LinearFit, estimates: FloatArray, rule: str) -> Covariance:
    """The covariance from the estimates without each cluster (G, k)."""
    apart = estimates - fit.beta
    n, count = len(fit.residuals), len(estimates)
    factor = {
        "jackknife": (count - 1) / count,
        "min": rows_factor(n, counted(fit, (fit.absorbed_in_clusters,))) * count / (count - 1),
        "uncounted": rows_factor(n, len(fit.beta) + 1) * count / (count - 1),
    }[rule]
    return Covariance(apart.T @ apart * factor, count - 1, count, "", None, rule, "crv3")


def _without(estimator: str, obs: Observations, cluster: int) -> FloatArray:
    """The estimate without one cluster."""
    try:
        return ESTIMATORS[estimator](rows_of(obs, cluster_of(obs) != cluster)).beta
    except CollinearColumns as problem:
        sole = SoleCluster(
            say(N_("An effect rests on one cluster alone: without it nothing can be estimated.")),
            say(N_("errors that leave one cluster out")),
            say(N_("Use a comparison made for one treated region, or leave the factor out.")),
        )
        sole.cluster, sole.columns = cluster, problem.flat + problem.repeated
        raise sole from problem
