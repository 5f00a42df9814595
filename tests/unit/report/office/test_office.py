"""What DOCX and HWPX have in common: everything the outline says, in order, found by a reader of our own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from office_reader import Read, parts, plain, read_docx, read_hwpx
from outlines import AWKWARD, SVG, figure, proposal, report, said, table
from proposals import births, vehicles
from sigun.report.blocks import Figure, Form, Outline, Paragraph, Section, Table
from sigun.report.finished import Finished
from sigun.report.numbered import blocks_of, headings, numbered
from sigun.report.office.docx import write_docx
from sigun.report.office.hwpx import write_hwpx
from sigun.report.outline import outline
from sigun.report.proposal.outline import proposal_outline
from sigun.report.wording import Sentence
from sigun.text import speaking

Format = tuple[Callable[..., Path], Callable[[Path], Read]]
FORMATS: dict[str, Format] = {"docx": (write_docx, read_docx), "hwpx": (write_hwpx, read_hwpx)}


@pytest.fixture(params=["docx", "hwpx"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def written(kind: str, tmp_path: Path) -> Callable[[Outline], Read]:
    """Write an outline and read it back."""
    write, read = FORMATS[kind]
    return lambda whole: read(write(whole, tmp_path / f"out.{kind}"))


def everything(part: Any) -> Iterator[str]:
    """All that an outline says, found by walking its values: no writer's help, so nothing new can be forgotten."""
    if isinstance(part, Sentence):
        yield part.plain
    elif isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from everything(one)
    elif is_dataclass(part):
        silent = {"id", "svg", "alt", "lang", "kind", "right", "made_up", "ai_draft", "counted"}
        names = sorted((f.name for f in fields(part) if f.name not in silent), key=lambda name: name != "title")
        first = part.title if isinstance(part, Section) else None
        for name in names:
            if first is not None and name == "mark":  # stands beside the title: asked for there
                continue
            yield from everything(getattr(part, name))


def assert_in_order(whole: Outline, read: Read) -> None:
    at = 0
    for text in filter(None, map(plain, everything(whole))):
        found = read.text.find(text, at)
        assert found >= 0, f"not after {read.text[max(0, at - 60) : at]!r}: {text!r}"
        at = found + len(text)


def test_everything_is_said_in_order(written: Callable[[Outline], Read]) -> None:
    for whole in (report(), proposal()):
        assert_in_order(whole, written(whole))


@pytest.fixture(scope="module", params=["ko", "en"])
def whole_report(request: pytest.FixtureRequest, finished: Finished) -> Outline:
    """A report with every section."""
    return outline(finished, request.param)


def test_a_whole_report_is_said_in_order(written: Callable[[Outline], Read], whole_report: Outline) -> None:
    whole = whole_report
    read = written(whole)
    assert_in_order(whole, read)
    figures = [b for b in blocks_of(whole.sections) if isinstance(b, Figure)]
    assert whole.first is not None
    assert whole.first.figure is not None
    assert [alt for alt, _png in read.pictures] == [f.alt for f in (whole.first.figure, *figures)]
    assert len(read.tables) == sum(isinstance(b, Table) for b in blocks_of(whole.sections))


@pytest.mark.parametrize("plan", [vehicles(), births()], ids=["vehicles", "births"])
def test_a_proposal_is_said_in_order(written: Callable[[Outline], Read], plan: Any) -> None:
    whole = proposal_outline(plan, {}, "ko")
    assert_in_order(whole, written(whole))


def test_tables_are_grids_with_marked_heads_and_numbers_on_the_right(written: Callable[[Outline], Read]) -> None:
    whole = report()
    read = written(whole)
    tables = [b for b in blocks_of(whole.sections) if isinstance(b, Table)]
    assert len(read.tables) == len(tables)
    for asked, grid, head, right in zip(tables, read.tables, read.heads, read.right, strict=True):
        assert grid[0] == tuple(c.title for c in asked.columns)
        assert grid[1:] == tuple(tuple(cell.plain for cell in row) for row in asked.rows)
        assert head
        assert right == tuple(c.right for c in asked.columns)


def test_a_form_has_labels_beside_what_is_filled_in(written: Callable[[Outline], Read]) -> None:
    read = written(proposal())
    forms = [b for b in blocks_of(proposal().sections) if isinstance(b, Form)]
    assert read.tables == tuple(
        tuple((label, "\n".join(s.plain for s in value)) for label, value in form.rows) for form in forms
    )


def test_figures_are_pictures_with_words(written: Callable[[Outline], Read]) -> None:
    pictures = written(report()).pictures
    assert [alt for alt, _held in pictures] == ["첫 그림을 말로", "둘째 그림을 말로"]
    assert all(held.startswith(b"\x89PNG") for _alt, held in pictures)


