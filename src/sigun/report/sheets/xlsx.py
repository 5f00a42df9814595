"""The XLSX writer (엑셀): a cover, the words, the figures, and every table on its own sheet with its full values."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sigun.report.blocks import Block, Cautions, Figure, Form, Items, Outline, Paragraph, Section, Table, Terms, Tile
from sigun.report.letters import printable
from sigun.report.pictures import png, size
from sigun.report.sheets.book import Book
from sigun.report.sheets.cells import cell_of
from sigun.report.widths import columns
from sigun.report.wording import Sentence
from sigun.result import write_atomically
from sigun.text import _, speaking

ROW, WIDE, PIXELS = 20, 640, 1280  # pixels: a row's height, a picture's width on the sheet and in itself
NARROW, BROAD, WORDS = 6, 60, 100  # columns of a sheet: the narrowest, the broadest of a table, of sentences
ACROSS = 95  # columns of a sheet from which it is printed across
HEAD = 3  # the row of a table's titles
UNDATED = datetime(1980, 1, 1)  # the same report gives the same bytes

Line = tuple[str, str, str]  # beside, said, look


def write_xlsx(whole: Outline, path: Path) -> Path:
    """Write the outline as a workbook. The same outline gives the same bytes."""
    return write_atomically(path, xlsx(whole))


def xlsx(whole: Outline) -> bytes:
    """The outline as the bytes of a workbook."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with speaking("ko" if whole.lang == "ko" else "en"), xlsxwriter.Workbook(buffer, options) as written:
        written.set_properties({"title": printable(whole.title.plain)[:255], "created": UNDATED})
        book = Book(written, whole)
        _cover(book)
        _contents(book)
        _text(book)
        if book.figures:
            _figures(book)
        for table in book.tables:
            _table(book, table)
    return buffer.getvalue()


def _cover(book: Book) -> None:
    """What the reader with four minutes reads."""
    sheet = book.sheet("cover")
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, WORDS)
    for row, (beside, said, look) in enumerate(_cover_lines(book.whole)):
        book.put(sheet, row, 0, beside, "muted")
        book.put(sheet, row, 1, said, look)


def _cover_lines(whole: Outline) -> Iterator[Line]:
    if whole.made_up:
        yield "", f"{_('Made-up data')}: {_('no real place is described.')}", "made_up"
    if whole.ai_draft:
        yield "", _("AI draft"), "made_up"
    yield "", whole.title.plain, "title"
    yield _("Question"), whole.question.plain, "words"
    if whole.period:
        yield _("Period"), whole.period.plain, "words"
    if whole.first:
        if whole.first.mark:
            yield "", f"〔{whole.first.mark}〕", "muted"
        yield from _beside(_("Summary"), whole.first.summary)
        if whole.first.tile:
            yield from _tile_lines(whole.first.tile)
        yield from _beside(_("What to do"), whole.first.to_do)
    for name, value in whole.identity:
        yield name, value.plain, "muted"


def _tile_lines(tile: Tile) -> Iterator[Line]:
    yield tile.label.plain, tile.number.plain, "tile"
    for said in (tile.interval, tile.note, tile.caution):
        if said is not None:
            yield "", said.plain, "words"


def _beside(name: str, sentences: tuple[Sentence, ...]) -> Iterator[Line]:
    for place, said in enumerate(sentences):
        yield name if place == 0 else "", said.plain, "words"


def _contents(book: Book) -> None:
    """Every sheet, and a link to it."""
    sheet = book.sheet("contents")
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, WORDS)
    book.put(sheet, 0, 0, _("Contents"), "line")
    there = ["cover", "text", *(["figures"] if book.figures else [])]
    for row, name in enumerate(there, 1):
        book.link(sheet, row, 0, name, book.names[name])
    for row, table in enumerate(book.tables, 1 + len(there)):
        book.link(sheet, row, 0, id(table), book.label(table))
        book.put(sheet, row, 1, table.caption.plain, "words")


def _text(book: Book) -> None:
    """Every section with its sentences, in the order of the report; a table is named and found on its own sheet."""
    sheet = book.sheet("text")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, WORDS)
    row = 0
    for section in book.whole.sections:
        row = _section(book, sheet, section, row, "part")


