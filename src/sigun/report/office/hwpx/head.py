"""The head of a Hangul document (머리: header.xml): our styles after the blank document's own, as OWPML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from sigun.report.office.looks import FAINT, INK, LINE, SPACING, YELLOW, Style, styles

NAMESPACES = {
    "hh": "http://www.hancom.co.kr/hwpml/2011/head",
    "hc": "http://www.hancom.co.kr/hwpml/2011/core",
    "hp": "http://www.hancom.co.kr/hwpml/2011/paragraph",
}
LANGUAGES = {"ko": "1042", "en": "1033"}  # as Windows numbers them
_HANG = 14.0  # points, of a point's further lines
_OFF = 4.0  # points between a border and its text

# What Hangul calls a style of its own, so that its outline and contents know it.
_WORDS = {"body": "본문", "heading_1": "개요 1", "heading_2": "개요 2", "heading_3": "개요 3", "caption": "캡션"}
_NAMES = {
    "notice": "알림",
    "kind": "문서 종류",
    "title": "제목",
    "question": "질문",
    "period": "기간",
    "minor": "작은 제목",
    "point": "항목",
    "step": "순서",
    "contents_1": "목차 1",
    "contents_2": "목차 2",
    "tile_label": "핵심 수치 이름",
    "tile_number": "핵심 수치",
    "tile_interval": "핵심 수치 구간",
    "tile_note": "핵심 수치 설명",
    "term": "용어",
    "cite": "출처",
    "identity": "문서 정보",
    "measured": "측정 내용",
    "picture": "그림",
    "foot": "주석",
    "gap": "간격",
    "cell": "표",
    "cell_small": "표 작게",
    "cell_tiny": "표 더 작게",
    "header": "쪽 위",
    "footer": "쪽 아래",
}
_LETTERS = ("hangul", "latin", "hanja", "japanese", "other", "symbol", "user")
_SIDES = ("left", "right", "top", "bottom")


def units(points: float) -> int:
    """Hundredths of a point: what Hangul measures in (HWPUNIT)."""
    return round(points * 100)


@dataclass(frozen=True)
class Refs:
    """The numbers by which a style is named in the body."""

    style: int
    paragraph: int
    letters: int
    em: int  # of the letters, in HWPUNIT
    torn: int  # the paragraph, whose words may be broken anywhere: a word is wider than the line
    right: int = 0  # the paragraph, right-aligned; of cells
    head: int = 0  # the letters, bold; of cells


@dataclass(frozen=True)
class Head:
    """A head, and how the body names what is in it."""

    xml: bytes
    refs: Mapping[str, Refs]
    borders: Mapping[str, int]
    outline: int  # numbering of headings


def head(blank: bytes, sections: int, lang: str, proposal: bool) -> Head:
    """The blank document's head with our borders, letters, paragraphs and styles added to it."""
    root = etree.fromstring(blank)
    root.set("secCnt", str(sections))
    borders = {name: _add(root, "borderFills", xml) for name, xml in _borders()}
    outline = _add(root, "numberings", _silent())
    refs = {name: _refs(root, name, style, borders, lang) for name, style in styles(proposal).items()}
    return Head(as_bytes(root), refs, borders, outline)


def as_bytes(root: Any) -> bytes:
    """XML as Hangul writes it."""
    text: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>' + text


def _add(root: Any, group: str, xml: str) -> int:
    """Put one more into the group; its number."""
    found = root.find(f".//hh:{group}", NAMESPACES)
    number = max((int(one.get("id")) for one in found), default=-1) + 1
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    child = etree.fromstring(f"<x {names}>{xml.replace('{id}', str(number))}</x>")[0]
    found.append(child)
    found.set("itemCnt", str(len(found)))
    etree.cleanup_namespaces(child)
    return number


def _borders() -> Iterator[tuple[str, str]]:
    """Tables have lines above and below alone, forms a box round each cell."""
    none = dict.fromkeys(_SIDES, ("NONE", "0.1 mm", INK))
    thin, thick = ("SOLID", "0.12 mm", LINE), ("SOLID", "0.4 mm", INK)
    box = dict.fromkeys(_SIDES, ("SOLID", "0.12 mm", INK))
    yield "none", _border(none, "")
    yield "head", _border({**none, "top": thick, "bottom": thick}, FAINT)
    yield "cell", _border({**none, "bottom": thin}, "")
    yield "last", _border({**none, "bottom": thick}, "")
    yield "label", _border(box, FAINT)
    yield "box", _border(box, "")
    yield "double", _border(dict.fromkeys(_SIDES, ("DOUBLE_SLIM", "0.5 mm", INK)), "")
    yield "tint", _border(box, YELLOW)


def _border(sides: Mapping[str, tuple[str, str, str]], fill: str) -> str:
    lines = "".join(
        f'<hh:{side}Border type="{kind}" width="{width}" color="#{colour}"/>'
        for side, (kind, width, colour) in sides.items()
    )
    brush = f'<hc:winBrush faceColor="#{fill}" hatchColor="#999999" alpha="0"/>'
    return (
        '<hh:borderFill id="{id}" threeD="0" shadow="0" centerLine="NONE" breakCellSeparateLine="0">'
        '<hh:slash type="NONE" Crooked="0" isCounter="0"/><hh:backSlash type="NONE" Crooked="0" isCounter="0"/>'
        f'{lines}<hh:diagonal type="SOLID" width="0.1 mm" color="#000000"/>'
        + (f"<hc:fillBrush>{brush}</hc:fillBrush>" if fill else "")
        + "</hh:borderFill>"
    )


