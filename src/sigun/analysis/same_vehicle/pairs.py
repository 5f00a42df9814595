"""Which reports are compared at all (비교할 신고 쌍): near in space and time, or of one plate or address soon after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray, IntArray

CROWD = 500  # reports at one exact point or of one code: more than can be told apart, and the pairs would explode
AGREE, DIFFER, UNTOLD = 0, 1, -1


@dataclass(frozen=True, slots=True)
class Pairs:
    """Positions of two reports each; the later one stands below the earlier one."""

    earlier: IntArray
    later: IntArray

    def __len__(self) -> int:
        return len(self.later)


def close_pairs(xy: FloatArray, day: FloatArray, metres: float, days: float, shift: float = 0.0) -> Pairs:
    """Pairs within so many metres that lie `shift` to `shift + days` days apart, by a tree over space and time.

    Without a shift they may be of one vehicle. Shifted by months they hardly are, but share place, street and reporter
    as any two reports do: what chance brings together. A shift of whole weeks keeps the weekday.

    Parameters
    ----------
    xy : (n, 2) metres, NaN without a point (then the report is in no pair).
    day : (n,) days, ascending.

    Examples
    --------
    >>> xy = np.array([[0.0, 0.0], [30.0, 40.0], [300.0, 0.0], [0.0, 0.0]])
    >>> found = close_pairs(xy, np.array([0.0, 1.0, 2.0, 40.0]), 50, 30)
    >>> found.earlier.tolist(), found.later.tolist()
    ([0], [1])
    >>> close_pairs(xy, np.array([0.0, 1.0, 2.0, 40.0]), 50, 30, shift=35).earlier.tolist()
    [0, 1]
    """
    from scipy.spatial import cKDTree

    use = _uncrowded(xy)
    box = np.column_stack([xy[use] / metres, day[use] / days * 2])
    middle = [0.0, 0.0, (shift + days / 2) / days * 2]
    near = cKDTree(box).sparse_distance_matrix(cKDTree(box - middle), 1.0 + 1e-9, p=np.inf, output_type="ndarray")
    a, b = use[near["i"]], use[near["j"]]
    kept = (a < b) & (np.hypot(*(xy[a] - xy[b]).T) <= metres)  # what came in at once is found both ways
    return _sorted(a[kept], b[kept])


def equal_pairs(code: IntArray, day: FloatArray, days: float, shift: float = 0.0) -> Pairs:
    """Pairs of one code (plate, address) that lie `shift` to `shift + days` days apart; code -1 is in none.

    Examples
    --------
    >>> found = equal_pairs(np.array([7, -1, 7, 7]), np.array([0.0, 1.0, 5.0, 40.0]), 30)
    >>> found.earlier.tolist(), found.later.tolist()
    ([0], [2])
    """
    told = np.flatnonzero(code >= 0)
    told = told[np.bincount(code[told])[code[told]] <= CROWD]
    order = told[np.lexsort((told, code[told]))]
    parts = [(told[:0], told[:0])]
    for step in range(1, len(order)):
        a, b = order[:-step], order[step:]
        gap = np.where(code[a] == code[b], day[b] - day[a], np.inf)
        if not (gap <= shift + days).any():
            break  # days ascend within a code: no pair farther along is closer
        kept = (gap >= shift) & (gap <= shift + days)
        parts.append((a[kept], b[kept]))
    return _sorted(*(np.concatenate(side) for side in zip(*parts, strict=True)))


def all_of(parts: Sequence[Pairs], n: int) -> Pairs:
    """Every pair of the parts once; `n` is the number of reports."""
    key = np.unique(np.concatenate([part.later * n + part.earlier for part in parts]))
    return Pairs(key % n, key // n)


def agreement(code: IntArray, pairs: Pairs) -> IntArray:
    """AGREE where both reports have the same code, DIFFER where not, UNTOLD where one of them has none (-1).

    >>> agreement(np.array([3, 3, 4, -1]), Pairs(np.array([0, 0, 0]), np.array([1, 2, 3]))).tolist()
    [0, 1, -1]
    """
    a, b = code[pairs.earlier], code[pairs.later]
    return np.where((a < 0) | (b < 0), UNTOLD, np.where(a == b, AGREE, DIFFER)).astype(np.int64)


def _uncrowded(xy: FloatArray) -> IntArray:
    """Reports with a point at which not too many others lie."""
    placed = np.flatnonzero(np.isfinite(xy).all(axis=1))
    at, times = np.unique(np.round(xy[placed], 1), axis=0, return_inverse=True, return_counts=True)[1:]
    return placed[times[at.ravel()] <= CROWD]


def _sorted(earlier: IntArray, later: IntArray) -> Pairs:
    order = np.lexsort((earlier, later))
    return Pairs(earlier[order].astype(np.int64), later[order].astype(np.int64))
