"""Compare the reports of a city and fit the model to them (신고 연결): how sure each pair is of one vehicle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sigun.analysis.same_vehicle.comparison import (
    PLACE,
    TIME,
    VEHICLE,
    Limits,
    Reports,
    by_chance,
    candidates,
    compare,
    sizes_of,
)
from sigun.analysis.same_vehicle.linkage import Linkage, fit_linkage, probability, shares
from sigun.analysis.same_vehicle.pairs import UNTOLD, Pairs
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray
from sigun.analysis.statistics.observed import LEAST
from sigun.errors import MethodError
from sigun.text import N_, say

MISREAD = 0.05  # plates of one vehicle that differ all the same: mistyped, or the trailer's
PLATES_TOLD = 0.01  # of the pairs: from here on plates teach what else is usual
CALM = 3.0  # chance neighbours a place is given beyond its own: a few do not make it busy
REFITS = 40
WEEK = 7.0


@dataclass(frozen=True, slots=True)
class Linked:
    """The reports, the pairs compared, and how sure each pair is."""

    reports: Reports
    limits: Limits
    pairs: Pairs
    levels: IntArray  # (n, k) of k comparisons
    pattern: IntArray  # (n,) number of each pair's pattern of levels
    patterns: IntArray  # (p, k)
    busy: FloatArray  # (n,) log of how many more chance neighbours the later report's place has than usual
    fit: Linkage
    learned: BoolArray  # (k,) comparisons whose u was estimated with the rest
    plates: bool  # whether enough of them are told

    def weight(self, fit: Linkage) -> FloatArray:
        """(n,) log odds of every pair; agreeing at a busy place says less."""
        return fit.weight(self.patterns)[self.pattern] - self.busy

    def repeats(self, sure: FloatArray) -> FloatArray:
        """(reports,) how sure it is that each one repeats an earlier one: its surest pair."""
        best = np.zeros(len(self.reports))
        np.maximum.at(best, self.pairs.later, sure)
        return best


def link(reports: Reports, limits: Limits) -> Linked:
    """Compare every candidate pair and fit the model, without any label.

    Raises
    ------
    MethodError
        There are too few pairs to learn from.
    """
    pairs = candidates(reports, limits)
    if len(pairs) < LEAST:
        raise MethodError(
            say(
                N_("Only {n} pairs of reports lie close to each other; at least {least} are needed."),
                n=len(pairs),
                least=LEAST,
            ),
            say(N_("reports of one vehicle")),
            say(N_("Widen duplicate_metres or duplicate_days in the plan's rules, or take this step out of it.")),
        )
    levels = compare(reports, pairs, limits)
    chance, chance_levels = by_chance(reports, limits)
    patterns, pattern = np.unique(levels, axis=0, return_inverse=True)
    plates = float((levels[:, VEHICLE] != UNTOLD).mean()) >= PLATES_TOLD
    guided = len(chance) >= LEAST
    u = shares(chance_levels if guided else levels, sizes_of(levels, limits))
    times = np.bincount(pattern.ravel()).astype(np.float64)
    learned = _learned(levels.shape[1], plates, guided)
    fit = fit_linkage(patterns, times, u, learned, _known(plates))
    busy = _busy(chance, pairs, len(reports))
    return Linked(reports, limits, pairs, levels, pattern.ravel(), patterns, busy, fit, learned, plates)


def _learned(comparisons: int, plates: bool, guided: bool) -> BoolArray:
    """Comparisons whose u chance pairs do not tell: one person's reports at one sitting are no chance of months apart.

    Only plates can show what such pairs are; without them chance pairs remain the better guide.
    """
    return np.array([not guided or (plates and k in (PLACE, TIME)) for k in range(comparisons)])


def _known(plates: bool) -> Mapping[int, FloatArray]:
    """One vehicle has one plate: that is not left to the data, in which one person's many reports look alike."""
    return {VEHICLE: np.array([1 - MISREAD, MISREAD])} if plates else {}


def _busy(chance: Pairs, pairs: Pairs, n: int) -> FloatArray:
    """Log of the chance neighbours of each pair's later report against those of an average chance pair."""
    neighbours = np.bincount(np.concatenate([chance.earlier, chance.later]), minlength=n).astype(float)
    usual = float(neighbours[chance.later].mean()) if len(chance) else 0.0
    return np.asarray(np.log((neighbours[pairs.later] + CALM) / (usual + CALM)), dtype=float)


def refitted_shares(linked: Linked, rng: np.random.Generator) -> FloatArray:
    """(draws,) share of reports that repeat an earlier one, weeks drawn anew and the model fitted anew each time."""
    week = (linked.reports.day // WEEK).astype(np.int64)
    n = int(week.max()) + 1
    found = np.empty(REFITS)
    for draw in range(REFITS):
        drawn = rng.multinomial(n, np.full(n, 1 / n)).astype(float)
        times = np.bincount(linked.pattern, drawn[week[linked.pairs.later]], len(linked.patterns)).astype(np.float64)
        fit = fit_linkage(linked.patterns, times, linked.fit.u, linked.learned, _known(linked.plates))
        repeats = linked.repeats(probability(linked.weight(fit)))
        found[draw] = np.average(repeats, weights=drawn[week])
    return found
