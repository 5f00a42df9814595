"""What going along with reports means (관련성의 뜻): beside each other or over time, and never the calendar's doing."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import box

from builders import CRS, panel_of_events
from sigun.analysis.describe.area_factors import area_factors
from sigun.analysis.describe.weather import weather
from sigun.panel.model import Panel
from sigun.plan.steps import AreaFactors, Weather

MONTHS = pd.date_range("2022-01-01", "2023-12-01", freq="MS")
AREAS = 30
NAMES = np.array([f"r{i:02}" for i in range(AREAS)])


def areas_and_months(reports: np.ndarray, visitors: np.ndarray) -> Panel:
    """A panel of 30 areas and 24 months from two tables (area, month)."""
    area, month = (part.ravel() for part in np.meshgrid(range(AREAS), range(24), indexing="ij"))
    times = reports.ravel()
    squares = [box(i % 6, i // 6, i % 6 + 1, i // 6 + 1) for i in range(AREAS)]
    outlines = gpd.GeoDataFrame({"region": NAMES, "name": NAMES, "area_km2": 1.0}, geometry=squares, crs=CRS)
    monthly = pd.DataFrame({"region": NAMES[area], "period": MONTHS[month], "visitors": visitors.ravel()})
    return panel_of_events(
        MONTHS[np.repeat(month, times)], region=NAMES[np.repeat(area, times)], outlines=outlines, area_periods=monthly,
        end=date(2024, 1, 1),
    )  # fmt: skip


def readings_of(panel: Panel) -> tuple[str, str]:
    """How the one variable reads between areas, and inside them."""
    result = area_factors(AreaFactors(method="area_factors"), panel, np.random.default_rng(1))
    return result.tables["associations"]["reading"].iloc[0], result.tables["periods"]["reading"].iloc[0]


def test_busier_areas_say_nothing_about_busier_months() -> None:
    rng = np.random.default_rng(1)
    level = rng.uniform(2, 30, (AREAS, 1))
    visitors = level * 100 * np.exp(0.1 * rng.normal(size=(AREAS, 24)))
    assert readings_of(areas_and_months(rng.poisson(level + 0 * visitors), visitors)) == ("positive", "unclear")


def test_busier_months_say_nothing_about_busier_areas() -> None:
    rng = np.random.default_rng(2)
    change = 0.4 * rng.normal(size=(AREAS, 24))
    level = rng.uniform(500, 5000, (AREAS, 1))
    assert readings_of(areas_and_months(rng.poisson(12 * np.exp(change)), level * np.exp(change))) == (
        "unclear",
        "positive",
    )


def test_the_two_answers_may_contradict_each_other() -> None:
    rng = np.random.default_rng(3)
    level, change = rng.uniform(5, 40, (AREAS, 1)), 0.4 * rng.normal(size=(AREAS, 24))
    panel = areas_and_months(rng.poisson(level * np.exp(-change)), level * np.exp(change))
    assert readings_of(panel) == ("positive", "negative")


def test_what_all_areas_share_in_a_month_is_no_association_inside_them() -> None:
    rng = np.random.default_rng(4)
    season = np.exp(np.cos(np.arange(24) / 2))[None]
    visitors = 1000 * season * np.exp(0.1 * rng.normal(size=(AREAS, 24)))
    assert readings_of(areas_and_months(rng.poisson(8 * season * np.ones((AREAS, 1))), visitors))[1] == "unclear"


def by_day(reports: np.ndarray, days: pd.DatetimeIndex, **columns: np.ndarray) -> dict[str, str]:
    """How each weather column reads beside these daily reports."""
    table = pd.DataFrame({"day": days.date, **columns})
    panel = panel_of_events(
        days[np.repeat(np.arange(len(days)), reports)], weather=table, start=days[0].date(), end=date(2024, 1, 1)
    )
    found = weather(Weather(method="weather"), panel, np.random.default_rng(1)).tables["associations"]
    return dict(zip(found["variable"], found["reading"], strict=True))


def test_season_and_weekday_are_not_the_weathers_doing() -> None:
    """Warm months and rainy Sundays: reports follow the month and the weekday, and nothing else."""
    rng = np.random.default_rng(5)
    days = pd.date_range("2021-01-01", "2023-12-31")
    sunday, summer = days.day_of_week == 6, np.cos((days.day_of_year - 200) / 58)
    reports = rng.poisson(6 * np.where(sunday, 0.3, 1.0) * np.exp(0.5 * np.cos((days.month - 7) / 1.91)))
    rain = rng.gamma(0.5, 8.0, len(days)) * np.where(sunday, 3.0, 1.0)
    warmth = 12 + 14 * summer + 3 * rng.normal(size=len(days))
    assert by_day(reports, days, rain=rain, warmth=warmth) == {"rain": "unclear", "warmth": "unclear"}


def test_what_the_day_itself_brings_is_seen() -> None:
    rng = np.random.default_rng(6)
    days = pd.date_range("2021-01-01", "2023-12-31")
    rain = rng.gamma(0.5, 8.0, len(days))
    reports = rng.poisson(6 * np.exp(-0.03 * rain))
    assert by_day(reports, days, rain=rain)["rain"] == "negative"
