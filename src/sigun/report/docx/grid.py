"""Tables and lines of a Word document as WordprocessingML (표·문단 → XML), written as text: long tables stay fast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sigun.report.columns import widths
from sigun.report.flow import Grid
from sigun.report.looks import cell_style


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
    first = f'w:firstRow="{int(not grid.form)}" w:firstColumn="{int(grid.form)}"'
    said = f"<w:tblCaption w:val={quoteattr(grid.caption)}/>" if grid.caption else ""
    head = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{look}"/><w:tblW w:w="{total}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook {first} w:noHBand="1" w:noVBand="1"/>{said}</w:tblPr><w:tblGrid>'
    )
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in wide)
    return parse_xml("".join(chain([head, columns, "</w:tblGrid>"], _rows(grid, wide), ["</w:tbl>"])))


def _rows(grid: Grid, wide: Sequence[int]) -> Iterator[str]:
    style = cell_style(len(wide))
    aligned = ['<w:jc w:val="right"/>' if right else "" for right in grid.right]
    layout = list(zip(wide, aligned, strict=True))
    if grid.head:
        yield "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        yield from _cells(grid.head, layout, style, "<w:keepNext/>")
        yield "</w:tr>"
    for row in grid.rows:
        yield "<w:tr>" if grid.form else "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        yield from _cells(row, layout, style, "")
        yield "</w:tr>"


def _cells(cells: Sequence[str], layout: Sequence[tuple[int, str]], style: str, keep: str) -> Iterator[str]:
    for cell, (wide, aligned) in zip(cells, layout, strict=True):
        looks = f'<w:pPr><w:pStyle w:val="{style}"/>{keep}{aligned}</w:pPr>'
        said = "".join(f"<w:p>{looks}{_run(line)}</w:p>" for line in cell.split("\n"))
        yield f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>{said}</w:tc>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
