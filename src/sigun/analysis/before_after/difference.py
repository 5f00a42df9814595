"""The difference of two changes, and how sure it is (변화의 차이): by pretending that other regions were the treated.

With two treated regions of twenty no error by formula is to be had; which two they were is chance enough to count by.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sigun.analysis.statistics.arrays import BoolArray, FloatArray

ALPHA = 0.05
FEWEST_SETS = 20  # 1 / ALPHA: with fewer, no choice of regions is rarer than the error borne with
FEWEST = 3  # regions to compare with, for a spread to be told from
SETS = 9_999  # drawn, where there are more choices than that
FAR, NEAR = 60, 60  # doublings outwards, halvings back: the ends of an interval to all digits that are printed
FARTHEST = 500.0  # of a logarithm: beyond lies nothing that is told apart
By = Literal["permutation", "spread", "none"]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is compared: one number a region and side. What each is per (people) stands beside it, 1 where nothing."""

    before: FloatArray  # (n,)
    after: FloatArray  # (n,)
    per_before: FloatArray  # (n,)
    per_after: FloatArray  # (n,)
    treated: BoolArray  # (n,) the others are compared with
    ratio: bool  # changes as ratios of sums (counts), else as differences of means

    def of(self, mask: BoolArray) -> float:
        """The change of these regions: logarithm of the ratio, or difference."""
        if not self.ratio:
            return float(np.mean(self.after[mask] / self.per_after[mask] - self.before[mask] / self.per_before[mask]))
        sums = [float(v[mask].sum()) for v in (self.after, self.per_after, self.before, self.per_before)]
        if min(sums) <= 0:
            return math.nan
        return math.log(sums[0] / sums[1]) - math.log(sums[2] / sums[3])

    def level(self, mask: BoolArray, after: bool = False) -> float:
        """Mean per period and region, or for so much of what it is per."""
        value, per = (self.after, self.per_after) if after else (self.before, self.per_before)
        if self.ratio:
            return float(value[mask].sum() / per[mask].sum())
        return float(np.mean(value[mask] / per[mask]))

    def without(self, place: int) -> Changes:
        """The same with one region left out."""
        keep = np.arange(len(self.treated)) != place
        before, after, per_before, per_after = (
            a[keep] for a in (self.before, self.after, self.per_before, self.per_after)
        )
        return Changes(before, after, per_before, per_after, self.treated[keep], self.ratio)


@dataclass(frozen=True, slots=True)
class Apart:
    """How far the treated changed from those compared: logarithm of a ratio of ratios, or difference of differences."""

    estimate: float
    low: float  # 95 %
    high: float
    p: float
    by: By
    sets: int  # choices of regions it was held against


def difference(changes: Changes, rng: np.random.Generator) -> Apart:
    """Change of the treated less change of the others, with an interval that holds under few treated regions.

    Every choice of as many regions is taken for the treated ones; the interval is of those sizes at which the real
    choice, that size taken off it, would be no rarer than one in twenty (test inversion). Since each region is one
    number a side, it is no matter how its periods hang together. Where there are fewer than twenty choices, the spread
    of the changes of those compared stands in (Student's t).

    References
    ----------
    Rosenbaum (2002), Observational Studies, 2nd ed., ch. 2; Conley & Taber (2011), Review of Economics and Statistics
    93:113-125 (the comparison regions tell how far few treated ones would lie).

    Examples
    --------
    >>> after = np.r_[np.arange(20.0) / 10, 5.0, 5.2]
    >>> one = np.ones(22)
    >>> found = difference(Changes(0 * one, after, one, one, np.arange(22) >= 20, False), np.random.default_rng(1))
    >>> round(found.estimate, 2), found.by, found.low > 2, found.high < 6
    (4.15, 'permutation', True, True)
    """
    estimate = changes.of(changes.treated) - changes.of(~changes.treated)
    n, k = len(changes.treated), int(changes.treated.sum())
    if not math.isfinite(estimate):
        return Apart(estimate, math.nan, math.nan, math.nan, "none", 0)
    if math.comb(n, k) < FEWEST_SETS:
        return spread([changes], np.ones(1))
    sets = choices(changes.treated, rng)
    chance = _chance(changes, sets)
    step = _step(changes, estimate)
    low = estimate - _last_borne(lambda far: chance(estimate - far), step)
    high = estimate + _last_borne(lambda far: chance(estimate + far), step)
    return Apart(estimate, low, high, chance(0.0), "permutation", len(sets))


def choices(treated: BoolArray, rng: np.random.Generator) -> BoolArray:
    """(s, n) every choice of as many regions, or the real one and so many drawn by chance.

    >>> choices(np.array([True, False, False]), np.random.default_rng(1)).astype(int).tolist()
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    """
    n, k = len(treated), int(treated.sum())
    if math.comb(n, k) > SETS:
        drawn = np.stack([rng.permutation(treated) for _ in range(SETS)])
        return np.concatenate([treated[None, :], drawn])
    places = np.array(list(itertools.combinations(range(n), k)))
    sets = np.zeros((len(places), n), dtype=bool)
    sets[np.arange(len(places))[:, None], places] = True
    return sets


