"""Conditions (여건): what moves the total besides its own past, where the plan names it and an origin can know it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sigun.analysis.forecast import campaigns as campaign
from sigun.analysis.forecast import day_weather
from sigun.analysis.forecast.campaigns import CampaignEffect, Days
from sigun.analysis.forecast.day_weather import DayWeather, WeatherEffect
from sigun.analysis.forecast.history import Past
from sigun.analysis.statistics.arrays import FloatArray, IntArray, day_number
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.text import N_, say

KEYS = ("day", "station", "issued_at")


@dataclass(frozen=True)
class Conditions:
    """What the plan names."""

    weather: DayWeather | None = None
    campaigns: tuple[Days, ...] = ()

    def with_campaigns(self, past: Past) -> Past:
        """The past with the days of campaigns known at its origin counted for what earlier ones brought."""
        known = campaign.known_at(self.campaigns, past.origin)
        return _times(past, campaign.factors(past, known, self.campaign_effect(past))) if known else past

    def with_weather(self, past: Past, effect: WeatherEffect | None) -> Past:
        """The past with every day counted for what its weather usually brings."""
        if self.weather is None or effect is None:
            return past
        return _times(past, day_weather.factors(self.weather, effect, past))

    def campaign_effect(self, past: Past) -> CampaignEffect:
        """What the campaigns known at the origin teach."""
        plain = replace(past, usual=None)  # days of campaigns must not count for what is to be found out
        return campaign.effect_of(plain, campaign.known_at(self.campaigns, past.origin))

    def learn_weather(self, past: Past) -> WeatherEffect | None:
        """What the days before the origin teach of the weather; none where it is not asked or too short."""
        return None if self.weather is None else day_weather.fit_effect(self.weather, past)


def conditions_of(panel: Panel) -> Conditions:
    """The conditions the panel's plan names.

    Raises
    ------
    MethodError
        The weather has no column of numbers, or its forecasts were issued only after the days they are for.
    """
    said = panel.plan.conditions
    days = tuple(
        Days(day_number(c.start), day_number(c.end), day_number(c.announced) + 1)
        for c in sorted(said.campaigns, key=lambda c: (c.start, c.end))
    )
    return Conditions(None if said.weather is None else _weather(panel, said.weather == "forecast"), days)


def _weather(panel: Panel, ahead: bool) -> DayWeather:
    seen = _by(["day"], panel.weather)
    if seen.empty:
        raise MethodError(
            say(N_("The weather data hold no column of numbers.")),
            say(N_("plan, conditions: weather")),
            say(N_("Give a column of the weather the role `value`, or take `weather` out.")),
        )
    days = pd.date_range(seen.index.min(), seen.index.max())
    told = _foretold(panel.weather_forecast if ahead else None, list(seen.columns))
    values = seen.reindex(days).to_numpy(float)
    return DayWeather(tuple(seen.columns), _days(days)[0], values, *told, ahead=ahead)


def _foretold(frame: pd.DataFrame | None, names: list[str]) -> tuple[IntArray, IntArray, FloatArray]:
    """From which day on each forecast could be known, the day it is for, and what it says, in order of issue."""
    if frame is None:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, len(names)))
    table = _by(["issued_at", "day"], frame).reindex(columns=names).dropna(how="all")
    issued, day = (pd.DatetimeIndex(table.index.get_level_values(name)) for name in ("issued_at", "day"))
    known = _days(issued.ceil("D"))
    if not (known <= _days(day)).any():
        raise MethodError(
            say(N_("No weather forecast was issued before the day it is for: that is weather known after the fact.")),
            say(N_("plan, conditions: weather")),
            say(N_("Give a file of forecasts with the time each was issued, or write `weather: observed`.")),
        )
    return known, _days(day), table.to_numpy(float)


def _by(keys: list[str], frame: pd.DataFrame | None) -> pd.DataFrame:
    """Columns of numbers by day (and issue), the mean over the stations of the file."""
    if frame is None:
        return pd.DataFrame()
    frame = frame.assign(day=pd.to_datetime(frame["day"]).dt.normalize())
    numbers = frame.drop(columns=list(KEYS), errors="ignore").select_dtypes("number")
    return numbers.groupby([frame[key] for key in keys]).mean() if len(numbers.columns) else pd.DataFrame()


def _times(past: Past, factor: FloatArray) -> Past:
    return replace(past, usual=factor if past.usual is None else past.usual * factor)


def _days(times: pd.DatetimeIndex) -> IntArray:
    return np.asarray(times.to_numpy("datetime64[D]").astype(np.int64))
