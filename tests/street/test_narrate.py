"""The made-up city's report, its summary worded by a scripted model, then confirmed, then discarded."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from model_server import Turn, scripted
from sigun.cli.app import app
from sigun.report.finished import read_run
from sigun.report.narration import offered
from sigun.report.outline import rule_screen


@pytest.fixture
def run(demo_run: Path, tmp_path: Path) -> Path:
    """The run in a workspace of its own, as it may be written to."""
    (tmp_path / "sigun.toml").write_text('[sources]\nfolder = "."\n', encoding="utf-8")
    return Path(shutil.copytree(demo_run, tmp_path / "runs" / "one"))


def answer(run: Path) -> str:
    finished = read_run(run)
    sentences = offered(rule_screen(finished, "ko"), finished)
    assert sentences
    said = [{"at": at, "text": f"간추리면, {text}"} for at, (text, _claim) in enumerate(sentences)]
    return json.dumps({"sentences": [*said, {"at": 0, "text": "99건"}]}, ensure_ascii=False)


def test_worded_confirmed_discarded(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    cli = CliRunner()
    report = run / "report.html"
    with scripted([Turn(answer(run))]) as server:
        for name, value in (("URL", server.url), ("NAME", "m"), ("PLACE", "inside")):
            monkeypatch.setenv(f"SIGUN_MODEL_{name}", value)
        made = cli.invoke(app, ["narrate", str(run)])
        sent = b"".join(server.raw).decode()
    assert made.exit_code == 0, made.output
    text = report.read_text(encoding="utf-8")
    assert text.count("간추리면, ") >= 1 and "AI 초안" in text
    assert [
        n for n in json.loads(json.loads(sent)["messages"][1]["content"])["sentences"] if "{{1}}" not in n["text"]
    ] == []

    assert cli.invoke(app, ["narrate", str(run), "--confirm"]).exit_code == 0
    assert "AI 초안" not in report.read_text(encoding="utf-8")
    assert cli.invoke(app, ["narrate", str(run), "--discard"]).exit_code == 0
    assert "간추리면" not in report.read_text(encoding="utf-8")


def test_without_a_model_it_says_what_to_do(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    monkeypatch.delenv("SIGUN_MODEL_URL", raising=False)
    made = CliRunner().invoke(app, ["narrate", str(run)])
    assert made.exit_code == 11 and "SIGUN_MODEL_URL" in made.output
