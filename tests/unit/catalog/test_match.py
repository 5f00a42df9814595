"""What a plan asks and the catalogue lacks: all of it, each with where it stands and the nearest names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from builders import card_of, plan_of
from sigun.catalog.match import match
from sigun.catalog.store import Catalog
from sigun.plan.model import Data, Space
from sigun.plan.steps import AreaFactors, Hotspot, Occurrence, Trend, Weather
from sigun.settings import Workspace

ROOT = Path()
FILE = Path("plans/mine.yaml")


def values(*names: str) -> list[dict[str, Any]]:
    return [{"name": n, "id": n, "role": "value", "type": "number"} for n in names]


CATALOG = Catalog(
    Workspace(ROOT, ROOT),
    {
        "reports": card_of(),
        "shapes": card_of(id="shapes", kind="outlines"),
        "people": card_of(id="people", kind="areas", fields=values("population", "homes")),
        "floating": card_of(id="floating", kind="area_periods", fields=values("visitors")),
        "kma": card_of(id="kma", kind="weather", fields=values("rain", "wind")),
    },
)
ALL = {"outlines": "shapes", "areas": ("people",), "area_periods": ("floating",), "weather": "kma"}


def problems(*steps: Any, space: Space | None = None, **data: Any) -> list[tuple[str, str, str]]:
    asked = {"data": Data(events=data.pop("events", "reports"), **data)} | ({"space": space} if space else {})
    plan = plan_of(steps=steps or (Trend(method="trend"),)).model_copy(update=asked)
    return [(p.what, p.where, p.remedy) for p in match(plan, CATALOG, FILE)]


def test_a_plan_the_catalogue_can_answer_has_no_problem() -> None:
    steps = (
        AreaFactors(method="area_factors", columns=("homes", "visitors"), exposure="population"),
        Hotspot(method="hotspot", exposure="area_km2"),
        Weather(method="weather", columns=("rain",)),
    )
    assert problems(*steps, **ALL) == []


@pytest.mark.parametrize(
    ("data", "where", "remedy"),
    [
        ({"events": "report"}, "data.events", "reports"),
        ({"events": "zz"}, "data.events", "reports"),  # nothing alike: those of the right kind
        ({"outlines": "shape"}, "data.outlines", "shapes"),
        ({"areas": ("people", "peeple")}, "data.areas", "people"),
        ({"addresses": "zz"}, "data.addresses", "Add the file"),
    ],
)
def test_a_data_set_that_is_not_there(data: dict[str, Any], where: str, remedy: str) -> None:
    ((what, place, do),) = problems(**data)
    assert "There is no data set" in what
    assert place == f"{FILE}: {where}"
    assert remedy in do


@pytest.mark.parametrize("role", ["outlines", "weather", "addresses"])
def test_a_data_set_of_another_kind(role: str) -> None:
    ((what, place, _do),) = problems(**{role: "people"})
    assert what == f"“people” is a data set of kind “areas”, not “{role}”."
    assert place == f"{FILE}: data.{role}"


@pytest.mark.parametrize(
    ("step", "column", "near"),
    [
        (Hotspot(method="hotspot", exposure="populaton"), "populaton", "population"),
        (AreaFactors(method="area_factors", columns=("home",)), "home", "homes"),
        (Occurrence(method="occurrence", exposure="populaton"), "populaton", "population"),
        (AreaFactors(method="area_factors", columns=("zzz",)), "zzz", "homes, population, visitors"),
        (Weather(method="weather", columns=("homes",)), "homes", "rain, wind"),
    ],
)
def test_a_column_that_is_not_there(step: Any, column: str, near: str) -> None:
    ((what, place, do),) = problems(step, **ALL)
    assert f"“{column}”" in what
    assert place == f"{FILE}: steps.{step.method}"
    assert near in do


@pytest.mark.parametrize(
    ("step", "data", "where"),
    [
        (Weather(method="weather"), {}, "data.weather"),
        (AreaFactors(method="area_factors"), {"outlines": "shapes"}, "data.areas"),
        (AreaFactors(method="area_factors"), {"areas": ("people",)}, "data.outlines"),
        (Occurrence(method="occurrence"), {"outlines": "shapes"}, "data.areas"),
        (Occurrence(method="occurrence"), {"areas": ("people",)}, "data.outlines"),
        (
            Occurrence(method="occurrence", fixed_effects="region"),
            {"areas": ("people",), "outlines": "shapes"},
            "data.area_periods",
        ),
    ],
)
def test_a_step_whose_data_the_plan_does_not_name(step: Any, data: dict[str, Any], where: str) -> None:
    ((what, place, _do),) = problems(step, **data)
    assert what == f"Step “{step.method}” needs a data set under {where}."
    assert place == f"{FILE}: steps.{step.method}"


def test_forecasts_by_area_need_outlines() -> None:
    by_area = Space(crs="EPSG:5179", unit="area")
    assert [where for _, where, _ in problems(space=by_area)] == [f"{FILE}: space.unit"]
    assert problems(space=by_area, outlines="shapes") == []


@pytest.mark.parametrize(
    ("crs", "good"),
    [("EPSG:5179", True), ("EPSG:32619", True), ("EPSG:4326", False), ("EPSG:2263", False), ("EPSG:999999", False)],
)
def test_a_crs_is_a_known_projection_in_metres(crs: str, good: bool) -> None:
    assert [where for _, where, _ in problems(space=Space(crs=crs))] == ([] if good else [f"{FILE}: space.crs"])


def test_every_problem_comes_at_once() -> None:
    step = Hotspot(method="hotspot", exposure="zzz")
    assert len(problems(step, Weather(method="weather"), events="zz", outlines="kma")) == 4


def test_a_register_is_no_second_source_of_itself() -> None:
    ((what, where, _remedy),) = problems(second_source="reports")
    assert "same data set" in what
    assert where.endswith("data.second_source")


def test_a_column_constant_in_time_is_refused_where_months_are_compared() -> None:
    asked = ("homes", "visitors")
    ((what, where, do),) = problems(Occurrence(method="occurrence", columns=asked, fixed_effects="region"), **ALL)
    assert what.startswith("“homes” has one value for each area and never changes over time")
    assert where == f"{FILE}: steps.occurrence.columns"
    assert "fixed_effects: none" in do
    assert problems(Occurrence(method="occurrence", columns=asked), **ALL) == []
