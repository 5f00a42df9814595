"""Stages: how many cases reach each dated step of the process, and how soon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from builders import card_of, panel_of_events
from sigun.analysis.duration.step import duration
from sigun.plan.steps import Duration

TIMES = pd.date_range("2022-01-01", periods=100)
FIELDS = [
    {"name": "계고장 부착일", "id": "notice", "role": "value", "type": "datetime", "title": "계고장 부착"},
    {"name": "강제처리일", "id": "removal", "role": "value", "type": "datetime"},
    {"name": "과태료", "id": "fine", "role": "value", "type": "number"},
]


def stages(notice: Any, removal: Any, closed: Any, end: date = date(2022, 12, 1)) -> pd.DataFrame:
    panel = panel_of_events(TIMES, closed_at=closed, outcome=np.where(pd.notna(closed), "other", "open"), end=end)
    events = panel.events.assign(notice=notice, removal=removal, fine=1.0)
    panel = replace(panel, events=events, cards={"reports": card_of(fields=FIELDS)})
    return duration(Duration(method="duration"), panel, np.random.default_rng(1)).tables["stages"]


def after(days: float, every: int = 1) -> pd.Series:
    return pd.Series(TIMES + pd.Timedelta(days=days)).where(np.arange(100) % every == 0)


def test_each_stage_by_days_since_the_report_and_since_the_stage_before() -> None:
    table = stages(after(7), after(47, every=2), after(50))
    heads = table.drop_duplicates(["stage", "since"]).set_index(["stage", "since"])
    assert heads.index.tolist() == [("notice", "report"), ("removal", "report"), ("removal", "notice")]
    assert heads["median_days"].tolist() == [7, 47, 40]
    assert heads["reached"].tolist() == [100, 50, 50]
    assert heads["title"].tolist() == ["계고장 부착", "강제처리일", "강제처리일"]


def test_cases_closed_before_a_stage_do_not_reach_it() -> None:
    table = stages(after(7, every=4), after(40, every=50), after(20))
    notice = table[(table["stage"] == "notice") & (table["days"] == 30)]
    assert notice["share"].tolist() == pytest.approx([0.25])
    assert notice["median_days"].isna().all()


def test_a_stage_dated_after_the_end_is_not_known_yet() -> None:
    never = pd.Series(pd.NaT, range(100), dtype="datetime64[us]")
    table = stages(after(60), never, after(90), end=date(2022, 4, 11))
    notice = table[(table["stage"] == "notice") & (table["days"] == 90)]
    assert notice["reached"].tolist() == [40]
    assert notice["share"].tolist() == pytest.approx([1.0], abs=0.03)


def test_a_stage_few_came_to_begins_nothing() -> None:
    table = stages(after(7, every=10), after(40, every=50), after(20))
    assert "notice" not in table["since"].tolist()


def test_without_such_columns_there_are_no_stages() -> None:
    panel = panel_of_events(TIMES, closed_at=after(5), outcome="other", end=date(2022, 12, 1))
    assert duration(Duration(method="duration"), panel, np.random.default_rng(1)).tables["stages"].empty
