"""Withdrawals to come (뒤늦게 빠지는 신고): how many of the recent reports will turn out not to count."""

from __future__ import annotations

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray, IntArray

LONGEST_DELAY = 182  # days; what leaves later than that hardly moves a level
SEEN = 182  # days before the origin whose withdrawals teach the delays: they change with the office's habits


def inflation(day: IntArray, gone: IntArray, reports: FloatArray, at: int) -> FloatArray:
    """Reports that count at day `at` for each that will go on counting, by age in days (0: the day before), (a,).

    A life table of the last half year: the hazard of being withdrawn so many days after the report, among the
    reports that still counted then. Every report is followed up to the origin and no farther (right-censored), so
    nothing that became known later is looked at. Ages beyond the table's end are 1.

    Parameters
    ----------
    day, gone : (r,) day numbers of the reports and of becoming known not to count, whatever lies after `at` ignored.
    reports : (r,) how many.

    References
    ----------
    Kaplan & Meier (1958), Journal of the American Statistical Association 53, 457-481.

    Examples
    --------
    >>> day = np.repeat(np.arange(100), 10)  # ten a day; one of them is withdrawn on the second day after it
    >>> gone = np.where(np.arange(1000) % 10 == 0, day + 2, 10_000)
    >>> inflation(day, gone, np.ones(1000), 100)[:4].round(3).tolist()
    [1.111, 1.111, 1.0, 1.0]
    """
    staying = np.cumprod(1.0 - _hazards(day, gone, reports, at))
    return np.asarray(staying / staying[-1])


def _hazards(day: IntArray, gone: IntArray, reports: FloatArray, at: int) -> FloatArray:
    """Share withdrawn at each delay (a,) of those that counted until then, over the last half year."""
    oldest = at - SEEN - LONGEST_DELAY
    first, last = np.searchsorted(day, [oldest, at])
    days, count, delay = day[first:last] - oldest, reports[first:last], gone[first:last] - day[first:last]
    known = (delay >= 0) & (delay < LONGEST_DELAY)
    width = SEEN + LONGEST_DELAY
    left = np.bincount(days[known] * LONGEST_DELAY + delay[known], count[known], width * LONGEST_DELAY)
    left = left.reshape(width, LONGEST_DELAY)
    before = np.cumsum(left, axis=1) - left
    counted = np.bincount(days, count, width)[:, None] - before
    # day d at delay a lies within the last half year when LONGEST_DELAY ≤ d + a < width: never after the origin
    seen_on = np.arange(width)[:, None] + np.arange(LONGEST_DELAY)
    within = (seen_on >= LONGEST_DELAY) & (seen_on < width)
    at_risk = (counted * within).sum(axis=0)
    return np.asarray((left * within).sum(axis=0) / np.maximum(at_risk, 1e-9))