def test_headings_and_captions_have_styles_and_numbers(kind: str, written: Callable[[Outline], Read]) -> None:
    whole = report()
    read = written(whole)
    with speaking("ko"):
        marks, labels = headings(whole), dict(numbered(whole))
    one, two, three, caption = {
        "docx": ("heading 1", "heading 2", "heading 3", "caption"),
        "hwpx": ("개요 1", "개요 2", "개요 3", "캡션"),
    }[kind]
    assert read.under(one) == ["요약", f"{marks['begin']} 개요", f"{marks['tables']} 표와 그림 〔작성: 모형〕"]
    assert read.under(two) == [f"{marks['words']} 낱말과 유의"]
    assert read.under(three) == ["셋째 단계"]
    blocks = [b for b in blocks_of(whole.sections) if isinstance(b, Figure | Table)]
    assert len(read.under(caption)) == len(blocks) + 1  # that of the first screen has no number
    assert all(said.startswith(labels[id(b)]) for said, b in zip(read.under(caption)[1:], blocks, strict=True))


def test_wide_tables_lie_on_pages_on_their_side(written: Callable[[Outline], Read]) -> None:
    upright, lying = (595, 841), (841, 595)
    assert written(report()).pages == (upright, lying, upright)
    assert written(proposal()).pages == (upright,)


def test_what_is_made_up_or_a_draft_says_so_on_every_page(written: Callable[[Outline], Read]) -> None:
    read = written(report())
    assert read.above == "모의 자료"
    assert read.lines[0].startswith("모의 자료") or read.lines[1].startswith("모의 자료")
    assert written(report(made_up=False)).above == ""
    assert written(proposal()).above == "AI 초안"
    assert written(replace(proposal(), made_up=True)).above == "모의 자료 · AI 초안"


def test_language_and_title_are_those_of_the_outline(kind: str, written: Callable[[Outline], Read]) -> None:
    korean, english = written(report()), written(report(lang="en"))
    assert [korean.lang, english.lang] == {"docx": ["ko-KR", "en-US"], "hwpx": ["ko", "en"]}[kind]
    assert korean.title == "시험 보고서"
    assert "Made-up data" in english.above


def test_points_of_a_proposal_stand_under_squares(kind: str, written: Callable[[Outline], Read]) -> None:
    lines = written(proposal()).lines
    assert "□ 근거" in lines
    assert ("까닭 하나." if kind == "docx" else "ㅇ 까닭 하나.") in lines  # in Word the mark is the list's


def test_what_xml_cannot_hold_is_left_out(written: Callable[[Outline], Read]) -> None:
    assert plain(AWKWARD) in written(report()).text


def test_the_same_outline_gives_the_same_bytes(kind: str, tmp_path: Path) -> None:
    write, _read = FORMATS[kind]
    one, other = (write(report(), tmp_path / f"{n}.{kind}", {"plan.yaml": b"a: 1"}) for n in "ab")
    assert one.read_bytes() == other.read_bytes()


def test_files_are_carried_inside(kind: str, tmp_path: Path) -> None:
    write, read = FORMATS[kind]
    inside = {"plan.yaml": "제목: 가\n".encode(), "talk.jsonl": b"{}\n"}
    path = write(proposal(), tmp_path / f"p.{kind}", inside)
    assert {name: parts(path)[f"sigun/{name}"] for name in inside} == inside
    assert "제목: 가" not in read(path).text


def test_a_file_is_written_whole_or_not_at_all(kind: str, tmp_path: Path) -> None:
    write, read = FORMATS[kind]
    path = write(proposal(), tmp_path / f"p.{kind}")
    before = path.read_bytes()
    bad = replace(figure("나쁜 그림"), svg="<svg/>")
    with pytest.raises(ValueError, match="viewBox"):
        write(replace(report(), sections=(Section("s", "절", (bad,)),)), path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert read(path).title == "시험 기획안"


def test_a_table_of_five_thousand_rows_is_written_soon(kind: str, tmp_path: Path) -> None:
    write, read = FORMATS[kind]
    long = replace(proposal(), sections=(Section("s", "긴 표", (table("긴표", rows=5000, columns=7),)),))
    begun = time.process_time()  # of this process: others may be busy
    path = write(long, tmp_path / f"long.{kind}")
    assert time.process_time() - begun < 10
    assert len(read(path).tables[0]) == 5001


def test_an_outline_that_says_next_to_nothing_is_a_document_too(written: Callable[[Outline], Read]) -> None:
    empty = Section("s", "빈 절", (Paragraph(()), table("빈표", rows=0), Paragraph((said(""),))))
    whole = replace(proposal(), sections=(empty,), ai_draft=False)
    assert_in_order(whole, written(whole))
    assert written(replace(whole, sections=())).title == "시험 기획안"


def test_a_document_that_ends_in_a_wide_table_ends_on_its_page(written: Callable[[Outline], Read]) -> None:
    whole = replace(report(), first=None, identity=(), sections=(Section("s", "절", (table("넓은표", columns=12),)),))
    read = written(whole)
    assert len(read.tables) == 1
    assert read.pages == ((595, 841), (841, 595))


def test_pictures_of_one_drawing_are_two_pictures(written: Callable[[Outline], Read]) -> None:
    twice = tuple(replace(figure(name), svg=SVG.format(said="같음")) for name in ("하나", "둘"))
    read = written(replace(report(), first=None, sections=(Section("s", "절", twice),)))
    assert [alt for alt, _held in read.pictures] == ["하나을 말로", "둘을 말로"]
