"""The comparison itself (비교): changes of each start put together, once really and once before anything began."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from sigun.analysis.before_after.difference import Apart, Changes, difference, spread
from sigun.analysis.before_after.setting import SEASONS, Setting
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray

Cut = Callable[[int], tuple[BoolArray, BoolArray]]
"""From a start to the periods of its two sides."""


@dataclass(frozen=True)
class Cohort:
    """The treated regions of one start beside those compared."""

    start: int
    changes: Changes
    places: IntArray  # of its regions in the setting
    seasons: int


@dataclass(frozen=True)
class Comparison:
    """Changes of both groups, and how far apart they are."""

    setting: Setting  # as it was looked at: counts of which a group has none at all are told as differences
    cohorts: tuple[Cohort, ...]
    share: FloatArray  # (c,) of each start among the treated
    apart: Apart

    def level(self, treated: bool, after: bool = False) -> float:
        """Mean per period of a group."""
        levels = [c.changes.level(c.changes.treated == treated, after) for c in self.cohorts]
        return float(self.share @ np.array(levels))

    def change(self, treated: bool) -> float:
        """Of a group: logarithm of the ratio, or difference."""
        return float(self.share @ np.array([c.changes.of(c.changes.treated == treated) for c in self.cohorts]))


def compare(setting: Setting, rng: np.random.Generator, cut: Cut | None = None) -> Comparison | None:
    """Both groups over the periods of `cut` (the windows of the plan); none where nobody is left on a side."""
    cohorts = cohorts_of(setting, cut or setting.windows)
    if not cohorts:
        return None
    if setting.ratio and not all(_countable(c.changes) for c in cohorts):
        return compare(replace(setting, ratio=False), rng, cut)
    treated = np.array([int(c.changes.treated.sum()) for c in cohorts], dtype=float)
    share = treated / treated.sum()
    every = [c.changes for c in cohorts]
    return Comparison(setting, cohorts, share, difference(every[0], rng) if len(every) == 1 else spread(every, share))


def cohorts_of(setting: Setting, cut: Cut) -> tuple[Cohort, ...]:
    """One for each start that has somebody treated and somebody to compare with."""
    found = []
    for start in setting.starts:
        y, per = setting.sides(*cut(start))
        mine = setting.used & (setting.start == start)
        told = np.isfinite(y.before) & np.isfinite(y.after)
        places = np.flatnonzero((mine | setting.beside) & told)
        treated = mine[places]
        if treated.any() and not treated.all():
            before, after, per_before, per_after = (v[places] for v in (y.before, y.after, per.before, per.after))
            changes = Changes(before, after, per_before, per_after, treated, setting.ratio)
            found.append(Cohort(start, changes, places, int(y.seasons[places].max())))
    return tuple(found)


def _countable(changes: Changes) -> bool:
    """Whether each group has something on each side: of nothing there is no ratio."""
    groups = (changes.treated, ~changes.treated)
    return all(float(side[g].sum()) > 0 for g in groups for side in (changes.before, changes.after))


def earlier(setting: Setting, rng: np.random.Generator) -> Comparison | None:
    """The same comparison between the two halves of the periods before; none where they are too few for that.

    Where there are seasons, the halves must hold whole years, so that the same months lie in both.
    """
    year = SEASONS.get({12: "month", 4: "quarter"}.get(int(setting.season.max()) + 1, ""), 1)

    def halves(start: int) -> tuple[BoolArray, BoolArray]:
        before, _after = setting.windows(start)
        places = np.flatnonzero(before)
        middle = len(places) - (len(places) // (2 * year)) * year
        first, last = np.zeros_like(before), np.zeros_like(before)
        first[places[:middle]] = True
        last[places[middle:]] = True
        return first, last

    if any(setting.windows(start)[0].sum() < 2 * year for start in setting.starts):
        return None
    return compare(setting, rng, halves)


def without_one(found: Comparison) -> list[tuple[int, float]]:
    """The difference with single regions left out: place in the setting, and what is found without it."""
    if len(found.cohorts) > 1:
        return []
    only = found.cohorts[0]
    rows = []
    for at, place in enumerate(only.places.tolist()):
        group = only.changes.treated == only.changes.treated[at]
        if int(group.sum()) > 1:
            less = only.changes.without(at)
            rows.append((place, less.of(less.treated) - less.of(~less.treated)))
    return rows
