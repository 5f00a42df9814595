"""What every map stands on (지도 바탕): true proportion, quiet outlines, cells by class, scale bar, labels."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sigun.report.figures.amounts import plain
from sigun.report.figures.style import INK, MUTED, SMALL, TEXT, WIDTH, canvas
from sigun.report.figures.svg import HALO, MARK
from sigun.report.finished import Finished
from sigun.text import _

LAND, BORDER = "#f5f6f7", "#b4bac1"
_LEGEND = 74  # height of the strip of classes under a map
_LOWEST, _HIGHEST = 260.0, 540.0  # a map is no flatter and no taller than this

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Ground:
    """A map being drawn: its sheet, its panel in metres, and how many metres one unit of the viewBox is."""

    sheet: Any
    axes: Any
    metre: float
    bounds: Bounds


@dataclass(frozen=True)
class Place:
    """A place worth a name on the map."""

    x: float
    y: float
    name: str


def lay_ground(finished: Finished, bounds: Bounds) -> Ground:
    """A sheet that shows `bounds` (metres) with a little air, the outlines drawn in it, equal scale both ways."""
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
    sheet = canvas(height + _LEGEND)
    axes = sheet.add_axes((0, _LEGEND / (height + _LEGEND), 1, height / (height + _LEGEND)))
    axes.set_xlim(shown[0], shown[2])
    axes.set_ylim(shown[1], shown[3])
    axes.axis("off")
    ground = Ground(sheet, axes, metre, shown)
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
    path = outline_path(near, 0.6 * ground.metre)
    if path is not None:
        ground.axes.add_patch(
            PathPatch(path, facecolor=LAND, edgecolor="none", linewidth=0, zorder=0, gid=f"{MARK}land")
        )
        ground.axes.add_patch(
            PathPatch(path, facecolor="none", edgecolor=BORDER, linewidth=0.7, zorder=3, gid=f"{MARK}outline")
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


def fill(ground: Ground, path: Any, colour: str, kind: str, zorder: float = 2) -> None:
    """Paint one class."""
    from matplotlib.patches import PathPatch

    ground.axes.add_patch(
        PathPatch(path, facecolor=colour, edgecolor="none", linewidth=0, zorder=zorder, gid=MARK + kind)
    )


def cell_bounds(cells: pd.DataFrame, size: float) -> Bounds:
    """What the cells cover, metres."""
    x, y = cells["cell_x"], cells["cell_y"]
    return (float(x.min()) * size, float(y.min()) * size, float(x.max() + 1) * size, float(y.max() + 1) * size)


def draw_legend(ground: Ground, title: str, entries: Sequence[tuple[str, str, str]]) -> None:
    """The strip of classes under the map: colour, range, number of places, from left to right."""
    from matplotlib.patches import Rectangle

    _, height = (72 * side for side in ground.sheet.get_size_inches())
    strip = ground.sheet.add_axes((0, 0, 1, _LEGEND / height), gid=f"{MARK}legend")
    strip.set_xlim(0, WIDTH)
    strip.set_ylim(0, _LEGEND)
    strip.axis("off")
    strip.text(1, _LEGEND - 6, title, fontsize=SMALL, color=MUTED, va="top")
    width = min(116.0, (WIDTH - 2) / max(1, len(entries)))
    for k, (colour, said, n) in enumerate(entries):
        left = 1 + k * width
        strip.add_patch(Rectangle((left, _LEGEND - 39), width - 2, 11, facecolor=colour, linewidth=0))
        strip.text(left, _LEGEND - 43, said, fontsize=SMALL, va="top")
        strip.text(left, _LEGEND - 59, n, fontsize=SMALL, color=MUTED, va="top")


def _draw_scale(ground: Ground) -> None:
    """A bar of a round length, about a fifth of the map, in its lower left corner."""
    metres = _round_below(0.25 * WIDTH * ground.metre)
    x, y = ground.bounds[0] + 10 * ground.metre, ground.bounds[1] + 12 * ground.metre
    tick = 4 * ground.metre
    ground.axes.plot(
        [x, x, x + metres, x + metres],
        [y + tick, y, y, y + tick],
        color=INK,
        linewidth=1,
        solid_capstyle="butt",
        zorder=6,
        gid=f"{MARK}scale",
    )
    said = f"{plain(metres / 1000)} km" if metres >= 1000 else f"{plain(metres)} m"
    ground.axes.text(x + metres / 2, y + tick, said, fontsize=SMALL, ha="center", va="bottom", zorder=6, gid=HALO)


def _round_below(value: float) -> float:
    power: float = 10.0 ** math.floor(math.log10(value))
    return power * max(step for step in (1, 2, 5) if step * power <= value)


def choose_places(cells: pd.DataFrame, value: str, size: float, apart: float, most: int = 5) -> pd.DataFrame:
    """The cells with the most, none nearer than `apart` metres to another: five labels say five places."""
    ordered = cells.sort_values([value, "cell_y", "cell_x"], ascending=[False, True, True])
    chosen: list[int] = []
    for i in ordered.index:
        here = cells.loc[i, ["cell_x", "cell_y"]].to_numpy(float)
        if all(np.abs(here - cells.loc[j, ["cell_x", "cell_y"]].to_numpy(float)).max() * size >= apart for j in chosen):
            chosen.append(i)
        if len(chosen) == most:
            break
    return cells.loc[chosen].reset_index(drop=True)


def name_at(finished: Finished, x: float, y: float) -> str:
    """The name of the area a point (metres) lies in; empty where there is none."""
    from shapely import Point

    from sigun.report.figures.style import clean

    shapes = shapes_of(finished)
    if shapes is None or "name" not in shapes.columns:
        return ""
    inside = shapes[shapes.geometry.contains(Point(x, y))]
    return "" if inside.empty else clean(inside["name"].iloc[0])


def label_places(ground: Ground, places: Sequence[Place], ring: bool = True) -> None:
    """Each place gets a ring and its rank and name beside it, where no other label stands."""
    points = [((p.x - ground.bounds[0]) / ground.metre, (p.y - ground.bounds[1]) / ground.metre) for p in places]
    taken = [(x - 8, y - 8, x + 8, y + 8) for x, y in points]
    for rank, (place, at) in enumerate(zip(places, points, strict=True), 1):
        said = f"{rank} {place.name}".strip()
        spot = _free_spot(ground, at, _width(said), taken)
        taken.append(spot)
        if ring:
            _ring(ground, place)
        ground.axes.text(
            ground.bounds[0] + spot[0] * ground.metre,
            ground.bounds[1] + (spot[1] + spot[3]) / 2 * ground.metre,
            said,
            fontsize=TEXT,
            weight="bold",
            va="center",
            zorder=7,
            gid=HALO,
        )


def _ring(ground: Ground, place: Place) -> None:
    """A dark ring in a white one: seen on light and on dark cells."""
    for colour, width in (("white", 4.0), (INK, 1.6)):
        ground.axes.plot(
            [place.x],
            [place.y],
            "o",
            markersize=9,
            markerfacecolor="none",
            markeredgecolor=colour,
            markeredgewidth=width,
            zorder=5,
        )


def _width(said: str) -> float:
    """About how wide the words are, units of the viewBox."""
    return TEXT * sum(0.9 if unicodedata.east_asian_width(c) in "WF" else 0.6 for c in said)


def _free_spot(ground: Ground, at: tuple[float, float], width: float, taken: Sequence[Bounds]) -> Bounds:
    """A box for a label beside `at` that touches no box already taken; the first try where all do."""
    x, y = at
    half = 0.6 * TEXT
    tries = [
        (left, middle - half, left + width, middle + half)
        for away in (9, 20, 34)
        for left, middle in (
            (x + away, y),
            (x - away - width, y),
            (x - width / 2, y + away + half),
            (x - width / 2, y - away - half),
            (x + away * 0.7, y + away),
            (x - away * 0.7 - width, y + away),
            (x + away * 0.7, y - away),
            (x - away * 0.7 - width, y - away),
        )
    ]
    _, top = ground.axes.bbox.size / ground.axes.figure.dpi * 72
    inside = [t for t in tries if t[0] > 2 and t[2] < WIDTH - 2 and t[1] > 30 and t[3] < top - 2]
    free = [t for t in inside if not any(_touch(t, other) for other in taken)]
    return (free or inside or tries)[0]


def _touch(a: Bounds, b: Bounds) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def cells_word(n: int) -> str:
    """How many cells, in words."""
    return _("{n} cells").format(n=plain(n))
