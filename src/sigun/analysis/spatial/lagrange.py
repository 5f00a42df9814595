"""Lagrange multiplier tests (라그랑주 승수 검정): which spatial model the residuals of least squares ask for."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sigun.analysis.regression.tests import Test
from sigun.analysis.spatial.sample import SpatialSample, around, require_left, with_constant, without_effects
from sigun.analysis.statistics.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Lagrange:
    """Four tests; a robust one bears with the other kind of dependence."""

    error: Test
    lag: Test
    robust_error: Test
    robust_lag: Test


def lagrange(sample: SpatialSample) -> Lagrange:
    """LM tests for a spatial error and a spatial lag, and their robust forms, each chi-squared with one degree.

    For panels with region (and period) levels the cross-sections count as one fewer than the periods.

    References
    ----------
    Anselin, Bera, Florax & Yoon (1996), Reg. Sci. Urban Econ. 26:77–104; panels: Anselin, Le Gallo & Jayet (2008) in
    Mátyás & Sevestre, ch. 19, and Debarsy & Ertur (2010), Reg. Sci. Urban Econ. 40:453–470.

    Examples
    --------
    >>> from scipy import sparse
    >>> ring = sparse.csr_matrix(0.5 * (np.roll(np.eye(12), 1, 0) + np.roll(np.eye(12), -1, 0)))
    >>> wave = np.cos(np.arange(12) * np.pi / 6)[:, None]
    >>> factor = np.tile([1.0, -1.0, 0.0], 4)[:, None, None]
    >>> sample = SpatialSample(wave, factor, ring, "constant", np.arange(12), np.arange(0), np.arange(1))
    >>> round(lagrange(sample).error.statistic, 4)
    9.0
    """
    x = without_effects(sample, with_constant(sample, sample.x))
    y, lagged = (without_effects(sample, v)[:, 0] for v in (sample.y[:, :, None], _beside(sample, sample.y)))
    beta = np.linalg.lstsq(x, y, rcond=None)[0]
    residuals = y - x @ beta
    require_left(sample.y, residuals)
    spread = float(residuals @ residuals) / sample.degrees
    beside = without_effects(sample, _beside(sample, residuals))[:, 0]
    fitted = without_effects(sample, _beside(sample, x @ beta))[:, 0]
    own = fitted - x @ np.linalg.lstsq(x, fitted, rcond=None)[0]
    level, trace = _traces(sample)
    whole = trace + float(own @ own) / spread
    error, lag = float(residuals @ beside) / spread - level, float(residuals @ lagged) / spread - level
    return Lagrange(
        _test(error**2, trace),
        _test(lag**2, whole),
        _test((error - trace / whole * lag) ** 2, trace - trace**2 / whole),
        _test((lag - error) ** 2, whole - trace),
    )


def _beside(sample: SpatialSample, values: FloatArray) -> FloatArray:
    """The neighbours' mean of one column, (G, T, 1)."""
    return around(sample, values.reshape(*sample.y.shape, 1))


def _traces(sample: SpatialSample) -> tuple[float, float]:
    """What e'We / sigma² is on the mean, and the information of the spatial coefficient, under independence.

    The mean is 0 but for period levels: on what is left of a map without its mean, W has a trace of -1 (its rows add
    up to 1). Left out, 31 regions over 15 years would look unlike their neighbours by a whole standard deviation.
    """
    square = float(sample.weight.multiply(sample.weight.T).sum() + sample.weight.power(2).sum())
    if sample.effects != "twoway":
        return 0.0, sample.repeats * square
    columns = np.asarray(sample.weight.sum(axis=0)).ravel()
    square -= 1.0 + float(columns @ columns) / len(columns)
    level = -float(sample.repeats)
    return level, sample.repeats * square - 2 * level**2 / sample.degrees


def _test(squared: float, variance: float) -> Test:
    """Chi-squared with one degree; NaN where the two kinds cannot be told apart (no variance)."""
    from scipy.special import chdtrc

    if variance <= 1e-9 * (1.0 + squared):
        return Test(math.nan, 1, math.nan)
    return Test(squared / variance, 1, float(chdtrc(1, squared / variance)))
