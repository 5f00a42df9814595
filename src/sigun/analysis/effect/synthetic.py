"""Synthetic control (합성통제): each treated region against the mean of others that went along with it before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.effect.placebo import one_sided, rank_p
from sigun.analysis.effect.policy import Policy
from sigun.analysis.effect.simplex import simplex_weights
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray

RIDGE = 1e-3
"""Of the donors' period-to-period scatter: enough that equally good weights have one answer, too little to be seen."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One region against its synthetic control. Arrays are over the calendar; NaN where not looked at."""

    weights: FloatArray  # (j,) of the donors
    observed: FloatArray  # (t,) outcome units
    synthetic: FloatArray  # (t,)
    start: int
    base: int  # event time of the last period before

    @property
    def gap(self) -> FloatArray:
        """(t,) observed less synthetic."""
        return self.observed - self.synthetic

    @property
    def post(self) -> float:
        """The mean gap since the start."""
        return float(np.nanmean(self.gap[self.start :]))

    @property
    def drawn_on(self) -> float:
        """The mean gap since the start, less what the slope of the gaps before would have come to by then."""
        return less_slope(self.gap, self.start, self.start + self.base + 1)

    @property
    def pre_rmspe(self) -> float:
        """Root mean squared distance before the start."""
        return rms(self.gap[: self.start + self.base + 1])


def less_slope(gap: FloatArray, start: int, pre: int) -> float:
    """Mean of the gaps from `start` on, less their slope before `pre` times the time between the two middles.

    >>> round(less_slope(np.array([0.0, 1.0, 2.0, 3.0, 4.0]), 3, 3), 9)
    1.0
    """
    time = np.flatnonzero(np.isfinite(gap))
    before, since = time[time < pre], time[time >= start]
    away = before - before.mean()
    slope = float(away @ gap[before] / (away @ away)) if len(before) > 1 else 0.0
    return float(gap[since].mean()) - slope * float(since.mean() - before.mean())


def rms(values: FloatArray) -> float:
    """Root mean square of what is not missing."""
    return float(np.sqrt(np.nanmean(values**2)))


def noise(donors: FloatArray) -> float:
    """Standard deviation of the donors' changes from period to period; `donors` (t, j)."""
    changes = np.diff(donors, axis=0)
    return float(changes.std(ddof=1)) if changes.size > 1 else 0.0


def synthetic_gap(target: FloatArray, donors: FloatArray, start: int, base: int) -> Gap:
    """Fit the donors' weights on the periods before the start, and follow the region and its double from there.

    Parameters
    ----------
    target : (t,) the treated region; NaN where it was not observed or is not looked at.
    donors : (t, j) regions without the policy, each observed wherever the target is.
    start : place of the first treated period.
    base : event time of the last period that nothing can have moved.

    References
    ----------
    Abadie, Diamond & Hainmueller (2010), JASA 105:493-505; Abadie (2021), J. Economic Literature 59:391-425.
    """
    seen = np.isfinite(target)
    pre = seen & (np.arange(len(target)) <= start + base)
    ridge = (RIDGE * noise(donors[pre])) ** 2 * int(pre.sum())
    weights = simplex_weights(target[pre], donors[pre], ridge)
    synthetic = np.where(seen, np.where(seen[:, None], donors, 0.0) @ weights, np.nan)
    return Gap(weights, target, synthetic, start, base)


@dataclass(frozen=True, slots=True)
class Synthetic:
    """The treated regions, each with its double, and what becomes of the same where nothing happened."""

    gaps: tuple[Gap, ...]  # one a treated region
    donors: tuple[IntArray, ...]  # (j,) places of each one's donors in the panel
    placebos: tuple[tuple[Gap, ...], ...]  # one for each start, of every donor; see `which`
    which: IntArray  # (m,) the entry of `placebos` that is to be held against each treated region

    @property
    def estimate(self) -> float:
        """Each treated region counts once."""
        return float(np.mean([g.post for g in self.gaps]))


def synthetic_control(policy: Policy, treated: IntArray, donors: IntArray) -> Synthetic:
    """Every treated region's synthetic control, and every donor's as if it had been treated.

    Parameters
    ----------
    policy : outcome (n, t), starts (n,).
    treated : places of the regions to be looked at.
    donors : places of regions that never had it. Those with a gap where the treated region is observed are left out.
    """
    gaps: list[Gap] = []
    own, which = [], []
    placebos: list[tuple[Gap, ...]] = []
    known: dict[tuple[int, bytes], int] = {}
    for unit in treated.tolist():
        start = int(policy.start[unit])
        target = looked_at(policy, unit, start)
        seen = np.isfinite(target)
        complete = donors[np.isfinite(policy.y[donors][:, seen]).all(axis=1)]
        pool = policy.y[complete].T
        gaps.append(synthetic_gap(target, pool, start, policy.base))
        own.append(complete)
        key = (start, seen.tobytes())
        if key not in known:
            known[key] = len(placebos)
            placebos.append(_each_as_if(pool, seen, start, policy.base))
        which.append(known[key])
    return Synthetic(tuple(gaps), tuple(own), tuple(placebos), np.array(which, dtype=np.int64))


