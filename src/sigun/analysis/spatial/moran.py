"""Moran's I (모란 지수): whether neighbours are alike, in values, in residuals, and in a panel of residuals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from sigun.analysis.spatial.sample import require_left
from sigun.analysis.statistics.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Moran:
    """How alike neighbours are, beside what chance gives."""

    index: float  # near `expected`: no pattern; towards 1: neighbours are alike
    expected: float
    z: float  # distance from expected in standard deviations
    p: float  # two-sided


@dataclass(frozen=True, slots=True)
class PanelMoran:
    """Moran's I of a panel, beside what shuffling the regions gives."""

    index: float  # mean over the periods
    by_period: FloatArray  # (T,)
    low: float  # 2.5 % and 97.5 % of the shuffled
    high: float
    p: float  # two-sided, by permutation
    draws: int


def moran(values: FloatArray, weight: Any) -> Moran:
    """Moran's I of values, with its expectation and variance if they were normal and independent.

    Parameters
    ----------
    values : (n,) one a region, in any unit.
    weight : (n, n) scipy CSR of neighbours, 0 on the diagonal; row-standardised, usually.

    References
    ----------
    Cliff & Ord (1981), Spatial Processes, 1.4 and 2.3.

    Examples
    --------
    >>> from scipy import sparse
    >>> line = sparse.csr_matrix([[0, 1, 0, 0], [0.5, 0, 0.5, 0], [0, 0.5, 0, 0.5], [0, 0, 1, 0]])
    >>> round(moran(np.array([1.0, 2.0, 3.0, 4.0]), line).index, 6)
    0.4
    """
    return moran_residuals(values - values.mean(), np.empty((len(values), 0)), weight)


def moran_residuals(residuals: FloatArray, x: FloatArray, weight: Any) -> Moran:
    """Moran's I of least-squares residuals, with the expectation and variance that the fit itself leaves.

    Parameters
    ----------
    residuals : (n,) of least squares on `x`.
    x : (n, k) factors of the fit; its constant is put in here, and one among them makes no difference.
    weight : (n, n) scipy CSR of neighbours, 0 on the diagonal.

    Raises
    ------
    MethodError
        All residuals are 0.

    References
    ----------
    Cliff & Ord (1981), Spatial Processes, 8.3; Anselin (1988), Spatial Econometrics, eq. 8.1–8.4.
    """
    require_left(residuals, residuals)
    columns = np.column_stack([np.ones(len(x)), x[:, np.ptp(x, axis=0) > 0]])
    n, k = columns.shape
    q = np.linalg.qr(columns)[0]
    scale = n / float(weight.sum())
    first = -float(np.sum(q * (weight @ q)))  # tr(MW), nothing being on the diagonal
    around, about = weight @ q, weight.T @ q
    inner = q.T @ around
    square = (
        float((weight.multiply(weight.T)).sum()) - 2 * float(np.sum(about * around)) + float(np.sum(inner * inner.T))
    )
    product = (
        float((weight.multiply(weight)).sum()) - float(np.sum(around**2) + np.sum(about**2)) + float(np.sum(inner**2))
    )
    mean = first / (n - k)
    variance = (product + square + first**2) / ((n - k) * (n - k + 2)) - mean**2
    index = scale * float(residuals @ (weight @ residuals)) / float(residuals @ residuals)
    z = (index - scale * mean) / (scale * math.sqrt(variance))
    return Moran(index, scale * mean, z, math.erfc(abs(z) / math.sqrt(2)))


def moran_panel(residuals: FloatArray, weight: Any, draws: int, rng: np.random.Generator) -> PanelMoran:
    """Moran's I in each period and on the mean, with the p of shuffling the regions.

    A shuffle moves a region's whole history to another place, the same in every period: residuals of one region go
    on from year to year, and shuffling each period by itself would take these years for as many independent maps.

    Parameters
    ----------
    residuals : (G, T) of a complete panel, in outcome units.
    weight : (G, G) scipy CSR, rows adding up to 1, in the order of the regions.
    draws : shuffles.

    References
    ----------
    Cliff & Ord (1981), 2.4 (permutation); p = (1 + as far out) / (1 + draws), two-sided: twice the smaller tail.

    Examples
    --------
    >>> from scipy import sparse
    >>> ring = sparse.csr_matrix(0.5 * (np.roll(np.eye(12), 1, 0) + np.roll(np.eye(12), -1, 0)))
    >>> wave = np.cos(np.arange(12) * np.pi / 6)[:, None] * np.array([1.0, -2.0, 0.5])
    >>> found = moran_panel(wave, ring, 199, np.random.default_rng(1))
    >>> round(found.index, 4), found.p
    (0.866, 0.01)
    """
    off = residuals - residuals.mean(axis=0)
    own = np.sum(off**2, axis=0) * float(weight.sum()) / len(off)
    seen = _by_period(off, weight, own)
    shuffled = np.array([_by_period(off[rng.permutation(len(off))], weight, own).mean() for _draw in range(draws)])
    index, slack = float(seen.mean()), 1e-12
    tails = np.sum(shuffled >= index - slack), np.sum(shuffled <= index + slack)
    low, high = np.quantile(shuffled, [0.025, 0.975])
    return PanelMoran(index, seen, float(low), float(high), min(1.0, 2 * (1 + float(min(tails))) / (1 + draws)), draws)


def _by_period(off: FloatArray, weight: Any, own: FloatArray) -> FloatArray:
    """Moran's I of each column; 0 in a period without any spread."""
    across = np.sum(off * (weight @ off), axis=0)
    return np.asarray(np.divide(across, own, out=np.zeros(len(own)), where=own > 0))
