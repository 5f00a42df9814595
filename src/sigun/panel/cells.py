"""Grid counts carried to areas (격자 → 지역): each cell's count is shared out by the area it has in each outline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely

from sigun.ingest.cells import MARK
from sigun.region.grid import FloatArray, IntArray, project
from sigun.text import N_, Message, say

SLIVER = 1e-6  # of a cell; a smaller part of it lies in a neighbour by rounding only


def cell_size(x: FloatArray, y: FloatArray) -> float:
    """Side of the cells whose centres these are: the usual step between them.

    >>> cell_size(np.array([125.0, 375.0, 1125.0]), np.array([125.0, 375.0, 125.0]))
    250.0
    """
    steps = np.concatenate([np.diff(np.unique(np.round(side))) for side in (x, y)])
    steps = steps[steps > 1]
    return float(np.min(steps)) if len(steps) else float("nan")


def areal_weights(
    x: FloatArray, y: FloatArray, size: float, outlines: Sequence[Any]
) -> tuple[IntArray, IntArray, FloatArray]:
    """Which part of each cell lies in which outline.

    Parameters
    ----------
    x, y : (n,) centres, metres.
    size : side of a cell, metres.
    outlines : (m,) polygons in the same projection.

    Returns
    -------
    cell, outline, weight : (k,) one entry a pair that overlaps; the weights of a cell inside all outlines add to 1.

    Examples
    --------
    >>> halves = [shapely.box(0, 0, 100, 200), shapely.box(100, 0, 300, 200)]
    >>> areal_weights(np.array([100.0]), np.array([100.0]), 100.0, halves)[2].tolist()
    [0.5, 0.5]
    """
    shapes = np.asarray(outlines, dtype=object)
    squares = shapely.box(x - size / 2, y - size / 2, x + size / 2, y + size / 2)
    cell, outline = shapely.STRtree(shapes).query(squares)
    order = np.lexsort((outline, cell))
    cell, outline = cell[order], outline[order]
    weight = shapely.area(shapely.intersection(squares[cell], shapes[outline])) / size**2
    some = weight > SLIVER
    return cell[some], outline[some], weight[some]


def cells_to_regions(table: pd.DataFrame, values: Sequence[str], outlines: Any) -> tuple[pd.DataFrame, list[Message]]:
    """Counts by cell and period as counts by region and period, and what was lost on the way.

    A count that is not told adds nothing; how many there are is said, for the sums are too low by them.
    """
    places = table[["longitude", "latitude"]].drop_duplicates(ignore_index=True)
    crs = outlines.crs.to_string()
    x, y = project(places["longitude"].to_numpy(float), places["latitude"].to_numpy(float), crs)
    size = cell_size(x, y)
    cell, outline, weight = areal_weights(x, y, size, outlines["geometry"].to_numpy())
    parts = pd.DataFrame({"place": cell, "region": outlines["region"].to_numpy()[outline], "weight": weight})
    number = table[["longitude", "latitude"]].merge(places.reset_index(names="place"), "left")["place"]
    told = table[["period", *values]].assign(place=number.to_numpy()).merge(parts, on="place")
    shared = told[list(values)].mul(told["weight"], axis=0)
    sums = shared.groupby([told["region"], told["period"]]).sum(min_count=1).reset_index()
    return sums, _said(table, values, size, len(places), np.bincount(cell, weight, len(places)).astype(float))


def _said(table: pd.DataFrame, values: Sequence[str], size: float, cells: int, inside: FloatArray) -> list[Message]:
    said = [
        say(
            N_("{n} cells of {size} m were shared out by area; {outside} lie outside every outline, {cut} partly."),
            n=cells,
            size=round(size),
            outside=int((inside == 0).sum()),
            cut=int(((inside > 0) & (inside < 1 - SLIVER)).sum()),
        )
    ]
    for name in values:
        hidden = int((table[f"{name}{MARK}"] == "suppressed").sum()) if f"{name}{MARK}" in table else 0
        if hidden:
            said.append(
                say(
                    N_("{name}: {n} of {rows} counts are not told by their owner and add nothing: the sums are low."),
                    name=name,
                    n=hidden,
                    rows=len(table),
                )
            )
    return said
