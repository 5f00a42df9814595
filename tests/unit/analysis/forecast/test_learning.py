"""The mixture is taught by the two years before, and by nothing later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from sigun.analysis.forecast.history import NEVER, Records, records_of
from sigun.analysis.forecast.kernels import KERNELS
from sigun.analysis.forecast.learning import Class, Learned, Traced, learn
from sigun.analysis.forecast.memory import own_traces
from sigun.analysis.forecast.places import cell_places
from sigun.analysis.statistics.arrays import day_number
from simulated import SIDE, simulated

PLACES = cell_places(*(a.ravel() for a in np.mgrid[0:SIDE, 0:SIDE]), cell=500, block=4)
NOW = day_number(date(2023, 1, 1))


def taught(records: Records, year: int = 2023) -> Learned | None:
    traced = Traced(own_traces(records), None)
    return learn(Class(records, traced, PLACES.index(records.x, records.y), PLACES), year, 7)


def same(one: Learned | None, other: Learned | None) -> bool:
    assert one is not None and other is not None
    both = np.allclose(one.weights, other.weights, atol=1e-12) and np.allclose(one.leanings, other.leanings, atol=1e-12)
    return both and one.spreads == other.spreads


def test_bursts_weigh_the_last_weeks_and_steady_places_hardly() -> None:
    panel = simulated()
    again = [panel.counts.assign(day=panel.counts["day"] + pd.Timedelta(days=d)) for d in (3, 6, 9, 12)]
    bursts = replace(panel, counts=pd.concat([panel.counts, *again], ignore_index=True).assign(gone=pd.NaT))
    steady, bursting = (taught(records_of(p, "final_status")) for p in (panel, bursts))
    assert steady is not None and bursting is not None
    week = list(KERNELS).index("own_week")
    assert bursting.weights[week] > 0.3
    assert steady.weights[week] < 0.05


def test_nothing_after_new_year_matters() -> None:
    records = records_of(simulated(), "known_status")
    late = records.day >= NOW
    assert same(taught(records), taught(replace(records, reports=np.where(late, 40.0, records.reports))))


def test_a_status_set_after_new_year_is_not_known() -> None:
    records = records_of(simulated(duplicates=0.5), "known_status")
    unset = np.where(records.gone >= NOW, NEVER, records.gone)
    assert same(taught(records), taught(replace(records, gone=unset, own=unset == NEVER)))


def test_less_than_two_years_or_few_reports_teach_nothing() -> None:
    records = records_of(simulated(), "known_status")
    assert taught(records, 2021) is None
    assert taught(records, 2022) is not None
    assert taught(replace(records, reports=records.reports * 0.2)) is None
