"""Do reports come close together in space and time at once? Knox's test (시공간 근접 검정)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.analysis.statistics.intervals import LEVEL

MOST_PAIRS = 1_000_000  # near pairs that are looked at; above it a random share of the reports stands for all


@dataclass(frozen=True, slots=True)
class Knox:
    """Pairs by class of distance (rows) and of days between (columns)."""

    observed: IntArray  # (a, b) pairs
    expected: FloatArray  # (a, b) mean over shuffled days
    ratio: FloatArray  # observed / expected; 1: no closer together than chance brings them
    low: FloatArray  # bounds of the ratio: the middle of the shuffles stands below and above
    high: FloatArray
    p: FloatArray  # share of shuffles with as many pairs or more


def knox(
    xy: FloatArray,
    day: IntArray,
    metres: Sequence[float],
    days: Sequence[int],
    draws: int,
    rng: np.random.Generator,
) -> Knox:
    """Pairs near in space and time, against what is left when the days are dealt out anew (녹스 검정).

    Shuffling keeps where reports lie and when they come, and breaks what ties the two. Where some areas grow and others
    shrink over the years the ratio is above 1 without any report drawing another.

    Parameters
    ----------
    xy : (n, 2) metres.
    day : (n,) whole days.
    metres, days : upper ends of the classes, ascending; both include their end.

    References
    ----------
    Knox (1964), Applied Statistics 13:25; Besag & Diggle (1977), Applied Statistics 26:327, for the Monte Carlo p.

    Examples
    --------
    >>> xy = np.array([[0.0, 0.0], [1.0, 0.0], [900.0, 0.0], [901.0, 0.0]])
    >>> found = knox(xy, np.array([0, 0, 50, 50]), (10,), (1, 100), 999, np.random.default_rng(1))
    >>> found.observed.tolist(), found.expected.round(1).tolist()
    ([[2, 0]], [[0.7, 1.3]])
    """
    from scipy.spatial import cKDTree

    kept = _thinned(xy, metres[-1], rng)
    xy, day = xy[kept], day[kept]
    pairs = cKDTree(xy).query_pairs(metres[-1], output_type="ndarray").reshape(-1, 2)
    distance = np.searchsorted(metres, np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T))
    distance = np.minimum(distance, len(metres) - 1)
    class_of = np.searchsorted(
        days, np.arange(int(np.ptp(day)) + 1 if len(day) else 1)
    )  # of each number of days between
    width = len(days) + 1

    def count(shuffled: IntArray) -> IntArray:
        between = class_of[np.abs(shuffled[pairs[:, 0]] - shuffled[pairs[:, 1]])]
        table = np.bincount(distance * width + between, minlength=len(metres) * width)
        return table.reshape(len(metres), width)[:, :-1].astype(np.int64)

    observed = count(day)
    return _against(observed, np.array([count(rng.permutation(day)) for _draw in range(draws)]))


def _against(observed: IntArray, shuffled: IntArray) -> Knox:
    expected = shuffled.mean(axis=0)
    few, many = np.quantile(shuffled, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio, low, high = (np.where(by > 0, observed / by, np.nan) for by in (expected, many, few))
    p = (1 + (shuffled >= observed).sum(axis=0)) / (1 + len(shuffled))
    return Knox(observed, expected, ratio, low, high, p)


def _thinned(xy: FloatArray, metres: float, rng: np.random.Generator) -> IntArray:
    """All reports with a point, or so many of them, drawn at random, that near pairs stay within bounds."""
    from scipy.spatial import cKDTree

    placed = np.flatnonzero(np.isfinite(xy).all(axis=1))
    tree = cKDTree(xy[placed])
    pairs = (int(tree.count_neighbors(tree, metres)) - len(placed)) // 2
    if pairs <= MOST_PAIRS:
        return placed
    share = np.sqrt(MOST_PAIRS / pairs)
    return np.sort(rng.choice(placed, int(share * len(placed)), replace=False))
