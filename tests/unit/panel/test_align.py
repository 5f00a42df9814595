"""Bringing tables to one clock."""

from __future__ import annotations

from datetime import date

import pandas as pd

from sigun.panel.align import cut

EVENTS = pd.DataFrame(
    {
        "row": [0, 1, 2],
        "occurred_at": pd.to_datetime(["2024-01-01", "2024-01-02", "2024-02-01"]),
        "updated_at": pd.to_datetime(["2024-01-05", "2024-02-02", "2024-02-03"]),
        "closed_at": pd.to_datetime(["2024-01-05", "2024-02-02", "2024-02-03"]),
        "outcome": ["confirmed", "duplicate", "other"],
        "duplicate_of": [None, "r0", None],
    }
)


def test_a_status_set_after_the_end_is_not_known() -> None:
    known = cut(EVENTS, None, date(2024, 2, 1))
    assert known["outcome"].isna().tolist() == [False, True]
    assert known["duplicate_of"].isna().all()
    assert known["closed_at"].isna().tolist() == [False, True]


def test_in_comparison_mode_every_event_has_its_final_status() -> None:
    known = cut(EVENTS, None, date(2024, 2, 1), final=True)
    assert known["outcome"].tolist() == ["confirmed", "duplicate"]


def test_the_span_is_half_open() -> None:
    assert cut(EVENTS, date(2024, 1, 2), date(2024, 2, 1))["row"].tolist() == [1]
    assert len(cut(EVENTS, None, None)) == 3
