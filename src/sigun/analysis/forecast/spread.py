"""Spread of counts (과산포): negative-binomial intervals whose width is learned from past errors."""

from __future__ import annotations

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray

LEAST = 1e-6  # below this a negative binomial is a Poisson
TRIED = np.concatenate([[0.0], np.geomspace(0.002, 4.0, 36)])


def fit_spread(counts: FloatArray, means: FloatArray) -> float:
    """The spread φ (variance = mean + φ·mean²) under which the counts are likeliest, of a fixed ladder of values.

    Parameters
    ----------
    counts, means : (n,) what came and what was expected.

    Examples
    --------
    >>> fit_spread(np.array([10.0, 10.0, 9.0, 11.0]), np.full(4, 10.0))
    0.0
    """
    likelihood = [float(log_chance(counts, means, spread).sum()) for spread in TRIED]
    return float(TRIED[int(np.argmax(likelihood))])


def log_chance(counts: FloatArray, means: FloatArray, spread: FloatArray | float) -> FloatArray:
    """Log of the chance of each count (n,) under a negative binomial with that mean and spread."""
    from scipy import special

    mean = np.maximum(means, 1e-12)
    shape = 1.0 / np.maximum(spread, LEAST)
    few = -shape * np.log1p(mean / shape)
    some = np.asarray(counts) > 0
    more = np.zeros_like(mean)
    y, m = np.asarray(counts)[some], mean[some]
    k = np.broadcast_to(shape, mean.shape)[some]
    more[some] = special.gammaln(y + k) - special.gammaln(k) - special.gammaln(y + 1) + y * np.log(m / (k + m))
    return few + more


def quantile(means: FloatArray, spread: FloatArray | float, share: float) -> FloatArray:
    """The least count that at least `share` of outcomes do not exceed, (n,).

    >>> quantile(np.array([0.0, 4.0]), 0.0, 0.95).tolist()
    [0.0, 8.0]
    """
    from scipy import stats

    mean = np.maximum(means, 1e-12)
    shape = 1.0 / np.maximum(spread, LEAST)
    return np.asarray(stats.nbinom.ppf(share, shape, shape / (shape + mean)), dtype=float)


def chance_of_any(means: FloatArray, spread: FloatArray | float) -> FloatArray:
    """Chance of at least one report, (n,)."""
    shape = 1.0 / np.maximum(spread, LEAST)
    return np.asarray(-np.expm1(-shape * np.log1p(means / shape)))


def chance_between(low: FloatArray, high: FloatArray, means: FloatArray, spread: FloatArray | float) -> FloatArray:
    """Chance of a count from `low` to `high`, both included, (n,): what an interval of whole numbers really holds.

    >>> chance_between(np.array([0.0]), np.array([1.0]), np.array([0.1]), 0.0).round(3).tolist()
    [0.995]
    """
    from scipy import stats

    shape = 1.0 / np.maximum(spread, LEAST)
    share = shape / (shape + np.maximum(means, 1e-12))
    return np.asarray(stats.nbinom.cdf(high, shape, share) - stats.nbinom.cdf(low - 1, shape, share))


def ranks(counts: FloatArray, means: FloatArray, spread: FloatArray | float, chance: FloatArray) -> FloatArray:
    """Randomised probability integral transform (n,): even on 0–1 when the distribution is right.

    `chance` (n,) are draws on 0–1.

    References
    ----------
    Czado, Gneiting & Held (2009), Biometrics 65, 1254-1261.
    """
    from scipy import stats

    shape = 1.0 / np.maximum(spread, LEAST)
    below = stats.nbinom.cdf(counts - 1, shape, shape / (shape + np.maximum(means, 1e-12)))
    return np.asarray(below + chance * np.exp(log_chance(counts, means, spread)))
