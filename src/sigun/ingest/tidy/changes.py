"""What is different from the shape a card knows (달라진 모양): keys, items, header rows, unit, each with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sigun.ingest.header import LOOK_AT
from sigun.ingest.layout import Shape
from sigun.ingest.tidy.grid import Grid, address, cut_merges, is_mark, is_number, squeezed
from sigun.ingest.tidy.head import ValueColumn, key_names, one_unit, read_columns
from sigun.ingest.tidy.moments import periods_inside
from sigun.ingest.tidy.recognise import recognise, unit_above
from sigun.ingest.tidy.unreadable import Unreadable
from sigun.text import N_, Message, say

MOST_SAID = 8


class Changed(Exception):
    """A sheet that is not laid out as its shape says."""

    def __init__(self, differences: Sequence[Message]) -> None:
        super().__init__(differences)
        self.differences = tuple(differences)


def fits(shape: Shape, grid: Grid) -> list[Message]:
    """What is different; nothing where the sheet is laid out as the shape says. More or fewer periods are no change."""
    if len(grid.rows) < shape.first_row or grid.width <= len(shape.keys):
        return [say(N_("the sheet ends before row {row}"), row=shape.first_row)]
    moved = _moved(shape, grid)
    if moved is not None:
        return [moved]
    found = [*_keys(shape, grid), *_depth(shape, grid), *_title(shape, grid), *_unit(shape, grid)]
    columns = read_columns(grid, shape, len(shape.keys), one_unit(unit_above(grid, shape)))
    columns = [c for c in columns if c.own]
    found += [*_periods(shape, columns), *_items(shape, columns)]
    return found[:MOST_SAID]


def _moved(shape: Shape, grid: Grid) -> Message | None:
    """The header stands in other rows, all else being equal."""
    try:
        found = recognise(Grid(grid.rows[:LOOK_AT], cut_merges(grid.merges, LOOK_AT, grid.width)))
    except Unreadable:
        return None
    if found is None or found.shape.header == shape.header or len(found.shape.header) != len(shape.header):
        return None
    if found.shape.keys != shape.keys or not set(found.shape.items) & set(shape.items):
        return None
    return say(
        N_("the header was in row {was} and is now in row {now}"), was=shape.header[0], now=found.shape.header[0]
    )


def _keys(shape: Shape, grid: Grid) -> Iterator[Message]:
    names = key_names(grid, shape, len(shape.keys))
    for column, (was, now) in enumerate(zip(shape.keys, names, strict=True)):
        if was != now:
            cell = address(shape.header[-1] - 1, column)
            yield say(N_("{cell}: the key was “{was}” and is now “{now}”"), cell=cell, was=was, now=now)


def _depth(shape: Shape, grid: Grid) -> Iterator[Message]:
    """The first row of the body goes on with the header: words in the values' place, the keys' names or nothing."""
    first = shape.first_row - 1
    texts = [squeezed(text) for text in grid.rows[first]]
    values = [text for text in texts[len(shape.keys) :] if text]
    named = all(not text or text == name for text, name in zip(texts, shape.keys, strict=False))
    if named and values and not any(is_number(text) or is_mark(text) for text in values):
        yield say(N_("row {row} is one more row of the header"), row=shape.first_row)


def _title(shape: Shape, grid: Grid) -> Iterator[Message]:
    row = shape.period_row
    if row is not None and len(periods_inside(" ".join(grid.rows[row - 1]))) != 1:
        yield say(N_("row {row}: the title tells no period, or several"), row=row)


def _unit(shape: Shape, grid: Grid) -> Iterator[Message]:
    now = unit_above(grid, shape)
    if now != shape.unit:
        yield say(N_("the unit was “{was}” and is now “{now}”"), was=shape.unit or "–", now=now or "–")


def _periods(shape: Shape, columns: Sequence[ValueColumn]) -> Iterator[Message]:
    for meaning, row in zip(shape.tells, shape.header, strict=True):
        if meaning == "period" and not any(c.period for c in columns):
            yield say(N_("row {row} of the header tells no period"), row=row)


def _items(shape: Shape, columns: Sequence[ValueColumn]) -> Iterator[Message]:
    row = shape.header[-1] - 1
    for item in shape.items:
        if not any(c.item == item for c in columns):
            yield say(N_("no column tells “{item}” any more"), item=item)
    known = {*shape.items, *shape.leave_out}
    for column in columns:
        if column.item not in known:
            cell = address(row, column.at)
            yield say(N_("{cell}: “{item}” is new"), cell=cell, item=column.item)
