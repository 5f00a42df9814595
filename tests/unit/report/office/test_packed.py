"""Zips that are the same each time, files that are whole or not there."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sigun.report.office.packed import packed, put, unpacked

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
