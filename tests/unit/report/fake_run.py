"""A small finished run made of fabricated tables, for the report's own tests. Nothing in it was observed anywhere."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import box

from sigun.plan.model import Plan
from sigun.result import Claim, Fact, Result, facts_table, result_hash, save_result
from sigun.text import N_, Message, say

NAMES = [
    *("가온동", "나래1동", "나래2동", "다솜동", "마루동", "바른동", "새빛1동", "새빛2동", "아라동", "자람동"),
    *("차오름동", "하늘동", "큰내동", "솔숲동", "은하동", "달빛동", "별내1동", "별내2동", "온누리동", "한울동"),
]
HOT = 11  # the area where most is expected
CODES = [f"41999{i:05d}" for i in range(510, 510 + 10 * len(NAMES), 10)]
KINDS = {"이륜차": 0.76, "승용": 0.16, "화물": 0.05, "승합": 0.02, "기타": 0.01}
LEFT, BOTTOM, CELL, WIDE, HIGH = 1916, 3938, 500, 20, 16
WEEK = (date(2025, 7, 1), date(2025, 7, 8))


def plan() -> Plan:
    """Every method, once."""
    methods = [
        "quality",
        "trend",
        "rhythm",
        "kinds",
        "concentration",
        "hotspot",
        "duration",
        "area_factors",
        "occurrence",
        "weather",
    ]
    steps: list[dict[str, Any]] = [{"method": m} for m in (*methods, "forecast", "backtest")]
    steps += [{"method": "patrol", "capacity": 10, "days": 7}]
    return Plan.model_validate(
        {
            "id": "vehicles",
            "title": "방치 차량 발생 특성 및 예측",
            "question": "방치 차량 신고는 언제, 어디에, 어떤 차종에 잦고, 다음 주에는 어디에서 들어올 것인가?",
            "data": {"events": "reports", "outlines": "outlines", "areas": ["areas"], "weather": "weather"},
            "steps": steps,
        }
    )


def _result(method: str, claim: Claim, facts: list[Fact], cautions: tuple[Message, ...] = (), **tables: Any) -> Result:
    frames = {name: t if isinstance(t, pd.DataFrame) else pd.DataFrame(t) for name, t in tables.items()}
    return Result(method, claim, {**frames, "facts": facts_table(facts)}, cautions)


def quality() -> Result:
    findings = [
        ("placeholder", 212, "{n} reports of {m} addresses lie at one point.", {"n": 212, "m": 41}),
        ("repeat", 96, "{n} rows repeat an earlier row.", {"n": 96}),
        ("same_vehicle", 640, "{n} reports seem to be of a vehicle reported before.", {"n": 640}),
        ("hole", 0, "Nothing was collected from {start} to {end}.", {"start": "2023-09-04", "end": "2023-11-06"}),
        ("regime", 0, "Reports a month changed on {start}.", {"start": "2024-03-01"}),
    ]
    done = "They stay in city totals and are left out of maps."
    frame = pd.DataFrame(
        {
            "order": range(1, len(findings) + 1),
            "kind": [f[0] for f in findings],
            "rows": [f[1] for f in findings],
            "said": [f[2] for f in findings],
            "said_values": [json.dumps(f[3]) for f in findings],
            "done": [done] * len(findings),
            "done_values": ["{}"] * len(findings),
            "start": [None, None, None, date(2023, 9, 4), date(2024, 3, 1)],
            "end": [None, None, None, date(2023, 11, 6), None],
            "longitude": [127.05, *[np.nan] * 4],
            "latitude": [37.74, *[np.nan] * 4],
            "overruled": [False] * len(findings),
        }
    )
    sources = {
        "id": ["reports", "outlines", "areas", "weather"],
        "kind": ["events", "outlines", "areas", "weather"],
        "title": ["방치차량 신고 대장", "행정동 경계", "행정동별 지표", "일별 날씨"],
        "file": ["신고대장.csv", "행정동.geojson", "지표.xlsx", "날씨.csv"],
        "sha256": [c * 64 for c in "abcd"],
        "rows": [9412, 20, 20, 1277],
        "publisher": ["가온시"] * 4,
        "licence": ["공공누리 제1유형"] * 4,
        "source": ["가온시 데이터 담당"] * 4,
        "grade": ["O", "O", "S", "O"],
        "owner": ["가온시"] * 4,
        "approval": ["", "", "2025-데이터-12", ""],
        "made_up": [True] * 4,
    }
    changes = {
        "card": ["reports", "reports"],
        "said": ["Column “{column}” was dropped: it holds names.", "{n} dates could not be read."],
        "said_values": [json.dumps({"column": "소유자명"}), json.dumps({"n": 14})],
    }
    facts = [
        *(Fact("rows_read", 9412), Fact("rows_kept", 8464), Fact("rows_point", 6120), Fact("rows_area", 2190)),
        *(Fact("rows_none", 154), Fact("same_vehicle_share", 0.0756), Fact("duplicate_share", 0.031)),
        *(Fact("holes", 1), Fact("hole_days", 63), Fact("regimes", 1), Fact("confirmed_share", 0.412)),
    ]
    return _result("quality", "description", facts, (), findings=frame, sources=sources, changes=changes)


def trend() -> Result:
    months = pd.date_range("2022-01-01", "2025-06-01", freq="MS")
    rate = 190 + 40 * np.cos((months.month - 2) * np.pi / 3) + 1.2 * np.arange(len(months))
    status = np.where(
        (months == "2023-10-01"), "hole", np.where(months.isin(["2023-09-01", "2023-11-01"]), "partial", "observed")
    )
    rate = np.where(status == "hole", np.nan, rate)
    frame = pd.DataFrame({"month": [m.date() for m in months], "status": status, "rate": rate})
    frame["reports"] = np.nan_to_num(rate).round().astype(int)
    frame["confirmed"] = (frame["reports"] * 0.41).astype(int)
    frame["days"], frame["days_observed"] = 30, np.where(status == "hole", 0, np.where(status == "partial", 12, 30))
    frame["low"], frame["high"] = rate - 18, rate + 20
    years = {
        "year": [2022, 2023, 2024, 2025],
        "reports": [2310, 1904, 2690, 1560],
        "days_observed": [365, 302, 366, 181],
        "rate": [2310.0, 2301.2, 2682.7, 3145.9],
        "low": [2232.0, 2215.0, 2598.0, 3016.0],
        "high": [2390.0, 2390.0, 2769.0, 3279.0],
    }
    regimes = {
        "start": [date(2024, 3, 1)],
        "before": [188.2],
        "after": [231.5],
        "ratio": [1.23],
        "low": [1.17],
        "high": [1.29],
    }
    slopes = {
        "first_month": [date(2022, 1, 1), date(2024, 3, 1)],
        "last_month": [date(2024, 2, 1), date(2025, 6, 1)],
        "months": [26, 16],
        "yearly_change": [-0.021, 0.124],
        "low": [-0.06, 0.071],
        "high": [0.018, 0.177],
    }
    facts = [
        *(Fact("total", 8464), Fact("months", 42), Fact("yearly_change", 0.0421, low=0.011, high=0.074)),
        *(Fact("last_12m", 2961), Fact("previous_12m", 2702), Fact("change_12m", 0.0959, low=0.047, high=0.147)),
    ]
    cautions = (
        say(
            N_("Months observed in part are scaled up to thirty days."),
        ),
    )
    return _result("trend", "description", facts, cautions, months=frame, years=years, regimes=regimes, slopes=slopes)


def rhythm() -> Result:
    rows = []
    for cycle, positions, wave in (("month", range(1, 13), 6), ("weekday", range(1, 8), 7), ("hour", range(24), 24)):
        for p in positions:
            index = 1 + 0.2 * np.cos((p - 2) * 2 * np.pi / wave)
            index = 0.34 if cycle == "weekday" and p > 5 else index
            rows.append((cycle, p, int(800 * index), index, index - 0.06, index + 0.07))
    profiles = pd.DataFrame(rows, columns=["cycle", "position", "reports", "index", "low", "high"])
    facts = [
        *(Fact("peak_month", 8), Fact("low_month", 5), Fact("weekend_ratio", 0.34, low=0.31, high=0.37)),
        *(Fact("reporting_rhythm", 1), Fact("peak_hour", 10)),
    ]
    return _result("rhythm", "description", facts, (), profiles=profiles)


def kinds() -> Result:
    share = np.array(list(KINDS.values()))
    table = pd.DataFrame(
        {
            "kind": list(KINDS),
            "reports": (8464 * share).astype(int),
            "share": share,
            "low": share - 0.008,
            "high": share + 0.009,
        }
    )
    table["low"] = table["low"].clip(lower=0)
    table["confirmed_share"] = [0.44, 0.33, 0.36, 0.31, 0.2]
    by_region = [
        (c, n, k, 10 + i, s) for i, (c, n) in enumerate(zip(CODES, NAMES, strict=True)) for k, s in KINDS.items()
    ]
    by_year = [
        (y, k, int(2000 * s), s, max(0, s - 0.01), s + 0.01) for y in range(2022, 2026) for k, s in KINDS.items()
    ]
    facts = [Fact("kinds", 5), Fact("top_share", 0.76, low=0.752, high=0.769), Fact("not_told_share", 0.043)]
    return _result(
        "kinds",
        "description",
        facts,
        (),
        kinds=table,
        by_region=pd.DataFrame(by_region, columns=["region", "name", "kind", "reports", "share"]),
        by_year=pd.DataFrame(by_year, columns=["year", "kind", "reports", "share", "low", "high"]),
    )


def concentration() -> Result:
    x = np.linspace(0, 1, 51)
    curve = pd.concat(
        [
            pd.DataFrame({"outcome": o, "share_cells": x, "share_reports": x**p, "even": x**0.85})
            for o, p in (("reports", 0.55), ("confirmed", 0.5))
        ]
    )
    facts = [
        *(Fact("top1", 0.062, low=0.055, high=0.07), Fact("top5", 0.198, low=0.186, high=0.211)),
        *(Fact("top10", 0.331, low=0.317, high=0.346), Fact("top10_even", 0.14, low=0.133, high=0.147)),
        *(Fact("cells_occupied", 214), Fact("gini", 0.47)),
    ]
    return _result("concentration", "description", facts, (), curve=curve)


def _grid(rng: np.random.Generator) -> pd.DataFrame:
    x, y = (a.ravel() for a in np.meshgrid(np.arange(LEFT, LEFT + WIDE), np.arange(BOTTOM, BOTTOM + HIGH)))
    heat = 0.5 + 5 * np.exp(-((x - LEFT - 6) ** 2 + (y - BOTTOM - 9) ** 2) / 14)
    heat = heat + 3 * np.exp(-((x - LEFT - 15) ** 2 + (y - BOTTOM - 4) ** 2) / 8)
    region = [CODES[int((b - BOTTOM) // 4) * 5 + int((a - LEFT) // 4)] for a, b in zip(x, y, strict=True)]
    return pd.DataFrame({"cell_x": x, "cell_y": y, "heat": heat, "reports": rng.poisson(heat * 20), "region": region})


def hotspot() -> Result:
    grid = _grid(np.random.default_rng(1))
    z = (grid["heat"] - grid["heat"].mean()) / grid["heat"].std()
    p = np.clip(np.exp(-2 * z.clip(lower=0)), 0.001, 1)
    cells = grid[["cell_x", "cell_y", "reports"]].assign(
        gi_z=z, gi_p=p, gi_q=p, hot=z > 2, moran=z, moran_p=p, moran_q=p
    )
    cells["quadrant"] = np.where(z > 2, "HH", "")
    totals = grid.groupby("region")["reports"].sum().reindex(CODES).to_numpy()
    exposure = np.linspace(18_000, 42_000, len(CODES)).round()
    rate = 1000 * totals / exposure
    areas = pd.DataFrame(
        {"region": CODES, "name": NAMES, "reports": totals, "exposure": exposure, "rate": rate, "low": 0.93 * rate}
    ).assign(high=1.07 * rate, gi_z=1.0, gi_p=0.2, gi_q=0.4, hot=rate > np.quantile(rate, 0.85))
    hot = int(cells["hot"].sum())
    share = float(cells.loc[cells["hot"], "reports"].sum() / cells["reports"].sum())
    facts = [
        *(
            Fact("cells", len(cells)),
            Fact("hot_cells", hot),
            Fact("hot_share", share),
            Fact("draws", 999),
            Fact("false_discovery", 0.05),
        ),
        Fact("moran_i", 0.42, low=-0.05, high=0.05),
    ]
    return _result("hotspot", "description", facts, (), cells=cells, areas=areas)


def duration() -> Result:
    days = np.arange(0, 181, 3)
    left = np.exp(-days / 25.0)
    curve = pd.DataFrame({"days": days, "share_open": left, "low": left * 0.96, "high": np.minimum(1, left * 1.03)})
    years = {"year": [2022, 2023, 2024], "n": [2300, 1890, 2650], "median_days": [13.0, 16.0, 19.0]}
    years |= {"low": [12.0, 15.0, 18.0], "high": [14.0, 17.5, 20.0]}
    outcomes = pd.DataFrame(
        {
            "outcome": ["not_found", "confirmed", "moved_by_owner", "duplicate", "other", "open"],
            "n": [2870, 3490, 960, 260, 580, 304],
        }
    )
    outcomes["share"] = outcomes["n"] / outcomes["n"].sum()
    outcomes["low"], outcomes["high"] = outcomes["share"] * 0.96, outcomes["share"] * 1.04
    facts = [
        *(Fact("n", 8464), Fact("open_cases", 304), Fact("median_days", 17.0, low=16.0, high=18.0)),
        *(Fact("p25_days", 7.0), Fact("p75_days", 35.0)),
        *(Fact("kinds_compared", 2), Fact("kinds_apart", 0), Fact("areas_compared", 18), Fact("areas_apart", 1)),
        Fact("remaining_days", 24.6, low=22.3, high=27.1),
    ]
    daily = pd.DataFrame({"outcome": "confirmed", "days": range(91), "share": np.linspace(0, 0.3, 91)})
    daily["low"], daily["high"] = daily["share"] * 0.9, daily["share"] * 1.08
    more = {
        "incidence": incidence(),
        "endings": daily,
        "differences": differences(),
        "stages": stages(),
        "open": open_reports(),
    }
    return _result("duration", "description", facts, (), curve=curve, years=years, outcomes=outcomes, **more)


def incidence() -> pd.DataFrame:
    groups = [("all", "all", "all", 0, 8900), ("kind", "", "", 3, 240), ("kind", "이륜차", "이륜차", 0, 6300)]
    shares = {"confirmed": [0.05, 0.21, 0.3], "not_found": [0.1, 0.2, 0.25], "open": [0.85, 0.59, 0.45]}
    rows = [
        (*group, outcome, day, share, share * 0.9, share * 1.08)
        for group in groups
        for outcome, each in shares.items()
        for day, share in zip((7, 30, 90), each, strict=True)
    ]
    names = ["by", "group", "name", "pooled", "n", "outcome", "days", "share", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def differences() -> pd.DataFrame:
    rows = [
        ("area", CODES[0], NAMES[0], 412, "closing", 0.71, 0.58, 0.87, "slower"),
        ("area", CODES[1], NAMES[1], 377, "closing", 1.02, 0.88, 1.19, "unclear"),
    ]
    return pd.DataFrame(rows, columns=["by", "group", "name", "closed", "of", "ratio", "low", "high", "reading"])


def stages() -> pd.DataFrame:
    rows = [
        (1, "notice", "계고장 부착", "report", 8900, 4100, np.nan, 30, 0.44, 0.43, 0.45),
        (1, "notice", "계고장 부착", "report", 8900, 4100, np.nan, 90, 0.47, 0.46, 0.48),
        (2, "removal", "강제처리", "notice", 4100, 900, 52.5, 90, 0.61, 0.59, 0.63),
    ]
    names = ["order", "stage", "title", "since", "n", "reached", "median_days", "days", "share", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def open_reports() -> pd.DataFrame:
    rows = [
        ("age", "0–6", "", 60, 60, 3.1, 22.4, 21.2, 23.6, 0.81),
        ("age", "365–", "", 2, 0, 500.0, np.nan, np.nan, np.nan, np.nan),
    ]
    columns = ["by", "group", "name", "n", "told", "mean_age", "expected_days", "low", "high", "within_30d"]
    return pd.DataFrame(rows, columns=columns)


def area_factors() -> Result:
    associations = {
        "variable": ["multi_family_share", "one_person_share", "park_area"],
        "title": ["다세대·연립 비율", "1인 가구 비율", "공원 면적"],
        "unit": ["%", "%", "㎡"],
        "n": [20, 20, 20],
        "rho": [0.71, -0.55, 0.12],
        "low": [0.44, -0.8, -0.29],
        "high": [0.87, -0.2, 0.49],
        "p": [0.001, 0.02, 0.6],
        "q": [0.003, 0.03, 0.6],
        "reading": ["positive", "negative", "unclear"],
    }
    periods = {
        "variable": ["floating_population"],
        "title": ["유동인구"],
        "unit": ["명"],
        "n": [820],
        "regions": [20],
        "rho_within": [0.09],
        "low": [-0.02],
        "high": [0.2],
        "p": [0.11],
        "q": [0.11],
        "reading": ["unclear"],
    }
    areas = hotspot().tables["areas"][["region", "name", "reports", "exposure", "rate", "low", "high"]].copy()
    areas["multi_family_share"] = areas["rate"] * 4
    facts = [Fact("variables", 3), Fact("found", 2), Fact("regions", 20)]
    return _result("area_factors", "association", facts, (), associations=associations, periods=periods, areas=areas)


def occurrence() -> Result:
    effects = {
        "variable": ["one_person_share", "park_area"],
        "title": ["1인 가구 비율", "공원 면적"],
        "unit": ["%", "㎡"],
        "scale": ["plain", "plain"],
        **{"per": [7.2, 2780.0], "rate_ratio": [1.31, 0.94], "low": [1.23, 0.87], "high": [1.38, 1.02]},
        **{"p": [0.001, 0.2], "q": [0.002, 0.2], "step": [10.0, 1000.0]},
        **{"step_ratio": [1.45, 0.98], "step_low": [1.33, 0.95], "step_high": [1.57, 1.01]},
        **{"vif": [1.3, 1.3], "without_spatial": [1.3, 0.9], "without_exposure": [1.6, 1.2]},
        "reading": ["positive", "unclear"],
    }
    left_out = {"variable": ["households"], "title": ["세대수"], "unit": [""], "reason": ["no_room"], "told": [0.55]}
    left_out |= {"by": ["park_area"], "by_title": ["공원 면적"], "correlation": [0.7]}
    spatial = {"model": ["rates", "columns", "terms"], "moran": [0.3, 0.24, 0.02], "low": [-0.2] * 3, "high": [0.2] * 3}
    comparison = {
        "model": ["one_rate", "regression", "boosting"],
        **{"deviance": [49.0, 8.7, 10.4], "low": [15.3, 1.8, 3.2], "high": [82.6, 15.5, 17.6]},
        "against": ["", "one_rate", "regression"],
        **{
            "difference": [None, -40.3, 1.7],
            "difference_low": [None, -67.1, -2.9],
            "difference_high": [None, -13.5, 6.3],
        },
        "reading": ["", "better", "unclear"],
    }
    influence = {
        "variable": effects["variable"],
        "rate_ratio": [1.31, 0.94],
        "lowest": [1.27, 0.9],
        "highest": [1.33, 0.99],
    }
    facts = [Fact("regions", 20), Fact("tried", 2), Fact("found", 1), Fact("fixed_effects", "none")]
    return _result(
        *("occurrence", "association", facts, ()),
        effects=effects,
        left_out=left_out,
        spatial=spatial | {"p": [0.002, 0.01, 0.6]},
        comparison=comparison,
        influence=influence,
    )


def weather() -> Result:
    associations = {
        "variable": ["rain", "temperature"],
        "title": ["강수량", "평균기온"],
        "unit": ["mm", "℃"],
        "n_days": [1214, 1214],
        "per": [10.0, 5.0],
        "ratio": [0.94, 1.01],
        "low": [0.9, 0.98],
        "high": [0.97, 1.04],
        "p": [0.001, 0.5],
        "q": [0.002, 0.5],
        "reading": ["negative", "unclear"],
    }
    bins = pd.DataFrame(
        [
            (v, i, 5.0 * i, 5.0 * i + 5, 200, 7 - 0.3 * i, 6.6 - 0.3 * i, 7.4 - 0.3 * i)
            for v in ("rain", "temperature")
            for i in range(4)
        ],
        columns=["variable", "bin", "low_edge", "high_edge", "days", "reports_per_day", "low", "high"],
    )
    facts = [Fact("days", 1214), Fact("variables", 2), Fact("found", 1)]
    return _result("weather", "association", facts, (), associations=associations, bins=bins)


def forecast() -> Result:
    grid = _grid(np.random.default_rng(1))
    mean = grid["heat"].to_numpy() / grid["heat"].sum() * 58.3
    cells = pd.DataFrame(
        {
            "origin": WEEK[0],
            "horizon_start": WEEK[0],
            "horizon_end": WEEK[1],
            "cell_x": grid["cell_x"],
            "cell_y": grid["cell_y"],
            "expected_count": mean,
            "q05": np.zeros(len(mean)),
            "q95": np.ceil(mean + 1.6 * np.sqrt(mean)),
            "p_any": 1 - np.exp(-mean),
            "region": grid["region"],
        }
    )
    by = cells.groupby("region")["expected_count"].sum().reindex(CODES).to_numpy()
    span = {"origin": WEEK[0], "horizon_start": WEEK[0], "horizon_end": WEEK[1]}
    areas = pd.DataFrame({"region": CODES, "name": NAMES, "expected_count": by, "q05": np.floor(by * 0.3)}).assign(
        q95=np.ceil(by * 2 + 1), **span
    )
    city = pd.DataFrame([{**span, "expected_count": 58.3, "q05": 43.0, "q95": 75.0}])
    settings = {"name": ["half_life_days", "validation_year"], "value": ["730", "2024"]}
    facts = [
        *(Fact("expected", 58.3, low=43.0, high=75.0), Fact("cells", len(cells))),
        *(Fact("history_days", 1214), Fact("last_12m_rate", 56.8)),
    ]
    return _result("forecast", "forecast", facts, (), cells=cells, areas=areas, city=city, settings=settings)


LIMIT_DIFFERENCE = ("difference", "difference_low", "difference_high")
MODELS = ("mixture", "shrinkage", "uniform", "mean_all", "mean_12m", "ewma", "kde", "seasonal_naive")


def backtest() -> Result:
    scores, differences, curve = [], [], []
    gain = dict(zip(MODELS, (0.241, 0.236, 0.049, 0.216, 0.229, 0.238, 0.231, 0.146), strict=True))
    loss = dict(zip(MODELS, (0.3608, 0.3666, 0.5376, 0.3956, 0.3854, 0.3694, 0.3726, 1.52), strict=True))
    for mode in ("known_status", "final_status"):
        shift = 0.004 if mode == "final_status" else 0.0
        for model in MODELS:
            hit = gain[model] + shift
            for measure, value, half in (
                *(
                    ("hit@1", hit / 4, 0.01),
                    ("hit@2", hit / 2, 0.012),
                    ("hit@5", hit, 0.016),
                    ("hit@10", hit * 1.7, 0.02),
                ),
                *(("pai@5", hit / 0.05, 0.3), ("pei@5", hit / 0.55, 0.03), ("deviance", loss[model], 0.011)),
                *(("log_score", loss[model] / 2 + 0.1, 0.01), ("crps", 0.12, 0.004), ("coverage", 0.93, 0.01)),
                *(("bias_ratio", 1.01, 0.03), ("interval_score", 2.4, 0.1)),
            ):
                scores.append((mode, model, "cell", measure, value, value - half, value + half))
            x = np.linspace(0, 1, 21)
            p = 0.45 if model != "uniform" else 1.0
            curve += [(mode, model, a, a**p, max(0, a**p - 0.02), min(1, a**p + 0.02)) for a in x]
            if model != "mixture":
                for measure, table in (("hit@5", gain), ("deviance", loss)):
                    d, half = table["mixture"] - table[model], 0.009 if measure == "hit@5" else 0.003
                    differences.append((mode, model, measure, d, d - half, d + half))
    origins = [
        (
            m,
            "mixture",
            d := WEEK[0] - timedelta(days=7 * (52 - i)),
            d + timedelta(days=7),
            55 + i % 9,
            56.0,
            42.0,
            71.0,
            0.24,
            0.36,
        )
        for m in ("known_status", "final_status")
        for i in range(52)
    ]
    calibration = pd.DataFrame(
        [
            (m, b, 0.1 * b + 0.05, 0.1 * b + 0.06, 0.1 * b, 0.1 * b + 0.11)
            for m in ("known_status", "final_status")
            for b in range(8)
        ],
        columns=["mode", "bin", "expected", "observed", "low", "high"],
    )
    limit = pd.DataFrame(
        [
            (m, "hit@5", name, value, value - 0.02, value + 0.02, 0.241 - value, 0.221 - value, 0.261 - value)
            for m in ("known_status", "final_status")
            for name, value in (("mixture", 0.241), ("mean_12m", 0.229), ("oracle", 0.684), ("static", 0.254))
        ],
        columns=["mode", "measure", "forecast", "value", "low", "high", *LIMIT_DIFFERENCE],
    )
    facts = [Fact("origins", 52), Fact("skipped", 0), Fact("reports", 2961), Fact("cells", 320), Fact("tuned_on", 2023)]
    columns = ["mode", "model", "origin", "horizon_end", "reports", "expected", "low", "high", "hits5", "deviance"]
    return _result(
        "backtest",
        "forecast",
        facts,
        (),
        scores=pd.DataFrame(scores, columns=["mode", "model", "level", "measure", "value", "low", "high"]),
        differences=pd.DataFrame(differences, columns=["mode", "model", "measure", "difference", "low", "high"]),
        origins=pd.DataFrame(origins, columns=columns),
        curve=pd.DataFrame(curve, columns=["mode", "model", "share_area", "hit", "low", "high"]),
        calibration=calibration,
        limit=limit,
    )


def patrol() -> Result:
    cells = forecast().tables["cells"].sort_values("expected_count", ascending=False).head(70).reset_index(drop=True)
    name = dict(zip(CODES, NAMES, strict=True))
    reason = [{"template": "{n} reports in the last {days} days", "values": {"n": 14, "days": 365}}]
    places = pd.DataFrame(
        {
            "rank": range(1, 71),
            "cell_x": cells["cell_x"],
            "cell_y": cells["cell_y"],
            "longitude": 127.0 + 0.001 * cells["cell_x"],
            "latitude": 37.7 + 0.001 * cells["cell_y"],
            "region": cells["region"],
            "name": cells["region"].map(name),
            "street": ["가온로" if i % 2 else "" for i in range(70)],
            "expected_count": cells["expected_count"],
            "q05": cells["q05"],
            "q95": cells["q95"],
            "p_any": cells["p_any"],
            "random": [i >= 63 for i in range(70)],
            "reasons": [json.dumps(reason, ensure_ascii=False)] * 70,
        }
    )
    n = np.array([10, 20, 35, 70, 105, 140])
    capacity = pd.DataFrame({"places": n, "share_area": n / 320, "share_caught": (n / 320) ** 0.5})
    capacity["low"], capacity["high"] = capacity["share_caught"] - 0.03, capacity["share_caught"] + 0.03
    capacity["share_random"], capacity["share_last_12m"] = capacity["share_area"], capacity["share_caught"] - 0.01
    capacity["difference"], capacity["difference_low"], capacity["difference_high"] = 0.01, -0.004, 0.024
    facts = [
        Fact("difference_last_12m", 0.01, low=-0.004, high=0.024),
        *(Fact("capacity", 10), Fact("days", 7), Fact("places", 70), Fact("random_places", 7), Fact("expected", 31.2)),
        *(Fact("share_caught", 0.468, low=0.438, high=0.498), Fact("share_area", 0.219), Fact("share_last_12m", 0.458)),
    ]
    facts += [
        *(Fact("trained_on", "citizen"), Fact("patrol_found", 1480), Fact("patrol_found_share", 0.174)),
        *(
            Fact("share_caught_shift_low", 0.451),
            Fact("share_caught_shift_high", 0.482),
            Fact("evenness", "1인 가구 비율"),
        ),
    ]
    held = {"lowest": [11.0, 20.0, 26.0, 31.0, 38.0], "highest": [19.0, 25.0, 30.0, 37.0, 52.0], "areas": [4] * 5}
    held |= {"share_area": [0.2] * 5, "share_population": [0.24, 0.22, 0.2, 0.18, 0.16]}
    held |= {"share_reports": [0.1, 0.15, 0.2, 0.25, 0.3], "share_listed": [0.04, 0.16, 0.2, 0.2, 0.4]}
    held |= {"low": [0.02, 0.1, 0.13, 0.13, 0.31], "high": [0.09, 0.24, 0.29, 0.29, 0.5]}
    evenness = {"fifth": range(1, 6)} | held
    return _result("patrol", "forecast", facts, (), places=places, capacity=capacity, evenness=evenness)


def patrol_by_hours() -> Result:
    """The same list as rounds of six hours."""
    listed = patrol()
    places = listed.tables["places"]
    routes = places[["rank", "cell_x", "cell_y", "expected_count"]].assign(
        day=np.arange(70) % 7 + 1, order=np.arange(70) // 7 + 1, arrival_minute=5.0 + 30 * (np.arange(70) // 7)
    )
    days = pd.DataFrame({"day": range(1, 8), "places": 10, "minutes": 342.5, "km": 31.4, "expected_count": 4.46})
    capacity = listed.tables["capacity"].iloc[[1, 3]].assign(hours=[3.0, 6.0])
    dropped = listed.tables["facts"].query("name != 'capacity'")
    more = [
        *(Fact("hours", 6.0), Fact("minutes_per_place", 15.0), Fact("speed_kmh", 20.0), Fact("detour", 1.3)),
        *(Fact("start_longitude", 127.04), Fact("start_latitude", 37.74), Fact("share_random", 0.16)),
    ]
    tables = dict(listed.tables) | {"routes": routes, "days": days, "capacity": capacity}
    tables["facts"] = pd.concat([dropped, facts_table(more)], ignore_index=True)
    return Result("patrol", "forecast", tables, listed.cautions)


MAKERS = (
    *(quality, trend, rhythm, kinds, concentration, hotspot, duration, area_factors, occurrence, weather),
    *(forecast, backtest, patrol),
)


def outlines(hot_name: str | None = None) -> gpd.GeoDataFrame:
    shapes = [
        box(*(CELL * v for v in (LEFT + 4 * i, BOTTOM + 4 * j, LEFT + 4 * i + 4, BOTTOM + 4 * j + 4)))
        for j in range(4)
        for i in range(5)
    ]
    names = [hot_name if hot_name and i == HOT else name for i, name in enumerate(NAMES)]
    return gpd.GeoDataFrame({"region": CODES, "name": names}, geometry=shapes, crs="EPSG:5179").to_crs("EPSG:4326")


def write_fake_run(folder: Path, only: tuple[str, ...] | None = None, hostile: str | None = None) -> Path:
    """A run's folder with the steps named in `only` (or all); `hostile` takes the place of the busiest area's name."""
    results = {r.method: r for r in (make() for make in MAKERS) if only is None or r.method in only}
    if hostile:
        results = {m: _renamed(r, hostile) for m, r in results.items()}
    for method, result in results.items():
        save_result(result, folder / "steps" / method)
    asked = plan()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.json").write_text(json.dumps(asked.model_dump(mode="json"), ensure_ascii=False), encoding="utf-8")
    (folder / "outlines.geojson").write_text(outlines(hostile).to_json(), encoding="utf-8")
    manifest = {
        "plan_hash": asked.hash(),
        "result_hash": result_hash(results),
        "inputs": [
            {"card": "reports", "title": "방치차량 신고 대장", "file": "신고대장.csv", "sha256": "a" * 64, "rows": 9412}
        ],
        "version": "0.1.0",
        "as_of": "2025-07-01",
        "crs": "EPSG:5179",
        "made_up": True,
        "panel": {"start": "2022-01-01", "end": "2025-07-01", "cell": CELL},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    return folder


def _renamed(result: Result, name: str) -> Result:
    tables = {}
    for key, frame in result.tables.items():
        tables[key] = frame.replace({c: {NAMES[HOT]: name} for c in ("name", "street") if c in frame.columns})
    return Result(result.method, result.claim, tables, result.cautions)
