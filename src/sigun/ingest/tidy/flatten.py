"""A grid and its shape to a flat table (표 펴기): one header row, one row a key and period."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import pyarrow as pa

from sigun.ingest.header import distinct_names
from sigun.ingest.layout import Shape
from sigun.ingest.tidy.changes import Changed, fits
from sigun.ingest.tidy.doubts import Settled, settle
from sigun.ingest.tidy.fill import body_merges, filled_keys
from sigun.ingest.tidy.grid import Grid, address, is_number, squeezed
from sigun.ingest.tidy.head import one_unit, read_columns
from sigun.ingest.tidy.lines import Lines, sort_lines, unheaded
from sigun.ingest.tidy.moments import periods_inside, when, written
from sigun.ingest.tidy.recognise import unit_above
from sigun.ingest.tidy.unreadable import Unreadable
from sigun.text import N_, say

PERIOD, PART, REGION = "시점", "분류", "지역"
"""Names of the columns that hold what the header told."""


@dataclass(frozen=True)
class Read:
    """A sheet read by a shape, before it is made flat."""

    settled: Settled
    lines: Lines
    keys: list[list[str]]
    dropped: list[str]


def flatten(grid: Grid, shape: Shape, most_cells: int) -> pa.Table:
    """The flat table: keys, what the header tells (시점, 분류, 지역), one column an item; text, in file order.

    Parameters
    ----------
    most_cells : how many cells the flat table may have.

    Raises
    ------
    Changed
        The sheet is not laid out as the shape says.
    Unreadable
        It is, and still cannot be read right.
    """
    differences = fits(shape, grid)
    if differences:
        raise Changed(differences)
    read = _read(grid, shape)
    blocks = list(dict.fromkeys(c.block for c in read.settled.columns))
    columns = _columns(grid, shape, read, blocks, most_cells)
    table = pa.table(dict(zip(distinct_names(list(columns)), columns.values(), strict=True)))
    return table.replace_schema_metadata(_metadata(grid, shape, read, blocks))


def title_period(grid: Grid, shape: Shape) -> str:
    """The period the title tells, where the shape says that it does."""
    if shape.period_row is None:
        return ""
    return next(iter(periods_inside(" ".join(grid.rows[shape.period_row - 1]))), "")


def _read(grid: Grid, shape: Shape) -> Read:
    keys = len(shape.keys)
    columns = read_columns(grid, shape, keys, one_unit(unit_above(grid, shape)))
    settled = settle([c for c in columns if c.own], shape, title_period(grid, shape), shape.leave_out, shape.year_key)
    at = [c.at for c in settled.columns]
    counters = [k for k, name in enumerate(shape.keys) if name in shape.leave_out]
    lines = sort_lines(grid, [r - 1 for r in shape.header], shape.first_row - 1, keys, at, counters)
    headed = {*range(keys), *at, *(c.at for c in settled.left_out)}
    stray = unheaded(grid, lines.rows, [c for c in range(grid.width) if c not in headed])
    _require_single_values(grid, shape, lines)
    _require_names(grid, lines, keys, at[-1])
    fill = [shape.keys.index(name) for name in shape.fill_down]
    return Read(settled, lines, filled_keys(grid, lines.rows, keys, fill, counters), [*lines.stray, *stray])


def _require_single_values(grid: Grid, shape: Shape, lines: Lines) -> None:
    """A value merged over several cells could be each one's or their sum."""
    rows = set(lines.rows)
    for r0, c0, r1, c1 in body_merges(grid, shape.first_row - 1):
        if c1 >= len(shape.keys) and r0 in rows and grid.rows[r0][c0].strip():
            what = say(
                N_("One value is merged over several cells: {cells}."), cells=f"{address(r0, c0)}:{address(r1, c1)}"
            )
            remedy = say(N_("Undo the merge and write the value where it belongs."))
            raise Unreadable(what, address(r0, c0), remedy)


