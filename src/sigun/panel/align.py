"""Bring the cards' tables to one clock, one CRS and one set of regions (정렬)."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from sigun.region.grid import KOREA, metric_crs, project
from sigun.region.outlines import match_regions, near, region_of

BESIDE = ("region", "region_name", "sido", "sigungu", "dong", "span", "provisional", "source")
"""Columns of a cleaned area table that are no values."""

FAR = 1.0  # degrees from the median; without outlines, a place farther away is not in the city


def cut(events: pd.DataFrame, start: date | None, end: date | None, final: bool = False) -> pd.DataFrame:
    """Events in `start ≤ time < end`, in time order.

    A status set at or after `end` is not known, unless `final`: then every event has the status it has in the end.
    """
    timed = events[events["occurred_at"].notna()]
    if start is not None:
        timed = timed[timed["occurred_at"] >= pd.Timestamp(start)]
    if end is not None:
        timed = timed[timed["occurred_at"] < pd.Timestamp(end)]
    if end is not None and not final:
        later = timed["updated_at"].fillna(timed["closed_at"]) >= pd.Timestamp(end)
        timed = timed.assign(
            outcome=timed["outcome"].mask(later),
            duplicate_of=timed["duplicate_of"].mask(later),
            updated_at=timed["updated_at"].mask(later),
            closed_at=timed["closed_at"].mask(timed["closed_at"] >= pd.Timestamp(end)),
        )
    return timed.sort_values(["occurred_at", "row"], kind="stable", ignore_index=True)


def choose_crs(said: str | None, events: pd.DataFrame, outlines: pd.DataFrame | None) -> str:
    """The plan's CRS; else that of the outlines' place, else of the events' place, else (no point at all) Korea's."""
    if said is not None:
        return said
    if outlines is not None:
        import shapely

        west, south, east, north = shapely.total_bounds(shapely.from_wkb(outlines["geometry"].to_numpy()))
        return metric_crs(np.array([(west + east) / 2]), np.array([(south + north) / 2]))
    placed = events[events["longitude"].notna()]
    if placed.empty:
        return KOREA
    return metric_crs(placed["longitude"].to_numpy(float), placed["latitude"].to_numpy(float))


def place(events: pd.DataFrame, outlines: Any | None, crs: str, cell: int) -> pd.DataFrame:
    """Events with x, y (metres), region (by point, else by the name said) and inside (in the city, or said to be)."""
    lon, lat = events["longitude"].to_numpy(float), events["latitude"].to_numpy(float)
    x, y = project(lon, lat, crs)
    if outlines is None:
        region = events["area_said"]
        inside = _near_the_median(lon, lat)
    else:
        region = region_of(outlines, x, y).fillna(match_regions(events["area_said"], outlines))
        inside = near(outlines, x, y, cell)
    return events.assign(x=x, y=y, region=region.to_numpy(), inside=inside | np.isnan(x))


def _near_the_median(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    if np.isnan(lon).all():
        return np.zeros(len(lon), bool)
    off = np.maximum(np.abs(lon - np.nanmedian(lon)), np.abs(lat - np.nanmedian(lat)))
    real = (np.abs(lon) > FAR / 10) | (np.abs(lat) > FAR / 10)  # 0, 0 is no place
    return np.asarray((off < FAR) & real)


def to_regions(table: pd.DataFrame, outlines: Any) -> tuple[pd.DataFrame, list[str]]:
    """A table by region code, and the names in it that no outline answers to."""
    said = table["region"].where(table["region"].notna(), table["region_name"])
    code = match_regions(said, outlines)
    if "region_name" in table:
        code = code.fillna(match_regions(table["region_name"], outlines))
    lost = sorted(said[code.isna()].dropna().unique())
    beside = [name for name in table if name in BESIDE or name.endswith("__mark")]
    kept = table.drop(columns=beside).assign(region=code)[code.notna()]
    return kept, [str(name) for name in lost]
