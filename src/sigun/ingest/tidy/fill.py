"""Keys told once for a block (묶음 머리칸): 서울 in the first row, blank or merged in the rows under it."""

from __future__ import annotations

from collections.abc import Sequence

from sigun.ingest.tidy.body import are_regions, kind_of
from sigun.ingest.tidy.grid import Grid, Merge, is_remark


def keys_to_fill(grid: Grid, body: Sequence[int], keys: int, counters: Sequence[int]) -> list[int]:
    """Which key columns tell their value once for a block, by merged cells or by blanks under it.

    Blanks alone speak only in the leading columns, where every value opens a block and later keys go on.

    Parameters
    ----------
    body : rows of the body, from 0.
    keys : number of key columns.
    counters : those that only count the rows, and so end no block.
    """
    ranges = body_merges(grid, min(body, default=0))
    merged = {c for r0, c0, r1, c1 in ranges if r1 > r0 for c in range(c0, min(c1 + 1, keys))}
    real = [k for k in range(keys) if k not in counters]
    cells = [[grid.rows[row][k] for k in real] for row in body]
    found: list[int] = []
    for place, column in enumerate(real):
        leading = found == real[:place] and place < len(real) - 1
        if column in merged or (leading and _opens_blocks(cells, place)):
            found.append(column)
    return found


def body_merges(grid: Grid, first: int) -> list[Merge]:
    """Merged ranges that lie in the body, without those over a remark."""
    return [m for m in grid.merges if m[0] >= first and not is_remark(grid.rows[m[0]][m[1]])]


def _opens_blocks(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether every blank cell stands under a value of its block, and blanks are many.

    But for regions and periods, whose rows may lie in any order, no value opens two blocks.
    """
    words = [row[column] for row in rows if row[column].strip()]
    may_recur = are_regions(words) or kind_of(words) == "period"
    opened: set[tuple[str, ...]] = set()
    block: tuple[str, ...] = ()
    carried, blanks = "", 0
    for row in rows:
        if any(cell.strip() for cell in row[:column]):
            block, carried = tuple(row[:column]), ""
        if row[column].strip():
            carried = row[column]
            if (*block, carried) in opened and not may_recur:
                return False
            opened.add((*block, carried))
        elif any(cell.strip() for cell in row[column + 1 :]):
            blanks += 1
            if not carried:
                return False
    return 0 < len(opened) <= 2 * blanks


def filled_keys(
    grid: Grid, rows: Sequence[int], keys: int, fill: Sequence[int], counters: Sequence[int]
) -> list[list[str]]:
    """The key columns, rows in the given order, merged cells and blocks filled.

    Where a column has merged cells they alone tell how far a value reaches; else it reaches to the next value, as long
    as a later key is told in the row. A value of an earlier key ends the block.
    """
    columns = [[row[k] for row in grid.rows] for k in range(keys)]
    merged = set()
    for r0, c0, r1, c1 in body_merges(grid, min(rows, default=0)):
        for column in range(c0, min(c1 + 1, keys)):
            merged |= {column} if r1 > r0 else set()
            columns[column][r0 : r1 + 1] = [grid.rows[r0][c0]] * (r1 + 1 - r0)
    carried = [""] * keys
    for row in rows:
        for k in range(keys):
            if k in counters:
                continue
            if columns[k][row].strip():
                carried[k:] = [columns[k][row], *[""] * (keys - k - 1)]
            elif k in fill and k not in merged and any(columns[later][row].strip() for later in range(k + 1, keys)):
                columns[k][row] = carried[k]
    return [[column[row] for row in rows] for column in columns]
