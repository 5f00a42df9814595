"""A workbook that is being written (통합문서): sheets ready to be printed, formats, words that stay words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sigun.report.blocks import Figure, Outline, Table
from sigun.report.letters import printable
from sigun.report.numbered import blocks_of, headings, numbered
from sigun.report.sheets.cells import Cell
from sigun.report.sheets.names import sheet_names
from sigun.text import _

A4 = 9  # Excel's number of the paper
LONGEST = 32_767  # letters a cell can hold
FORMULA = ("=", "+", "-", "@")

LOOKS: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "words": {"text_wrap": True},
    "muted": {"font_color": "#57606A", "text_wrap": True},
    "bold": {"bold": True, "text_wrap": True},
    "line": {"bold": True},
    "title": {"bold": True, "font_size": 18, "text_wrap": True},
    "part": {"bold": True, "font_size": 13, "top": 1, "text_wrap": True},
    "tile": {"bold": True, "font_size": 20, "font_color": "#0B5F94"},
    "head": {"bold": True, "text_wrap": True, "top": 1, "bottom": 1, "bg_color": "#F5F6F7", "valign": "vcenter"},
    "link": {"font_color": "#0B5F94", "underline": 1},
    "made_up": {"bold": True, "bg_color": "#FFF3CD", "text_wrap": True},
}


class Book:
    """An xlsxwriter workbook with the outline that is written into it."""

    def __init__(self, book: Any, whole: Outline) -> None:
        self.book, self.whole = book, whole
        self.labels, self.marks = dict(numbered(whole)), headings(whole)
        self.tables = [b for b in blocks_of(whole.sections) if isinstance(b, Table)]
        self.figures = _figures(whole)
        words = {"cover": _("Cover"), "contents": _("Contents"), "text": _("Text"), "figures": _("Figures")}
        wishes = [*words.values(), *(f"{self.label(t)} {t.caption.plain}" for t in self.tables)]
        self.names = dict(zip([*words, *map(id, self.tables)], sheet_names(wishes), strict=True))
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def label(self, block: Figure | Table) -> str:
        """`표 1`; nothing for the picture of the first screen."""
        return self.labels.get(id(block), "").strip("<>")

    def sheet(self, name: str | int, across: bool = False) -> Any:
        """A new sheet: one page wide, with page numbers, and the made-up mark on every page."""
        sheet = self.book.add_worksheet(self.names[name])
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        if across:
            sheet.set_landscape()
        title = printable(self.whole.title.plain)[:80].replace("&", "&&")
        sheet.set_footer(f"&L{title}&R&P / &N")
        if self.whole.made_up:
            sheet.set_header(f"&L&B{_('Made-up data')}")
        sheet.hide_gridlines(2)
        return sheet

    def look(self, name: str, **more: Any) -> Any:
        """A format, made once."""
        wanted = {"valign": "top", **LOOKS[name], **more}
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(wanted)
        return self._formats[key]

    def put(self, sheet: Any, row: int, column: int, text: str, name: str = "plain", **more: Any) -> None:
        """Words, which stay words: what a spreadsheet would take for a formula is marked as text."""
        said = printable(text)
        held = said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"
        quoted = {"quote_prefix": True} if held.startswith(FORMULA) else {}
        sheet.write_string(row, column, held, self.look(name, **more, **quoted))

    def value(self, sheet: Any, row: int, column: int, cell: Cell, **more: Any) -> None:
        """A number, a day or words."""
        if isinstance(cell.value, str):
            self.put(sheet, row, column, cell.value, "words", **more)
        elif isinstance(cell.value, datetime):
            sheet.write_datetime(row, column, cell.value, self.look("plain", num_format=cell.form, **more))
        else:
            sheet.write_number(row, column, cell.value, self.look("plain", num_format=cell.form, **more))

    def link(self, sheet: Any, row: int, column: int, to: str | int, text: str) -> None:
        """A way to another sheet."""
        place = "internal:'" + self.names[to].replace("'", "''") + "'!A1"
        sheet.write_url(row, column, place, self.look("link"), printable(text)[:255])


def _figures(whole: Outline) -> list[Figure]:
    """All figures; the first screen's too, unless it comes again."""
    found = [b for b in blocks_of(whole.sections) if isinstance(b, Figure)]
    first = whole.first.figure if whole.first else None
    return found if first is None or first in found else [first, *found]
