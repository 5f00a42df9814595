"""A made-up city of reports for the tests of prediction: a known rate a cell, duplicates that become known later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import box

from builders import panel_of_events, plan_of
from sigun.panel.model import Panel
from sigun.plan.model import Space

START = date(2020, 1, 1)
SIDE = 8  # cells
CELL = 500
OUTLINES = gpd.GeoDataFrame(
    {"region": ["11", "12"], "name": ["서쪽동", "동쪽동"], "area_km2": [8.0, 8.0]},
    geometry=[box(0, 0, 2000, 4000), box(2000, 0, 4000, 4000)],
    crs="EPSG:5179",
)


def rates(side: int = SIDE) -> np.ndarray:
    """Reports a year at each cell, (side, side): busier towards one corner, so that there is something to learn."""
    x, y = np.meshgrid(np.arange(side), np.arange(side), indexing="ij")
    return 16.0 * np.exp(-(x + y) / 4.0) + 0.5


def simulated(
    years: int = 4,
    seed: int = 1,
    duplicates: float = 0.15,
    gap: tuple[date, date] | None = None,
    growth: Sequence[float] = (),
    plan: dict[str, Any] | None = None,
    **fields: Any,
) -> Panel:
    """A panel of `years` from 2020; `growth` multiplies each year's rate, `gap` is a span without collection."""
    rng = np.random.default_rng(seed)
    rate = rates()
    days, cells = [], []
    for year in range(years):
        often = rng.poisson(rate * (growth[year] if growth else 1.0))
        for (x, y), n in np.ndenumerate(often):
            days.append(rng.integers(365 * year, 365 * (year + 1), n))
            cells.append(np.repeat([[x, y]], n, axis=0))
    day, cell = np.concatenate(days), np.concatenate(cells)
    times = pd.Series(pd.to_datetime(START) + pd.to_timedelta(day, unit="D") + pd.to_timedelta(12, unit="h"))
    later = times + pd.to_timedelta(rng.integers(1, 40, len(day)), unit="D")
    gone = later.where(rng.random(len(day)) < duplicates)
    keep = (
        np.ones(len(day), bool)
        if gap is None
        else ~times.dt.date.between(gap[0], gap[1] - timedelta(days=1)).to_numpy()
    )
    x, y = (cell[keep] * CELL + 250.0).T
    return panel_of_events(
        times[keep],
        x,
        y,
        gone=gone[keep],
        plan=plan_of(CELL, **(plan or {})),
        start=START,
        end=START + timedelta(days=365 * years),
        holes=() if gap is None else (gap,),
        **fields,
    )


def by_area(panel: Panel) -> Panel:
    """The panel with its regions as the places."""
    plan = panel.plan.model_copy(update={"space": Space(crs="EPSG:5179", unit="area")})
    events = panel.events.assign(region=np.where(panel.events["x"] < 2000, "11", "12"))
    return replace(panel, plan=plan, events=events, outlines=OUTLINES)
