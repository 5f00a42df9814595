"""How wide text runs (글 너비): in ems of the shipped letters for paper, in columns of a sheet for Excel."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from sigun.report.fonts import FILES

USUAL = 0.9  # of an em: a letter the font lacks, which another font draws about as wide as Hangul
DIGIT = 0.615  # of an em: figures of one width, as tables have them
WIDE = ("W", "F")
_WHOLE = re.compile(r"[^\s가-힣]{25,}")  # a check sum or a path: broken anywhere, as paper.typ does
_PIECE = 18  # letters of it that a column should hold


@lru_cache(maxsize=1)
def advances() -> Mapping[int, float]:
    """Code point -> how far it moves the pen, in ems, for every letter the shipped font has."""
    from fontTools.ttLib import TTFont

    with TTFont(FILES[400], lazy=True) as font:
        scale = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        found = {letter: metrics[glyph][0] / scale for letter, glyph in font.getBestCmap().items()}
    return found | dict.fromkeys(map(ord, string.digits), DIGIT)


def ems(text: str) -> float:
    """The width of a line of text, in ems.

    >>> ems("가나") > ems("ab")
    True
    """
    known = advances()
    return sum(known.get(ord(letter), USUAL) for letter in text)


def longest_word(text: str) -> float:
    """The width of the widest piece that no line break parts, in ems."""
    return max((ems(word) for word in _WHOLE.sub("0" * _PIECE, text).split(" ")), default=0.0)


def columns(text: str) -> int:
    """The width in columns of a sheet: letters of East Asia take two.

    >>> columns("시군 ab")
    7
    """
    return sum(2 if unicodedata.east_asian_width(letter) in WIDE else 1 for letter in text)
