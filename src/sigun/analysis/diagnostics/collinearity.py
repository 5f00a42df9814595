"""How far factors repeat one another (다중공선성): variance inflation and the condition number."""

from __future__ import annotations

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray

REPEATS = 1e-12  # share of a column's spread that must be its own


def vif(x: FloatArray) -> FloatArray:
    """Variance inflation factors, (k,): 1 / (1 - R²) of each column on the others; infinite for one that repeats them.

    Give the columns as the estimator sees them: as they are for pooled or between, as deviations for within.

    Parameters
    ----------
    x : (n, k) columns in any unit, without a constant; their means are taken out here.

    References
    ----------
    Belsley, Kuh & Welsch (1980), Regression Diagnostics, ch. 3.

    Examples
    --------
    >>> vif(np.array([[1.0, 1.0], [2.0, 1.0], [3.0, 2.0], [4.0, 2.0]])).round(6).tolist()
    [5.0, 5.0]
    """
    scaled = _scaled(x)
    own = np.array([_own_share(scaled, j) for j in range(scaled.shape[1])])
    return np.asarray(np.divide(1.0, own, out=np.full(len(own), np.inf), where=own > REPEATS))


def condition_number(x: FloatArray) -> float:
    """Largest over smallest singular value of the columns, means taken out and each of length one; above 30 is much.

    Parameters
    ----------
    x : (n, k) columns in any unit, without a constant.

    References
    ----------
    Belsley, Kuh & Welsch (1980), ch. 3 (there with the constant; here centred, for the constant is absorbed).

    Examples
    --------
    >>> round(condition_number(np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]])), 6)
    1.0
    """
    sizes = np.linalg.svd(_scaled(x), compute_uv=False)
    return float(sizes[0] / sizes[-1]) if sizes[-1] > REPEATS * sizes[0] else float("inf")


def _own_share(scaled: FloatArray, j: int) -> float:
    """Share of one column's squares that the others do not tell."""
    others = np.delete(scaled, j, axis=1)
    left = scaled[:, j] - others @ np.linalg.lstsq(others, scaled[:, j], rcond=1e-10)[0]
    return float(left @ left)


def _scaled(x: FloatArray) -> FloatArray:
    """Columns less their means, each of length one; a constant one stays zero."""
    centred = x - x.mean(axis=0)
    size = np.sqrt(np.sum(centred**2, axis=0))
    flat = size <= REPEATS * np.sqrt(np.sum(x**2, axis=0))
    return np.asarray(np.where(flat, 0.0, centred / np.where(flat, 1.0, size)))
