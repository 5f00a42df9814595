"""What offices would tell of the made-up province (통계표): old and new city side by side, totals, provisional."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sigun.recipes.births.lives import AGES, FloatArray, IntArray, Lives
from sigun.recipes.births.province import NAMES, NEW, OLD, PROVINCE
from sigun.recipes.births.truth import Planted

TOTAL = "소계"
NOT_THERE = "-"
Cell = str | int | float


@dataclass(frozen=True)
class Told:
    """Rows of a table: the province's total, then every 시군, the divided one before those it became."""

    names: tuple[str, ...]
    values: FloatArray  # (rows, periods), NaN where there was no such region

    def cells(self, write: Callable[[float], Cell], absent: Cell = NOT_THERE) -> list[list[Cell]]:
        """The values as they are written."""
        return [[absent if np.isnan(value) else write(float(value)) for value in row] for row in self.values]


def counts(values: IntArray, years: tuple[int, ...], planted: Planted) -> Told:
    """Counts (31, periods): the total and the old city are sums; `years` is the year of each period."""
    return _told(values.astype(float), np.ones(values.shape), years, planted, mean=False)


def rates(values: FloatArray, weights: IntArray, years: tuple[int, ...], planted: Planted) -> Told:
    """Rates (31, periods): the total and the old city are means by the weights."""
    return _told(values, weights.astype(float), years, planted, mean=True)


def _told(values: FloatArray, weights: FloatArray, years: tuple[int, ...], planted: Planted, mean: bool) -> Told:
    def together(rows: list[int]) -> FloatArray:
        sums = (values[rows] * weights[rows]).sum(axis=0)
        return np.asarray(sums / weights[rows].sum(axis=0) if mean else sums, dtype=float)

    old = np.array(years) < planted.split
    names, lines = [TOTAL], [together(list(range(len(NAMES))))]
    for n, name in enumerate(NAMES):
        if n == NEW[0]:
            names.append(OLD)
            lines.append(np.where(old, together(list(NEW)), np.nan))
        names.append(name)
        lines.append(np.where(old & (n in NEW), np.nan, values[n]))
    return Told(tuple(names), np.array(lines))


def year_names(years: tuple[int, ...], planted: Planted, dot: str = "") -> list[str]:
    """Years as KOSIS writes them: the last is provisional."""
    return [f"{year}{dot}" + (" p)" if year == planted.last else "") for year in years]


def births_table(lives: Lives, planted: Planted) -> list[list[Cell]]:
    """Two header rows, then births and the total fertility rate of each year side by side."""
    years = lives.years
    births = counts(lives.yearly, years, planted)
    women = lives.women.sum(axis=2)
    tfr = rates(lives.tfr, women, years, planted)
    number, rate = births.cells(round), tfr.cells(lambda v: f"{v:.3f}")
    heads = [name for name in year_names(years, planted) for _ in range(2)]
    place = ["시군구별(1)", "시군구별(2)"]
    rows: list[list[Cell]] = [
        [*place, *heads],
        [*place, *(["출생아수 (명)", "합계출산율 (가임여성 1명당 명)"] * len(years))],
    ]
    for name, some, others in zip(births.names, number, rate, strict=True):
        rows.append([PROVINCE, name, *(cell for pair in zip(some, others, strict=True) for cell in pair)])
    return rows


def monthly_table(lives: Lives, planted: Planted, first: int, last: int) -> pd.DataFrame:
    """Births month by month, one row a region and month; a region that did not exist has 0."""
    at = [i for i, year in enumerate(lives.years) if first <= year <= last]
    months = [(lives.years[i], month) for i in at for month in range(12)]
    values = lives.births[:, at, :].reshape(len(NAMES), -1)
    told = counts(values, tuple(year for year, _month in months), planted)
    mark = {year: " p)" if year == planted.last else "" for year, _month in months}
    frame = pd.DataFrame(told.cells(round, 0), index=told.names)
    frame.columns = pd.Index([f"{year}.{month + 1:02d}{mark[year]}" for year, month in months])
    long = frame.rename_axis("시군구별(2)").reset_index().melt("시군구별(2)", var_name="시점", value_name="계 (명)")
    order = {name: n for n, name in enumerate(told.names)}
    long = long.assign(order=long["시군구별(2)"].map(order)).sort_values(["order", "시점"], kind="stable")
    long.insert(0, "시군구별(1)", PROVINCE)
    return long.drop(columns="order").reset_index(drop=True)


