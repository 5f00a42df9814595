"""Correlation (상관): by rank across areas, and inside areas over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sigun.analysis.statistics.intervals import z_of

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

LEAST = 5  # pairs: with fewer there is no interval
HELD = 4_000_000  # numbers held at once
SETTLED = 1e-10
ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class Correlations:
    """One coefficient a column, with a 90 % interval and a two-sided p. NaN where there is no answer."""

    rho: FloatArray  # (k,) between -1 and 1
    low: FloatArray
    high: FloatArray
    p: FloatArray
    size: FloatArray  # independent areas that would tell as much


def rank_correlations(
    y: FloatArray, x: FloatArray, points: FloatArray, draws: int, rng: np.random.Generator
) -> Correlations:
    """Spearman's rank correlation of one outcome with each of several columns across areas (순위상관).

    p comes from shuffling the outcome over the areas, the same shuffles for every column; the interval from Fisher's z
    with Bonett and Wright's standard error. Areas near each other are alike, so they tell less than as many strangers:
    both are widened to what the effective number of areas gives. A column that never changes, or fewer than five
    areas, has no answer.

    Parameters
    ----------
    y : (n,) outcome, in any unit.
    x : (n, k) columns, nothing missing.
    points : (n, 2) a point of each area, metres.
    draws : shuffles.

    References
    ----------
    Bonett & Wright (2000), Psychometrika 65:23–28; Clifford, Richardson & Hémon (1989), Biometrics 45:123–134.

    Examples
    --------
    >>> y, x = np.array([1.0, 2, 3, 4, 5, 6]), np.array([[2.0], [1], [4], [3], [6], [5]])
    >>> points = np.random.default_rng(1).random((6, 2))
    >>> rank_correlations(y, x, points, 999, np.random.default_rng(1)).rho.round(3).tolist()
    [0.829]
    """
    n, k = x.shape
    if n < LEAST:
        return _no_answer(k)
    own, others = _standard_ranks(y[:, None])[:, 0], _standard_ranks(x)
    rho = np.clip(own @ others, -1.0, 1.0)
    size = effective_size(own, others, points)
    seen = np.abs(rho) * np.sqrt((size - 1) / (n - 1)) - 1e-12
    beyond = np.zeros(k, np.int64)
    step = max(1, HELD // n)
    for first in range(0, draws, step):
        shuffled = rng.permuted(np.tile(own, (min(step, draws - first), 1)), axis=1)
        beyond += np.sum(np.abs(shuffled @ others) >= seen, axis=0)
    half = z_of() * np.sqrt((1 + rho**2 / 2) / np.maximum(size - 3, 0.1))
    middle = _fisher(rho)
    found = np.array([rho, np.tanh(middle - half), np.tanh(middle + half), (1 + beyond) / (1 + draws), size])
    found[:, (np.ptp(x, axis=0) == 0) | (np.ptp(y) == 0)] = np.nan
    return Correlations(*found)


def effective_size(y: FloatArray, x: FloatArray, points: FloatArray) -> FloatArray:
    """How many areas independent of each other would tell as much about the correlation, from 3 to n (유효 표본 수).

    The variance of a correlation of two patterns that are unrelated but each alike nearby, from their
    autocorrelations in classes of distance.

    Parameters
    ----------
    y : (n,) outcome, mean 0 and length 1.
    x : (n, k) columns, mean 0 and length 1.
    points : (n, 2) a point of each area, metres.

    References
    ----------
    Clifford, Richardson & Hémon (1989), Biometrics 45:123–134.
    """
    n = len(y)
    left, right = np.triu_indices(n, 1)
    apart = np.hypot(*(points[left] - points[right]).T)
    classes = int(np.ceil(1 + np.log2(len(apart))))  # Sturges
    where = np.minimum((apart / (apart.max() or 1.0) * classes).astype(np.int64), classes - 1)
    pairs = np.maximum(np.bincount(where, minlength=classes), 1)
    own = np.bincount(where, y[left] * y[right], classes)
    others = np.array([np.bincount(where, column[left] * column[right], classes) for column in x.T])
    variance = 1 / n + 2 * (others * own / pairs).sum(axis=1)  # pairs both ways, and each area with itself
    return np.asarray(np.clip(1 + 1 / np.maximum(variance, 1e-9), 3.0, n))


def within_correlation(
    y: FloatArray, x: FloatArray, region: IntArray, period: IntArray, draws: int, rng: np.random.Generator
) -> Correlations:
    """Correlation inside regions over time, what all regions share in a period taken out (지역 내 상관).

    Region means and period means are removed from both; whole regions are drawn again with replacement for the
    interval and the p (Student's t with one degree of freedom less than there are regions), because the months of one
    region are not independent of each other.

    Parameters
    ----------
    y, x : (n,) outcome and column, in any unit; nothing missing.
    region, period : (n,) which of each row, numbered from 0 without gaps.
    draws : samples of regions.

    References
    ----------
    Cameron, Gelbach & Miller (2008), Rev. Econ. Stat. 90:414–427 (pairs cluster bootstrap).

    Examples
    --------
    >>> region, period = np.repeat(np.arange(6), 4), np.tile(np.arange(4), 6)
    >>> x = np.random.default_rng(1).random(24)
    >>> within_correlation(x + 10.0 * region, x, region, period, 99, np.random.default_rng(1)).rho.round(6).tolist()
    [1.0]
    """
    from scipy.stats import t

    regions, periods = len(np.unique(region)), len(np.unique(period))
    if regions < LEAST or periods < 2:
        return _no_answer(1)
    y_off, x_off = remove_means(y, region, period), remove_means(x, region, period)
    products = np.column_stack([y_off * x_off, y_off**2, x_off**2])
    sums = np.column_stack([np.bincount(region, column, regions) for column in products.T])
    if (sums.sum(axis=0)[1:] <= 1e-12 * np.array([y @ y, x @ x])).any():
        return _no_answer(1)
    times = rng.multinomial(regions, np.full(regions, 1 / regions), size=draws).astype(float)
    rho = _rho(sums.sum(axis=0)[None])
    error = float(_fisher(_rho(times @ sums)).std(ddof=1)) * np.sqrt(regions / (regions - 1))
    middle, student = _fisher(rho), t(regions - 1)
    half = student.ppf(0.95) * error
    p = 2 * student.sf(np.abs(middle) / max(error, 1e-12))
    return Correlations(rho, np.tanh(middle - half), np.tanh(middle + half), np.asarray(p), np.array([float(regions)]))


def remove_means(values: FloatArray, region: IntArray, period: IntArray) -> FloatArray:
    """Values (n,) less what is common to their region and to their period; some pairs may be missing.

    >>> region, period = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> remove_means(np.array([1.0, 2.0, 11.0, 12.0]), region, period).round(9).tolist()
    [0.0, 0.0, 0.0, 0.0]
    """
    off = values - values.mean()
    scale = float(np.abs(off).max()) or 1.0
    for _round in range(ROUNDS):
        before = off
        for group in (region, period):
            off = off - (np.bincount(group, off) / np.bincount(group))[group]
        if np.abs(off - before).max() <= SETTLED * scale:
            break
    return np.asarray(off)


def _standard_ranks(x: FloatArray) -> FloatArray:
    """Ranks down each column, mean 0 and length 1, so that a product of two is their correlation."""
    from scipy.stats import rankdata

    off = rankdata(x, axis=0)
    off = off - off.mean(axis=0)
    length = np.sqrt((off**2).sum(axis=0))
    return np.asarray(np.divide(off, length, out=np.zeros_like(off), where=length > 0))


def _rho(sums: FloatArray) -> FloatArray:
    below = np.sqrt(sums[:, 1] * sums[:, 2])
    return np.divide(sums[:, 0], below, out=np.zeros(len(sums)), where=below > 0)


def _fisher(rho: FloatArray) -> FloatArray:
    """Fisher's z; a perfect correlation stays finite."""
    return np.asarray(np.arctanh(np.clip(rho, -1 + 1e-9, 1 - 1e-9)))


def _no_answer(k: int) -> Correlations:
    return Correlations(*np.full((5, k), np.nan))
