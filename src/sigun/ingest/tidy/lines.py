"""The rows under a header (표의 행): rows of the table told from remarks, repeated headers and strays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sigun.ingest.tidy.body import told
from sigun.ingest.tidy.grid import Grid, address, is_mark, is_number, is_remark, squeezed, unit_of
from sigun.ingest.tidy.unreadable import Unreadable
from sigun.text import N_, say

LONG = 25  # characters; a lone cell longer than this, under the last row, is a remark and no region


@dataclass
class Lines:
    """Which rows (from 0) are the table's, and what else stood among and under them."""

    rows: list[int] = field(default_factory=list)
    remarks: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)  # the header once more
    stray: list[str] = field(default_factory=list)  # cells


def sort_lines(
    grid: Grid, header: Sequence[int], first: int, keys: int, values: Sequence[int], counters: Sequence[int] = ()
) -> Lines:
    """Every row from `first` (from 0) on.

    Parameters
    ----------
    header : the header's rows, from 0.
    values : columns that hold values.
    counters : keys that only count the rows.

    Raises
    ------
    Unreadable
        Another table begins under this one, or values stand in a row that names nothing.
    """
    lines = Lines()
    compared = [c for c in (*range(keys), *values) if c not in counters]
    headers = {tuple(squeezed(grid.rows[row][c]) for c in compared) for row in header}
    real = [c for c in range(keys) if c not in counters]
    names = {tuple(squeezed(grid.rows[row][c]) for c in real) for row in header} - {("",) * len(real)}
    covered = _covered_keys(grid, first, keys)
    for r in range(first, len(grid.rows)):
        row = grid.rows[r]
        cells = told(row)
        if not cells:
            continue
        if tuple(squeezed(row[c]) for c in compared) in headers:
            lines.repeated.append(r)
        elif len(cells) <= 2 and (is_remark(row[cells[0]]) or unit_of(row[cells[0]]) is not None):
            lines.remarks.append(r)
        elif tuple(squeezed(row[c]) for c in real) in names or _is_header(row, [c for c in values if row[c].strip()]):
            raise _another_table(r)
        elif cells[0] >= keys and r not in covered:
            _stray(lines, r, cells)
        else:
            lines.rows.append(r)
    _rows_under_remarks(grid, lines, keys)
    return lines


def _covered_keys(grid: Grid, first: int, keys: int) -> set[int]:
    """Rows over which a merged key lies."""
    return {r for r0, c0, r1, _ in grid.merges if c0 < keys and r1 >= first for r in range(max(r0, first), r1 + 1)}


def _is_header(row: Sequence[str], with_value: Sequence[int]) -> bool:
    """Whether different words stand where the values should be."""
    words = [row[c].strip() for c in with_value if not is_number(row[c]) and not is_mark(row[c])]
    return len(with_value) >= 2 and len(words) >= 0.6 * len(with_value) and len(set(words)) >= 2


def _another_table(row: int) -> Unreadable:
    what = say(N_("Another table, or another row of the header, begins in row {row}."), row=row + 1)
    return Unreadable(what, address(row, 0), say(N_("Put each table on a sheet of its own, under its own header.")))


def _stray(lines: Lines, row: int, cells: Sequence[int]) -> None:
    if len(cells) > 1:
        what = say(N_("Row {row} holds values but no name."), row=row + 1)
        raise Unreadable(what, address(row, cells[0]), say(N_("Write what the row is, or take it out.")))
    lines.stray.append(address(row, cells[0]))


def _rows_under_remarks(grid: Grid, lines: Lines, keys: int) -> None:
    """Lines without values under the table, below a remark or as long as a sentence, are remarks too."""
    while lines.rows:
        last = lines.rows[-1]
        cells = told(grid.rows[last])
        under = any(remark < last for remark in lines.remarks)
        if cells[-1] >= keys or not (under or (len(cells) == 1 and len(grid.rows[last][cells[0]].strip()) > LONG)):
            break
        lines.rows.pop()
        lines.remarks.append(last)
    lines.remarks.sort()


def unheaded(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> list[str]:
    """Stray cells in columns without a header; a whole column of them is refused."""
    stray = []
    for c in columns:
        cells = [r for r in rows if grid.rows[r][c].strip()]
        if len(cells) > max(1, 0.02 * len(rows)):
            what = say(
                N_("Column {column} holds {n} cells but has no header."), column=address(0, c)[:-1], n=len(cells)
            )
            raise Unreadable(what, address(cells[0], c), say(N_("Name the column, or take it out.")))
        stray += [address(r, c) for r in cells]
    return stray
