"""What a forecast is: sums that agree, holes that are no zeros, a level that follows, settings that are said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from builders import card_of, panel_of_events, plan_of
from sigun.analysis.forecast.step import forecast, predict
from sigun.errors import MethodError, PlanError
from sigun.panel.model import Panel
from sigun.plan.steps import Forecast
from sigun.result import Result
from simulated import OUTLINES, by_area, rates, simulated

WEEK = Forecast(method="forecast", horizon="7d")


def run(panel: Panel, step: Forecast = WEEK) -> Result:
    return forecast(step, panel, np.random.default_rng(1))


@pytest.mark.parametrize("outlines", [None, OUTLINES], ids=["blocks", "regions"])
def test_cells_add_up_to_areas_and_areas_to_the_city(outlines: Any) -> None:
    found = run(simulated(outlines=outlines)).tables
    whole = found["city"]["expected_count"].sum()
    assert found["cells"]["expected_count"].sum() == pytest.approx(whole)
    assert found["areas"]["expected_count"].sum() == pytest.approx(whole)
    if outlines is not None:
        by_region = found["cells"].groupby("region")["expected_count"].sum()
        assert found["areas"].set_index("region")["expected_count"].to_dict() == pytest.approx(by_region.to_dict())


def test_the_level_is_that_of_a_week() -> None:
    panel = simulated(years=5, duplicates=0)
    a_week = rates().sum() * 7 / 365
    assert run(panel).fact("expected").value == pytest.approx(a_week, rel=0.25)


def test_a_busier_place_is_expected_to_have_more() -> None:
    cells = run(simulated()).tables["cells"].set_index(["cell_x", "cell_y"])["expected_count"]
    assert cells[0, 0] > cells[2, 2] > cells[7, 7] > 0


def test_the_interval_holds_the_expectation_and_widens_with_it() -> None:
    found = run(simulated()).tables
    for name in ("cells", "areas", "city"):
        table = found[name]
        assert (table["q05"] <= np.ceil(table["expected_count"])).all()
        assert (table["q95"] >= np.floor(table["expected_count"])).all()
    assert found["city"]["q95"][0] > found["city"]["q05"][0]


def test_the_chance_of_any_report_is_less_than_the_expectation() -> None:
    cells = run(simulated()).tables["cells"]
    assert ((cells["p_any"] > 0) & (cells["p_any"] < cells["expected_count"])).all()


def test_days_without_collection_are_no_zeros() -> None:
    gap = (date(2023, 5, 1), date(2023, 9, 1))  # a third of the last year
    with_gap, without = (run(simulated(gap=g)).fact("expected").value for g in (gap, None))
    assert with_gap == pytest.approx(without, rel=0.12)


def test_a_hole_that_ends_at_the_origin_is_said() -> None:
    result = run(simulated(gap=(date(2023, 11, 1), date(2024, 1, 1))))
    assert any("no data" in str(c) for c in result.cautions)


def test_a_change_of_intake_is_followed() -> None:
    panel = simulated(growth=(1, 1, 1, 3), duplicates=0)
    assert run(panel).fact("expected").value == pytest.approx(3 * rates().sum() * 7 / 365, rel=0.2)


def test_with_less_than_two_full_years_the_defaults_stand_and_it_says_so() -> None:
    short, long = run(simulated(years=2)), run(simulated(years=4))
    assert not short.has_fact("tuned_on")
    assert any("less than two full years" in str(c) for c in short.cautions)
    assert long.fact("tuned_on").value == 2022
    assert not long.cautions
    assert short.tables["city"]["q95"][0] > short.tables["city"]["expected_count"][0]


def test_regions_can_be_the_places() -> None:
    panel = by_area(simulated())
    found = run(panel).tables
    assert found["cells"]["region"].tolist() == ["11", "12"]
    assert found["areas"]["name"].tolist() == ["서쪽동", "동쪽동"]
    rows = predict(panel, panel.end, "7d")
    assert rows["region"].tolist() == ["11", "12"]
    assert "cell_x" not in rows


def test_a_region_counts_the_reports_without_a_point() -> None:
    panel = by_area(simulated())
    lost = replace(panel, events=panel.events.assign(x=np.nan, y=np.nan))
    assert run(lost).fact("expected").value == run(panel).fact("expected").value


def test_the_format_of_predictions() -> None:
    panel = simulated()
    rows = predict(panel, date(2023, 6, 1), "1mo")
    assert list(rows) == [
        *("origin", "horizon_start", "horizon_end", "cell_x", "cell_y", "region_x", "region_y"),
        *("expected_count", "q05", "q95"),
    ]
    assert rows["horizon_end"].unique().tolist() == [pd.Timestamp("2023-07-01")]
    cells, areas = rows[rows["cell_x"].notna()], rows[rows["region_x"].notna()]
    assert len(cells) + len(areas) == len(rows)
    assert cells["expected_count"].sum() == pytest.approx(areas["expected_count"].sum())
    one = cells[(cells["cell_x"] // 5 == 0) & (cells["cell_y"] // 5 == 0)]["expected_count"].sum()
    block = areas[(areas["region_x"] == 0) & (areas["region_y"] == 0)]["expected_count"].item()
    assert block == pytest.approx(one)


def test_a_study_area_that_is_given_is_kept_to() -> None:
    study = pd.DataFrame({"cell_x": [0, 1, 30], "cell_y": [0, 0, 30]})
    cells = predict(simulated(), date(2023, 6, 1), "7d", study).dropna(subset=["cell_x"])
    assert cells[["cell_x", "cell_y"]].to_numpy().tolist() == [[0, 0], [1, 0], [30, 30]]


def test_a_study_area_without_cells_is_refused() -> None:
    with pytest.raises(PlanError, match="cell_x and cell_y"):
        predict(simulated(years=1), date(2020, 6, 1), "7d", pd.DataFrame({"x": [1]}))


def test_before_the_first_report_there_is_no_forecast() -> None:
    with pytest.raises(MethodError, match="No report is known before 2020-01-01"):
        predict(simulated(years=1), date(2020, 1, 1), "7d")


def test_reports_without_any_place_cannot_be_forecast() -> None:
    with pytest.raises(MethodError, match="No report has a place"):
        run(panel_of_events(["2024-01-01", "2024-01-05"], plan=plan_of()))


def test_a_person_may_name_a_hole() -> None:
    panel = simulated()
    word = {"finding": "hole", "decision": "accept", "start": "2023-06-01", "end": "2023-12-01", "reason": "서버 이전"}
    named = replace(panel, cards={"reports": card_of(overrule=[word])})
    days = run(panel).fact("history_days").value, run(named).fact("history_days").value
    assert days[0] - days[1] == 183


def test_a_person_may_say_that_a_hole_is_none() -> None:
    panel = simulated(gap=(date(2023, 5, 1), date(2023, 9, 1)))
    word = {"finding": "hole", "decision": "ignore", "start": "2023-05-01", "end": "2023-09-01", "reason": "조용했음"}
    quiet = replace(panel, cards={"reports": card_of(overrule=[word])})
    assert run(quiet).fact("history_days").value > run(panel).fact("history_days").value + 100


def test_reports_that_will_still_be_withdrawn_are_taken_off() -> None:
    """Two in five reports turn out to be duplicates within forty days; the reports that stay are what is expected."""
    found = run(simulated(duplicates=0.4))
    usual = 0.6 * rates().sum() * 7 / 365
    assert found.fact("expected").value == pytest.approx(usual, rel=0.15)
    assert 0.1 < float(found.fact("still_leaving").value) < 0.4
    assert 0.05 < float(found.fact("leaving_lowers").value) < 0.3


@pytest.mark.parametrize("plan", [{"target": "final_status"}, {"known_by": "occurred_at"}])
def test_where_statuses_are_final_or_ignored_nothing_is_taken_off(plan: dict[str, str]) -> None:
    found = run(simulated(duplicates=0.4, plan=plan))
    assert (found.fact("still_leaving").value, found.fact("leaving_lowers").value) == (0.0, 0.0)
