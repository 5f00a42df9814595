"""How figures look into results (결과 읽기): a table that is there and not empty, or nothing; days; names."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pandas as pd

from sigun.report.figures.style import clean
from sigun.report.finished import Finished


def table(finished: Finished, method: str, name: str, needed: str) -> pd.DataFrame | None:
    """The table, rows with a missing `needed` left out; none where result, table, column or every row is missing."""
    result = finished.results.get(method)
    frame = None if result is None else result.tables.get(name)
    if frame is None or needed not in frame.columns:
        return None
    kept = frame[frame[needed].notna()].reset_index(drop=True)
    return None if kept.empty else kept


def fact(finished: Finished, method: str, name: str) -> float:
    """A single figure, NaN where it is missing or a word."""
    result = finished.results.get(method)
    if result is None or not result.has_fact(name):
        return math.nan
    value = result.fact(name).value
    return float(value) if isinstance(value, int | float) else math.nan


def day(value: Any) -> date:
    """A date out of whatever the table holds one in."""
    found: date = pd.Timestamp(value).date()
    return found


def holes(finished: Finished) -> list[tuple[date, date]]:
    """Spans without collection, half-open, as the quality step found them and nobody overruled."""
    found = table(finished, "quality", "findings", "start")
    if found is None:
        return []
    stands = (found["kind"] == "hole") & found["end"].notna()
    if "overruled" in found.columns:
        stands &= ~found["overruled"].astype(bool)
    return [(day(a), day(b)) for a, b in zip(found.loc[stands, "start"], found.loc[stands, "end"], strict=True)]


def latest(frame: pd.DataFrame) -> pd.DataFrame:
    """Of a forecast table the last origin, and of that the first horizon."""
    last = frame[frame["origin"] == frame["origin"].max()]
    return last[last["horizon_start"] == last["horizon_start"].min()].reset_index(drop=True)


def region_names(finished: Finished) -> dict[str, str]:
    """Area code to name, from the outlines."""
    shapes = finished.outlines
    if shapes is None or not {"region", "name"} <= set(shapes.columns):
        return {}
    return {str(code): clean(name) for code, name in zip(shapes["region"], shapes["name"], strict=True)}
