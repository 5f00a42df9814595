"""Zips that are the same each time, files that are whole or not there, and what a document carries."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sigun.report.office.packed import as_custom_xml, carried, packed, put, unpacked

PARTS = {"mimetype": b"a/b", "가.txt": "나".encode() * 100}


def test_what_is_packed_is_unpacked_in_order() -> None:
    assert list(unpacked(packed(PARTS)).items()) == list(PARTS.items())


def test_the_same_parts_give_the_same_bytes_and_no_time() -> None:
    assert packed(PARTS) == packed(dict(PARTS))


def test_only_what_is_to_be_plain_is_plain(tmp_path: Path) -> None:
    path = put(tmp_path / "x.zip", packed(PARTS, stored=frozenset({"mimetype"})))
    with zipfile.ZipFile(path) as archive:
        assert [one.compress_type for one in archive.infolist()] == [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]


def test_what_cannot_be_put_leaves_nothing_behind(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    with pytest.raises(OSError):
        put(taken, b"x")
    assert [one.name for one in tmp_path.iterdir()] == ["taken"]


def test_files_are_found_in_our_folder_or_in_custom_xml(tmp_path: Path) -> None:
    other = b"<other xmlns='urn:x'/>"
    ours = put(tmp_path / "a.zip", packed({"sigun/plan.yaml": b"a", "customXml/item2.xml": other}))
    kept = {"customXml/item1.xml": other, "customXml/item2.xml": as_custom_xml("plan.yaml", b"a\x00")}
    assert carried(ours) == {"plan.yaml": b"a"}
    assert carried(put(tmp_path / "b.zip", packed(kept))) == {"plan.yaml": b"a\x00"}
    assert carried(put(tmp_path / "c.zip", packed({"word/document.xml": other}))) == {}


def test_a_carried_file_of_no_sane_size_is_not_read(tmp_path: Path) -> None:
    bomb = put(tmp_path / "bomb.zip", packed({"sigun/plan.yaml": b"0" * 5_000_000, "sigun/talk.jsonl": b"{}"}))
    assert carried(bomb) == {"talk.jsonl": b"{}"}
