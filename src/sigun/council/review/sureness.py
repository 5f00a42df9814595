"""How sure an order is (순위의 확실성): draws of the true means, chances of being among the first, ranks with ties."""

from __future__ import annotations

import numpy as np

from sigun.council.review.adjust import reviewers_part, system
from sigun.council.review.arrays import FloatArray, IntArray
from sigun.council.review.sheets import Tally

STEPS = (np.arange(12) + 0.5) / 12
"""Shares of the spread, of reviewers and of proposals, tried crosswise."""

DRAWS = 4000
"""A chance of one half is told to within 2 points of a hundred."""

SAME = 1e-9
"""Means closer than this differ by rounding alone: a tie."""


def draw_means(tally: Tally, rng: np.random.Generator, draws: int = DRAWS) -> FloatArray:
    """What the true means may be, given the scores: (draws, proposals), NaN for proposals nobody scored.

    Proposals and reviewers' levels are both taken as drawn from bell curves whose widths are unknown, too: each pair of
    widths on a grid counts by its likelihood. Without the first curve the winner, who was also lucky, looks too sure.

    References
    ----------
    Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., ch. 5.
    """
    some = Tally(tally.seen[tally.judged], tally.points[tally.judged])
    found = np.full((draws, len(tally.seen)), np.nan)
    if len(some.seen) < 2:
        return found
    widths = [(of_reviewers, of_proposals) for of_reviewers in STEPS for of_proposals in STEPS]
    likelihood = np.array([_likelihood(some, *width) for width in widths])
    weight = np.exp(likelihood - likelihood.max())
    counts = rng.multinomial(draws, weight / weight.sum())
    drawn = [_draw(some, *widths[i], int(counts[i]), rng) for i in np.flatnonzero(counts)]
    found[:, tally.judged] = np.concatenate(drawn)
    return found


def _posterior(tally: Tally, of_reviewers: float, of_proposals: float) -> tuple[FloatArray, FloatArray, float, float]:
    """Precision (in units of noise), mean, sum of squares left and twice the negative log likelihood without it."""
    ridge, pull = (1 - of_reviewers) / of_reviewers, (1 - of_proposals) / of_proposals
    matrix, right, rest = system(tally, ridge)
    n = len(matrix)
    own = rest + float(right @ np.linalg.solve(matrix, right))
    precision = matrix + pull * (np.eye(n) - np.full((n, n), 1 / n))
    mean: FloatArray = np.linalg.solve(precision, right)
    cost = reviewers_part(tally, ridge) + np.linalg.slogdet(precision)[1] - (n - 1) * np.log(pull)
    return precision, mean, max(own - float(right @ mean), 1e-12), float(cost)


def _likelihood(tally: Tally, of_reviewers: float, of_proposals: float) -> float:
    _, _, rest, cost = _posterior(tally, of_reviewers, of_proposals)
    return float(-0.5 * ((tally.seen.sum() - 1) * np.log(rest) + cost))


def _draw(tally: Tally, of_reviewers: float, of_proposals: float, count: int, rng: np.random.Generator) -> FloatArray:
    precision, mean, rest, _ = _posterior(tally, of_reviewers, of_proposals)
    noise = np.sqrt(rest / rng.chisquare(tally.seen.sum() - 1, size=count))
    spread: FloatArray = np.linalg.solve(np.linalg.cholesky(precision).T, rng.standard_normal((len(mean), count)))
    drawn: FloatArray = mean + noise[:, None] * spread.T
    return drawn


def ranks(means: FloatArray, part: IntArray) -> IntArray:
    """(proposals,) rank inside its part from 1; equal means share the better rank; 0 where there is no mean.

    Examples
    --------
    >>> ranks(np.array([70.0, 80.0, 70.0, 60.0, np.nan]), np.zeros(5, dtype=int)).tolist()
    [2, 1, 2, 4, 0]
    """
    higher = (means[None, :] > means[:, None] + SAME) & (part[None, :] == part[:, None])
    return np.where(np.isnan(means), 0, 1 + higher.sum(axis=1))


def chance_among_first(drawn: FloatArray, first: int) -> FloatArray:
    """(proposals,) in how many of the draws a proposal is among the first; NaN for one without draws."""
    unknown = np.isnan(drawn).all(axis=0)
    order = np.argsort(-np.where(np.isnan(drawn), -np.inf, drawn), axis=1)[:, :first]
    count = np.bincount(order.ravel(), minlength=drawn.shape[1])
    return np.where(unknown, np.nan, count / len(drawn))


def chance_above(drawn: FloatArray) -> FloatArray:
    """(proposals, proposals) in how many of the draws the row's proposal is truly above the column's."""
    above = np.full((drawn.shape[1], drawn.shape[1]), np.nan)
    for p in np.flatnonzero(~np.isnan(drawn).any(axis=0)):
        above[p] = np.where(np.isnan(drawn).any(axis=0), np.nan, (drawn[:, [p]] > drawn).mean(axis=0))
        above[p, p] = np.nan
    return above
