"""Regions and grid cells."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely import MultiPolygon, Polygon, box

from sigun.region.cells import cell_weights


def outlines(**shapes: Polygon | MultiPolygon) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"region": list(shapes)}, geometry=list(shapes.values()), crs="EPSG:5179")


def test_shares_add_up_and_areas_are_kept() -> None:
    shapes = outlines(b=Polygon([(30, 30), (970, 120), (500, 820)]), a=box(-250, -250, 50, 50))
    table = cell_weights(shapes, 100)
    assert table.groupby("region")["share"].sum().tolist() == pytest.approx([1, 1])
    areas = table.groupby("region")["area_km2"].sum() * 1e6
    assert areas.tolist() == pytest.approx([90_000, shapes.geometry.iloc[0].area])
    assert table["region"].is_monotonic_increasing


def test_cells_are_numbered_as_the_grid_does_also_below_zero() -> None:
    table = cell_weights(outlines(a=box(-50, -150, 50, -100)), 100)
    assert table[["cell_x", "cell_y", "share"]].values.tolist() == [[-1, -2, 0.5], [0, -2, 0.5]]


def test_an_edge_that_only_touches_a_cell_has_no_share_there() -> None:
    assert cell_weights(outlines(a=box(0, 0, 100, 100)), 100)[["cell_x", "cell_y"]].values.tolist() == [[0, 0]]


def test_holes_and_islands() -> None:
    island = MultiPolygon([box(0, 0, 100, 100).difference(box(25, 25, 75, 75)), box(500, 0, 600, 100)])
    table = cell_weights(outlines(a=island), 100)
    assert table["area_km2"].tolist() == pytest.approx([0.0075, 0.01])
