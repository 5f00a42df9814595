"""Memories carried from origin to origin are those worked out anew at each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from builders import panel_of_events, plan_of
from sigun.analysis.forecast.history import Hole, records_of
from sigun.analysis.forecast.kernels import HALF_LIVES
from sigun.analysis.forecast.memory import NEAR, Traces, memories, near_traces, own_traces
from sigun.analysis.statistics.arrays import FloatArray, day_number
from simulated import simulated

ORIGINS = [day_number(date(2022, 1, 1)) + 7 * week for week in range(60)]
NO_HOLES: list[tuple[Hole, ...]] = [()] * len(ORIGINS)


def anew(traces: Traces, origin: int, holes: tuple[Hole, ...] = ()) -> FloatArray:
    rows = (traces.day < origin) & (traces.gone >= origin)
    for start, end in holes:
        rows &= ~((traces.day >= start) & (traces.day < end))
    weight = 0.5 ** ((origin - 1 - traces.day[rows]) / np.array(HALF_LIVES)[:, None])
    return np.asarray(weight @ traces.onto[rows].toarray())


@pytest.mark.parametrize("target", ["known_status", "final_status"])
def test_carried_on_is_worked_out_anew(target: str) -> None:
    panel = simulated(duplicates=0.4)
    near = near_traces(panel, target)
    assert near is not None
    for traces in (own_traces(records_of(panel, target)), near):
        for origin, found in zip(ORIGINS, memories(traces, ORIGINS, NO_HOLES, HALF_LIVES), strict=True):
            np.testing.assert_allclose(found, anew(traces, origin), atol=1e-9)


def test_reports_in_a_hole_are_left_out_only_while_it_is_one() -> None:
    traces = own_traces(records_of(simulated(), "known_status"))
    hole = (ORIGINS[20] - 100, ORIGINS[20] - 50)
    holes = [(hole,) if i == 20 else () for i in range(len(ORIGINS))]
    found = list(memories(traces, ORIGINS, holes, HALF_LIVES))
    np.testing.assert_allclose(found[20], anew(traces, ORIGINS[20], (hole,)), atol=1e-9)
    np.testing.assert_allclose(found[21], anew(traces, ORIGINS[21]), atol=1e-9)


def test_nothing_after_the_origin_matters() -> None:
    traces = own_traces(records_of(simulated(), "known_status"))
    cut = replace(traces, gone=np.where(traces.gone >= ORIGINS[0], ORIGINS[0] + 1, traces.gone))
    one, other = (next(memories(t, ORIGINS[:1], NO_HOLES[:1], HALF_LIVES)) for t in (traces, cut))
    np.testing.assert_array_equal(one, other)


def test_a_point_at_a_border_is_half_of_either_cell() -> None:
    panel = panel_of_events(["2024-01-01"], [500.0], [250.0])
    traces = near_traces(panel, "known_status")
    assert traces is not None
    share = dict(zip(zip(traces.x.tolist(), traces.y.tolist(), strict=True), traces.onto.toarray()[0], strict=True))
    assert share[0, 0] == pytest.approx(share[1, 0])
    assert share[0, 0] == pytest.approx(0.48, abs=0.02)
    assert sum(share.values()) == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("cell", [100, int(2 * NEAR)])
def test_small_cells_need_no_points(cell: int) -> None:
    assert near_traces(panel_of_events(["2024-01-01"], [50.0], [50.0], plan=plan_of(cell)), "known_status") is None
