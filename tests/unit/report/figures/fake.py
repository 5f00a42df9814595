"""A finished run made of nothing but arithmetic: every table the figures read, one hole, one change of intake."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import box

from sigun.plan.model import Plan
from sigun.report.finished import Finished
from sigun.result import Claim, Fact, Result, facts_table
from unit.report.figures import fake_compare, fake_supply
from unit.report.sections.factors import fake_factors

CRS, CELL = "EPSG:5179", 500
HOLE = (date(2023, 3, 10), date(2023, 6, 12))
NAMES = ("중앙동", "역전동", "새터동", "강변동", "공단동", "호수동")
STEPS = (
    *("quality", "trend", "rhythm", "kinds", "concentration", "hotspot"),
    *("duration", "area_factors", "occurrence", "weather", "backtest", "forecast", "patrol"),
)
Tables = dict[str, pd.DataFrame]


def finished(**changed: Any) -> Finished:
    """The whole run; a keyword replaces a part of it."""
    plan = Plan.model_validate(
        {
            "id": "made_up",
            "title": "방치 차량",
            "question": "어디에 몰리는가",
            "data": {"events": "reports"},
            "space": {"crs": CRS, "cell": CELL},
            "steps": [{"method": name} for name in STEPS],
        }
    )
    whole: dict[str, Any] = {
        "plan": plan,
        "results": results(),
        "manifest": {},
        "outlines": outlines(),
        "crs": CRS,
        "made_up": True,
    }
    return Finished(**(whole | changed))


def outlines() -> gpd.GeoDataFrame:
    """Six areas, 3 × 2, each 4 × 4 km."""
    squares = [box(x, y, x + 4000, y + 4000) for y in (2_000_000, 2_004_000) for x in (950_000, 954_000, 958_000)]
    codes = [f"41000{k}" for k in range(6)]
    return gpd.GeoDataFrame({"region": codes, "name": NAMES, "geometry": squares}, crs=CRS)


def _factor_analysis() -> Tables:
    return dict(fake_factors.result().tables)


def _effect() -> Tables:
    """Five periods before and four since; the last one of a single region, without an error."""
    at = np.arange(-5, 4)
    value = np.where(at >= 0, 0.3 + 0.05 * at, 0.02 * at + 0.02)
    blank = np.where((at == -1) | (at == 3), np.nan, 1.0)
    events = pd.DataFrame(
        {"design": "group_time", "event_time": at, "estimate": value, "se": 0.05 * blank, "regions": 6}
    )
    for name, far in (("low", -0.1), ("high", 0.1), ("band_low", -0.16), ("band_high", 0.16)):
        events[name] = (value + far) * blank
    two_way = pd.DataFrame({"design": "group_time", "event_time": at, "estimate": 0.9 * value})
    path = pd.DataFrame({"design": "sdid", "event_time": at, "period": [str(2015 + e) for e in at]})
    path = path.assign(observed=1.2 + value, synthetic=1.2 - 0.01 * at)
    facts = facts_table([Fact("outcome", "출생아수"), Fact("transform", "log")])
    return {"events": events, "two_way": two_way, "path": path, "facts": facts}


@cache
def results() -> dict[str, Result]:
    """One result a method."""
    rng = np.random.default_rng(7)
    made: Mapping[str, tuple[Claim, Tables]] = {
        "coverage": ("description", _coverage()),
        "quality": ("description", _quality()),
        "trend": ("description", _trend(rng)),
        "rhythm": ("description", _rhythm()),
        "kinds": ("description", _kinds()),
        "concentration": ("description", _concentration()),
        "hotspot": ("description", _hotspot(rng)),
        "duration": ("description", _duration()),
        "area_factors": ("association", _factors()),
        "factors": ("association", _factor_analysis()),
        "effect": ("effect", _effect()),
        "before_after": ("association", fake_compare.before_after()),
        "summary": ("description", fake_compare.summary()),
        "occurrence": ("association", _occurrence()),
        "weather": ("association", _weather()),
        "backtest": ("forecast", _backtest()),
        "forecast": ("forecast", _forecast(rng)),
        "patrol": ("forecast", _patrol(rng)),
        "supply_demand": ("description", fake_supply.tables()),
    }
    return {name: Result(name, claim, tables) for name, (claim, tables) in made.items()}


def _coverage() -> Tables:
    told = {"births": (229, 229, 0), "women": (135, 100, 229), "price": (229, 210, 229), "made": (1, 2, 3)}
    rows = [(name, str(2020 + i), n, 0, 229) for name, told_of in told.items() for i, n in enumerate(told_of)]
    variables = {"variable": list(told), "title": ["출생아 수", "여성 인구", "가격지수", "파생"]}
    places = [(f"43{n:03}", f"{'가나다라마바사아자'[n]}람시", "충북", 10 - n, 10, n % 3, n // 3) for n in range(9)]
    return {
        "regions": pd.DataFrame(places, columns=["region", "name", "sido_name", "told", "cells", "col", "row"]),
        "availability": pd.DataFrame(rows, columns=["variable", "period", "observed", "provisional", "regions"]),
        "variables": pd.DataFrame(variables).assign(kind=["table"] * 3 + ["derived"]),
    }


def _quality() -> Tables:
    row = {"order": 1, "kind": "hole", "rows": 0, "start": HOLE[0], "end": HOLE[1], "overruled": False}
    other = {"order": 2, "kind": "placeholder", "rows": 12, "start": None, "end": None, "overruled": False}
    return {"findings": pd.DataFrame([row, other])}


def _trend(rng: np.random.Generator) -> Tables:
    months = [date(y, m, 1) for y in (2022, 2023, 2024, 2025) for m in range(1, 13)][:42]
    rate = 60 + 12 * np.sin(np.arange(42) / 12 * 2 * np.pi) + rng.normal(0, 4, 42) + 18 * (np.arange(42) > 27)
    status = np.array(["observed"] * 42, dtype=object)
    status[[14, 17]], status[[15, 16]] = "partial", "hole"
    rate[[15, 16]] = np.nan
    frame = pd.DataFrame({"month": months, "rate": rate, "status": status})
    frame["low"], frame["high"] = frame["rate"] * 0.85, frame["rate"] * 1.17
    regimes = pd.DataFrame([{"start": date(2024, 5, 1), "before": 60.0, "after": 78.0, "ratio": 1.3}])
    return {"months": frame, "regimes": regimes}


def _rhythm() -> Tables:
    month = [1.05, 1.2, 1.1, 1.0, 0.95, 0.9, 0.9, 1.12, 1.0, 0.95, 0.93, 0.9]
    weekday = [1.3, 1.22, 1.15, 1.1, 1.2, 0.6, 0.43]
    hour = (0.2 + 1.6 * np.exp(-0.5 * ((np.arange(24) - 11) / 4) ** 2)).tolist()
    frames = []
    for cycle, index, first in (("month", month, 1), ("weekday", weekday, 1), ("hour", hour, 0)):
        values = np.array(index)
        frame = pd.DataFrame({"cycle": cycle, "position": range(first, first + len(index)), "index": values})
        frames.append(frame.assign(reports=(values * 100).astype(int), low=values - 0.08, high=values + 0.08))
    facts = facts_table([Fact("peak_month", 2), Fact("reporting_rhythm", 1)])
    return {"profiles": pd.concat(frames, ignore_index=True), "facts": facts}


def _kinds() -> Tables:
    share = np.array([0.46, 0.3, 0.16, 0.05, 0.03])
    frame = pd.DataFrame({"kind": ["승용", "이륜차", "화물", "승합", "말하지 않음"], "share": share})
    frame["reports"] = (share * 2400).astype(int)
    frame["low"], frame["high"] = share * 0.9, share * 1.1
    frame["confirmed_share"] = [0.61, 0.72, 0.55, 0.5, np.nan]
    return {"kinds": frame}


def _concentration() -> Tables:
    share = np.linspace(0, 1, 51)
    frames = [
        pd.DataFrame({"outcome": name, "share_cells": share, "share_reports": share**power, "even": share**0.75})
        for name, power in (("reports", 0.4), ("confirmed", 0.34))
    ]
    facts = facts_table([Fact("top5", 0.31, "", 0.28, 0.34), Fact("top10", 0.4, "", 0.37, 0.43), Fact("gini", 0.55)])
    return {"curve": pd.concat(frames, ignore_index=True), "facts": facts}


def _grid() -> pd.DataFrame:
    x, y = np.meshgrid(np.arange(1900, 1924), np.arange(4000, 4016))
    return pd.DataFrame({"cell_x": x.ravel(), "cell_y": y.ravel()})


def _bumps(grid: pd.DataFrame) -> np.ndarray[Any, Any]:
    centres = ((1904, 4004, 6.0), (1915, 4011, 4.0), (1920, 4003, 2.5), (1902, 4013, 2.0))
    near = [
        height * np.exp(-((grid["cell_x"] - x) ** 2 + (grid["cell_y"] - y) ** 2) / 5).to_numpy()
        for x, y, height in centres
    ]
    return np.sum(near, axis=0) + 0.05


def _hotspot(rng: np.random.Generator) -> Tables:
    grid = _grid()
    mean = 4 * _bumps(grid)
    cells = grid.assign(reports=rng.poisson(mean), gi_z=mean, gi_q=np.where(mean > 6, 0.01, 0.6), hot=mean > 6)
    cells["quadrant"] = np.where(mean > 6, "HH", "")
    cells.loc[7, "quadrant"] = "HL"
    rate = np.array([5.2, 1.1, 2.3, 0.8, 3.9, 1.4])
    areas = pd.DataFrame({"region": outlines()["region"], "name": NAMES, "reports": [260, 40, 90, 6, 210, 70]})
    areas = areas.assign(exposure=50_000.0, rate=rate, low=rate * 0.8, high=rate * 1.2)
    areas["hot"] = [True, False, False, False, True, False]
    facts = facts_table(
        [Fact("cells", len(cells)), Fact("hot_cells", int(cells["hot"].sum())), Fact("hot_share", 0.41)]
    )
    return {"cells": cells, "areas": areas, "facts": facts}


def _duration() -> Tables:
    days = np.arange(0, 181, 3)
    open_ = np.exp(-days / 30.0)
    curve = pd.DataFrame({"days": days, "share_open": open_})
    curve["low"], curve["high"] = (open_ - 0.03).clip(0), (open_ + 0.03).clip(max=1)
    facts = facts_table([Fact("n", 2400), Fact("median_days", 21.0, "", 19.0, 23.0)])
    ends = [("not_found", 0.6), ("confirmed", 0.3), ("moved_by_owner", 0.002)]
    shares = [pd.DataFrame({"outcome": name, "days": days, "share": most * (1 - open_)}) for name, most in ends]
    endings = pd.concat(shares, ignore_index=True)
    endings["low"], endings["high"] = endings["share"] * 0.9, endings["share"] * 1.1
    return {"curve": curve, "endings": endings, "facts": facts}


def _factors() -> Tables:
    rows = [
        ("single", "1인 가구 비율", "%", 0.62, 0.35, 0.8, "positive"),
        ("parking", "주차면 수", "면", -0.48, -0.72, -0.15, "negative"),
        ("aged", "노후 주택 비율", "%", 0.2, -0.2, 0.55, "unclear"),
    ]
    columns = ["variable", "title", "unit", "rho", "low", "high", "reading"]
    between = pd.DataFrame(rows, columns=columns).assign(n=20, p=0.01, q=0.03)
    within = pd.DataFrame(
        [("floating", "유동인구", "명", 0.08, -0.05, 0.2, "unclear")],
        columns=[*columns[:3], "rho_within", *columns[4:]],
    ).assign(n=720, regions=20, p=0.2, q=0.2)
    return {"associations": between, "periods": within}


def _occurrence() -> Tables:
    rows = [
        ("single", "1인 가구 비율", "%", 1.31, 1.23, 1.38, "positive"),
        ("parking", "주차면수", "면", 0.84, 0.76, 0.93, "negative"),
        ("aged", "노후 주택 비율", "%", 1.05, 0.93, 1.19, "unclear"),
    ]
    columns = ["variable", "title", "unit", "rate_ratio", "low", "high", "reading"]
    return {"effects": pd.DataFrame(rows, columns=columns).assign(q=0.03)}


def _weather() -> Tables:
    rows = [
        ("rain", "강수량", "mm", 10.0, 0.93, 0.9, 0.97, "negative"),
        ("temp", "평균 기온", "℃", 10.0, 1.06, 1.02, 1.1, "positive"),
        ("snow", "적설", "cm", 1.0, 0.98, 0.9, 1.07, "unclear"),
    ]
    columns = ["variable", "title", "unit", "per", "ratio", "low", "high", "reading"]
    bins = [
        {
            "variable": v,
            "bin": f"{k}",
            "low_edge": 5.0 * k,
            "high_edge": 5.0 * (k + 1),
            "days": 200,
            "reports_per_day": r,
        }
        for v, rates in (("rain", (2.3, 2.1, 1.8)), ("temp", (1.9, 2.1, 2.2, 2.4)), ("snow", (2.1, 2.0)))
        for k, r in enumerate(rates)
    ]
    frame = pd.DataFrame(bins)
    frame["low"], frame["high"] = frame["reports_per_day"] * 0.92, frame["reports_per_day"] * 1.08
    return {"associations": pd.DataFrame(rows, columns=columns).assign(n_days=1200), "bins": frame}


MODELS = ("mixture", "shrinkage", "uniform", "mean_all", "mean_12m", "ewma", "kde", "seasonal_naive")


def _backtest() -> Tables:
    share = np.array([0.01, 0.02, 0.05, 0.1, 0.2])
    strength = dict(zip(MODELS, (0.45, 0.47, 0.98, 0.5, 0.52, 0.51, 0.53, 0.6), strict=True))
    curve = pd.concat(
        [
            pd.DataFrame({"mode": "known_status", "model": m, "share_area": share, "hit": share**p})
            for m, p in strength.items()
        ],
        ignore_index=True,
    )
    curve["low"], curve["high"] = curve["hit"] * 0.92, curve["hit"] * 1.08
    rows = []
    for model, power in strength.items():
        for measure, value in (("hit@5", 0.05**power), ("deviance", 0.3 + power / 5), ("coverage", 0.9)):
            level = {"mode": "known_status", "model": model, "level": "cell", "measure": measure, "value": value}
            rows.append(level | {"low": value * 0.94, "high": value * 1.06})
    expected = np.array([0.01, 0.05, 0.2, 0.6, 1.5])
    calibration = pd.DataFrame({"mode": "known_status", "bin": range(5), "expected": expected})
    calibration = calibration.assign(observed=expected * 1.05, low=expected * 0.9, high=expected * 1.2)
    facts = facts_table([Fact("origins", 52), Fact("skipped", 3), Fact("tuned_on", 2023)])
    return {"curve": curve, "scores": pd.DataFrame(rows), "calibration": calibration, "facts": facts}


def _forecast(rng: np.random.Generator) -> Tables:
    grid = _grid()
    expected = 0.15 * _bumps(grid) * rng.uniform(0.8, 1.2, len(grid))
    span = {"origin": date(2025, 7, 1), "horizon_start": date(2025, 7, 1), "horizon_end": date(2025, 7, 8)}
    cells = grid.assign(
        **span, expected_count=expected, q05=0.0, q95=np.ceil(expected * 3), p_any=1 - np.exp(-expected)
    )
    return {"cells": cells}


def _patrol(rng: np.random.Generator) -> Tables:
    cells = _forecast(rng)["cells"].nlargest(40, "expected_count").reset_index(drop=True)
    places = cells[["cell_x", "cell_y", "expected_count", "q05", "q95", "p_any"]].copy()
    places.insert(0, "rank", range(1, 41))
    places["random"] = places["rank"] % 10 == 0
    places["region"] = "410000"
    places["name"] = [NAMES[k % 6] for k in range(40)]
    n = np.array([5, 10, 20, 40, 70, 100, 150, 200])
    caught = 1 - np.exp(-n / 80)
    capacity = pd.DataFrame({"places": n, "share_area": n / 384, "share_caught": caught, "share_random": n / 384})
    capacity = capacity.assign(low=caught * 0.9, high=caught * 1.1, share_last_12m=caught * 0.85)
    facts = facts_table(
        [Fact("capacity", 10), Fact("days", 7), Fact("places", 70), Fact("share_caught", 0.58, "", 0.52, 0.64)]
    )
    return {"places": places, "capacity": capacity, "facts": facts}


def without_rows(result: Result) -> Result:
    """The same result, every table empty."""
    return Result(result.method, result.claim, {name: frame.iloc[:0] for name, frame in result.tables.items()})
