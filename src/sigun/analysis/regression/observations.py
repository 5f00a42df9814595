"""What every estimator is given (추정의 입력): rows of regions and periods as arrays, and a fitted linear model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Observations:
    """One row per region and period observed, sorted by region and then period; no value is missing."""

    y: FloatArray  # (n,) outcome, in its own unit
    x: FloatArray  # (n, k) factors and controls, one column each, in their own units; no constant
    region: IntArray  # (n,) numbered from 0 without gaps
    period: IntArray  # (n,) place in the calendar from 0: a period nobody observed leaves a gap in the numbers
    weight: FloatArray | None = None  # (n,) analytic weights, positive; none: all alike
    cluster: IntArray | None = None  # (n,) inference goes by these, each holding whole regions; none: by region


@dataclass(frozen=True, slots=True)
class LinearFit:
    """Least squares on transformed rows (deviations, differences, means): what the error formulas need."""

    beta: FloatArray  # (k,) outcome units per unit of the factor
    residuals: FloatArray  # (n,) outcome units, of the transformed rows, times the root of the weight
    x: FloatArray  # (n, k) transformed factors, times the root of the weight
    y: FloatArray  # (n,) transformed outcome, times the root of the weight
    bread: FloatArray  # (k, k) inverse of x'x
    region: IntArray  # (n,) of each transformed row
    period: IntArray  # (n,)
    cluster: IntArray  # (n,) by which errors are clustered
    absorbed: int  # effects taken out before (the constant among them)
    absorbed_in_clusters: int  # of these, the ones that lie whole inside one cluster
    r2: float  # share of the transformed outcome's variation; of differences: by the period effects too
    absorbed_in_periods: int = 0  # of the absorbed, the ones of one period


def cluster_of(obs: Observations) -> IntArray:
    """The cluster of each row: as given, else its region."""
    return obs.region if obs.cluster is None else obs.cluster


def follows(obs: Observations) -> BoolArray:
    """Whether each row but the first comes one step after the row before it, in the same region; (n − 1,).

    A step is the least time between two periods of the panel: ten years where it is of every tenth year.

    Examples
    --------
    >>> periods = np.array([0, 10, 30, 0, 10, 20])
    >>> follows(Observations(np.zeros(6), np.zeros((6, 1)), np.repeat([0, 1], 3), periods)).tolist()
    [True, False, False, True, True]
    """
    step = np.diff(np.unique(obs.period)).min(initial=np.iinfo(np.int64).max)
    return np.asarray((np.diff(obs.region) == 0) & (np.diff(obs.period) == step))


def rows_of(obs: Observations, rows: BoolArray) -> Observations:
    """Some of the rows, regions and clusters numbered anew without gaps; periods keep their place in the calendar."""
    return Observations(
        obs.y[rows],
        obs.x[rows],
        np.unique(obs.region[rows], return_inverse=True)[1],
        obs.period[rows],
        None if obs.weight is None else obs.weight[rows],
        None if obs.cluster is None else np.unique(obs.cluster[rows], return_inverse=True)[1],
    )
