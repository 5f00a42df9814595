"""Cells, blocks and regions as places."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import box

from sigun.analysis.forecast.places import cell_places, cells_around, region_places


def test_cells_know_their_number_and_nothing_outside() -> None:
    places = cell_places(np.array([5, 3, 3]), np.array([1, 9, 2]), cell=500, block=5)
    assert list(zip(places.x, places.y, strict=True)) == [(3, 2), (3, 9), (5, 1)]
    assert places.index(np.array([5, 3, 4, 99, -7]), np.array([1, 9, 2, 1, 2])).tolist() == [2, 1, -1, -1, -1]


def test_blocks_are_the_cells_divided_also_below_zero() -> None:
    places = cell_places(np.array([-1, 0, 4, 5]), np.array([0, 0, 0, 0]), cell=500, block=5)
    assert places.areas["region_x"].tolist() == [-1, 0, 1]
    assert places.by_area(np.array([1.0, 2.0, 3.0, 4.0])).tolist() == [1.0, 5.0, 4.0]


def test_an_event_makes_its_neighbours_part_of_the_area() -> None:
    assert len(cells_around(np.array([10]), np.array([10]), 500, 5)) == 9


@pytest.mark.parametrize("reach", [1.0, 2.0])
def test_smoothing_an_even_surface_changes_nothing_not_even_at_the_edge(reach: float) -> None:
    places = cells_around(np.array([0, 4, 9]), np.array([0, 4, 2]), 500, 5)
    assert places.smooth(np.full(len(places), 3.0), reach) == pytest.approx(np.full(len(places), 3.0))


def test_reach_is_in_metres_whatever_the_cell() -> None:
    fine = cell_places(*(a.ravel() for a in np.mgrid[0:41, 0:41]), cell=100, block=5)
    coarse = cell_places(*(a.ravel() for a in np.mgrid[0:9, 0:9]), cell=500, block=5)
    peak = [np.zeros(len(p)) for p in (fine, coarse)]
    peak[0][fine.index(np.array([20]), np.array([20]))] = 1.0
    peak[1][coarse.index(np.array([4]), np.array([4]))] = 1.0
    widths = [
        np.sqrt((p.smooth(v, 1.0) * (p.x - p.x.mean()) ** 2).sum() / p.smooth(v, 1.0).sum()) * c
        for p, v, c in ((fine, peak[0], 100), (coarse, peak[1], 500))
    ]
    assert widths == pytest.approx([500, 500], rel=0.05)


def test_regions_that_share_a_border_are_neighbours() -> None:
    outlines = gpd.GeoDataFrame(
        {"region": ["a", "b", "c"]}, geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1), box(2, 0, 3, 1)], crs="EPSG:5179"
    )
    places = region_places(outlines)
    assert places.regional
    assert places.smooth(np.array([3.0, 0.0, 0.0]), 1.0).tolist() == [1.5, 1.0, 0.0]
    assert places.smooth(np.array([3.0, 0.0, 0.0]), 2.0).tolist() == pytest.approx([1.25, 2.5 / 3, 0.5])
