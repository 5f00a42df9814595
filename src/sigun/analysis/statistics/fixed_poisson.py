"""Poisson regression inside regions (고정효과 포아송 회귀): what a region always has is taken out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.analysis.statistics.glm import FAR, MAX_ROUNDS
from sigun.errors import MethodError
from sigun.text import N_, say

SETTLED = 1e-9
SWEEPS = 2_000
OWN = 1e-8  # share of a column's spread that must be left inside regions


@dataclass(frozen=True, slots=True)
class FixedFit:
    """What `fit_fixed_poisson` found."""

    beta: FloatArray  # (k,) change of the log of the expected count per unit of the column
    covariance: FloatArray  # (k, k) of beta, rows of a region and rows of a period going together
    fitted: FloatArray  # (n,) expected counts
    within: FloatArray  # (n, k) what is left of the columns inside regions and periods


def fit_fixed_poisson(y: FloatArray, x: FloatArray, region: IntArray, period: IntArray, offset: FloatArray) -> FixedFit:
    """Poisson pseudo-maximum likelihood with a level for each region and for each period (고정효과 포아송).

    log E[y] = offset + region + period + x·beta. Only the mean has to be right: counts may vary more than Poisson.
    The levels are never estimated; in each round of reweighted least squares they are swept out of all columns.
    Errors are clustered by region and by period, and never smaller than those clustered by region alone.

    Parameters
    ----------
    y : (n,) counts, 0 or more; no region and no period without any.
    x : (n, k) columns.
    region, period : (n,) which of each row, numbered from 0 without gaps.
    offset : (n,) log of the exposure.

    Raises
    ------
    MethodError
        A column does not change inside regions, or repeats another; the fit does not settle.

    References
    ----------
    Wooldridge (1999), J. Econometrics 90:77–97; Correia, Guimarães & Zylkin (2020), Stata J. 20:95–115;
    Cameron, Gelbach & Miller (2011), J. Bus. Econ. Stat. 29:238–249.

    Examples
    --------
    >>> region, period = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> x = np.array([[0.0], [0.0], [0.0], [1.0]])
    >>> fit = fit_fixed_poisson(np.array([10.0, 20.0, 5.0, 30.0]), x, region, period, np.zeros(4))
    >>> np.exp(fit.beta).round(6).tolist()
    [3.0]
    """
    mean = (y + y.mean()) / 2
    linear, beta = np.log(mean), np.zeros(x.shape[1])
    for _round in range(MAX_ROUNDS):
        working = linear - offset + (y - mean) / mean
        swept = sweep(np.column_stack([working, x]), mean, region, period)
        _require_change(swept[:, 1:], x, mean)
        root = np.sqrt(mean)[:, None]
        beta = np.linalg.lstsq(swept[:, 1:] * root, swept[:, 0] * root[:, 0], rcond=None)[0]
        before, linear = linear, np.clip(offset + working - swept[:, 0] + swept[:, 1:] @ beta, -FAR, FAR)
        mean = np.exp(linear)
        if float(np.abs(linear - before).max()) <= SETTLED * 10:
            within = swept[:, 1:]
            return FixedFit(beta, _clustered(within, mean, y - mean, region, period), mean, within)
    raise _unsettled()


def sweep(columns: FloatArray, weight: FloatArray, region: IntArray, period: IntArray) -> FloatArray:
    """Columns (n, k) less the weighted levels of their regions and periods.

    >>> region, period = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> sweep(np.array([[1.0], [2.0], [11.0], [12.0]]), np.ones(4), region, period).ravel().round(9).tolist()
    [0.0, 0.0, 0.0, 0.0]
    """
    scale = np.abs(columns - columns.mean(axis=0)).max(axis=0) + 1e-300
    totals = [(group, np.bincount(group, weight)) for group in (region, period)]
    left = columns - columns.mean(axis=0)
    for _sweep in range(SWEEPS):
        before = left
        for group, total in totals:
            level = np.column_stack([np.bincount(group, weight * column) / total for column in left.T])
            left = left - level[group]
        if float((np.abs(left - before) / scale).max()) <= SETTLED / 10:
            return np.asarray(left)
    raise _unsettled()


def _require_change(within: FloatArray, x: FloatArray, weight: FloatArray) -> None:
    """Raise when nothing is left of a column, or only what another has too."""
    size = np.sqrt(weight @ within**2)
    whole = np.sqrt(weight @ (x - x.mean(axis=0)) ** 2)
    rank = int(np.linalg.matrix_rank(within * np.sqrt(weight)[:, None] / np.maximum(size, 1e-300), tol=1e-6))
    if (size <= OWN * whole).any() or rank < x.shape[1]:
        rank = min(rank, int((size > OWN * whole).sum()))
        raise MethodError(
            say(N_("Only {rank} of {k} columns can be told apart."), rank=rank, k=x.shape[1]),
            say(N_("Poisson regression inside areas")),
            say(N_("Take out columns that never change inside an area, change alike everywhere, or repeat another.")),
        )


def _clustered(
    within: FloatArray, mean: FloatArray, residual: FloatArray, region: IntArray, period: IntArray
) -> FloatArray:
    """Covariance with rows of a region, and rows of a period, going together."""
    bread = np.linalg.pinv(within.T @ (within * mean[:, None]), hermitian=True)
    score = within * residual[:, None]
    by_region, by_period = (_filling(score, group) for group in (region, period))
    both = by_region + by_period - score.T @ score
    filling = both if (np.diag(bread @ (both - by_region) @ bread) >= 0).all() else by_region
    return np.asarray(bread @ filling @ bread)


def _filling(score: FloatArray, group: IntArray) -> FloatArray:
    sums = np.column_stack([np.bincount(group, column) for column in score.T])
    return np.asarray(sums.T @ sums * len(sums) / max(len(sums) - 1, 1))


def _unsettled() -> MethodError:
    return MethodError(
        say(N_("The regression does not settle after {n} rounds."), n=MAX_ROUNDS),
        say(N_("Poisson regression inside areas")),
        say(N_("Take out columns that are nearly the same, or that mark a handful of rows.")),
    )
