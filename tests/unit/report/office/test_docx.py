"""What is Word's own in a DOCX: a package it opens without complaint, lists, links, what is carried."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from posixpath import join, normpath

import pytest
from defusedxml import ElementTree
from docx import Document

from office_reader import attr, every, first, parts
from outlines import proposal, report
from sigun.errors import PlanError
from sigun.plan.carried import carried_plan
from sigun.report.office.docx import write_docx


@pytest.fixture
def held(tmp_path: Path) -> dict[str, bytes]:
    return parts(write_docx(report(), tmp_path / "r.docx", {"plan.yaml": b"a: 1\n"}))


def test_every_part_has_a_type_and_every_link_a_part(held: dict[str, bytes]) -> None:
    types = ElementTree.fromstring(held["[Content_Types].xml"])
    named = {attr(o, "PartName").lstrip("/") for o in every(types, "Override")}
    endings = {attr(d, "Extension") for d in every(types, "Default")}
    assert next(iter(held)) == "[Content_Types].xml"
    assert named <= set(held)
    assert all(name in named or name.rpartition(".")[2] in endings for name in held if name != "[Content_Types].xml")
    assert "sigun/plan.yaml" in named
    for name, part in held.items():
        if name.endswith(".rels"):
            folder = normpath(join(name.rpartition("/")[0], ".."))
            for link in every(ElementTree.fromstring(part), "Relationship"):
                assert normpath(join(folder, attr(link, "Target"))) in held, name


def test_ids_are_their_own(held: dict[str, bytes]) -> None:
    root = ElementTree.fromstring(held["word/document.xml"])
    for name, key in (("docPr", "id"), ("bookmarkStart", "id"), ("bookmarkStart", "name")):
        found = [attr(one, key) for one in every(root, name)]
        assert len(found) == len(set(found)) > 0


def test_contents_lead_to_headings(held: dict[str, bytes]) -> None:
    root = ElementTree.fromstring(held["word/document.xml"])
    places = {attr(one, "name") for one in every(root, "bookmarkStart")}
    leads = [attr(one, "anchor") for one in every(root, "hyperlink")]
    assert leads == ["_begin", "_words", "_tables"]
    assert set(leads) <= places


def test_points_and_steps_are_lists_of_word(held: dict[str, bytes]) -> None:
    styles = ElementTree.fromstring(held["word/styles.xml"])
    lists = ElementTree.fromstring(held["word/numbering.xml"])
    numbers = {attr(first(s, "name"), "val"): attr(first(s, "numId"), "val") for s in every(styles, "style")}
    shapes = {attr(first(a, "pStyle"), "val"): attr(first(a, "lvlText"), "val") for a in every(lists, "abstractNum")}
    assert (numbers["List Bullet"], numbers["List Number"]) == ("1", "2")
    assert shapes == {"point": "•", "step": "%1."}


def test_fonts_are_those_that_windows_has(held: dict[str, bytes]) -> None:
    fonts = first(ElementTree.fromstring(held["word/styles.xml"]), "rFonts")
    assert {attr(fonts, use) for use in ("ascii", "hAnsi", "eastAsia")} == {"맑은 고딕"}


def test_pages_on_their_side_print_so(held: dict[str, bytes]) -> None:
    pages = every(ElementTree.fromstring(held["word/document.xml"]), "pgSz")
    assert [attr(page, "orient") for page in pages] == ["", "landscape", ""]


def test_pages_are_numbered(held: dict[str, bytes]) -> None:
    assert any(b" PAGE " in held[name] for name in held if "footer" in name)


def test_no_table_is_the_last_or_touches_another(tmp_path: Path) -> None:
    about = proposal().sections[0]  # two forms, one under the other
    whole = replace(proposal(), sections=(about,))
    root = ElementTree.fromstring(parts(write_docx(whole, tmp_path / "p.docx"))["word/document.xml"])
    body = [one.tag.rpartition("}")[2] for one in first(root, "body")]
    assert body[-1] == "sectPr"
    assert body[-2] == "p"
    assert all(pair != ("tbl", "tbl") for pair in pairwise(body))


def test_the_plan_stays_when_another_program_saves(held: dict[str, bytes], tmp_path: Path) -> None:
    """A program that drops parts it does not know, as Word does, keeps custom XML."""
    path = write_docx(report(), tmp_path / "r.docx", {"plan.yaml": b"a: 1\n", "talk.jsonl": b"{}"})
    document = Document(str(path))
    package = document.part.package
    for name in [name for name, link in package.rels.items() if "sigun" in link.reltype]:
        del package.rels[name]
    buffer = io.BytesIO()
    document.save(buffer)
    saved = tmp_path / "saved.docx"
    saved.write_bytes(buffer.getvalue())
    assert "sigun/plan.yaml" not in parts(saved)
    assert carried_plan(saved, PlanError) == "a: 1\n"


def test_nothing_of_the_template_is_told(held: dict[str, bytes]) -> None:
    core = held["docProps/core.xml"].decode()
    assert "python-docx" not in core
    assert "created" not in core
    assert not any("thumbnail" in name for name in held)
