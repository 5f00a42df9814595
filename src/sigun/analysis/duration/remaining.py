"""How long an open case will still take (남은 처리기간): the curve from its present age on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray
from sigun.analysis.statistics.intervals import LEVEL
from sigun.analysis.statistics.survival import Steps

SOON = 30.0  # days
YEAR = 365.0  # days counted at most: a case that never closes has no mean


@dataclass(frozen=True, slots=True)
class Remaining:
    """Of n open cases, each from its present age on."""

    expected: FloatArray  # (n,) days still to go, at most a year of them counted
    error: FloatArray  # (n,) standard error of `expected`
    early: FloatArray  # (n,) days after which 5 % of such cases are closed
    late: FloatArray  # (n,) days after which 95 % are; NaN: more than is known
    soon: FloatArray  # (n,) chance to be closed within 30 days


def remaining_days(steps: Steps, ages: FloatArray, level: float = LEVEL) -> Remaining:
    """Days until closing, given that a case is still open at its age (조건부 잔여기간).

    The mean is the area under the curve that starts at that age, over the next year; beyond the last closing it stays
    where it is. Starting anew at each age, it does not depend on what became of younger cases.

    Parameters
    ----------
    steps : closings by days since the report.
    ages : (n,) days since the report, of cases still open.
    level : of `early` and `late`, which bound when a single such case closes. `error` is of the mean.

    References
    ----------
    Klein & Moeschberger (2003), Survival Analysis, 2nd ed., ch. 4.5 (restricted mean and its variance).

    Examples
    --------
    >>> from sigun.analysis.statistics.survival import steps_of
    >>> steps = steps_of(np.array([10.0, 20.0, 30.0, 40.0]), np.ones(4, bool))
    >>> remaining_days(steps, np.array([0.0, 20.0])).expected.tolist()
    [25.0, 15.0]
    """
    rows = [_from_age(steps, age, (1 - level) / 2) for age in ages]
    return Remaining(*np.array(rows, dtype=np.float64).reshape(-1, 5).T)


def _from_age(steps: Steps, age: float, tail: float) -> tuple[float, ...]:
    """Mean and its error, the days after which the tail and all but the tail are closed, chance within 30 days."""
    ahead = (steps.time > age) & (steps.time <= age + YEAR)
    days, events, at_risk = steps.time[ahead] - age, steps.events[ahead], steps.at_risk[ahead]
    still = np.asarray(np.cumprod(1 - events / at_risk), np.float64)
    mean, error = _mean(days, still, events, at_risk)
    soon = still[days <= SOON]
    return mean, error, _first(days, still, 1 - tail), _first(days, still, tail), 1 - soon[-1] if len(soon) else 0.0


def _mean(days: FloatArray, still: FloatArray, events: FloatArray, at_risk: FloatArray) -> tuple[float, float]:
    """Area under the curve over a year, and its standard error."""
    if len(days) == 0:
        return YEAR, float("nan")
    areas = np.diff(np.concatenate(([0.0], days, [YEAR]))) * np.concatenate(([1.0], still))
    to_go = np.cumsum(areas[::-1])[::-1][1:]  # area after each closing
    left = at_risk - events
    terms = np.divide(to_go**2 * events, at_risk * left, out=np.zeros(len(days)), where=left > 0)
    return float(areas.sum()), float(np.sqrt(terms.sum()))


def _first(days: FloatArray, still: FloatArray, level: float) -> float:
    """Days until so few are open; NaN where it is never reached within the year."""
    there = np.flatnonzero(still <= level + 1e-12)
    return float(days[there[0]]) if len(there) else float("nan")
