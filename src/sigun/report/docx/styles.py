"""How a Word document looks (서식): one table of styles, the lists, the language, the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

FONT = "맑은 고딕"  # on every Windows since 2007, under this name and as Malgun Gothic
INK, MUTED, ACCENT, LINE = "1F2328", "57606A", "0B5F94", "B9C0C7"
LANGUAGES = {"ko": "ko-KR", "en": "en-US"}

MM = 56.6929  # twentieths of a point
PAGE = (round(210 * MM), round(297 * MM))
TOP, SIDE, BOTTOM, EDGE = (round(mm * MM) for mm in (20, 20, 18, 10))
TEXT = PAGE[0] - 2 * SIDE  # what stands between the margins
TEXT_TURNED = PAGE[1] - 2 * SIDE

_RULE = '<w:top w:val="single" w:sz="12" w:space="6" w:color="{c}"/>'
_BOX = "".join(
    f'<w:{side} w:val="{{v}}" w:sz="{{s}}" w:space="6" w:color="{INK}"/>' for side in ("top", "left", "bottom", "right")
)


@dataclass(frozen=True)
class Style:
    """A paragraph style: sizes in points, spaces in twentieths of a point."""

    id: str
    name: str
    size: float = 10.5
    bold: bool = False
    colour: str = INK
    before: int = 0
    after: int = 100
    keep: bool = False  # with what follows
    level: int | None = None  # of a heading, from 0
    list: int | None = None  # whose marks stand before it
    more: str = ""  # borders and shading
    indent: int = 0
    centred: bool = False

    def xml(self) -> str:
        """The style as WordprocessingML."""
        default = ' w:default="1"' if self.id == "Normal" else ""
        based = "" if default else '<w:basedOn w:val="Normal"/>'
        return (
            f'<w:style w:type="paragraph"{default} w:styleId="{self.id}"><w:name w:val="{self.name}"/>{based}'
            f"<w:qFormat/><w:pPr>{''.join(self._paragraph())}</w:pPr><w:rPr>{''.join(self._letters())}</w:rPr></w:style>"
        )

    def _paragraph(self) -> Iterator[str]:
        if self.keep:
            yield "<w:keepNext/>"
        if self.level is not None:
            yield "<w:keepLines/>"
        if self.list is not None:
            yield f'<w:numPr><w:numId w:val="{self.list}"/></w:numPr>'
        yield self.more
        yield f'<w:spacing w:before="{self.before}" w:after="{self.after}" w:line="264" w:lineRule="auto"/>'
        if self.indent:
            yield f'<w:ind w:left="{self.indent}"/>'
        if self.centred:
            yield '<w:jc w:val="center"/>'
        if self.level is not None:
            yield f'<w:outlineLvl w:val="{self.level}"/>'

    def _letters(self) -> Iterator[str]:
        if self.bold:
            yield "<w:b/><w:bCs/>"
        half = round(self.size * 2)
        yield f'<w:color w:val="{self.colour}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def styles(proposal: bool) -> tuple[Style, ...]:
    """Every style; of a 기획안 the title stands in a box, as officials know it."""
    box = f"<w:pBdr>{_BOX.format(v='double', s=6)}</w:pBdr>" if proposal else ""
    part = f"<w:pBdr>{_RULE.format(c=INK)}</w:pBdr>"
    mark = f'<w:pBdr>{_BOX.format(v="single", s=4)}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="FFF3CD"/>'
    return (
        Style("Normal", "Normal"),
        Style("Title", "Title", 20, True, after=160, keep=True, more=box, centred=proposal),
        Style("Subtitle", "Subtitle", 12, colour=MUTED, after=60, centred=proposal),
        Style("Heading1", "heading 1", 16, True, before=400, after=160, keep=True, level=0, more=part),
        Style("Heading2", "heading 2", 13, True, before=300, after=100, keep=True, level=1),
        Style("Heading3", "heading 3", 11.5, True, before=240, after=80, keep=True, level=2),
        Style("Minor", "Minor heading", 11, True, before=200, after=60, keep=True),
        Style("Caption", "caption", 10, True, before=240, after=60, keep=True),
        Style("Measured", "Measured", 9, colour=MUTED, after=60, keep=True),
        Style("Picture", "Picture", after=40, keep=True),
        Style("Foot", "Foot", 8.5, colour=MUTED, before=60, after=240),
        Style("ListBullet", "List Bullet", after=60, list=1),
        Style("ListNumber", "List Number", after=60, list=2),
        Style("TOC1", "toc 1", after=20, before=40),
        Style("TOC2", "toc 2", colour=MUTED, after=20, indent=340),
        Style("TileLabel", "Tile label", before=160, after=0, keep=True),
        Style("TileNumber", "Tile number", 28, True, ACCENT, after=0, keep=True),
        Style("TileInterval", "Tile interval", bold=True, after=40, keep=True),
        Style("TileNote", "Tile note", 9, colour=MUTED),
        Style("Term", "Term", bold=True, before=120, after=20, keep=True),
        Style("Cite", "Citation", 9, colour=MUTED),
        Style("Identity", "Identity", 8.5, colour=MUTED, after=0),
        Style("MadeUp", "Made-up data", 9.5, True, more=mark, after=200),
        Style("Kind", "Kind", 9, colour=ACCENT, after=60, bold=True),
        Style("Gap", "Gap", 2, after=0),
        Style("Cell", "Cell", 9, after=0),
        Style("CellSmall", "Cell small", 8, after=0),
        Style("CellTiny", "Cell tiny", 7, after=0),
        Style("Header", "header", 9, True, MUTED, after=0),
        Style("Footer", "footer", 9, colour=MUTED, after=0, centred=True),
    )


_TABLES = f"""
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>
<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
<w:bottom w:w="30" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:styleId="Ruled"><w:name w:val="Ruled"/><w:basedOn w:val="TableNormal"/><w:tblPr>
<w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/></w:tblBorders></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr>
<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/></w:tcBorders>
<w:shd w:val="clear" w:color="auto" w:fill="F0F2F4"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>
<w:style w:type="table" w:styleId="Boxed"><w:name w:val="Boxed"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>
{
    "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="{INK}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
}
</w:tblBorders></w:tblPr><w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr>
<w:shd w:val="clear" w:color="auto" w:fill="F0F2F4"/><w:vAlign w:val="center"/></w:tcPr></w:tblStylePr></w:style>
"""


def dress(document: Any, lang: str, proposal: bool) -> None:
    """Give the document our styles and lists in place of the template's, its language, and an A4 page."""
    _style(document.styles.element, LANGUAGES[lang], proposal)
    _number(document.part.numbering_part.element, "ㅇ" if proposal else "•")
    _settle(document.settings.element, LANGUAGES[lang])
    page = document.sections[0]._sectPr
    for child in list(page):
        page.remove(child)
    margins = f'w:top="{TOP}" w:right="{SIDE}" w:bottom="{BOTTOM}" w:left="{SIDE}" w:header="{EDGE}" w:footer="{EDGE}"'
    page.append(_xml(f'<w:pgSz {nsdecls("w")} w:w="{PAGE[0]}" w:h="{PAGE[1]}"/>'))
    page.append(_xml(f'<w:pgMar {nsdecls("w")} {margins} w:gutter="0"/>'))


