"""Holes in collection and changes of regime in a daily series of reports (수집 공백 · 접수 체계 변화)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Span = tuple[int, int]

WEEK = 7
SHORTEST = 11  # days: one more than the longest run of public holidays (ten days, Korea, autumn 2017)
AROUND = 8 * WEEK  # observed days on either side that say how many reports there should have been
ENOUGH = 4 * WEEK  # a side with fewer days than this says nothing

MONTH = 365.25 / 12
TWO_YEARS = 24  # months
SUSTAINED = 6  # months a level must have lasted, on either side
CERTAIN = 14.0  # least certainty of a step: 5 % false alarms over all candidate months (see the property test)
STEADY = 8.0  # least certainty of a trend
IN_DOUBT = 7.0  # a step must explain this much more than a steady trend


@dataclass(frozen=True, slots=True)
class _Rhythm:
    """What the observed days of a series say about any of its days."""

    seen: IntArray  # (n + 1,) observed days before each day
    reports: FloatArray  # (observed + 1,) running sum of reports over the observed days
    weight: FloatArray  # (observed + 1,) running sum of their weekday weights
    profile: FloatArray  # (n,) weekday weight of every day, mean 1
    spread: float  # over-dispersion of weekly totals: variance = mean + spread * mean²


def find_holes(daily: IntArray, alpha: float = 0.001) -> tuple[Span, ...]:
    """Spans of days without collection (수집 공백), as half-open index pairs in time order.

    A run of days without a report is a hole when it is less likely than `alpha` over the number of days (Bonferroni),
    given the lower of the levels of the eight observed weeks on either side (each at the lower end of its own
    uncertainty), the weekday profile, and weekly totals that are negative binomial with the spread they show around
    their neighbours. The likeliest hole is taken out first and the rest judged again without it. Runs of up to ten days
    are never holes: a long holiday looks the same.

    Parameters
    ----------
    daily : (n,) reports a day, no day left out.
    alpha : chance of any false hole in the whole series.

    Notes
    -----
    Only the series given is looked at: cut at a date, it answers with what was known then. A run at either end is
    judged by its one side.

    Examples
    --------
    >>> daily = np.tile([5, 6, 4, 5, 6, 2, 1], 60)
    >>> daily[100:150] = 0
    >>> find_holes(daily, 0.001)
    ((100, 150),)
    """
    runs = [run for run in zero_runs(daily) if run[1] - run[0] >= SHORTEST]
    holes: list[Span] = []
    limit = np.log(alpha / max(len(daily), 1))
    while runs:
        rhythm = _rhythm(daily, holes)
        chance = [_log_chance(rhythm, run) for run in runs]
        best = int(np.argmin(chance))
        if chance[best] > limit:
            break
        holes.append(runs.pop(best))
    return tuple(sorted(holes))


def zero_runs(daily: IntArray) -> list[Span]:
    """Every longest run of days without a report."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (daily == 0).astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def observed(n_days: int, holes: Sequence[Span]) -> BoolArray:
    """(n_days,) whether a day lies outside every hole."""
    keep = np.ones(n_days, dtype=bool)
    for start, end in holes:
        keep[start:end] = False
    return keep


def weekday_profile(daily: IntArray, keep: BoolArray) -> FloatArray:
    """(n,) reports of each day's weekday relative to the average day, from the days kept.

    One average day is added to each weekday, so that none is zero.
    """
    weekday = np.arange(len(daily)) % WEEK
    reports = np.bincount(weekday[keep], daily[keep], WEEK)
    days = np.bincount(weekday[keep], minlength=WEEK)
    mean = max(reports.sum() / max(days.sum(), 1), 1e-9)
    profile = (reports / mean + 1) / (days + 1)
    return np.asarray((profile / profile.mean())[weekday], dtype=np.float64)


def _rhythm(daily: IntArray, holes: list[Span]) -> _Rhythm:
    keep = observed(len(daily), holes)
    profile = weekday_profile(daily, keep)
    reports = np.concatenate(([0.0], np.cumsum(daily[keep], dtype=np.float64)))
    weight = np.concatenate(([0.0], np.cumsum(profile[keep])))
    seen = np.concatenate(([0], np.cumsum(keep)))
    return _Rhythm(seen, reports, weight, profile, _spread(reports[::WEEK], weight[::WEEK]))


