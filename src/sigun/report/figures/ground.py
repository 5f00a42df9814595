"""What every map stands on (지도 바탕): true proportion, quiet outlines, cells by class, scale bar, labels."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sigun.report.figures.amounts import plain
from sigun.report.figures.classes import Classes
from sigun.report.figures.style import INK, MUTED, SMALL, WIDTH, canvas
from sigun.report.figures.svg import HALO, MARK
from sigun.report.finished import Finished
from sigun.report.numbers import write_value

LAND, BORDER = "#f5f6f7", "#b4bac1"
_LETTERS = 15.0  # of the legend: still legible where a phone shows the map at two thirds of its size
_LEGEND = 88  # height of the strip of classes under a map
_NOTES = 20  # and of a line of notes in it
_LOWEST, _HIGHEST = 260.0, 540.0  # a map is no flatter and no taller than this

Bounds = tuple[float, float, float, float]
Entry = tuple[str, str, str]  # of a legend: colour, range, number of places
_MANY = 60  # areas: from there on borders are drawn finer, or they would hide the cells
_FINE = 0.6  # units of the viewBox: outlines are simplified to this


@dataclass(frozen=True)
class Ground:
    """A map being drawn: its sheet, its panel in metres, and how many metres one unit of the viewBox is."""

    sheet: Any
    axes: Any
    metre: float
    bounds: Bounds
    legend: float = _LEGEND  # height of the strip under the map


def lay_ground(finished: Finished, bounds: Bounds, noted: bool = False) -> Ground:
    """A sheet that shows `bounds` (metres) with a little air, the outlines drawn in it, equal scale both ways.

    `noted` leaves room for a line of notes in the legend.
    """
    legend = _LEGEND + _NOTES * noted
    x0, y0, x1, y1 = bounds
    air = 0.03 * max(x1 - x0, y1 - y0)
    wide, tall = x1 - x0 + 2 * air, y1 - y0 + 2 * air
    height = min(max(WIDTH * tall / wide, _LOWEST), _HIGHEST)
    metre = max(wide / WIDTH, tall / height)
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    shown = (
        middle_x - metre * WIDTH / 2,
        middle_y - metre * height / 2,
        middle_x + metre * WIDTH / 2,
        middle_y + metre * height / 2,
    )
    sheet = canvas(height + legend)
    axes = sheet.add_axes((0, legend / (height + legend), 1, height / (height + legend)))
    axes.set_xlim(shown[0], shown[2])
    axes.set_ylim(shown[1], shown[3])
    axes.axis("off")
    ground = Ground(sheet, axes, metre, shown, legend)
    _draw_outlines(ground, finished)
    _draw_scale(ground)
    return ground


def shapes_of(finished: Finished) -> Any:
    """The outlines in the run's own CRS, or none."""
    shapes = finished.outlines
    if shapes is None or shapes.empty:
        return None
    return shapes if shapes.crs is None else shapes.to_crs(finished.crs)


def _draw_outlines(ground: Ground, finished: Finished) -> None:
    from matplotlib.patches import PathPatch
    from shapely import box

    shapes = shapes_of(finished)
    if shapes is None:
        return
    near = shapes.geometry[shapes.geometry.intersects(box(*ground.bounds))]
    path = outline_path(near, _FINE * ground.metre)
    if path is not None:
        ground.axes.add_patch(
            PathPatch(path, facecolor=LAND, edgecolor="none", linewidth=0, zorder=0, gid=f"{MARK}land")
        )
        ground.axes.add_patch(
            PathPatch(
                path,
                facecolor="none",
                edgecolor=BORDER,
                linewidth=0.7 if len(near) < _MANY else 0.4,
                zorder=3,
                gid=f"{MARK}outline",
            )
        )


def outline_path(shapes: Iterable[Any], tolerance: float) -> Any:
    """All rings of all polygons, simplified to `tolerance` metres, as one path; none where there is no polygon."""
    from matplotlib.path import Path
    from shapely import get_parts, simplify

    rings: list[npt.NDArray[np.float64]] = []
    for polygon in get_parts(simplify(np.asarray(list(shapes), dtype=object), tolerance)):
        if polygon.geom_type == "Polygon" and not polygon.is_empty:
            rings += [np.asarray(ring.coords)[:, :2] for ring in (polygon.exterior, *polygon.interiors)]
    return Path.make_compound_path(*(Path(r, closed=True) for r in rings)) if rings else None


def cells_path(cell_x: npt.ArrayLike, cell_y: npt.ArrayLike, size: float) -> Any:
    """Square cells as one path of as few rectangles as runs along rows, stacked where equal, allow.

    `cell_x`, `cell_y` (n,) whole numbers; a cell covers `[cell_x·size, (cell_x+1)·size)` metres.
    """
    from matplotlib.path import Path

    boxes = size * merge_cells(np.asarray(cell_x, np.int64), np.asarray(cell_y, np.int64)).astype(float)
    x0, y0, x1, y1 = boxes.T
    corners = np.stack([x0, y0, x1, y0, x1, y1, x0, y1, x0, y0], axis=1).reshape(-1, 2)
    codes = np.tile([Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY], len(boxes))
    return Path(corners, codes)


