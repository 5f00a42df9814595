"""Figures as pixels (그림 → PNG), for documents that hold no SVG: the shipped letters, no network, the same bytes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from sigun.report.fonts import FOLDER

_VIEW = re.compile(r'viewBox="\s*[-\d.eE]+[\s,]+[-\d.eE]+[\s,]+([\d.eE+]+)[\s,]+([\d.eE+]+)\s*"')
_PAGE = """#set page(width: {wide}pt, height: {high}pt, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%)"""
_POINTS = 72  # of an inch


def size(svg: str) -> tuple[float, float]:
    """Width and height of the drawing, in its own units.

    Raises
    ------
    ValueError
        The drawing has no `viewBox`, or an empty one.
    """
    found = _VIEW.search(svg)
    wide, high = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    if not (wide > 0 and high > 0):
        raise ValueError("an SVG without a viewBox has no size: " + svg[:80])
    return wide, high


@lru_cache(maxsize=64)  # a report is often written in more than one format
def png(svg: str, width: int) -> bytes:
    """The drawing as PNG, `width` pixels wide, on white. The same drawing gives the same bytes on every machine."""
    import typst

    wide, high = size(svg)
    page = _PAGE.format(wide=wide, high=high)
    made = typst.compile(
        page.encode("utf-8"),
        format="png",
        ppi=_POINTS * width / wide,
        font_paths=_fonts(),
        sys_inputs={"svg": svg},
    )
    return bytes(made)


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """The shipped letters and no others, read once."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])
