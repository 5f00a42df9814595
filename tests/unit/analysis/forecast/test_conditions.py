"""What moves the total besides its own past: as the plan names it, and only as far as an origin could know it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from builders import panel_of_events, plan_of
from sigun.analysis.forecast.conditions import conditions_of
from sigun.analysis.forecast.history import past_of
from sigun.analysis.forecast.horizons import Span
from sigun.analysis.forecast.outlook import Forecaster
from sigun.analysis.forecast.pace import pace_of
from sigun.analysis.forecast.step import forecast, predict
from sigun.analysis.statistics.arrays import day_number
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.plan.steps import Campaign, Conditions, Forecast
from sigun.result import Result

DAYS = pd.date_range("2020-01-01", "2024-03-31")
WEEK = Forecast(method="forecast", horizon="7d")
YEARLY = [(f"{year}-04-01", f"{year}-04-22", f"{year}-03-01") for year in range(2020, 2025)]


def campaigns(told: Sequence[tuple[str, str, str]]) -> tuple[Campaign, ...]:
    return tuple(
        Campaign(**dict(zip(("start", "end", "announced"), map(date.fromisoformat, t), strict=True))) for t in told
    )


def city(rate: np.ndarray, **conditions: Any) -> Panel:
    """Reports at so many a day over nine cells, from the first of `DAYS` to the last."""
    rng = np.random.default_rng(4)
    when = DAYS.repeat(rng.poisson(rate)) + pd.Timedelta(hours=9)
    x, y = rng.integers(0, 3, (2, len(when))) * 500.0 + 250.0
    said = {
        name: conditions.pop(name) for name in ("weather", "campaigns") if isinstance(conditions.get(name), str | tuple)
    }
    plan = plan_of(conditions=Conditions(**said))
    return panel_of_events(when, x, y, end=date(2024, 4, 1), plan=plan, weather=conditions.pop("air", None))


def rain(seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {"day": DAYS, "rain": np.where(rng.random(len(DAYS)) < 0.3, rng.exponential(5.0, len(DAYS)), 0.0)}
    )


def wet_weeks() -> pd.DataFrame:
    """Weather that lasts: whole fortnights of rain, so that the recent level shows them."""
    spell = np.random.default_rng(1).random(len(DAYS) // 14 + 1) < 0.4
    return pd.DataFrame({"day": DAYS, "rain": 10.0 * spell[np.arange(len(DAYS)) // 14]})


def run(panel: Panel, step: Forecast = WEEK) -> Result:
    return forecast(step, panel, np.random.default_rng(1))


def fact(found: Result, name: str) -> Any:
    return found.fact(name).value


def in_campaign() -> np.ndarray:
    return np.array([1.8 if (d.month == 4 and d.day < 22) else 1.0 for d in DAYS])


def test_a_campaign_that_is_announced_raises_the_forecast_by_what_earlier_ones_brought() -> None:
    panel = city(12 * in_campaign(), campaigns=campaigns(YEARLY))
    with_, without = run(panel), run(city(12 * in_campaign(), campaigns=campaigns(YEARLY[:-1])))
    assert fact(with_, "campaign_days") == 7 and fact(with_, "campaigns_seen") == 4
    assert fact(with_, "campaign_ratio") == pytest.approx(1.8, rel=0.15)
    assert fact(without, "campaign_days") == 0
    assert fact(with_, "expected") / fact(without, "expected") == pytest.approx(fact(with_, "campaign_ratio"), rel=0.05)
    assert fact(with_, "expected") == pytest.approx(7 * 12 * 1.8, rel=0.2)


def test_a_campaign_announced_after_the_origin_changes_nothing() -> None:
    late = [*YEARLY[:-1], ("2024-04-01", "2024-04-22", "2024-04-01")]  # announced on the day: not known at midnight
    one, other = (
        predict(city(12 * in_campaign(), campaigns=campaigns(c)), date(2024, 4, 1), "7d") for c in (late, YEARLY[:-1])
    )
    pd.testing.assert_frame_equal(one, other)


def test_a_campaign_without_an_earlier_one_is_said_to_change_nothing() -> None:
    found = run(city(np.full(len(DAYS), 12.0), campaigns=campaigns(YEARLY[-1:])))
    assert (fact(found, "campaign_days"), fact(found, "campaigns_seen"), fact(found, "campaign_ratio")) == (7, 0, 1.0)


def test_after_one_campaign_the_next_is_not_much_more_than_a_guess() -> None:
    found = run(city(12 * in_campaign(), campaigns=campaigns(YEARLY[-2:])))
    assert fact(found, "campaigns_seen") == 1
    assert any("Only one campaign is over" in str(c) for c in found.cautions)


def test_a_campaign_just_over_does_not_stay_in_the_level() -> None:
    spring = np.array([1.8 if (d.month == 3 and d.day >= 11) else 1.0 for d in DAYS])
    held = campaigns([(f"{y}-03-11", f"{y}-04-01", f"{y}-02-01") for y in range(2020, 2025)])
    told, untold = run(city(12 * spring, campaigns=held)), run(city(12 * spring))
    assert fact(told, "expected") == pytest.approx(7 * 12, rel=0.12)
    assert fact(untold, "expected") > 1.1 * fact(told, "expected")


def test_a_wet_fortnight_is_made_up_for() -> None:
    air = rain()
    air.loc[len(air) - 14 :, "rain"] = 8.0
    forecaster = Forecaster(city(30 * np.where(air["rain"] > 0, 0.5, 1.0), weather="observed", air=air))
    origin = day_number(date(2024, 4, 1))
    week, records = Span(origin, origin, origin + 7), forecaster.records
    past = past_of(records, np.zeros(len(records.day), np.int64), 1, origin, ())
    effect = forecaster.conditions.learn_weather(past)
    made_up = pace_of(forecaster.conditions.with_weather(past, effect), week).base
    usual = 7 * 30 * (0.3 * 0.5 + 0.7)
    assert pace_of(past, week).base < 0.86 * usual
    assert made_up == pytest.approx(usual, rel=0.06)


def test_weather_that_says_nothing_is_left_out() -> None:
    found = run(city(np.full(len(DAYS), 12.0), weather="observed", air=rain(7)))
    plain = run(city(np.full(len(DAYS), 12.0)))
    assert fact(found, "weather") == "no_better"
    assert fact(found, "expected") == fact(plain, "expected")


def test_weather_of_the_last_months_alone_is_too_short_to_be_tried() -> None:
    air = rain()[DAYS >= "2023-06-01"]
    assert fact(run(city(np.full(len(DAYS), 12.0), weather="observed", air=air)), "weather") == "too_short"


def test_the_weather_of_days_to_come_must_have_been_foretold() -> None:
    air = wet_weeks()
    panel = city(25 * np.where(air["rain"] > 0, 0.5, 1.0), weather="forecast", air=air)
    issued = [air.assign(issued_at=air["day"] - pd.Timedelta(days=n)) for n in range(1, 8)]
    horizon = pd.DataFrame(
        {"day": pd.date_range("2024-04-01", periods=7), "issued_at": pd.Timestamp("2024-03-31 18:00")}
    )
    totals = {}
    for mm in (0.0, 10.0):
        told = pd.concat([*issued, horizon.assign(rain=mm)])
        totals[mm] = fact(run(replace(panel, weather_forecast=told)), "expected")
    assert totals[10.0] < 0.75 * totals[0.0]
    found = run(replace(panel, weather_forecast=told))
    assert (fact(found, "weather"), fact(found, "weather_origins")) == ("used", 1)
    assert fact(found, "weather_change") < -0.2
    later = pd.concat([*issued, horizon.assign(rain=10.0, issued_at=pd.Timestamp("2024-04-01 06:00"))])
    unknown = run(replace(panel, weather_forecast=later))
    assert fact(unknown, "expected") == fact(run(replace(panel, weather_forecast=pd.concat(issued))), "expected")
    assert any("Of the 7 days to come 0 have a weather forecast" in str(c) for c in unknown.cautions)


def test_weather_issued_only_after_the_fact_is_refused() -> None:
    air = rain()
    panel = city(np.full(len(DAYS), 12.0), weather="forecast", air=air)
    told = air.assign(issued_at=air["day"] + pd.Timedelta(days=1))
    with pytest.raises(MethodError, match="known after the fact") as error:
        conditions_of(replace(panel, weather_forecast=told))
    assert "weather: observed" in error.value.remedy


def test_weather_without_numbers_is_refused() -> None:
    panel = city(np.full(len(DAYS), 12.0), weather="observed", air=rain()[["day"]].assign(sky="맑음"))
    with pytest.raises(MethodError, match="no column of numbers"):
        conditions_of(panel)


def test_stations_are_averaged_and_gaps_are_not_known() -> None:
    air = pd.DataFrame(
        {
            "day": pd.to_datetime(["2024-01-01", "2024-01-01", "2024-01-03"]),
            "station": ["가", "나", "가"],
            "rain": [2.0, 4.0, 1.0],
        }
    )
    weather = conditions_of(city(np.full(len(DAYS), 1.0), weather="observed", air=air)).weather
    assert weather is not None
    np.testing.assert_array_equal(weather.seen[:, 0], [3.0, np.nan, 1.0])


def test_a_day_later_than_the_announcement_it_is_known() -> None:
    (days,) = conditions_of(city(np.full(len(DAYS), 1.0), campaigns=campaigns(YEARLY[:1]))).campaigns
    assert date(1970, 1, 1) + timedelta(days=days.known) == date(2020, 3, 2)
