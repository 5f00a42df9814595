"""Rounds through places (순찰 경로): what to visit each day, in what order, to meet most in the time there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray, IntArray

SLACK = 1e-9  # minutes: rounding is no overtime
Days = tuple[tuple[int, ...], ...]
"""The places of each day in order, numbered as in `worth`."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a round moves on: m places and a start, to which every day comes back."""

    travel: FloatArray  # (m + 1, m + 1) minutes from row to column; row 0 is the start, row i + 1 place i
    stay: float  # minutes at a place
    worth: FloatArray  # (m,) reports expected at each place, above 0

    def minutes(self, day: Sequence[int]) -> float:
        """Minutes of one day's round, from the start and back."""
        path = np.array([0, *(i + 1 for i in day), 0])
        return float(self.travel[path[:-1], path[1:]].sum()) + self.stay * len(day)

    def met(self, days: Days) -> float:
        """Reports expected at all places visited."""
        return float(sum(self.worth[list(day)].sum() for day in days))


def rounds(ground: Ground, budgets: Sequence[float], days: int) -> Iterator[Days]:
    """Rounds for each of rising budgets of minutes a day (팀 오리엔티어링 문제): more time never meets fewer reports.

    No place is visited twice and no day is longer than the budget. Rounds are built afresh twice, minding the minutes a
    place costs more or less, and once out of the rounds of the budget before; the best stands. Every round is kept free
    of crossings (2-opt); a listed place gives way to a better one where time allows.

    Parameters
    ----------
    budgets : minutes a day, rising.
    days : rounds of that length.

    Yields
    ------
    The places of each day in order, once for each budget.

    References
    ----------
    Vansteenwegen, Souffriau & Van Oudheusden (2011), European Journal of Operational Research 209:1-10.

    Examples
    --------
    >>> travel = np.abs(np.subtract.outer([0.0, 1, 2, -9], [0.0, 1, 2, -9]))
    >>> list(rounds(Ground(travel, 1.0, np.array([1.0, 2.0, 5.0])), (6.0, 30.0), 1))
    [((0, 1),), ((2, 0, 1),)]
    """
    nothing: Days = ((),) * days
    before = nothing
    for budget in budgets:
        starts = ((before, 1.0), (nothing, 1.0), (nothing, 0.0))
        before = max((_built(ground, start, budget, by) for start, by in starts), key=ground.met)
        yield before


def quick_rounds(ground: Ground, budget: float, days: int) -> Days:
    """Rounds built afresh only once, for one budget of minutes a day: nearly as good, many times as fast."""
    return _built(ground, ((),) * days, budget, 1.0)


def _built(ground: Ground, start: Days, budget: float, by_minute: float) -> Days:
    plan = _Plan(ground, start)
    plan.fill(budget, by_minute)
    while plan.exchange(budget):
        plan.fill(budget, 1.0)
    return plan.days


def filled_up(ground: Ground, started: Days, budget: float, lot: IntArray) -> Days:
    """The rounds with as many places of the lot as fit into the time, tried in the order they were drawn (k,)."""
    plan = _Plan(ground, started)
    for place in lot:
        plan.squeeze_in(int(place), budget)
    return plan.days