def looked_at(policy: Policy, unit: int, start: int) -> FloatArray:
    """(t,) the region's outcome in the window around a start; NaN outside."""
    target = np.full(policy.y.shape[1], np.nan)
    times = policy.event_times(start) + start
    target[times] = policy.y[unit, times]
    return target


def _each_as_if(pool: FloatArray, seen: BoolArray, start: int, base: int) -> tuple[Gap, ...]:
    """Each donor against the others, over the same periods."""
    gaps = []
    for j in range(pool.shape[1]):
        target = np.where(seen, pool[:, j], np.nan)
        gaps.append(synthetic_gap(target, np.delete(pool, j, axis=1), start, base))
    return tuple(gaps)


def aligned(gaps: list[Gap] | tuple[Gap, ...]) -> tuple[IntArray, FloatArray]:
    """Event times, and the mean gap at each over the regions that are seen then."""
    first = min(-g.start for g in gaps)
    last = max(len(g.observed) - g.start for g in gaps)
    lined = np.full((len(gaps), last - first), np.nan)
    for row, g in enumerate(gaps):
        lined[row, -g.start - first : -g.start - first + len(g.observed)] = g.gap
    seen = np.isfinite(lined).any(axis=0)
    return np.arange(first, last)[seen], np.nanmean(lined[:, seen], axis=0)


@dataclass(frozen=True, slots=True)
class Far:
    """How far the mean path of some regions is from their doubles'."""

    estimate: float  # mean gap since the start, each region once
    drawn_on: float  # the same less the slope of the gaps before
    since: float  # root mean squared gap since the start
    before: float  # and before

    def ratio(self, least: float = 0.0) -> float:
        """Since against before, the statistic of the placebo test; a distance before counts as `least` or more."""
        return self.since / max(self.before, least, 1e-12)


def far(gaps: list[Gap] | tuple[Gap, ...]) -> Far:
    """The distances of the mean path."""
    times, gap = aligned(gaps)
    post, drawn_on = np.mean([g.post for g in gaps]), np.mean([g.drawn_on for g in gaps])
    return Far(float(post), float(drawn_on), rms(gap[times >= 0]), rms(gap[times <= gaps[0].base]))


@dataclass(frozen=True, slots=True)
class PlaceboTest:
    """The real one among sets of regions without the policy."""

    real: Far
    placebos: tuple[Far, ...]
    least: float  # distance before that every one is given at least

    @property
    def ratios(self) -> FloatArray:
        """(s,) of the placebos."""
        return np.array([f.ratio(self.least) for f in self.placebos])

    @property
    def estimates(self) -> FloatArray:
        """(s,) of the placebos."""
        return np.array([f.estimate for f in self.placebos])

    @property
    def befores(self) -> FloatArray:
        """(s,) distances of the placebos before the start, none below `least`."""
        return np.maximum([f.before for f in self.placebos], max(self.least, 1e-12))

    @property
    def line_p(self) -> float:
        """One-sided rank of what is left of the real estimate when the slope before is drawn on."""
        others = np.array([f.drawn_on for f in self.placebos]) / self.befores
        return one_sided(self.real.estimate, self.real.drawn_on / max(self.real.before, self.least, 1e-12), others)

    @property
    def p(self) -> float:
        """Rank of the real ratio."""
        return rank_p(self.real.ratio(self.least), self.ratios)


def placebo_test(found: Synthetic, sets: IntArray) -> PlaceboTest:
    """Each set of donors in the place of the treated, with their starts.

    Where there are more donors than periods before, some are met to the last digit by chance, and nothing since then
    could be called small beside that: half the median distance before is the least that is divided by.

    Parameters
    ----------
    sets : (s, m) places among the donors.
    """
    real = far(found.gaps)
    placebos = tuple(far([found.placebos[found.which[k]][j] for k, j in enumerate(row)]) for row in sets.tolist())
    least = 0.5 * float(np.median([f.before for f in (real, *placebos)]))
    return PlaceboTest(real, placebos, least)
