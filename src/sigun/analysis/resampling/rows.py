"""Rows made ready for drawing (재표집 준비): effects inside clusters swept out, those across clusters as a basis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sigun.analysis.regression.observations import Observations, cluster_of, follows
from sigun.analysis.regression.refusals import require_more
from sigun.analysis.statistics.arrays import FloatArray, IntArray, sums
from sigun.text import N_, say

Effects = Literal["pooled", "within_region", "within_twoway", "first_difference"]
SAME = 1e-10  # share of the largest singular value under which a direction repeats others


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows sorted by cluster, their regions' own means taken out where the effects ask for it, times the root weight.

    Signs that are the same within a cluster leave regions' means at zero, so those may be swept out once and for all;
    effects of periods lie across clusters and must be taken out of every draw anew: they are kept.
    """

    y: FloatArray  # (n,) outcome, effects taken out
    x: FloatArray  # (n, k) factors and controls, effects taken out
    before: FloatArray  # (1 + k,) lengths of y and the columns of x about their means: to see what effects left
    across: FloatArray  # (n, r) orthonormal basis of the effects across clusters
    starts: IntArray  # (g,) first row of each cluster
    clusters: IntArray  # (g,) number of each cluster, as observations give it
    region: IntArray  # (n,)
    period: IntArray  # (n,)
    cluster: IntArray  # (n,)
    inside: bool  # whether regions' means were swept out


def ready_rows(obs: Observations, effects: Effects) -> Rows:
    """Rows of a design with these effects.

    Parameters
    ----------
    obs : clusters hold whole regions.
    effects : "pooled" (a constant), "within_region", "within_twoway" (regions and periods), or "first_difference"
        (differences of consecutive periods, with effects of periods).

    Raises
    ------
    MethodError
        No region was observed twice.

    Examples
    --------
    >>> obs = Observations(np.array([1.0, 2.0, 5.0, 8.0]), np.array([[0.0], [1.0], [2.0], [4.0]]),
    ...                    np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]))
    >>> ready_rows(obs, "within_region").y.tolist()
    [-0.5, 0.5, -1.5, 1.5]
    """
    obs = differences(obs) if effects == "first_difference" else obs
    obs = by_cluster(without_singletons(obs, effects))
    cluster = cluster_of(obs)
    weight = np.ones(len(obs.y)) if obs.weight is None else obs.weight
    inside = effects in ("within_region", "within_twoway")
    columns = np.column_stack([obs.y, obs.x, *_across(obs, effects)])
    before = np.sqrt((weight[:, None] * (columns - np.average(columns, axis=0, weights=weight)) ** 2).sum(axis=0))
    if inside:
        columns = deviations(columns, obs.region, weight)
    columns = columns * np.sqrt(weight)[:, None]
    k = obs.x.shape[1]
    basis = orthonormal(columns[:, k + 1 :])
    kept = columns[:, : k + 1] - basis @ (basis.T @ columns[:, : k + 1])
    starts = np.flatnonzero(np.diff(cluster, prepend=cluster[0] - 1))
    return Rows(
        kept[:, 0],
        kept[:, 1:],
        before[: k + 1],
        basis,
        starts,
        cluster[starts],
        obs.region,
        obs.period,
        cluster,
        inside,
    )


def without_singletons(obs: Observations, effects: Effects) -> Observations:
    """Without rows that an effect of their own explains whole: the only one of a region (or of a period)."""
    where = say(N_("drawing signs of clusters"))
    while effects in ("within_region", "within_twoway"):
        alone = np.bincount(obs.region)[obs.region] == 1
        if effects == "within_twoway":
            alone |= np.bincount(obs.period)[obs.period] == 1
        if not alone.any():
            break
        obs = taken(obs, np.flatnonzero(~alone))
    require_more(len(obs.y), 1, say(N_("No region was observed twice.")), where)
    return obs


def by_cluster(obs: Observations) -> Observations:
    """The same rows, those of a cluster together."""
    if obs.cluster is None:
        return obs
    return taken(obs, np.argsort(obs.cluster, kind="stable"))


def taken(obs: Observations, rows: IntArray) -> Observations:
    """These rows of the observations, in this order."""
    return Observations(
        obs.y[rows],
        obs.x[rows],
        obs.region[rows],
        obs.period[rows],
        None if obs.weight is None else obs.weight[rows],
        None if obs.cluster is None else obs.cluster[rows],
    )


def differences(obs: Observations) -> Observations:
    """Change from each period to the next one, where both were observed; the weight is that of the later row."""
    later = 1 + np.flatnonzero(follows(obs))
    return replace(taken(obs, later), y=obs.y[later] - obs.y[later - 1], x=obs.x[later] - obs.x[later - 1])


def deviations(columns: FloatArray, region: IntArray, weight: FloatArray) -> FloatArray:
    """Deviations of (n, c) columns from each region's own weighted mean."""
    n = int(region.max()) + 1
    total = sums(region, weight, n)
    total[total == 0] = 1.0  # a number no row has
    means = np.column_stack([sums(region, weight * column, n) / total for column in columns.T])
    return np.asarray(columns - means[region])


def orthonormal(columns: FloatArray) -> FloatArray:
    """Orthonormal basis of (n, c) columns, each taken at its own scale; columns repeating others add nothing."""
    length = np.sqrt((columns**2).sum(axis=0))
    scaled = columns[:, length > 0] / length[length > 0]
    if not scaled.shape[1]:
        return np.zeros((len(columns), 0))
    left, size, _ = np.linalg.svd(scaled, full_matrices=False)
    return np.asarray(left[:, size > SAME * size[0]])


def cluster_sums(values: FloatArray, starts: IntArray) -> FloatArray:
    """Sums by cluster of rows sorted by cluster: (n, …) in, (g, …) out."""
    return np.asarray(np.add.reduceat(values, starts, axis=0))


def _across(obs: Observations, effects: Effects) -> tuple[FloatArray, ...]:
    """Columns of the effects that lie across clusters: a constant, or one for each period."""
    if effects == "within_region":
        return ()
    if effects == "pooled":
        return (np.ones((len(obs.y), 1)),)
    return ((obs.period[:, None] == np.unique(obs.period)).astype(np.float64),)
