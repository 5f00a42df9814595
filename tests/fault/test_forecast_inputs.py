"""Data on which a forecast can say little, or nothing: it falls back and says so, or refuses with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from builders import panel_of_events
from sigun.analysis.forecast.backtest import backtest
from sigun.analysis.forecast.step import forecast, predict
from sigun.errors import MethodError, PlanError
from sigun.panel.model import Panel
from sigun.plan.steps import Backtest, Forecast
from simulated import simulated

WEEK = Forecast(method="forecast", horizon="7d")
ALONE = pd.DataFrame({"cell_x": [0], "cell_y": [0]})


def fifty(years: int = 4) -> Panel:
    rng = np.random.default_rng(3)
    day = np.sort(rng.integers(0, 365 * years, 50))
    place = rng.integers(0, 5000, (2, 50)).astype(float)
    return panel_of_events(
        pd.Timestamp("2020-01-01") + pd.to_timedelta(np.append(day[:-1], 365 * years - 1), unit="D"),
        *place,
        end=date(2024, 1, 1),
    )


def test_fifty_reports_are_forecast_by_shrinkage_and_it_says_so() -> None:
    found = forecast(WEEK, fifty(), np.random.default_rng(1))
    assert found.fact("model").value == "shrinkage"
    assert any("too few to learn" in str(c) or "less than two full years" in str(c) for c in found.cautions)
    assert 0 < found.fact("expected").value < 2
    assert np.isfinite(found.tables["cells"][["expected_count", "q05", "q95"]].to_numpy()).all()


def test_fifty_reports_can_be_checked_on_the_past() -> None:
    found = backtest(Backtest(method="backtest", every="7d", months=6), fifty(), np.random.default_rng(1))
    assert any("too few to learn" in str(c) for c in found.cautions)
    assert found.tables["limit"]["value"].notna().all()


def test_a_single_cell_is_all_there_is() -> None:
    rows = predict(simulated(), date(2023, 6, 1), "7d", ALONE)
    cells = rows[rows["cell_x"].notna()]
    assert len(cells) == 1
    assert cells["expected_count"].item() == pytest.approx(16.5 * 7 / 365, rel=0.5)


def test_all_reports_on_one_day_are_no_rate() -> None:
    rng = np.random.default_rng(3)
    panel = panel_of_events(["2023-05-01"] * 300, *rng.integers(0, 5000, (2, 300)).astype(float))
    with pytest.raises(MethodError, match="Only 1 days of data are known before 2023-05-02; a forecast needs 14"):
        predict(panel, date(2023, 5, 2), "7d")
    rows = predict(panel, date(2023, 6, 15), "7d")
    assert rows.loc[rows["cell_x"].notna(), "expected_count"].between(0, 2).all()


@pytest.mark.parametrize("day", [date(2024, 4, 3), date(2026, 1, 1)])
def test_beyond_the_reach_of_the_data_nothing_is_said(day: date) -> None:
    with pytest.raises(MethodError, match=f"no data for the .* days before {day}") as error:
        predict(simulated(), day, "7d")
    assert "choose a day before 2024-04-0" in error.value.remedy


def test_a_quarter_after_the_last_report_is_within_reach() -> None:
    assert predict(simulated(), date(2024, 3, 29), "7d")["expected_count"].sum() > 0


def test_a_quarter_ahead_is_the_farthest() -> None:
    rows = predict(simulated(), date(2023, 6, 1), "3mo")
    week = predict(simulated(), date(2023, 6, 1), "7d")
    assert rows["expected_count"].sum() == pytest.approx(week["expected_count"].sum() * 92 / 7, rel=0.35)
    with pytest.raises(PlanError, match="92"):
        predict(simulated(), date(2023, 6, 1), "4mo")


def test_a_city_that_never_learned_stays_the_same_when_cut() -> None:
    panel = fifty()
    late = panel.counts["day"] >= "2023-07-01"
    cut = replace(panel, counts=panel.counts[~late], end=date(2023, 7, 1))
    one, other = (predict(p, date(2023, 7, 1), "7d") for p in (panel, cut))
    pd.testing.assert_frame_equal(one, other)
