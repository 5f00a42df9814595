"""What was known, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from builders import panel_of_events, plan_of
from sigun.analysis.forecast.history import NEVER, Records, past_at, records_of, reports_in
from sigun.analysis.forecast.horizons import Span
from sigun.analysis.forecast.places import cell_places
from sigun.analysis.statistics.arrays import day_number
from sigun.panel.model import Panel

DAY = day_number(date(2024, 1, 1))


def panel(**plan: str) -> Panel:
    times = [f"2024-01-0{d} 10:00" for d in (1, 2, 3, 4)]
    gone = [pd.NaT, pd.Timestamp("2024-01-03 00:00"), pd.Timestamp("2024-01-05 08:00"), pd.NaT]
    return panel_of_events(times, [250.0, 250.0, 750.0, 250.0], [250.0] * 4, gone=gone, plan=plan_of(**plan))


@pytest.mark.parametrize(
    ("day", "known"),
    [
        pytest.param(1, [True, False, False, False], id="the second day is not known before it ends"),
        pytest.param(2, [True, True, False, False], id="a status set at midnight is not known at midnight"),
        pytest.param(3, [True, False, True, False], id="but a day later"),
        pytest.param(5, [True, False, False, True], id="a status of the day before"),
    ],
)
def test_what_is_known_at_an_origin(day: int, known: list[bool]) -> None:
    assert records_of(panel(), "known_status").known(DAY + day).tolist() == known


def test_final_status_drops_what_ever_left() -> None:
    records = records_of(panel(), "final_status")
    assert len(records.day) == 2
    assert (records.gone == NEVER).all()


def test_known_by_occurrence_ignores_status_but_not_for_the_target() -> None:
    records = records_of(panel(known_by="occurred_at"), "known_status")
    assert records.known(DAY + 9).all()
    assert records.own.tolist() == [True, False, False, True]


def test_unobserved_days_hold_neither_reports_nor_exposure() -> None:
    records = records_of(panel(), "known_status")
    places = cell_places(np.array([0]), np.array([0]), 500, 5)
    past = past_at(records, places, DAY + 6, ((DAY + 3, DAY + 5),))
    assert past.observed.tolist() == [True, True, True, False, False, True]
    assert past.daily.tolist() == [1, 0, 0, 0, 0, 0]
    assert past.age.tolist() == [5]


def test_the_target_counts_what_lies_outside_apart() -> None:
    records: Records = replace(records_of(panel(), "known_status"), own=np.ones(4, bool))
    places = cell_places(np.array([0]), np.array([0]), 500, 5)
    place = places.index(records.x, records.y)
    inside, outside = reports_in(records, place, 1, Span(DAY, DAY + 1, DAY + 4), records.own)
    assert (inside.tolist(), outside) == ([2.0], 1.0)