def _silent() -> str:
    """A numbering that writes nothing: the headings bring their own marks."""
    levels = "".join(
        f'<hh:paraHead start="1" level="{level}" align="LEFT" useInstWidth="1" autoIndent="1" widthAdjust="0" '
        'textOffsetType="PERCENT" textOffset="50" numFormat="DIGIT" charPrIDRef="4294967295" checkable="0"/>'
        for level in range(1, 11)
    )
    return f'<hh:numbering id="{{id}}" start="0">{levels}</hh:numbering>'


def _refs(root: Any, name: str, style: Style, borders: Mapping[str, int], lang: str) -> Refs:
    letters = _add(root, "charProperties", _char(style, style.bold))
    plain = borders["none"]
    align = "CENTER" if style.centred else "LEFT"
    drawn = borders[style.border] if _boxed(style) else plain
    paragraph = _add(root, "paraProperties", _para(style, align, drawn))
    torn = _add(root, "paraProperties", _para(style, align, drawn, "BREAK_WORD"))
    number = _named(root, name, paragraph, letters, lang)
    if not name.startswith("cell"):
        return Refs(number, paragraph, letters, units(style.size), torn)
    right = _add(root, "paraProperties", _para(style, "RIGHT", plain))
    bold = _add(root, "charProperties", _char(style, True))
    return Refs(number, paragraph, letters, units(style.size), torn, right, bold)


def _named(root: Any, name: str, paragraph: int, letters: int, lang: str) -> int:
    """The style under its name: one of Hangul's own is changed, others are added."""
    own = root.find(f".//hh:style[@name='{_WORDS.get(name, '')}']", NAMESPACES)
    if own is not None:
        own.set("paraPrIDRef", str(paragraph))
        own.set("charPrIDRef", str(letters))
        own.set("langID", LANGUAGES[lang])
        return int(own.get("id"))
    said = f'type="PARA" name="{_NAMES[name]}" engName="{name.replace("_", " ").capitalize()}"'
    refs = f'paraPrIDRef="{paragraph}" charPrIDRef="{letters}" nextStyleIDRef="{{id}}"'
    return _add(root, "styles", f'<hh:style id="{{id}}" {said} {refs} langID="{LANGUAGES[lang]}" lockForm="0"/>')


def _char(style: Style, bold: bool) -> str:
    def each(name: str, value: int) -> str:
        return f"<hh:{name} " + " ".join(f'{letters}="{value}"' for letters in _LETTERS) + "/>"

    return (
        f'<hh:charPr id="{{id}}" height="{units(style.size)}" textColor="#{style.colour}" shadeColor="none" '
        'useFontSpace="0" useKerning="0" symMark="NONE" borderFillIDRef="2">'
        + each("fontRef", 0)
        + each("ratio", 100)
        + each("spacing", 0)
        + each("relSz", 100)
        + each("offset", 0)
        + ("<hh:bold/>" if bold else "")
        + '<hh:underline type="NONE" shape="SOLID" color="#000000"/><hh:strikeout shape="NONE" color="#000000"/>'
        '<hh:outline type="NONE"/><hh:shadow type="NONE" color="#C0C0C0" offsetX="10" offsetY="10"/></hh:charPr>'
    )


def _para(style: Style, align: str, border: int, words: str = "KEEP_WORD") -> str:
    kind, level = ("NONE", 0) if style.level is None else ("OUTLINE", style.level)
    keep = int(style.keep)
    off = units(_OFF) if _boxed(style) else 0
    case = 'hp:required-namespace="http://www.hancom.co.kr/hwpml/2016/HwpUnitChar"'
    return (
        '<hh:paraPr id="{id}" tabPrIDRef="0" condense="0" fontLineHeight="0" snapToGrid="1" suppressLineNumbers="0" '
        f'checked="0" textDir="LTR"><hh:align horizontal="{align}" vertical="BASELINE"/>'
        f'<hh:heading type="{kind}" idRef="0" level="{level}"/>'
        f'<hh:breakSetting breakLatinWord="{words}" breakNonLatinWord="{words}" widowOrphan="1" '
        f'keepWithNext="{keep}" keepLines="{keep}" pageBreakBefore="0" lineWrap="BREAK"/>'
        '<hh:autoSpacing eAsianEng="0" eAsianNum="0"/>'
        f"<hp:switch><hp:case {case}>{_spaces(style, 1)}</hp:case>"
        f"<hp:default>{_spaces(style, 2)}</hp:default></hp:switch>"
        f'<hh:border borderFillIDRef="{border}" offsetLeft="{off}" offsetRight="{off}" offsetTop="{off}" '
        f'offsetBottom="{off}" connect="0" ignoreMargin="0"/></hh:paraPr>'
    )


def _boxed(style: Style) -> bool:
    """A line above a heading is left out: Hangul draws it above the space before, on what precedes."""
    return style.border in ("double", "tint")


def _spaces(style: Style, times: int) -> str:
    """Margins and line spacing; older programs read lengths doubled (`times`). A box has its spaces inside."""
    left, hang = (_HANG, -_HANG) if style.mark else (style.indent, 0.0)
    before = style.after if _boxed(style) else style.before
    lengths = {"intent": hang, "left": left, "right": 0, "prev": before, "next": style.after}
    said = "".join(f'<hc:{n} value="{units(v) * times}" unit="HWPUNIT"/>' for n, v in lengths.items())
    percent = round(100 * SPACING * 1.25)  # of the letters alone, where Word counts the font's own line
    return f'<hh:margin>{said}</hh:margin><hh:lineSpacing type="PERCENT" value="{percent}" unit="HWPUNIT"/>'
