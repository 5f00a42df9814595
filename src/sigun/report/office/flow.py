"""The outline as one stream of lines, pictures and tables (흐름): what DOCX and HWPX lay on their pages, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from sigun.report.blocks import (
    Block,
    Cautions,
    Figure,
    FirstScreen,
    Form,
    Items,
    Outline,
    Paragraph,
    Section,
    Table,
    Terms,
    Tile,
)
from sigun.report.notices import ALL_MADE_UP, SOME_AI
from sigun.report.numbered import headings, numbered
from sigun.report.wording import Sentence
from sigun.text import _

Look = Literal[
    "notice",
    "kind",
    "title",
    "question",
    "period",
    "heading",
    "minor",
    "body",
    "point",
    "step",
    "contents",
    "tile_label",
    "tile_number",
    "tile_interval",
    "tile_note",
    "term",
    "cite",
    "identity",
]
"""What a line is; each format has a style of its own for it."""

# What XML 1.0 cannot hold: control characters, halves of surrogate pairs, the two non-characters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROOM = (396.9, 510.3)  # 140 × 180 mm
_FIRST = (396.9, 250.0)  # the first page holds words too
_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")


@dataclass(frozen=True)
class Line:
    """A line of text that may be broken by the page; `level` is that of a heading (1–3).

    `anchor` names the place of a heading, and in the contents where the line leads.
    """

    text: str
    look: Look
    level: int = 0
    anchor: str = ""


@dataclass(frozen=True)
class Picture:
    """A drawing under its reading and what it measures, above its foot."""

    svg: str
    alt: str
    reading: str
    measured: str
    foot: str
    room: tuple[float, float]  # at most so wide and high, in points


@dataclass(frozen=True)
class Grid:
    """A table of text; a line end inside a cell begins a new paragraph. Without a head it is a form."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]  # columns of numbers
    foot: str = ""

    @property
    def form(self) -> bool:
        """Labels on the left, what is filled in on the right."""
        return not self.head


Piece = Line | Picture | Grid


def flow(whole: Outline) -> Iterator[Piece]:
    """Everything the outline says in reading order, its headings also as contents. Speak its language while walking."""
    for piece in _pieces(whole):
        if whole.kind == "proposal" and isinstance(piece, Line) and piece.look == "minor":
            yield replace(piece, text=f"□ {piece.text}")
        else:
            yield piece


def _pieces(whole: Outline) -> Iterator[Piece]:
    labels, marks = dict(numbered(whole)), headings(whole)
    yield from _opening(whole)
    if whole.first is not None:
        yield from _first_screen(whole.first)
    if whole.kind == "report":
        yield from _contents(whole, marks)
    for part in whole.sections:
        yield from _section(part, 1, marks, labels)
    for label, value in whole.identity:
        yield from _lines(f"{label}: {value.plain}", "identity")


def _opening(whole: Outline) -> Iterator[Line]:
    yield from (Line(notice, "notice") for notice in _notices(whole))
    kind = _("analysis report") if whole.kind == "report" else _("proposal")
    yield Line(_("sigun") + " " + kind, "kind")
    yield from _lines(whole.title.plain, "title")
    yield from _lines(whole.question.plain, "question")
    if whole.period is not None:
        yield from _lines(_("Period") + " " + whole.period.plain, "period")


def _notices(whole: Outline) -> Iterator[str]:
    """What is to be known before anything is read."""
    if whole.made_up:
        yield _("Made-up data") + " " + _(ALL_MADE_UP[whole.kind])
    if whole.ai_draft:
        yield _("AI draft") + " " + _(SOME_AI)


def above_every_page(whole: Outline) -> str:
    """What no page may be taken away without. Speak the outline's language while asking."""
    marks = ((whole.made_up, _("Made-up data")), (whole.ai_draft, _("AI draft")))
    return " · ".join(said for there, said in marks if there)


def _first_screen(first: FirstScreen) -> Iterator[Piece]:
    yield Line(_("Summary") + (f" 〔{first.mark}〕" if first.mark else ""), "heading", 1)
    yield from _each(first.summary, "point")
    if first.tile is not None:
        yield from _tile(first.tile)
    if first.figure is not None:
        yield _picture(first.figure, "", _FIRST)
    if first.to_do:
        yield Line(_("What to do"), "minor")
        yield from _each(first.to_do, "step")