def women_table(lives: Lives, planted: Planted, wanted: tuple[str, ...]) -> pd.DataFrame:
    """Mid-year women by single year of age, one row a region and year; only years in which it was one."""
    ages = [counts(lives.women[:, :, k], lives.years, planted) for k in range(len(AGES))]
    rows = []
    for n, name in enumerate(ages[0].names):
        for t, year in enumerate(lives.years):
            if name in wanted and not np.isnan(ages[0].values[n, t]):
                rows.append([PROVINCE, name, year, "여자", *(round(float(age.values[n, t])) for age in ages)])
    place = ["행정구역(시군구)별(1)", "행정구역(시군구)별(2)", "시점", "성별(1)"]
    return pd.DataFrame(rows, columns=[*place, *(f"{age}세" for age in AGES)])


def wide_table(
    told: Told, heads: list[str], unit: str, digits: int, absent: Cell = NOT_THERE, leave_out: tuple[str, ...] = ()
) -> list[list[Cell]]:
    """Two header rows (period, item with its unit), then one row a region."""
    place = ["행정구역별(1)", "행정구역별(2)"]
    rows: list[list[Cell]] = [[*place, *heads], [*place, *([unit] * len(heads))]]
    for name, cells in zip(told.names, told.cells(lambda v: f"{v:.{digits}f}", absent), strict=True):
        if name not in leave_out:
            rows.append([PROVINCE, name, *cells])
    return rows


def index_table(rng: np.random.Generator, lives: Lives, planted: Planted) -> list[list[Cell]]:
    """The index of rents, month by month: today's regions all the way back, and no region of before."""
    yearly = lives.factors["jeonse_index"]
    n = yearly.shape[1]
    months = 1 + (np.arange(12 * n) - 5.5) / 12
    at = np.clip(months - 1, 0, n - 1)
    smooth = np.array([np.interp(at, np.arange(n), row) for row in yearly])
    wiggle = rng.normal(0, 0.3, smooth.shape)
    monthly = smooth + wiggle
    shift = yearly - monthly.reshape(len(NAMES), n, 12).mean(axis=2)
    monthly = monthly + np.repeat(shift, 12, axis=1)
    heads = [
        f"{year}.{m + 1:02d}" + (" p)" if year == planted.last and m == 11 else "")
        for year in lives.years
        for m in range(12)
    ]
    item = "전세가격지수 (2021.06=100.0)"
    place = ["지역별(1)", "지역별(2)"]
    rows: list[list[Cell]] = [[*place, *heads], [*place, *([item] * len(heads))]]
    rows.append([PROVINCE, PROVINCE, *(f"{v:.1f}" for v in monthly.mean(axis=0))])
    for name, row in zip(NAMES, monthly, strict=True):
        rows.append([PROVINCE, name, *(f"{v:.1f}" for v in row)])
    return rows


def fiscal_table(lives: Lives, planted: Planted) -> pd.DataFrame:
    """One row a region and year, the province's own not among them."""
    told = rates(lives.factors["fiscal_independence"], lives.women.sum(axis=2), lives.years, planted)
    rows = [
        (PROVINCE, name, year, f"{value:.1f}")
        for name, line in zip(told.names[1:], told.values[1:], strict=True)
        for year, value in zip(lives.years, line, strict=True)
        if not np.isnan(value)
    ]
    return pd.DataFrame(rows, columns=["시도", "시군구", "연도", "재정자립도(%)"])


def grant_amounts(rng: np.random.Generator, lives: Lives) -> FloatArray:
    """(31, years) 만원 for a first child: 0 before it starts; it rises now and then."""
    first = rng.choice([50.0, 70.0, 100.0, 150.0, 200.0], len(NAMES))
    first[NEW[1]] = first[NEW[0]]
    since = np.array(lives.years)[None, :] - lives.grant_year[:, None]
    there = (lives.grant_year[:, None] > 0) & (since >= 0)
    return np.where(there, first[:, None] + 50.0 * (since // 4), 0.0)
