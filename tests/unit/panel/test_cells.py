"""Cells carried to areas: everybody is kept, borders cut cells, what is lost is said."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from sigun.panel.cells import areal_weights, cell_size, cells_to_regions
from sigun.region.grid import unproject

EAST, NORTH = 960_000.0, 1_950_000.0
OUTLINES = gpd.GeoDataFrame(
    {"region": ["1", "2"], "name": ["가", "나"]},
    geometry=[box(EAST, NORTH, EAST + 300, NORTH + 500), box(EAST + 300, NORTH, EAST + 500, NORTH + 500)],
    crs="EPSG:5179",
)


def table(**more: object) -> pd.DataFrame:
    """Four cells of 250 m; the border of the two areas cuts the right column at a fifth of its width."""
    x, y = (side.ravel() for side in np.meshgrid([EAST + 125, EAST + 375], [NORTH + 125, NORTH + 375]))
    longitude, latitude = unproject(x, y, "EPSG:5179")
    told = pd.DataFrame({"longitude": longitude, "latitude": latitude, "period": pd.Timestamp("2024-01-01")})
    return told.assign(people=[10.0, 20.0, 30.0, 40.0], **more)


def test_a_cell_is_shared_out_by_its_area() -> None:
    sums, said = cells_to_regions(table(), ["people"], OUTLINES)
    assert sums.set_index("region")["people"].to_dict() == pytest.approx({"1": 40 + 0.2 * 60, "2": 0.8 * 60}, rel=1e-4)
    assert said[0].values == {"n": 4, "size": 250, "outside": 0, "cut": 0}


def test_people_outside_every_outline_are_lost_and_said() -> None:
    sums, said = cells_to_regions(table(), ["people"], OUTLINES[:1])
    assert sums["people"].sum() == pytest.approx(52, rel=1e-4)
    assert said[0].values["cut"] == 2


def test_counts_that_are_not_told_add_nothing_and_are_said() -> None:
    hidden = table(people__mark=[None, "suppressed", None, None])
    hidden.loc[1, "people"] = np.nan
    sums, said = cells_to_regions(hidden, ["people"], OUTLINES)
    assert sums["people"].sum() == pytest.approx(80, rel=1e-4)
    assert said[1].values["n"] == 1


def test_an_area_with_nothing_told_is_not_zero() -> None:
    unknown = table()
    unknown["people"] = np.nan
    sums, _said = cells_to_regions(unknown, ["people"], OUTLINES)
    assert sums["people"].isna().all()


def test_the_size_of_cells_is_the_step_between_them() -> None:
    assert cell_size(np.array([50.0, 150.0, 950.0]), np.array([50.0, 50.0, 350.0])) == 100


def test_weights_of_a_cell_inside_add_to_one() -> None:
    cell, _outline, weight = areal_weights(
        np.array([EAST + 290.0]), np.array([NORTH + 200.0]), 100.0, OUTLINES["geometry"].to_numpy()
    )
    assert len(cell) == 2 and weight.sum() == pytest.approx(1)
