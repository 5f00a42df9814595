"""How a Word document looks (서식): our styles as WordprocessingML, the lists, the language, the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sigun.report.office.looks import A4, BOTTOM, EDGE, INK, LINE, SIDE, SPACING, TOP, YELLOW, Style, bullet, styles

FONT = "맑은 고딕"  # on every Windows since 2007, under this name and as Malgun Gothic
LANGUAGES = {"ko": "ko-KR", "en": "en-US"}

# What Word calls a style of its own, so that its navigation, contents and screen readers know it.
_WORDS = {
    "body": "Normal",
    "title": "Title",
    "question": "Subtitle",
    "heading_1": "heading 1",
    "heading_2": "heading 2",
    "heading_3": "heading 3",
    "point": "List Bullet",
    "step": "List Number",
    "contents_1": "toc 1",
    "contents_2": "toc 2",
    "caption": "caption",
    "header": "header",
    "footer": "footer",
}
_LISTS = {"point": 1, "step": 2}
_SIDES = ("top", "left", "bottom", "right")


def twips(points: float) -> int:
    """Twentieths of a point: what Word measures in."""
    return round(points * 20)


def _as_xml(name: str, style: Style) -> str:
    default = ' w:default="1"' if name == "body" else ""
    based = "" if default else '<w:basedOn w:val="body"/>'
    said = _WORDS.get(name, name.replace("_", " ").capitalize())
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{said}"/>{based}<w:qFormat/>'
        f"<w:pPr>{''.join(_paragraph(style))}</w:pPr><w:rPr>{''.join(_letters(style))}</w:rPr></w:style>"
    )


def _paragraph(style: Style) -> Iterator[str]:
    """In the order of the schema."""
    if style.keep:
        yield "<w:keepNext/>"
    if style.level is not None:
        yield "<w:keepLines/>"
    if style.mark:
        yield f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{_LISTS[style.mark]}"/></w:numPr>'
    yield _border(style)
    space = f'w:before="{twips(style.before)}" w:after="{twips(style.after)}"'
    yield f'<w:spacing {space} w:line="{round(240 * SPACING)}" w:lineRule="auto"/>'
    if style.indent:
        yield f'<w:ind w:left="{twips(style.indent)}"/>'
    if style.centred:
        yield '<w:jc w:val="center"/>'
    if style.level is not None:
        yield f'<w:outlineLvl w:val="{style.level}"/>'


def _border(style: Style) -> str:
    if not style.border:
        return ""
    drawn = {"rule": ("single", 12, ("top",)), "double": ("double", 6, _SIDES), "tint": ("single", 4, _SIDES)}
    kind, size, sides = drawn[style.border]
    lines = "".join(f'<w:{one} w:val="{kind}" w:sz="{size}" w:space="6" w:color="{INK}"/>' for one in sides)
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{YELLOW}"/>' if style.border == "tint" else ""
    return f"<w:pBdr>{lines}</w:pBdr>{fill}"


def _letters(style: Style) -> Iterator[str]:
    if style.bold:
        yield "<w:b/><w:bCs/>"
    half = round(style.size * 2)
    yield f'<w:color w:val="{style.colour}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


_TABLES = f"""
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>
<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>
<w:bottom w:w="30" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:styleId="Ruled"><w:name w:val="Ruled"/><w:basedOn w:val="TableNormal"/><w:tblPr>
<w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/></w:tblBorders></w:tblPr></w:style>
<w:style w:type="table" w:styleId="Boxed"><w:name w:val="Boxed"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>
{
    "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="{INK}"/>' for side in (*_SIDES, "insideH", "insideV")
    )
}
</w:tblBorders></w:tblPr></w:style>
"""


def dress(document: Any, lang: str, proposal: bool) -> None:
    """Give the document our styles and lists in place of the template's, its language, and an A4 page."""
    _style(document.styles.element, LANGUAGES[lang], proposal)
    _number(document.part.numbering_part.element, bullet(proposal))
    _settle(document.settings.element, LANGUAGES[lang])
    page = document.sections[0]._sectPr
    for child in list(page):
        page.remove(child)
    across, down = map(twips, A4)
    edges = f'w:top="{twips(TOP)}" w:right="{twips(SIDE)}" w:bottom="{twips(BOTTOM)}" w:left="{twips(SIDE)}"'
    inner = f'w:header="{twips(EDGE)}" w:footer="{twips(EDGE)}" w:gutter="0"'
    page.append(parse_xml(f'<w:pgSz {nsdecls("w")} w:w="{across}" w:h="{down}"/>'))
    page.append(parse_xml(f"<w:pgMar {nsdecls('w')} {edges} {inner}/>"))


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
    every = "".join(_as_xml(name, style) for name, style in styles(proposal).items())
    _refill(root, f"<w:styles {nsdecls('w')}>{defaults}{every}{character}{_TABLES}</w:styles>")


def _number(root: Any, bullet: str) -> None:
    """List 1: points. List 2: steps, numbered."""
    kinds = (("point", "bullet", bullet), ("step", "decimal", "%1."))
    shapes = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style}"/><w:lvlText w:val="{text}"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>'
        for n, (style, kind, text) in enumerate(kinds, 1)
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
    root.extend(list(parse_xml(xml)))
