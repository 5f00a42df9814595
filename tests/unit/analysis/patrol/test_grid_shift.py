"""Grid shifts: sixteen grids, the first as it is; counts move with the grid and are neither lost nor doubled."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from builders import panel_of_events
from sigun.analysis.forecast.horizons import Span
from sigun.analysis.patrol.grid_shift import range_over_shifts, shares_by_shift
from sigun.analysis.statistics.arrays import day_number
from simulated import simulated


def spans(panel_end: int, weeks: int = 8) -> list[Span]:
    return [Span(at, at, at + 7) for at in range(panel_end - 7 * weeks, panel_end, 7)]


def test_sixteen_grids_each_with_its_share() -> None:
    panel = simulated(years=2)
    table = shares_by_shift(panel, spans(day_number(panel.end)), 10, 0.1)
    assert len(table) == 16 and not table.duplicated(["shift_x", "shift_y"]).any()
    assert table.iloc[0][["shift_x", "shift_y"]].tolist() == [0, 0]
    assert table["share_caught"].between(0, 1).all()


def test_points_beside_a_border_are_one_cell_on_another_grid() -> None:
    """Reports just left and right of x = 500 are halved by the grid as it is and whole on a shifted one."""
    times = pd.date_range("2022-01-01", "2023-12-31", freq="D")
    x = np.where(np.arange(len(times)) % 2, 490.0, 510.0)
    panel = panel_of_events(times, x, np.full(len(times), 250.0))
    table = shares_by_shift(panel, spans(day_number(panel.end)), 1, 0.0).set_index(["shift_x", "shift_y"])[
        "share_caught"
    ]
    assert table[0.0, 0.0] == pytest.approx(0.5, abs=0.1)
    assert table[0.5, 0.0] == 1.0


def test_all_cells_catch_all_on_every_grid() -> None:
    panel = simulated(years=2)
    assert (shares_by_shift(panel, spans(day_number(panel.end)), 10_000, 0.0)["share_caught"] > 0.999).all()


def test_the_range_is_laid_around_the_share_caught() -> None:
    low, high = range_over_shifts(0.30, pd.DataFrame({"share_caught": [0.28, 0.25, 0.31]}))
    assert (low, high) == (pytest.approx(0.27), pytest.approx(0.33))
