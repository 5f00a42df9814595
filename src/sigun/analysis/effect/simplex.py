"""Weights that add up to one (합이 1인 가중치): least squares over the simplex, exactly."""

from __future__ import annotations

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray


def simplex_weights(target: FloatArray, donors: FloatArray, ridge: float = 0.0, intercept: bool = False) -> FloatArray:
    """The mean of the donors, weights not below zero and adding up to one, that is nearest to the target.

    Parameters
    ----------
    target : (t,) in its own unit.
    donors : (t, j) a column each, in the same unit.
    ridge : penalty on the sum of squared weights, in squared units; it spreads them.
    intercept : whether a constant distance between target and mean is free.

    Returns
    -------
    (j,) weights.

    Notes
    -----
    The nearest point of a convex hull by non-negative least squares: minimise |D u|² + (1'u - 1)² over u >= 0, D being
    the donors less the target; the minimiser is a multiple of the weights, whatever the scale of D.

    References
    ----------
    Lawson & Hanson (1974), Solving Least Squares Problems, ch. 23;
    Abadie, Diamond & Hainmueller (2010), JASA 105:493-505.

    Examples
    --------
    >>> simplex_weights(np.array([1.0, 2.0]), np.array([[0.0, 2.0, 9.0], [1.0, 3.0, 0.0]])).round(6).tolist()
    [0.5, 0.5, 0.0]
    """
    from scipy.optimize import nnls

    away = donors - target[:, None]
    if intercept:
        away = away - away.mean(axis=0)
    scale = float(np.sqrt(np.mean(away**2))) or 1.0
    rows = [away / scale, np.ones((1, donors.shape[1]))]
    if ridge > 0:
        rows.insert(1, np.sqrt(ridge) / scale * np.eye(donors.shape[1]))
    stacked = np.vstack(rows)
    found, _ = nnls(stacked, np.append(np.zeros(len(stacked) - 1), 1.0))
    return np.asarray(found / found.sum(), dtype=np.float64)
