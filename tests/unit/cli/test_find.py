"""`sigun find`: a list of data sets, a workspace, nothing that fits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sigun.cli.app import app
from sigun.settings import lay_workspace


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text("id,title,provider\ntowed,무단방치 차량 신고,가람시\nparks,[공원] 현황,가람시\n", encoding="utf-8")
    return path


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["find", *map(str, words)])
    return done.exit_code, done.output


def test_a_list_without_a_workspace(listed: Path, tmp_path: Path) -> None:
    code, said = run("버려진 차가 어디에 생길지 미리 알고 싶다", "--in", listed, "--workspace", tmp_path)
    assert code == 0
    assert "Forecast" in said
    assert "1. 무단방치 차량 신고 [towed]" in said
    assert "자동차 등록 현황" in said  # lacking
    assert "국토교통부" in said


def test_json(listed: Path) -> None:
    code, said = run("산책할 공원", "--in", listed, "--json", "--top", 1)
    told = json.loads(said)
    assert code == 0
    assert [(hit["id"], hit["title"]) for hit in told["hits"]] == [("parks", "[공원] 현황")]
    assert told["hits"][0]["why"]


def test_an_empty_workspace_and_its_index(tmp_path: Path, listed: Path) -> None:
    ws = lay_workspace(tmp_path / "ws")
    code, said = run("방치 차량", "--workspace", ws.root)
    assert code == 0
    assert "sigun data add" in said
    assert run("방치 차량", "--in", listed, "--workspace", ws.root)[0] == 0
    assert list((ws.root / ".sigun").glob("search-*.sqlite"))


def test_nothing_fits(listed: Path) -> None:
    code, said = run("우주선 발사", "--in", listed)
    assert code == 0
    assert "words.csv" in said


def test_errors_have_words_and_a_code(tmp_path: Path) -> None:
    assert run("x", "--in", tmp_path / "none.json")[0] == 13
    assert run("x", "--workspace", tmp_path)[0] == 11
