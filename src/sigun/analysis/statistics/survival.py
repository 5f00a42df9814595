"""Time until something ends (생존분석): Kaplan–Meier, competing endings, and tests of whether groups differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray
from sigun.analysis.statistics.intervals import LEVEL, Bounds, z_of


@dataclass(frozen=True, slots=True)
class Survival:
    """A Kaplan–Meier curve: steps at `time`, 1 before the first."""

    time: FloatArray  # (m,) days at which cases were closed, ascending
    open: FloatArray  # (m,) share open just after
    low: FloatArray  # (m,) NaN where nothing is open any more
    high: FloatArray
    error: FloatArray  # (m,) standard error of `open` (Greenwood)

    def at(self, days: FloatArray, values: FloatArray, before: float = 1.0) -> FloatArray:
        """The step function `values` (open, low or high) at each of the days."""
        return step_values(self.time, days, values, before)

    def quantile(self, closed: float) -> tuple[float, float, float]:
        """Days until that share is closed, and its interval; NaN where it is never reached.

        The bounds are where the curve's bounds cross (Brookmeyer & Crowley 1982, Biometrics 38:29).
        """
        value, low, high = (self._first(bound, 1 - closed) for bound in (self.open, self.low, self.high))
        return value, low, high

    def _first(self, bound: FloatArray, level: float) -> float:
        there = np.flatnonzero(np.nan_to_num(bound, nan=0.0) <= level + 1e-12)
        return float(self.time[there[0]]) if len(there) else float("nan")


def step_values(time: FloatArray, days: FloatArray, values: FloatArray, before: float) -> FloatArray:
    """A step function that takes `values` from each `time` on, at each of the days."""
    step = np.searchsorted(time, days, side="right") - 1
    return np.where(step >= 0, values[np.maximum(step, 0)], before) if len(values) else np.full(len(days), before)


def kaplan_meier(
    days: FloatArray, closed: BoolArray, level: float = LEVEL, entry: FloatArray | None = None
) -> Survival:
    """Share still open after each number of days (카플란–마이어 추정), with log(−log) intervals.

    Parameters
    ----------
    days : (n,) days from report to closing, or to the last time the case was seen open.
    closed : (n,) whether it was closed then; otherwise it is censored.
    entry : (n,) days since the report at which a case is first watched (delayed entry); left out, from the report on.

    References
    ----------
    Kaplan & Meier (1958), JASA 53:457; Greenwood (1926); Kalbfleisch & Prentice (2002), ch. 1.4 for the intervals.

    Examples
    --------
    >>> kaplan_meier(np.array([1.0, 2.0, 2.0, 4.0]), np.array([True, True, False, True])).open.tolist()
    [0.75, 0.5, 0.0]
    """
    steps = steps_of(days, closed, entry)
    time, events, at_risk = steps.time, steps.events, steps.at_risk
    still = np.asarray(np.cumprod(1 - events / at_risk), np.float64)
    left = at_risk - events
    some = left > 0  # at a step to zero neither error nor bounds exist
    terms = np.divide(events, at_risk * left, out=np.full(len(time), np.nan), where=some)
    greenwood = np.cumsum(terms)
    bend = np.log(still, out=np.full(len(time), np.nan), where=some)
    half = z_of(level) * np.sqrt(greenwood) / np.abs(bend)
    return Survival(time, still, still ** np.exp(half), still ** np.exp(-half), still * np.sqrt(greenwood))


@dataclass(frozen=True, slots=True)
class Steps:
    """When cases were closed, how many, and of how many."""

    time: FloatArray  # (m,) days since the report, ascending
    events: FloatArray  # (m,)
    at_risk: FloatArray  # (m,)


def steps_of(days: FloatArray, closed: BoolArray, entry: FloatArray | None = None) -> Steps:
    """The steps of a curve, of cases as `kaplan_meier` takes them."""
    time, place = np.unique(days[closed], return_inverse=True)
    events = np.bincount(place, minlength=len(time)).astype(float)
    return Steps(time, events, watched(time, days, entry))


def watched(time: FloatArray, days: FloatArray, entry: FloatArray | None = None) -> FloatArray:
    """(m,) cases that are open and watched just before each time."""
    left = np.searchsorted(np.sort(days), time, side="left")
    begun = len(days) if entry is None else np.searchsorted(np.sort(entry), time, side="left")
    return np.asarray(begun - left, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Incidence:
    """Cumulative incidence of each of k endings: steps at `time`, 0 before the first."""

    time: FloatArray  # (m,) days at which cases ended, ascending
    share: FloatArray  # (m, k) of all cases, ended so by then
    error: FloatArray  # (m, k) standard error

    def at(self, days: FloatArray, ending: int, level: float = LEVEL) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Share, low and high of one ending after each number of days."""
        share = step_values(self.time, days, self.share[:, ending], 0.0)
        error = step_values(self.time, days, self.error[:, ending], 0.0)
        return (share, *share_bounds(share, error, level))


