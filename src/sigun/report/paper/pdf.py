"""The PDF writer (PDF 보고서): the outline on A4 as PDF/UA-1, set by Typst from data that is never read as markup."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sigun.errors import RunError
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
from sigun.report.fonts import FAMILY, FOLDER
from sigun.report.letters import KEPT, printable
from sigun.report.notices import ALL_MADE_UP, SOME_AI
from sigun.report.numbered import headings, numbered
from sigun.report.paper.table import laid
from sigun.report.pictures import size
from sigun.report.widths import advances
from sigun.report.wording import Sentence, Shown
from sigun.result import write_atomically
from sigun.text import _, speaking

TEMPLATE = Path(__file__).parent / "paper.typ"
WIDE, HIGH = 125.0, 190.0  # millimetres a picture may take
FOOT = 60  # letters of the title at the foot of a page
HOLLOW = "□"  # stands for a letter that no font has

Data = dict[str, Any]


def write_pdf(whole: Outline, path: Path, inside: Mapping[str, bytes] | None = None) -> Path:
    """Write the outline as a PDF/UA-1 file; `inside` is attached. The same outline gives the same bytes.

    Raises
    ------
    RunError
        The outline cannot be set.
    """
    return write_atomically(path, pdf(whole, inside))


def pdf(whole: Outline, inside: Mapping[str, bytes] | None = None) -> bytes:
    """The outline as the bytes of a PDF file."""
    held = dict(inside or {})
    with speaking("ko" if whole.lang == "ko" else "en"):
        told = _Telling(dict(numbered(whole)), headings(whole)).whole(whole, list(held))
    written = json.dumps(_cleaned(told), ensure_ascii=False)
    lacking = {letter for letter in set(written) if ord(letter) not in advances()} - set(KEPT)
    try:
        return _set(written, held, others=bool(lacking))  # Hanja, other scripts: as this machine draws them
    except RunError:
        if not lacking:
            raise
        return _set(written.translate(dict.fromkeys(map(ord, lacking), HOLLOW)), held, others=False)


def _set(written: str, inside: Mapping[str, bytes], others: bool) -> bytes:
    """Let Typst set the page in a folder that holds what is attached and nothing else."""
    import typst

    fonts = typst.Fonts(include_system_fonts=others, include_embedded_fonts=others, font_paths=[FOLDER])
    with tempfile.TemporaryDirectory() as root:
        for number, held in enumerate(inside.values()):
            (Path(root) / str(number)).write_bytes(held)
        compiler = typst.Compiler(
            TEMPLATE.read_bytes(),
            root=root,
            package_path=root,
            package_cache_path=root,
            font_paths=fonts,
            sys_inputs={"whole": written},
        )
        try:
            made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
        except typst.TypstError as error:
            raise RunError(
                _("The PDF could not be set: {reason}").format(reason=error.message),
                "PDF",
                _("Write the report in another format (html, docx, hwpx) and tell us this message."),
            ) from error
    return cast(bytes, made)  # one file, and no place to write it to


def _cleaned(held: Any) -> Any:
    """The same data, every text of it as it can be printed."""
    if isinstance(held, str):
        return printable(held)
    if isinstance(held, list):
        return [_cleaned(one) for one in held]
    return {name: _cleaned(one) for name, one in held.items()} if isinstance(held, dict) else held


@dataclass(frozen=True)
class _Telling:
    """The outline as plain data for the template."""

    labels: Mapping[int, str]
    numbers: Mapping[str, str]

    def whole(self, whole: Outline, inside: list[str]) -> Data:
        kind = _("analysis report") if whole.kind == "report" else _("proposal")
        return {
            "title": _said(whole.title) or kind,
            "foot": _short(whole.title.plain or kind),
            "question": _said(whole.question),
            "period": _maybe(whole.period),
            "lang": whole.lang,
            "kind": whole.kind,
            "made_up": whole.made_up,
            "ai_draft": whole.ai_draft,
            "fonts": [FAMILY],
            "first": self.first(whole.first) if whole.first else None,
            "sections": [self.section(one) for one in whole.sections],
            "identity": [[name, _said(value)] for name, value in whole.identity],
            "inside": [{"name": name, "file": str(number)} for number, name in enumerate(inside)],
            "words": _words(kind, whole.kind),
        }

    def first(self, screen: FirstScreen) -> Data:
        return {
            "mark": screen.mark,
            "summary": _all(screen.summary),
            "tile": _tile(screen.tile) if screen.tile else None,
            "figure": self.figure(screen.figure) if screen.figure else None,
            "to_do": _all(screen.to_do),
        }

    def section(self, section: Section) -> Data:
        return {
            "number": self.numbers.get(section.id, ""),
            "mark": section.mark,
            "title": section.title,
            "blocks": [self.block(one) for one in section.blocks],
            "sections": [self.section(one) for one in section.sections],
        }

    def block(self, block: Block) -> Data:
        match block:
            case Paragraph(sentences):
                return {"kind": "paragraph", "said": " ".join(_all(sentences))}
            case Figure():
                return {"kind": "figure", **self.figure(block)}
            case Table():
                return {"kind": "table", **self.table(block)}
            case Terms(items):
                return {"kind": "terms", "items": [[t.name, " ".join(_all(t.words)), t.citation] for t in items]}
            case Cautions(items, title) | Items(items, title):
                kind = "cautions" if isinstance(block, Cautions) else "items"
                return {"kind": kind, "title": title, "items": _all(items)}
            case Form(rows):
                return {"kind": "form", "rows": [[name, _all(said)] for name, said in rows]}

    def figure(self, figure: Figure) -> Data:
        return {
            "label": self.labels.get(id(figure), ""),
            "title": _said(figure.title),
            "subtitle": _said(figure.subtitle),
            "svg": figure.svg,
            "width": _width(figure),
            "alt": figure.alt or figure.title.plain,
            "foot": _maybe(figure.foot),
        }

    def table(self, table: Table) -> Data:
        titles = [c.title if isinstance(c.title, str) else _said(c.title) for c in table.columns]
        rows = [_all(row) for row in table.rows]
        rights = [c.right for c in table.columns]
        lay = laid(titles, rights, rows)
        return {
            "label": self.labels.get(id(table), ""),
            "caption": _said(table.caption),
            "columns": [
                {"title": title, "right": right, "width": width}
                for title, right, width in zip(titles, rights, lay.widths, strict=True)
            ],
            "rows": rows,
            "size": lay.size,
            "landscape": lay.landscape,
            "torn": lay.torn,
            "foot": _maybe(table.foot),
        }


def _width(figure: Figure) -> float:
    """In millimetres: a tall picture is set narrower, so that the page holds it."""
    wide, high = size(figure.svg)
    return min(WIDE, HIGH * wide / high)


def _tile(tile: Tile) -> Data:
    return {
        "label": _said(tile.label),
        "number": _said(tile.number),
        "interval": _maybe(tile.interval),
        "note": _said(tile.note),
        "caution": _maybe(tile.caution),
    }


def _words(kind: str, name: str) -> dict[str, str]:
    """What the page itself says."""
    return {
        "sigun": _("sigun"),
        "kind": kind,
        "made_up": _("Made-up data"),
        "all_made_up": _(ALL_MADE_UP[name]),
        "ai_draft": _("AI draft"),
        "some_ai": _(SOME_AI),
        "summary": _("Summary"),
        "to_do": _("What to do"),
        "contents": _("Contents"),
        "period": _("Period"),
    }


def _short(title: str) -> str:
    """As much of the title as the foot of a page has room for."""
    return title if len(title) <= FOOT else title[: FOOT - 1] + "…"


def _all(sentences: Iterable[Sentence]) -> list[str]:
    return [_said(one) for one in sentences]


def _maybe(said: Sentence | None) -> str | None:
    return _said(said) if said is not None else None


def _said(said: Sentence) -> str:
    """A sentence as text in which no line ends inside a value, nor between a number and its sign."""
    return "".join(
        piece.text.replace(" ", "\u00a0") if isinstance(piece, Shown) and piece.value is not None else _plain(piece)
        for piece in said.pieces
    )


def _plain(piece: str | Shown) -> str:
    text = piece if isinstance(piece, str) else piece.text
    return "\u00a0~\u00a0" if text == " ~ " else text.replace(" %", "\u00a0%")
