"""What the quality step promises the report: tables and figures that hold only what the panel found."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.builders import panel_of_events

from sigun.analysis.describe.quality import quality
from sigun.panel.model import Finding, Panel
from sigun.plan.steps import Quality
from sigun.result import Result, read_result, save_result
from sigun.text import Message, say

ORIGIN = (953_901.0, 1_952_032.0)  # EPSG:5179, about 126.98 E, 37.57 N
WORDS = Message("That is so.")


def found() -> tuple[Finding, ...]:
    return (
        Finding("outside", 3, say("{n} reports", n=3), WORDS, x=ORIGIN[0], y=ORIGIN[1]),
        Finding("hole", 0, say("{days} days", days=7), WORDS, start=date(2024, 1, 10), end=date(2024, 1, 17)),
        Finding("regime", 0, WORDS, say("{reason}", reason="현장 확인"), start=date(2024, 1, 20), overruled=True),
    )


def panel() -> Panel:
    made = panel_of_events(
        [f"2024-01-{d:02}" for d in range(1, 9)],
        x=[*[ORIGIN[0]] * 6, None, None],
        y=[*[ORIGIN[1]] * 6, None, None],
        region=["11", "11", "11", "11", "11", "11", "11", None],
        outcome=["confirmed", "duplicate", "duplicate", None, "open", "open", "not_found", "open"],
        gone=[None, "2024-01-05", "2024-01-06", *[None] * 5],
        like=[-1, 0, -1, -1, -1, -1, -1, -1],
        holes=[(date(2024, 1, 10), date(2024, 1, 17))],
    )
    sources = pd.DataFrame({"id": ["reports"], "kind": ["events"], "rows": [11], "made_up": [True]})
    changes = (("reports", say("{n} rows without a date were left out.", n=3)),)
    return replace(made, findings=found(), sources=sources, changes=changes)


def run(made: Panel) -> Result:
    return quality(Quality(method="quality"), made, np.random.default_rng(1))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rows_read", 11),
        ("rows_kept", 6),
        ("rows_point", 4),  # of those kept: duplicates are told on their own line
        ("rows_area", 1),
        ("rows_none", 1),
        ("same_vehicle_share", 0.125),
        ("duplicate_share", 0.25),
        ("holes", 1),
        ("hole_days", 7),
        ("regimes", 0),
        ("confirmed_share", 1 / 7),
    ],
)
def test_the_figures_a_report_opens_with(name: str, value: float) -> None:
    assert run(panel()).fact(name).value == pytest.approx(value)


def test_findings_keep_their_order_words_values_days_and_place() -> None:
    table = run(panel()).tables["findings"]
    assert table["order"].tolist() == [1, 2, 3]
    assert table["kind"].tolist() == ["outside", "hole", "regime"]
    assert json.loads(table["said_values"][0]) == {"n": 3}
    assert json.loads(table["done_values"][2]) == {"reason": "현장 확인"}
    assert (table["start"][1], table["end"][1]) == (date(2024, 1, 10), date(2024, 1, 17))
    assert (table["longitude"][0], table["latitude"][0]) == pytest.approx((126.98, 37.57), abs=0.01)
    assert table["longitude"][1:].isna().all()
    assert table["overruled"].tolist() == [False, False, True]


def test_what_a_person_overruled_is_a_caution() -> None:
    said = [str(c) for c in run(panel()).cautions]
    assert any(s.startswith("1 findings were overruled") for s in said)
    assert not any("overruled" in str(c) for c in run(replace(panel(), findings=found()[:2])).cautions)


def test_sources_and_changes_are_handed_on() -> None:
    tables = run(panel()).tables
    assert tables["sources"].loc[0, ["id", "rows", "made_up"]].tolist() == ["reports", 11, True]
    assert tables["changes"].loc[0, "said"] == "{n} rows without a date were left out."
    assert json.loads(tables["changes"].loc[0, "said_values"]) == {"n": 3}


@pytest.mark.parametrize("bare", [False, True])
def test_it_can_be_stored_and_read_back(tmp_path: Path, bare: bool) -> None:
    made = panel_of_events(["2024-01-01", "2024-01-02"]) if bare else panel()
    result = run(made)
    save_result(result, tmp_path)
    again = read_result(tmp_path)
    for name, table in result.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table, check_dtype=False)
