"""A forecast looks at nothing that was not known at its origin: cutting the data there changes no figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sigun.analysis.forecast import learning
from sigun.analysis.forecast.backtest import backtest_predictions
from sigun.analysis.forecast.step import predict
from sigun.panel.model import Panel
from sigun.plan.steps import Campaign, Conditions
from simulated import simulated

FROM, TO = date(2023, 1, 3), date(2023, 2, 7)  # soon after the year of tuning: its last statuses are not known yet
STUDY = pd.DataFrame([(x, y) for x in range(-1, 9) for y in range(-1, 9)], columns=["cell_x", "cell_y"])
GAP = (date(2022, 5, 1), date(2022, 8, 1))
GOING_ON = (date(2023, 1, 10), date(2023, 3, 1))  # at the second origin nobody can tell yet
DAYS = pd.date_range("2022-01-01", "2024-12-31")  # the weather begins two years late
AIR = pd.DataFrame({"day": DAYS, "rain": np.random.default_rng(5).gamma(0.3, 4.0, len(DAYS))})
FORETOLD = pd.concat([AIR.assign(issued_at=AIR["day"] - pd.Timedelta(hours=h), rain=AIR["rain"] + h) for h in (6, 90)])
CAMPAIGNS = tuple(
    Campaign(start=date(*start), end=date(*start) + timedelta(days=21), announced=date(*announced))
    for start, announced in (
        ((2022, 3, 1), (2022, 2, 1)),
        ((2023, 2, 20), (2023, 2, 1)),
        ((2024, 1, 25), (2024, 1, 20)),  # announced between two origins
    )
)
FIGURES = ["expected_count", "q05", "q95"]


def cut(panel: Panel, origin: date) -> Panel:
    """The panel as it was at 00:00 of the origin: later reports are not there, later statuses not known."""
    counts = panel.counts[panel.counts["day"] < pd.Timestamp(origin)]
    counts = counts.assign(gone=counts["gone"].where(counts["gone"] < pd.Timestamp(origin)))
    events = panel.events[panel.events["occurred_at"] < pd.Timestamp(origin)]
    events = events.assign(gone=events["gone"].where(events["gone"] < pd.Timestamp(origin)))
    air, told = panel.weather, panel.weather_forecast
    return replace(
        panel,
        counts=counts,
        events=events,
        end=origin,
        holes=(),
        weather=None if air is None else air[air["day"] < pd.Timestamp(origin)],
        weather_forecast=None if told is None else told[told["issued_at"] <= pd.Timestamp(origin)],
    )


def equal(one: pd.DataFrame, other: pd.DataFrame) -> None:
    keys = [c for c in one if c not in FIGURES]
    pd.testing.assert_frame_equal(one[keys].reset_index(drop=True), other[keys].reset_index(drop=True))
    np.testing.assert_allclose(one[FIGURES].to_numpy(float), other[FIGURES].to_numpy(float), rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("study", "gap", "horizon"),
    [
        pytest.param(STUDY, None, "7d", id="area given"),
        pytest.param(None, None, "7d", id="area found"),
        pytest.param(None, GAP, "7d", id="with a hole"),
        pytest.param(STUDY, GOING_ON, "7d", id="a hole that has just begun"),
        pytest.param(STUDY, GAP, "1mo", id="a month ahead"),
    ],
)
def test_a_backtest_row_is_what_predict_gives_on_the_data_cut_there(study: Any, gap: Any, horizon: str) -> None:
    panel = simulated(gap=gap, duplicates=0.4)
    whole = backtest_predictions(panel, FROM, TO, "14d", horizon=horizon, study_area=study)
    for origin, rows in whole.groupby("origin"):
        day = origin.date()
        equal(rows, predict(cut(panel, day), day, horizon, study))


@pytest.mark.parametrize("weather", ["observed", "forecast"])
def test_weather_and_campaigns_are_used_as_far_as_they_were_known(weather: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(learning, "_try_weather", lambda _lessons: (0.1, True))  # whatever it is worth: looked at
    panel = simulated(years=5, weather=AIR, plan={"conditions": Conditions(weather=weather, campaigns=CAMPAIGNS)})
    panel = replace(panel, weather_forecast=FORETOLD)
    plain = simulated(years=5)
    first, last = date(2024, 1, 2), date(2024, 2, 20)
    whole, without = (backtest_predictions(p, first, last, "14d", study_area=STUDY) for p in (panel, plain))
    assert (whole["expected_count"] - without["expected_count"]).abs().max() > 1e-4
    for origin, rows in whole.groupby("origin"):
        day = origin.date()
        equal(rows, predict(cut(panel, day), day, "14d", STUDY))


def test_final_status_needs_only_the_rows_that_stay() -> None:
    panel = simulated(plan={"target": "final_status"})
    kept = panel.counts[panel.counts["gone"].isna() & (panel.counts["day"] < pd.Timestamp(FROM))]
    equal(predict(panel, FROM, "7d"), predict(replace(panel, counts=kept), FROM, "7d"))


def test_what_comes_after_the_origin_may_be_anything() -> None:
    panel = simulated()
    before = predict(panel, FROM, "7d", STUDY)
    late = panel.counts["day"] >= pd.Timestamp(FROM)
    wild = panel.counts.assign(reports=panel.counts["reports"].where(~late, 50))
    equal(before, predict(replace(panel, counts=wild), FROM, "7d", STUDY))


def test_a_status_known_before_the_origin_does_count() -> None:
    panel = simulated()
    known = panel.counts["gone"] < pd.Timestamp(FROM)
    assert known.any()
    forgotten = panel.counts.assign(gone=panel.counts["gone"].mask(known))
    one, other = (predict(p, FROM, "7d", STUDY) for p in (panel, replace(panel, counts=forgotten)))
    assert one["expected_count"].sum() < other["expected_count"].sum()


def test_workers_change_no_figure() -> None:
    panel = simulated()
    one, two = (backtest_predictions(panel, FROM, TO, "7d", workers=n) for n in (1, 2))
    pd.testing.assert_frame_equal(one, two, check_exact=True)