def merge_cells(cell_x: npt.NDArray[np.int64], cell_y: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Rectangles (x0, y0, x1, y1), half-open in cells, that cover the cells and nothing else.

    Examples
    --------
    >>> merge_cells(np.array([0, 1, 0, 1, 5]), np.array([0, 0, 1, 1, 0])).tolist()
    [[0, 0, 2, 2], [5, 0, 6, 1]]
    """
    cells = np.unique(np.stack([cell_y, cell_x], axis=1), axis=0)
    first = np.ones(len(cells), bool)
    first[1:] = (np.diff(cells[:, 0]) != 0) | (np.diff(cells[:, 1]) != 1)
    starts = np.flatnonzero(first)
    ends = np.append(starts[1:], len(cells)) - 1
    runs = np.stack([cells[starts, 1], cells[ends, 1] + 1, cells[starts, 0]], axis=1)  # x0, x1, y
    runs = runs[np.lexsort((runs[:, 2], runs[:, 1], runs[:, 0]))]
    fresh = np.ones(len(runs), bool)
    fresh[1:] = (np.diff(runs[:, 0]) != 0) | (np.diff(runs[:, 1]) != 0) | (np.diff(runs[:, 2]) != 1)
    bottom = np.flatnonzero(fresh)
    top = np.append(bottom[1:], len(runs)) - 1
    return np.stack([runs[bottom, 0], runs[bottom, 2], runs[bottom, 1], runs[top, 2] + 1], axis=1)


def _fill(ground: Ground, path: Any, colour: str, kind: str, zorder: float = 2) -> None:
    """Paint one class."""
    from matplotlib.patches import PathPatch

    ground.axes.add_patch(
        PathPatch(path, facecolor=colour, edgecolor="none", linewidth=0, zorder=zorder, gid=MARK + kind)
    )


def paint_cells(
    ground: Ground,
    cells: pd.DataFrame,
    value: str,
    size: float,
    classes: Classes,
    colours: Sequence[str],
    first: int = 0,
) -> list[Entry]:
    """The cells by class of `value`, a path a class; what the legend says of them. `first` numbers the lowest class."""
    found, counts = classes.of(cells[value]), classes.counts(cells[value])
    for k, colour in enumerate(colours):
        if counts[k]:
            here = cells[found == k]
            _fill(ground, cells_path(here["cell_x"], here["cell_y"], size), colour, f"class-{k + first}")
    return [(c, classes.said(k), write_value(counts[k], "cells")) for k, c in enumerate(colours) if counts[k]]


def paint_areas(
    ground: Ground, areas: Any, value: str, classes: Classes, colours: Sequence[str], first: int = 0
) -> list[Entry]:
    """The same for areas (a GeoDataFrame)."""
    found, counts = classes.of(areas[value]), classes.counts(areas[value])
    for k, colour in enumerate(colours):
        if counts[k]:
            _fill(
                ground, outline_path(areas.geometry[found == k], _FINE * ground.metre), colour, f"class-{k + first}", 1
            )
    return [(c, classes.said(k), write_value(counts[k], "areas")) for k, c in enumerate(colours) if counts[k]]


def draw_borders(ground: Ground, areas: Any) -> None:
    """A heavy border round each of some areas."""
    from matplotlib.patches import PathPatch

    path = outline_path(areas.geometry, _FINE * ground.metre)
    if path is not None:
        ground.axes.add_patch(
            PathPatch(path, facecolor="none", edgecolor=INK, linewidth=1.8, zorder=4, gid=f"{MARK}hot")
        )


def cell_bounds(cells: pd.DataFrame, size: float) -> Bounds:
    """What the cells cover, metres."""
    x, y = cells["cell_x"], cells["cell_y"]
    return (float(x.min()) * size, float(y.min()) * size, float(x.max() + 1) * size, float(y.max() + 1) * size)


def draw_legend(ground: Ground, title: str, entries: Sequence[Entry], notes: str = "") -> None:
    """The strip under the map: what is shown, the notes, and each class with its range and number of places."""
    from matplotlib.patches import Rectangle

    _, height = (72 * side for side in ground.sheet.get_size_inches())
    top = ground.legend
    strip = ground.sheet.add_axes((0, 0, 1, top / height), gid=f"{MARK}legend")
    strip.set_xlim(0, WIDTH)
    strip.set_ylim(0, top)
    strip.axis("off")
    for line in (title, notes) if notes else (title,):
        strip.text(1, top - 5, line, fontsize=_LETTERS, color=MUTED, va="top")
        top -= _NOTES
    width = min(118.0, (WIDTH - 2) / max(1, len(entries)))
    for k, (colour, said, n) in enumerate(entries):
        left = 1 + k * width
        strip.add_patch(Rectangle((left, top - 19), width - 2, 12, facecolor=colour, linewidth=0))
        strip.text(left, top - 24, said, fontsize=_LETTERS, va="top")
        strip.text(left, top - 44, n, fontsize=_LETTERS, color=MUTED, va="top")


def _draw_scale(ground: Ground) -> None:
    """A bar of a round length, about a fifth of the map, in its lower left corner."""
    metres = _round_below(0.25 * WIDTH * ground.metre)
    x, y = ground.bounds[0] + 10 * ground.metre, ground.bounds[1] + 12 * ground.metre
    tick = 4 * ground.metre
    along, up = [x, x, x + metres, x + metres], [y + tick, y, y, y + tick]
    for colour, width in (("white", 4), (INK, 1)):
        ground.axes.plot(along, up, color=colour, linewidth=width, zorder=6, gid=f"{MARK}scale")
    said = f"{plain(metres / 1000)} km" if metres >= 1000 else f"{plain(metres)} m"
    ground.axes.text(x + metres / 2, y + tick, said, fontsize=SMALL, ha="center", va="bottom", zorder=6, gid=HALO)


def _round_below(value: float) -> float:
    power: float = 10.0 ** math.floor(math.log10(value))
    return power * max(step for step in (1, 2, 5) if step * power <= value)