def _spread(reports: FloatArray, weight: FloatArray) -> float:
    """Over-dispersion of weekly totals around the mean of the eight weeks on either side, plus its standard error."""
    count, expected = np.diff(reports), np.diff(weight)
    n = len(count)
    if n < 2 or reports[-1] == 0:
        return np.inf
    low = np.maximum(np.arange(n) - 8, 0)
    high = np.minimum(np.arange(n) + 9, n)
    others = (reports[high] - reports[low] - count) / (weight[high] - weight[low] - expected)
    mean = others * expected
    overall = max(float(mean.mean()), 1e-9)
    trust = 1 / (mean + overall)  # neither the busiest years nor a week beside a hole may decide alone
    own_error = 1 + 1 / (high - low - 1)
    spread = float((trust * ((count - mean) ** 2 / own_error - mean)).sum() / (trust * mean**2).sum())
    spread = max(spread, 0.0)
    return spread + (spread + 1 / overall) * float(np.sqrt(2 / n))


def _log_chance(rhythm: _Rhythm, run: Span) -> float:
    """Log probability of no report in the run; 0 where nothing around it says what to expect."""
    at, last = int(rhythm.seen[run[0]]), len(rhythm.weight) - 1
    after = int(rhythm.seen[run[1]])  # the run itself is observed as long as it is not taken for a hole
    sides = ((max(at - AROUND, 0), at), (after, min(after + AROUND, last)))
    levels = [_low_level(rhythm, *side) for side in sides if side[1] - side[0] >= ENOUGH]
    if not levels or not np.isfinite(rhythm.spread):
        return 0.0
    weekly = np.add.reduceat(rhythm.profile[run[0] : run[1]], np.arange(0, run[1] - run[0], WEEK)) * min(levels)
    return float(-np.log1p(rhythm.spread * weekly).sum() / rhythm.spread)


def _low_level(rhythm: _Rhythm, start: int, end: int) -> float:
    """Reports an average day over observed days `start` to `end`, at the lower 84 % limit (Wilson and Hilferty)."""
    reports = float(rhythm.reports[end] - rhythm.reports[start])
    level = reports / float(rhythm.weight[end] - rhythm.weight[start])
    worth = reports / (1 + rhythm.spread * level * WEEK)  # independent reports that would be as uncertain
    if worth <= 0:
        return 0.0
    return float(level * max(1 - 1 / (9 * worth) - 1 / (3 * np.sqrt(worth)), 0.0) ** 3)


def find_regimes(daily: IntArray, holes: Sequence[Span], ratio: float = 1.3) -> tuple[int, ...]:
    """First days of sustained changes of level (접수 체계 변화), net of season, steady trend and holes.

    Months (a twelfth of a year, counted from the first day) follow a negative binomial log-linear model with a yearly
    cycle. Forward, the step that explains most is added as long as it is certain; where a steady trend explains about
    as much, the trend goes in instead. Backward, each step is judged again beside the others and taken out when it is
    uncertain or smaller than `ratio`. Certainty is discounted by the autocorrelation of what is left over. The day is
    the likeliest one within a month of the step, weekday and the fitted year held equal.

    Parameters
    ----------
    daily : (n,) reports a day, no day left out.
    holes : spans without collection, as `find_holes` gives them.
    ratio : smallest change, up or down, worth the name.

    Notes
    -----
    Less than two years of observed months give no answer: season and change cannot be told apart.

    References
    ----------
    Andrews (1993), Tests for parameter instability and structural change with unknown change point. Econometrica 61.

    Examples
    --------
    >>> find_regimes(np.repeat([10, 20], [800, 700]), [])
    (800,)
    """
    keep = observed(len(daily), holes)
    months = _months(daily, keep)
    if len(months.number) < TWO_YEARS:
        return ()
    steps, trend = _forward(months)
    steps = _backward(months, steps, trend, smallest=float(np.log(ratio)))
    weight = weekday_profile(daily, keep) * _year(months, steps, trend, len(daily))
    return tuple(sorted(_first_day(daily, keep, weight, step) for step in steps))