class _Plan:
    """Rounds in the making. Nodes are rows of `travel`; the cheapest way into each round is kept for every place."""

    def __init__(self, ground: Ground, started: Days) -> None:
        days, places = len(started), len(ground.worth)
        self.ground = ground
        self.routes: list[list[int]] = [[] for _ in started]
        self.used = np.zeros(days)
        self.extra = np.empty((days, places))  # minutes a place would add to the day
        self.at = np.empty((days, places), np.int64)  # where in the day it would come
        self.free = np.ones(places, bool)
        for day, visited in enumerate(started):
            self.set(day, [place + 1 for place in visited])

    @property
    def days(self) -> Days:
        return tuple(tuple(node - 1 for node in route) for route in self.routes)

    def set(self, day: int, route: list[int]) -> None:
        """Make this the day's round, free of crossings."""
        self.free[[node - 1 for node in self.routes[day]]] = True
        self.routes[day] = uncrossed(self.ground.travel, route)
        self.free[[node - 1 for node in route]] = False
        self.used[day] = self.ground.minutes([node - 1 for node in self.routes[day]])
        self._look(day)

    def fill(self, budget: float, by_minute: float) -> None:
        """Put in places until none fits, those of most worth by minute to this power first; 0 minds the worth alone."""
        while True:
            fits = (self.extra <= (budget - self.used + SLACK)[:, None]) & self.free
            if not fits.any():
                return
            rate = np.where(fits, self.ground.worth / np.maximum(self.extra, SLACK) ** by_minute, -1.0)
            day, place = divmod(int(rate.argmax()), len(self.free))
            self._put(day, place)

    def squeeze_in(self, place: int, budget: float) -> None:
        """Put in the place where it costs least, if it is free and fits into a day."""
        extra = np.where(self.used + self.extra[:, place] <= budget + SLACK, self.extra[:, place], np.inf)
        day = int(extra.argmin())
        if self.free[place] and np.isfinite(extra[day]):
            self._put(day, place)

    def exchange(self, budget: float) -> bool:
        """On each day let the one place give way whose successor is worth most more; false where there is none."""
        before = self.days
        for day, route in enumerate(self.routes):
            unlisted = np.flatnonzero(self.free)
            if not route or not len(unlisted):
                continue
            more = self._gains(day, unlisted, budget)
            position, which = divmod(int(more.argmax()), len(unlisted))
            if more[position, which] > SLACK:
                self.set(day, [*route[:position], int(unlisted[which]) + 1, *route[position + 1 :]])
        return self.days != before

    def _gains(self, day: int, unlisted: IntArray, budget: float) -> FloatArray:
        """Reports gained by each unlisted place in each position of the day, (positions, unlisted); 0 beyond budget."""
        travel, route = self.ground.travel, np.array(self.routes[day])
        before, after = np.array([0, *route[:-1]]), np.array([*route[1:], 0])
        now = travel[before, route] + travel[route, after]
        then = travel[np.ix_(before, unlisted + 1)] + travel[np.ix_(unlisted + 1, after)].T
        fits = self.used[day] + then - now[:, None] <= budget + SLACK
        more = self.ground.worth[unlisted] - self.ground.worth[route - 1][:, None]
        return np.asarray(np.where(fits, more, 0.0))

    def _put(self, day: int, place: int) -> None:
        route, at = self.routes[day], int(self.at[day, place])
        self.set(day, [*route[:at], place + 1, *route[at:]])

    def _look(self, day: int) -> None:
        """Cheapest way of every place into the day."""
        travel, path = self.ground.travel, np.array([0, *self.routes[day], 0])
        around = travel[path[:-1], 1:] + travel[1:, path[1:]].T - travel[path[:-1], path[1:]][:, None]
        self.at[day] = around.argmin(axis=0)
        self.extra[day] = around.min(axis=0) + self.ground.stay


def uncrossed(travel: FloatArray, route: list[int]) -> list[int]:
    """The round with stretches turned about while that makes it shorter (2-opt); start and end are node 0.

    >>> uncrossed(np.abs(np.subtract.outer([0.0, 1, 2, 3], [0.0, 1, 2, 3])), [2, 1, 3])
    [1, 2, 3]
    """
    path = np.array([0, *route, 0])
    while len(path) > 3:
        here, there = path[:-1], path[1:]
        length = travel[here, there]
        longer_back = np.cumsum(travel[there, here] - length)  # up to each step, 0 where both ways are as long
        within = np.roll(longer_back, 1) - longer_back[:, None]
        turned = travel[np.ix_(here, here)] + travel[np.ix_(there, there)] - length[:, None] - length + within
        turned = np.triu(turned, 1)
        first, last = divmod(int(turned.argmin()), len(here))
        if turned[first, last] > -SLACK:
            break
        path[first + 1 : last + 1] = path[first + 1 : last + 1][::-1]
    return [int(node) for node in path[1:-1]]
