"""Two-way effects solved directly (지역·기간 효과의 직접 풀이): cells, and a solve of the smaller side.

The levels of the longer side are written off in one division; what remains is a system as large as the shorter side.
No sweeping back and forth, and no more than two passes over the cells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.regression.pieces import cut, each
from sigun.analysis.regression.refusals import require_more
from sigun.analysis.statistics.arrays import FloatArray, IntArray, sums
from sigun.text import N_, say

BLOCK = 150_000  # numbers worked on at once: they stay in the processor's own memory
ROWS = 500_000  # rows put into their cells at once
NULL = 1e-10  # eigenvalues of the scaled system under this are its null space


@dataclass(slots=True)
class Cells:
    """Regions × periods as full matrices. Each step of the way overwrites `values` with what is left of them."""

    weight: FloatArray  # (G, T) sum of the rows' weights; 0: nothing observed
    values: FloatArray  # (G, m, T) weighted mean of the columns in each cell; 0 where nothing was observed
    inside: FloatArray  # (G, m, m) weighted cross-products about the cells' means; 0 where each cell is one row
    size: FloatArray  # (m,) roots of the weighted sums of squares of the columns as given
    rows: int

    def blocks(self, numbers: int = BLOCK) -> list[slice]:
        """The regions, some at a time: about so many numbers of `values`."""
        return cut(len(self.weight), numbers // (self.values.shape[1] * self.values.shape[2]))


@dataclass(frozen=True, slots=True)
class Solved:
    """The shorter side's system with the longer side written off."""

    inverse: FloatArray  # (S, S) pseudo-inverse
    connected: float  # second smallest eigenvalue of the scaled system: 1 in full panels, near 0 where it falls apart
    components: int  # parts of the panel that share neither region nor period


def cells_of(
    columns: tuple[FloatArray, ...], region: IntArray, period: IntArray, weight: FloatArray | None = None
) -> Cells:
    """Rows put into their cells.

    Parameters
    ----------
    columns : outcome and factors, (n,) each, nothing missing.
    region, period : (n,) which of each row, from 0. Memory is regions × periods × (columns + 3) numbers of 8 bytes.
    weight : (n,) positive; none: all alike. Several rows of one cell are gathered into their mean and what is about it.

    Examples
    --------
    >>> region, period = np.array([0, 0, 1]), np.array([0, 1, 0])
    >>> cells_of((np.array([1.0, 2.0, 3.0]),), region, period).values.tolist()
    [[[1.0, 2.0]], [[3.0, 0.0]]]
    """
    shape = (int(region.max()) + 1, int(period.max()) + 1)
    size = np.sqrt([column @ (column if weight is None else weight * column) for column in columns])
    total, values = np.zeros(shape), np.zeros((shape[0], len(columns), shape[1]))

    def put(rows: slice) -> None:
        total[region[rows], period[rows]] = 1.0 if weight is None else weight[rows]
        at = region[rows] * (len(columns) * shape[1]) + period[rows]
        for j, column in enumerate(columns):
            values.ravel()[j * shape[1] :][at] = column[rows]

    for _done in each(put, cut(len(region), ROWS)):
        pass
    if np.count_nonzero(total) < len(region):
        return _gathered(np.column_stack(columns), region, period, weight, size)
    return Cells(total, values, np.zeros((shape[0], len(columns), len(columns))), size, len(region))


def _gathered(
    rows: FloatArray, region: IntArray, period: IntArray, weight: FloatArray | None, size: FloatArray
) -> Cells:
    """Cells of several rows: their weighted means, and the cross-products about them."""
    n, m = rows.shape
    weight = np.ones(n) if weight is None else weight
    shape = (int(region.max()) + 1, int(period.max()) + 1)
    at = region * shape[1] + period
    total = sums(at, weight, shape[0] * shape[1])
    mean = [np.bincount(at, weight * column, len(total)) / np.maximum(total, 1e-300) for column in rows.T]
    about = rows - np.column_stack(mean)[at]
    inside = np.zeros((shape[0], m, m))
    for i in range(m):
        for j in range(m):
            inside[:, i, j] = np.bincount(region, weight * about[:, i] * about[:, j], shape[0])
    values = np.stack([column.reshape(shape) for column in mean], axis=1)
    return Cells(total.reshape(shape), values, inside, size, n)


