"""The audit (가림 점검): what a reader can find out about each hidden cell from everything that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import block_array, csr_array
from scipy.sparse.csgraph import connected_components

from sigun.panel.disclosure.model import BoolArray, Cells, FloatArray, IntArray, Table, link
from sigun.panel.disclosure.primary import needed
from sigun.panel.disclosure.solver import TOLERANCE, solve
from sigun.plan.privacy import Privacy

SLACK = 1e-6  # of the solver's own figures
FAR = 10.0  # times the greatest shown figure: beyond that a range is said to be open
SWEEPS = 4  # attempts to move many cells at once before each is tried by itself


@dataclass(frozen=True)
class Audit:
    """What can be solved for."""

    exposed: tuple[tuple[str, ...], ...]  # hidden cells with only one value that fits
    narrow: tuple[tuple[str, ...], ...]  # sensitive ones a reader can bound more closely than the rule allows
    low: tuple[FloatArray, ...]  # of each table: the least and the most that fits; NaN where the cell is shown
    high: tuple[FloatArray, ...]

    @property
    def safe(self) -> bool:
        """Whether nothing can be found out."""
        return not self.exposed and not self.narrow


def audit(table: Table, shown: FloatArray, rule: Privacy, ranges: bool = True) -> Audit:
    """The audit of one table; see `audit_linked`."""
    return audit_linked((table,), (shown,), rule, ranges)


def audit_linked(tables: Sequence[Table], shown: Sequence[FloatArray], rule: Privacy, ranges: bool = True) -> Audit:
    """Solve for every hidden cell of tables that are shown together.

    Parameters
    ----------
    tables : as they are; only their sums and what the rule asks of each cell are taken from here.
    shown : as a reader sees them; NaN where hidden (and where nothing was observed).
    ranges : the whole range of every hidden cell; else each is looked at until it has the room the rule asks for.
    """
    cells = link(tables)
    seen = np.full(len(cells.values), np.nan)
    for place, values in zip(cells.places, shown, strict=True):
        told = ~np.isnan(values)
        seen[place[told]] = values[told]
    hidden = np.isnan(seen) & ~np.isnan(cells.values)
    least = np.where(cells.whole, 1.0, TOLERANCE)  # two values, that is
    room = np.maximum(needed(cells, rule), least)
    enough = np.full(len(seen), np.inf) if ranges else room
    low, high = feasible_ranges(cells, np.where(hidden, np.nan, np.nan_to_num(seen)), rule.zeros == "shown", enough)
    width = high - low
    return Audit(
        tuple(cells.names[i] for i in np.flatnonzero(hidden & (width < least - SLACK))),
        tuple(cells.names[i] for i in np.flatnonzero(hidden & (width < room - SLACK))),
        tuple(low[place] for place in cells.places),
        tuple(high[place] for place in cells.places),
    )


def feasible_ranges(
    cells: Cells, seen: FloatArray, zeros_shown: bool, enough: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """(n,), (n,) the least and the most that fits for each hidden cell; NaN where the cell is shown.

    Only what a reader has is used: the sums, the shown cells, that nothing is negative, that counts are whole, and
    that a hidden count is one or more where zeros are shown.

    Parameters
    ----------
    seen : (n,) shown values; NaN where hidden.
    enough : (n,) a range so wide is not looked at further; infinite: the whole range is found.
    """
    hidden = np.flatnonzero(np.isnan(seen))
    low, high = np.full(len(seen), np.nan), np.full(len(seen), np.nan)
    if not len(hidden):
        return low, high
    sums = cells.sums[:, hidden]
    total = -(cells.sums @ np.nan_to_num(seen))
    far = FAR * (np.nanmax(np.append(seen, 1.0)) + len(seen))
    least = cells.least(zeros_shown)
    for part in _parts(sums):
        at = hidden[part]
        rows = np.unique(sums[:, part].nonzero()[0])
        reader = _Reader(sums[rows][:, part], total[rows], least[at], cells.whole[at], far)
        low[at], high[at] = reader.ranges(enough[at])
    return low, high


def _parts(sums: csr_array) -> list[IntArray]:
    """Hidden cells in groups that share no sum: each is a problem of its own."""
    joined = block_array([[None, sums], [sums.T, None]], format="csr")
    label = connected_components(joined, directed=False)[1][sums.shape[0] :]
    order = np.argsort(label, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(label[order])) + 1)


class _Reader:
    """Someone who solves for the hidden cells of one group, remembering every table that fits."""

    def __init__(self, sums: csr_array, total: FloatArray, least: FloatArray, whole: BoolArray, far: float) -> None:
        self.sums, self.total, self.least, self.whole, self.far = sums, total, least, whole, far
        self.low, self.high = np.full(len(least), np.inf), np.full(len(least), -np.inf)

    def ranges(self, enough: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The extremes of each cell, or as much of them as is enough."""
        if np.isfinite(enough).all():
            self._sweep(enough)
        for cell in range(len(self.least)):
            if not self.high[cell] - self.low[cell] >= enough[cell] - SLACK:
                self._extreme(cell, 1.0)
                self._extreme(cell, -1.0)
        return self.low, self.high

    def _sweep(self, enough: FloatArray) -> None:
        """Push all cells that still lack room, half of them up and half down, and the other way round."""
        for round_ in range(SWEEPS):
            short = np.flatnonzero(~(self.high - self.low >= enough - SLACK))
            if not len(short):
                return
            push = np.zeros(len(self.least))
            push[short] = np.where((np.arange(len(short)) >> round_) & 1, 1.0, -1.0)
            for sign in (1.0, -1.0):
                self._remember(self._point(sign * push, None))

    def _extreme(self, cell: int, sign: float) -> None:
        """The least (sign 1) or the most (sign -1) of one cell, in whole numbers where it counts."""
        push = np.zeros(len(self.least))
        push[cell] = sign
        point = self._point(push, None)
        if point is not None and not self._fits(point):
            point = self._point(push, self.whole)
        self._remember(point)
        if point is not None and point[cell] > self.far / 2:  # only the limit of the search holds it
            self.high[cell] = np.inf

    def _point(self, push: FloatArray, whole: BoolArray | None) -> FloatArray | None:
        return solve(push, self.sums, self.total, self.least, np.full(len(self.least), self.far), whole)

    def _fits(self, point: FloatArray) -> bool:
        return bool((np.abs(point - np.round(point))[self.whole] < TOLERANCE).all())

    def _remember(self, point: FloatArray | None) -> None:
        if point is not None and self._fits(point):
            told = np.where(self.whole, np.round(point), point)
            self.low, self.high = np.minimum(self.low, told), np.maximum(self.high, told)
