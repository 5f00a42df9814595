"""How lines look in a document of pages (모양): one table for DOCX and HWPX, all lengths in points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from sigun.report.office.flow import Line

INK, MUTED, ACCENT, LINE, FAINT, YELLOW = "1F2328", "57606A", "0B5F94", "B9C0C7", "F0F2F4", "FFF3CD"

A4 = (595.28, 841.89)
TOP, SIDE, BOTTOM, EDGE = 56.7, 56.7, 51.0, 28.35  # 20, 20, 18 and 10 mm
TEXT, TEXT_TURNED = A4[0] - 2 * SIDE, A4[1] - 2 * SIDE  # between the margins
SPACING = 1.15  # of lines

CELLS = ((6, "cell"), (9, "cell_small"))  # columns, up to which a table is written so large
CELL_TINY = "cell_tiny"


@dataclass(frozen=True)
class Style:
    """How one kind of line looks."""

    size: float = 10.5
    bold: bool = False
    colour: str = INK
    before: float = 0
    after: float = 5
    keep: bool = False  # on one page with what follows
    level: int | None = None  # of a heading, from 0
    mark: Literal["", "point", "step"] = ""
    indent: float = 0
    centred: bool = False
    border: Literal["", "rule", "double", "tint"] = ""


_STYLES: Mapping[str, Style] = {
    "body": Style(),
    "notice": Style(9.5, True, after=10, border="tint"),
    "kind": Style(9, True, ACCENT, after=3),
    "title": Style(20, True, after=8, keep=True),
    "question": Style(12, colour=MUTED, after=3),
    "period": Style(10.5, colour=MUTED, after=3),
    "heading_1": Style(16, True, before=20, after=8, keep=True, level=0, border="rule"),
    "heading_2": Style(13, True, before=15, after=5, keep=True, level=1),
    "heading_3": Style(11.5, True, before=12, after=4, keep=True, level=2),
    "minor": Style(11, True, before=10, after=3, keep=True),
    "point": Style(after=3, mark="point"),
    "step": Style(after=3, mark="step"),
    "contents_1": Style(before=2, after=1),
    "contents_2": Style(colour=MUTED, after=1, indent=17),
    "tile_label": Style(before=8, after=0, keep=True),
    "tile_number": Style(28, True, ACCENT, after=0, keep=True),
    "tile_interval": Style(bold=True, after=2, keep=True),
    "tile_note": Style(9, colour=MUTED),
    "term": Style(bold=True, before=6, after=1, keep=True),
    "cite": Style(9, colour=MUTED),
    "identity": Style(8.5, colour=MUTED, after=0),
    "caption": Style(10, True, before=12, after=3, keep=True),
    "measured": Style(9, colour=MUTED, after=3, keep=True),
    "picture": Style(after=2, keep=True),
    "foot": Style(8.5, colour=MUTED, before=3, after=12),
    "gap": Style(1, after=0),
    "cell": Style(9, after=0),
    "cell_small": Style(8, after=0),
    "cell_tiny": Style(7, after=0),
    "header": Style(9, True, MUTED, after=0),
    "footer": Style(9, colour=MUTED, after=0, centred=True),
}


def styles(proposal: bool) -> Mapping[str, Style]:
    """Every style by its name; of a 기획안 the title stands in a box, as officials know it."""
    if not proposal:
        return _STYLES
    boxed = {name: replace(_STYLES[name], centred=True) for name in ("title", "question")}
    return {**_STYLES, **boxed, "title": replace(boxed["title"], border="double")}


def style_of(line: Line) -> str:
    """The name of a line's style."""
    return f"{line.look}_{line.level}" if line.look in ("heading", "contents") else line.look


def cell_style(columns: int) -> str:
    """The name of the style that so many columns are written in."""
    return next((name for most, name in CELLS if columns <= most), CELL_TINY)


def bullet(proposal: bool) -> str:
    """What stands before a point: officials write ㅇ."""
    return "ㅇ" if proposal else "•"
