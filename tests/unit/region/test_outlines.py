"""Which region a point lies in, and which one a word means."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sigun.region.outlines import match_regions, near, read_outlines, region_of

SQUARES = pd.DataFrame(
    {
        "region": ["1", "2", "3", "4"],
        "name": ["가온 1동", "가온2동", "중앙동", "중앙동"],
        "geometry": shapely.to_wkb(
            [shapely.box(127 + 0.01 * i, 37, 127.01 + 0.01 * i, 37.01) for i in range(4)]
        ),
    }
)  # fmt: skip


def test_points_find_their_region() -> None:
    outlines = read_outlines(SQUARES, "EPSG:5179")
    centres = outlines.geometry.centroid
    x = np.append(centres.x.to_numpy(), [np.nan, centres.x[0] + 1e5])
    y = np.append(centres.y.to_numpy(), [np.nan, centres.y[0]])
    found = region_of(outlines, x, y)
    assert found[:4].tolist() == ["1", "2", "3", "4"]
    assert found[4:].isna().all()
    assert near(outlines, x, y, 500).tolist() == [True] * 4 + [False] * 2


def test_a_point_on_a_border_or_in_two_regions_is_in_the_first_code_and_holes_are_outside() -> None:
    ring = shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))
    shapes = [shapely.box(5, 0, 20, 10), ring, shapely.Polygon()]
    outlines = gpd.GeoDataFrame({"region": ["9", "10", "11"]}, geometry=shapes, crs=5179)
    x, y = np.array([20.0, 5.0, 4.5, 7.0, 10.0, 0.0, 20.1]), np.array([5.0, 5.0, 5.0, 5.0, 10.0, 0.0, 5.0])
    assert region_of(outlines, x, y).fillna("-").tolist() == ["9", "9", "-", "10", "10", "10", "-"]
    assert region_of(outlines, x[:0], y[:0]).tolist() == []


def test_points_find_the_region_a_join_would_give() -> None:
    rng = np.random.default_rng(1)
    cells = shapely.voronoi_polygons(shapely.multipoints(rng.uniform(0, 9, (40, 2)))).geoms
    outlines = gpd.GeoDataFrame({"region": [f"{i:02}" for i in range(40)]}, geometry=list(cells), crs=5179)
    x, y = rng.uniform(-3, 12, (2, 500)).round(1)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs=5179)
    joined = gpd.sjoin(points, outlines, "left")["region"].groupby(level=0).min()
    assert region_of(outlines, x, y).fillna("-").tolist() == joined.fillna("-").tolist()


def test_area_is_in_square_kilometres() -> None:
    assert read_outlines(SQUARES, "EPSG:5179")["area_km2"].between(0.97, 0.99).all()


def test_a_word_means_a_region_only_when_one_answers() -> None:
    outlines = read_outlines(SQUARES, "EPSG:5179")
    said = pd.Series(["가온1동", "가온 2 동", "중앙동", "4", "없는동", None])
    assert match_regions(said, outlines).fillna("-").tolist() == ["1", "2", "-", "4", "-", "-"]
