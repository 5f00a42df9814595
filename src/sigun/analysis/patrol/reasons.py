"""Reasons (순찰 이유): why a place is on the list, in sentences with their figures."""

from __future__ import annotations

import numpy as np

from sigun.analysis.forecast.baselines import YEAR, counted
from sigun.analysis.forecast.history import Past
from sigun.analysis.forecast.places import Places
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray
from sigun.text import N_, Message, say

RECENT = 28  # days
UNUSUAL = 0.05  # chance below which recent weeks, or a year, are called unlike the ones before
NEIGHBOURS = 8


def reasons_for(past: Past, places: Places, chosen: IntArray, random: BoolArray) -> list[list[Message]]:
    """One to three reasons for each chosen place (k,)."""
    facts = _Facts(past, places)
    return [
        [say(N_("drawn at random, so that the list does not only follow itself"))]
        if drawn
        else facts.said_of(int(place))
        for place, drawn in zip(chosen, random, strict=True)
    ]


def unlike(now: float, before: float, share: float) -> bool:
    """Whether `now` is more than chance would put into its share of the time, given `now + before` in all (binomial).

    >>> unlike(5, 5, share=1 / 13), unlike(1, 12, share=1 / 13)
    (True, False)
    """
    from scipy.special import bdtrc

    return now > 0 and float(bdtrc(now - 1, int(now + before), share)) < UNUSUAL


class _Facts:
    """What is known about every place, counted once."""

    def __init__(self, past: Past, places: Places) -> None:
        self.year = counted(past, 0, YEAR)
        self.year_before = counted(past, YEAR, 2 * YEAR)
        self.weeks = counted(past, 0, RECENT)
        self.ever = counted(past, 0, len(past.daily))
        self.around = np.zeros(len(places)) if places.regional else around(places, self.year)
        self.comparable = len(past.daily) >= 2 * YEAR and bool(past.observed[-2 * YEAR :].all())

    def said_of(self, place: int) -> list[Message]:
        """The reasons for one place, the plainest first."""
        return [self._count(place), *self._recent(place), *self._trend(place), *self._surroundings(place)][:3]

    def _count(self, place: int) -> Message:
        n, ever = int(self.year[place]), int(self.ever[place])
        if n:
            return say(N_("reports here in the last 12 months: {n}"), n=n)
        if ever:
            return say(N_("no report here in the last 12 months; before that: {n}"), n=ever)
        return say(N_("no report here so far, but reports around it"))

    def _recent(self, place: int) -> list[Message]:
        weeks, rest = float(self.weeks[place]), float(self.year[place] - self.weeks[place])
        if weeks >= 2 and unlike(weeks, rest, RECENT / YEAR):
            return [say(N_("in the last 4 weeks: {n}, more than usual here"), n=int(weeks))]
        return []

    def _trend(self, place: int) -> list[Message]:
        now, before = float(self.year[place]), float(self.year_before[place])
        if not self.comparable:
            return []
        if unlike(now, before, 0.5):
            return [say(N_("rising; in the 12 months before: {before}"), before=int(before))]
        if unlike(before, now, 0.5):
            return [say(N_("falling; in the 12 months before: {before}"), before=int(before))]
        return []

    def _surroundings(self, place: int) -> list[Message]:
        n = float(self.around[place])
        if n > NEIGHBOURS * self.year[place]:  # otherwise its own reports say more
            return [say(N_("reports in the 8 cells around it in the last 12 months: {n}"), n=int(n))]
        return []


def around(places: Places, values: FloatArray) -> FloatArray:
    """Sum of the values (n,) over the eight cells around each cell, (n,)."""
    total = np.zeros(len(places))
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            if dx or dy:
                near = places.index(places.x + dx, places.y + dy)
                total += np.where(near >= 0, values[near], 0.0)
    return total
