"""Complementary suppression (2차 가림): hide what else is needed so that no hidden cell can be solved for.

For each sensitive cell another table is looked for that a reader could just as well believe in: same sums, same shown
cells, the sensitive cell farther away by what is needed. Among all such tables a linear program picks one that differs
in few and unimportant cells; where it differs, cells are hidden. So every hidden cell has at least two values that fit
all that is shown, and each sensitive one a whole range. Finding the cells by such a program follows Kelly, Golden and
Assad (1992), Networks 22:397–417, and Fischetti and Salazar (2001), Management Science 47:1008–1027.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import hstack

from sigun.panel.disclosure.model import BoolArray, Cells, FloatArray, IntArray
from sigun.panel.disclosure.primary import needed, sensitive
from sigun.panel.disclosure.solver import TOLERANCE, solve
from sigun.plan.privacy import Privacy

TOTALS = 10.0  # times dearer to hide is a total than its parts
HIDDEN = 1e-3  # what it costs to move a cell that is hidden already: short ways are preferred
TOGETHER = 24  # sensitive cells for which one other table is looked for


@dataclass(frozen=True)
class _Search:
    """What every search for another table needs to know."""

    cells: Cells
    room: FloatArray  # (n,) how far apart the extremes of a cell must be; 0 for those that are not sensitive
    least: FloatArray  # (n,) the least a reader knows a hidden cell to be
    fixed: BoolArray  # (n,) cells that stay as they are: not observed, or zeros that are told


def hide(cells: Cells, rule: Privacy) -> BoolArray:
    """(n,) which cells to hide: the sensitive ones and their company.

    It ends: every round gives at least one more cell its room, and a table in which all is hidden tells nothing.
    """
    shown = rule.zeros == "shown"
    fixed = np.isnan(cells.values) | ((cells.values == 0) & shown)
    search = _Search(cells, needed(cells, rule), cells.least(shown), fixed)
    values = np.nan_to_num(cells.values)
    hidden, low, high = sensitive(cells, rule), values.copy(), values.copy()
    price = (np.log1p(values) + 1) * TOTALS**cells.rank
    while len(short := np.flatnonzero(high - low < search.room - TOLERANCE)):
        move = _other_table(search, _apart(cells, short), np.where(hidden, HIDDEN, price))
        if move is None:
            return np.asarray(~fixed)
        hidden |= np.abs(move) > TOLERANCE
        low, high = np.minimum(low, values + move), np.maximum(high, values + move)
    return hidden


def _apart(cells: Cells, short: IntArray) -> IntArray:
    """Some of the cells, no two of which stand in one sum: they can be given room by one other table."""
    taken = np.zeros(cells.sums.shape[0], dtype=bool)
    by_cell = cells.sums.tocsc()
    chosen: list[int] = []
    for cell in short.tolist():
        sums = by_cell.indices[by_cell.indptr[cell] : by_cell.indptr[cell + 1]]
        if not taken[sums].any():
            taken[sums] = True
            chosen.append(cell)
        if len(chosen) == TOGETHER:
            break
    return np.array(chosen, dtype=np.int64)


def _other_table(search: _Search, wanted: IntArray, cost: FloatArray) -> FloatArray | None:
    """What is added to every cell in another table that fits, in which the wanted cells are greater by their room.

    Counts stay whole numbers; where the program's answer has fractions, one wanted cell is asked for by itself.
    """
    move = _cheapest(search, wanted, cost, whole=False)
    if move is not None and (np.abs(move - np.round(move))[search.cells.whole] < TOLERANCE).all():
        return move
    return _cheapest(search, wanted[:1], cost, whole=True)


def _cheapest(search: _Search, wanted: IntArray, cost: FloatArray, whole: bool) -> FloatArray | None:
    """The least dear change of the free cells that keeps every sum: first what is added, then what is taken."""
    free = np.flatnonzero(~search.fixed)
    values, sums = search.cells.values[free], search.cells.sums[:, free]
    least_up, most_down = np.zeros(len(free)), np.maximum(values - search.least[free], 0.0)
    at = np.searchsorted(free, wanted)
    least_up[at], most_down[at] = search.room[wanted], 0.0
    found = solve(
        np.tile(cost[free], 2),
        hstack([sums, -sums], format="csr"),
        np.zeros(sums.shape[0]),
        np.concatenate([least_up, np.zeros(len(free))]),
        np.concatenate([np.full(len(free), np.inf), most_down]),
        np.tile(search.cells.whole[free], 2) if whole else None,
    )
    if found is None:
        return None
    move = np.zeros(len(search.fixed))
    move[free] = found[: len(free)] - found[len(free) :]
    return np.where(np.abs(move - np.round(move)) < TOLERANCE, np.round(move), move)
