"""Random rounding (임의 반올림): small counts become 0 or the threshold, fairly, and always alike for the same cell."""

from __future__ import annotations

import hashlib
import hmac

import numpy as np

from sigun.errors import RunError
from sigun.panel.disclosure.model import BoolArray, Cells, FloatArray
from sigun.text import _


def round_small(cells: Cells, min_cell: int, key: bytes) -> FloatArray:
    """(n,) the values with every small inner count rounded to 0 or `min_cell`, and totals that are their sums.

    A count of v becomes `min_cell` with probability v / `min_cell`, so nothing is lost on average. Chance is drawn from
    a secret key, the cell's name and its value: the same cell is rounded alike in every table and every run, and a
    reader without the key cannot draw it again. Totals are added up anew and so tell nothing beyond the rounded cells.

    Raises
    ------
    RunError
        Some cells are amounts, or a total is told by two breakdowns whose rounded sums differ.
    """
    if not cells.whole.all():
        raise RunError(
            _("Random rounding is for counts of persons, and the table holds amounts."),
            cells.names[int(np.argmin(cells.whole))][0],
            _("Write `method: suppress` under `privacy`."),
        )
    inner = ~_is_total(cells)
    rounded = cells.values.copy()
    for cell in np.flatnonzero(inner & (cells.values > 0) & (cells.values < min_cell)):
        up = _chance(key, cells.names[cell], cells.values[cell]) < cells.values[cell] / min_cell
        rounded[cell] = float(min_cell if up else 0)
    return _added_up(cells, rounded)


def _is_total(cells: Cells) -> BoolArray:
    total = np.zeros(len(cells.values), dtype=bool)
    total[cells.sums.indices[cells.sums.data < 0]] = True
    return total


def _chance(key: bytes, name: tuple[str, ...], value: float) -> float:
    """A number from 0 up to 1 that only the holder of the key can draw."""
    said = "\x1f".join((*name, str(int(value)))).encode()
    return int.from_bytes(hmac.new(key, said, hashlib.sha256).digest()[:7], "big") / 2**56


def _added_up(cells: Cells, inner: FloatArray) -> FloatArray:
    """Totals as the sums of what is under them, from the lowest up."""
    told, sums = inner.copy(), cells.sums
    lines = np.split(np.arange(sums.nnz), sums.indptr[1:-1])
    totals = [int(sums.indices[line[sums.data[line] < 0]][0]) for line in lines]
    for row in np.argsort(cells.rank[totals], kind="stable"):
        if not np.isnan(told[totals[row]]):
            parts = lines[row][sums.data[lines[row]] > 0]
            told[totals[row]] = np.nansum(told[sums.indices[parts]])
    if np.abs(sums @ np.nan_to_num(told)).max(initial=0) > 0.5:
        raise RunError(
            _("One total is broken down in two ways; rounded, the two would no longer give the same total."),
            cells.names[0][0],
            _("Write `method: suppress` under `privacy`, or show one of the breakdowns."),
        )
    return told
