"""What supply and demand mean, in a row of four squares of two kilometres: 가람, 나래, 다솜 and 라온."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from care import CHILDREN, PLACES, REPORTS, TABLES, plan_of, town
from sigun.analysis.supply.step import supply_demand
from sigun.panel.build import build_panel, collect
from sigun.panel.facilities import spread
from sigun.panel.regional.build import build_region_panel
from sigun.plan.steps import SupplyDemand
from sigun.result import Result
from sigun.run import open_plan


def asked(folder: Path, step: str, reports: bool = False, **made: Any) -> Result:
    """The step carried out on a town, without a report."""
    file = plan_of(town(folder, reports=reports, **made), step, REPORTS if reports else TABLES)
    plan, catalog = open_plan(file)
    material = collect(plan, catalog)
    panel = build_panel(plan, material) if reports else build_region_panel(plan, material)
    found = plan.step("supply_demand")
    assert isinstance(found, SupplyDemand)
    return supply_demand(found, panel, np.random.default_rng(1))


def column(result: Result, name: str) -> dict[str, Any]:
    """One column of the areas by name."""
    areas = result.tables["areas"]
    return dict(zip(areas["name"], areas[name], strict=True))


def said(result: Result) -> str:
    return " ".join(map(str, result.cautions))


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = tmp_path_factory.mktemp("care") / "ws"
    return asked(folder, "capacity: capacity, enrolled: enrolled, waiting: waiting, within_km: 2")


def test_what_is_inside_is_added_up(result: Result) -> None:
    assert column(result, "capacity") == {"가람동": 20, "나래동": 40, "다솜동": 60, "라온동": 0}
    assert column(result, "used") == pytest.approx(
        {"가람동": 1, "나래동": 0.75, "다솜동": 0.5, "라온동": np.nan}, nan_ok=True
    )
    assert column(result, "balance")["가람동"] == pytest.approx(5)  # 20 for 400, per 100
    assert column(result, "waiting_rate")["가람동"] == pytest.approx(9 / 400 * 100)


def test_demand_is_that_of_the_last_period(result: Result) -> None:
    assert column(result, "demand") == CHILDREN  # half as many the year before
    assert result.fact("demand_period").value == "2023"


def test_all_that_is_held_is_handed_out(result: Result) -> None:
    areas = result.tables["areas"]
    assert float(areas["demand"] @ areas["access"]) / 100 == pytest.approx(120)


def test_missing_is_set_against_all_together(result: Result) -> None:
    assert result.fact("target").value == pytest.approx(120 / 600 * 100)
    access, missing = column(result, "access"), column(result, "missing")
    assert missing["가람동"] == pytest.approx(400 * (20 - access["가람동"]) / 100)
    assert missing["다솜동"] == 0
    assert column(result, "rank") == {"가람동": 1, "나래동": 0, "다솜동": 0, "라온동": 0}


def test_where_nobody_needs_any_nothing_is_missing(result: Result) -> None:
    assert column(result, "missing")["라온동"] == 0
    assert column(result, "state")["라온동"] == ""


def test_the_distance_to_the_nearest_is_a_mean_over_the_area(result: Result) -> None:
    # Of a square of side a, the mean distance to its middle is 0.3826 a.
    assert column(result, "nearest_km")["가람동"] == pytest.approx(0.3826 * 2, rel=0.15)


def test_both_kinds_of_plan_say_the_same(result: Result, tmp_path: Path) -> None:
    step = "capacity: capacity, enrolled: enrolled, waiting: waiting, within_km: 2"
    other = asked(tmp_path / "ws", step, reports=True)
    pd.testing.assert_frame_equal(other.tables["areas"], result.tables["areas"])
    pd.testing.assert_frame_equal(other.tables["sensitivity"], result.tables["sensitivity"])


def test_only_the_kinds_asked_for_count(tmp_path: Path) -> None:
    found = asked(tmp_path / "ws", "capacity: capacity, kinds: [국공립], within_km: 2")
    assert column(found, "capacity") == {"가람동": 20, "나래동": 0, "다솜동": 60, "라온동": 0}
    assert "1 places of other kinds" in said(found)


def test_without_a_capacity_each_place_is_one(tmp_path: Path) -> None:
    found = asked(tmp_path / "ws", "within_km: 2")
    assert column(found, "capacity") == {"가람동": 1, "나래동": 1, "다솜동": 1, "라온동": 0}
    assert "each place counts as one" in said(found)


def test_a_place_on_the_border_serves_both_sides(tmp_path: Path) -> None:
    children = {"가람동": 100.0, "나래동": 100.0}
    border = [("A1", "국공립", 1.999, 1.0, 30, 30, 0)]
    found = asked(tmp_path / "ws", "capacity: capacity, within_km: 3, decay: none", places=border, children=children)
    assert column(found, "capacity") == {"가람동": 30, "나래동": 0}
    assert column(found, "access") == pytest.approx({"가람동": 15, "나래동": 15})


def test_what_is_inside_is_shared_with_neighbours_that_have_none(tmp_path: Path) -> None:
    children = {"가람동": 100.0, "나래동": 100.0, "다솜동": 100.0}
    places = [("A1", "국공립", 1.9, 1.0, 24, 24, 0), ("A2", "국공립", 5.0, 1.0, 60, 30, 0)]
    found = asked(tmp_path / "ws", "capacity: capacity, within_km: 2, decay: none", places=places, children=children)
    assert found.fact("target").value == pytest.approx(28)
    assert column(found, "state") == {"가람동": "lacking", "나래동": "served", "다솜동": "enough"}
    few = [("A1", "국공립", 1.9, 1.0, 30, 24, 0), ("A2", "국공립", 5.9, 1.0, 50, 30, 0)]
    found = asked(tmp_path / "other", "capacity: capacity, within_km: 2, decay: none", places=few, children=children)
    assert column(found, "state")["가람동"] == "shared"  # 30 inside, of 26.7, but half of it for 나래동


def test_places_left_out_are_counted(tmp_path: Path) -> None:
    places = [*PLACES, ("A4", "민간", 30.0, 30.0, 50, 0, 0), ("A5", "민간", 1.2, 1.0, "", 0, 0)]
    found = asked(tmp_path / "ws", "capacity: capacity, within_km: 2", places=places)
    assert found.fact("places").value == 3
    assert "1 places outside every outline" in said(found)
    assert "1 places that do not tell what they hold" in said(found)


def test_an_area_without_a_known_demand_is_left_out_and_named(tmp_path: Path) -> None:
    children = {**CHILDREN, "다솜동": "X"}
    found = asked(tmp_path / "ws", "capacity: capacity, within_km: 2", children=children, years=range(2018, 2024))
    assert set(column(found, "rank")) == {"가람동", "나래동", "라온동"}
    assert "1 areas tell no demand and were left out: 다솜동" in said(found)
    assert "In 1 areas the demand is hidden" in said(found)
    assert "1 places in areas that are left out" in said(found)
    assert found.fact("target").value == pytest.approx(60 / 500 * 100)  # neither its children nor its seats


def test_trust_is_how_many_ways_of_counting_agree(result: Result) -> None:
    settings = result.tables["sensitivity"]
    assert settings[["within_km", "decay"]].to_numpy().tolist() == [
        [2.0, "gaussian"],
        [1.5, "gaussian"],
        [3.0, "gaussian"],
        [2.0, "step"],
        [2.0, "none"],
    ]
    assert (settings["kept"] == settings["first"]).all()
    assert column(result, "trust")["가람동"] == "firm"
    assert settings["alike"].iloc[0] == 1


def test_places_beyond_anybodys_reach_are_told(tmp_path: Path) -> None:
    places = [*PLACES, ("A4", "민간", 7.0, 1.0, 80, 0, 0)]  # in 라온동, where nobody lives
    found = asked(tmp_path / "ws", "capacity: capacity, within_km: 0.9", places=places)
    row = found.tables["places"].set_index("id").loc["A4"]
    assert np.isnan(row["ratio"])
    assert "have nobody within the distance" in said(found)


def test_points_stand_inside_and_are_the_same_every_time() -> None:
    import geopandas as gpd
    import shapely

    ring = shapely.Point(0, 0).buffer(3000).difference(shapely.Point(0, 0).buffer(2500))
    thin = shapely.box(0, 0, 10_000, 1)
    shapes = gpd.GeoDataFrame(
        {"region": ["a", "b", "c"]}, geometry=[ring, thin, shapely.box(0, 0, 4000, 4000)], crs=5179
    )
    points = spread(shapes, 1000.0)
    assert points.equals(spread(shapes, 1000.0))
    for region, shape in zip(shapes["region"], shapes.geometry, strict=True):
        own = points[points["region"] == region]
        assert 1 <= len(own) <= 400
        assert shapely.covers(shape, shapely.points(own["x"], own["y"])).all()
    square = points[points["region"] == "c"]
    assert square[["x", "y"]].mean().tolist() == pytest.approx([2000.0, 2000.0])
    assert np.diff(np.unique(square["x"])).max() <= 1000
