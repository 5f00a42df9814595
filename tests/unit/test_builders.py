"""The panels that tests are made of keep the panel's own word."""

from __future__ import annotations

import pandas as pd

from builders import panel_of_events
from sigun.panel.model import EVENT_COLUMNS


def test_events_have_every_column_in_time_order() -> None:
    panel = panel_of_events(["2024-01-03", "2024-01-01"], [1.0, 600.0], [0.0, 0.0], kind=["car", "bike"])
    assert {name: str(dtype) for name, dtype in panel.events.dtypes.items()} == dict(EVENT_COLUMNS)
    assert panel.events["kind"].tolist() == ["bike", "car"]
    assert (panel.start, panel.end) == (pd.Timestamp("2024-01-01").date(), pd.Timestamp("2024-01-04").date())


def test_an_event_that_is_gone_is_no_report() -> None:
    panel = panel_of_events(["2024-01-01", "2024-01-02"], gone=[pd.Timestamp("2024-01-05"), pd.NaT])
    assert panel.reports()["id"].tolist() == ["r1"]


def test_counts_are_of_cells_and_days() -> None:
    panel = panel_of_events(["2024-01-01 08:00", "2024-01-01 09:00", "2024-01-01"], [1, 2, 600], [0, 0, 0], cell=100)
    assert panel.counts[["cell_x", "reports"]].to_numpy().tolist() == [[0, 2], [6, 1]]
