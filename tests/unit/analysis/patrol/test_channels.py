"""Citizens' reports and patrols' finds are told apart by the channel, and a list follows citizens where it matters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from builders import panel_of_events
from sigun.analysis.patrol.channels import found_by_patrol, heard_in
from sigun.errors import MethodError
from sigun.panel.model import Panel


def panel(finds: int, citizens: int, **columns: Any) -> Panel:
    n = finds + citizens
    channel = ["현장순찰"] * finds + ["안전신문고"] * citizens
    x = np.r_[np.full(finds, 250.0), np.full(citizens, 2750.0)]
    return panel_of_events(
        pd.date_range("2024-01-01", periods=n, freq="h"), x, np.zeros(n), **({"channel": channel} | columns)
    )


@pytest.mark.parametrize(
    ("channels", "found"),
    [
        (["현장순찰", "도로 점검반", "주차단속", "Employee Generated", "City Worker App"], True),
        (["안전신문고", "전화", "Citizens Connect App", None], False),
    ],
)
def test_words_of_those_sent_to_look(channels: list[str | None], found: bool) -> None:
    assert found_by_patrol(pd.Series(channels)).tolist() == [found] * len(channels)


def test_notable_finds_are_left_out_of_events_and_counts() -> None:
    heard = heard_in(panel(20, 80), None)
    assert (heard.follows, heard.told, heard.finds) == ("citizen", 100, 20)
    assert len(heard.panel.events) == 80
    assert heard.panel.counts["reports"].sum() == 80
    assert heard.panel.counts["cell_x"].unique().tolist() == [5]


def test_few_finds_stay() -> None:
    whole = panel(4, 96)
    heard = heard_in(whole, None)
    assert heard.follows == "all" and heard.finds == 4
    assert heard.panel is whole


@pytest.mark.parametrize(("asked", "left"), [("all", 100), ("citizen", 96)])
def test_the_plan_decides(asked: Any, left: int) -> None:
    finds = 40 if asked == "all" else 4
    assert len(heard_in(panel(finds, 100 - finds), asked).panel.events) == left


def test_without_channels_all_are_followed() -> None:
    heard = heard_in(panel(20, 80, channel=None), None)
    assert (heard.follows, heard.told) == ("all", 0)


@pytest.mark.parametrize("columns", [{"channel": None}, {"channel": "순찰"}], ids=["no channel", "no citizens"])
def test_citizens_who_cannot_be_told_are_refused(columns: dict[str, Any]) -> None:
    with pytest.raises(MethodError, match="train_on"):
        heard_in(panel(20, 80, **columns), "citizen")