def _style(root: Any, lang: str, proposal: bool) -> None:
    names = " ".join(f'w:{use}="{FONT}"' for use in ("ascii", "hAnsi", "eastAsia", "cs"))
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {names}/><w:lang w:val="{lang}" w:eastAsia="ko-KR"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    character = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
    )
    every = "".join(style.xml() for style in styles(proposal))
    _refill(root, f"<w:styles {nsdecls('w')}>{defaults}{every}{character}{_TABLES}</w:styles>")


def _number(root: Any, bullet: str) -> None:
    """List 1: points. List 2: steps, numbered."""
    kinds = (("bullet", bullet), ("decimal", "%1."))
    shapes = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>'
        for n, (kind, text) in enumerate(kinds, 1)
    )
    lists = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    _refill(root, f"<w:numbering {nsdecls('w')}>{shapes}{lists}</w:numbering>")


def _settle(root: Any, lang: str) -> None:
    """What Word asks of a document of its own time, so that it does not open in compatibility mode."""
    mode = 'w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
    _refill(
        root,
        f'<w:settings {nsdecls("w")}><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" {mode}/></w:compat>'
        f'<w:themeFontLang w:val="{lang}" w:eastAsia="ko-KR"/></w:settings>',
    )


def _refill(root: Any, xml: str) -> None:
    for child in list(root):
        root.remove(child)
    root.extend(list(_xml(xml)))


def _xml(text: str) -> Any:
    return parse_xml(text)
