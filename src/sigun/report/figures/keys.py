"""Maps of whole regions without a ground (경계 지도의 틀): a sheet that fits thinned outlines, and a key under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sigun.report.figures.axes import panel, wide
from sigun.report.figures.style import MUTED, SMALL, TEXT, canvas

TALL = (240.0, 620.0)  # heights of a map of outlines
LINE = 22.0
Entry = tuple[str, str]  # of a key: colour, words


def lay_outlines(rings: pd.DataFrame, key: Sequence[Entry]) -> tuple[Any, Any]:
    """Sheet and axes that show all rings (region, ring, x, y) in true proportion, with the key under them."""
    x0, x1, y0, y1 = (float(f(rings[c])) for c in ("x", "y") for f in (np.min, np.max))
    tall = float(np.clip(464 * (y1 - y0) / max(x1 - x0, 1e-9), *TALL))
    sheet = canvas(tall + key_height(key) + 24)
    axes = panel(sheet, 8, 8, 8, key_height(key) + 14)
    axes.set_aspect("equal")
    axes.set_xlim(x0, x1)
    axes.set_ylim(y0, y1)
    axes.set_axis_off()
    draw_key(sheet, key)
    return sheet, axes


def polygons(rings: pd.DataFrame) -> list[tuple[str, npt.NDArray[np.float64]]]:
    """Region and corners of every ring."""
    return [
        (str(region), own[["x", "y"]].to_numpy(float))
        for (region, _ring), own in rings.groupby(["region", "ring"], sort=True)
    ]


def key_height(key: Sequence[Entry]) -> float:
    """Room the key takes."""
    return LINE * (1 + int(sum(wide(name, SMALL) + 26 for _colour, name in key) > 464))


def draw_key(sheet: Any, key: Sequence[Entry]) -> None:
    """What each colour means, along the foot of the sheet."""
    width, height = (72 * side for side in sheet.get_size_inches())
    at, up = 8.0, key_height(key) - 8
    for colour, name in key:
        size = wide(name, SMALL) + 26
        if at + size > width and at > 8:
            at, up = 8.0, up - LINE
        sheet.text(at / width, up / height, "■", fontsize=TEXT + 2, color=colour, va="center")
        sheet.text((at + 16) / width, up / height, name, fontsize=SMALL, color=MUTED, va="center")
        at += size
