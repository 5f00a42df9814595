"""The PDF writer, read back by another program: text, tags, language, title, letters, what is attached."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from papers import HOSTILE, figure, outline, shown, table, texts, words
from sigun.errors import RunError
from sigun.report.blocks import Column, Outline, Paragraph, Section
from sigun.report.paper import pdf as room
from sigun.report.paper.pdf import pdf, write_pdf
from sigun.report.wording import Sentence


def read(whole: Outline, **inside: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf(whole, inside)))


def bare(text: str) -> str:
    """The text without what a page adds or takes: spaces, line ends."""
    return re.sub(r"[\s\u00a0\u200b\u2060]+", "", text)


def text_of(reader: PdfReader) -> str:
    return bare("".join(page.extract_text() for page in reader.pages))


def tags(reader: PdfReader) -> Iterator[dict[str, Any]]:
    def walk(node: Any) -> Iterator[dict[str, Any]]:
        held = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(held, list):
            for one in held:
                yield from walk(one)
        elif isinstance(held, dict):
            if "/S" in held:
                yield held
            if "/K" in held:
                yield from walk(held["/K"])

    yield from walk(reader.trailer["/Root"]["/StructTreeRoot"])


def test_every_text_is_in_the_text_layer() -> None:
    whole = outline()
    found = text_of(read(whole))
    assert [said for said in texts(whole) if bare(said) not in found] == []


def test_it_is_tagged_titled_and_in_its_language() -> None:
    reader = read(outline())
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "ko"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata is not None
    assert reader.metadata.title == "방치차량 발생 특성"
    assert reader.xmp_metadata is not None
    assert "<pdfuaid:part>1</pdfuaid:part>" in reader.xmp_metadata.stream.get_data().decode("utf-8")


def test_tables_have_titles_and_figures_words() -> None:
    found = list(tags(read(outline())))
    kinds = Counter(tag["/S"] for tag in found)
    assert kinds["/Table"] == 1
    assert (kinds["/THead"], kinds["/TH"], kinds["/TD"]) == (1, 3, 6)
    assert kinds["/H1"] >= 3
    assert kinds["/H2"] >= 2
    alts = [tag.get("/Alt") for tag in found if tag["/S"] == "/Figure"]
    assert alts == ["월별 신고 그림. 2월이 가장 많습니다."] * 2


def test_its_letters_are_inside() -> None:
    held = []
    for page in read(outline()).pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[attr-defined]
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            held.append((font.get_object()["/BaseFont"], any(k.startswith("/FontFile") for k in inner)))
    assert held
    assert all("Pretendard" in name and there for name, there in held)


def test_made_up_data_are_marked_on_every_page() -> None:
    rows = tuple((Sentence((f"곳 {n}",)), shown(str(n), str(n))) for n in range(200))
    pages = read(outline(table(*rows))).pages
    assert len(pages) > 4
    assert all("모의자료" in bare(page.extract_text()) for page in pages)
    assert "모의자료" not in text_of(read(outline(made_up=False)))


def test_words_of_the_data_are_never_markup() -> None:
    whole = outline(
        Paragraph(words(*HOSTILE)),
        table(*((Sentence((said,)), shown("1", "1")) for said in HOSTILE)),
        title=Sentence((HOSTILE[1],)),
        question=Sentence((HOSTILE[2],)),
        identity=((HOSTILE[0], Sentence((HOSTILE[3],))),),
    )
    whole = replace(whole, sections=(*whole.sections, Section("hostile", HOSTILE[0], mark=HOSTILE[1])))
    reader = read(whole)
    found = text_of(reader)
    assert [said for said in texts(whole) if bare(said) not in found] == []
    assert "root:" not in found


def test_the_same_outline_gives_the_same_bytes() -> None:
    assert pdf(outline(), {"plan.yaml": b"a: 1"}) == pdf(outline(), {"plan.yaml": b"a: 1"})


def test_what_it_carries_is_read_back_as_it_was() -> None:
    held = {"plan.yaml": "제목: 방치차량\n".encode(), "대화 기록.jsonl": bytes(range(256))}
    reader = PdfReader(io.BytesIO(pdf(outline(), held)))
    assert {name: reader.attachments[name][0] for name in held} == held


def test_a_proposal_has_no_first_screen_and_no_contents() -> None:
    whole = outline(first=None, period=None, kind="proposal", ai_draft=True)
    reader = read(whole)
    found = text_of(reader)
    assert [said for said in texts(whole) if bare(said) not in found] == []
    assert len(reader.pages) == 1
    assert "AI초안" in found
    assert "목차" not in found


def test_who_wrote_a_section_stands_beside_its_title() -> None:
    assert "배경작성:규칙" in text_of(read(outline(sections=(Section("a", "배경", mark="작성: 규칙"),))))


def test_an_english_report_is_english() -> None:
    reader = read(outline(lang="en"))
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert "Contents" in text_of(reader)
    assert "<Figure1>" in text_of(reader)


def test_a_very_long_title_leaves_room_for_the_rest() -> None:
    whole = outline(title=Sentence(("아주 긴 제목 " * 60,)), question=Sentence(("물음 " * 200,)))
    reader = read(whole)
    found = text_of(reader)
    assert [said for said in texts(whole) if bare(said) not in found] == []
    assert len(reader.pages) <= 5


def test_a_cell_longer_than_a_page_goes_on_on_the_next() -> None:
    said = "긴 칸 " + " ".join(f"낱말{n}" for n in range(3000)) + " 끝말"
    found = text_of(read(outline(table((Sentence((said,)), shown("1", "1"))), made_up=False, first=None)))
    assert "낱말2999" in found
    assert "끝말" in found


def test_a_long_table_repeats_its_titles() -> None:
    rows = tuple((Sentence((f"곳 {n}",)), shown(str(n), str(n))) for n in range(150))
    columns = (Column("이름표 하나"), Column("이름표 둘", True))
    pages = [bare(page.extract_text()) for page in read(outline(table(*rows, columns=columns), first=None)).pages]
    assert sum("이름표하나" in page for page in pages) >= 3


def test_a_wide_table_is_set_across_and_loses_nothing() -> None:
    titles = tuple(Column(f"꽤 긴 열 이름 {n}", True) for n in range(18))
    row = tuple(shown(f"{n},234,567.89", f"{n}234567.89") for n in range(18))
    reader = read(outline(table(row, columns=titles), first=None))
    boxes = [page.mediabox for page in reader.pages]
    assert any(box.width > box.height for box in boxes)
    assert all(bare(f"{n},234,567.89") in text_of(reader) for n in range(18))


def test_a_check_sum_is_broken_not_cut_off() -> None:
    sums = tuple((Sentence((f"파일 {n}",)), *words("경로/자료.csv", "c" * 64, "0" * 64)) for n in range(2))
    reader = read(
        outline(table(*sums, columns=tuple(Column(t) for t in ("자료", "파일", "SHA-256", "앞 것"))), first=None)
    )
    assert text_of(reader).count("c" * 64) == 2
    assert all(page.mediabox.width < page.mediabox.height for page in reader.pages)


@pytest.mark.parametrize(
    "said", ["少子化", "이모지 😀", "\ue000 사용자 글자", "\ufeff처음", "종\x07소리", "뒤집기 \u202e abc"]
)
def test_letters_the_font_lacks_stop_nothing(said: str) -> None:
    assert "이어지는말" in text_of(read(outline(Paragraph(words(said + " 이어지는 말")))))


def test_letters_no_font_has_are_hollow_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def failing(written: str, inside: dict[str, bytes], others: bool) -> bytes:
        asked.append((others, "少" in written, room.HOLLOW in written))
        if others:
            raise RunError("no such letter", "PDF", "none")
        return b"%PDF"

    monkeypatch.setattr(room, "_set", failing)
    pdf(outline(Paragraph(words("少子化"))))
    assert asked == [(True, True, False), (False, False, True)]


def test_composed_and_decomposed_hangul_are_one() -> None:
    assert "한글" in text_of(read(outline(Paragraph(words("\u1112\u1161\u11ab\u1100\u1173\u11af")))))


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    assert write_pdf(outline(), tmp_path / "보고서.pdf") == tmp_path / "보고서.pdf"
    assert [path.name for path in tmp_path.iterdir()] == ["보고서.pdf"]


def test_a_report_without_picture_or_number() -> None:
    whole = outline()
    assert whole.first is not None
    for first in (replace(whole.first, figure=None), replace(whole.first, tile=None, to_do=())):
        assert "요약" in text_of(read(replace(whole, first=first)))


def test_a_picture_without_words_is_told_by_its_title() -> None:
    found = [tag.get("/Alt") for tag in tags(read(outline(figure(alt=""), first=None))) if tag["/S"] == "/Figure"]
    assert found == ["신고는 2월에 잦습니다"]


def test_a_table_of_a_few_rows_stays_on_one_page() -> None:
    rows = tuple(words(f"행{n}") for n in range(6))
    for before in range(28, 46, 2):  # the table begins ever nearer the end of the page
        lines = tuple(Paragraph(words(f"줄 {n}")) for n in range(before))
        whole = replace(outline(*lines, table(*rows, columns=(Column("이름"),)), first=None), kind="proposal")
        pages = [bare(page.extract_text()) for page in read(whole).pages]
        assert any(all(f"행{n}" in page for n in range(6)) for page in pages)


def test_a_proposal_ends_in_one_line() -> None:
    ends = tuple((name, Sentence((value,))) for name, value in (("계획", "1e32"), ("전체", "e3af"), ("판본", "0.1")))
    whole = replace(outline(Paragraph(words("글")), first=None), kind="proposal", identity=ends)
    last = read(whole).pages[-1].extract_text().splitlines()
    assert "계획: 1e32 · 전체: e3af · 판본: 0.1" in [line.replace("\u00a0", " ").strip() for line in last]
