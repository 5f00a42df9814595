"""Learning (학습): the mixture is taught by the two calendar years before an origin's year, and by nothing later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from sigun.analysis.forecast.history import Hole, Past, Records, holes_before, past_of, reports_in
from sigun.analysis.forecast.horizons import Span
from sigun.analysis.forecast.kernels import HALF_LIVES, at_places, kernels
from sigun.analysis.forecast.memory import Traces, memories
from sigun.analysis.forecast.mixture import fit_weights
from sigun.analysis.forecast.pace import Pace, fit_leanings, pace_of
from sigun.analysis.forecast.places import Places
from sigun.analysis.forecast.tuning import FEWEST, GRACE, STEP, Spreads, fit_spreads, until
from sigun.analysis.statistics.arrays import FloatArray, IntArray, day_number
from sigun.text import N_, Message, say

YEARS = 2  # calendar years that teach the weights of the kernels; the total learns from the later one
BEFORE = 182  # days of history an origin needs before it teaches anything
FEWEST_REPORTS = 200  # reports that have to have come for weights to be learned from them


@dataclass(frozen=True, slots=True)
class Learned:
    """What the mixture was taught for the origins of a year."""

    weights: FloatArray  # (k,) of the kernels
    leanings: FloatArray  # (4,) of the total
    tuned_on: int  # the last year it learned from
    spreads: Spreads


class Traced(NamedTuple):
    """The records' own traces, and those near their points."""

    own: Traces
    near: Traces | None

    def walk(
        self, origins: Sequence[int], holes: Sequence[tuple[Hole, ...]]
    ) -> Iterator[tuple[FloatArray, FloatArray | None]]:
        """Memories of both at each origin, ascending."""
        own = memories(self.own, origins, holes, HALF_LIVES)
        if self.near is None:
            return ((memory, None) for memory in own)
        return zip(own, memories(self.near, origins, holes, HALF_LIVES), strict=True)

    def at(self, memory: tuple[FloatArray, FloatArray | None], places: Places) -> tuple[FloatArray, FloatArray | None]:
        """The memories of these places."""
        own, near = memory
        return (
            at_places(self.own, own, places),
            None if near is None or self.near is None else at_places(self.near, near, places),
        )


@dataclass(frozen=True)
class _Lesson:
    """One past horizon as it would have been forecast, and what came."""

    shares: FloatArray  # (k, n)
    pace: Pace
    reports: FloatArray  # (n,)
    days: int


def learn(records: Records, traced: Traced, place: IntArray, places: Places, year: int, length: int) -> Learned | None:
    """What the origins of `year` use, from what was known on 1 January of it.

    None with less than two years of history before that day, or with fewer than `FEWEST_REPORTS` in them.

    Parameters
    ----------
    place : (rows of records,) number of the place, -1 outside.
    length : days of the horizons.
    """
    now, last = day_number(date(year, 1, 1)), day_number(date(year - 1, 1, 1))
    if records.first > day_number(date(year - YEARS, 1, 1)) + GRACE:
        return None
    spans = _spans(records, year, length)
    recent = [i for i, span in enumerate(spans) if span.start >= last]
    known = records.known(now)
    came = [reports_in(records, place, len(places), span, known)[0] for span in spans]
    if len(recent) < FEWEST or sum(row.sum() for row in came) * min(STEP / length, 1.0) < FEWEST_REPORTS:
        return None
    return _learned(_Class(records, traced, place, places, holes_before(records, now)), spans, came, recent, year)


def few_to_learn_from() -> Message:
    """Why there is a tuned shrinkage and no mixture."""
    return say(
        N_(
            "Fewer than {n} reports came in the two years before: too few to learn a mixture from, so the forecast is "
            "by shrinkage."
        ),
        n=FEWEST_REPORTS,
    )


class _Class(NamedTuple):
    """Who learns: the records, their traces and places, and the holes known by the day of learning."""

    records: Records
    traced: Traced
    place: IntArray
    places: Places
    holes: tuple[Hole, ...]


def _learned(who: _Class, spans: list[Span], came: list[FloatArray], recent: list[int], year: int) -> Learned:
    shares, reports, late = [], [], []
    for i, (past, share) in enumerate(_lived_through(who, spans)):
        some = came[i] > 0
        shares.append(share[:, some])
        reports.append(came[i][some])
        if i in recent:
            late.append(_Lesson(share, pace_of(past, spans[i]), came[i], spans[i].days))
    weights = fit_weights(np.concatenate(shares, axis=1), np.concatenate(reports))
    leanings = _leanings(late)
    totals = _crossed_totals(late)
    means = np.array([total * (weights @ lesson.shares) for total, lesson in zip(totals, late, strict=True)])
    spreads = fit_spreads(np.array([lesson.reports for lesson in late]), means, who.places)
    return Learned(weights, leanings, year - 1, spreads)


def _leanings(lessons: list[_Lesson]) -> FloatArray:
    totals = np.array([lesson.reports.sum() for lesson in lessons])
    return fit_leanings(totals, [lesson.pace for lesson in lessons], max(lessons[0].days / STEP, 1.0))


def _crossed_totals(lessons: list[_Lesson]) -> list[float]:
    """The totals expected in each half of the year under what the other half teaches: their errors are honest."""
    half = len(lessons) // 2
    first, second = lessons[:half], lessons[half:]
    taught = [_leanings(second)] * len(first) + [_leanings(first)] * len(second)
    return [lesson.pace.total(leanings) for lesson, leanings in zip(lessons, taught, strict=True)]


def _lived_through(who: _Class, spans: list[Span]) -> Iterator[tuple[Past, FloatArray]]:
    """The past of each origin and the shares its kernels gave."""
    holes = [until(who.holes, span.origin) for span in spans]
    walked = who.traced.walk([span.origin for span in spans], holes)
    for span, seen, memory in zip(spans, holes, walked, strict=True):
        past = past_of(who.records, who.place, len(who.places), span.origin, seen)
        yield past, kernels(past, span, who.places, *who.traced.at(memory, who.places))


def _spans(records: Records, year: int, length: int) -> list[Span]:
    """Horizons of the years that teach, as the forecasts of each year would be made, those touching a hole left out."""
    now = day_number(date(year, 1, 1))
    holes = holes_before(records, now)
    starts: list[int] = []
    for taught in range(year - YEARS, year):
        first, end = day_number(date(taught, 1, 1)), day_number(date(taught + 1, 1, 1))
        starts += range(first, min(end, now - length + 1), min(STEP, length))
    spans = [Span(start, start, start + length) for start in starts if start >= records.first + BEFORE]
    return [span for span in spans if not span.touches(holes)]