def _section(book: Book, sheet: Any, section: Section, row: int, look: str) -> int:
    """A section from that row on; the row after it."""
    book.put(sheet, row, 0, book.marks.get(section.id, ""), look)
    book.put(sheet, row, 1, section.marked, look)
    row += 1
    for block in section.blocks:
        for beside, said, shape in _lines(book, block):
            book.put(sheet, row, 0, beside, "muted")
            book.put(sheet, row, 1, said, shape)
            row += 1
        if isinstance(block, Table):
            book.link(sheet, row - 1, 0, id(block), book.label(block))
    for inner in section.sections:
        row = _section(book, sheet, inner, row, "bold")
    return row


def _lines(book: Book, block: Block) -> Iterator[Line]:
    """What a block says, line by line."""
    match block:
        case Paragraph(sentences):
            yield "", " ".join(s.plain for s in sentences), "words"
        case Figure():
            yield book.label(block), block.title.plain, "words"
        case Table():
            yield book.label(block), block.caption.plain, "words"
        case Terms(items):
            for term in items:
                yield term.name, " ".join(s.plain for s in term.words), "words"
                if term.citation:
                    yield "", term.citation, "muted"
        case Cautions(items, title) | Items(items, title):
            if title:
                yield "", title, "bold"
            for item in items:
                yield "", "• " + item.plain, "words"
        case Form(rows):
            for name, said in rows:
                yield name, "\n".join(s.plain for s in said), "words"


def _figures(book: Book) -> None:
    """Every picture under its reading, with the words that stand for it."""
    sheet = book.sheet("figures")
    sheet.set_column(0, 0, WORDS)
    row = 0
    for figure in book.figures:
        book.put(sheet, row, 0, f"{book.label(figure)} {figure.title.plain}".strip(), "bold")
        book.put(sheet, row + 1, 0, figure.subtitle.plain, "muted")
        row += 2 + _picture(sheet, row + 2, figure)
        if figure.foot is not None:
            book.put(sheet, row, 0, figure.foot.plain, "muted")
        row += 2


def _picture(sheet: Any, row: int, figure: Figure) -> int:
    """The picture in that row; how many rows it covers."""
    wide, high = size(figure.svg)
    scale = WIDE / PIXELS
    told = {
        "image_data": io.BytesIO(png(figure.svg, PIXELS)),
        "description": printable(figure.alt or figure.title.plain),
        "x_scale": scale,
        "y_scale": scale,
        "object_position": 1,
    }
    sheet.insert_image(row, 0, "figure.png", told)
    return int(WIDE * high / wide / ROW) + 2


def _table(book: Book, table: Table) -> None:
    """A table: numbers as numbers with all their digits, titles that stay in sight and filter."""
    titles = [c.title if isinstance(c.title, str) else c.title.plain for c in table.columns]
    widths = _widths(titles, table)
    sheet = book.sheet(id(table), across=sum(widths) > ACROSS)
    book.put(sheet, 0, 0, f"{book.label(table)} {table.caption.plain}", "line")
    book.link(sheet, 1, 0, "contents", _("Contents"))
    for column, (title, width) in enumerate(zip(titles, widths, strict=True)):
        sheet.set_column(column, column, width)
        book.put(sheet, HEAD, column, title, "head", align="right" if table.columns[column].right else "left")
    for row, cells in enumerate(table.rows, HEAD + 1):
        for column, said in enumerate(cells):
            book.value(sheet, row, column, cell_of(said), align="right" if table.columns[column].right else "left")
    last = HEAD + len(table.rows)
    sheet.autofilter(HEAD, 0, last, len(titles) - 1)
    sheet.freeze_panes(HEAD + 1, 0)
    sheet.repeat_rows(HEAD)
    if table.foot is not None:
        book.put(sheet, last + 2, 0, table.foot.plain)


def _widths(titles: list[str], table: Table) -> list[int]:
    """As wide as the widest cell, or the widest word of its title beside the filter's button; long sentences wrap."""
    words = [max((columns(word) for word in title.split()), default=0) + 3 for title in titles]
    cells = [max((columns(row[i].plain) for row in table.rows), default=0) + 2 for i in range(len(titles))]
    return [max(NARROW, min(max(pair), BROAD)) for pair in zip(words, cells, strict=True)]
