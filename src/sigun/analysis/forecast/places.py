"""Places (예측 단위): cells or regions that are forecast, the areas they add up to, who neighbours whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sigun.analysis.statistics.arrays import FloatArray, IntArray, sums
from sigun.errors import PlanError
from sigun.region.grid import study_cells
from sigun.text import _

Smooth = Callable[[FloatArray, float], FloatArray]
REACH_METRES = 500.0  # what one unit of reach is on a grid; between regions it is a border crossed
TRUNCATE = 3.0  # standard deviations of the Gaussian that are summed


@dataclass(frozen=True)
class Places:
    """n places in m areas. Regions are places with y = 0 and are areas of their own."""

    keys: pd.DataFrame  # (n rows) cell_x, cell_y | region
    area: IntArray  # (n,) area of each place, from 0
    areas: pd.DataFrame  # (m rows) region_x, region_y | region
    x: IntArray  # (n,)
    y: IntArray  # (n,)
    smooth: Smooth  # (n,) values, reach → (n,) mean of the surroundings

    def __len__(self) -> int:
        return len(self.x)

    @property
    def regional(self) -> bool:
        """Whether the places are regions, not cells."""
        return "region" in self.keys

    def index(self, x: IntArray, y: IntArray) -> IntArray:
        """Number of the place at each x, y; -1 outside."""
        x0, y0 = int(self.x.min()), int(self.y.min())
        grid = np.full((int(self.x.max()) - x0 + 1, int(self.y.max()) - y0 + 1), -1, np.int64)
        grid[self.x - x0, self.y - y0] = np.arange(len(self))
        inside = (x >= x0) & (x < x0 + grid.shape[0]) & (y >= y0) & (y < y0 + grid.shape[1])
        return np.where(inside, grid[np.where(inside, x - x0, 0), np.where(inside, y - y0, 0)], -1)

    def by_area(self, values: FloatArray) -> FloatArray:
        """Sums of (n,) values over the areas, (m,)."""
        return sums(self.area, values, len(self.areas))


def cell_places(cell_x: IntArray, cell_y: IntArray, cell: int, block: int) -> Places:
    """The cells given, in order of (cell_x, cell_y), as places; areas are square blocks of cells.

    `cell` is a cell's side in metres, `block` the cells along an area's side."""
    x, y = _sorted_cells(cell_x, cell_y)
    blocks, area = np.unique(np.stack([x // block, y // block], axis=1), axis=0, return_inverse=True)
    return Places(
        keys=pd.DataFrame({"cell_x": x, "cell_y": y}),
        area=area.reshape(-1).astype(np.int64),
        areas=pd.DataFrame({"region_x": blocks[:, 0], "region_y": blocks[:, 1]}),
        x=x,
        y=y,
        smooth=grid_smoother(x, y, REACH_METRES / cell),
    )


def cells_around(cell_x: IntArray, cell_y: IntArray, cell: int, block: int) -> Places:
    """The study area of these events: their cells, dilated by one, holes filled."""
    return cell_places(*study_cells(cell_x, cell_y), cell, block)


def given_cells(table: pd.DataFrame, cell: int, block: int) -> Places:
    """The study area somebody gives as a table of cell_x, cell_y.

    Raises
    ------
    PlanError
        The table lacks one of the columns, or is empty.
    """
    if not {"cell_x", "cell_y"} <= set(table.columns) or table.empty:
        raise PlanError(
            _("The study area has no cells in columns cell_x and cell_y."),
            _("study area"),
            _("Give a Parquet file with one row a cell and the whole-number columns cell_x and cell_y."),
        )
    return cell_places(table["cell_x"].to_numpy(np.int64), table["cell_y"].to_numpy(np.int64), cell, block)


def region_places(outlines: Any) -> Places:
    """The regions of the outlines as places; neighbours share a border."""
    import shapely

    codes = outlines["region"].to_numpy()
    shapes = outlines.geometry.to_numpy()
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    keys = pd.DataFrame({"region": codes})
    place = np.arange(len(codes), dtype=np.int64)
    return Places(keys, place, keys, place, np.zeros(len(codes), np.int64), contiguity_smoother(pairs, len(codes)))


def grid_smoother(x: IntArray, y: IntArray, step: float) -> Smooth:
    """Gaussian mean over the cells of the study area; its standard deviation is `reach` times `step` cells."""
    from scipy.ndimage import gaussian_filter

    at = (x - x.min(), y - y.min())
    shape = (int(at[0].max()) + 1, int(at[1].max()) + 1)
    inside = np.zeros(shape)
    inside[at] = 1.0
    covered: dict[float, FloatArray] = {}

    def spread(values: FloatArray, reach: float) -> FloatArray:
        grid = np.zeros(shape)
        grid[at] = values
        return np.asarray(gaussian_filter(grid, reach * step, mode="constant", truncate=TRUNCATE)[at])

    def smooth(values: FloatArray, reach: float) -> FloatArray:
        if reach not in covered:
            covered[reach] = spread(np.ones(len(x)), reach)
        return spread(values, reach) / covered[reach]

    return smooth


def contiguity_smoother(pairs: IntArray, n: int) -> Smooth:
    """Mean over a region and its neighbours, repeated `reach` times; pairs (2, k) hold each region with itself."""
    from scipy.sparse import csr_array

    near = csr_array((np.ones(pairs.shape[1]), (pairs[0], pairs[1])), shape=(n, n))
    degree = np.asarray(near.sum(axis=1)).reshape(-1)

    def smooth(values: FloatArray, reach: float) -> FloatArray:
        for _round in range(max(1, round(reach))):
            values = np.asarray(near @ values) / degree
        return values

    return smooth


def _sorted_cells(cell_x: IntArray, cell_y: IntArray) -> tuple[IntArray, IntArray]:
    cells = np.unique(np.stack([cell_x, cell_y], axis=1), axis=0)
    return cells[:, 0].astype(np.int64), cells[:, 1].astype(np.int64)
