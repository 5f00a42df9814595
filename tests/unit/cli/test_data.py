"""`sigun data add` where nobody can be asked: what it says. The figures are made up."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from sigun.cli.app import app
from sigun.settings import lay_workspace

SAID = "Questions are asked at a console only"


def test_answers_through_a_pipe_are_not_passed_over_in_silence(tmp_path: Path) -> None:
    ws = lay_workspace(tmp_path / "ws")
    file = tmp_path / "표.csv"
    rows = "".join(f"서울특별시,{gu},{y},{n}\n" for gu in ("종로구", "중구") for y, n in ((2019, 1), (2020, 2)))
    file.write_text("시도,시군구,연도,무언가\n" + rows, encoding="utf-8")
    words = ["data", "add", str(file), "--workspace", str(ws.root)]
    done = CliRunner().invoke(app, words, input="2\n2\n")
    assert done.exit_code == 0, done.output
    assert done.output.count(SAID) == 1
    asked_for = CliRunner().invoke(app, [*words, "--yes", "--new"])
    assert SAID not in asked_for.output
