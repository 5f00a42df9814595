"""The HTML writer (HTML 보고서): walks the outline and writes one file that asks for nothing from outside."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sigun.report.blocks import Block, Outline, Table
from sigun.report.finished import Finished
from sigun.report.fonts import embedded_css
from sigun.report.numbered import headings, numbered
from sigun.report.outline import outline
from sigun.report.wording import Piece, Sentence, Shown
from sigun.result import write_atomically
from sigun.text import Language, _, speaking

STYLE = Path(__file__).parent / "style.css"
GLUE = "\u2060"  # word joiner
_BRACKET = re.compile(r"\)(?=[가-힣])")
_AFTER_SIGN = re.compile(r"[^\s가-힣][가-힣]")


def write_html(finished: Finished, path: Path, lang: Language) -> Path:
    """Write the report of a finished run as one HTML file; the file."""
    write_atomically(path, html(finished, lang))
    return path


def html(finished: Finished, lang: Language) -> str:
    """The report as one page."""
    return laid(outline(finished, lang), "report.html")


def laid(whole: Outline, template: str, inside: Mapping[str, bytes] | None = None) -> str:
    """The outline as one page that carries the files in `inside` (base64, in elements no browser shows)."""
    with speaking("en" if whole.lang == "en" else "ko"):
        page = _environment().get_template(template)
        held = {name: base64.b64encode(data).decode("ascii") for name, data in (inside or {}).items()}
        what = {"o": whole, "labels": dict(numbered(whole)), "headings": headings(whole), "inside": held.items()}
        body = page.render(what, css="", fonts="")
        css, fonts = STYLE.read_text(encoding="utf-8"), embedded_css(body)
        return page.render(what, css=Markup(css), fonts=Markup(fonts))


def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("sigun.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals |= {"_": _, "id_of": id}
    env.filters |= {"say": say, "kind": kind, "download": download, "svg": Markup}
    return env


def say(said: Sentence | str) -> Markup:
    """A sentence as HTML: a number is `<data>` with its value, a word of the data `<span>`, both with a reference."""
    if isinstance(said, str):
        return Markup.escape(said)
    return Markup("").join(_piece(piece) for piece in _glued(said.pieces))


def _glued(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """No line ends between a sign or bracket and the particle behind it, nor inside a range."""
    before = ""
    for piece in pieces:
        if isinstance(piece, Shown):
            yield piece
            before = piece.text
            continue
        words = {"–": f"{GLUE}–{GLUE}", " ~ ": "\u00a0~\u00a0"}.get(piece, _BRACKET.sub(f"){GLUE}", piece))
        yield GLUE + words if _AFTER_SIGN.match(before[-1:] + words) else words
        before = piece


def _piece(piece: Piece) -> Markup:
    if isinstance(piece, str):
        return Markup.escape(piece)
    ref, text = str(piece.ref), piece.text.replace(" %", "\u00a0%")
    if piece.value is None:
        return Markup('<span data-ref="{}">{}</span>').format(ref, text)
    return Markup('<data class="n" value="{}" data-ref="{}" title="{}">{}</data>').format(piece.value, ref, ref, text)


def kind(block: Block) -> str:
    """What a block is called in the template."""
    return type(block).__name__.lower()


def download(table: Table) -> dict[str, str]:
    """A table as CSV that Excel opens (UTF-8 with BOM), every value in full, inside the page itself."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([c.title if isinstance(c.title, str) else c.title.plain for c in table.columns])
    writer.writerows([[_inert(_raw(cell)) for cell in row] for row in table.rows])
    held = buffer.getvalue().encode("utf-8-sig")
    size = max(1, round(len(held) / 1024))
    return {
        "href": "data:text/csv;charset=utf-8;base64," + base64.b64encode(held).decode("ascii"),
        "size": f"{size} KB",
    }


def _raw(cell: Sentence) -> str:
    values = [p for p in cell.pieces if isinstance(p, Shown)]
    if len(values) == 1 and values[0].value is not None and len(cell.pieces) == 1:
        return values[0].value
    return cell.plain


def _inert(text: str) -> str:
    """A word that a spreadsheet would take for a formula stays a word."""
    return "'" + text if text[:1] in "=@\t\r" or (text[:1] in "+-" and not _is_number(text)) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
