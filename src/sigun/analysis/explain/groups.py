"""Factors that move together (함께 움직이는 요인): told of together, for shuffling one of them alone tells nothing."""

from __future__ import annotations

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray, IntArray

ALIKE = 0.7  # absolute correlation from which factors go together


def correlated_groups(x: FloatArray, least: float = ALIKE) -> IntArray:
    """Group of each column, (k,), numbered from 0 in the columns' order: joined by correlations of `least` or more.

    Average linkage on 1 − |correlation|; a column that does not vary goes by itself.

    Parameters
    ----------
    x : (n, k) factors, as the model sees them.
    least : mean absolute correlation between two groups from which they are joined.

    Examples
    --------
    >>> a, b = np.array([1.0, 2, 3, 4, 5]), np.array([1.0, -1, 0, -1, 1])
    >>> correlated_groups(np.column_stack([a, b, -a + 0.1 * b])).tolist()
    [0, 1, 0]
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    k = x.shape[1]
    if k < 2:
        return np.zeros(k, dtype=np.int64)
    off = x - x.mean(axis=0)
    size = np.sqrt(np.sum(off**2, axis=0))
    alike = np.abs((off / np.where(size > 0, size, 1.0)).T @ (off / np.where(size > 0, size, 1.0)))
    apart = np.clip(1 - alike, 0, 1)
    np.fill_diagonal(apart, 0)
    found = fcluster(linkage(squareform(apart, checks=False), "average"), 1 - least, "distance")
    first = {int(number): place for place, number in reversed(list(enumerate(found)))}
    order = {number: rank for rank, number in enumerate(sorted(first, key=lambda number: first[number]))}
    return np.array([order[int(number)] for number in found], dtype=np.int64)
