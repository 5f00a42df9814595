"""What is Hangul's own in an HWPX: a package and XML that its schema and the library's checks accept."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from defusedxml import ElementTree
from hwpx.tools.package_validator import validate_editor_open_safety, validate_package
from hwpx.tools.validator import validate_document

from office_reader import attr, every, first, parts, read_hwpx
from outlines import proposal, report
from sigun.report.blocks import Outline
from sigun.report.office.hwpx import write_hwpx

PLAN = {"plan.yaml": b"a: 1\n"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_hwpx(report(), tmp_path / "r.hwpx", PLAN)


@pytest.mark.parametrize("whole", [report(), proposal()], ids=["report", "proposal"])
def test_it_follows_the_schema_and_can_be_opened(whole: Outline, tmp_path: Path) -> None:
    made = write_hwpx(whole, tmp_path / "r.hwpx", PLAN)
    assert not validate_document(made).issues
    assert not validate_package(made).errors
    safe = validate_editor_open_safety(made)
    assert safe.reopen_ok
    assert not safe.blocking_package_errors


def test_the_kind_of_file_stands_first_and_plain(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        begin = archive.infolist()[0]
    assert (begin.filename, begin.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert parts(path)["mimetype"] == b"application/hwp+zip"


def test_every_file_is_listed_and_every_listed_file_is_there(path: Path) -> None:
    held = parts(path)
    items = {
        attr(i, "id"): attr(i, "href") for i in every(ElementTree.fromstring(held["Contents/content.hpf"]), "item")
    }
    assert set(items.values()) <= set(held)
    ours = {name for name in held if name.startswith(("Contents/section", "BinData/", "sigun/"))}
    assert len(ours) == 3 + 2 + 1
    assert ours <= set(items.values())
    assert [items[f"section{n}"] for n in range(3)] == [f"Contents/section{n}.xml" for n in range(3)]


def test_ids_are_their_own_and_what_is_named_is_there(path: Path) -> None:
    held = parts(path)
    head = ElementTree.fromstring(held["Contents/header.xml"])
    assert attr(head, "secCnt") == "3"
    for group in ("borderFills", "charProperties", "paraProperties", "styles", "numberings"):
        found = [attr(one, "id") for one in first(head, group)]
        assert len(found) == len(set(found)) == int(attr(first(head, group), "itemCnt"))
    known = {
        name: {attr(one, "id") for one in every(head, name)} for name in ("paraPr", "charPr", "style", "borderFill")
    }
    numbers: list[str] = []
    for section in (ElementTree.fromstring(held[f"Contents/section{n}.xml"]) for n in range(3)):
        numbers += [attr(one, "id") for one in every(section, "p", "tbl", "pic", "header")]
        assert {attr(p, "paraPrIDRef") for p in every(section, "p")} <= known["paraPr"]
        assert {attr(p, "styleIDRef") for p in every(section, "p")} <= known["style"]
        assert {attr(r, "charPrIDRef") for r in every(section, "run")} <= known["charPr"]
        assert {attr(c, "borderFillIDRef") for c in every(section, "tc", "tbl")} <= known["borderFill"]
    assert len(numbers) == len(set(numbers))


def test_headings_are_of_the_outline_and_bring_their_own_marks(path: Path) -> None:
    """Hangul would number 개요 styles by itself: the numbering they hang on writes nothing."""
    held = parts(path)
    head = ElementTree.fromstring(held["Contents/header.xml"])
    shapes = {attr(p, "id"): first(p, "heading") for p in every(head, "paraPr")}
    styles = {attr(s, "name"): shapes[attr(s, "paraPrIDRef")] for s in every(head, "style")}
    assert [(attr(styles[f"개요 {n}"], "type"), attr(styles[f"개요 {n}"], "level")) for n in (1, 2, 3)] == [
        ("OUTLINE", "0"),
        ("OUTLINE", "1"),
        ("OUTLINE", "2"),
    ]
    asked = attr(first(ElementTree.fromstring(held["Contents/section0.xml"]), "secPr"), "outlineShapeIDRef")
    numbering = next(n for n in every(head, "numbering") if attr(n, "id") == asked)
    assert all(not level.text for level in every(numbering, "paraHead"))


def test_steps_are_numbered(path: Path) -> None:
    lines = read_hwpx(path).lines
    assert [line for line in lines if line.endswith("볼 곳")] == ["1. 먼저 볼 곳", "2. 다음에 볼 곳"]


def test_pages_are_numbered_in_every_section(path: Path) -> None:
    held = parts(path)
    for n in range(3):
        number = first(ElementTree.fromstring(held[f"Contents/section{n}.xml"]), "pageNum")
        assert (attr(number, "pos"), attr(number, "sideChar")) == ("BOTTOM_CENTER", "-")


def test_tables_break_between_pages(path: Path) -> None:
    """A table that stands in its line like a letter is cut off at the page's end."""
    for n in range(3):
        for table in every(ElementTree.fromstring(parts(path)[f"Contents/section{n}.xml"]), "tbl"):
            assert attr(first(table, "pos"), "treatAsChar") == "0"
            assert attr(table, "pageBreak") == "CELL"


def test_a_word_wider_than_its_line_may_be_broken_and_no_other(path: Path) -> None:
    held = parts(path)
    breaks = {
        attr(p, "id"): attr(first(p, "breakSetting"), "breakLatinWord")
        for p in every(ElementTree.fromstring(held["Contents/header.xml"]), "paraPr")
    }
    lines = every(ElementTree.fromstring(held["Contents/section0.xml"]), "p")
    torn = [p for p in lines if breaks[attr(p, "paraPrIDRef")] == "BREAK_WORD"]
    assert len(torn) == 1
    assert "https://example.org/" in "".join(torn[0].itertext())


def test_a_file_manager_shows_the_first_words(path: Path) -> None:
    assert "시험 보고서" in parts(path)["Preview/PrvText.txt"].decode()


def test_nothing_of_the_blank_document_is_told(path: Path) -> None:
    package = parts(path)["Contents/content.hpf"].decode()
    assert "synthetic" not in package
    assert "2025" not in package
