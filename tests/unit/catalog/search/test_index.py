"""The index: pairs and single syllables, kept whole in a file, built again when entries change."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sigun.catalog.search import Entry, Index, search
from sigun.errors import CardError

ENTRIES = (
    Entry("parks", "도시공원 현황", "공원의 위치와 면적", keywords=("공원", "녹지")),
    Entry("wells", "샘 목록", keywords=("샘",)),
    Entry("cams", "CCTV 설치", columns=("관리번호", "대수")),
)


def ids(index: Index, *terms: str) -> list[str]:
    return [row.entry.id for row in index.near(terms)]


def test_terms_are_found_whole() -> None:
    index = Index.build(ENTRIES)
    assert ids(index, "공원") == ["parks"]
    assert ids(index, "샘") == ["wells"]
    assert ids(index, "녹") == ["parks"]  # one syllable: whatever begins with it
    assert ids(index, "cctv") == ["cams"]
    assert ids(index, "도시 공원") == ["parks"]  # spacing does not matter
    assert ids(index, "도시공항") == ["parks"]  # nothing whole: what shares pairs
    assert ids(index, "없음말") == []


@pytest.mark.parametrize(
    "hostile",
    ['"', "공원\x00", "a AND b", "NEAR(공원 샘)", "title:공원*", "'; DROP TABLE entry; --", "((", "*", "^", "-공원"],
)
def test_nothing_in_a_query_is_an_operator(hostile: str) -> None:
    index = Index.build(ENTRIES)
    index.near([hostile])
    search(index, hostile)
    assert index.size == 3
    assert ids(index, "공원") == ["parks"]


def test_an_index_is_kept_and_built_again_when_entries_change(tmp_path: Path) -> None:
    first = Index.kept(ENTRIES, tmp_path)
    (file,) = tmp_path.glob("search-*.sqlite")
    stamp = file.stat().st_mtime_ns
    again = Index.kept(ENTRIES, tmp_path)
    assert file.stat().st_mtime_ns == stamp
    changed = Index.kept(ENTRIES[:2], tmp_path)
    assert (first.size, again.size, changed.size) == (3, 3, 2)
    assert len(list(tmp_path.iterdir())) == 2  # and no part of a file
    for index in (first, again, changed):
        index.close()


def test_only_a_few_indexes_are_kept(tmp_path: Path) -> None:
    for n in range(8):
        Index.kept((Entry(f"e{n}", "공원"),), tmp_path).close()
    assert len(list(tmp_path.glob("search-*.sqlite"))) <= 5


def test_of_many_entries_the_words_of_the_lists_are_looked_up_beforehand() -> None:
    many = tuple(replace(ENTRIES[n % 3], id=f"e{n}") for n in range(2001))
    index = Index.build(many)
    (told,) = index.base.execute("SELECT numbers FROM near WHERE terms = '도시공원|공원|녹지'").fetchone()
    assert [row.number for row in index.near(("도시공원", "공원", "녹지"))] == json.loads(told)
    assert len(json.loads(told)) == 30


def test_an_open_index_cannot_be_written(tmp_path: Path) -> None:
    index = Index.kept(ENTRIES, tmp_path)
    with pytest.raises(sqlite3.OperationalError):
        index.base.execute("DELETE FROM entry")
    index.close()


def test_a_broken_file_is_built_again_and_said_when_opened(tmp_path: Path) -> None:
    Index.kept(ENTRIES, tmp_path).close()
    (file,) = tmp_path.glob("search-*.sqlite")
    file.write_bytes(b"not a database at all" * 100)
    with pytest.raises(CardError):
        Index.open(file)
    index = Index.kept(ENTRIES, tmp_path)
    assert ids(index, "공원") == ["parks"]
    index.close()


def test_where_nothing_can_be_written_it_is_held_in_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    index = Index.kept(ENTRIES, blocked / ".sigun")
    assert ids(index, "공원") == ["parks"]


def test_the_search_starts_without_the_world() -> None:
    heavy = ("pandas", "numpy", "pydantic", "ibis", "duckdb", "geopandas", "kiwipiepy")
    script = f"import sys, sigun.catalog.search; print(sorted(set({heavy!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
