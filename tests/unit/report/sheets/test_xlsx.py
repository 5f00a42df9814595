"""The XLSX writer, read back by another program: every text, numbers in full, words that stay words, links."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from papers import HOSTILE, figure, outline, shown, table, texts, words
from sigun.report.blocks import Column, Outline, Paragraph
from sigun.report.sheets.xlsx import write_xlsx, xlsx
from sigun.report.wording import Sentence

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parts(whole: Outline) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(xlsx(whole))) as held:
        return {name: held.read(name).decode("utf-8") for name in held.namelist() if name.endswith((".xml", ".rels"))}


def sheets(whole: Outline) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx(whole)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_every_text_is_in_some_sheet() -> None:
    held = sheets(outline())
    strings = "\n".join(str(cell) for rows in held.values() for row in rows for cell in row)
    numbers = {"1,338", "1,263", "4.7 %", "75.3 %"}  # numbers there, see below
    assert [said for said in texts(outline()) if said not in strings and said not in numbers] == []


def test_the_sheets_are_cover_contents_text_figures_and_tables() -> None:
    assert list(sheets(outline())) == ["표지", "목차", "본문", "그림", "표 1 연도별 신고"]
    assert list(sheets(outline(table((Sentence(("곳",)), shown("1", "1"))), first=None))) == [
        "표지",
        "목차",
        "본문",
        "표 1 연도별 신고",
    ]


def test_numbers_are_numbers_with_all_their_digits() -> None:
    rows = sheets(outline())["표 1 연도별 신고"]
    assert rows[3] == ["지역", "값 1", "값 2"]
    assert rows[4] == ["라온1동", 1338.0, 0.0465230167]
    assert rows[5] == ["라온2동", 1263.0, 0.753019915]


def test_titles_stay_in_sight_filter_and_repeat_in_print() -> None:
    sheet = ElementTree.fromstring(parts(outline())["xl/worksheets/sheet5.xml"])
    pane = sheet.find(f".//{MAIN}pane")
    assert pane is not None
    assert (pane.get("state"), pane.get("topLeftCell")) == ("frozen", "A5")
    assert sheet.find(f"{MAIN}autoFilter").get("ref") == "A4:C6"  # type: ignore[union-attr]
    setup = sheet.find(f"{MAIN}pageSetup")
    assert setup is not None
    assert (setup.get("paperSize"), setup.get("fitToHeight")) == ("9", "0")
    assert "$4:$4" in parts(outline())["xl/workbook.xml"]


def test_words_of_the_data_are_never_formulas() -> None:
    whole = outline(
        Paragraph(words(*HOSTILE)),
        table(*((Sentence((said,)), shown(said)) for said in HOSTILE)),
        title=Sentence(("=1+1",)),
        question=Sentence(("@SUM(1)",)),
    )
    held = parts(whole)
    assert not any("<f>" in part for name, part in held.items() if "worksheets" in name)
    rows = sheets(whole)["표 1 연도별 신고"]
    assert [row[0] for row in rows[4 : 4 + len(HOSTILE)]] == list(HOSTILE)


def test_words_like_formulas_are_marked_as_text_and_others_are_not() -> None:
    held = parts(outline(table((Sentence(("=1+1",)), shown("-5", "-5")), (Sentence(("라온1동",)), shown("−5", "-5")))))
    sheet, styles = (ElementTree.fromstring(held[name]) for name in ("xl/worksheets/sheet5.xml", "xl/styles.xml"))
    quoted = [style.get("quotePrefix") == "1" for style in styles.find(f"{MAIN}cellXfs") or ()]
    style = {cell.get("r"): quoted[int(cell.get("s", "0"))] for cell in sheet.iter(f"{MAIN}c")}
    assert (style["A5"], style["B5"], style["A6"], style["B6"]) == (True, False, False, False)


def test_links_lead_to_sheets_that_are_there() -> None:
    two = (table((Sentence(("곳",)), shown("1", "1"))), table((Sentence(("곳",)), shown("2", "2")), id="b"))
    held = parts(outline(*two))
    names = {sheet.get("name") for sheet in ElementTree.fromstring(held["xl/workbook.xml"]).iter(f"{MAIN}sheet")}
    links = [
        link.get("location", "").rsplit("!", 1)[0].strip("'")
        for name, part in held.items()
        if name.startswith("xl/worksheets/sheet")
        for link in ElementTree.fromstring(part).iter(f"{MAIN}hyperlink")
    ]
    assert len(links) >= 6
    assert set(links) <= names


def test_pictures_say_in_words_what_they_show() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx(outline()))) as held:
        drawing = held.read("xl/drawings/drawing1.xml").decode("utf-8")
        pictures = [name for name in held.namelist() if name.startswith("xl/media/")]
        assert held.read(pictures[0]).startswith(b"\x89PNG")
    assert drawing.count('descr="월별 신고 그림. 2월이 가장 많습니다."') == 2


def test_the_first_screens_picture_is_there_once() -> None:
    alone = sheets(outline(Paragraph(words("말"))))["그림"]
    assert next(row[0] for row in alone if row[0]) == "가장 많은 격자"
    again = sheets(outline(figure("가장 많은 격자")))["그림"]
    assert [row[0] for row in again if "가장 많은 격자" in str(row[0])] == ["그림 1 가장 많은 격자"]


def test_made_up_data_are_marked_on_every_printed_page() -> None:
    held = parts(outline())
    marked = [part for name, part in held.items() if name.startswith("xl/worksheets/sheet")]
    assert len(marked) == 5
    assert all("모의 자료" in re.findall(r"<oddHeader>(.*?)</oddHeader>", part)[0] for part in marked)
    assert sheets(outline())["표지"][0][1] == "모의 자료: 실제 지역을 나타내지 않습니다."
    assert "모의 자료" not in "".join(parts(outline(made_up=False)).values())


def test_the_same_outline_gives_the_same_bytes() -> None:
    assert xlsx(outline()) == xlsx(outline())
    assert "1980-01-01T00:00:00Z" in parts(outline())["docProps/core.xml"]  # no time of writing


def test_a_cell_too_long_is_shortened_not_lost() -> None:
    rows = sheets(outline(table((Sentence(("가" * 40_000,)), shown("1", "1")))))["표 1 연도별 신고"]
    assert str(rows[4][0]) == "가" * 32_766 + "…"


@pytest.mark.parametrize("said", ["종\x07소리", "\ufeff처음", "\udcff반쪽", "\uffff"])
def test_letters_that_no_file_can_hold_stop_nothing(said: str) -> None:
    assert len(sheets(outline(Paragraph(words(said)), table((Sentence((said,)), shown("1", "1")))))) == 5


def test_a_table_without_numbers_and_a_report_without_sections() -> None:
    one = table((Sentence(("말",)), Sentence(("–",))), columns=(Column("가"), Column(Sentence(("나",)))))
    assert sheets(outline(one))["표 1 연도별 신고"][4] == ["말", "–"]
    assert list(sheets(outline(sections=(), first=None))) == ["표지", "목차", "본문"]


def test_a_proposal_is_written_too(tmp_path: Path) -> None:
    made = write_xlsx(outline(first=None, kind="proposal", ai_draft=True), tmp_path / "기획안.xlsx")
    book = CalamineWorkbook.from_path(made)
    assert any("AI 초안" in str(row) for row in book.get_sheet_by_name("표지").to_python())
    assert [path.name for path in tmp_path.iterdir()] == ["기획안.xlsx"]