def cumulative_incidence(days: FloatArray, ending: IntArray, endings: int) -> Incidence:
    """Share of cases that ended in each way by each day, the other ways competing (누적발생, Aalen–Johansen 추정).

    Unlike 1 − Kaplan–Meier of one ending, the shares of all endings and the share still open add up to 1.

    Parameters
    ----------
    days : (n,) days from report to the end, or to the last time the case was seen open.
    ending : (n,) how it ended, 0 to `endings` − 1; −1 where it was still open.

    References
    ----------
    Aalen & Johansen (1978), Scand. J. Statist. 5:141; for the variance (delta method) Marubini & Valsecchi (1995),
    Analysing Survival Data from Clinical Trials and Observational Studies, ch. 10.

    Examples
    --------
    >>> found = cumulative_incidence(np.array([1.0, 2.0, 3.0, 4.0]), np.array([0, 1, -1, 0]), 2)
    >>> found.share.tolist()
    [[0.25, 0.0], [0.25, 0.25], [0.75, 0.25]]
    """
    ended = ending >= 0
    time, place = np.unique(days[ended], return_inverse=True)
    own = np.zeros((len(time), endings))
    np.add.at(own, (place, ending[ended]), 1.0)
    events, at_risk = own.sum(axis=1), watched(time, days)
    before = np.concatenate(([1.0], np.cumprod(1 - events / at_risk)))[:-1]
    share = np.cumsum(before[:, None] * own / at_risk[:, None], axis=0)
    return Incidence(time, share, _incidence_error(share, before, own, at_risk))


def _incidence_error(share: FloatArray, before: FloatArray, own: FloatArray, at_risk: FloatArray) -> FloatArray:
    """(m, k) the delta method's sum over all times up to t, multiplied out so that each part is a running sum."""
    events, n = own.sum(axis=1), at_risk
    left = n - events
    hazard = np.divide(events, n * left, out=np.zeros(len(n)), where=left > 0)[:, None]
    ahead = (before / n**2)[:, None] * own
    parts = (hazard, hazard * share, hazard * share**2, (before**2 / n**3)[:, None] * (n[:, None] - own) * own)
    h0, h1, h2, chance = (np.cumsum(part, axis=0) for part in parts)
    c0, c1 = np.cumsum(ahead, axis=0), np.cumsum(ahead * share, axis=0)
    variance = share**2 * h0 - 2 * share * h1 + h2 + chance - 2 * (share * c0 - c1)
    return np.asarray(np.sqrt(np.maximum(variance, 0.0)))


def share_bounds(share: FloatArray, error: FloatArray, level: float = LEVEL) -> Bounds:
    """Bounds of shares on the log(−log) scale: they stay inside 0–1. A share of 0 or 1 is its own bounds."""
    inner = (share > 1e-9) & (share < 1 - 1e-9)
    safe = np.where(inner, share, 0.5)
    half = z_of(level) * error / (safe * np.abs(np.log(safe)))
    low, high = safe ** np.exp(half), safe ** np.exp(-half)
    return np.where(inner, low, share), np.where(inner, high, share)


