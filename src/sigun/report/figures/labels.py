"""Names on a map (지도 이름표): the places with the most, far enough apart, no name on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sigun.report.figures.axes import wide
from sigun.report.figures.ground import Bounds, Ground, shapes_of
from sigun.report.figures.style import INK, TEXT, WIDTH, clean
from sigun.report.figures.svg import HALO
from sigun.report.finished import Finished

LOOKED_AT = 50  # cells: names of the first places are those of these
_TALL = 1.2 * TEXT  # of a name
_LARGE = 15.0  # side of a cell, units of the viewBox, from which a ring fits in
_SCALE_BAR = 30.0  # height kept free of names at the foot of the map


@dataclass(frozen=True)
class Place:
    """A place worth a name on the map."""

    x: float
    y: float
    name: str
    rank: int  # by what is shown, 1 for the most


def choose_places(cells: pd.DataFrame, value: str, size: float, apart: float, most: int = 5) -> pd.DataFrame:
    """The cells with the most, none nearer than `apart` metres to another, each with its `rank` among all cells."""
    ordered = cells.sort_values([value, "cell_y", "cell_x"], ascending=[False, True, True])
    chosen: list[int] = []
    for i in ordered.index:
        here = cells.loc[i, ["cell_x", "cell_y"]].to_numpy(float)
        if all(np.abs(here - cells.loc[j, ["cell_x", "cell_y"]].to_numpy(float)).max() * size >= apart for j in chosen):
            chosen.append(i)
        if len(chosen) == most:
            break
    ranks = {i: rank for rank, i in enumerate(ordered.index, 1)}
    return cells.loc[chosen].assign(rank=[ranks[i] for i in chosen]).reset_index(drop=True)


def middle(cell_x: float, cell_y: float, size: float) -> tuple[float, float]:
    """The middle of a cell, metres."""
    return (cell_x + 0.5) * size, (cell_y + 0.5) * size


def name_at(finished: Finished, x: float, y: float) -> str:
    """The name of the area a point (metres) lies in; empty where there is none."""
    from shapely import Point

    shapes = shapes_of(finished)
    if shapes is None or "name" not in shapes.columns:
        return ""
    inside = shapes[shapes.geometry.contains(Point(x, y))]
    return "" if inside.empty else clean(inside["name"].iloc[0])


def name_cells(finished: Finished, ground: Ground, cells: pd.DataFrame, value: str) -> list[Place]:
    """Five cells with much that lie apart, with their rank and the name of the area each lies in."""
    size = finished.plan.space.cell
    apart = max(3 * size, 60 * ground.metre)
    chosen = choose_places(cells[cells[value] > 0], value, size, apart)
    middles = [middle(x, y, size) for x, y in zip(chosen["cell_x"], chosen["cell_y"], strict=True)]
    return [Place(x, y, name_at(finished, x, y), rank) for (x, y), rank in zip(middles, chosen["rank"], strict=True)]


def first_names(finished: Finished, cells: pd.DataFrame, value: str, most: int = 5) -> list[str]:
    """The areas of the cells with the most, by rank, each name once: neighbours among the first are not passed over."""
    ordered = cells[cells[value] > 0].sort_values([value, "cell_y", "cell_x"], ascending=[False, True, True])
    size = finished.plan.space.cell
    names: dict[str, None] = {}
    for x, y in zip(ordered["cell_x"].head(LOOKED_AT), ordered["cell_y"].head(LOOKED_AT), strict=True):
        name = name_at(finished, *middle(x, y, size))
        if name:
            names.setdefault(name)
    return list(names)[:most]


def named(names: Sequence[str]) -> str:
    """Names for the words of a picture, each once; a dash where there are none."""
    return ", ".join(dict.fromkeys(name for name in names if name)) or "–"


def label_places(ground: Ground, places: Sequence[Place], cell: float | None) -> None:
    """Rank and name of each place, no name on another: beside a ring round a `cell` of that side, or on an area."""
    points = [((p.x - ground.bounds[0]) / ground.metre, (p.y - ground.bounds[1]) / ground.metre) for p in places]
    ring = None if cell is None else _ring_size(cell / ground.metre)
    taken = [] if ring is None else [_box(x, y, ring + 4, ring + 4) for x, y in points]
    for place, at in zip(places, points, strict=True):
        said = f"{place.rank} {place.name}".strip()
        spot = _free_spot(ground, at, wide(said), ring, taken)
        taken.append(spot)
        if ring is not None:
            _ring(ground, place, ring)
        ground.axes.text(
            ground.bounds[0] + (spot[0] + spot[2]) / 2 * ground.metre,
            ground.bounds[1] + (spot[1] + spot[3]) / 2 * ground.metre,
            said,
            fontsize=TEXT,
            weight="bold",
            ha="center",
            va="center",
            zorder=7,
            gid=HALO,
        )


def _ring_size(side: float) -> float:
    """Inside a large cell, round a small one: its colour must be seen."""
    return 9.0 if side > _LARGE else 1.42 * side + 1


def _ring(ground: Ground, place: Place, size: float) -> None:
    """A dark ring in a white one: seen on light and on dark cells."""
    look = {"markersize": size, "markerfacecolor": "none", "zorder": 5}
    for colour, width in (("white", 3.4), (INK, 1.5)):
        ground.axes.plot([place.x], [place.y], "o", markeredgecolor=colour, markeredgewidth=width, **look)


def _box(x: float, y: float, width: float, height: float) -> Bounds:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _free_spot(
    ground: Ground, at: tuple[float, float], width: float, ring: float | None, taken: Sequence[Bounds]
) -> Bounds:
    """A box for a name near `at` that touches no box already taken; the first try where all do."""
    tries = [_box(*at, width, _TALL)] if ring is None else []
    for away in (5.0, 16.0, 30.0):
        gap = away + (ring or 0.0) / 2
        side, slant = gap + width / 2, 0.7 * gap + width / 2
        moves = [(side, 0), (-side, 0), (0, gap + _TALL / 2), (0, -gap - _TALL / 2)]
        moves += [(slant, gap), (-slant, gap), (slant, -gap), (-slant, -gap)]
        tries += [_box(at[0] + right, at[1] + up, width, _TALL) for right, up in moves]
    top = ground.axes.bbox.height
    inside = [t for t in tries if t[0] > 2 and t[2] < WIDTH - 2 and t[1] > _SCALE_BAR and t[3] < top - 2]
    free = [t for t in inside if not any(_touch(t, other) for other in taken)]
    return (free or inside or tries)[0]


def _touch(a: Bounds, b: Bounds) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