@dataclass(frozen=True, slots=True)
class _Months:
    """The observed months of a series."""

    number: IntArray  # (m,) which twelfth of a year since the first day
    reports: FloatArray  # (m,)
    weight: FloatArray  # (m,) observed days, each by its weekday

    def trend(self) -> FloatArray:
        """(m,) years from the middle."""
        return np.asarray((self.number - self.number.mean()) / 12, dtype=np.float64)

    def late(self, steps: IntArray) -> FloatArray:
        """(m, s) 1 from each step on."""
        return (self.number[:, None] >= steps).astype(np.float64)

    def design(self, steps: list[int], trend: bool) -> FloatArray:
        """(m, k) a column a step, then the trend if asked, the level, the year."""
        late, level = self.late(np.array(steps, dtype=np.int64)), np.ones(len(self.number))
        return np.column_stack([late, *([self.trend()] if trend else []), level, self.year(self.number)])

    def year(self, number: IntArray | FloatArray) -> FloatArray:
        """(n, 2 or 4) waves of the year at any months: two from three years on."""
        waves = (1, 2) if len(self.number) >= 36 else (1,)
        return np.column_stack([turn(w * 2 * np.pi * number / 12) for w in waves for turn in (np.sin, np.cos)])

    def candidates(self, steps: list[int]) -> IntArray:
        """Months at which another step may stand: half a year from either end and from the steps there are."""
        free = np.arange(self.number[0] + SUSTAINED, self.number[-1] + 2 - SUSTAINED)
        distance = np.abs(free[:, None] - np.array([-SUSTAINED, *steps]))
        return np.asarray(free[(distance >= SUSTAINED).all(axis=1)], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _LevelFit:
    """A negative binomial log-linear model of monthly reports: variance = mean + spread * mean²."""

    effect: FloatArray  # (k,) of each column of the design, on the log scale
    certainty: FloatArray  # (k,) squared effect over its variance, discounted by autocorrelation
    mean: FloatArray  # (m,) expected reports
    spread: float


def _months(daily: IntArray, keep: BoolArray) -> _Months:
    month = (np.arange(len(daily)) / MONTH).astype(np.int64)
    reports = np.bincount(month, np.where(keep, daily, 0)).astype(np.float64)
    weight = np.bincount(month, np.where(keep, weekday_profile(daily, keep), 0)).astype(np.float64)
    enough = np.flatnonzero(weight >= MONTH / 3)
    return _Months(enough, reports[enough], weight[enough])


def _fit_levels(months: _Months, design: FloatArray) -> _LevelFit:
    """Iterated weighted least squares; the spread by moments, anew each time. Eight rounds are more than it takes."""
    reports, spread = months.reports, 0.05
    log_mean = np.log(reports + 0.5)
    offset = np.log(months.weight)
    ridge = 1e-9 * np.eye(design.shape[1])
    for _ in range(8):
        mean = np.exp(np.clip(log_mean, -15, 25))
        trust = mean / (1 + spread * mean)
        information = (design.T * trust) @ design + ridge
        target = log_mean - offset + (reports - mean) / mean
        effect = np.linalg.solve(information, design.T @ (trust * target))
        log_mean = design @ effect + offset
        spread = _monthly_spread(reports, np.exp(np.clip(log_mean, -15, 25)), design.shape[1])
    mean = np.exp(np.clip(log_mean, -15, 25))
    certainty = effect**2 / np.diag(np.linalg.inv(information)) * _discount(reports, mean, spread, len(effect))
    return _LevelFit(effect, certainty, mean, spread)


def _monthly_spread(reports: FloatArray, mean: FloatArray, k: int) -> float:
    trust = 1 / (mean + mean.mean())
    excess = (reports - mean) ** 2 * len(mean) / (len(mean) - k) - mean
    return max(float((trust * excess).sum() / (trust * mean**2).sum()), 1e-6)


def _discount(reports: FloatArray, mean: FloatArray, spread: float, k: int) -> float:
    """How much less a month is worth because it resembles the one before; the estimate's bias of about k/m is added."""
    left = (reports - mean) / np.sqrt(mean + spread * mean**2)
    alike = float((left[1:] * left[:-1]).sum() / max((left**2).sum(), 1e-9)) + k / len(left)
    alike = min(max(alike, 0.0), 0.8)
    return (1 - alike) / (1 + alike)


def _gain(months: _Months, design: FloatArray, columns: FloatArray) -> FloatArray:
    """(c,) what each column alone would add to the fit: a likelihood ratio from its score."""
    fit = _fit_levels(months, design)
    slope = 1 / (1 + fit.spread * fit.mean)
    trust = fit.mean * slope
    off = months.reports - fit.mean
    shared = (design.T * trust) @ columns
    own = trust @ columns**2 - (shared * np.linalg.solve((design.T * trust) @ design, shared)).sum(axis=0)
    explained = (columns.T @ (off * slope)) ** 2 / np.maximum(own, 1e-9) / max((off**2 * slope / fit.mean).sum(), 1e-9)
    return np.asarray(-len(off) * np.log(np.maximum(1 - explained, 1e-9)), dtype=np.float64)


def _forward(months: _Months) -> tuple[list[int], bool]:
    """Steps worth trying, and whether a steady trend goes with them.

    The first step is tried whether certain or not: a level that rises and falls back is certain only as a pair.
    """
    steps: list[int] = []
    trend = False
    while len(candidates := months.candidates(steps)):
        design = months.design(steps, trend)
        gain = _gain(months, design, np.column_stack([months.late(candidates), months.trend()]))
        best = int(np.argmax(gain[:-1]))
        if not trend and gain[-1] > gain[best] - IN_DOUBT and _is_steady(months, steps):
            trend = True
            continue
        longer = [int(candidates[best]), *steps]
        if steps and _fit_levels(months, months.design(longer, trend)).certainty[0] < CERTAIN:
            break
        steps = longer
    return steps, trend


def _is_steady(months: _Months, steps: list[int]) -> bool:
    """Whether a steady trend beside the steps is certain, months that resemble their neighbours counting less."""
    return bool(_fit_levels(months, months.design(steps, trend=True)).certainty[len(steps)] >= STEADY)


def _backward(months: _Months, steps: list[int], trend: bool, smallest: float) -> list[int]:
    """The steps that stay certain, and large enough, beside one another."""
    while steps:
        fit = _fit_levels(months, months.design(steps, trend))
        k = len(steps)
        strength = np.where(np.abs(fit.effect[:k]) < smallest, 0.0, fit.certainty[:k])
        weakest = int(np.argmin(strength))
        if strength[weakest] >= CERTAIN:
            break
        steps = steps[:weakest] + steps[weakest + 1 :]
    return steps


def _year(months: _Months, steps: list[int], trend: bool, n_days: int) -> FloatArray:
    """(n_days,) how many more reports each day's time of the year brings than the average one, beside the steps."""
    day = np.arange(n_days, dtype=np.float64)
    waves = months.year((day + 0.5) / MONTH - 0.5)  # a month's number stands for its middle
    effect = _fit_levels(months, months.design(steps, trend)).effect[-waves.shape[1] :]
    return np.asarray(np.exp(waves @ effect), dtype=np.float64)


def _first_day(daily: IntArray, keep: BoolArray, usual: FloatArray, step: int) -> int:
    """The observed day, within a month of the step, at which the level most likely changed (Poisson).

    `usual` (n,) is what each day's weekday and time of the year bring beside the average day.
    """
    weight = np.where(keep, usual, 0.0)
    reports = np.where(keep, daily, 0)
    low, high = round((step - 1) * MONTH), min(round((step + 1) * MONTH), len(daily))
    sides = (slice(max(low - 5 * 30, 0), low), slice(high, high + 5 * 30))
    before, after = ((reports[side].sum() + 0.5) / (weight[side].sum() + 0.5) for side in sides)
    gain = reports[low:high] * np.log(before / after) - weight[low:high] * (before - after)
    day = low + int(np.argmax(np.concatenate(([0.0], np.cumsum(gain)))))
    later = np.flatnonzero(keep[day:])
    return day + int(later[0])
