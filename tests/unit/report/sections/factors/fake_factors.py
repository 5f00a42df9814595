"""A finished factor analysis of fabricated tables: planted values for every verdict. Nothing in it was observed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sigun.plan.model import Plan
from sigun.report.finished import Finished
from sigun.result import Fact, Result, facts_table
from sigun.text import say

NAN = float("nan")
ALSO = json.dumps([{"template": "Between regions it points the other way than inside them.", "values": {}}])
TERMS = {  # term -> title, unit, group, verdict
    "share_25_34": ("25~34세 여성 비중", "%", "인구", "holds"),
    "net_migration": ("코호트 순이동률", "%", "인구", "holds"),
    "density": ("인구밀도", "명/㎢", "주거", "between_only"),
    "ageing": ("고령인구 비율", "%", "인구", "unstable"),
    "childcare": ("보육시설 수", "개", "보육", "unseen"),
    "household_size": ("평균 가구원 수", "명", "인구", "not_testable"),
}
NAMES = [
    "가람시",
    "나루시",
    "다온시",
    "라온군",
    "마루시",
    "바다시",
    "사랑군",
    "아라시",
    "자람시",
    "차오름군",
    "큰내시",
    "하늘시",
]
CODES = [f"41{i:02d}0" for i in range(1, 13)]
ESTIMATORS = ("pooled", "between", "within_twoway", "first_difference")


def plan(**changed: Any) -> Plan:
    """A plan of tables with a factors step."""
    step = {
        "method": "factors",
        "outcome": {"variable": "tfr"},
        "factors": [
            {"group": "인구", "variables": [t for t in TERMS if t != "density"], "lag": [1, 2], "expect": "+"},
            {"group": "주거", "variables": ["density"]},
        ],
    }
    whole = {
        "id": "births",
        "title": "출생 요인 분석",
        "question": "어떤 사회·경제적 요인이 출생과 함께 움직이는가?",
        "data": {"tables": ["births"]},
        "panel": {"base": "2022-12-31", "variables": [{"id": "tfr", "table": "births"}]},
        "steps": [{"method": "coverage"}, step],
    }
    return Plan.model_validate(whole | changed)


def facts(**changed: Any) -> list[Fact]:
    """Single figures; a keyword replaces one, None takes it away."""
    known: dict[str, Any] = {
        **{"n": 120, "regions": 12, "periods": 10, "first": "2013", "last": "2022", "clusters": 12},
        **{"outcome": "합계출산율", "outcome_unit": "명", "transform": "level", "main": "within_twoway"},
        **{"factors": 6, "tried": 48, "q": 0.10, "holds": 2, "between_only": 1, "unstable": 1, "unseen": 1},
        **{"not_testable": 1, "joint_p": 0.012, "specs": 240, "weights_hash": "ab12" * 16},
        **{
            "weights_source": "행정구역 경계(맞닿음)",
            "draws": 4096,
            "exact": 1,
            "hausman_p": 0.003,
            "mundlak_p": 0.004,
        },
        **{"cd": 4.2, "cd_p": 0.0001, "moran": 0.21, "moran_p": 0.004, "vif_max": 14.2, "asked_regions": 15},
        **{"excluded_regions": 3, "small_sample": "G/(G-1)·(N-1)/(N-K)", "solver": "numpy.linalg", "seed": 20250703},
    }
    return [Fact(name, value) for name, value in (known | changed).items() if value is not None]


REASONS: dict[str, tuple[str, dict[str, Any]]] = {
    "not_testable": ("The outcome of the same period is part of it: the two move together by arithmetic.", {}),
    "unstable": ("Its sign depends on the specification: {share} per cent agree with the main one.", {"share": 55}),
}


def answer() -> pd.DataFrame:
    """One row a factor."""
    effects = {  # effect, low, high, p, q, same, surviving, between low..high
        "share_25_34": (0.0248, 0.0121, 0.0375, 0.0012, 0.006, 0.98, 0.91, 0.031, 0.012, 0.050),
        "net_migration": (0.0081, 0.0020, 0.0142, 0.012, 0.031, 0.94, 0.72, 0.004, -0.006, 0.014),
        "density": (0.0020, -0.0110, 0.0150, 0.71, 0.80, 0.61, 0.10, -0.0420, -0.0610, -0.0230),
        "ageing": (-0.0110, -0.0220, -0.0001, 0.049, 0.11, 0.55, 0.22, -0.0300, -0.0700, 0.0100),
        "childcare": (0.0030, -0.0060, 0.0120, 0.45, 0.60, 0.70, 0.04, 0.0100, -0.0100, 0.0300),
        "household_size": (NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0.2, 0.1, 0.3),
    }
    rows = []
    for term, (effect, low, high, p, q, same, surviving, *between) in effects.items():
        title, unit, group, verdict = TERMS[term]
        said, values = REASONS.get(verdict, ("", {}))
        rows.append(
            {
                **{"term": term, "title": title, "group": group, "verdict": verdict},
                **{"reason": said, "reason_values": json.dumps(values), "step": 1.0},
                **{"step_unit": "%p" if unit == "%" else unit, "effect": effect, "low": low, "high": high},
                **{"effect_unit": "명", "estimator": "within_twoway", "p": p, "p_kind": "wild_cluster", "q": q},
                **{"same_sign": same, "within_twoway": effect, "within_twoway_low": low, "within_twoway_high": high},
                **{"surviving": surviving, "between": between[0], "between_low": between[1]},
                **{"between_high": between[2], "between_p": 0.01, "pooled": between[0] / 2},
                **{"pooled_low": between[1] / 2, "pooled_high": between[2] / 2},
                "also": ALSO if term == "density" else "[]",
                **{"first_difference": effect * 0.7, "first_difference_low": low * 0.5, "first_difference_high": high},
                **{"signs_differ": term == "density", "vif": 14.2 if term == "household_size" else 1.8},
                **{"mde": 0.019, "lead_p": 0.02 if term == "net_migration" else 0.6},
                **{"loo_low": effect * 0.8, "loo_high": effect * 1.3},
            }
        )
    return pd.DataFrame(rows)


def terms() -> pd.DataFrame:
    """What was asked."""
    rows = [
        {
            **{"term": t, "variable": t, "title": title, "unit": unit, "group": group, "lag": 0, "expect": "+"},
            **{"kind": "factor", "level": "sigungu", "clusters": 2 if t == "childcare" else 12},
            **{"moved_by_outcome": t == "household_size", "shares_denominator": "인구" if t == "density" else ""},
        }
        for t, (title, unit, group, _verdict) in TERMS.items()
    ]
    return pd.DataFrame(rows)


def estimates() -> pd.DataFrame:
    """Every estimator and term."""
    found = answer().set_index("term")
    rows = []
    for estimator in ESTIMATORS:
        column = {"between": "between", "pooled": "pooled"}.get(estimator, "effect")
        for term, row in found.iterrows():
            if np.isnan(row[column]):
                continue
            ends = ("low", "high") if column == "effect" else (f"{column}_low", f"{column}_high")
            low, high = row[ends[0]], row[ends[1]]
            rows.append(
                {
                    **{
                        "model": "all",
                        "estimator": estimator,
                        "term": term,
                        "title": row["title"],
                        "estimate": row[column],
                    },
                    **{"se": (high - low) / 4, "low": low, "high": high, "p": 0.03, "error": "crv3"},
                    **{"n": 12 if estimator == "between" else 120, "regions": 12, "periods": 10, "df": 11.0},
                }
            )
    return pd.DataFrame(rows)


def errors() -> pd.DataFrame:
    """One slope under several errors; the bootstrap and the clustered error part ways for the second."""
    rule = "G/(G-1)·(N-1)/(N-K)"
    rows = [
        ("share_25_34", "iid", 0.0020, 0.0001, NAN, "", NAN, "N-K", 1),
        ("share_25_34", "crv1", 0.0050, 0.0004, 12, "", NAN, rule, 0),
        ("share_25_34", "wild_cluster", NAN, 0.0012, 12, "", NAN, "", 0),
        ("net_migration", "crv1", 0.0020, 2.5e-5, 12, "", NAN, rule, 0),
        ("net_migration", "wild_cluster", NAN, 0.0508, 12, "", NAN, "", 0),
        ("share_25_34", "crv1_period", 0.0031, 0.0002, 10, "", NAN, rule, 1),
        ("share_25_34", "driscoll_kraay", 0.0028, 0.0003, 10, "bartlett", 1, "none", 1),
    ]
    names = ("term", "kind", "se", "p", "clusters", "kernel", "lag", "small_sample", "caution")
    frame = pd.DataFrame(rows, columns=list(names)).assign(estimator="within_twoway", t=3.0, low=0.01, high=0.04)
    return frame.assign(caution=frame["caution"].astype(bool))


def checks() -> dict[str, pd.DataFrame]:
    """Diagnostics before the results."""
    panel = [
        ("hausman", "within_region", 14.2, 6, 0.003, "regions_differ", ""),
        ("mundlak", "random_effects", 13.1, 6, 0.004, "regions_differ", ""),
        ("cd", "within_twoway", 4.2, NAN, 0.0001, "dependent", ""),
        ("moran", "within_twoway", 0.21, NAN, 0.004, "dependent", ""),
    ]
    variance = [
        ("tfr", "합계출산율", "명", 1.2, 0.30, 0.22, 0.20, 0.45, 120, 0),
        ("share_25_34", "25~34세 여성 비중", "%", 12.4, 2.4, 2.1, 1.1, 0.21, 120, 0),
        ("density", "인구밀도", "명/㎢", 3400.0, 3900.0, 3890.0, 120.0, 0.001, 118, 2),
    ]
    roots = [
        ("tfr", "합계출산율", "ips", "level", True, -1.1, 0.14, NAN, 1, 12, 10, False),
        ("tfr", "합계출산율", "ips", "difference", False, -4.1, 0.0001, NAN, 1, 12, 9, True),
        ("tfr", "합계출산율", "cips", "level", True, -1.9, NAN, -2.8, 1, 12, 10, False),
        ("density", "인구밀도", "ips", "level", True, -0.4, 0.34, NAN, 1, 12, 10, False),
    ]
    excluded = [("11", "가온도", 3, "하나시, 두리시, 세나군", "share_25_34", "25~34세 여성 비중")]
    names = ("check", "on", "statistic", "df", "p", "reading", "solver")
    split = (
        "variable",
        "title",
        "unit",
        "mean",
        "sd",
        "sd_between",
        "sd_within",
        "within_share",
        "observed",
        "missing",
    )
    root = ("variable", "title", "test", "form", "trend", "statistic", "p", "critical", "lags", "regions", "periods")
    return {
        "panel_checks": pd.DataFrame(panel, columns=list(names)),
        "variance": pd.DataFrame(variance, columns=list(split)),
        "unit_roots": pd.DataFrame(roots, columns=[*root, "rejected"]),
        "excluded": pd.DataFrame(excluded, columns=["sido", "sido_name", "regions", "names", "variables", "titles"]),
        "vif": pd.DataFrame({"term": list(TERMS), "vif": [1.8, 1.4, 2.2, 5.1, 1.3, 14.2]}),
        "power": pd.DataFrame(
            {"term": list(TERMS)[:5], "se": 0.006, "mde": 0.019, "mde_step": 0.019, "mde_share": 0.09}
        ),
    }


def lags() -> pd.DataFrame:
    """Before and after the outcome."""
    rows = [
        {"term": term, "lag": lag, "estimate": value, "low": value - 0.008, "high": value + 0.008, "p": p}
        for term, own in {
            "share_25_34": {-1: (0.002, 0.6), 0: (0.025, 0.001), 1: (0.021, 0.004)},
            "net_migration": {-1: (0.009, 0.02), 0: (0.008, 0.012), 1: (0.004, 0.2)},
        }.items()
        for lag, (value, p) in own.items()
    ]
    return pd.DataFrame(rows)


def curve() -> dict[str, pd.DataFrame]:
    """240 specifications of every term but the one that cannot be tested."""
    rng = np.random.default_rng(1)
    rows, summary = [], []
    for term, row in answer().set_index("term").iterrows():
        if np.isnan(row["effect"]):
            continue
        half = (row["high"] - row["low"]) / 2
        estimate = row["effect"] + half * rng.standard_normal(240) * 0.6
        frame = pd.DataFrame({"spec": range(240), "term": term, "estimate": estimate, "main": False})
        frame.loc[0, ["estimate", "main"]] = (row["effect"], True)
        frame = frame.assign(low=frame["estimate"] - half, high=frame["estimate"] + half, p=0.05)
        frame = frame.assign(
            lag=[str(s % 2) for s in range(240)],
            controls=["all" if s % 3 else "none" for s in range(240)],
            estimator=["within_twoway" if s % 4 else "first_difference" for s in range(240)],
        )
        rows.append(frame)
        summary.append(
            {
                **{"term": term, "specs": 240, "same_sign": row["same_sign"], "significant": row["surviving"]},
                **{"median": row["effect"], "lowest": float(estimate.min()), "highest": float(estimate.max())},
                "joint_p": 0.012,
            }
        )
    return {"curve": pd.concat(rows, ignore_index=True), "curve_summary": pd.DataFrame(summary)}


def spatial() -> dict[str, pd.DataFrame]:
    """Models of space, with direct and indirect parts."""
    rows = []
    for model, own in (("spatial_lag", "rho"), ("spatial_error", "lambda")):
        rows.append({"model": model, "term": own, "estimate": 0.31, "se": 0.08, "low": 0.15, "high": 0.47})
        for term in ("share_25_34", "density"):
            row = {"model": model, "term": term, "estimate": 0.02, "se": 0.005, "low": 0.01, "high": 0.03}
            if model == "spatial_lag":
                for i, part in enumerate(("direct", "indirect", "total")):
                    row |= {part: 0.02 + 0.005 * i, f"{part}_low": 0.01, f"{part}_high": 0.04}
            rows.append(row)
    tests = [("within_twoway", "lm_lag", 8.9, 0.003), ("within_twoway", "lm_error", 5.2, 0.023)]
    return {
        "spatial": pd.DataFrame(rows),
        "spatial_tests": pd.DataFrame(tests, columns=["on", "test", "statistic", "p"]),
    }


def explained() -> dict[str, pd.DataFrame]:
    """Boosting against persistence."""
    scores = [
        ("region", "boosting", 0.18, 0.41, 5, 0.02, -0.01, 0.05),
        ("region", "mean", 0.24, 0.0, 5, -0.03, -0.05, -0.01),
        ("time", "boosting", 0.09, 0.80, 4, -0.03, -0.05, -0.01),
        ("time", "persistence", 0.06, 0.91, 4, 0.0, None, None),
    ]
    importance = [
        *(("region", 0, "25~34세 여성 비중", 0.11, 0.08, 0.14), ("region", 1, "인구밀도", 0.02, -0.01, 0.05)),
        ("time", 0, "25~34세 여성 비중", 0.10, 0.06, 0.15),
    ]
    return {
        "explain_scores": pd.DataFrame(
            scores, columns=["split", "model", "rmse", "r2", "folds", "gain", "gain_low", "gain_high"]
        ),
        "importance": pd.DataFrame(importance, columns=["split", "group", "names", "importance", "low", "high"]),
    }


def places() -> pd.DataFrame:
    """A tile for each region."""
    level = np.linspace(0.8, 1.5, 12)
    return pd.DataFrame(
        {
            **{"region": CODES, "name": NAMES, "col": [i % 4 for i in range(12)], "row": [i // 4 for i in range(12)]},
            **{"level": level, "change": -0.4 + 0.05 * np.arange(12), "residual": 0.05 * np.sin(np.arange(12.0))},
        }
    )


def outline() -> pd.DataFrame:
    """A square for each region."""
    corners = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    rows = [
        (code, 0, 10_000.0 * (i % 4 + dx), 10_000.0 * (-(i // 4) + dy))
        for i, code in enumerate(CODES)
        for dx, dy in corners
    ]
    return pd.DataFrame(rows, columns=["region", "ring", "x", "y"])


def result(tables: Mapping[str, pd.DataFrame | None] | None = None, **figures: Any) -> Result:
    """The whole result; `tables` replaces some (None takes one away), `figures` replaces facts."""
    influence = pd.DataFrame(
        [
            ("share_25_34", CODES[0], NAMES[0], 0.0221, -0.0027, False),
            ("ageing", CODES[3], NAMES[3], 0.0012, 0.0122, True),
        ],
        columns=["term", "region", "name", "estimate", "change", "turns"],
    )
    untold = pd.DataFrame(
        [
            (
                "Whether grants go along with births.",
                "{}",
                "Grants by region and year, with the day they began.",
                "{}",
            )
        ],
        columns=["what", "what_values", "would_need", "would_need_values"],
    )
    tried = pd.DataFrame(
        [(t, lag, e, 0.03, 0.09) for t in TERMS for lag in (0, 1) for e in ESTIMATORS],
        columns=["term", "lag", "estimator", "p", "q"],
    )
    frames = {
        **{"facts": facts_table(facts(**figures)), "terms": terms(), "answer": answer(), "estimates": estimates()},
        **{"errors": errors(), "lags": lags(), "influence": influence, "places": places(), "missing_data": untold},
        **{"tried": tried, **checks(), **curve(), **spatial(), **explained()},
    }
    frames |= dict(tables or {})
    kept = {name: frame for name, frame in frames.items() if frame is not None}
    return Result("factors", "association", kept, (say("{n} rows were left out.", n=2),))


def finished(tables: Mapping[str, pd.DataFrame | None] | None = None, made_up: bool = True, **figures: Any) -> Finished:
    """A run with that result alone."""
    manifest = {"panel": {"start": "2013-01-01", "end": "2023-01-01"}, "version": "0.1.0", "made_up": made_up}
    return Finished(plan(), {"factors": result(tables, **figures)}, manifest, made_up=made_up)