def _chance(changes: Changes, sets: BoolArray) -> Callable[[float], float]:
    """The share of the choices that lie as far apart as the real one, a size having been taken off the treated."""
    apart = (_ratios if changes.ratio else _differences)(changes, sets)
    real = _ratios(changes, changes.treated[None, :]) if changes.ratio else _differences(changes, changes.treated[None])

    def chance(size: float) -> float:
        found, mine = np.abs(apart(size)), abs(float(real(size)[0]))
        return float(np.mean(np.where(np.isnan(found), math.inf, found) >= mine - 1e-12 * max(1.0, mine)))

    return chance


def _differences(changes: Changes, sets: BoolArray) -> Callable[[float], FloatArray]:
    change = changes.after / changes.per_after - changes.before / changes.per_before
    n, k = sets.shape[1], int(changes.treated.sum())
    chosen = sets.astype(float)
    own, hit = chosen @ change, chosen @ changes.treated.astype(float)
    whole = float(change.sum())
    return lambda size: (own - size * hit) / k - ((whole - own) - size * (k - hit)) / (n - k)


def _ratios(changes: Changes, sets: BoolArray) -> Callable[[float], FloatArray]:
    chosen = sets.astype(float)
    arrays = (changes.after, changes.per_after, changes.before, changes.per_before)
    parts = [chosen @ v for v in arrays]
    rest = [float(v.sum()) - p for v, p in zip(arrays, parts, strict=True)]
    moved = changes.after * changes.treated
    own = chosen @ moved
    other = float(moved.sum()) - own

    def apart(size: float) -> FloatArray:
        off = 1 - math.exp(-min(max(size, -FARTHEST), FARTHEST))
        with np.errstate(divide="ignore", invalid="ignore"):
            mine = np.log((parts[0] - off * own) / parts[1]) - np.log(parts[2] / parts[3])
            others = np.log((rest[0] - off * other) / rest[1]) - np.log(rest[2] / rest[3])
            return np.asarray(mine - others)

    return apart


def _step(changes: Changes, estimate: float) -> float:
    """A first step outwards, of the size of what is looked at."""
    change = changes.after / changes.per_after - changes.before / changes.per_before
    size = abs(estimate) if changes.ratio else float(np.std(change))
    return max(size, abs(estimate), 1e-9) / 16


def _last_borne(chance: Callable[[float], float], step: float) -> float:
    """How far from the estimate a size may lie and still be borne; infinite where all are."""
    inside, outside = 0.0, step
    for _ in range(FAR):
        if chance(outside) <= ALPHA:
            break
        inside, outside = outside, 2 * outside
    else:
        return math.inf
    for _ in range(NEAR):
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if chance(middle) <= ALPHA else (middle, outside)
    return inside


def spread(cohorts: list[Changes], share: FloatArray) -> Apart:
    """The difference of changes over several starts, with an interval by the spread of those compared.

    Parameters
    ----------
    cohorts : the comparison of each start, with the same regions compared in each.
    share : (c,) weight of each start, adding up to one: its share of the treated.

    Regions are taken to scatter alike, treated or not; those compared hang together wholly from one start to the next,
    which makes the interval rather too wide than too narrow.
    """
    from scipy.stats import t as student

    found = np.array([c.of(c.treated) - c.of(~c.treated) for c in cohorts])
    estimate = float(share @ found)
    n = min(int((~c.treated).sum()) for c in cohorts)
    if n < FEWEST or not math.isfinite(estimate):
        return Apart(estimate, math.nan, math.nan, math.nan, "none", 0)
    sigma = np.array([_sigma(c) for c in cohorts])
    mine, theirs = (
        np.array([_uneven(c, m) for c, m in zip(cohorts, masks, strict=True)]) for masks in _groups(cohorts)
    )
    se = math.sqrt(float((share**2 * sigma**2 * mine).sum() + (share @ (sigma * np.sqrt(theirs))) ** 2))
    reach = float(student.ppf(1 - ALPHA / 2, n - 1)) * se
    p = float(2 * student.sf(abs(estimate) / se, n - 1)) if se > 0 else math.nan
    return Apart(estimate, estimate - reach, estimate + reach, p, "spread", 0)


def _groups(cohorts: list[Changes]) -> tuple[list[BoolArray], list[BoolArray]]:
    return [c.treated for c in cohorts], [~c.treated for c in cohorts]


def _sigma(changes: Changes) -> float:
    """Standard deviation of the changes of those compared: of single regions, relative ones where ratios are told."""
    there = ~changes.treated
    before, after = changes.before / changes.per_before, changes.after / changes.per_after
    if not changes.ratio:
        return float(np.std((after - before)[there], ddof=1))
    there &= before > 0
    expected = before[there] * math.exp(changes.of(~changes.treated))
    return float(np.sqrt(np.sum((after[there] / expected - 1) ** 2) / max(int(there.sum()) - 1, 1)))


def _uneven(changes: Changes, mask: BoolArray) -> float:
    """One over the number of regions, or more where a few of them make up most of a sum."""
    weight = changes.before[mask] if changes.ratio else np.ones(int(mask.sum()))
    return float((weight**2).sum() / weight.sum() ** 2)
