"""Sheets drawn by hand, cells between bars, and how they are read."""

from __future__ import annotations

from collections.abc import Iterable

from sigun.ingest.layout import Shape
from sigun.ingest.tidy.flatten import flatten
from sigun.ingest.tidy.grid import Grid, Merge, grid_of
from sigun.ingest.tidy.recognise import recognise

MOST = 100_000


def drawn(text: str, merges: Iterable[Merge] = ()) -> Grid:
    """The grid of a drawing; an empty line is an empty row."""
    lines = [line.strip() for line in text.strip("\n").split("\n")]
    return grid_of([[cell.strip() for cell in line.split("|")] for line in lines], merges)


def shape_of(grid: Grid) -> Shape:
    """The shape of a sheet that has one."""
    found = recognise(grid)
    assert found is not None
    return found.shape


def flat(grid: Grid, shape: Shape | None = None) -> list[str]:
    """The flat table as a drawing, its header first; a cell that is not in the sheet is `~`."""
    table = flatten(grid, shape or shape_of(grid), MOST)
    rows = ["|".join("~" if cell is None else cell for cell in row.values()) for row in table.to_pylist()]
    return ["|".join(table.column_names), *rows]
