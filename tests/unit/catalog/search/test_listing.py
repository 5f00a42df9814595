"""Lists of metadata from elsewhere: read, or refused with every bad row at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sigun.catalog.search import read_entries
from sigun.errors import CardError, Several


def written(folder: Path, said: Any) -> Path:
    path = folder / "list.json"
    path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return path


def test_json(tmp_path: Path) -> None:
    (entry,) = read_entries(
        written(
            tmp_path,
            [{"id": "a", "title": " 공원\x07 ", "columns": [{"name": "n", "label": "면적"}, {"name": "x"}, "구분"],
              "keywords": "녹지, 산책|숲", "provider": None, "period": 2024}],
        )
    )  # fmt: skip
    assert (entry.id, entry.title, entry.columns) == ("a", "공원", ("면적", "x", "구분"))
    assert (entry.keywords, entry.provider, entry.period, entry.here) == (("녹지", "산책", "숲"), "", "2024", False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_csv_with_the_heads_of_a_portal(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "목록.csv"
    path.write_text('목록명,설명,제공기관,키워드\n공원,위치,가람시,"녹지,숲"\n샘,,,\n', encoding=encoding)
    parks, wells = read_entries(path)
    assert (parks.title, parks.provider, parks.keywords) == ("공원", "가람시", ("녹지", "숲"))
    assert wells.id == "row-3"


def test_every_bad_row_at_once_with_its_number(tmp_path: Path) -> None:
    rows: list[Any] = [
        {"id": "a", "title": "공원"},
        {"id": "a", "title": "둘"},
        {"title": " "},
        "text",
        {"title": {"deep": 1}},
        {"title": "x", "keywords": {"a": 1}},
        {"title": "가" * 401},
        {"title": "x", "columns": [1]},
    ]
    with pytest.raises(Several) as told:
        read_entries(written(tmp_path, rows))
    assert [p.where.rsplit(" ", 1)[1] for p in told.value.problems] == ["2", "3", "4", "5", "6", "7", "8"]


def test_many_bad_rows_are_counted(tmp_path: Path) -> None:
    with pytest.raises(Several) as told:
        read_entries(written(tmp_path, [{}] * 500))
    assert len(told.value.problems) == 51
    assert "450 more" in told.value.problems[-1].what


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "{"),
        ("a.json", '{"title": "x"}'),
        ("a.json", "[" * 100_000),
        ("a.csv", "a,b\n1,2\n"),
        ("a.csv", ""),
        ("a.xlsx", "PK\x03\x04"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CardError):
        read_entries(path)


def test_a_list_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CardError):
        read_entries(tmp_path / "none.json")
