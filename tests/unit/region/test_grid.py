"""Cells: where they begin, and which belong to the study area."""

import numpy as np
import pytest

from sigun.region.grid import metric_crs, project, study_cells, unproject


@pytest.mark.parametrize(
    ("lon", "lat", "crs"),
    [
        (127.0, 37.5, "EPSG:5179"),
        (126.5, 33.4, "EPSG:5179"),
        (-71.06, 42.36, "EPSG:32619"),
        (18.4, -33.9, "EPSG:32734"),
    ],
)
def test_each_city_has_its_metric_crs(lon: float, lat: float, crs: str) -> None:
    assert metric_crs(np.array([lon, np.nan]), np.array([lat, np.nan])) == crs


def test_there_and_back_again() -> None:
    lon, lat = np.array([127.05, 126.9]), np.array([37.7, 37.75])
    back = unproject(*project(lon, lat, "EPSG:5179"), "EPSG:5179")
    assert np.allclose(back, (lon, lat), atol=1e-9)


def test_a_point_that_cannot_be_placed_is_missing() -> None:
    x, y = project(np.array([np.nan, 127.0]), np.array([np.nan, 37.0]), "EPSG:5179")
    assert np.isnan(x[0])
    assert np.isfinite(y[1])


def test_a_hole_in_the_study_area_is_filled() -> None:
    ring = [(x, y) for x in range(0, 9) for y in range(0, 9) if x in (0, 8) or y in (0, 8)]
    xs, ys = study_cells(*np.array(ring).T)
    assert len(xs) == 11 * 11
    assert (4, 4) in set(zip(xs.tolist(), ys.tolist(), strict=True))


def test_no_events_no_cells() -> None:
    none = np.empty(0, np.int64)
    assert len(study_cells(none, none)[0]) == 0
