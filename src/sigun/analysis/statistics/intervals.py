"""Intervals (구간 추정): how sure a rate, a share or a resampled figure is; 90 % unless `level` says more."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

LEVEL = 0.90
Bounds = tuple[FloatArray, FloatArray]


def z_of(level: float = LEVEL) -> float:
    """Half-width of a normal interval, in standard errors: 1.645 for 90 %."""
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2))


def t_of(free: int, level: float = LEVEL) -> float:
    """The same where the error itself was estimated with `free` degrees of freedom (Student's t): 1.706 for 26."""
    from scipy.special import stdtrit

    return float(stdtrit(free, (1 + level) / 2))


def wilson(hits: ArrayLike, n: ArrayLike, level: float = LEVEL) -> Bounds:
    """Score interval of a share (윌슨 구간): it stays inside 0–1 and holds for small n.

    Parameters
    ----------
    hits, n : (m,) counts, hits of n; where n is 0 both bounds are NaN.

    References
    ----------
    Wilson (1927), JASA 22:209; Brown, Cai & DasGupta (2001), Statistical Science 16:101.

    Examples
    --------
    >>> low, high = wilson([0, 5], [10, 10])
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 0.269], [0.213, 0.731])
    """
    z = z_of(level)
    trials = np.asarray(n, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.asarray(hits, dtype=float) / trials
        middle = (share + z**2 / (2 * trials)) / (1 + z**2 / trials)
        half = z / (1 + z**2 / trials) * np.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    told = trials > 0
    low = np.where(told, np.clip(middle - half, 0.0, 1.0), np.nan)
    high = np.where(told, np.clip(middle + half, 0.0, 1.0), np.nan)
    return low, high


def rate_interval(count: ArrayLike, exposure: ArrayLike, dispersion: ArrayLike = 1.0, level: float = LEVEL) -> Bounds:
    """Interval of a rate (발생률 구간): exact Poisson, widened where counts vary more than Poisson.

    With dispersion φ, count/φ is treated as Poisson; φ below 1 counts as 1.

    Parameters
    ----------
    count : (m,) reports.
    exposure : (m,) days, population …; where it is 0 both bounds are NaN. The bounds are per unit of it.

    References
    ----------
    Garwood (1936), Biometrika 28:437; McCullagh & Nelder (1989), ch. 6.2 for φ.

    Examples
    --------
    >>> low, high = rate_interval([0, 10], [1.0, 1.0])
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 5.425], [2.996, 16.962])
    """
    from scipy.special import gammaincinv

    spread = np.maximum(1.0, dispersion)
    tail = (1 - level) / 2
    shape = np.asarray(count, dtype=float) / spread
    at_risk = np.asarray(exposure, dtype=float)
    per = np.where(at_risk > 0, at_risk, np.nan)
    low = np.where(shape > 0, gammaincinv(np.maximum(shape, 1e-300), tail), 0.0)
    return spread * low / per, spread * gammaincinv(shape + 1, 1 - tail) / per


def dispersion_of(count: FloatArray, expected: FloatArray, estimated: int) -> float:
    """Pearson chi-square per degree of freedom, at least 1 (과산포): how much more counts vary than Poisson.

    Parameters
    ----------
    count, expected : (m,) what came, and what the model says; rows with expectation 0 are left out.
    estimated : how many means were estimated from these counts.

    Examples
    --------
    >>> dispersion_of(np.array([0.0, 20.0]), np.array([10.0, 10.0]), 1)
    20.0
    """
    used = expected > 0
    free = int(used.sum()) - estimated
    if free < 1:
        return 1.0
    return max(1.0, float(np.sum((count[used] - expected[used]) ** 2 / expected[used]) / free))


def resampled_sums(blocks: FloatArray, draws: int, rng: np.random.Generator) -> FloatArray:
    """Column sums when whole blocks are drawn again with replacement (블록 붓스트랩).

    Blocks (weeks …) keep together what comes together, so bursts widen the interval.

    Parameters
    ----------
    blocks : (b, k) one row a block.

    Returns
    -------
    (draws, k) sums.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 8.6.

    Examples
    --------
    >>> resampled_sums(np.full((4, 2), 3.0), 2, np.random.default_rng(1)).tolist()
    [[12.0, 12.0], [12.0, 12.0]]
    """
    b = len(blocks)
    times = rng.multinomial(b, np.full(b, 1 / b), size=draws)
    return times @ blocks


def middle_of(draws: FloatArray, level: float = LEVEL) -> Bounds:
    """Bounds that hold the middle `level` of the draws, down each column; NaN where a draw is NaN.

    Examples
    --------
    >>> [float(bound.round(6)) for bound in middle_of(np.arange(101.0))]
    [5.0, 95.0]
    """
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return np.asarray(low), np.asarray(high)
