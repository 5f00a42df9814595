"""Who lies next to whom."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
from shapely.geometry import box

from sigun.region.neighbours import queen_neighbours, touching_neighbours


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