def _require_names(grid: Grid, lines: Lines, keys: int, last: int) -> None:
    """A number among names, in a row that ends one cell early: the row has lost a cell and slipped to the left."""
    for key in range(keys):
        told = [r for r in lines.rows if grid.rows[r][key].strip()]
        numbers = [r for r in told if is_number(grid.rows[r][key]) and when(grid.rows[r][key]) is None]
        slipped = [r for r in numbers if not grid.rows[r][last].strip()]
        if slipped and 5 * len(numbers) < len(lines.rows):
            what = say(N_("Row {row} has slipped: it holds a number where names stand."), row=slipped[0] + 1)
            raise Unreadable(what, address(slipped[0], key), say(N_("Put its cells back under their headers.")))


def _columns(grid: Grid, shape: Shape, read: Read, blocks: Sequence[tuple[str, ...]], most: int) -> dict[str, pa.Array]:
    rows, wide = len(read.lines.rows), len(blocks)
    told = _told(shape, blocks)
    if rows * wide * (len(shape.keys) + len(told) + len(shape.items)) > most:
        raise Unreadable(
            say(N_("The flat table would have more than {n} cells."), n=most), "", say(N_("Split the file."))
        )
    each = pa.array(np.repeat(np.arange(rows), wide))
    flat: dict[str, pa.Array] = {}
    for name, cells in zip(shape.keys, read.keys, strict=True):
        if name != shape.year_key and name not in shape.leave_out:
            flat[name] = pa.array(cells, pa.string()).take(each)
    for name, texts in told.items():
        flat[_free(name, flat)] = pa.array(list(texts) * rows, pa.string())
    if shape.year_key:
        flat[PERIOD] = _with_year(read.keys[shape.keys.index(shape.year_key)], told[PERIOD])
    at = {(c.block, c.item): c.at for c in read.settled.columns}
    for item in shape.items:
        flat[_free(item, flat)] = _values(grid, read, [at.get((b, item)) for b in blocks])
    return flat


def _with_year(years: Sequence[str], parts: Sequence[str]) -> pa.Array:
    """The year of the row and the month of the column, as one text."""
    return pa.array([written(year, part) for year in years for part in parts], pa.string())


def _told(shape: Shape, blocks: Sequence[tuple[str, ...]]) -> dict[str, list[str]]:
    """The columns that hold what the header tells, one cell a block."""
    parts = shape.tells.count("part")
    told = {}
    if "period" in shape.tells or shape.period_row is not None:
        told[PERIOD] = [b[0] for b in blocks]
    for i in range(parts):
        told[PART if i == 0 else f"{PART}.{i + 1}"] = [b[1 + i] for b in blocks]
    if "region" in shape.tells:
        told[REGION] = [b[-1] for b in blocks]
    return told


def _free(name: str, taken: dict[str, pa.Array]) -> str:
    """A second column of the name is counted, as everywhere."""
    numbered = (f"{name}.{i}" for i in count(2))
    return name if name not in taken else next(n for n in numbered if n not in taken)


def _values(grid: Grid, read: Read, places: Sequence[int | None]) -> pa.Array:
    """One item, row by row: the cells of its columns, nothing where a block lacks it."""
    cells = [None if at is None else grid.rows[r][at] for r in read.lines.rows for at in places]
    return pa.array(cells, pa.string())


def _metadata(grid: Grid, shape: Shape, read: Read, blocks: Sequence[tuple[str, ...]]) -> dict[str, str]:
    """What stood around the table, and where its rows come from."""
    above = [" ".join(c.strip() for c in row if c.strip()) for row in grid.rows[: shape.header[0] - 1]]
    first = {c.block: c.at for c in reversed(read.settled.columns)}
    said = {
        "titles": [t for t in above if t],
        "footnotes": [squeezed(" ".join(grid.rows[r])) for r in read.lines.remarks],
        "unit": unit_above(grid, shape),
        "dropped": read.dropped,
        "repeated_headers": [r + 1 for r in read.lines.repeated],
        "left_out": [
            *(k for k in shape.keys if k in shape.leave_out),
            *dict.fromkeys(c.item for c in read.settled.left_out),
        ],
        "rows": [r + 1 for r in read.lines.rows],
        "columns": [address(0, first[b])[:-1] for b in blocks],
    }
    return {key: json.dumps(value, ensure_ascii=False) for key, value in said.items()}
