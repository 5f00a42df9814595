"""Which days a horizon means, and which origins there are."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sigun.analysis.forecast.horizons import Span, span_of, spans_between, usual_length
from sigun.analysis.statistics.arrays import date_of, day_number, weekday
from sigun.errors import PlanError


@pytest.mark.parametrize(
    ("horizon", "origin", "start", "end"),
    [
        ("7d", date(2024, 12, 30), date(2024, 12, 30), date(2025, 1, 6)),
        ("1mo", date(2024, 1, 31), date(2024, 1, 31), date(2024, 2, 29)),
        ("3mo", date(2024, 11, 1), date(2024, 11, 1), date(2025, 2, 1)),
        ("2024-03-01/2024-03-15", date(2024, 2, 20), date(2024, 3, 1), date(2024, 3, 15)),
    ],
)
def test_what_a_horizon_means(horizon: str, origin: date, start: date, end: date) -> None:
    assert span_of(horizon, origin) == Span(day_number(origin), day_number(start), day_number(end))


@pytest.mark.parametrize(
    ("horizon", "said"),
    [
        ("0d", "cannot be read"),
        ("week", "cannot be read"),
        ("2024-03-01/soon", "cannot be read"),
        ("2024-02-01/2024-03-15", "does not lie within"),  # begins before the origin
        ("2024-03-15/2024-03-15", "does not lie within"),
        ("100d", "does not lie within"),
    ],
)
def test_what_is_no_horizon(horizon: str, said: str) -> None:
    with pytest.raises(PlanError, match=said):
        span_of(horizon, date(2024, 2, 20))


def test_origins_stop_where_the_horizon_no_longer_ends_in_time() -> None:
    spans = spans_between(date(2024, 1, 1), date(2024, 2, 1), "7d", "14d")
    assert [date_of(s.origin).day for s in spans] == [1, 8, 15]
    assert spans_between(date(2024, 1, 1), date(2024, 1, 5), "7d") == []


def test_months_keep_the_day_they_began_on() -> None:
    spans = spans_between(date(2024, 1, 31), date(2024, 6, 1), "1mo")
    assert [date_of(s.origin).isoformat() for s in spans] == ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]


def test_all_months_share_their_settings() -> None:
    lengths = {usual_length("1mo", s) for s in spans_between(date(2024, 1, 1), date(2025, 1, 1), "1mo")}
    assert lengths == {30}
    assert usual_length("2024-03-01/2024-03-15", span_of("2024-03-01/2024-03-15", date(2024, 3, 1))) == 14


@pytest.mark.parametrize(("hole", "touches"), [((0, 5), False), ((0, 6), True), ((11, 12), True), ((12, 20), False)])
def test_touching_a_hole(hole: tuple[int, int], touches: bool) -> None:
    assert Span(3, 5, 12).touches((hole,)) is touches


def test_weekdays_count_from_monday() -> None:
    monday = day_number(date(2024, 1, 1))
    assert weekday(np.arange(monday, monday + 8)).tolist() == [0, 1, 2, 3, 4, 5, 6, 0]
