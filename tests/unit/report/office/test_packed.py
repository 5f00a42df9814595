"""Zips that are the same each time, in their order."""

from __future__ import annotations

import zipfile
from pathlib import Path

from sigun.report.office.packed import packed, unpacked

PARTS = {"mimetype": b"a/b", "가.txt": "나".encode() * 100}


def test_what_is_packed_is_unpacked_in_order() -> None:
    assert list(unpacked(packed(PARTS)).items()) == list(PARTS.items())


def test_the_same_parts_give_the_same_bytes_and_no_time() -> None:
    assert packed(PARTS) == packed(dict(PARTS))


def test_only_what_is_to_be_plain_is_plain(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(packed(PARTS, stored=frozenset({"mimetype"})))
    with zipfile.ZipFile(path) as archive:
        assert [one.compress_type for one in archive.infolist()] == [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]
