"""How many places are lacking, and where most (부족분): each area against what all have together."""

from __future__ import annotations

import numpy as np

from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray

FIFTH = 0.2


def missing_places(access: FloatArray, demand: FloatArray, target: float) -> FloatArray:
    """Places an area would need more, to have as many per head within reach as all areas together.

    Parameters
    ----------
    access : (n,) places per head within reach; NaN where it cannot be told.
    demand : (n,) heads.
    target : places per head of all areas together.

    Examples
    --------
    Of 0.175 a head, 100 heads with 0.1 lack 7.5 places; those with more lack none.

    >>> missing_places(np.array([0.1, 0.2]), np.array([100.0, 300.0]), 0.175).round(3).tolist()
    [7.5, 0.0]
    """
    return np.asarray(demand * np.maximum(target - access, 0.0), float)


def ranks(missing: FloatArray) -> IntArray:
    """1 where most is lacking; as they stand where two lack the same; 0 where nothing is lacking or known.

    >>> ranks(np.array([3.0, np.nan, 8.0, 0.0])).tolist()
    [2, 0, 1, 0]
    """
    short = np.flatnonzero(missing > 0)
    ordered = short[np.argsort(-missing[short], kind="stable")]
    place = np.zeros(len(missing), np.int64)
    place[ordered] = np.arange(1, len(ordered) + 1)
    return place


def first_fifth(missing: FloatArray) -> BoolArray:
    """The areas that lack most: a fifth of those that are known, rounded up, and only such as lack any.

    >>> first_fifth(np.array([3.0, 1.0, 8.0, 0.0, 0.0, 2.0])).tolist()
    [True, False, True, False, False, False]
    """
    most = int(np.ceil(FIFTH * np.isfinite(missing).sum()))
    place = ranks(missing)
    return np.asarray((place > 0) & (place <= most))