def _tile(tile: Tile) -> Iterator[Line]:
    yield from _lines(tile.label.plain, "tile_label")
    yield from _lines(tile.number.plain, "tile_number")
    if tile.interval is not None:
        yield from _lines(tile.interval.plain, "tile_interval")
    yield from _lines(tile.note.plain, "tile_note")
    if tile.caution is not None:
        yield from _lines(tile.caution.plain, "tile_note")


def _contents(whole: Outline, marks: Mapping[str, str]) -> Iterator[Line]:
    yield Line(_("Contents"), "minor")
    for part in whole.sections:
        yield Line(_headed(part, marks), "contents", 1, _anchor(part))
        yield from (Line(_headed(below, marks), "contents", 2, _anchor(below)) for below in part.sections)


def _section(section: Section, level: int, marks: Mapping[str, str], labels: Mapping[int, str]) -> Iterator[Piece]:
    yield Line(_headed(section, marks), "heading", min(level, 3), _anchor(section))
    for block in section.blocks:
        yield from _block(block, labels)
    for below in section.sections:
        yield from _section(below, level + 1, marks, labels)


def _anchor(section: Section) -> str:
    """A name both formats can hold: letters, digits and `_`, at most 40."""
    return "_" + re.sub(r"[^0-9A-Za-z]", "_", section.id)[:39]


def _headed(section: Section, marks: Mapping[str, str]) -> str:
    return _joined(marks.get(section.id, ""), section.marked)


def _block(block: Block, labels: Mapping[int, str]) -> Iterator[Piece]:
    match block:
        case Paragraph(sentences):
            yield from _lines(_run(sentences), "body")
        case Figure():
            yield _picture(block, labels[id(block)])
        case Table():
            yield _table(block, labels[id(block)])
        case Terms(items):
            for term in items:
                yield Line(clean(term.name), "term")
                yield from _lines(_run(term.words), "body")
                yield from _lines(term.citation, "cite") if term.citation else ()
        case Cautions(items, title) | Items(items, title):
            yield from _lines(title, "minor") if title else ()
            yield from _each(items, "point")
        case Form(rows):
            filled = tuple((clean(label), clean("\n".join(s.plain for s in value))) for label, value in rows)
            yield from (Grid("", (), filled, (False, False)),) if filled else ()


def _picture(figure: Figure, label: str, room: tuple[float, float] = _ROOM) -> Picture:
    return Picture(
        svg=figure.svg,
        alt=_inline(figure.alt),
        reading=_joined(label, figure.title.plain),
        measured=_inline(figure.subtitle.plain),
        foot=_inline(figure.foot.plain) if figure.foot else "",
        room=room,
    )


def _table(table: Table, label: str) -> Grid:
    titles = (c.title if isinstance(c.title, str) else c.title.plain for c in table.columns)
    return Grid(
        caption=_joined(label, table.caption.plain),
        head=tuple(map(_inline, titles)),
        rows=tuple(tuple(clean(cell.plain) for cell in row) for row in table.rows),
        right=tuple(c.right for c in table.columns),
        foot=_inline(table.foot.plain) if table.foot else "",
    )


def _each(sentences: tuple[Sentence, ...], look: Look) -> Iterator[Line]:
    """One point a sentence: a line end inside one does not begin another point."""
    return (Line(_inline(said.plain), look) for said in sentences)


def _lines(text: str, look: Look) -> Iterator[Line]:
    return (Line(line.strip(), look) for line in clean(text).split("\n") if line.strip())


def _run(sentences: tuple[Sentence, ...]) -> str:
    return " ".join(said.plain for said in sentences)


def _joined(mark: str, text: str) -> str:
    return _inline(f"{mark} {text}" if mark else text)


def _inline(text: str) -> str:
    return clean(text).replace("\n", " ")


def clean(text: str) -> str:
    """Text that XML 1.0 can hold, its line ends as `\\n`; a tab is a space."""
    return _ILLEGAL.sub("", _ENDS.sub("\n", text)).replace("\t", " ")
