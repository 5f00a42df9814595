"""What is compared of each region (전후의 평균): a mean per period before and after, the season evened out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Sides:
    """Of every region. NaN where the two sides share no season that is told."""

    before: FloatArray  # (n,) mean per period, in the unit of the values
    after: FloatArray  # (n,)
    pre: IntArray  # (n,) periods told before, of the seasons that are compared
    post: IntArray  # (n,)
    seasons: IntArray  # (n,) how many seasons are compared


def sides(y: FloatArray, season: IntArray, before: BoolArray, after: BoolArray) -> Sides:
    """Mean per period before and after, every season counting alike and only those told on both sides.

    A July is compared with Julys: summer after the start and winter before it would show a change where none is.

    Parameters
    ----------
    y : (n, t) values of regions by periods; NaN is not told.
    season : (t,) which season a period is, from 0: its month or quarter; all 0 where a period is a year.
    before, after : (t,) which periods are looked at.

    Examples
    --------
    >>> y = np.array([[1.0, 9.0, 1.0, 9.0, 2.0]])  # winter, summer, winter, summer, winter
    >>> found = sides(y, np.array([0, 1, 0, 1, 0]), np.arange(5) < 4, np.arange(5) >= 4)
    >>> float(found.before[0]), float(found.after[0]), int(found.pre[0])
    (1.0, 2.0, 2)
    """
    seasons = range(int(season.max()) + 1)
    (first, n_first), (last, n_last) = (_by_season(y, season, side, seasons) for side in (before, after))
    both = (n_first > 0) & (n_last > 0)
    count = both.sum(axis=1)
    with np.errstate(invalid="ignore"):
        means = [np.where(both, m, 0.0).sum(axis=1) / np.where(count, count, np.nan) for m in (first, last)]
    told = [np.where(both, n, 0).sum(axis=1) for n in (n_first, n_last)]
    return Sides(means[0], means[1], told[0], told[1], count)


def _by_season(y: FloatArray, season: IntArray, side: BoolArray, seasons: range) -> tuple[FloatArray, IntArray]:
    """(n, seasons) mean of the told values of a side in each season, and how many there are."""
    total, n = np.zeros((len(y), len(seasons))), np.zeros((len(y), len(seasons)), dtype=np.int64)
    for s in seasons:
        values = y[:, side & (season == s)]
        n[:, s] = np.isfinite(values).sum(axis=1)
        total[:, s] = np.nansum(values, axis=1)
    return total / np.maximum(n, 1), n
