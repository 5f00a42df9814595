"""What figures, tables and headings are numbered by (번호): the same in every format."""

from __future__ import annotations

from collections.abc import Iterator

from sigun.report.blocks import Block, Figure, Outline, Section, Table
from sigun.text import _

LETTERS = {"ko": "가나다라마바사아자차카타파하", "en": "abcdefghijklmn"}


def numbered(whole: Outline) -> Iterator[tuple[int, str]]:
    """`<그림 1>`, `<표 1>` for every figure and table, by the block's identity."""
    counts = {Figure: 0, Table: 0}
    for block in blocks_of(whole.sections):
        if isinstance(block, Figure | Table):
            counts[type(block)] += 1
            name = _("Figure") if isinstance(block, Figure) else _("Table")
            yield id(block), f"<{name} {counts[type(block)]}>"


def blocks_of(sections: tuple[Section, ...]) -> Iterator[Block]:
    """Every block, in reading order."""
    for section in sections:
        yield from section.blocks
        yield from blocks_of(section.sections)


def headings(whole: Outline) -> dict[str, str]:
    """Marks in the official order: `1.`, and `가.` below."""
    marks, number = {}, 0
    for part in whole.sections:
        number += part.counted
        marks[part.id] = f"{number}." if part.counted else ""
        for letter, section in zip(LETTERS[whole.lang], part.sections, strict=False):
            marks[section.id] = f"{letter}."
    return marks
