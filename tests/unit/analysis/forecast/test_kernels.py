"""Every kernel shares out the whole total, whatever little there is to go by."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sigun.analysis.forecast.history import Past, past_of, records_of
from sigun.analysis.forecast.horizons import Span
from sigun.analysis.forecast.kernels import HALF_LIVES, KERNELS, at_places, kernels
from sigun.analysis.forecast.memory import memories, own_traces
from sigun.analysis.forecast.places import Places, cell_places
from sigun.analysis.statistics.arrays import FloatArray, day_number
from simulated import SIDE, simulated

PLACES = cell_places(*(a.ravel() for a in np.mgrid[0:SIDE, 0:SIDE]), cell=500, block=4)
ORIGIN = day_number(date(2023, 1, 1))
WEEK = Span(ORIGIN, ORIGIN, ORIGIN + 7)


def found(places: Places = PLACES) -> tuple[Past, FloatArray]:
    records = records_of(simulated(), "known_status")
    past = past_of(records, places.index(records.x, records.y), len(places), ORIGIN, ())
    traces = own_traces(records)
    return past, at_places(traces, next(memories(traces, [ORIGIN], [()], HALF_LIVES)), places)


def test_shares_add_up_to_one_and_none_is_below_nothing() -> None:
    past, own = found()
    shares = kernels(past, WEEK, PLACES, own, None)
    assert shares.shape == (len(KERNELS), len(PLACES))
    assert (shares >= 0).all()
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)


def test_without_any_report_every_kernel_is_even() -> None:
    past = Past(
        ORIGIN, np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), len(PLACES), np.zeros(9), np.ones(9, bool)
    )
    shares = kernels(past, WEEK, PLACES, np.zeros((len(HALF_LIVES), len(PLACES))), None)
    np.testing.assert_allclose(shares, 1 / len(PLACES))


def test_a_single_place_is_all_there_is() -> None:
    alone = cell_places(np.array([0]), np.array([0]), cell=500, block=4)
    past, own = found(alone)
    np.testing.assert_allclose(kernels(past, WEEK, alone, own, None), 1.0)


def test_the_season_is_that_of_earlier_years() -> None:
    age = np.array([365 - 3, 30])  # in the same week a year before; a month ago
    past = Past(ORIGIN, np.array([5, 9]), age, np.ones(2), len(PLACES), np.zeros(800), np.ones(800, bool))
    season = kernels(past, WEEK, PLACES, np.zeros((len(HALF_LIVES), len(PLACES))), None)[list(KERNELS).index("season")]
    assert season.argmax() == 5
    assert season[9] == pytest.approx(season[0])
