"""Maps of where reports gather (밀집지역 지도): cell by cell, and as rates area by area."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sigun.report.figures.amounts import number, percent, plain
from sigun.report.figures.classes import Classes, round_classes
from sigun.report.figures.ground import (
    Entry,
    Ground,
    cell_bounds,
    draw_borders,
    draw_legend,
    lay_ground,
    paint_areas,
    paint_cells,
    shapes_of,
)
from sigun.report.figures.labels import Place, first_names, label_places, name_cells, named
from sigun.report.figures.style import FAINT, INK, OBSERVED, Sketch, clean
from sigun.report.figures.svg import MARK
from sigun.report.figures.tables import fact, table
from sigun.report.finished import Finished
from sigun.text import N_, _

_USUAL = (N_("population"), N_("households"))  # exposures whose name the catalogue knows
_FEW = 10  # reports: an area with fewer is faded


def hotspot_map(finished: Finished) -> Sketch | None:
    """Hot cells in three classes over pale cells with some reports; cells that stand out alone have a mark."""
    cells = table(finished, "hotspot", "cells", "reports")
    if cells is None:
        return None
    size = finished.plan.space.cell
    ground = lay_ground(finished, cell_bounds(cells, size))
    is_hot = cells["hot"].astype(bool)
    hot, rest = cells[is_hot].reset_index(drop=True), cells[~is_hot & (cells["reports"] > 0)]
    entries = [*_paint_rest(ground, rest, size), *_paint_hot(ground, hot, size)]
    draw_legend(ground, _("reports a cell ({size} m), hot cells in colour").format(size=size), entries)
    _mark_single(ground, cells, size)
    if len(hot):
        label_places(ground, name_cells(finished, ground, hot, "reports"), size)
    return Sketch(ground.sheet, _alt(finished, hot))


def _paint_rest(ground: Ground, rest: pd.DataFrame, size: int) -> list[Entry]:
    entries = paint_cells(ground, rest, "reports", size, Classes(()), [FAINT])
    return [(colour, _("not hot"), n) for colour, _all, n in entries]


def _paint_hot(ground: Ground, hot: pd.DataFrame, size: int) -> list[Entry]:
    if hot.empty:
        return []
    classes = round_classes(hot["reports"], whole=True, shares=(0.5, 0.85))
    return paint_cells(ground, hot, "reports", size, classes, OBSERVED[-len(classes.breaks) - 1 :], first=1)


def _mark_single(ground: Ground, cells: pd.DataFrame, size: int) -> None:
    """A small dark diamond on a cell with much among neighbours with little."""
    if "quadrant" not in cells.columns:
        return
    single = cells[cells["quadrant"] == "HL"]
    if single.empty:
        return
    x, y = (single["cell_x"] + 0.5) * size, (single["cell_y"] + 0.5) * size
    ground.axes.plot(x, y, "D", markersize=4.5, color=INK, linestyle="none", zorder=4, gid=f"{MARK}single")
    at = (ground.bounds[2] - 8 * ground.metre, ground.bounds[1] + 12 * ground.metre)
    said = _("◆ stands alone: {n}").format(n=len(single))
    ground.axes.text(*at, said, fontsize=12, ha="right", va="bottom", zorder=6, gid=f"{MARK}halo")


def _alt(finished: Finished, hot: pd.DataFrame) -> str:
    if hot.empty:
        return _("Map of reports by cell: no cell stands out from its neighbourhood.")
    said = _("Map of reports by cell: {n} hot cells, {share} of the reports. Most at: {places}.")
    share = fact(finished, "hotspot", "hot_share")
    names = named(first_names(finished, hot, "reports"))
    return said.format(n=plain(len(hot)), share=percent(share), places=names)


def hotspot_areas_map(finished: Finished) -> Sketch | None:
    """Rates by area in four classes; few reports: faded; hot: a heavy border; the five highest named."""
    areas, shapes = table(finished, "hotspot", "areas", "rate"), shapes_of(finished)
    if areas is None or shapes is None:
        return None
    drawn = shapes[["region", "geometry"]].merge(areas, on="region", how="inner").reset_index(drop=True)
    if drawn.empty:
        return None
    ground = lay_ground(finished, tuple(shapes.total_bounds))
    title, unit = _rate_unit(finished)
    draw_legend(ground, title, _paint_areas(ground, drawn))
    if "hot" in drawn.columns:
        draw_borders(ground, drawn[drawn["hot"].astype(bool)])
    top = drawn[drawn["reports"] >= _FEW].sort_values(["rate", "region"], ascending=[False, True]).head(5)
    inside = [(shape.representative_point(), name) for shape, name in zip(top.geometry, top["name"], strict=True)]
    label_places(ground, [Place(p.x, p.y, clean(name), rank) for rank, (p, name) in enumerate(inside, 1)], None)
    said = _("Map of {unit} by area; the highest: {places}.")
    pairs = ", ".join(f"{clean(n)} {number(r)}" for n, r in zip(top["name"], top["rate"], strict=True))
    return Sketch(ground.sheet, said.format(unit=unit, places=pairs or "–"))


def _paint_areas(ground: Ground, drawn: Any) -> list[Entry]:
    """Areas by rate; those with few reports first, in the faint colour."""
    few, known = drawn[drawn["reports"] < _FEW], drawn[drawn["reports"] >= _FEW]
    classes = round_classes(known["rate"], shares=(0.25, 0.5, 0.8))
    entries = paint_areas(ground, known, "rate", classes, OBSERVED[-len(classes.breaks) - 1 :], first=1)
    if few.empty:
        return entries
    faint = paint_areas(ground, few, "rate", Classes(()), [FAINT])
    return [(FAINT, _("under {n} reports").format(n=_FEW), faint[0][2]), *entries]


def _rate_unit(finished: Finished) -> tuple[str, str]:
    """What the rate is, for the legend and in a sentence: reports a year per so much of the exposure."""
    result = finished.results["hotspot"]
    exposure = str(result.fact("exposure").value) if result.has_fact("exposure") else ""
    per = fact(finished, "hotspot", "per")
    name = _exposure_name(exposure, str(result.fact("exposure_title").value) if exposure else "")
    if not name or per != per:  # noqa: PLR0124 - NaN is not itself
        unit = _("reports a year, as a rate")
    elif per == 1:
        unit = _("reports a year per {exposure}").format(exposure=name)
    else:
        unit = _("reports a year per {per} of {exposure}").format(per=plain(per), exposure=name)
    return unit + _(" (hot areas outlined)"), unit


def _exposure_name(exposure: str, title: str) -> str:
    """A few the catalogue knows in the reader's language; others by the title in their card."""
    if exposure == "area_km2":
        return "km²"
    return clean(_(exposure) if exposure in _USUAL else title)
