"""Documents that carry no plan, two, one too many bytes, or are no documents: refused in words, quickly."""

from __future__ import annotations

import base64
import zipfile
from pathlib import Path

import pytest

from proposals import VEHICLES, vehicles
from sigun.errors import PlanError
from sigun.plan import Plan, read_plan
from sigun.plan.carried import LARGEST_PLAN, visible
from sigun.plan.write import plan_yaml

PLAN = plan_yaml(vehicles()).encode()
OTHER = plan_yaml(Plan.model_validate({**VEHICLES, "id": "another"})).encode()


def zipped(path: Path, *parts: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in parts:
            archive.writestr(name, held)
    return path


def custom(held: bytes, name: str = "plan.yaml") -> bytes:
    text = base64.b64encode(held).decode()
    return f'<?xml version="1.0"?><c:file xmlns:c="urn:sigun:carried" name="{name}">{text}</c:file>'.encode()


def page(*held: bytes) -> str:
    inside = "".join(
        f'<template class="carried" data-name="plan.yaml">{base64.b64encode(one).decode()}</template>' for one in held
    )
    return f"<!DOCTYPE html><title>x</title><p>말{inside}"


@pytest.mark.parametrize("suffix", [".docx", ".hwpx", ".html", ".pdf", ".DOCX"])
@pytest.mark.parametrize("held", [b"", b"PK\x03\x04garbage", b"%PDF-1.7 nothing", b"\xff\xfe\x00", b"\x00" * 2000])
def test_what_is_no_document_of_ours(suffix: str, held: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_bytes(held)
    with pytest.raises(PlanError, match=r"no plan inside|cannot be read"):
        read_plan(path)


def test_a_document_without_a_plan(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="no plan inside"):
        read_plan(zipped(tmp_path / "x.docx", ("word/document.xml", b"<a/>")))


def test_two_plans(tmp_path: Path) -> None:
    both = (("sigun/plan.yaml", PLAN), ("customXml/item2.xml", custom(OTHER)))
    with pytest.raises(PlanError, match="Several plans"):
        read_plan(zipped(tmp_path / "x.docx", *both))
    (tmp_path / "x.html").write_text(page(PLAN, OTHER), encoding="utf-8")
    with pytest.raises(PlanError, match="Several plans"):
        read_plan(tmp_path / "x.html")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_plans_under_one_name(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="Several plans"):
        read_plan(zipped(tmp_path / "x.hwpx", ("sigun/plan.yaml", PLAN), ("sigun/plan.yaml", OTHER)))


def test_the_same_plan_twice_is_one(tmp_path: Path) -> None:
    same = (("sigun/plan.yaml", PLAN), ("customXml/item7.xml", custom(PLAN)))
    assert read_plan(zipped(tmp_path / "x.docx", *same)) == vehicles()
    assert read_plan(zipped(tmp_path / "y.docx", *same[1:])) == vehicles()


def test_custom_xml_of_others_is_passed_over(tmp_path: Path) -> None:
    theirs = ("customXml/item1.xml", b'<?xml version="1.0"?><x name="plan.yaml">AAAA</x>')
    assert read_plan(zipped(tmp_path / "x.docx", theirs, ("sigun/plan.yaml", PLAN))) == vehicles()


@pytest.mark.parametrize("name", ["sigun/plan.yaml", "customXml/item2.xml"])
def test_a_zip_bomb(name: str, tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "x.docx", (name, b"a: " + b"0" * 300_000_000))
    assert bomb.stat().st_size < 1_000_000
    with pytest.raises(PlanError, match="cannot be read"):
        read_plan(bomb)


@pytest.mark.parametrize(("suffix", "name"), [("hwpx", "Contents/section{}.xml"), ("docx", "customXml/item{}.xml")])
def test_many_small_bombs(suffix: str, name: str, tmp_path: Path) -> None:
    parts = ((name.format(n), b"<a>" + b"x" * 1_900_000 + b"</a>") for n in range(12))
    path = zipped(tmp_path / f"x.{suffix}", *parts)
    assert path.stat().st_size < 100_000
    with pytest.raises(PlanError, match="cannot be read"):
        visible(path, PlanError) if suffix == "hwpx" else read_plan(path)


def test_too_many_parts(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="cannot be read"):
        read_plan(zipped(tmp_path / "x.docx", *((f"{n}", b"") for n in range(4_100))))


def test_entities_that_unfold(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "urn:sigun:carried">{laughs}]><x>&l9;</x>'.encode()
    with pytest.raises(PlanError, match="cannot be read"):
        read_plan(zipped(tmp_path / "x.docx", ("customXml/item1.xml", xml)))
    with pytest.raises(PlanError, match="cannot be read"):
        visible(zipped(tmp_path / "y.docx", ("word/document.xml", xml)), PlanError)


def test_no_document_type_is_believed_however_small(tmp_path: Path) -> None:
    xml = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY words "urn:sigun:carried">]><x>&words;</x>'
    with pytest.raises(PlanError, match="cannot be read"):
        read_plan(zipped(tmp_path / "x.docx", ("customXml/item1.xml", xml)))


def test_a_plan_too_large(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text(page(b"#" * (LARGEST_PLAN + 1)), encoding="utf-8")
    with pytest.raises(PlanError, match="cannot be read"):
        read_plan(tmp_path / "x.html")


def test_a_plan_that_is_wrong_is_told_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text(page(PLAN.replace(b"method: trend", b"method: trnd")), encoding="utf-8")
    with pytest.raises(PlanError, match="no method") as found:
        read_plan(tmp_path / "x.html")
    assert "line" in found.value.where


def test_a_pdf_full_of_beginnings(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"1 0 obj << /EmbeddedFile " * 200_000)
    with pytest.raises(PlanError, match="no plan inside"):
        read_plan(tmp_path / "x.pdf")


def test_a_folder_called_like_a_document(tmp_path: Path) -> None:
    (tmp_path / "x.docx").mkdir()
    with pytest.raises(PlanError, match="no such file"):
        read_plan(tmp_path / "x.docx")
