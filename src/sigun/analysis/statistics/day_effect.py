"""Daily counts beside one daily column (일별 건수와 하루 변수), the calendar held equal."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

import numpy as np
from numpy.typing import NDArray

from sigun.analysis.statistics.glm import fit_poisson
from sigun.analysis.statistics.intervals import z_of

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

LEAST_LAG = 7  # days: what happens on a day may show in the reports of the whole week
ROUND = (1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class DayEffect:
    """How reports differ between days that differ in one thing."""

    per: float  # size of the step, in the column's unit
    ratio: float  # reports on a day one step higher, per report on a day that is not
    low: float  # 90 % interval
    high: float
    p: float  # two-sided


def calendar_columns(weekday: IntArray, month: IntArray, stretch: IntArray) -> FloatArray:
    """A level for each stretch of time, and contrasts of weekday and month of the year: (n, k), of full rank.

    Parameters
    ----------
    weekday, month : (n,) 0–6 and 1–12.
    stretch : (n,) year and regime of each day, any numbers.

    Examples
    --------
    >>> calendar_columns(np.array([0, 1, 0, 1]), np.array([1, 1, 1, 1]), np.array([7, 7, 8, 8])).astype(int).tolist()
    [[1, 0, 0], [1, 0, 1], [0, 1, 0], [0, 1, 1]]
    """
    parts = [_dummies(stretch)] + [_dummies(part)[:, 1:] for part in (weekday, month)]
    return _independent(np.hstack(parts))


def day_effect(count: FloatArray, x: FloatArray, calendar: FloatArray, day: IntArray) -> DayEffect:
    """Ratio of reports for one step more of `x`, days of the same weekday, month and stretch compared (준포아송 회귀).

    The step is a round number near one standard deviation of what the calendar leaves of `x`. Standard errors are
    Newey and West's, a week of lags at least (the reports of one day are not independent of the day before), from
    residuals each day had no hand in (a snowy day pulls the line towards itself); never below those of the regression,
    since the former swing widely where a few days tell nearly all.

    Parameters
    ----------
    count : (n,) reports a day.
    x : (n,) the column, in its own unit, nothing missing.
    calendar : (n, k) from `calendar_columns`.
    day : (n,) day number; gaps are days not observed.

    Raises
    ------
    MethodError
        No reports, or nothing is left of `x` beside the calendar.

    References
    ----------
    Newey & West (1987), Econometrica 55:703–708, on the scores of the Poisson likelihood;
    Mancl & DeRouen (2001), Biometrics 57:126–134, for the residuals.

    Examples
    --------
    >>> day = np.arange(400)
    >>> x = np.random.default_rng(1).normal(size=400)
    >>> found = day_effect(np.exp(2 + 0.5 * x), x, np.ones((400, 1)), day)
    >>> found.per, round(found.ratio, 3)
    (1.0, 1.649)
    """
    from scipy.stats import norm

    left = x - calendar @ np.linalg.lstsq(calendar, x, rcond=None)[0]
    spread = float(left.std())
    unit = spread if spread > 1e-9 * (np.abs(x).max() or 1.0) else 0.0  # nothing left: the fit says so
    columns = np.column_stack([calendar, left / unit if unit else x])
    fit = fit_poisson(count, columns)
    own = count - fit.fitted
    robust = newey_west(columns, own / (1 - _leverage(columns, fit.fitted)), fit.fitted, day)
    per = round_step(unit)
    effect = fit.beta[-1] / unit * per
    error = float(np.sqrt(max(robust[-1, -1], fit.covariance[-1, -1]))) / unit * per
    p = 2 * float(norm.sf(abs(effect) / error)) if error > 0 else 0.0
    ratio, low, high = np.exp(effect + z_of() * error * np.array([0.0, -1.0, 1.0]))
    return DayEffect(per, float(ratio), float(low), float(high), p)


def newey_west(x: FloatArray, residual: FloatArray, mean: FloatArray, day: IntArray) -> FloatArray:
    """Covariance (k, k) of a Poisson fit that holds when days close to each other go together.

    Parameters
    ----------
    x : (n, k) columns; residual, mean : (n,) reports less their expectation, and the expectation.
    day : (n,) day number; lags are counted in days, and a day that is missing has no score.
    """
    n, k = x.shape
    lags = max(LEAST_LAG, floor(4 * (n / 100) ** (2 / 9)))
    scores = np.zeros((int(day.max() - day.min()) + 1, k))
    scores[day - day.min()] = x * residual[:, None]
    middle = scores.T @ scores
    for lag in range(1, min(lags, len(scores) - 1) + 1):
        together = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / (lags + 1)) * (together + together.T)
    bread = np.linalg.pinv(x.T @ (x * mean[:, None]), hermitian=True)
    return np.asarray(bread @ middle @ bread)


def _leverage(x: FloatArray, mean: FloatArray) -> FloatArray:
    """(n,) how far each day draws the fit to itself, 0 to 1; a day that has a column to itself says nothing of it."""
    weighted = x * np.sqrt(mean)[:, None]
    bread = np.linalg.pinv(weighted.T @ weighted, hermitian=True)
    return np.asarray(np.minimum(np.einsum("ij,jk,ik->i", weighted, bread, weighted), 0.99))


def round_step(spread: float) -> float:
    """The round number (1, 2 or 5 times a power of ten) nearest to a spread.

    >>> [round_step(s) for s in (0.29, 4.1, 13.0)]
    [0.2, 5.0, 10.0]
    """
    base = 10.0 ** floor(log10(spread))
    nearest = min((*ROUND, 10.0), key=lambda r: abs(np.log(r * base / spread)))
    return float(f"{nearest * base:.6g}")


def bin_of(x: FloatArray, bins: int = 5) -> IntArray:
    """Bins (n,) of about equal size, numbered from 0; where two fifths or more are the least value, those stand alone.

    >>> bin_of(np.array([0.0, 0, 0, 1, 2, 9])).tolist()
    [0, 0, 0, 1, 2, 3]
    """
    least = x == x.min()
    if least.mean() < 0.4 or least.all():
        edges = np.quantile(x, np.arange(1, bins) / bins)
        return np.unique(np.searchsorted(edges, x, side="right"), return_inverse=True)[1].astype(np.int64)
    found = np.zeros(len(x), np.int64)
    found[~least] = 1 + bin_of(x[~least], bins - 2)
    return found


def _dummies(groups: IntArray) -> FloatArray:
    number = np.unique(groups, return_inverse=True)[1]
    return np.eye(int(number.max()) + 1)[number]


def _independent(columns: FloatArray) -> FloatArray:
    """The columns less those that earlier ones already say: a month seen in one stretch only, and the like."""
    basis = np.empty((len(columns), 0))
    kept = []
    for number, column in enumerate(columns.T):
        rest = column - basis @ (basis.T @ column)
        rest -= basis @ (basis.T @ rest)  # twice is enough
        if np.linalg.norm(rest) > 1e-8 * np.linalg.norm(column):
            kept.append(number)
            basis = np.column_stack([basis, rest / np.linalg.norm(rest)])
    return columns[:, kept]
