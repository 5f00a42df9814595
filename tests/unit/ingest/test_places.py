"""Coordinates: recognised, converted, and refused when they cannot be what is said."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Transformer

from sigun.ingest.places import check_points, recognise, to_degrees

RNG = np.random.default_rng(7)
LON, LAT = 127.0 + RNG.uniform(0, 0.1, 50), 37.7 + RNG.uniform(0, 0.1, 50)


def metres(crs: str) -> tuple[np.ndarray, np.ndarray]:
    x, y = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform(LON, LAT)
    return np.asarray(x), np.asarray(y)


@pytest.mark.parametrize("crs", ["EPSG:5179", "EPSG:5181", "EPSG:5186"])
def test_metres_come_back_as_the_degrees_they_were(crs: str) -> None:
    lon, lat = to_degrees(*metres(crs), crs)
    np.testing.assert_allclose(lon, LON, atol=1e-7)
    np.testing.assert_allclose(lat, LAT, atol=1e-7)
    assert check_points(*metres(crs), crs, "file") is None


@pytest.mark.parametrize(
    ("crs", "found", "also"),
    [
        ("EPSG:4326", "EPSG:4326", ()),
        ("EPSG:5179", "EPSG:5179", ()),
        ("EPSG:5186", "EPSG:5186", ("EPSG:5181",)),
        ("EPSG:5181", "EPSG:5186", ("EPSG:5181",)),  # 100 km apart, both in Korea: a person has to say
        ("EPSG:32652", None, ()),
    ],
)
def test_what_coordinates_look_like(crs: str, found: str | None, also: tuple[str, ...]) -> None:
    looks = recognise(*metres(crs))
    assert (looks.crs, looks.also, looks.swapped) == (found, also, False)


def test_a_surveyors_x_is_the_northing() -> None:
    x, y = metres("EPSG:5186")
    assert recognise(y, x).swapped


@pytest.mark.parametrize(("lon", "lat"), [(LAT, LON), (LAT + 5, np.full(50, -71.1) + LON / 1e4)])
def test_swapped_columns_are_refused(lon: np.ndarray, lat: np.ndarray) -> None:
    problem = check_points(lon, lat, None, "file")
    assert problem is not None
    assert "swapped" in problem.what


def test_metres_where_degrees_are_said_name_the_systems_that_fit() -> None:
    problem = check_points(*metres("EPSG:5186"), None, "file")
    assert problem is not None
    assert "crs: EPSG:5186" in problem.remedy
    assert "crs: EPSG:5181" in problem.remedy


def test_degrees_where_metres_are_said() -> None:
    problem = check_points(LON, LAT, "EPSG:5186", "file")
    assert problem is not None
    assert "degrees" in problem.what


def test_another_system_than_the_card_says() -> None:
    problem = check_points(*metres("EPSG:5179"), "EPSG:5186", "file")
    assert problem is not None
    assert "EPSG:5179" in problem.remedy


def test_all_one_point_is_refused_but_not_for_a_handful() -> None:
    one = np.full(50, 127.0), np.full(50, 37.7)
    problem = check_points(*one, None, "file")
    assert problem is not None
    assert "same point" in problem.what
    assert check_points(one[0][:5], one[1][:5], None, "file") is None


def test_nothing_told_is_no_problem() -> None:
    assert check_points(np.array([np.nan]), np.array([np.nan]), None, "file") is None
