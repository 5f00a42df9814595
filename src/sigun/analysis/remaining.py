"""How long an open case will still take (남은 처리기간): the curve from its present age on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.arrays import FloatArray
from sigun.analysis.intervals import LEVEL
from sigun.analysis.survival import Survival

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


def remaining_days(curve: Survival, at_risk: FloatArray, ages: FloatArray, level: float = LEVEL) -> Remaining:
    """Days until closing, given that a case is still open at its age (조건부 잔여기간).

    The mean is the area under S(u)/S(age) over the next year; beyond the last closing the curve stays where it is.

    Parameters
    ----------
    curve : share open by days since the report.
    at_risk : (m,) cases watched at each of the curve's times.
    ages : (n,) days since the report, of cases still open.
    level : of `early` and `late`, which bound when a single such case closes. `error` is of the mean.

    References
    ----------
    Klein & Moeschberger (2003), Survival Analysis, 2nd ed., ch. 4.5 (restricted mean and its variance).

    Examples
    --------
    >>> from sigun.analysis.survival import kaplan_meier, watched
    >>> days = np.array([10.0, 20.0, 30.0, 40.0])
    >>> curve = kaplan_meier(days, np.ones(4, bool))
    >>> remaining_days(curve, watched(curve.time, days), np.array([0.0, 20.0])).expected.tolist()
    [25.0, 15.0]
    """
    tail, twice = (1 - level) / 2, (1 + level) / 2
    rows = [(*_mean(curve, at_risk, a), _until(curve, a, tail), _until(curve, a, twice), _soon(curve, a)) for a in ages]
    found = np.array(rows, dtype=np.float64).reshape(-1, 5)
    return Remaining(*found.T)


def _mean(curve: Survival, at_risk: FloatArray, age: float) -> tuple[float, float]:
    """Area under the curve from `age` on, and its standard error."""
    ahead = (curve.time > age) & (curve.time <= age + YEAR)
    time, still = curve.time[ahead], curve.open[ahead] / _open_at(curve, age)
    if len(time) == 0:
        return YEAR, float("nan")
    edges = np.concatenate(([age], time, [age + YEAR]))
    areas = np.diff(edges) * np.concatenate(([1.0], still))
    to_go = np.cumsum(areas[::-1])[::-1][1:]  # area after each time
    events = at_risk[ahead] * (1 - still / np.concatenate(([1.0], still))[:-1])
    left = at_risk[ahead] - events
    terms = np.divide(to_go**2 * events, at_risk[ahead] * left, out=np.zeros(len(time)), where=left > 1e-9)
    return float(areas.sum()), float(np.sqrt(terms.sum()))


def _until(curve: Survival, age: float, closed: float) -> float:
    """Days until that share of the cases open at `age` is closed; NaN where it is never reached."""
    there = np.flatnonzero((curve.time > age) & (curve.open <= _open_at(curve, age) * (1 - closed) + 1e-12))
    return float(curve.time[there[0]] - age) if len(there) else float("nan")


def _soon(curve: Survival, age: float) -> float:
    return 1 - _open_at(curve, age + SOON) / _open_at(curve, age)


def _open_at(curve: Survival, day: float) -> float:
    return float(curve.at(np.array([day]), curve.open)[0])
