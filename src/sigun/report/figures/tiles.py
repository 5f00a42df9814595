"""A tile for every region (타일 지도): where values are told and where not, for those who have no outlines."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sigun.report.figures.axes import panel
from sigun.report.figures.coverage import class_of, legend
from sigun.report.figures.style import EXPECTED, INK, SHADE, SMALL, Sketch, canvas
from sigun.report.figures.tables import table
from sigun.report.finished import Finished
from sigun.text import _

FEWEST = 8  # tiles; fewer say no more than a table
TILE = 22.0  # height, units of the viewBox
LETTERS = 2  # of a name, without the last: 종로
DARK = 2  # class from which letters are white


def told_regions(finished: Finished) -> Sketch | None:
    """The share of each region's values that is told; nothing where the regions have no tiles or all tell the same."""
    rows = table(finished, "coverage", "regions", "region")
    if rows is None:
        return None
    rows = rows.dropna(subset=["col", "row"])
    if len(rows) < FEWEST or rows["told"].nunique() < 2:
        return None
    rows = rows.assign(x=rows["col"] - rows["col"].min(), y=rows["row"] - rows["row"].min())
    deep = int(rows["y"].max()) + 1
    sheet = canvas(TILE * deep + 62)
    axes = panel(sheet, left=8, top=8, right=8, bottom=54)
    _lay(axes, int(rows["x"].max()) + 1, deep)
    for row in rows.itertuples():
        _tile(axes, row.x, row.y, str(row.name), class_of(row.told, row.cells))
    legend(axes, (_("none"), _("below half"), _("from half"), _("from 90 %"), _("every value")))
    return Sketch(sheet, _said(rows))


def _lay(axes: Any, wide: int, deep: int) -> None:
    axes.set_xlim(0, wide)
    axes.set_ylim(deep, 0)
    axes.set_axis_off()


def _tile(axes: Any, x: float, y: float, name: str, number: int | None) -> None:
    colour = SHADE if number is None else EXPECTED[number]
    axes.broken_barh([(x + 0.03, 0.94)], (y + 0.03, 0.94), facecolor=colour, linewidth=0)
    letters = "white" if number is not None and number >= DARK else INK
    short = name[:LETTERS] if len(name) > LETTERS else name
    axes.text(x + 0.5, y + 0.53, short, ha="center", va="center", fontsize=SMALL - 2, color=letters)


def _said(rows: pd.DataFrame) -> str:
    share = rows["told"] / rows["cells"]
    return _("A tile for each of {n} regions: {whole} tell every value, the least told has {least} % of them.").format(
        n=len(rows), whole=int((share == 1).sum()), least=round(100 * float(share.min()))
    )
