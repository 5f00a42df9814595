"""The 기획안 in each format: the plan comes back out of it, edited words are noticed, it is two to four pages long."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest

from proposals import births, vehicles
from sigun.errors import PlanError
from sigun.plan import Plan, read_plan
from sigun.plan.carried import packed_words, visible
from sigun.plan.drift import drift
from sigun.plan.write import plan_yaml
from sigun.report.proposal.write import FORMATS, write_proposal
from sigun.text import set_language


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The filled 기획안 in every format."""
    folder = tmp_path_factory.mktemp("written")
    return {to: write_proposal(vehicles(), None, to, folder / f"plan.{to}") for to in FORMATS}


@pytest.mark.parametrize("to", FORMATS)
def test_the_plan_comes_back_out_of_it(to: str, written: dict[str, Path]) -> None:
    assert read_plan(written[to]) == vehicles()
    assert drift(written[to], vehicles(), PlanError) is None


@pytest.mark.parametrize("to", FORMATS)
def test_the_same_plan_gives_the_same_file(to: str, written: dict[str, Path], tmp_path: Path) -> None:
    assert write_proposal(vehicles(), None, to, tmp_path / "x").read_bytes() == written[to].read_bytes()


@pytest.mark.parametrize("to", ["html", "docx", "hwpx"])
def test_all_formats_show_the_same_words(to: str, written: dict[str, Path]) -> None:
    seen = visible(written[to], PlanError)
    plan = vehicles()
    assert plan.proposal is not None
    for text in (plan.title, plan.question, plan.proposal.problem, plan.proposal.use, plan.proposal.risks[1].response):
        assert packed_words([text]) in seen
    assert "AI초안" in seen
    assert "schema_version" not in seen


def test_an_independent_reader_finds_the_words(written: dict[str, Path]) -> None:
    document = docx.Document(str(written["docx"]))
    text = "\n".join([p.text for p in document.paragraphs])
    assert "순찰 인력은 두 조뿐이어서, 어디를 먼저 볼지 정하는 기준이 필요하다." in text
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "신고 뒤 처리까지 걸린 날" in cells


@pytest.mark.parametrize(("plan", "pages"), [(vehicles(), (2, 4)), (births(), (1, 4))], ids=["vehicles", "births"])
def test_it_is_a_few_pages(plan: Plan, pages: tuple[int, int], tmp_path: Path) -> None:
    file = write_proposal(plan, None, "pdf", tmp_path / "plan.pdf")
    assert pages[0] <= len(pypdf.PdfReader(file).pages) <= pages[1]


def test_edited_words_of_a_docx_are_noticed_and_named(written: dict[str, Path], tmp_path: Path) -> None:
    document = docx.Document(str(written["docx"]))
    for paragraph in document.paragraphs:
        if "순찰 인력은 두 조뿐이어서" in paragraph.text:
            paragraph.runs[0].text = "다시 쓴 글"
    document.save(str(tmp_path / "edited.docx"))
    set_language("ko")
    parted = drift(tmp_path / "edited.docx", read_plan(tmp_path / "edited.docx"), PlanError)
    assert parted is not None
    assert parted.fields == ("추진배경",)


def test_a_docx_saved_again_without_a_change_agrees(written: dict[str, Path], tmp_path: Path) -> None:
    docx.Document(str(written["docx"])).save(str(tmp_path / "saved.docx"))
    assert drift(tmp_path / "saved.docx", vehicles(), PlanError) is None


def test_words_added_to_a_hwpx_are_noticed(written: dict[str, Path], tmp_path: Path) -> None:
    edited = tmp_path / "edited.hwpx"
    with zipfile.ZipFile(written["hwpx"]) as old, zipfile.ZipFile(edited, "w") as new:
        for part in old.infolist():
            held = old.read(part)
            if part.filename.startswith("Contents/section"):
                held = held.replace("별도 예산 없음".encode(), "별도 예산 정말 없음".encode())
            new.writestr(part, held)
    parted = drift(edited, read_plan(edited), PlanError)
    assert parted is not None
    assert parted.fields == ("money and people",)


def test_there_is_no_other_format(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="no format"):
        write_proposal(vehicles(), None, "odt", tmp_path / "x.odt")


@pytest.fixture
def source(written: dict[str, Path]) -> str:
    """The 기획안 as a page."""
    return written["html"].read_text(encoding="utf-8")


class TestPage:
    def test_nothing_is_asked_for_from_outside(self, source: str) -> None:
        assert not re.search(r"https?://|<script|url\((?!data:|#)", source)
        assert "default-src 'none'" in source

    def test_it_can_be_read_without_seeing_it(self, source: str, pages: Any) -> None:
        page = pages.read_page(source)
        ids = [e.attrs["id"] for e in page.walk() if "id" in e.attrs]
        assert len(ids) == len(set(ids))
        labelled = {name for e in page.walk() for name in e.attrs.get("aria-labelledby", "").split()}
        assert labelled <= set(ids)
        assert page.all("a")[0].attrs["href"] == "#main"
        assert all(e.attrs.get("scope") in ("col", "row") for e in page.all("th"))
        levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3")]
        assert levels[0] == 1
        assert levels.count(1) == 1

    def test_no_number_without_a_reference(self, source: str, pages: Any) -> None:
        shown = re.sub(r"<template.*?</template>", "", source, flags=re.DOTALL)
        assert pages.loose_numbers(pages.read_page(shown)) == []

    def test_the_plan_lies_in_it_and_does_not_show(self, source: str, pages: Any) -> None:
        held = [e for e in pages.read_page(source).all("template") if e.attrs["data-name"] == "plan.yaml"]
        assert len(held) == 1
        assert "schema_version" not in unescape(source)
        assert plan_yaml(vehicles()).startswith("# 기획안")

    def test_hostile_words_stay_words(self, tmp_path: Path) -> None:
        words = "</template><script>x()</script>{{ 7*7 }}{% if %}"
        plan = vehicles().model_copy(update={"title": words})
        text = write_proposal(plan, None, "html", tmp_path / "x.html").read_text(encoding="utf-8")
        assert "<script" not in text
        assert "&lt;script&gt;" in text
        assert read_plan(tmp_path / "x.html").title == words
