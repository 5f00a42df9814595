"""Weights files: what is read, and what is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigun.errors import SigunError
from sigun.region.gal import LARGEST, read_gal

SQUARE = "3\na 2\nb c\nb 1\na\nc 1\na\n"


def file(folder: Path, content: str | bytes) -> Path:
    path = folder / "w.gal"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        SQUARE,
        "0 " + SQUARE.replace("3\n", "3 columbus POLYID\n", 1),
        SQUARE.replace("\n", "\r\n"),
        "\ufeff" + SQUARE,
        SQUARE.replace("b c", "b\nc"),  # told on two lines
        SQUARE.replace(" ", "\t"),
    ],
)
def test_the_usual_forms_are_read(tmp_path: Path, content: str) -> None:
    links = read_gal(file(tmp_path, content))
    assert links.ids == ("a", "b", "c")
    assert links.pairs == (("a", "b"), ("a", "c"), ("b", "a"), ("c", "a"))


@pytest.mark.parametrize("content", ["2\na 0\n\nb 0\n\n", "2\na 0\nb 0\n"])
def test_islands_may_have_an_empty_line_or_none(tmp_path: Path, content: str) -> None:
    links = read_gal(file(tmp_path, content))
    assert links.ids == ("a", "b") and links.pairs == ()


def test_korean_names_in_the_older_encoding(tmp_path: Path) -> None:
    assert read_gal(file(tmp_path, "2\n종로구 1\n중구\n중구 1\n종로구\n".encode("cp949"))).ids == ("종로구", "중구")


@pytest.mark.parametrize(
    ("content", "what", "where"),
    [
        ("", "first line", ""),
        ("regions\n", "first line", ""),
        ("-3\n", "first line", ""),
        ("9999999\n", "more than", ""),
        ("2\na 1\nb\n", "first line tells of 2 regions, and it holds 1", ""),
        ("2\na 1\nb\nb x\na\n", "no id with its number", "line 4"),
        ("2\na 3\nb c\n", "is to have 3 neighbours, and 2 are told", "line 2"),
        ("2\na 1\nb c\nb 1\na\n", "is to have 1 neighbours, and 2", "line 2"),
        ("2\na 1\na\nb 1\na\n", "the region itself", "line 2"),
        ("2\na 2\nb b\nb 1\na\n", "repeats", "line 2"),
        ("2\na 1\nz\nb 1\na\n", "no region of the file: z", "line 2"),
        ("2\na 1\nb\na 1\nb\n", "told twice", "line 4"),
        (b"3\n\xff\xfe\x00\x00", "no text", ""),
        (b"PK\x03\x04\0\0\0", "", ""),
        ("2\na 99999999999999999999\n", "no id with its number", "line 2"),
    ],
)
def test_whatever_contradicts_itself_is_refused_by_line(tmp_path: Path, content: str, what: str, where: str) -> None:
    with pytest.raises(SigunError) as bad:
        read_gal(file(tmp_path, content))
    assert what in str(bad.value) and where in str(bad.value)


def test_a_file_larger_than_any_weights_file_is_not_read(tmp_path: Path) -> None:
    path = file(tmp_path, SQUARE)
    with path.open("ab") as more:
        more.truncate(LARGEST + 1)
    with pytest.raises(SigunError, match="larger than"):
        read_gal(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SigunError, match="no such file"):
        read_gal(tmp_path / "none.gal")
