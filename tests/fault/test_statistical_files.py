"""Statistical files made to do harm, or broken: each refused with its reason, or read, within limits. All made up."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from sigun.errors import IngestError
from sigun.ingest.layout import Reading
from sigun.ingest.sniff import sniff, sniff_all, survey
from sigun.ingest.tabular import read_table

GOOD: list[list[str | int]] = [["시도", "2019", "2020"], ["가도", 1, 2], ["나도", 3, 4]]
Sheets = dict[str, list[list[str | int]]]


def book(file: Path, sheets: Sheets, inject: str = "") -> Path:
    """A workbook; `inject` is written behind the cells of its first sheet."""
    with xlsxwriter.Workbook(str(file)) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    if not inject:
        return file
    spoiled = file.with_name(f"spoiled-{file.name}")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(spoiled, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            if part.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", b"</sheetData>" + inject.encode())
            new.writestr(part, content)
    return spoiled


def merges(*ranges: str) -> str:
    return f"<mergeCells>{''.join(f'<mergeCell ref={chr(34)}{r}{chr(34)}/>' for r in ranges)}</mergeCells>"


def wide(words: Callable[[int], str], columns: int = 16_383) -> list[list[str | int]]:
    return [
        ["시도", *(["2020"] * columns)],
        ["시도", *map(words, range(columns))],
        *([name, *([1] * columns)] for name in ("가도", "나도")),
    ]


REFUSED: dict[str, tuple[Sheets, str, str]] = {
    "16,383 items": ({"a": wide("항목{}".format)}, "", "names 16383 different items"),
    "one item 16,383 times": ({"a": wide(lambda _: "항목")}, "", "both tell “항목”"),
    "a header without end": (
        {"a": [["시도", f"말{r}"] for r in range(20)] + [["가도", 1]]},
        "",
        "The header has 20 rows",
    ),
    "200,000 merges": ({"a": GOOD}, merges(*(f"A{r}:A{r + 1}" for r in range(2, 400_000, 2))), "merged cells; at most"),
    "no cells": ({"a": [], "b": []}, "", "is empty"),
    "a description alone": ({"메타정보": [["○ 통계표ID", "X"], ["○ 통계표명", "Y"]]}, "", "holds no table"),
    "letters": ({"a": [[f"{r}. 안내 말씀입니다"] for r in range(40)]}, "", "holds no table"),
    "a header and no rows": ({"a": GOOD[:1]}, "", "no header row"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_workbook_is_refused_with_its_reason(tmp_path: Path, name: str) -> None:
    sheets, inject, what = REFUSED[name]
    with pytest.raises(IngestError) as caught:
        sniff(book(tmp_path / "bad.xlsx", sheets, inject))
    assert what in caught.value.what
    assert "bad.xlsx" in caught.value.where
    assert caught.value.remedy


@pytest.mark.parametrize("area", ["A4:XFD1048576", "D1:XFD1048576", "A1048575:XFD1048576"])
def test_a_merged_range_as_large_as_a_sheet_does_no_harm(tmp_path: Path, area: str) -> None:
    file = book(tmp_path / "big.xlsx", {"a": GOOD}, merges(area))
    assert read_table(file, sniff(file))["값"].to_pylist() == ["1", "2", "3", "4"]


def test_a_merged_range_over_the_whole_table_is_refused(tmp_path: Path) -> None:
    file = book(tmp_path / "big.xlsx", {"a": GOOD}, merges("A1:XFD1048576"))
    with pytest.raises(IngestError):
        read_table(file, sniff(file))


def test_a_sheet_that_cannot_be_read_right_is_named_beside_those_that_can(tmp_path: Path) -> None:
    twice: list[list[str | int]] = [["시도", "2020", "2020"], ["가도", 1, 2]]
    file = book(tmp_path / "two.xlsx", {"좋음": GOOD, "나쁨": twice, "안내": [["읽어 주십시오"]]})
    assert [r.sheet for r in sniff_all(file)] == ["좋음"]
    said = [f"{e.what} {e.where}" for e in survey(file).refused]
    assert "Columns B and C both tell “값” of 2020" in said[0]
    assert "sheet “나쁨”, cell C1" in said[0]
    assert "“안내”" in said[1]


BODY = "시도,2019,2020\n가도,1,2\n나도,3,4\n"
TEXTS: dict[str, tuple[str, str]] = {
    "a row cut off": (BODY + "다도,5", "cut off in mid-row"),
    "a row too long": (BODY.replace("가도,1,2", "가도,1,2,9"), "number of cells"),
    "a row too short": (BODY.replace("가도,1,2", "가도,1"), "number of cells"),
    "an open quote": (BODY + '"다도,1,2\n', "never closed"),
    "another table under it": (BODY + "\n시도,남,여\n가도,1,2\n", "begins in row 5"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_broken_text_file_is_refused(tmp_path: Path, name: str) -> None:
    text, what = TEXTS[name]
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(BODY, encoding="utf-8")
    bad.write_text(text, encoding="utf-8")
    with pytest.raises(IngestError) as caught:
        read_table(bad, sniff(good))
    assert what in caught.value.what


def test_remarks_and_blanks_at_the_right_are_no_broken_rows(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("인구\n,,(단위: 명)\n시도,2019,2020,\n가도,1,2,\n나도,3,4\n\n자료: 통계청\n", encoding="utf-8")
    reading = sniff(file)
    with pytest.raises(IngestError, match="number of cells"):
        read_table(file, reading)  # row 5 has lost a cell
    file.write_text("인구\n,,(단위: 명)\n시도,2019,2020,\n가도,1,2,\n나도,3,4,,\n\n자료: 통계청\n", encoding="utf-8")
    assert read_table(file, reading)["값 (명)"].to_pylist() == ["1", "2", "3", "4"]


def test_a_shape_of_another_file_is_refused_not_forced(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text(BODY, encoding="utf-8")
    other.write_text("접수번호,접수일시,위치\n1,2024-01-01,가\n", encoding="utf-8")
    with pytest.raises(IngestError, match="laid out differently"):
        read_table(other, sniff(one))


def test_a_card_cannot_name_rows_that_are_not_there(tmp_path: Path) -> None:
    file = tmp_path / "one.csv"
    file.write_text(BODY, encoding="utf-8")
    shape = sniff(file).shape
    assert shape is not None
    far = shape.model_copy(update={"header": (190,), "first_row": 200})
    with pytest.raises(IngestError, match="ends before row 200"):
        read_table(file, Reading(format="csv", encoding="utf-8", delimiter=",", shape=far))
