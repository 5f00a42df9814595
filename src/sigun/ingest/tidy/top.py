"""Where the header stands and the body begins (머리글과 본문의 경계)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sigun.ingest.tidy.body import is_aside, is_blank, is_data, is_region, told
from sigun.ingest.tidy.grid import Grid, address, is_mark, is_number, is_remark, squeezed, unit_of
from sigun.ingest.tidy.moments import when
from sigun.ingest.tidy.unreadable import Unreadable
from sigun.text import N_, say

DEEPEST = 6  # header rows
DAY = re.compile(r"\d{4}[-./]\s?\d{1,2}[-./]\s?\d{1,2}\b")


@dataclass(frozen=True)
class Top:
    """The header's rows and the first of the body, from 1; the body's rows, from 0, without the header once more."""

    header: tuple[int, ...]
    first_row: int
    body: tuple[int, ...]


def find_top(grid: Grid) -> Top | None:
    """The boundary between header and body, none where no row holds numbers under one that holds words.

    Raises
    ------
    Unreadable
        The header has too many rows.
    """
    data = _first_data(grid)
    last = _last_of_header(grid, data) if data is not None else None
    while last and _is_body_of_years(grid, last):
        last -= 1
    if last is None or is_aside(grid.rows[last], grid.width):
        return None
    first = last
    while first and _goes_on(grid, first - 1, last):
        first -= 1
    if last - first >= DEEPEST:
        what = say(N_("The header has {n} rows; at most {most} are read."), n=last - first + 1, most=DEEPEST)
        remedy = say(N_("Take out rows that say nothing, or make the header one row."))
        raise Unreadable(what, address(first, 0), remedy)
    start = next(r for r in range(last + 1, len(grid.rows)) if not _is_between(grid.rows[r]))
    return Top(tuple(range(first + 1, last + 2)), start + 1, _body(grid, range(first, last + 1), start))


def _first_data(grid: Grid) -> int | None:
    widest = max((len(told(row)) for row in grid.rows), default=0)
    with_numbers = (r for r, row in enumerate(grid.rows) if r and is_data(row, widest))
    of_years = (r for r in range(1, len(grid.rows)) if _is_body_of_years(grid, r))
    return next(with_numbers, next(of_years, None))


def _last_of_header(grid: Grid, data: int) -> int | None:
    """The nearest row above the first numbers that says something over them, or names the keys.

    Rows in between that name a region or a day and tell no value are the body's.
    """
    values = [c for c in told(grid.rows[data])[1:] if is_number(grid.rows[data][c]) or is_mark(grid.rows[data][c])]
    for r in range(data - 1, -1, -1):
        row = grid.rows[r]
        if is_aside(row, grid.width):
            continue
        merged = any(r0 <= r <= r1 and c0 <= c <= c1 for r0, c0, r1, c1 in grid.merges for c in values)
        says = any(row[c].strip() and not is_mark(row[c]) for c in values)
        if merged or says or not any(_is_of_body(row[c]) for c in told(row)):
            return r
    return None


def _is_of_body(text: str) -> bool:
    return is_region(text) or is_mark(text) or DAY.match(text.strip()) is not None


def _is_between(row: Sequence[str]) -> bool:
    """Whether the row, under the header, is empty or tells the unit alone."""
    return is_blank(row) or all(unit_of(row[c]) is not None for c in told(row))


def _is_body_of_years(grid: Grid, row: int) -> bool:
    """Whether a row of numbers that could be years is one of the table.

    Two signs of three: its key has a name, it is a region, periods stand above it already.
    """
    here = grid.rows[row]
    above = [r for r in range(row) if not is_aside(grid.rows[r], grid.width)]
    name = next((grid.rows[r][0] for r in reversed(above) if grid.rows[r][0].strip()), "")
    if not above or above[-1] != row - 1 or not any(_years(here)):
        return False
    if not here[0].strip() or squeezed(name) == squeezed(here[0]):
        return False
    signs = (bool(name), is_region(here[0]), any(any(_years(grid.rows[r])) for r in above))
    return sum(signs) >= 2


def _years(row: Sequence[str]) -> list[str]:
    return [text for text in row[1:] if when(text) is not None]


def _goes_on(grid: Grid, above: int, last: int) -> bool:
    """Whether the header has the row above too: filled, and its first cell no other than those below."""
    if is_aside(grid.rows[above], grid.width) or any(is_mark(text) for text in grid.rows[above]):
        return False
    names = {squeezed(grid.rows[r][0]) for r in range(above, last + 1)} - {""}
    return len(names) <= 1


def _body(grid: Grid, header: Sequence[int], start: int) -> tuple[int, ...]:
    rows = range(start, len(grid.rows))
    return tuple(r for r in rows if not is_blank(grid.rows[r]) and not _is_apart(grid, header, grid.rows[r]))


def _is_apart(grid: Grid, header: Sequence[int], row: Sequence[str]) -> bool:
    """A remark, or a row of the header once more, whatever stands where it holds nothing."""
    again = any(all(row[c] == grid.rows[h][c] for c in told(grid.rows[h])) for h in header)
    return again or is_remark(row[told(row)[0]])
