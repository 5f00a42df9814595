"""What a plan of tables asks and cannot have is said before a data file is opened, with the nearest names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from regional import card_of, plan_of
from sigun.catalog.match import match
from sigun.catalog.store import Catalog
from sigun.settings import Workspace

FILE = Path("plans/mine.yaml")
KINDS = {"births": "flow 명", "women": "stock 명", "price": "index"}
FACTORS: dict[str, Any] = {
    "method": "factors",
    "outcome": {"variable": "births"},
    "factors": [{"group": "주거", "variables": ["price"]}],
}


def cards() -> dict[str, Any]:
    shapes = card_of("shapes", {}, kind="outlines")
    return {
        "t": card_of("t", KINDS),
        "bare": card_of("bare", KINDS, own_regions=True, kind="areas"),
        "unsaid": unsaid(),
        "shapes": shapes,
    }


def unsaid() -> Any:
    """A card that does not say what kind of figures its columns are."""
    card = card_of("unsaid", KINDS)
    return card.model_copy(update={"fields": tuple(c.model_copy(update={"measure": None}) for c in card.fields)})


def problems(folder: Path, panel: dict[str, Any] | None = None, table: str = "t", **more: Any) -> list[str]:
    said = {"variables": [{"id": name, "table": table} for name in KINDS], **(panel or {})}
    steps = [more.pop("step")] if "step" in more else [{"method": "coverage"}]
    data = {"tables": [table], **more.pop("data", {})}
    plan = plan_of(said, [table], steps=steps, data=data, **more)
    found = match(plan, Catalog(Workspace(folder, folder), cards()), FILE)
    return [f"{p.what} | {p.where} | {p.remedy}" for p in found]


def factors(**said: Any) -> dict[str, Any]:
    return {**FACTORS, **said}


OWN = {"unit": "own", "base": None}


def test_a_factor_analysis_of_columns_that_are_there_is_no_problem(tmp_path: Path) -> None:
    step = factors(controls=["women"], estimators=["pooled", "within_twoway", "poisson"])
    assert problems(tmp_path, step={**step, "exposure": None, "weight": "women"}) == []


@pytest.mark.parametrize(
    ("said", "where", "remedy"),
    [
        ({"outcome": {"variable": "birth"}}, "steps.factors.outcome", "births"),
        ({"factors": [{"group": "g", "variables": ["prices"]}]}, "steps.factors.factors", "price"),
        ({"controls": ["womn"]}, "steps.factors.controls", "women"),
        ({"weight": "wimen"}, "steps.factors.weight", "women"),
        ({"exposure": "wimen"}, "steps.factors.exposure", "women"),
        ({"estimators": ["spatial_lag"]}, "steps.factors.estimators", "panel.neighbours"),
        ({"inference": {"errors": ["conley"]}}, "inference.errors", "data.outlines"),
        (
            {
                "estimators": ["poisson"],
                "outcome": {"variable": "price"},
                "factors": [{"group": "g", "variables": ["women"]}],
            },
            "steps.factors.outcome",
            "measure: flow",
        ),
        (
            {"estimators": ["poisson"], "exposure": "price", "factors": [{"group": "g", "variables": ["women"]}]},
            "exposure",
            "measure",
        ),
    ],
)
def test_columns_and_sizes_that_are_missing_are_said(
    tmp_path: Path, said: dict[str, Any], where: str, remedy: str
) -> None:
    (problem,) = problems(tmp_path, step=factors(**said))
    assert where in problem.split(" | ")[1] and remedy in problem.split(" | ")[2]


def test_the_effects_columns_are_looked_for_too(tmp_path: Path) -> None:
    step = {"method": "effect", "outcome": {"variable": "births"}, "treatment": {"variable": "grant"}}
    (problem,) = problems(tmp_path, step=step)
    assert "grant" in problem and "steps.effect.treatment" in problem


def test_clusters_by_sido_need_a_sido(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, OWN, step=factors(inference={"cluster": "sido"}))
    assert "cluster: region" in problem


def test_figures_of_unknown_kind_do_where_nothing_is_put_together(tmp_path: Path) -> None:
    logs = [{"id": "log_price", "op": "log", "of": "price"}]
    assert problems(tmp_path, {**OWN, "derived": logs}, table="unsaid") == []
    assert len(problems(tmp_path, table="unsaid")) == 3
    rates = [{"id": "rate", "op": "rate", "of": "births", "per": "women"}]
    (problem,) = problems(tmp_path, {**OWN, "derived": rates}, table="unsaid")
    assert "births, women" in problem and "measure" in problem
    several = [{"id": "all", "table": "unsaid", "columns": ["births", "women"]}]
    (problem,) = problems(tmp_path, {**OWN, "variables": several}, table="unsaid")
    assert "measure" in problem


def test_own_regions_are_no_official_ones(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, table="bare")
    assert "unit: own" in problem


@pytest.mark.parametrize(("panel", "table"), [({"span": "number"}, "t"), ({}, "bare")])
def test_time_means_nothing_where_no_dates_are_told(tmp_path: Path, panel: dict[str, Any], table: str) -> None:
    (problem,) = problems(tmp_path, {**OWN, **panel}, table=table, time={"start": "2010-01-01"})
    assert "`time`" in problem


@pytest.mark.parametrize("said", [{"outlines": True}, {"nearest": 3}])
def test_neighbours_from_outlines_need_outlines(tmp_path: Path, said: dict[str, Any]) -> None:
    (problem,) = problems(tmp_path, {"neighbours": said})
    assert "data.outlines" in problem
    assert problems(tmp_path, {"neighbours": said}, data={"outlines": "shapes"}) == []


def test_a_weights_file_is_looked_for_in_the_workspace_and_read(tmp_path: Path) -> None:
    asked = {"neighbours": {"file": "w.gal"}}
    (problem,) = problems(tmp_path, asked)
    assert "no weights file" in problem and str(tmp_path) in problem
    (tmp_path / "w.gal").write_text("2\na 1\nb\nb 1\na\n", encoding="utf-8")
    assert problems(tmp_path, asked) == []
    (tmp_path / "w.gal").write_text("2\na 1\nz\nb 1\nz\n", encoding="utf-8")
    assert len(problems(tmp_path, asked)) == 2


@pytest.mark.parametrize("name", ["../w.gal", "/etc/passwd", "..\\w.gal", "a/../../w.gal"])
def test_a_weights_file_outside_the_workspace_is_not_read(tmp_path: Path, name: str) -> None:
    inside = tmp_path / "ws"
    inside.mkdir()
    (tmp_path / "w.gal").write_text("0\n", encoding="utf-8")
    (problem,) = problems(inside, {"neighbours": {"file": name}})
    assert "lies outside" in problem
