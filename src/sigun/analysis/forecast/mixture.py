"""The mixture (혼합): how much each kernel weighs, learned by expectation and maximisation."""

from __future__ import annotations

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray

ROUNDS = 100  # further rounds gained nothing on Boston 2014–2017: stopping early keeps similar kernels together


def fit_weights(shares: FloatArray, reports: FloatArray, rounds: int = ROUNDS) -> FloatArray:
    """Weights (k,), none negative, adding up to 1, under which the places of the reports were likeliest.

    Given the total of a horizon, Poisson counts with means λ = total × Σ weight × share are multinomial, so the
    likelihood is that of a mixture and the update is the classic one: each weight times the mean share of the
    reports its kernel accounts for.

    Parameters
    ----------
    shares : (k, r) what each kernel gave the place of r past cells in which reports came.
    reports : (r,) how many came there.

    References
    ----------
    Dempster, Laird & Rubin (1977), Journal of the Royal Statistical Society B 39, 1-38.

    Examples
    --------
    >>> fit_weights(np.array([[0.9, 0.8], [0.1, 0.1]]), np.array([3.0, 1.0])).round(3).tolist()
    [1.0, 0.0]
    """
    weights = np.full(len(shares), 1.0 / len(shares))
    for _round in range(rounds):
        mixed = np.maximum(weights @ shares, 1e-300)
        weights = weights * (shares @ (reports / mixed))
        weights /= weights.sum()
    return np.asarray(weights)
