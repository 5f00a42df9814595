"""Panels for comparisons before and after: made-up outcomes of 시군 by year or month, and the plan's step."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from effects import gyeonggi
from regional import card_of, region_panel_of
from sigun.analysis.before_after.step import before_after
from sigun.analysis.statistics.arrays import FloatArray
from sigun.panel.regional.model import RegionPanel
from sigun.plan.steps import BeforeAfter
from sigun.result import Result

FIRST = {"year": "2005-01-01", "month": "2018-01-01", "quarter": "2018-01-01"}
STEPS = {"year": "YS", "month": "MS", "quarter": "QS"}


def panel_of(
    folder: Path, columns: Mapping[str, tuple[str, FloatArray]], span: str = "year", **asked: Any
) -> RegionPanel:
    """A panel of 시군 of Gyeonggi: column -> (measure and unit, values of regions by periods). NaN is not told."""
    folder.mkdir(parents=True, exist_ok=True)
    n, t = next(iter(columns.values()))[1].shape
    periods = pd.date_range(FIRST[span], periods=t, freq=STEPS[span])
    rows = pd.DataFrame(
        {
            "region": pd.Series(pd.NA, range(n * t), dtype="str"),
            "sido": "경기도",
            "sigungu": np.repeat(list(gyeonggi()[:n]), t),
            "period": np.tile(periods.to_numpy("datetime64[us]"), n),
            "span": span,
            "provisional": False,
            "source": np.int16(0),
        }
    ).astype({"sido": "str", "sigungu": "str", "span": "str"})
    for name, (_measure, values) in columns.items():
        rows[name] = values.ravel()
    card = card_of("t", {name: measure for name, (measure, _values) in columns.items()})
    variables = [{"id": name, "table": "t"} for name in columns]
    return region_panel_of(
        folder,
        {"within": ["경기도"], "loss_max": 1, "span": span, "variables": variables, **asked},
        {"t": (card, rows)},
    )


def step_of(starts: Mapping[int, Any], **more: Any) -> BeforeAfter:
    """The step on `y`; a start for each region by its place."""
    named = {gyeonggi()[place]: start for place, start in starts.items()}
    said = {"method": "before_after", "outcome": {"variable": "y"}, "treatment": {"title": "택지개발", "starts": named}}
    return BeforeAfter.model_validate({**said, **more})


def compared(panel: RegionPanel, starts: Mapping[int, Any], **more: Any) -> Result:
    """What the step finds."""
    return before_after(step_of(starts, **more), panel, np.random.default_rng(1))
