"""Means of proposals freed of who happened to score them (보정 평균): the additive model proposal + reviewer.

A reviewer who is strict everywhere costs those proposals points that happened to get them. With incomplete assignment,
the reviewers are the blocks of an incomplete block design; what is fitted here is its classical analysis.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.council.review.arrays import FloatArray, IntArray
from sigun.council.review.sheets import Tally

SHARES = (np.arange(20) + 0.5) / 20
"""Shares of the spread that may be the reviewers', tried one by one; none is 0 or 1."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """Means in points. NaN: a proposal nobody scored, or a spread that nothing tells."""

    mean: FloatArray  # (proposals,) as the average reviewer would have scored
    error: FloatArray  # (proposals,) standard error
    leniency: FloatArray  # (reviewers,) points above the average reviewer, shrunk where there are few sheets
    share: float  # of the spread of scores of one proposal, that which is the reviewers' own level
    noise: float  # spread of one score, the reviewer's level taken away


def raw_means(tally: Tally) -> FloatArray:
    """(proposals,) mean points as given."""
    return _divide(tally.points.sum(axis=1), tally.seen.sum(axis=1))


def deviation_means(tally: Tally) -> FloatArray:
    """Means after taking away each reviewer's mean deviation, paper by paper (안건별 편차 보정).

    How far a reviewer lies from the mean of each proposal, on average over the proposals scored by others, too, is
    taken off that reviewer's scores. It can be followed by hand, and is the first step of what `fit_adjusted` does.

    Examples
    --------
    >>> both = Tally(np.array([[1.0, 1.0], [1.0, 0.0]]), np.array([[70.0, 50.0], [80.0, 0.0]]))
    >>> deviation_means(both).tolist()
    [60.0, 70.0]
    """
    shared = tally.seen * (tally.seen.sum(axis=1, keepdims=True) > 1)
    deviation = shared * (tally.points - np.nan_to_num(raw_means(tally))[:, None])
    leniency = np.nan_to_num(_divide(deviation.sum(axis=0), shared.sum(axis=0)))
    return raw_means(Tally(tally.seen, tally.seen * (tally.points - leniency)))


def fit_adjusted(tally: Tally) -> Adjusted:
    """Least squares of points on proposals and reviewers, with a ridge on reviewers as high as the scores ask for.

    The ridge is noise² / level²: how little reviewers differ in level beside how much a single score scatters. It
    shrinks a reviewer with few sheets most. The level's share of the spread is weighed by the residual likelihood
    (REML) over a grid, so that it is never nothing nor everything; where reviewers are alike the mean tends to the
    raw one.

    References
    ----------
    Patterson & Thompson (1971), Recovery of inter-block information when block sizes are unequal,
    Biometrika 58:545–554.

    Examples
    --------
    One reviewer is 20 points more lenient where both scored. Of the next two proposals each scored one, 20 points
    apart; little of that is left, and not nothing, since three sheets are few to know a reviewer by:

    >>> seen = np.array([[1, 1], [1, 1], [1, 0], [0, 1]], dtype=float)
    >>> fit_adjusted(Tally(seen, seen * np.array([[70, 50], [60, 40], [80, 0], [0, 60]]))).mean.round(0).tolist()
    [60.0, 50.0, 72.0, 68.0]
    """
    weight = _weights(tally)
    share = float(weight @ SHARES)
    ridge = (1 - share) / share
    mean = adjusted_means(tally, ridge)
    left = (tally.seen * (tally.points - np.nan_to_num(mean)[:, None])).sum(axis=0)
    leniency = left / (tally.seen.sum(axis=0) + ridge)
    rest, freedom = system(tally, ridge)[2], _freedom(tally)
    noise = float(np.sqrt(rest / freedom)) if freedom > 0 else float("nan")
    return Adjusted(mean, _errors(tally, mean, weight), leniency, share, noise)


