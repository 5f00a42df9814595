"""From a sentence to a report with three commands and no hand edit: what is planted is what the report finds."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from sigun.cli.app import app
from sigun.recipes.workshop.truth import Planted


@pytest.fixture(scope="module")
def workspace(workshop_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("street") / "W"
    shutil.copytree(workshop_workspace, target)
    return target


def reported(sentence: str, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the run of a sentence's plan."""
    monkeypatch.chdir(workspace)
    plan = workspace / "plans" / f"plan_{len(list((workspace / 'plans').glob('*.yaml')))}.yaml"
    for arguments in (
        ("propose", sentence, "--out", str(plan)),
        ("run", str(plan), "--out", str(plan.with_suffix(""))),
    ):
        done = CliRunner().invoke(app, list(arguments))
        assert done.exit_code == 0, done.output
    assert (plan.with_suffix("") / "report.html").is_file()
    return plan.with_suffix("")


def test_daycare_is_short_where_it_was_planted(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = reported("국공립 어린이집이 부족한 동네를 찾고 싶다", workspace, monkeypatch)
    areas = pd.read_parquet(run / "steps" / "supply_demand" / "areas.parquet")
    first = areas.sort_values("missing", ascending=False)["name"].head(3)
    assert {*first} == {*Planted().short_of_care}


def test_floods_grew_where_land_was_developed(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = reported("택지개발 뒤에 침수 신고가 얼마나 달라졌는지 보고 싶다", workspace, monkeypatch)
    groups = pd.read_parquet(run / "steps" / "before_after" / "groups.parquet").set_index("group")["change"]
    assert groups["treated"] > 50 and groups["comparison"] < 20
    areas = pd.read_parquet(run / "steps" / "before_after" / "areas.parquet")
    assert {*areas.loc[areas["group"] == "treated", "name"]} == {*Planted().developed}


def test_figures_at_a_glance(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = reported("시군의 인구와 재정이 어떤지 한눈에 보고 싶다", workspace, monkeypatch)
    assert (run / "steps" / "summary" / "facts.parquet").is_file()
