"""The report's letters (글꼴): Pretendard to measure figures with, and the glyphs a page carries inside."""

from __future__ import annotations

import base64
import io
import logging
import string
from functools import lru_cache
from pathlib import Path

FAMILY = "Pretendard"
FOLDER = Path(__file__).parent / "fonts"
FILES = {400: FOLDER / "Pretendard-Regular.otf", 700: FOLDER / "Pretendard-Bold.otf"}

# What a page may still come to show when it is sorted or printed: always carried.
_ALWAYS = frozenset(string.printable.strip()) | frozenset(" \u00a0·…–—−±×≤≥°℃%‰㎡→↑↓▲▼●○①②③④⑤‘’“”「」『』")


@lru_cache(maxsize=1)
def register_fonts() -> str:
    """Make the shipped fonts known to matplotlib, once a process; their family."""
    from matplotlib import font_manager

    for file in FILES.values():
        font_manager.fontManager.addfont(str(file))
    return FAMILY


def embedded_css(text: str) -> str:
    """`@font-face` rules for weights 400 and 700 that hold the glyphs of `text`, as WOFF in the page itself.

    The same letters give the same bytes, whatever their order.
    """
    return _css("".join(sorted(frozenset(text) | _ALWAYS)))


@lru_cache(maxsize=8)
def _css(letters: str) -> str:
    return "\n".join(
        f'@font-face{{font-family:"{FAMILY}";font-style:normal;font-weight:{weight};font-display:block;'
        f"src:url(data:font/woff;base64,{base64.b64encode(subset(file, letters)).decode('ascii')}) format('woff')}}"
        for weight, file in FILES.items()
    )


def subset(file: Path, letters: str) -> bytes:
    """The font with those letters only, as WOFF (zlib). Letters the font lacks are left to the reader's system.

    Hinting and positioning go, tabular figures (`tnum`) stay; copyright and licence stay in the name table.
    """
    from fontTools import subset as tools
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").setLevel(logging.WARNING)
    options = tools.Options()
    options.hinting = False
    options.desubroutinize = False  # slow, and larger before compression
    options.layout_features = ["tnum"]
    options.drop_tables = [*options.drop_tables, "GPOS", "GDEF"]
    options.name_IDs = [0, 13, 14]  # copyright and licence; a reduced font does not carry the reserved name
    options.notdef_outline = True
    with TTFont(file, lazy=True, recalcTimestamp=False) as font:
        tool = tools.Subsetter(options)
        tool.populate(text=letters)
        tool.subset(font)
        font.flavor = "woff"
        buffer = io.BytesIO()
        font.save(buffer)
    return buffer.getvalue()
