"""Keys told once for a block (묶음 머리칸): 서울 in the first row, blank or merged in the rows under it."""

from __future__ import annotations

from collections.abc import Sequence

from sigun.ingest.tidy.grid import Grid, Merge, is_remark


def keys_to_fill(grid: Grid, first: int, keys: int) -> list[int]:
    """Which key columns tell their value once for a block, by merged cells or by blanks under it.

    Blanks alone speak only in the leading columns, where every value opens one block and the next key goes on.

    Parameters
    ----------
    first : first row of the body, from 0.
    keys : number of key columns.
    """
    merged = {c for r0, c0, r1, c1 in body_merges(grid, first) if r1 > r0 for c in range(c0, min(c1 + 1, keys))}
    found, leading = [], True
    for column in range(keys):
        if column in merged or (leading and column < keys - 1 and _opens_blocks(grid, first, column)):
            found.append(column)
        else:
            leading = False
    return found


def body_merges(grid: Grid, first: int) -> list[Merge]:
    """Merged ranges that lie in the body, without those over a remark."""
    return [m for m in grid.merges if m[0] >= first and not is_remark(grid.rows[m[0]][m[1]])]


def _opens_blocks(grid: Grid, first: int, column: int) -> bool:
    rows = [row for row in grid.rows[first:] if any(row) and not is_remark(next(c for c in row if c.strip()))]
    told = [row[column] for row in rows if row[column].strip()]
    blank = [row for row in rows if not row[column].strip()]
    if not blank or not told or not rows[0][column].strip() or len(set(told)) < len(told):
        return False
    return all(row[column + 1].strip() for row in blank)


def filled_keys(grid: Grid, rows: Sequence[int], keys: int, fill: Sequence[int]) -> list[list[str]]:
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
            if columns[k][row].strip():
                carried[k:] = [columns[k][row], *[""] * (keys - k - 1)]
            elif k in fill and k not in merged and any(columns[later][row].strip() for later in range(k + 1, keys)):
                columns[k][row] = carried[k]
    return [[column[row] for row in rows] for column in columns]
