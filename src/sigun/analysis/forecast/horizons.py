"""Horizons (예측기간): which days an origin looks at, and which origins a check on the past runs through."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from sigun.analysis.statistics.arrays import day_number
from sigun.errors import PlanError
from sigun.text import _

LONGEST = 92  # days, a quarter: beyond that the recent level says little
MONTH = 30  # days a month is taken for where no calendar month is meant


@dataclass(frozen=True, slots=True)
class Span:
    """Days `start ≤ day < end`, forecast with what is known at 00:00 of day `origin`. All are day numbers."""

    origin: int
    start: int
    end: int

    @property
    def days(self) -> int:
        """How many days."""
        return self.end - self.start

    def touches(self, holes: tuple[tuple[int, int], ...]) -> bool:
        """Whether a day of it lies in a hole (half-open day numbers)."""
        return any(self.start < b and a < self.end for a, b in holes)


def span_of(horizon: str, origin: date) -> Span:
    """The days of a horizon: `7d`, `1mo` (to the same day of the next month) or `START/END`.

    Raises
    ------
    PlanError
        The horizon cannot be read, begins before its origin, is empty or reaches farther than a quarter.

    Examples
    --------
    >>> span_of("1mo", date(2024, 1, 31)).days
    29
    """
    start, end = _bounds(horizon, origin)
    if not origin <= start < end <= origin + timedelta(days=LONGEST):
        raise PlanError(
            _("The horizon {horizon} does not lie within the {days} days after {origin}.").format(
                horizon=horizon, days=LONGEST, origin=origin
            ),
            _("horizon"),
            _("Name days after the origin, at most a quarter ahead: 7d, 1mo, or 2025-03-01/2025-04-01."),
        )
    return Span(day_number(origin), day_number(start), day_number(end))


def usual_length(horizon: str, span: Span) -> int:
    """Days of the horizon the settings are chosen for; a month is always 30, so that all months share them."""
    months = re.fullmatch(r"(\d{1,2})mo", horizon)
    return int(months[1]) * MONTH if months else span.days


def spans_between(start: date, end: date, every: str, horizon: str | None = None) -> list[Span]:
    """Origins from `start` in steps of `every`, while the horizon (`every` unless said) still ends by `end`.

    >>> [s.days for s in spans_between(date(2024, 1, 1), date(2024, 4, 1), "1mo")]
    [31, 29, 31]
    """
    spans = []
    for step in range((end - start).days + 1):
        origin = _later(start, every, step)
        if origin >= end:
            break
        span = span_of(horizon or every, origin)
        if span.end > day_number(end):
            break
        spans.append(span)
    return spans


def _bounds(horizon: str, origin: date) -> tuple[date, date]:
    if "/" in horizon:
        try:
            first, last = (date.fromisoformat(part.strip()) for part in horizon.split("/"))
        except ValueError as error:
            raise _unreadable(horizon) from error
        return first, last
    return origin, _later(origin, horizon, 1)


def _later(day: date, step: str, times: int) -> date:
    """`times` steps of `7d` or `1mo` after a day; the 31st becomes the last of a shorter month."""
    read = re.fullmatch(r"(\d{1,3})(d|mo)", step)
    if read is None or int(read[1]) == 0:
        raise _unreadable(step)
    count = int(read[1]) * times
    if read[2] == "d":
        return day + timedelta(days=count)
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _unreadable(horizon: str) -> PlanError:
    return PlanError(
        _("The horizon {horizon} cannot be read.").format(horizon=horizon),
        _("horizon"),
        _("Write days (7d), months (1mo), or two dates (2025-03-01/2025-04-01)."),
    )
