"""Synthetic difference in differences (합성 이중차분): weighted regions and weighted periods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.effect.policy import Policy
from sigun.analysis.effect.simplex import simplex_weights
from sigun.analysis.effect.synthetic import noise
from sigun.analysis.statistics.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Sdid:
    """One cohort of treated regions against weighted regions without the policy."""

    estimate: float  # outcome units
    region_weights: FloatArray  # (j,)
    period_weights: FloatArray  # (pre,)
    treated: FloatArray  # (t,) mean of the treated regions
    synthetic: FloatArray  # (t,) weighted donors, moved to the treated ones' level before the start
    pre: int  # periods before the start

    @property
    def gap(self) -> FloatArray:
        """(t,) treated less synthetic."""
        return self.treated - self.synthetic

    @property
    def drawn_on(self) -> float:
        """The estimate, less what the slope of the gaps before would have come to by then."""
        return self.estimate - _slope(self.gap[: self.pre]) * self._between

    @property
    def _between(self) -> float:
        """Time from the weighted periods before to the middle of those since."""
        time = np.arange(len(self.treated))
        return float(time[self.pre :].mean() - self.period_weights @ time[: self.pre])


def _slope(gaps: FloatArray) -> float:
    away = np.arange(len(gaps)) - (len(gaps) - 1) / 2
    return float(away @ gaps / (away @ away)) if len(gaps) > 1 else 0.0


def sdid(treated: FloatArray, donors: FloatArray, pre: int) -> Sdid:
    """The published estimator, weights solved exactly.

    Parameters
    ----------
    treated : (m, t) outcome of regions that start together, without gaps.
    donors : (j, t) outcome of regions without the policy, without gaps.
    pre : periods before the start.

    References
    ----------
    Arkhangelsky, Athey, Hirshberg, Imbens & Wager (2021), American Economic Review 111:4088-4118, algorithm 1.

    Examples
    --------
    >>> donors = np.array([[0.0, 1.0, 2.0, 3.0], [5.0, 6.0, 7.0, 8.0], [1.0, 1.0, 1.0, 2.0]])
    >>> round(sdid(donors[:2] + np.array([0.0, 0.0, 0.0, 4.0]), donors, 3).estimate, 4)
    4.0
    """
    path, scatter = treated.mean(axis=0), noise(donors[:, :pre].T)
    after = donors.shape[1] - pre
    ridge = float(np.sqrt(len(treated) * after)) * scatter**2 * pre
    omega = simplex_weights(path[:pre], donors[:, :pre].T, ridge, intercept=True)
    small = (1e-6 * scatter) ** 2 * len(donors)
    lam = simplex_weights(donors[:, pre:].mean(axis=1), donors[:, :pre], small, intercept=True)
    weighted = omega @ donors
    level = float(lam @ (path[:pre] - weighted[:pre]))
    estimate = float(path[pre:].mean() - weighted[pre:].mean()) - level
    return Sdid(estimate, omega, lam, path, weighted + level, pre)


@dataclass(frozen=True, slots=True)
class Staggered:
    """Cohorts put together, each with the share of the treated regions and periods it holds."""

    estimate: float
    drawn_on: float  # the same less the slope of the gaps before
    cohorts: tuple[int, ...]
    parts: tuple[Sdid, ...]
    periods: tuple[IntArray, ...]  # the calendar of each part
    sizes: tuple[int, ...]  # treated regions of each


def staggered_sdid(policy: Policy, treated: IntArray, donors: IntArray) -> Staggered:
    """One synthetic difference in differences a cohort, averaged over treated regions and periods.

    Parameters
    ----------
    policy : outcome (n, t) without gaps in the window of each cohort, for `treated` and `donors`.
    treated, donors : places of regions.

    References
    ----------
    Arkhangelsky et al. (2021), appendix A.
    """
    cohorts = np.unique(policy.start[treated]).tolist()
    parts, periods, sizes = [], [], []
    for cohort in cohorts:
        times = policy.event_times(cohort)
        times = times[(times <= policy.base) | (times >= 0)]  # what anticipation may have moved is neither
        mine = treated[policy.start[treated] == cohort]
        calendar = times + cohort
        found = sdid(policy.y[mine][:, calendar], policy.y[donors][:, calendar], int((times < 0).sum()))
        parts.append(found)
        periods.append(calendar)
        sizes.append(len(mine))
    share = np.array([n * (len(p.treated) - p.pre) for n, p in zip(sizes, parts, strict=True)], dtype=np.float64)
    estimate = float(share @ np.array([p.estimate for p in parts]) / share.sum())
    drawn_on = float(share @ np.array([p.drawn_on for p in parts]) / share.sum())
    return Staggered(estimate, drawn_on, tuple(cohorts), tuple(parts), tuple(periods), tuple(sizes))


def placebo_sdid(policy: Policy, treated: IntArray, donors: IntArray, sets: IntArray) -> FloatArray:
    """(s, 2) the estimate, and that less the slope before, with donors for the treated, each at the start of one.

    References
    ----------
    Arkhangelsky et al. (2021), algorithm 4 (placebo variance).
    """
    starts = policy.start[treated]
    found = np.empty((len(sets), 2))
    for row, chosen in enumerate(sets):
        start = policy.start.copy()
        start[donors[chosen]] = starts
        as_if = Policy(policy.y, start, policy.x, policy.anticipation, policy.before, policy.after)
        one = staggered_sdid(as_if, donors[chosen], np.delete(donors, chosen))
        found[row] = one.estimate, one.drawn_on
    return found
