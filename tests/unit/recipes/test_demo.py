"""The demo: raw files of a made-up city through the ordinary doors, marked as made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigun.analysis.methods import METHODS
from sigun.catalog.match import OF_BOTH, OF_TABLES
from sigun.catalog.store import read_catalog
from sigun.errors import SettingsError
from sigun.plan import read_plan
from sigun.recipes.demo import run_demo
from sigun.recipes.vehicles import files
from sigun.run import How
from sigun.settings import open_workspace
from workspaces import manifest


def test_every_file_of_the_city_is_in_the_catalogue_and_marked_as_made_up(demo_workspace: Path) -> None:
    cards = read_catalog(open_workspace(demo_workspace)).cards.values()
    written = {value for name, value in vars(files).items() if name.endswith("_FILE")}
    assert {Path(card.file).name for card in cards} == written
    assert all(card.made_up and card.licence == "CC0-1.0" for card in cards)
    assert {card.kind: card.grade for card in cards if card.grade != "O"} == {"area_periods": "S", "events": "S"}


def test_the_register_is_sealed_and_the_plan_asks_everything(demo_workspace: Path) -> None:
    workspace = open_workspace(demo_workspace)
    plan = read_plan(workspace.plans / "vehicles.yaml")
    assert read_catalog(workspace).card(plan.data.events).file.startswith("data/sealed/")
    assert {step.method for step in plan.steps} == set(METHODS) - OF_TABLES - OF_BOTH


def test_the_report_says_that_it_is_made_up(demo_run: Path) -> None:
    assert manifest(demo_run / "report.html")["made_up"] is True
    assert "모의" in (demo_run / "report.html").read_text(encoding="utf-8")


def test_a_second_demo_in_the_same_place_is_the_same_run(demo_workspace: Path, demo_run: Path) -> None:
    said: list[str] = []
    how = How(progress=lambda what, _done, _all: said.append(what))
    before = (demo_run / "manifest.json").read_bytes()
    assert run_demo("vehicles", demo_workspace, how).parent == demo_run
    assert "simulating the city" not in said
    assert (demo_run / "manifest.json").read_bytes() == before


def test_an_unknown_demo_leaves_no_trace(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="elderly"):
        run_demo("elderly", tmp_path / "ws", How())
    assert not (tmp_path / "ws").exists()
