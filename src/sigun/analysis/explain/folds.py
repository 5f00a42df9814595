"""What boosting learns from and is asked (학습과 시험의 나눔): by region, and by time with the past strictly before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray

FEWEST_BEFORE = 3  # periods learned from before one is foretold, the first giving only a level to change from


@dataclass(frozen=True, slots=True)
class Lesson:
    """One fold: rows to learn from, and held-out rows with what simpler rules would say of them."""

    x: FloatArray  # (n, k) learned from
    y: FloatArray  # (n,)
    x_held: FloatArray  # (m, k)
    base: FloatArray  # (m,) what is added to a prediction, outcome units
    truth: FloatArray  # (m,) outcome
    persistence: FloatArray  # (m,) the region's value a period before
    mean: FloatArray  # (m,) see `held_out`


def by_region(
    y: FloatArray, x: FloatArray, region: IntArray, period: IntArray, folds: int, rng: np.random.Generator
) -> list[Lesson]:
    """Regions dealt at random into folds of nearly the same number; each fold is foretold from the others."""
    regions = np.unique(region)
    order = rng.permutation(regions)
    before = previous(region, period)
    lessons = []
    for held in np.array_split(order, min(folds, len(regions) // 2)):
        test = np.isin(region, held)
        levels = _levels(np.column_stack([y, x]), ~test, period)
        asked = test & (before >= 0) & ~np.isnan(levels[:, 0])
        if not asked.any():
            continue
        off = np.column_stack([y, x]) - levels
        base = levels[asked, 0]
        lessons.append(Lesson(off[~test, 1:], off[~test, 0], off[asked, 1:], base, y[asked], y[before[asked]], base))
    return lessons


def by_time(y: FloatArray, x: FloatArray, region: IntArray, period: IntArray, folds: int) -> list[Lesson]:
    """The last periods one by one, each foretold as a change from what was learned of the changes before it."""
    before = previous(region, period)
    moved = before >= 0
    change = np.full((len(y), 1 + x.shape[1]), np.nan)
    whole = np.column_stack([y, x])
    change[moved] = whole[moved] - whole[before[moved]]
    periods = np.unique(period)
    lessons = []
    for now in periods[FEWEST_BEFORE:][-folds:]:
        past = period < now
        learned, asked = past & moved, (period == now) & moved
        if not learned.any() or not asked.any():
            continue
        last = y[before[asked]]
        means = _levels(y[:, None], past, region)[asked, 0]
        lessons.append(Lesson(change[learned, 1:], change[learned, 0], change[asked, 1:], last, y[asked], last, means))
    return lessons


def previous(region: IntArray, period: IntArray) -> IntArray:
    """(n,) row of the same region one period before, -1 where it was not observed.

    >>> previous(np.array([0, 0, 0, 1]), np.array([0, 1, 3, 1])).tolist()
    [-1, 0, -1, -1]
    """
    width = int(period.max()) - int(period.min()) + 2
    key = region * width + (period - int(period.min())) + 1
    order = np.argsort(key, kind="stable")
    at = np.searchsorted(key[order], key - 1)
    found = (at < len(key)) & (key[order][np.minimum(at, len(key) - 1)] == key - 1)
    return np.asarray(np.where(found, order[np.minimum(at, len(key) - 1)], -1), dtype=np.int64)


def _levels(values: FloatArray, learned: BoolArray, group: IntArray) -> FloatArray:
    """(n, m) mean of each row's group over the rows learned from; NaN for a group without any."""
    number = np.bincount(group[learned], minlength=int(group.max()) + 1).astype(np.float64)
    totals = [np.bincount(group[learned], column[learned], minlength=len(number)) for column in values.T]
    means = np.full((len(number), values.shape[1]), np.nan)
    seen = number > 0
    means[seen] = np.column_stack(totals)[seen] / number[seen, None]
    return np.asarray(means[group])
