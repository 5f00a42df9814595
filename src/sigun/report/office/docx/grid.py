"""Tables and lines of a Word document as WordprocessingML (표·문단 → XML), written as text: long tables stay fast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sigun.report.office.columns import widths
from sigun.report.office.flow import Grid
from sigun.report.office.looks import FAINT, cell_style


def paragraph(text: str, style: str, anchor: str = "", number: int = 0) -> Any:
    """A paragraph; `anchor` marks its place, under a number of its own."""
    said = _run(text)
    if anchor:
        said = f'<w:bookmarkStart w:id="{number}" w:name="{anchor}"/>{said}<w:bookmarkEnd w:id="{number}"/>'
    return parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{said}</w:p>')


def link(text: str, style: str, anchor: str) -> Any:
    """A paragraph that leads to the place `anchor` marks."""
    said = f'<w:hyperlink w:anchor="{anchor}" w:history="1">{_run(text)}</w:hyperlink>'
    return parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{said}</w:p>')


def page_number() -> Any:
    """`- 1 -`, as official documents number their pages."""
    field = "".join(
        f"<w:r>{said}</w:r>"
        for said in (
            '<w:t xml:space="preserve">- </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> -</w:t>',
        )
    )
    return parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="footer"/></w:pPr>{field}</w:p>')


def table(grid: Grid, total: int) -> Any:
    """The table, `total` wide; its head stands again on every page and is marked as one."""
    wide = widths(grid, total)
    look = "Boxed" if grid.form else "Ruled"
    first = (
        f'w:val="{"0680" if grid.form else "0620"}" w:firstRow="{int(not grid.form)}" w:firstColumn="{int(grid.form)}"'
    )
    said = f"<w:tblCaption w:val={quoteattr(grid.caption)}/>" if grid.caption else ""
    head = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{look}"/><w:tblW w:w="{total}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook {first} w:noHBand="1" w:noVBand="1"/>{said}</w:tblPr><w:tblGrid>'
    )
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in wide)
    return parse_xml("".join(chain([head, columns, "</w:tblGrid>"], _rows(grid, wide), ["</w:tbl>"])))


def _rows(grid: Grid, wide: Sequence[int]) -> Iterator[str]:
    style = f'<w:pStyle w:val="{cell_style(len(wide))}"/>'
    sides = ['<w:jc w:val="right"/>' if right else "" for right in grid.right]
    if grid.head:
        shapes = [f"{style}<w:keepNext/>{side}" for side in sides]
        yield "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        yield from map(_cell, grid.head, wide, shapes, repeat(True))
        yield "</w:tr>"
    shapes = [style + side for side in sides]
    labels = [grid.form and column == 0 for column in range(len(wide))]
    for row in grid.rows:
        yield "<w:tr>" if grid.form else "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        yield from map(_cell, row, wide, shapes, labels)
        yield "</w:tr>"


def _cell(text: str, width: int, shape: str, head: bool) -> str:
    """A cell; that of a head is bold on grey in itself, as not every program reads it from the table's style."""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{FAINT}"/><w:vAlign w:val="center"/>' if head else ""
    said = "".join(f"<w:p><w:pPr>{shape}</w:pPr>{_run(line, head)}</w:p>" for line in text.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{said}</w:tc>'


def _run(text: str, bold: bool = False) -> str:
    looks = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
