"""Leaving one cluster out (군집 하나씩 빼기, CRV3): every estimate made again without it, effects and all."""

from __future__ import annotations

import numpy as np

from sigun.analysis.regression.errors import RULES, Covariance, counted, jackknifed
from sigun.analysis.regression.linear import ESTIMATORS
from sigun.analysis.regression.observations import LinearFit, Observations, cluster_of, rows_of
from sigun.analysis.regression.refusals import CollinearColumns, sole_cluster
from sigun.analysis.regression.two_way import cells_of
from sigun.analysis.regression.two_way_sums import fit_cells
from sigun.analysis.statistics.arrays import FloatArray


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
    """(G, k) estimates without each of the clusters the estimator keeps rows of, in their order; exact.

    Two-way effects by region come out of one solve, all else by estimating again.
    """
    if estimator == "within_twoway" and obs.cluster is None:
        return fit_cells(cells_of((obs.y, *obs.x.T), obs.region, obs.period, obs.weight)).without
    clusters = np.unique(ESTIMATORS[estimator](obs).cluster)
    return np.array([_without(estimator, obs, int(g)) for g in clusters])


def jackknife(fit: LinearFit, estimates: FloatArray, rule: str) -> Covariance:
    """The covariance from the estimates without each cluster (G, k)."""
    parameters = counted(fit, (fit.absorbed_in_clusters,))
    return jackknifed(fit.beta, estimates, len(fit.residuals), parameters, rule)


def _without(estimator: str, obs: Observations, cluster: int) -> FloatArray:
    """The estimate without one cluster."""
    try:
        return ESTIMATORS[estimator](rows_of(obs, cluster_of(obs) != cluster)).beta
    except CollinearColumns as problem:
        raise sole_cluster(cluster, problem.flat + problem.repeated) from problem
