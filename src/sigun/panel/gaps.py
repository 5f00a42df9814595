"""Holes in a daily series (수집 공백): runs of days without any report that the series' own rhythm makes all but impossible."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
Span = tuple[int, int]

WEEK = 7
SHORTEST = 11  # days: one more than the longest run of public holidays (ten days, Korea, autumn 2017)
AROUND = 8 * WEEK  # observed days on either side that say how many reports there should have been
ENOUGH = 4 * WEEK  # a side with fewer days than this says nothing


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

    A run of days without a report is a hole when it is less likely than `alpha` over the number of days (Bonferroni), given the
    lower of the levels of the eight observed weeks on either side (each at the lower end of its own uncertainty), the weekday profile,
    and weekly totals that are negative binomial with the spread they show around their neighbours. The likeliest hole is taken out first
    and the rest judged again without it. Runs of up to ten days are never holes: a long holiday looks the same.

    Parameters
    ----------
    daily : (n,) reports a day, no day left out.
    alpha : chance of any false hole in the whole series.

    Notes
    -----
    Only the series given is looked at: cut at a date, it answers with what was known then. A run at either end is judged by its one side.

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


def observed(n_days: int, holes: tuple[Span, ...] | list[Span]) -> npt.NDArray[np.bool_]:
    """(n_days,) whether a day lies outside every hole."""
    keep = np.ones(n_days, dtype=bool)
    for start, end in holes:
        keep[start:end] = False
    return keep


def weekday_profile(daily: IntArray, keep: npt.NDArray[np.bool_]) -> FloatArray:
    """(n,) reports of each day's weekday relative to the average day, from the days kept; one day's worth of average is added to each."""
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
    """Reports an average day over the observed days `start` to `end`, at the lower 97.7 % limit (Wilson and Hilferty)."""
    reports = float(rhythm.reports[end] - rhythm.reports[start])
    level = reports / float(rhythm.weight[end] - rhythm.weight[start])
    worth = reports / (1 + rhythm.spread * level * WEEK)  # independent reports that would be as uncertain
    if worth <= 0:
        return 0.0
    return level * max(1 - 1 / (9 * worth) - 2 / (3 * np.sqrt(worth)), 0.0) ** 3
