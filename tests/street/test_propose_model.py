"""A sentence, a draft worded by a scripted model, a conversation at the console: by the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from model_server import Turn, scripted
from sigun.cli.app import app
from sigun.plan.read import read_plan

SENTENCE = "국공립 어린이집이 부족한 동네를 찾고 싶다"
BETTER = "어린이집이 모자라다는 민원이 있어, 어느 동네부터 살필지 자료로 정하고자 한다."


@pytest.fixture
def here(workshop_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the workshop's workspace, and the console in it."""
    folder = Path(shutil.copytree(workshop_workspace, tmp_path / "w", ignore=shutil.ignore_patterns("runs", "plans")))
    (folder / "plans").mkdir()
    monkeypatch.chdir(folder)
    for name in ("URL", "NAME", "PLACE", "KEY", "GRADES", "TIMEOUT"):
        monkeypatch.delenv(f"SIGUN_MODEL_{name}", raising=False)
    return folder


def test_a_model_words_the_draft(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = json.dumps({"words": {"background": BETTER, "problem": "부족이 3배로 늘었다."}}, ensure_ascii=False)
    with scripted([Turn(answer)]) as server:
        for name, value in (("URL", server.url), ("NAME", "m"), ("PLACE", "inside"), ("TIMEOUT", "5")):
            monkeypatch.setenv(f"SIGUN_MODEL_{name}", value)
        made = CliRunner().invoke(app, ["propose", SENTENCE, "--model", "--out", "plans/a.yaml"])
    assert made.exit_code == 0, made.output
    plan = read_plan(here / "plans" / "a.yaml")
    assert plan.proposal is not None and plan.proposal.background == BETTER
    assert plan.proposal.by["background"].by == "model" and "3배" not in plan.proposal.problem
    shown = CliRunner().invoke(app, ["document", "plans/a.yaml", "--to", "html", "--out", "a.html"])
    assert shown.exit_code == 0 and "AI 초안" in (here / "a.html").read_text(encoding="utf-8")


def test_a_model_that_is_down_leaves_the_rule_draft(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("URL", "http://127.0.0.1:9/v1"), ("NAME", "m"), ("PLACE", "inside"), ("TIMEOUT", "2")):
        monkeypatch.setenv(f"SIGUN_MODEL_{name}", value)
    made = CliRunner().invoke(app, ["propose", SENTENCE, "--model", "--out", "plans/a.yaml"])
    assert made.exit_code == 0 and read_plan(here / "plans" / "a.yaml").proposal is not None


def test_without_a_model_it_says_how_to_set_one_up(here: Path) -> None:
    made = CliRunner().invoke(app, ["propose", SENTENCE, "--model"])
    assert made.exit_code == 11 and "SIGUN_MODEL_URL" in made.output
    assert not list((here / "plans").iterdir())


def test_questions_are_answered_and_the_draft_is_changed_by_saying_so(here: Path) -> None:
    asked = "\n".join(["", "", "", "", "", "3km 이내로", "예산은 없음", "되돌려", "끝", ""])
    made = CliRunner().invoke(app, ["propose", SENTENCE, "--interactive", "--out", "plans/a.yaml"], input=asked)
    assert made.exit_code == 0, made.output
    plan = read_plan(here / "plans" / "a.yaml")
    step = plan.step("supply_demand")
    assert getattr(step, "within_km", None) == 3
    assert plan.proposal is not None and plan.proposal.budget == ""  # taken back
    assert (here / "plans" / "a.talk.jsonl").is_file()
