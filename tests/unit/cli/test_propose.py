"""`sigun propose` on a console: what it says, where the plan goes, and what it never writes over."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sigun.cli.app import app
from sigun.plan.read import read_plan

CARE = "국공립 어린이집이 부족한 동네를 찾고 싶다"


@pytest.fixture
def workspace(workshop_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    target = tmp_path / "W"
    shutil.copytree(workshop_workspace, target)
    monkeypatch.chdir(target)
    return target


def said(*arguments: str, code: int = 0, typed: str | None = None) -> str:
    done = CliRunner().invoke(app, ["propose", *arguments], input=typed)
    assert done.exit_code == code, done.output
    return done.output


def test_a_plan_is_written_and_the_next_command_named(workspace: Path) -> None:
    output = said(CARE)
    plan = workspace / "plans" / "daycare_supply_demand.yaml"
    assert plan.is_file()
    assert f"sigun run {plan}" in output.replace("\n", "")
    assert "Understood" in output
    assert "Questions to you" in output


def test_a_second_draft_takes_the_next_free_name(workspace: Path) -> None:
    said(CARE)
    said(CARE)
    names = sorted(path.name for path in (workspace / "plans").glob("*.yaml"))
    assert names == ["daycare_supply_demand.yaml", "daycare_supply_demand_2.yaml"]


def test_a_named_file_is_never_written_over(workspace: Path) -> None:
    plan = workspace / "plans" / "mine.yaml"
    plan.write_text("mine", encoding="utf-8")
    assert "There is a file already" in said(CARE, "--out", str(plan), code=14)
    assert plan.read_text(encoding="utf-8") == "mine"


def test_refusal_and_nothing_leave_no_file(workspace: Path) -> None:
    assert "by area instead" in said("상습 민원인 순위를 뽑아줘")
    assert "Nothing in the catalogue fits" in said("전기차 충전소를 어디에 더 지어야 하나", code=14)
    assert list((workspace / "plans").glob("*.yaml")) == []


def test_json_for_programs(workspace: Path) -> None:
    told = json.loads(said(CARE, "--json"))
    assert told["verdict"] == "drafted"
    assert Path(told["plan"]).is_file()
    assert told["hits"][0]["id"] == "daycare"
    assert json.loads(said("ㅋㅋㅋ", "--json", code=14))["verdict"] == "nothing_fits"


def test_no_workspace_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "not a workspace" in said(CARE, code=11)


def test_answers_are_kept(workspace: Path) -> None:
    said(CARE, "--interactive", typed="3\n\n\n없음\n\n")
    plan = read_plan(workspace / "plans" / "daycare_supply_demand.yaml")
    assert plan.proposal is not None
    assert [one.answer for one in plan.proposal.open][:4] == ["3", "", "", "없음"]
