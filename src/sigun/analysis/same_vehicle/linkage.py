"""Are two reports of one vehicle? Fellegi and Sunter's weighing of what agrees and what differs (동일 차량 판별)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sigun.analysis.same_vehicle.pairs import UNTOLD
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray

ROUNDS, SETTLED = 500, 1e-7
FEW = 0.5  # pseudo-count of a level: one that was never seen is rare, not impossible
RIDGE = 1.0  # penalty of a logistic coefficient: half a squared unit


@dataclass(frozen=True, slots=True)
class Linkage:
    """What `fit_linkage` found: how often each level of each comparison comes, and how many pairs are true."""

    m: tuple[FloatArray, ...]  # among pairs of one vehicle
    u: tuple[FloatArray, ...]  # among pairs of two vehicles
    prior: float  # share of the candidate pairs that are of one vehicle

    def weight(self, levels: IntArray) -> FloatArray:
        """(n,) log odds that a pair is of one vehicle: the prior and all its comparisons together."""
        total = np.full(len(levels), np.log(self.prior) - np.log1p(-self.prior))
        for column, m, u in zip(levels.T, self.m, self.u, strict=True):
            told = column != UNTOLD
            total[told] += np.log(m[column[told]] / u[column[told]])
        return total


def probability(weight: FloatArray) -> FloatArray:
    """The probability a log odds stands for.

    >>> probability(np.array([-np.inf, 0.0, np.log(3)])).round(6).tolist()
    [0.0, 0.5, 0.75]
    """
    from scipy.special import expit

    return np.asarray(expit(weight), dtype=float)


def shares(levels: IntArray, sizes: Sequence[int], weight: FloatArray | None = None) -> tuple[FloatArray, ...]:
    """Share of each level of each comparison among the pairs that tell it; no share is quite zero.

    >>> [s.round(2).tolist() for s in shares(np.array([[0, 1], [0, -1], [1, 1]]), (2, 2))]
    [[0.62, 0.38], [0.17, 0.83]]
    """
    each = np.ones(len(levels)) if weight is None else weight
    found = []
    for column, size in zip(levels.T, sizes, strict=True):
        told = column != UNTOLD
        count = np.bincount(column[told], each[told], size) + FEW
        found.append(count / count.sum())
    return tuple(found)


def fit_linkage(
    levels: IntArray,
    times: FloatArray,
    chance: tuple[FloatArray, ...],
    learned: BoolArray,
    known: Mapping[int, FloatArray],
) -> Linkage:
    """Fit m, u and the share of true pairs by EM, without any label (펠레기–선터 모형).

    Comparisons are taken as independent given whether the vehicle is the same: what hangs together, as distance and
    address do, has to be one comparison.

    Parameters
    ----------
    levels : (p, k) level of each comparison of each pattern, 0 the closest agreement, or UNTOLD.
    times : (p,) candidate pairs with that pattern.
    chance : k vectors of shares; u as pairs show it that chance brought together.
    learned : (k,) comparisons whose u is estimated with the rest instead, since chance pairs are no guide to them.
    known : m of comparisons for which it is not estimated.

    References
    ----------
    Fellegi & Sunter (1969), JASA 64:1183; Winkler (1988), ASA Survey Research Methods: 667, for EM.

    Examples
    --------
    >>> levels, times = np.array([[0, 0], [1, 1], [0, 1]]), np.array([40.0, 50.0, 10.0])
    >>> chance = (np.array([0.1, 0.9]), np.array([0.1, 0.9]))
    >>> fit = fit_linkage(levels, times, chance, np.array([False, False]), {})
    >>> probability(fit.weight(levels)).round(1).tolist()
    [1.0, 0.0, 0.5]
    """
    sizes = [len(u) for u in chance]
    fit = Linkage(tuple(known.get(k, _first_guess(size)) for k, size in enumerate(sizes)), chance, 0.5)
    for _round in range(ROUNDS):
        same, before = probability(fit.weight(levels)), fit.prior
        m, u = shares(levels, sizes, times * same), shares(levels, sizes, times * (1 - same))
        fit = Linkage(
            tuple(known.get(k, new) for k, new in enumerate(m)),
            tuple(new if free else old for new, old, free in zip(u, chance, learned, strict=True)),
            float(np.clip(np.average(same, weights=times), 1e-6, 1 - 1e-6)),
        )
        if abs(fit.prior - before) < SETTLED:
            break
    return fit


def _first_guess(size: int) -> FloatArray:
    """Agreement first, each further level half as likely."""
    guess = 0.5 ** np.arange(size)
    return np.asarray(guess / guess.sum(), dtype=float)


def fit_logistic(x: FloatArray, hits: FloatArray, times: FloatArray) -> FloatArray:
    """Coefficients of a logistic regression, with a ridge on all but the first column (로지스틱 회귀).

    Parameters
    ----------
    x : (p, k) one row a pattern; the first column is the constant.
    hits, times : (p,) how many of the pairs with that pattern are so labelled, and how many there are.

    References
    ----------
    le Cessie & van Houwelingen (1992), Applied Statistics 41:191.

    Examples
    --------
    >>> fit_logistic(np.ones((1, 1)), np.array([1.0]), np.array([4.0])).round(6).tolist()
    [-1.098612]
    """
    penalty = np.diag(np.r_[0.0, np.full(x.shape[1] - 1, RIDGE)])
    beta = np.zeros(x.shape[1])
    for _round in range(ROUNDS):
        mean = probability(x @ beta)
        slope = x.T @ (hits - times * mean) - penalty @ beta
        bend = x.T @ (x * (times * mean * (1 - mean))[:, None]) + penalty
        step = np.linalg.lstsq(bend, slope, rcond=None)[0]
        beta = beta + step * min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-300))
        if np.abs(step).max() < SETTLED:
            break
    return np.asarray(beta, dtype=float)