def drop_singletons(cells: Cells) -> None:
    """Regions and periods of one row alone are emptied, until there are none: their own effect explains them whole."""
    seen = cells.weight > 0
    if cells.rows > np.count_nonzero(seen):
        return  # cells of several rows
    while True:
        alone = (seen.sum(axis=1) == 1)[:, None] | (seen.sum(axis=0) == 1)
        lost = seen & alone
        if not lost.any():
            return
        seen &= ~lost
        cells.weight[lost] = 0.0
        cells.values[np.broadcast_to(lost[:, None], cells.values.shape)] = 0.0
        cells.rows -= int(np.count_nonzero(lost))


def sweep_effects(cells: Cells) -> Solved:
    """Take both effects out of the cells' values, which are overwritten; what the solve knew is handed on.

    Raises
    ------
    MethodError
        No rows, one region or one period: nothing is left to compare.

    Examples
    --------
    >>> region, period = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> cells = cells_of((np.array([1.0, 2.0, 5.0, 8.0]),), region, period)
    >>> solved = sweep_effects(cells)
    >>> cells.values.round(9).tolist()
    [[[0.5, -0.5]], [[-0.5, 0.5]]]
    """
    by_region, by_period = cells.weight.sum(axis=1), cells.weight.sum(axis=0)
    _require_panel(by_region, by_period)
    period_sums = _center_regions(cells, by_region)
    if len(by_region) <= len(by_period):
        solved = _solve(cells.weight, by_region, by_period)
        region_effect = -solved.inverse @ (cells.weight @ (period_sums * inverse_of(by_period)).T)
        period_effect = (period_sums - region_effect.T @ cells.weight) * inverse_of(by_period)
    else:
        solved = _solve(cells.weight.T, by_period, by_region)
        period_effect = (solved.inverse @ period_sums.T).T
        region_effect = -((cells.weight @ period_effect.T) * inverse_of(by_region)[:, None])
    _subtract(cells, region_effect, period_effect)
    return solved


def cross_products(cells: Cells) -> FloatArray:
    """(G, m, m) weighted cross-products of what is left, region by region."""

    def within(block: slice) -> FloatArray:
        values = cells.values[block]
        return np.asarray((values * cells.weight[block][:, None]) @ values.transpose(0, 2, 1) + cells.inside[block])

    return np.concatenate(list(each(within, cells.blocks())))


def _center_regions(cells: Cells, by_region: FloatArray) -> FloatArray:
    """Take each region's mean out first, for exactness; the sums by period (m, T) of what is left."""

    def center(block: slice) -> FloatArray:
        values, weight = cells.values[block], cells.weight[block][:, None]
        mean = (values @ weight.transpose(0, 2, 1)) * inverse_of(by_region[block])[:, None, None]
        values -= mean
        values *= weight > 0
        return np.asarray((values * weight).sum(axis=0))

    found = np.zeros(cells.values.shape[1:])
    for sums_of_block in each(center, cells.blocks()):
        found += sums_of_block
    return found


def _subtract(cells: Cells, region_effect: FloatArray, period_effect: FloatArray) -> None:
    """Take (G, m) and (m, T) out of the cells that were observed."""

    def subtract(block: slice) -> None:
        cells.values[block] -= region_effect[block][:, :, None] + period_effect
        cells.values[block] *= (cells.weight[block] > 0)[:, None]

    for _done in each(subtract, cells.blocks()):
        pass


def _solve(weight: FloatArray, short: FloatArray, long: FloatArray) -> Solved:
    """The system of the shorter side: weight (S, L), its sums by both sides."""
    by_root = np.sqrt(inverse_of(long))

    def product(piece: slice) -> FloatArray:
        half = weight[:, piece] * by_root[piece]
        return np.asarray(half @ half.T)

    shared = np.zeros((len(short), len(short)))
    for found in each(product, cut(len(long), BLOCK * 10 // len(short))):
        shared += found
    root = np.sqrt(inverse_of(short))
    system = np.diag((short > 0).astype(float)) - (root[:, None] * shared) * root
    values, vectors = np.linalg.eigh((system + system.T) / 2)
    kept = values > NULL
    scaled = vectors[:, kept] * root[:, None]
    inverse = (scaled / values[kept]) @ scaled.T
    empty = int((short == 0).sum())
    connected = float(values[kept].min()) if kept.any() else 0.0
    return Solved(inverse, connected, int((~kept).sum()) - empty)


def inverse_of(total: FloatArray) -> FloatArray:
    """1 / total, and 0 where there is nothing."""
    return np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)


def _require_panel(by_region: FloatArray, by_period: FloatArray) -> None:
    where = say(N_("regression inside regions and periods"))
    require_more(int((by_region > 0).sum()), 2, say(N_("There are not two regions with two periods each.")), where)
    require_more(int((by_period > 0).sum()), 2, say(N_("There are not two periods with two regions each.")), where)
