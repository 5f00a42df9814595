"""Cutting at a day, choosing a CRS, placing events in regions, naming regions of tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from sigun.panel.align import choose_crs, cut, place, to_regions
from sigun.region.grid import project

CRS = "EPSG:5179"
SIDE = 0.01  # degrees, about a kilometre
WEST, SOUTH = 127.0, 37.5


def raw(*rows: dict[str, Any]) -> pd.DataFrame:
    """Events as a snapshot holds them; what is not given is missing."""
    empty = {"occurred_at": "2024-01-01", "updated_at": None, "closed_at": None, "outcome": None, "duplicate_of": None}
    empty |= {"longitude": np.nan, "latitude": np.nan, "area_said": None}
    frame = pd.DataFrame([{"row": i} | empty | row for i, row in enumerate(rows)])
    for name in ("occurred_at", "updated_at", "closed_at"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    return frame.astype({"outcome": "str", "duplicate_of": "str", "area_said": "str"})


@pytest.fixture
def outlines() -> Any:
    """Two squares side by side, each with a code and a name."""
    squares = [shapely.box(WEST + i * SIDE, SOUTH, WEST + (i + 1) * SIDE, SOUTH + SIDE) for i in range(2)]
    return gpd.GeoDataFrame({"region": ["11", "12"], "name": ["가동", "나동"]}, geometry=squares, crs=4326).to_crs(CRS)


@pytest.mark.parametrize(
    ("occurred_at", "kept"),
    [
        ("2024-02-29 23:59:59.999999", False),
        ("2024-03-01 00:00", True),
        ("2024-03-31 23:59:59.999999", True),
        ("2024-04-01 00:00", False),
        (None, False),
    ],
)
def test_events_strictly_before_the_end_and_not_before_the_start(occurred_at: str | None, kept: bool) -> None:
    assert len(cut(raw({"occurred_at": occurred_at}), date(2024, 3, 1), date(2024, 4, 1))) == kept


@pytest.mark.parametrize(
    ("times", "outcome", "updated", "closed"),
    [
        ({"updated_at": "2024-03-31 23:59"}, True, True, False),
        ({"updated_at": "2024-04-01"}, False, False, False),
        ({"updated_at": "2024-05-01", "closed_at": "2024-03-02"}, False, False, True),
        ({"updated_at": "2024-03-02", "closed_at": "2024-05-01"}, True, True, False),
        ({"closed_at": "2024-03-02"}, True, False, True),
        ({"closed_at": "2024-04-01"}, False, False, False),
        ({}, True, False, False),  # nobody says when: it is taken as told with the report
    ],
)
def test_a_status_set_at_or_after_the_end_is_not_known(
    times: dict[str, str], outcome: bool, updated: bool, closed: bool
) -> None:
    event = raw({"occurred_at": "2024-03-01", "outcome": "duplicate", "duplicate_of": "r9"} | times)
    (known,) = cut(event, None, date(2024, 4, 1)).to_dict("records")
    seen = {name: bool(pd.notna(known[name])) for name in ("outcome", "duplicate_of", "updated_at", "closed_at")}
    assert seen == {"outcome": outcome, "duplicate_of": outcome, "updated_at": updated, "closed_at": closed}


def test_without_an_end_every_status_is_known_and_nothing_given_is_changed() -> None:
    events = raw(
        {"occurred_at": "2024-03-02", "updated_at": "2030-01-01", "outcome": "confirmed"},
        {"occurred_at": "2024-03-01"},
        {"occurred_at": "2024-03-01"},
    )
    before = events.copy()
    assert cut(events, None, None)["row"].tolist() == [1, 2, 0]
    assert cut(events, None, None)["outcome"].tolist()[2] == "confirmed"
    cut(events, None, date(2024, 4, 1))
    pd.testing.assert_frame_equal(events, before)


def test_a_region_is_the_one_the_point_lies_in_else_the_one_said(outlines: Any) -> None:
    events = raw(
        {"longitude": WEST + SIDE / 2, "latitude": SOUTH + SIDE / 2, "area_said": "나동"},  # the point wins
        {"area_said": "나 동"},
        {"area_said": "11"},
        {"area_said": "다동"},
        {"longitude": WEST - 1, "latitude": SOUTH, "area_said": "가동"},
        {},
    )
    placed = place(events, outlines, CRS, 500)
    assert placed["region"].fillna("").tolist() == ["11", "12", "11", "", "11", ""]
    assert placed["inside"].tolist() == [True, True, True, True, False, True]
    x, y = project(np.array([WEST + SIDE / 2]), np.array([SOUTH + SIDE / 2]), CRS)
    assert placed.loc[0, ["x", "y"]].tolist() == pytest.approx([x[0], y[0]])
    assert placed["x"].isna().tolist() == [False, True, True, True, False, True]


def test_a_point_within_a_cell_of_the_city_is_still_in_it(outlines: Any) -> None:
    east = WEST + 2 * SIDE
    metre = SIDE / 884  # of longitude at this latitude, about
    events = raw(*({"longitude": east + d * metre, "latitude": SOUTH + SIDE / 2} for d in (400, 600)))
    assert place(events, outlines, CRS, 500)["inside"].tolist() == [True, False]


def test_without_outlines_the_word_said_is_the_region_and_far_places_are_outside() -> None:
    city = [{"longitude": WEST + i / 100, "latitude": SOUTH, "area_said": "가동"} for i in range(5)]
    far = [{"longitude": WEST + 1.5, "latitude": SOUTH}, {"longitude": 0.0, "latitude": 0.0}]
    placed = place(raw(*city, *far, {"area_said": "나동"}), None, CRS, 500)
    assert placed["inside"].tolist() == [*[True] * 5, False, False, True]
    assert placed["region"].dropna().tolist() == [*["가동"] * 5, "나동"]


def test_events_without_a_single_point_are_placed_by_name_alone() -> None:
    placed = place(raw({"area_said": "가동"}, {"area_said": "나동"}), None, CRS, 500)
    assert placed["region"].tolist() == ["가동", "나동"]
    assert placed["inside"].all()


@pytest.mark.parametrize(
    ("said", "longitude", "with_outlines", "crs"),
    [
        ("EPSG:32652", WEST, True, "EPSG:32652"),
        (None, WEST, False, "EPSG:5179"),
        (None, -71.1, False, "EPSG:32619"),
        (None, -71.1, True, "EPSG:5179"),  # the outlines know better than a stray event
    ],
)
def test_the_crs_is_the_plans_or_that_of_the_place(
    said: str | None, longitude: float, with_outlines: bool, crs: str
) -> None:
    shapes = pd.DataFrame({"geometry": [shapely.to_wkb(shapely.box(WEST, SOUTH, WEST + 1, SOUTH + 1))]})
    events = raw({"longitude": longitude, "latitude": 42.3 if longitude < 0 else SOUTH}, {})
    assert choose_crs(said, events, shapes if with_outlines else None) == crs


def test_without_any_point_a_crs_is_still_chosen() -> None:
    assert choose_crs(None, raw({"area_said": "가동"}), None) == "EPSG:5179"


def test_tables_by_name_or_code_and_the_names_nobody_knows(outlines: Any) -> None:
    table = pd.DataFrame(
        {
            "region": pd.Series([None, "12", None, None, "99"], dtype="str"),
            "region_name": pd.Series(["가 동", "나동", "다동", None, "나동"], dtype="str"),
            "population": [10, 20, 30, 40, 50],
        }
    )
    kept, lost = to_regions(table, outlines)
    assert kept["region"].tolist() == ["11", "12", "12"]
    assert kept["population"].tolist() == [10, 20, 50]
    assert lost == ["다동"]
