"""Learning (학습): the mixture is taught by the two calendar years before an origin's year, and by nothing later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import numpy as np

from sigun.analysis.forecast.conditions import Conditions
from sigun.analysis.forecast.day_weather import WeatherEffect
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
class WeatherTried:
    """How the total of the last year of learning was met with the weather, and without it."""

    gain: float  # share of the total's deviance that the weather took away; below 0 it added some
    effect: WeatherEffect | None  # none: not clearly better, so it is left out


@dataclass(frozen=True, slots=True)
class Learned:
    """What the mixture was taught for the origins of a year."""

    weights: FloatArray  # (k,) of the kernels
    leanings: FloatArray  # (4,) of the total
    tuned_on: int  # the last year it learned from
    spreads: Spreads
    weather: WeatherTried | None = None  # none: not asked, or too short to try


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
    weathered: Pace | None  # the same, with the weather; none: not tried
    reports: FloatArray  # (n,)
    days: int


class Class(NamedTuple):
    """Who learns: the records, their traces and places, and what else the total may move with."""

    records: Records
    traced: Traced
    place: IntArray  # (rows of records,) number of the place, -1 outside
    places: Places
    conditions: Conditions = Conditions()

    def past(self, at: int, holes: tuple[Hole, ...]) -> Past:
        """What the places' past looks like from a day, campaigns told apart."""
        return self.conditions.with_campaigns(past_of(self.records, self.place, len(self.places), at, holes))


def learn(who: Class, year: int, length: int) -> Learned | None:
    """What the origins of `year` use, from what was known on 1 January of it.

    None with less than two years of history before that day, or with fewer than `FEWEST_REPORTS` in them.

    Parameters
    ----------
    length : days of the horizons.
    """
    records, place, places = who.records, who.place, who.places
    now, last = day_number(date(year, 1, 1)), day_number(date(year - 1, 1, 1))
    if records.first > day_number(date(year - YEARS, 1, 1)) + GRACE:
        return None
    spans = _spans(records, year, length)
    recent = [i for i, span in enumerate(spans) if span.start >= last]
    known = records.known(now)
    came = [reports_in(records, place, len(places), span, known)[0] for span in spans]
    if len(recent) < FEWEST or sum(row.sum() for row in came) * min(STEP / length, 1.0) < FEWEST_REPORTS:
        return None
    return _learned(who, spans, came, recent, year)


def few_to_learn_from() -> Message:
    """Why there is a tuned shrinkage and no mixture."""
    return say(
        N_(
            "Fewer than {n} reports came in the two years before: too few to learn a mixture from, so the forecast is "
            "by shrinkage."
        ),
        n=FEWEST_REPORTS,
    )


def _learned(who: Class, spans: list[Span], came: list[FloatArray], recent: list[int], year: int) -> Learned:
    now, last = (day_number(date(y, 1, 1)) for y in (year, year - 1))
    holes = holes_before(who.records, now)
    before = who.conditions.learn_weather(who.past(last, until(holes, last)))
    shares, reports, late = [], [], []
    for i, (past, share) in enumerate(_lived_through(who, spans, holes)):
        some = came[i] > 0
        shares.append(share[:, some])
        reports.append(came[i][some])
        if i in recent:
            with_weather = None if before is None else pace_of(who.conditions.with_weather(past, before), spans[i])
            late.append(_Lesson(share, pace_of(past, spans[i]), with_weather, came[i], spans[i].days))
    weights = fit_weights(np.concatenate(shares, axis=1), np.concatenate(reports))
    weather = None
    if before is not None:
        gain, better = _try_weather(late)
        weather = WeatherTried(gain, who.conditions.learn_weather(who.past(now, holes)) if better else None)
        late = [_in_its_weather(lesson) for lesson in late] if better else late
    totals = _crossed_totals(late)
    means = np.array([total * (weights @ lesson.shares) for total, lesson in zip(totals, late, strict=True)])
    spreads = fit_spreads(np.array([lesson.reports for lesson in late]), means, who.places)
    return Learned(weights, _leanings(late), year - 1, spreads, weather)


def _try_weather(lessons: list[_Lesson]) -> tuple[float, bool]:
    """Share of the total's deviance that the weather took away, and whether clearly: by one standard error."""
    came = np.array([lesson.reports.sum() for lesson in lessons])
    plain = _deviances(came, _crossed_totals(lessons))
    told = _deviances(came, _crossed_totals([_in_its_weather(lesson) for lesson in lessons]))
    better = plain - told
    error = better.std() / np.sqrt(len(better) / max(lessons[0].days / STEP, 1.0))
    return float(better.sum() / max(plain.sum(), 1e-9)), bool(better.mean() > error)


def _in_its_weather(lesson: _Lesson) -> _Lesson:
    return replace(lesson, pace=lesson.weathered or lesson.pace)


def _deviances(came: FloatArray, totals: list[float]) -> FloatArray:
    mean = np.maximum(totals, 1e-9)
    return np.asarray(2.0 * (came * np.log(np.maximum(came, 1e-9) / mean) - (came - mean)))


def _leanings(lessons: list[_Lesson]) -> FloatArray:
    totals = np.array([lesson.reports.sum() for lesson in lessons])
    return fit_leanings(totals, [lesson.pace for lesson in lessons], max(lessons[0].days / STEP, 1.0))


def _crossed_totals(lessons: list[_Lesson]) -> list[float]:
    """The totals expected in each half of the year under what the other half teaches: their errors are honest."""
    half = len(lessons) // 2
    first, second = lessons[:half], lessons[half:]
    taught = [_leanings(second)] * len(first) + [_leanings(first)] * len(second)
    return [lesson.pace.total(leanings) for lesson, leanings in zip(lessons, taught, strict=True)]


def _lived_through(who: Class, spans: list[Span], holes: tuple[Hole, ...]) -> Iterator[tuple[Past, FloatArray]]:
    """The past of each origin and the shares its kernels gave."""
    seen = [until(holes, span.origin) for span in spans]
    walked = who.traced.walk([span.origin for span in spans], seen)
    for span, unseen, memory in zip(spans, seen, walked, strict=True):
        past = who.past(span.origin, unseen)
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