def adjusted_means(tally: Tally, ridge: float, copies: FloatArray | None = None) -> FloatArray:
    """(proposals,) the means at one ridge (> 0); `copies` (reviewers,) leaves reviewers out (0) or takes them again."""
    matrix, right, _ = system(tally, ridge, copies)
    known = tally.seen @ (np.ones(tally.seen.shape[1]) if copies is None else copies) > 0
    return np.where(known, np.linalg.solve(matrix, right), np.nan)


def _weights(tally: Tally) -> FloatArray:
    """(shares,) how much each share on the grid counts, by its residual likelihood; together 1."""
    likelihood = np.empty(len(SHARES))
    for i, share in enumerate(SHARES):
        ridge = (1 - share) / share
        matrix, _, rest = system(tally, ridge)
        cost = reviewers_part(tally, ridge) + np.linalg.slogdet(matrix)[1]
        likelihood[i] = -0.5 * (_freedom(tally) * np.log(rest) + cost)
    weight: FloatArray = np.exp(likelihood - likelihood.max())
    weight /= weight.sum()
    return weight


def _errors(tally: Tally, mean: FloatArray, weight: FloatArray) -> FloatArray:
    """Standard errors that know that noise and share are estimated: Student's spread, over all the shares."""
    freedom = _freedom(tally)
    if freedom <= 2:  # Student's t has no spread then
        return np.full(len(mean), np.nan)
    variance = np.zeros(len(mean))
    for part, share in zip(weight, SHARES, strict=True):
        matrix, right, rest = system(tally, (1 - share) / share)
        inverse = np.linalg.inv(matrix)
        variance += part * (rest / (freedom - 2) * np.diag(inverse) + (inverse @ right - mean) ** 2)
    return np.sqrt(variance)


def _freedom(tally: Tally) -> float:
    """Sheets beyond one for each proposal: what tells of reviewers and noise."""
    return float(tally.seen.sum() - len(tally.judged))


def system(tally: Tally, ridge: float, copies: FloatArray | None = None) -> tuple[FloatArray, FloatArray, float]:
    """The normal equations of the proposals, reviewers eliminated, and the sum of squares that is left (> 0).

    A proposal without a sheet has a row of its own, so that the matrix can be solved.
    """
    copies = np.ones(tally.seen.shape[1]) if copies is None else copies
    held = copies / (tally.seen.sum(axis=0) + ridge)
    given = tally.points.sum(axis=0)
    count = tally.seen @ copies
    matrix = np.diag(np.where(count > 0, count, 1.0)) - (tally.seen * held) @ tally.seen.T
    right = tally.points @ copies - tally.seen @ (held * given)
    whole = float((tally.points**2).sum(axis=0) @ copies)
    rest = whole - float(held @ given**2) - float(right @ np.linalg.solve(matrix, right))
    return matrix, right, max(rest, 1e-12 * whole, 1e-12)  # rounding, where all agree


def reviewers_part(tally: Tally, ridge: float) -> float:
    """Σ log(1 + sheets / ridge): what the reviewers' levels cost in the likelihood."""
    return float(np.log1p(tally.seen.sum(axis=0) / ridge).sum())


def parts(tally: Tally) -> IntArray:
    """(proposals,) which connected part of the assignment a proposal is in, from 0; −1 where nobody scored it.

    Two proposals are in one part when a chain of shared reviewers leads from one to the other. Between parts, a strict
    group of reviewers and a group of poor proposals look the same: their means cannot be compared.

    Examples
    --------
    >>> parts(Tally(np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), np.zeros((3, 2)))).tolist()
    [0, 0, 1]
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    found = np.full(len(tally.seen), -1, dtype=np.int64)
    seen = tally.seen[tally.judged]
    if len(seen):
        found[tally.judged] = connected_components(csr_array(seen @ seen.T), directed=False)[1]
    return found


def _divide(total: FloatArray, count: FloatArray) -> FloatArray:
    mean: FloatArray = np.divide(total, count, out=np.full(len(total), np.nan), where=count > 0)
    return mean
