"""A table of ways laid over places: nearest points, last metres, what is not told, directions that differ."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sigun.analysis.patrol.roads import NEAR, roads_among
from sigun.errors import MethodError
from sigun.region.grid import unproject

CRS = "EPSG:5179"
X = np.array([0.0, 1000.0, 2000.0])
Y = np.zeros(3)


def table(*ways: tuple[float, float, float, float]) -> pd.DataFrame:
    """Ways along the x axis: from, to (metres), minutes, km."""
    start, end, minutes, km = np.array(ways).T
    from_lon, from_lat = unproject(start, np.zeros(len(start)), CRS)
    to_lon, to_lat = unproject(end, np.zeros(len(end)), CRS)
    ends = {"from_longitude": from_lon, "from_latitude": from_lat, "to_longitude": to_lon, "to_latitude": to_lat}
    return pd.DataFrame(ends | {"minutes": minutes, "km": km})


def minutes(travel: pd.DataFrame, x: np.ndarray = X) -> np.ndarray:
    joined = roads_among(travel, CRS, 30.0, X, Y).joined(x, np.zeros(len(x)))
    return joined.between("minutes", np.arange(len(x)), 100.0)


def test_each_direction_has_its_own_minutes() -> None:
    found = minutes(table((0, 1000, 3, np.nan), (1000, 0, 5, np.nan)))
    assert found[0, 1] == pytest.approx(3, abs=0.01) and found[1, 0] == pytest.approx(5, abs=0.01)


def test_what_is_not_told_stays_open() -> None:
    found = minutes(table((0, 1000, 3, np.nan)))
    assert np.isnan(found[1, 0]) and np.isnan(found[0, 2])
    assert np.isnan(np.diag(found)).all()


def test_kilometres_make_minutes_where_no_minutes_are_told() -> None:
    assert minutes(table((0, 1000, np.nan, 1.5)))[0, 1] == pytest.approx(1.5 / 30 * 60, abs=0.01)


def test_the_last_metres_are_added_at_both_ends() -> None:
    found = minutes(table((0, 1000, 3, np.nan)), np.array([100.0, 1300.0]))
    assert found[0, 1] == pytest.approx(3 + (100 + 300) / 100, abs=0.01)


def test_places_far_from_every_point_have_no_way_and_two_at_one_point_neither() -> None:
    travel = table((0, 1000, 3, np.nan), (1000, 0, 3, np.nan))
    roads = roads_among(travel, CRS, 30.0, X, Y)
    joined = roads.joined(np.array([0.0, 1000.0 + NEAR + 1, 40.0]), np.zeros(3))
    assert joined.near().tolist() == [True, False, True]
    assert np.isnan(joined.between("minutes", np.arange(3), 100.0)).all()


def test_points_of_another_city_are_left_out() -> None:
    travel = table((0, 1000, 3, np.nan), (90_000, 91_000, 3, np.nan), (0, 90_000, 60, np.nan))
    assert roads_among(travel, CRS, 30.0, X, Y).minutes.shape == (2, 2)


def test_a_table_that_is_nowhere_near_is_refused() -> None:
    with pytest.raises(MethodError, match="None of the 2 points"):
        roads_among(table((90_000, 91_000, 3, np.nan)), CRS, 30.0, X, Y)
