"""What surrounds the reports of the made-up city (주변 여건): weather, floating population, the table of dongs."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sigun.recipes.vehicles.city import WARDS, City, ward_column
from sigun.recipes.vehicles.occurrence import Days

FloatArray = NDArray[np.float64]

STATION = "가온"
WET_SHARE = np.array([0.20, 0.20, 0.22, 0.25, 0.27, 0.33, 0.48, 0.45, 0.30, 0.20, 0.25, 0.22])  # of days, by month
WET_MEAN = np.array([5, 6, 8, 12, 13, 16, 24, 22, 17, 9, 9, 6], dtype=float)  # mm on a wet day
INSTRUMENT_DOWN = 4  # days without a wind reading

FLOATING_A_HEAD = {"dense": 1.5, "mixed": 1.0, "new": 0.8, "works": 2.2, "rural": 0.7}
FLOATING_SPREAD = 0.20  # standard deviation of a dong's log, month to month
FLOATING_MEMORY = 0.6  # of last month in this one


def draw_weather(rng: np.random.Generator, days: Days) -> pd.DataFrame:
    """One row a day: temperature, rain, snow, wind. Only rain has a hand in reporting."""
    n = len(days)
    day_of_year = (days.date - days.date.astype("datetime64[Y]")).astype(float)
    usual = 11.8 - 14.2 * np.cos(2 * np.pi * (day_of_year - 17) / 365.25)
    temperature = usual + autoregressive(rng, (1, n), 0.7, 3.2)[0]
    wet = rng.random(n) < WET_SHARE[days.month]
    rain = np.where(wet, np.round(rng.gamma(0.6, WET_MEAN[days.month] / 0.6), 1), 0.0)
    snow = np.where(temperature < 0, np.round(0.8 * rain, 1), 0.0)
    wind = np.round(rng.gamma(6.0, 1.9 / 6.0, n), 1)
    wind[rng.choice(n, INSTRUMENT_DOWN, replace=False)] = np.nan
    return pd.DataFrame(
        {
            "일자": days.date.astype(str),
            "지점": STATION,
            "기온(℃)": np.round(temperature, 1),
            "강수량(mm)": rain,
            "적설(cm)": snow,
            "풍속(m/s)": wind,
        }
    )


def autoregressive(rng: np.random.Generator, shape: tuple[int, int], memory: float, spread: float) -> FloatArray:
    """Rows of first-order autoregressive noise with the given memory and standard deviation."""
    shocks = rng.normal(0, spread * np.sqrt(1 - memory**2), shape)
    shocks[:, 0] /= np.sqrt(1 - memory**2)
    for t in range(1, shape[1]):
        shocks[:, t] += memory * shocks[:, t - 1]
    return shocks


def floating_index(rng: np.random.Generator, months: int) -> FloatArray:
    """(20, months) floating population of each dong over its own average; the city's total does not move."""
    log = autoregressive(rng, (len(WARDS), months), FLOATING_MEMORY, FLOATING_SPREAD)
    log -= log.mean(axis=0, keepdims=True)
    index = np.exp(log - log.mean(axis=1, keepdims=True))
    return np.asarray(index / index.mean(axis=1, keepdims=True), dtype=float)


def floating_table(index: FloatArray, days: Days) -> pd.DataFrame:
    """The private table: one row a dong and month."""
    usual = ward_column("population") * np.array([FLOATING_A_HEAD[ward.setting] for ward in WARDS])
    months = np.unique(days.date.astype("datetime64[M]")).astype(str)
    return pd.DataFrame(
        {
            "행정동": np.repeat([ward.name for ward in WARDS], len(months)),
            "기준월": np.tile(months, len(WARDS)),
            "유동인구(명)": np.round(usual[:, None] * index).astype(int).ravel(),
        }
    )


def dong_table(city: City) -> pd.DataFrame:
    """The table of dongs, the city's total first, as such tables have it."""
    people = ward_column("population")
    households = np.round(people / (2.9 - 0.02 * ward_column("single"))).astype(int)
    parking = np.round(households * ward_column("parking")).astype(int)
    area = np.round([outline.area / 1e6 for outline in city.outlines], 2)
    rows = pd.DataFrame(
        {
            "행정동": [ward.name for ward in WARDS],
            "행정동코드": city.codes,
            "인구(명)": people.astype(int),
            "세대수": households,
            "1인가구비율(%)": ward_column("single"),
            "노후주택비율(%)": ward_column("old"),
            "65세이상비율(%)": ward_column("elderly"),
            "주차면수": parking,
            "면적(㎢)": area,
        }
    )
    return pd.concat([pd.DataFrame([total_row(rows)]), rows], ignore_index=True)


def total_row(rows: pd.DataFrame) -> dict[str, object]:
    """The row 계: sums, and averages of the shares weighted by what they are shares of."""
    total: dict[str, object] = {"행정동": "계", "행정동코드": ""}
    for name in rows.columns[2:]:
        base = rows["인구(명)"] if name.startswith("65세") else rows["세대수"]
        share = name.endswith("(%)")
        total[name] = round(float(np.average(rows[name], weights=base)), 1) if share else rows[name].sum()
    total["면적(㎢)"] = round(float(rows["면적(㎢)"].sum()), 2)
    return total
