"""Whether regions move together (횡단면 의존성): Pesaran's CD of the residuals of a panel."""

from __future__ import annotations

import math

import numpy as np

from sigun.analysis.regression.tests import Test
from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.errors import MethodError
from sigun.text import N_, say

FEWEST = 3  # periods two regions share before their correlation says anything


def pesaran_cd(residuals: FloatArray, region: IntArray, period: IntArray) -> Test:
    """Pesaran's CD: the correlations of all pairs of regions, each times the root of the periods they share, added up.

    About normal when regions do not move together, for a panel without period effects. Period effects take the common
    part out, the correlations add up to less than nothing and CD is no longer normal (Juodis & Reese 2022): after
    them, look at Moran's I as well.

    Parameters
    ----------
    residuals : (n,) in outcome units.
    region, period : (n,) of each row, any whole numbers. Pairs that share fewer than three periods, or of which one
        does not vary over those, count for nothing.

    Returns
    -------
    The statistic, standard normal under independence (`df` is 0), two-sided p.

    Raises
    ------
    MethodError
        No two regions share three periods.

    References
    ----------
    Pesaran (2004), CESifo Working Paper 1229, eq. 31; unbalanced panels: the same, section 9.

    Examples
    --------
    >>> move = np.array([1.0, -1.0, 2.0, -2.0])
    >>> region, period = np.repeat([0, 1], 4), np.tile(np.arange(4), 2)
    >>> round(pesaran_cd(np.concatenate([move, move]), region, period).statistic, 6)
    2.0
    """
    value, there = _grid(residuals, region, period)
    correlation, shared = _correlations(value, there)
    upper = np.triu(np.isfinite(correlation), 1)
    if not upper.any():
        raise MethodError(
            say(N_("No two regions share {n} periods."), n=FEWEST),
            say(N_("dependence between regions")),
            say(N_("Take a longer span, or leave the check out.")),
        )
    pairs = int(upper.sum())
    statistic = float(np.sum(np.sqrt(shared[upper]) * correlation[upper]) / math.sqrt(pairs))
    return Test(statistic, 0, math.erfc(abs(statistic) / math.sqrt(2)))


def unit_residuals(y: FloatArray, x: FloatArray, region: IntArray) -> FloatArray:
    """Residuals (n,) of least squares fitted to each region by itself, with its own constant and slopes.

    Parameters
    ----------
    y : (n,) outcome.
    x : (n, k) factors, without a constant.
    region : (n,) of each row. A region with no more rows than coefficients has residuals of zero.

    Examples
    --------
    >>> unit_residuals(np.array([1.0, 2.0, 4.0]), np.array([[0.0], [1.0], [2.0]]), np.zeros(3, int)).round(4).tolist()
    [0.1667, -0.3333, 0.1667]
    """
    left = np.empty(len(y))
    for number in np.unique(region):
        rows = region == number
        design = np.column_stack([np.ones(int(rows.sum())), x[rows]])
        left[rows] = y[rows] - design @ np.linalg.lstsq(design, y[rows], rcond=None)[0]
    return left


def _grid(residuals: FloatArray, region: IntArray, period: IntArray) -> tuple[FloatArray, FloatArray]:
    """Residuals as (G, T), zero where not observed, and 1 where observed."""
    rows, row = np.unique(region, return_inverse=True)
    columns, column = np.unique(period, return_inverse=True)
    value, there = np.zeros((len(rows), len(columns))), np.zeros((len(rows), len(columns)))
    value[row, column], there[row, column] = residuals, 1.0
    return value, there


def _correlations(value: FloatArray, there: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(G, G) correlations over the periods two regions share, NaN where there is none; and how many they share."""
    shared = there @ there.T
    many = np.maximum(shared, 1.0)
    mine, other = value @ there.T, there @ value.T
    squares, others = (value**2) @ there.T, there @ (value**2).T
    together = value @ value.T - mine * other / many
    spread, spreads = squares - mine**2 / many, others - other**2 / many
    varies = (shared >= FEWEST) & (spread > 1e-12 * squares) & (spreads > 1e-12 * others)
    product = np.sqrt(np.where(varies, spread * spreads, 1.0))
    return np.where(varies, together / product, np.nan), shared
