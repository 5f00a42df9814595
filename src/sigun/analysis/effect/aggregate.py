"""Putting group-time effects together (효과의 종합), and how much each region moves what comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sigun.analysis.effect.group_time import Cell
from sigun.analysis.statistics.arrays import FloatArray

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Mean:
    """A weighted mean of gaps. `influence` adds up, squared, to the variance (by region)."""

    estimate: float
    influence: FloatArray  # (n,) outcome units
    se: float  # NaN where one region alone was treated
    df: float  # of the t distribution of an interval
    regions: int  # treated regions in it

    def interval(self, level: float = LEVEL) -> tuple[float, float]:
        """Bounds by the t distribution with Welch's degrees of freedom."""
        from scipy.stats import t

        half = float(t.ppf((1 + level) / 2, self.df)) * self.se
        return self.estimate - half, self.estimate + half

    def p(self) -> float:
        """Two-sided, against no effect."""
        from scipy.stats import t

        return float(2 * t.sf(abs(self.estimate / self.se), self.df)) if self.se > 0 else float("nan")


def mean_of(cells: Sequence[Cell], n: int, weight: Callable[[Cell], FloatArray] | None = None) -> Mean:
    """The weighted mean of the gaps of these cells, and its error over regions.

    The treated regions are taken as a sample of those that could have been treated: the spread of effects between
    them is part of the error, so cohorts of a single region need no error of their own.

    Parameters
    ----------
    cells : of `group_time`.
    n : regions in all.
    weight : (m,) weights of a cell's regions; none: all alike.

    References
    ----------
    Callaway & Sant'Anna (2021), sections 3-4 (aggregation, influence functions); Welch (1947), Biometrika 34:28-35.
    """
    total, gaps, weights, control = 0.0, np.zeros(n), np.zeros(n), np.zeros(n)
    for cell in cells:
        w = np.ones(len(cell.gaps)) if weight is None else weight(cell)
        np.add.at(gaps, cell.treated, w * cell.gaps)
        np.add.at(weights, cell.treated, w)
        np.add.at(control, cell.control, -(w @ cell.x) @ cell.load)
        total += float(w.sum())
    estimate = float(gaps.sum() / total)
    return _with_error(estimate, (gaps - estimate * weights) / total, control / total, _sizes(cells))


def _sizes(cells: Sequence[Cell]) -> tuple[int, int, int]:
    """Treated regions, regions compared with, and columns fitted on these."""
    treated = np.unique(np.concatenate([c.treated for c in cells]))
    control = np.unique(np.concatenate([c.control for c in cells]))
    return len(treated), len(control), cells[0].x.shape[1]


def _with_error(estimate: float, mine: FloatArray, other: FloatArray, sizes: tuple[int, int, int]) -> Mean:
    treated, control, columns = sizes
    if treated < 2:
        return Mean(estimate, mine + other, float("nan"), float("nan"), treated)
    mine, other = mine * np.sqrt(treated / (treated - 1)), other * np.sqrt(control / (control - columns))
    a, b = float(mine @ mine), float(other @ other)
    df = (a + b) ** 2 / (a**2 / (treated - 1) + b**2 / (control - columns)) if a + b > 0 else float("nan")
    influence = mine + other
    return Mean(estimate, influence, float(np.sqrt(influence @ influence)), df, treated)


def overall(cells: Sequence[Cell], n: int) -> Mean:
    """The mean effect since the start: each treated region counts once, by the mean over its own periods."""
    post = [c for c in cells if c.event_time >= 0]
    times = np.zeros(n)
    for cell in post:
        times[cell.treated] += 1
    return mean_of(post, n, lambda cell: 1 / times[cell.treated])


def by_event_time(cells: Sequence[Cell], n: int) -> dict[int, Mean]:
    """The mean effect so many periods after the start, of the regions seen then."""
    times = sorted({c.event_time for c in cells})
    return {e: mean_of([c for c in cells if c.event_time == e], n) for e in times}


def by_calendar(cells: Sequence[Cell], n: int) -> dict[int, Mean]:
    """The mean effect in each period of the calendar, of the regions treated by then."""
    post = [c for c in cells if c.event_time >= 0]
    return {t: mean_of([c for c in post if c.period == t], n) for t in sorted({c.period for c in post})}


def by_cohort(cells: Sequence[Cell], n: int) -> dict[int, Mean]:
    """The mean effect on each cohort since its start."""
    post = [c for c in cells if c.event_time >= 0]
    return {g: mean_of([c for c in post if c.cohort == g], n) for g in sorted({c.cohort for c in post})}


def combined(parts: Sequence[Mean], share: FloatArray) -> Mean:
    """A linear combination of means, such as a slope over event times; `share` (e,) need not add up to one."""
    influence = np.asarray(share @ np.stack([p.influence for p in parts]), dtype=np.float64)
    estimate = float(share @ np.array([p.estimate for p in parts]))
    df = min(p.df for p in parts)
    return Mean(estimate, influence, float(np.sqrt(influence @ influence)), df, min(p.regions for p in parts))


@dataclass(frozen=True, slots=True)
class Joint:
    """What holds for all event times at once."""

    halves: FloatArray  # (e,) half width of the simultaneous band
    pre_p: float  # of no difference before the start, all periods together; NaN where there is none to test


def simultaneous(means: Sequence[Mean], pre: Sequence[Mean], draws: int, rng: np.random.Generator) -> Joint:
    """Simultaneous band and joint test by a multiplier bootstrap over regions (sup-t).

    Multipliers are normal: signs of a handful of regions can add up to only so much. They know nothing of how few
    regions there are: what they say of normal quantiles is carried over to the t distribution of each event time.

    References
    ----------
    Callaway & Sant'Anna (2021), algorithm 1; Montiel Olea & Plagborg-Moller (2019), J. Applied Econometrics 34:1-17.
    """
    from scipy.stats import norm, t

    multipliers = rng.standard_normal((draws, len(means[0].influence)))
    critical = float(np.quantile(_largest(means, multipliers), LEVEL))
    halves = np.array([t.isf(norm.sf(critical), m.df) * m.se for m in means])
    if not pre:
        return Joint(halves, float("nan"))
    normal = max(float(norm.isf(t.sf(abs(m.estimate) / m.se, m.df))) for m in pre)
    return Joint(halves, (1 + float((_largest(pre, multipliers) >= normal).sum())) / (1 + draws))


def _largest(means: Sequence[Mean], multipliers: FloatArray) -> FloatArray:
    scaled = np.stack([m.influence / m.se for m in means])
    return np.asarray(np.abs(multipliers @ scaled.T).max(axis=1), dtype=np.float64)
