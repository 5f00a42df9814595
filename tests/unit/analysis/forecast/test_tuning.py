"""Settings come from the year before, and from nothing later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from sigun.analysis.forecast.history import NEVER, Records, records_of
from sigun.analysis.forecast.places import cell_places
from sigun.analysis.forecast.tuning import ModelSettings, tune
from sigun.analysis.statistics.arrays import day_number
from simulated import SIDE, simulated

PLACES = cell_places(*(a.ravel() for a in np.mgrid[0:SIDE, 0:SIDE]), cell=500, block=4)


def chosen(records: Records, year: int = 2023, length: int = 7) -> ModelSettings:
    return tune(records, PLACES.index(records.x, records.y), PLACES, year, length)


def test_bursts_call_for_a_short_memory_and_steady_places_hardly() -> None:
    panel = simulated()
    again = [panel.counts.assign(day=panel.counts["day"] + pd.Timedelta(days=d)) for d in (3, 6, 9, 12)]
    bursts = replace(panel, counts=pd.concat([panel.counts, *again], ignore_index=True).assign(gone=pd.NaT))
    steady, bursting = (chosen(records_of(p, "final_status")) for p in (panel, bursts))
    assert steady.surface.recent_weight < bursting.surface.recent_weight
    assert steady.surface.strength >= bursting.surface.strength


def test_the_spread_of_the_total_is_learned() -> None:
    panel = simulated(duplicates=0)
    wild = panel.counts[(panel.counts["day"].dt.day_of_year // 7) % 2 == 0]  # every other week only
    steady, unsteady = (chosen(records_of(replace(panel, counts=c), "final_status")) for c in (panel.counts, wild))
    assert steady.spreads is not None and unsteady.spreads is not None
    assert steady.spreads.city < 0.02
    assert unsteady.spreads.city > 0.2


def test_a_hole_in_the_year_of_tuning_is_no_quiet_season() -> None:
    gap = (date(2022, 5, 1), date(2022, 8, 1))
    found = chosen(records_of(simulated(gap=gap, duplicates=0), "final_status"))
    assert found.spreads is not None and found.spreads.city < 0.02


def test_a_status_set_after_new_year_is_not_known() -> None:
    records = records_of(simulated(duplicates=0.5), "known_status")
    now = day_number(date(2023, 1, 1))
    unset = np.where(records.gone >= now, NEVER, records.gone)
    assert chosen(records) == chosen(replace(records, gone=unset, own=unset == NEVER))


def test_nothing_after_new_year_matters() -> None:
    records = records_of(simulated(), "known_status")
    late = records.day >= day_number(date(2023, 1, 1))
    assert chosen(records) == chosen(replace(records, reports=np.where(late, 40.0, records.reports)))


def test_less_than_two_years_leave_the_defaults() -> None:
    assert chosen(records_of(simulated(), "known_status"), year=2021) == ModelSettings()
    assert chosen(records_of(simulated(), "known_status"), year=2022).tuned_on == 2021
