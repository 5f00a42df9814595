"""Who lies next to whom."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import box

from sigun.region.neighbours import linked, nearest_links, queen_neighbours, touching_neighbours


def test_a_cell_in_the_middle_has_eight_neighbours_and_is_not_its_own() -> None:
    x, y = (part.ravel() for part in np.meshgrid(np.arange(-1, 2), np.arange(-1, 2), indexing="ij"))
    matrix = queen_neighbours(x, y)
    assert np.diff(matrix.indptr).tolist() == [3, 5, 3, 5, 8, 5, 3, 5, 3]
    assert (matrix != matrix.T).nnz == 0
    assert matrix.diagonal().sum() == 0


def test_regions_touch_across_a_slit_but_not_across_a_river() -> None:
    shapes = [box(0, 0, 100, 100), box(103, 0, 200, 100), box(260, 0, 300, 100)]
    matrix = touching_neighbours(gpd.GeoDataFrame(geometry=shapes, crs="EPSG:5179"))
    assert matrix.toarray().astype(int).tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]


LINE = linked(["a", "b", "c", "d"], np.array([0, 1, 1, 2]), np.array([1, 0, 2, 1]), "file", "line.gal")


def test_shares_of_each_region_add_up_to_one_and_an_island_has_none() -> None:
    assert LINE.matrix().sum(axis=1).tolist() == [[1], [1], [1], [0]]
    assert LINE.islands == ("d",)


def test_the_hash_goes_by_the_links_alone() -> None:
    other = linked(["d", "c", "b", "a"], np.array([3, 2, 2, 1]), np.array([2, 1, 3, 2]), "contiguity", "outlines")
    fewer = linked(LINE.regions, np.array([0, 1]), np.array([1, 0]), "file", "line.gal")
    without_d = LINE.only(["a", "b", "c"])
    assert LINE.hash == other.hash and len(LINE.hash) == 64
    assert len({LINE.hash, fewer.hash, without_d.hash}) == 3


def test_fewer_regions_share_anew_and_rows_follow_the_order_asked() -> None:
    assert LINE.matrix(["c", "b"]).toarray().tolist() == [[0, 1], [1, 0]]
    with pytest.raises(KeyError):
        LINE.only(["z"])


def test_the_nearest_are_told_for_every_point_but_those_nobody_has_placed() -> None:
    x = np.array([0.0, 1.0, np.nan, 10.0])
    here, there = nearest_links(x, np.zeros(4), 2)
    assert list(zip(here.tolist(), there.tolist(), strict=True)) == [(0, 1), (0, 3), (1, 0), (1, 3), (3, 1), (3, 0)]
    assert nearest_links(x, np.zeros(4), 50)[0].tolist() == here.tolist()
    assert len(nearest_links(np.array([1.0]), np.array([1.0]), 3)[0]) == 0
