"""Made-up results of a comparison before and after, and of columns by themselves, for the figures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sigun.result import Fact, facts_table

NAMES = ("가람시", "나래시", "다솜시", "라온시", "마루군", "바다군")


def before_after() -> dict[str, pd.DataFrame]:
    """Two of six regions, begun inside 2014."""
    at = np.arange(-7, 5)
    side = np.where(at < -1, "before", np.where(at == -1, "partial", "after"))
    path = pd.DataFrame({"event_time": at, "period": [str(2015 + e) for e in at], "side": side})
    path = path.assign(treated=np.where(at < -1, 8.0, 13.0) + 0.2 * (at % 3), comparison=5.0 + 0.1 * (at % 2))
    groups = pd.DataFrame({"group": ["treated", "comparison"], "before": [8.2, 5.0], "after": [13.2, 5.1]})
    areas = pd.DataFrame({"region": [f"4{i}" for i in range(6)], "name": NAMES})
    areas = areas.assign(group=["treated"] * 2 + ["comparison"] * 4, change=[60.0, 40.0, -3.0, 2.0, 9.0, np.nan])
    facts = [Fact("outcome", "침수신고"), Fact("outcome_unit", "건"), Fact("scale", "ratio")]
    return {"groups": groups, "areas": areas, "path": path, "facts": facts_table(facts)}


def summary() -> dict[str, pd.DataFrame]:
    """Three columns of six regions over eight years."""
    columns = (("people", "인구", "명"), ("births", "출생아수", "명"), ("share", "고령 비율", "%"))
    variables = pd.DataFrame(columns, columns=["variable", "title", "unit"]).assign(mean=10.0)
    values = [
        {
            "region": f"4{i}",
            "name": name,
            "variable": variable,
            "value": float(10 * (k + 1) + i * i),
            "col": i,
            "row": 0,
        }
        for k, (variable, _title, _unit) in enumerate(columns)
        for i, name in enumerate(NAMES)
    ]
    trend = [
        {"variable": variable, "period": str(2015 + t), "median": 10.0 + t, "q25": 8.0 + t, "q75": 13.0 + t}
        for variable, _title, _unit in columns
        for t in range(8)
    ]
    return {"variables": variables, "values": pd.DataFrame(values), "trend": pd.DataFrame(trend)}
