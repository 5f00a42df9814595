"""A whole report of a run, on paper and in sheets: nothing the outline says is missing from either."""

from __future__ import annotations

import io
import re
from typing import Any, Literal

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from papers import texts
from sigun.report.blocks import Outline, Table
from sigun.report.numbered import blocks_of, headings, numbered
from sigun.report.outline import outline
from sigun.report.paper.pdf import pdf
from sigun.report.sheets.cells import cell_of
from sigun.report.sheets.xlsx import xlsx
from sigun.text import speaking

Languages = Literal["ko", "en"]


@pytest.fixture(scope="module", params=["ko", "en"])
def whole(finished: Any, request: pytest.FixtureRequest) -> Outline:
    return outline(finished, request.param)


@pytest.fixture(scope="module")
def pages(whole: Outline) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf(whole))).pages]


@pytest.fixture(scope="module")
def book(whole: Outline) -> dict[str, list[list[Any]]]:
    read = CalamineWorkbook.from_filelike(io.BytesIO(xlsx(whole)))
    return {name: read.get_sheet_by_name(name).to_python() for name in read.sheet_names}


def bare(text: str) -> str:
    return re.sub(r"[\s\u00a0\u2060]+", "", text)


def without_feet(page: str, title: str) -> str:
    """A page's text without what stands on every page."""
    return re.sub(re.escape(title) + r"\s*\d+ / \d+$", "", page.strip())


def test_every_sentence_and_cell_is_on_paper(whole: Outline, pages: list[str]) -> None:
    found = bare("".join(without_feet(page, whole.title.plain) for page in pages))
    banner = bare(pages[0].split("\n", 1)[0])
    found = found.replace(banner, "")
    assert [said for said in texts(whole) if bare(said) not in found] == []


def test_headings_and_labels_carry_the_numbers_of_every_format(whole: Outline, pages: list[str]) -> None:
    found = bare("".join(pages))
    with speaking("ko" if whole.lang == "ko" else "en"):
        labels = [label for _id, label in numbered(whole)]
    marks = headings(whole)
    titles = [f"{marks[s.id]} {s.title}" for part in whole.sections for s in (part, *part.sections)]
    assert [said for said in (*labels, *titles) if bare(said) not in found] == []


def test_every_section_is_in_the_workbook(whole: Outline, book: dict[str, list[list[Any]]]) -> None:
    strings = "\n".join(str(cell) for rows in book.values() for row in rows for cell in row)
    cells = {cell.plain for b in blocks_of(whole.sections) if isinstance(b, Table) for row in b.rows for cell in row}
    assert [said for said in texts(whole) if said not in strings and said not in cells] == []


def test_every_table_is_a_sheet_with_its_values(whole: Outline, book: dict[str, list[list[Any]]]) -> None:
    tables = [b for b in blocks_of(whole.sections) if isinstance(b, Table)]
    sheets = list(book.values())[-len(tables) :]
    with speaking("ko" if whole.lang == "ko" else "en"):
        for table, rows in zip(tables, sheets, strict=True):
            asked = [[cell_of(cell).value for cell in row] for row in table.rows]
            held = [row[: len(table.columns)] for row in rows[4 : 4 + len(asked)]]
            assert [[_plain(v) for v in row] for row in held] == [[_plain(v) for v in row] for row in asked]


def _plain(value: Any) -> Any:
    """A day as a day: one reader gives it with its hours, another without."""
    return str(value)[:10] if hasattr(value, "year") else value


def test_numbers_of_tables_are_numbers(whole: Outline, book: dict[str, list[list[Any]]]) -> None:
    numbers = [v for rows in list(book.values())[4:] for row in rows[4:] for v in row if isinstance(v, float)]
    assert len(numbers) > 100
