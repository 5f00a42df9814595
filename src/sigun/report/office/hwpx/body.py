"""The body of a Hangul document (본문: section0.xml …): lines, tables and pictures as OWPML, written as text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import count
from xml.sax.saxutils import escape

from sigun.report.office.columns import widths
from sigun.report.office.flow import Grid, Line, Picture
from sigun.report.office.hwpx.head import Head, Refs, units
from sigun.report.office.looks import A4, BOTTOM, EDGE, SIDE, TEXT, TEXT_TURNED, TOP, bullet, cell_style, style_of
from sigun.report.pictures import size
from sigun.report.widths import ems

_PAD = (425, 85)  # of a cell, at its sides, and above and below
_LINE = 1.45  # ems from one line of a cell to the next
_STILL = 'lock="0" dropcapstyle="None"'


class Body:
    """Sections while they are filled. Every paragraph, table and picture has a number of its own."""

    def __init__(self, head: Head, proposal: bool, on_every_page: str) -> None:
        self._head = head
        self._bullet = bullet(proposal)
        self._banner = on_every_page
        self._numbers = count(1)
        self._steps = count(1)

    def section(self, pieces: Sequence[Line | Picture | Grid], images: Iterator[str], turned: bool) -> str:
        """One section's paragraphs: the page first, then what is on it. `images` are the pictures' names."""
        wide = TEXT_TURNED if turned else TEXT
        parts = [self._page(turned)]
        for piece in pieces:
            match piece:
                case Line():
                    parts.append(self._line(piece))
                case Picture():
                    parts += self._picture(piece, next(images))
                case Grid():
                    parts += self._grid(piece, units(wide))
        return "".join(parts)

    def _line(self, line: Line) -> str:
        match line.look:
            case "point":
                before = f"{self._bullet} "
            case "step":
                before = f"{next(self._steps)}. "
            case _:
                before = ""
        return self._paragraph(before + line.text, style_of(line))

    def _paragraph(self, text: str, style: str) -> str:
        refs = self._head.refs[style]
        shape = refs.torn if _too_wide(text, refs, units(TEXT)) else refs.paragraph
        return self._written(text, shape, refs.style, refs.letters)

    def _held(self, inner: str, refs: Refs) -> str:
        run = f'<hp:run charPrIDRef="{refs.letters}">{inner}</hp:run>'
        return _p(next(self._numbers), refs.paragraph, refs.style, run)

    def _page(self, turned: bool) -> str:
        """The paragraph that says what the pages are: A4, margins, page numbers, what stands above each."""
        refs = self._head.refs["gap"]
        properties = _section_properties(turned, self._head.outline)
        runs = f'<hp:run charPrIDRef="{refs.letters}">{properties}{_COLUMNS}</hp:run>'
        controls = _PAGE_NUMBER
        if self._banner:
            above = self._paragraph(self._banner, "header")
            controls = f"<hp:ctrl>{self._header(above)}</hp:ctrl>{controls}"
        runs += f'<hp:run charPrIDRef="{refs.letters}">{controls}</hp:run>'
        return _p(next(self._numbers), refs.paragraph, refs.style, runs)

    def _header(self, paragraph: str) -> str:
        inner = f'textWidth="{units(TEXT)}" textHeight="{units(EDGE)}" hasTextRef="0" hasNumRef="0"'
        return (
            f'<hp:header id="{next(self._numbers)}" applyPageType="BOTH"><hp:subList id="" textDirection="HORIZONTAL" '
            f'lineWrap="BREAK" vertAlign="TOP" linkListIDRef="0" linkListNextIDRef="0" {inner}>{paragraph}</hp:subList>'
            "</hp:header>"
        )

    def _picture(self, picture: Picture, image: str) -> Iterator[str]:
        yield self._paragraph(picture.reading, "caption")
        yield self._paragraph(picture.measured, "measured")
        wide, high = size(picture.svg)
        scale = min(picture.room[0] / wide, picture.room[1] / high)
        drawn = _pic(next(self._numbers), image, units(wide * scale), units(high * scale), picture.alt)
        yield self._held(drawn, self._head.refs["picture" if picture.foot else "foot"])
        if picture.foot:
            yield self._paragraph(picture.foot, "foot")

    def _grid(self, grid: Grid, total: int) -> Iterator[str]:
        if grid.caption:
            yield self._paragraph(grid.caption, "caption")
        yield self._held("".join(self._table(grid, total)), self._head.refs["gap"])
        if grid.foot:
            yield self._paragraph(grid.foot, "foot")

    def _table(self, grid: Grid, total: int) -> Iterator[str]:
        """The table; its head stands again on every page and is marked as one."""
        name = cell_style(len(grid.right))
        refs, wide = self._head.refs[name], widths(grid, total)
        rows = ((grid.head,) if grid.head else ()) + grid.rows
        heights = [_height(row, wide, refs) for row in rows]
        yield _table_head(next(self._numbers), len(rows), len(wide), total, sum(heights), self._head.borders["none"])
        for at, (row, high) in enumerate(zip(rows, heights, strict=True)):
            yield "<hp:tr>"
            for column, (cell, width, right) in enumerate(zip(row, wide, grid.right, strict=True)):
                header = at == 0 and not grid.form
                bold = header or (grid.form and column == 0)
                border = self._head.borders[_border(grid, at, len(rows), column)]
                yield (
                    f'<hp:tc name="" header="{int(header)}" hasMargin="0" protect="0" editable="0" dirty="0" '
                    f'borderFillIDRef="{border}">{self._cell(cell, refs, width, right, bold)}'
                    f'<hp:cellAddr colAddr="{column}" rowAddr="{at}"/><hp:cellSpan colSpan="1" rowSpan="1"/>'
                    f'<hp:cellSz width="{width}" height="{high}"/>{_margins("cellMargin")}</hp:tc>'
                )
            yield "</hp:tr>"
        yield "</hp:tbl>"

    def _cell(self, text: str, refs: Refs, width: int, right: bool, bold: bool) -> str:
        torn = _too_wide(text, refs, width - 2 * _PAD[0])
        shape = refs.torn if torn else refs.right if right else refs.paragraph
        letters = refs.head if bold else refs.letters
        said = "".join(self._written(line, shape, refs.style, letters) for line in text.split("\n"))
        side = "CENTER" if bold else "TOP"
        return (
            f'<hp:subList id="" textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="{side}" linkListIDRef="0" '
            f'linkListNextIDRef="0" textWidth="0" textHeight="0" hasTextRef="0" hasNumRef="0">{said}</hp:subList>'
        )

    def _written(self, text: str, shape: int, style: int, letters: int) -> str:
        run = f'<hp:run charPrIDRef="{letters}"><hp:t>{escape(text)}</hp:t></hp:run>'
        return _p(next(self._numbers), shape, style, run)


def _border(grid: Grid, row: int, rows: int, column: int) -> str:
    if grid.form:
        return "box" if column else "label"
    return "head" if row == 0 else "last" if row == rows - 1 else "cell"


def _too_wide(text: str, refs: Refs, room: int) -> bool:
    """Whether a word of the text has no room on a line: Hangul lets such a word run over unless told otherwise."""
    return any(ems(word) * refs.em > room for word in text.split())


def _height(row: Sequence[str], wide: Sequence[int], refs: Refs) -> int:
    """About how high a row is: Hangul measures again, viewers that do not still show every line."""
    room = (width - 2 * _PAD[0] for width in wide)
    lines = (
        sum(max(1, math.ceil(ems(line) * refs.em / across)) for line in cell.split("\n"))
        for cell, across in zip(row, room, strict=True)
    )
    return round(max(lines, default=1) * refs.em * _LINE) + 2 * _PAD[1]


def _p(number: int, paragraph: int, style: int, runs: str) -> str:
    refs = f'paraPrIDRef="{paragraph}" styleIDRef="{style}"'
    return f'<hp:p id="{number}" {refs} pageBreak="0" columnBreak="0" merged="0">{runs}</hp:p>'


def _margins(name: str) -> str:
    side, above = _PAD
    return f'<hp:{name} left="{side}" right="{side}" top="{above}" bottom="{above}"/>'


def _placed(as_letter: bool) -> str:
    return (
        f'<hp:pos treatAsChar="{int(as_letter)}" affectLSpacing="0" flowWithText="1" allowOverlap="0" '
        'holdAnchorAndSO="0" vertRelTo="PARA" horzRelTo="COLUMN" vertAlign="TOP" horzAlign="LEFT" vertOffset="0" '
        'horzOffset="0"/><hp:outMargin left="0" right="0" top="0" bottom="0"/>'
    )


def _size(wide: int, high: int) -> str:
    return f'<hp:sz width="{wide}" widthRelTo="ABSOLUTE" height="{high}" heightRelTo="ABSOLUTE" protect="0"/>'


def _table_head(number: int, rows: int, columns: int, wide: int, high: int, border: int) -> str:
    return (
        f'<hp:tbl id="{number}" zOrder="{number}" numberingType="TABLE" textWrap="TOP_AND_BOTTOM" '
        f'textFlow="BOTH_SIDES" {_STILL} pageBreak="CELL" repeatHeader="1" rowCnt="{rows}" colCnt="{columns}" '
        f'cellSpacing="0" borderFillIDRef="{border}" noAdjust="0">'
        f"{_size(wide, high)}{_placed(False)}{_margins('inMargin')}"
    )


def _pic(number: int, image: str, wide: int, high: int, alt: str) -> str:
    """A picture that stands in its line like a letter, and says in words what it shows."""
    same = '<hc:{name}Matrix e1="1" e2="0" e3="0" e4="0" e5="1" e6="0"/>'
    corners = ((0, 0), (wide, 0), (wide, high), (0, high))
    return (
        f'<hp:pic id="{number}" zOrder="{number}" numberingType="PICTURE" textWrap="TOP_AND_BOTTOM" '
        f'textFlow="BOTH_SIDES" {_STILL} href="" groupLevel="0" instid="{number}" reverse="0"><hp:offset x="0" y="0"/>'
        f'<hp:orgSz width="{wide}" height="{high}"/><hp:curSz width="{wide}" height="{high}"/>'
        '<hp:flip horizontal="0" vertical="0"/>'
        f'<hp:rotationInfo angle="0" centerX="{wide // 2}" centerY="{high // 2}" rotateimage="1"/><hp:renderingInfo>'
        + "".join(same.format(name=name) for name in ("trans", "sca", "rot"))
        + "</hp:renderingInfo><hp:imgRect>"
        + "".join(f'<hc:pt{n} x="{x}" y="{y}"/>' for n, (x, y) in enumerate(corners))
        + f'</hp:imgRect><hp:imgClip left="0" right="{wide}" top="0" bottom="{high}"/>'
        '<hp:inMargin left="0" right="0" top="0" bottom="0"/>'
        f'<hp:imgDim dimwidth="{wide}" dimheight="{high}"/>'
        f'<hc:img binaryItemIDRef="{image}" bright="0" contrast="0" effect="REAL_PIC" alpha="0"/><hp:effects/>'
        f"{_size(wide, high)}{_placed(True)}<hp:shapeComment>{escape(alt)}</hp:shapeComment></hp:pic>"
    )


_COLUMNS = '<hp:ctrl><hp:colPr id="" type="NEWSPAPER" layout="LEFT" colCount="1" sameSz="1" sameGap="0"/></hp:ctrl>'
_PAGE_NUMBER = '<hp:ctrl><hp:pageNum pos="BOTTOM_CENTER" formatType="DIGIT" sideChar="-"/></hp:ctrl>'


def _section_properties(turned: bool, outline: int) -> str:
    """A4 as Hangul writes it: the paper upright, `NARROWLY` turns it."""
    wide, high = map(units, A4)
    edge = units(EDGE)
    margins = f'header="{edge}" footer="{edge}" gutter="0" left="{units(SIDE)}" right="{units(SIDE)}"'
    rest = f'top="{units(TOP - EDGE)}" bottom="{units(BOTTOM - EDGE)}"'  # header and footer are added to them
    return (
        '<hp:secPr id="" textDirection="HORIZONTAL" spaceColumns="1134" tabStop="8000" tabStopVal="4000" '
        f'tabStopUnit="HWPUNIT" outlineShapeIDRef="{outline}" memoShapeIDRef="0" textVerticalWidthHead="0" '
        'masterPageCnt="0"><hp:grid lineGrid="0" charGrid="0" wonggojiFormat="0"/>'
        '<hp:startNum pageStartsOn="BOTH" page="0" pic="0" tbl="0" equation="0"/>'
        '<hp:visibility hideFirstHeader="0" hideFirstFooter="0" hideFirstMasterPage="0" border="SHOW_ALL" '
        'fill="SHOW_ALL" hideFirstPageNum="0" hideFirstEmptyLine="0" showLineNumber="0"/>'
        '<hp:lineNumberShape restartType="0" countBy="0" distance="0" startNumber="0"/>'
        f'<hp:pagePr landscape="{"NARROWLY" if turned else "WIDELY"}" width="{wide}" height="{high}" '
        f'gutterType="LEFT_ONLY"><hp:margin {margins} {rest}/></hp:pagePr>'
        f"{_notes('footNotePr', '-1', '283', 'EACH_COLUMN')}{_notes('endNotePr', '14692344', '0', 'END_OF_DOCUMENT')}"
        + "".join(_page_border(kind) for kind in ("BOTH", "EVEN", "ODD"))
        + "</hp:secPr>"
    )


def _notes(name: str, length: str, between: str, place: str) -> str:
    return (
        f'<hp:{name}><hp:autoNumFormat type="DIGIT" userChar="" prefixChar="" suffixChar=")" supscript="0"/>'
        f'<hp:noteLine length="{length}" type="SOLID" width="0.12 mm" color="#000000"/>'
        f'<hp:noteSpacing betweenNotes="{between}" belowLine="567" aboveLine="850"/>'
        f'<hp:numbering type="CONTINUOUS" newNum="1"/><hp:placement place="{place}" beneathText="0"/></hp:{name}>'
    )


def _page_border(kind: str) -> str:
    return (
        f'<hp:pageBorderFill type="{kind}" borderFillIDRef="1" textBorder="PAPER" headerInside="0" footerInside="0" '
        'fillArea="PAPER"><hp:offset left="1417" right="1417" top="1417" bottom="1417"/></hp:pageBorderFill>'
    )
