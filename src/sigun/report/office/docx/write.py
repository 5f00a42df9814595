"""The DOCX writer (워드 문서): walks the outline as lines, pictures and tables, and writes one file for Word."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Pt

from sigun.plan.carried import CARRIED, FOLDER
from sigun.report.blocks import Outline
from sigun.report.office.columns import turned
from sigun.report.office.docx.grid import link, page_number, paragraph, table
from sigun.report.office.docx.styles import LANGUAGES, dress, twips
from sigun.report.office.flow import Grid, Line, Picture, Piece, above_every_page, clean, flow
from sigun.report.office.looks import A4, TEXT, TEXT_TURNED, style_of
from sigun.report.office.packed import as_custom_xml, packed, unpacked
from sigun.report.pictures import png, size
from sigun.result import write_atomically
from sigun.text import speaking

_PIXELS = 1200  # across a picture: some 220 to the inch


def write_docx(whole: Outline, path: Path, inside: Mapping[str, bytes] | None = None) -> Path:
    """Write the outline as a Word document, with the files `inside` carried in it under `sigun/`; the file."""
    with speaking("en" if whole.lang == "en" else "ko"):
        document = _Pages(whole).document
    _carry(document, inside or {})
    buffer = io.BytesIO()
    document.save(buffer)
    return write_atomically(path, packed(unpacked(buffer.getvalue())))


class _Pages:
    """The document while it is filled from the top."""

    def __init__(self, whole: Outline) -> None:
        self.document: Any = Document()
        self._turned = False
        self._after_table = False
        self._places = 0
        dress(self.document, whole.lang, whole.kind == "proposal")
        _describe(self.document, whole)
        for piece in flow(whole):
            self._add(piece)
        if self._after_table:  # a document does not end in a table
            self._append(paragraph("", "gap"))

    def _add(self, piece: Piece) -> None:
        self._turn(isinstance(piece, Grid) and turned(piece))
        match piece:
            case Line():
                self._append(self._line(piece))
            case Picture():
                self._picture(piece)
            case Grid():
                self._grid(piece)
        self._after_table = isinstance(piece, Grid) and not piece.foot

    def _append(self, element: Any) -> None:
        body = self.document.element.body
        body.insert(len(body) - 1, element)  # the last is the section's page

    def _line(self, line: Line) -> Any:
        if line.look == "contents":
            return link(line.text, style_of(line), line.anchor)
        self._places += bool(line.anchor)
        return paragraph(line.text, style_of(line), line.anchor, self._places)

    def _picture(self, picture: Picture) -> None:
        self._append(paragraph(picture.reading, "caption"))
        self._append(paragraph(picture.measured, "measured"))
        holder = paragraph("", "picture" if picture.foot else "foot")
        self._append(holder)
        wide, high = size(picture.svg)
        scale = min(picture.room[0] / wide, picture.room[1] / high)
        run = self.document.paragraphs[-1].add_run()
        shape = run.add_picture(io.BytesIO(png(picture.svg, _PIXELS)), Pt(wide * scale), Pt(high * scale))
        shape._inline.docPr.set("descr", picture.alt)
        if picture.foot:
            self._append(paragraph(picture.foot, "foot"))

    def _grid(self, grid: Grid) -> None:
        if grid.caption:
            self._append(paragraph(grid.caption, "caption"))
        elif self._after_table:  # else Word would join the two
            self._append(paragraph("", "gap"))
        self._append(table(grid, twips(TEXT_TURNED if self._turned else TEXT)))
        if grid.foot:
            self._append(paragraph(grid.foot, "foot"))

    def _turn(self, turned_now: bool) -> None:
        """Begin pages on their side, or upright again."""
        if turned_now == self._turned:
            return
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self.document.paragraphs[-1].style = self.document.styles["Gap"]
        across, down = reversed(A4) if turned_now else A4
        section.orientation = WD_ORIENT.LANDSCAPE if turned_now else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Pt(across), Pt(down)
        self._turned = turned_now


def _describe(document: Any, whole: Outline) -> None:
    """What the file says of itself, and what stands on every page."""
    about = document.core_properties
    about.title, about.subject = clean(whole.title.plain)[:255], clean(whole.question.plain)[:255]
    about.author = about.last_modified_by = "sigun"
    about.comments, about.keywords, about.language = "", "", LANGUAGES[whole.lang]
    for child in list(about._element):
        if child.tag.endswith(("}created", "}modified")):  # the template's: not ours to say
            about._element.remove(child)
    for name, relation in list(document.part.package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):  # a picture of the template
            del document.part.package.rels[name]
    page = document.sections[0]
    _fill(page.footer, page_number())
    banner = above_every_page(whole)
    if banner:
        _fill(page.header, paragraph(banner, "header"))


def _fill(story: Any, element: Any) -> None:
    story.is_linked_to_previous = False
    for child in list(story._element):
        story._element.remove(child)
    story._element.append(element)


def _carry(document: Any, inside: Mapping[str, bytes]) -> None:
    """Files as parts of their own, and once more as custom XML: that is what Word keeps when it saves."""
    package = document.part.package
    for number, (name, held) in enumerate(sorted(inside.items()), 2):
        part = Part(PackURI(f"/{FOLDER}{name}"), "application/octet-stream", held, package)
        package.relate_to(part, CARRIED)
        kept = Part(PackURI(f"/customXml/item{number}.xml"), "application/xml", as_custom_xml(name, held), package)
        document.part.relate_to(kept, RELATIONSHIP_TYPE.CUSTOM_XML)
