"""`sigun document` and `sigun schema`: there, back, and what is said of edited words."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from proposals import vehicles
from sigun.cli.app import app
from sigun.plan import read_plan
from sigun.plan.write import write_plan
from sigun.text import set_language


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    set_language("ko")
    return write_plan(vehicles(), tmp_path / "plan.yaml")


def said(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*map(str, words)])
    return result.exit_code, result.output


def test_there_and_back(plan: Path, tmp_path: Path) -> None:
    assert said("document", plan, "--to", "docx") == (0, f"기획안: {tmp_path / 'plan.docx'}\n")
    assert said("document", tmp_path / "plan.docx", "--back") == (0, f"분석계획: {tmp_path / 'vehicles_patrol.yaml'}\n")
    assert (tmp_path / "vehicles_patrol.yaml").read_bytes() == plan.read_bytes()


def test_a_file_that_is_there_is_not_written_over_unasked(plan: Path, tmp_path: Path) -> None:
    said("document", plan, "--to", "docx")
    said("document", tmp_path / "plan.docx", "--back")
    code, words = said("document", tmp_path / "plan.docx", "--back")
    assert code == 14
    assert "이미 있습니다" in words
    before = (tmp_path / "plan.docx").read_bytes()
    assert said("document", tmp_path / "plan.docx", "--to", "docx")[1] == f"기획안: {tmp_path / 'plan-2.docx'}\n"
    assert (tmp_path / "plan.docx").read_bytes() == before


def test_the_ending_says_the_format_and_a_folder_takes_the_file(plan: Path, tmp_path: Path) -> None:
    assert said("document", plan, "--out", tmp_path / "안.hwpx")[1] == f"기획안: {tmp_path / '안.hwpx'}\n"
    (tmp_path / "out").mkdir()
    assert said("document", plan, "--to", "pdf", "--out", tmp_path / "out")[0] == 0
    assert read_plan(tmp_path / "out" / "plan.pdf") == vehicles()


def test_a_place_that_cannot_be_written_to_is_said(plan: Path) -> None:
    code, words = said("document", plan, "--out", plan / "below.html")
    assert code == 16
    assert "below.html" in words


def test_edited_words_are_told(plan: Path, tmp_path: Path) -> None:
    said("document", plan, "--to", "docx")
    document = docx.Document(str(tmp_path / "plan.docx"))
    document.add_paragraph("나중에 더한 글")
    document.save(str(tmp_path / "edited.docx"))
    code, words = said("document", tmp_path / "edited.docx", "--back", "--out", tmp_path / "out.yaml")
    assert code == 0
    assert words.startswith("! 문서의 글이 안의 계획과 다릅니다.")
    assert read_plan(tmp_path / "out.yaml") == vehicles()


def test_the_other_language(plan: Path, tmp_path: Path) -> None:
    said("--lang=en", "document", plan, "--out", tmp_path / "en.html")
    text = (tmp_path / "en.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in text
    assert "Problem and questions" in text


def test_a_format_nobody_writes(plan: Path) -> None:
    code, words = said("document", plan, "--to", "odt")
    assert code == 14
    assert "html, docx, hwpx, pdf" in words


def test_the_schema(tmp_path: Path) -> None:
    code, printed = said("schema")
    assert code == 0
    said("schema", "--out", tmp_path / "plan.schema.json")
    assert json.loads(printed) == json.loads((tmp_path / "plan.schema.json").read_text(encoding="utf-8"))
