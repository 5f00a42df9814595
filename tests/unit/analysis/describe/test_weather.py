"""Weather of a panel: planted and unplanted columns, late beginnings, holes, stations, and refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from builders import panel_of_events
from sigun.analysis.describe.weather import weather
from sigun.analysis.statistics.readings import readings
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.plan.steps import Weather
from sigun.result import Result

STEP = Weather(method="weather")
START, END = date(2021, 1, 1), date(2024, 1, 1)


def town(seed: int = 1, step: str = "2023-01-01") -> Panel:
    """Three years; a third fewer reports for each 10 mm of rain, nothing by wind; from `step` on twice the reports."""
    rng = np.random.default_rng(seed)
    days = pd.date_range(START, END, inclusive="left")
    rain = np.where(rng.random(len(days)) < 0.7, 0.0, rng.gamma(1.0, 12.0, len(days)))
    level = np.where(days >= step, 10.0, 5.0) * np.where(days.day_of_week < 5, 1.2, 0.5)
    counts = rng.poisson(level * (2 / 3) ** (rain / 10))
    table = pd.DataFrame({"day": days.date, "rain": rain, "wind": rng.gamma(4.0, 1.0, len(days))})
    return panel_of_events(days[np.repeat(np.arange(len(days)), counts)], weather=table, start=START, end=END)


def run(panel: Panel, step: Weather = STEP) -> Result:
    return weather(step, panel, np.random.default_rng(1))


def test_rain_is_found_and_wind_is_not() -> None:
    result = run(town())
    table = result.tables["associations"].set_index("variable")
    assert table.loc["rain", "reading"] == "negative"
    assert table.loc["rain", "per"] == 10
    assert table.loc["rain", "low"] < 2 / 3 < table.loc["rain", "high"]
    assert table.loc["wind", "reading"] == "unclear"
    assert result.fact("found").value == 1
    assert result.fact("days").value == 1095
    assert result.claim == "association"


def test_bins_fall_with_rain_and_add_up_to_all_days() -> None:
    bins = run(town()).tables["bins"]
    rain = bins[bins["variable"] == "rain"]
    assert rain["days"].sum() == 1095
    assert (rain["low_edge"].iloc[0], rain["high_edge"].iloc[0]) == (0, 0)
    assert rain["reports_per_day"].is_monotonic_decreasing
    assert rain["reports_per_day"].between(rain["low"], rain["high"]).all()


def test_a_column_that_begins_late_costs_only_itself() -> None:
    panel = town()
    late = panel.weather.assign(wind=panel.weather["wind"].where(pd.to_datetime(panel.weather["day"]) >= "2023-07-01"))  # type: ignore[union-attr]
    result = run(replace(panel, weather=late))
    assert result.tables["associations"]["n_days"].tolist() == [1095, 184]
    said = [str(c) for c in result.cautions]
    assert any("184 of 1095" in c and "wind" in c for c in said)


def test_too_short_a_column_is_listed_without_an_answer() -> None:
    panel = town()
    short = panel.weather.assign(sun=panel.weather["wind"].where(panel.weather.index < 30), flat=1.0)  # type: ignore[union-attr]
    result = run(replace(panel, weather=short))
    table = result.tables["associations"].set_index("variable")
    assert table.loc[["sun", "flat"], "reading"].tolist() == ["unclear", "unclear"]
    assert table.loc["sun", "n_days"] == 30
    assert any("sun, flat" in str(c) for c in result.cautions)


def test_days_in_a_hole_are_not_quiet_days() -> None:
    """Reports of the hole are missing: read as zeros on its rainy days they would look like an effect of wind."""
    panel = town()
    hole = (date(2021, 3, 1), date(2021, 9, 1))
    day = panel.events["occurred_at"]
    kept = panel.events[(day < "2021-03-01") | (day >= "2021-09-01")]
    inside = pd.to_datetime(panel.weather["day"]).between("2021-03-01", "2021-08-31")  # type: ignore[union-attr]
    windy = panel.weather.assign(wind=panel.weather["wind"] + 20.0 * inside)  # type: ignore[union-attr]
    known = run(replace(panel, events=kept, weather=windy, holes=(hole,)))
    assert known.tables["associations"].set_index("variable").loc["wind", "reading"] == "unclear"
    assert known.fact("days").value == 1095 - 184


def test_stations_are_averaged_by_day_and_said() -> None:
    panel = town()
    one = panel.weather.assign(station="가")  # type: ignore[union-attr]
    other = panel.weather.assign(station="나", rain=panel.weather["rain"] + 2)  # type: ignore[union-attr]
    result = run(replace(panel, weather=pd.concat([one, other])))
    assert any("2 stations" in str(c) for c in result.cautions)
    assert result.fact("stations").value == 2
    bins = result.tables["bins"]
    assert bins.loc[bins["variable"] == "rain", "low_edge"].iloc[0] == 1
    pd.testing.assert_series_equal(
        result.tables["associations"]["ratio"], run(panel).tables["associations"]["ratio"], rtol=1e-6
    )


@pytest.mark.parametrize(("step", "regimes"), [("2023-01-01", ()), ("2022-07-01", (date(2022, 7, 1),))])
def test_a_step_up_in_intake_is_no_weather(step: str, regimes: tuple[date, ...]) -> None:
    """Wind that rose on the day intake doubled is told apart from it by the year, or by the regime that is known."""
    panel = town(step=step)
    later = pd.to_datetime(panel.weather["day"]) >= step  # type: ignore[union-attr]
    windier = panel.weather.assign(wind=panel.weather["wind"] + 5.0 * later)  # type: ignore[union-attr]
    result = run(replace(panel, weather=windier, regimes=regimes))
    assert result.tables["associations"].set_index("variable").loc["wind", "reading"] == "unclear"


def test_only_the_columns_asked_for_are_tried() -> None:
    result = run(town(), Weather(method="weather", columns=("wind",)))
    assert result.tables["associations"]["variable"].tolist() == ["wind"]


def test_unknown_columns_missing_weather_and_short_weather_are_refused() -> None:
    panel = town()
    with pytest.raises(MethodError, match="named: sun") as caught:
        run(panel, Weather(method="weather", columns=("sun",)))
    assert "rain, wind" in caught.value.remedy
    with pytest.raises(MethodError, match="no weather data"):
        run(replace(panel, weather=None))
    with pytest.raises(MethodError, match="on 20 observed days"):
        run(replace(panel, weather=panel.weather.head(20)))  # type: ignore[union-attr]
    with pytest.raises(MethodError, match="named: –"):
        run(replace(panel, weather=panel.weather[["day"]]))  # type: ignore[index]


def test_readings_follow_sign_and_q() -> None:
    assert readings(np.array([-1.0, 1.0, 1.0]), np.array([0.05, 0.06, np.nan])) == ["negative", "unclear", "unclear"]
