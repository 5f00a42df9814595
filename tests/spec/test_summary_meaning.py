"""What columns by themselves mean: ends, totals, the last full period, what is hidden, and the change of a season."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from compared import panel_of
from effects import gyeonggi
from regional import card_of, region_panel_of, table_of
from sigun.analysis.summary.step import summary
from sigun.errors import MethodError, Several
from sigun.panel.regional.model import RegionPanel
from sigun.plan.steps import Summary
from sigun.result import Result

NAMES = gyeonggi()


def told(panel: RegionPanel, **more: Any) -> Result:
    return summary(Summary.model_validate({"method": "summary", **more}), panel, np.random.default_rng(1))


def of(found: Result, name: str) -> pd.Series[Any]:
    rows = found.tables["variables"]
    return rows[rows["variable"] == name].iloc[-1]


def test_ends_totals_and_weighted_means(tmp_path: Path) -> None:
    people = np.array([[100.0], [300.0], [600.0]])
    share = np.array([[10.0], [20.0], [50.0]])
    variables = [{"id": "people", "table": "t"}, {"id": "share", "table": "t", "weight": "people"}]
    panel = panel_of(tmp_path, {"people": ("stock 명", people), "share": ("share %", share)}, variables=variables)
    found = told(panel)
    assert of(found, "people")["together"] == 1000 and of(found, "people")["together_kind"] == "total"
    assert of(found, "share")["together"] == pytest.approx((1000 + 6000 + 30000) / 1000)
    assert of(found, "share")["mean"] == pytest.approx(80 / 3)
    assert (of(found, "share")["lowest_region"], of(found, "share")["highest_region"]) == (NAMES[0], NAMES[2])
    values = found.tables["values"].query("variable == 'share' and value == value").set_index("name")
    assert values["rank"].to_dict() == {NAMES[0]: 3, NAMES[1]: 2, NAMES[2]: 1}
    assert found.claim == "description"


def test_rates_without_weights_have_no_total(tmp_path: Path) -> None:
    row = of(told(panel_of(tmp_path, {"y": ("rate 명", np.array([[1.0], [3.0]]))})), "y")
    assert np.isnan(row["together"]) and row["together_kind"] == ""


def test_a_thin_last_period_is_not_shown_and_said(tmp_path: Path) -> None:
    y = np.arange(30.0).reshape(10, 3)
    y[4:, 2] = np.nan
    found = told(panel_of(tmp_path, {"y": ("rate 명", y)}))
    assert of(found, "y")["period"] == "2006"
    assert any("too thinly" in str(c) for c in found.cautions)
    assert told(panel_of(tmp_path / "b", {"y": ("rate 명", y)}), period="all").tables["variables"][
        "period"
    ].tolist() == ["2005", "2006", "2007"]


def test_a_month_is_set_against_the_same_month(tmp_path: Path) -> None:
    summer = np.where(np.arange(30) % 12 == 5, 90.0, 10.0)  # 30 months: the last is a June
    y = np.tile(summer, (6, 1))
    y[:, 29] = 108
    row = told(panel_of(tmp_path, {"y": ("flow 건", y)}, "month")).tables["changes"].iloc[0]
    assert (row["first"], row["last"]) == ("2018-06", "2020-06")
    assert (row["percent"], row["risen"], row["fallen"]) == (pytest.approx(20), 6, 0)


def test_hidden_values_are_counted_and_nobody_is_named_for_them(tmp_path: Path) -> None:
    table = table_of("""
        sido   | sigungu | period | y
        경기도 | 수원시  | 2020   | 5
        경기도 | 성남시  | 2020   | x
        경기도 | 가평군  | 2020   | 9p
    """)
    asked = {"within": ["경기도"], "loss_max": 1, "variables": [{"id": "y", "table": "t"}]}
    panel = region_panel_of(tmp_path, asked, {"t": (card_of("t", {"y": "flow 명"}), table)})
    found = told(panel)
    row = of(found, "y")
    assert (row["suppressed"], row["provisional"], row["regions"]) == (1, 1, 2)
    assert "성남시" not in (row["lowest_region"], row["highest_region"]) and row["lowest_region"] == "수원시"
    values = found.tables["values"].set_index("name")
    assert values.loc["성남시", "state"] == "suppressed" and np.isnan(values.loc["성남시", "rank"])
    assert found.fact("suppressed").value == 1 and any("hidden" in str(c) for c in found.cautions)


def test_by_sido(tmp_path: Path) -> None:
    rows = told(panel_of(tmp_path, {"y": ("flow 건", np.array([[1.0], [3.0]]))}), by="sido").tables["by_sido"]
    assert rows[["sido_name", "regions", "together"]].to_numpy().tolist() == [["경기도", 2, 4.0]]


def test_a_column_that_is_told_nowhere_is_left_out(tmp_path: Path) -> None:
    y, none = np.array([[1.0], [3.0]]), np.full((2, 1), np.nan)
    found = told(panel_of(tmp_path, {"y": ("rate 명", y), "z": ("rate 명", none)}))
    assert found.fact("untold").value == 1 and found.tables["variables"]["variable"].tolist() == ["y"]
    with pytest.raises(MethodError, match="told of any region"):
        told(panel_of(tmp_path / "b", {"y": ("rate 명", y), "z": ("rate 명", none)}), variables=["z"])
    with pytest.raises((MethodError, Several), match="no column"):
        told(panel_of(tmp_path / "c", {"y": ("rate 명", y)}), variables=["why"])
