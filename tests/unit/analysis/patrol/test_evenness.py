"""Evenness: fifths of the areas, and what of the ground, the people, the reports and the list falls on each."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from builders import panel_of_events
from sigun.analysis.patrol.evenness import evenness, fifths
from sigun.errors import MethodError
from sigun.panel.model import Panel

CODES = list("abcdefghij")


def panel(income: list[float], population: bool = True) -> Panel:
    """Ten areas in a row; the k-th has k reports."""
    outlines = gpd.GeoDataFrame(
        {"region": CODES, "name": CODES, "area_km2": 1.0},
        geometry=[box(i, 0, i + 1, 1) for i in range(10)],
        crs="EPSG:5179",
    )
    areas = pd.DataFrame({"region": CODES, "income": income})
    if population:
        areas["population"] = 100
    region = np.repeat(CODES, np.arange(1, 11))
    times = pd.date_range("2024-01-01", periods=len(region))
    return panel_of_events(times, region=region, outlines=outlines, areas=areas)


def test_fifths_hold_equally_many_and_keep_ties_together() -> None:
    assert fifths(np.arange(10.0)).tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert fifths(np.array([1.0, 1, 1, 2, 3])).tolist() == [1, 1, 1, 4, 5]
    assert fifths(np.array([np.nan, 1.0])).tolist() == [0, 1]


def test_shares_of_each_fifth() -> None:
    table = evenness(panel(list(np.arange(10.0))), "income", pd.Series(["j", "j", "i", "a"]))
    assert table["lowest"].tolist() == [0, 2, 4, 6, 8] and table["highest"].tolist() == [1, 3, 5, 7, 9]
    assert table["areas"].tolist() == [2] * 5
    assert table["share_area"].tolist() == table["share_population"].tolist() == [0.2] * 5
    assert table["share_reports"].to_numpy() == pytest.approx(np.array([3, 7, 11, 15, 19]) / 55)
    assert table["share_listed"].tolist() == [0.25, 0, 0, 0, 0.75]
    assert ((table["low"] <= table["share_listed"]) & (table["share_listed"] <= table["high"])).all()


def test_people_who_are_not_counted_are_not_guessed() -> None:
    assert (
        evenness(panel(list(np.arange(10.0)), population=False), "income", pd.Series(["a"]))["share_population"]
        .isna()
        .all()
    )


def test_areas_without_a_value_are_left_out() -> None:
    table = evenness(panel([*np.arange(9.0), np.nan]), "income", pd.Series(["j", "a"]))
    assert table["areas"].sum() == 9
    assert table["share_listed"].sum() == 1
    assert table["share_reports"].sum() == pytest.approx(1)


def test_too_few_areas_and_no_such_column() -> None:
    with pytest.raises(MethodError, match="Only 4 areas"):
        evenness(panel([1, 2, 3, 4, *[np.nan] * 6]), "income", pd.Series(["a"]))
    with pytest.raises(MethodError, match="no area column"):
        evenness(panel([1.0] * 10), "wealth", pd.Series(["a"]))