@dataclass(frozen=True, slots=True)
class LogRank:
    """How one group's endings differ from what they would be if it were like all."""

    observed: float
    expected: float
    information: float  # variance of observed − expected if all cases were independent
    variance: float  # the same, cases of a cluster being alike where clusters are told

    @property
    def p(self) -> float:
        """Chance of a difference at least as large if there were none (two-sided)."""
        from scipy.special import erfc

        return float(erfc(np.sqrt(self.chi_square / 2)))

    @property
    def chi_square(self) -> float:
        """Squared difference over its variance; NaN where there is nothing to compare."""
        return (self.observed - self.expected) ** 2 / self.variance if self.variance > 0 else float("nan")

    def ratio(self, level: float = LEVEL) -> tuple[float, float, float]:
        """How fast the group's cases end relative to the others, and its interval (one step, Peto)."""
        if self.information <= 0:
            return (float("nan"),) * 3
        log = (self.observed - self.expected) / self.information
        half = z_of(level) * np.sqrt(self.variance) / self.information
        return float(np.exp(log)), float(np.exp(log - half)), float(np.exp(log + half))


@dataclass(frozen=True, slots=True)
class RiskSet:
    """All cases of one stratum, sorted once: many groups are tested against it."""

    order: IntArray  # (n,) positions of the cases, by days
    of_case: IntArray  # (n,) last time at or before each sorted case's days; −1 before the first
    own_time: IntArray  # (n,) time at which each sorted case ended; −1: it did not
    first: IntArray  # (m,) first sorted case still watched at each time
    at_risk: FloatArray  # (m,)
    events: FloatArray  # (m,)


def risk_set(days: FloatArray, ended: BoolArray) -> RiskSet:
    """Who is watched when, and how many end."""
    order = np.argsort(days, kind="stable")
    ordered, is_end = days[order], ended[order]
    time = np.unique(ordered[is_end])
    of_case = np.searchsorted(time, ordered, side="right") - 1
    own_time = np.where(is_end, of_case, -1)
    events = np.bincount(own_time[is_end], minlength=len(time)).astype(float)
    first = np.searchsorted(ordered, time, side="left")
    return RiskSet(order, of_case, own_time, first, (len(days) - first).astype(float), events)


def log_rank(risk: RiskSet, group: BoolArray, cluster: IntArray | None = None) -> LogRank:
    """The log-rank test of one group against all of a stratum (로그순위 검정).

    With clusters (the week of the report …) the variance is the sum of squared cluster totals of each case's own part
    in the difference: cases that are closed in one go count as one, not as many. It is never taken to be smaller than
    that of independent cases, for few ends say little about it.

    Parameters
    ----------
    risk : the stratum's cases, as `risk_set` gives them.
    group : (n,) whether a case belongs to the group.
    cluster : (n,) number of each case's cluster, from 0; left out, cases are independent (hypergeometric variance).

    References
    ----------
    Mantel (1966), Cancer Chemother. Rep. 50:163; Lin & Wei (1989), JASA 84:1074 for the variance with clusters;
    Yusuf et al. (1985), Prog. Cardiovasc. Dis. 27:335 for the ratio.

    Examples
    --------
    >>> days, group = np.array([1.0, 2.0, 3.0, 4.0]), np.array([True, True, False, False])
    >>> found = log_rank(risk_set(days, np.ones(4, bool)), group)
    >>> found.observed, round(found.expected, 3), round(found.variance, 3)
    (2.0, 0.833, 0.472)
    """
    inside = group[risk.order].astype(float)
    after = np.concatenate((np.cumsum(inside[::-1])[::-1], [0.0]))[risk.first]
    share = after / risk.at_risk
    ended = risk.own_time >= 0
    observed, expected = float(inside[ended].sum()), float((share * risk.events).sum())
    left = (risk.at_risk - risk.events) / np.maximum(risk.at_risk - 1, 1)
    information = float((risk.events * share * (1 - share) * left).sum())
    if cluster is None:
        return LogRank(observed, expected, information, information)
    hazard = np.concatenate(([0.0], np.cumsum(risk.events / risk.at_risk)))[risk.of_case + 1]
    meant = np.concatenate(([0.0], np.cumsum(share * risk.events / risk.at_risk)))[risk.of_case + 1]
    part = np.where(ended, inside - np.append(share, 0.0)[risk.own_time], 0.0) - inside * hazard + meant
    totals = np.bincount(cluster[risk.order], part)
    return LogRank(observed, expected, information, max(float((totals**2).sum()), information))


def pooled(strata: list[LogRank]) -> LogRank:
    """One answer over strata: differences and variances add up."""
    parts = [(s.observed, s.expected, s.information, s.variance) for s in strata]
    return LogRank(*(float(sum(column)) for column in zip(*parts, strict=True)))
