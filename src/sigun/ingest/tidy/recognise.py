"""A grid to its shape (표 모양 알아보기): which rows are header, what they tell, which columns are keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sigun.ingest.labels import REMARKS
from sigun.ingest.layout import Meaning, Shape
from sigun.ingest.tidy.body import (
    are_regions,
    is_key,
    is_region,
    kind_of,
    sample,
    told,
)
from sigun.ingest.tidy.doubts import Settled, settle, two_meanings, year_rows
from sigun.ingest.tidy.fill import body_merges, keys_to_fill
from sigun.ingest.tidy.grid import Grid, address, squeezed, unit_of
from sigun.ingest.tidy.head import CODED, HeaderRule, key_names, one_unit, read_columns, texts_of
from sigun.ingest.tidy.meanings import meanings
from sigun.ingest.tidy.moments import part_of_year, periods_inside, when
from sigun.ingest.tidy.top import find_top
from sigun.ingest.tidy.unreadable import Unreadable
from sigun.text import N_, Message, say

MOST_KEYS = 12
ON_A_DAY = re.compile(r"\d{4}\s*[년.\-/]\s*\d{1,2}\s*[월.\-/]\s*\d{1,2}")
"""A table as it stood on a day is one row a region, of no period."""
COUNTER = re.compile(r"연번|순번|번호|일련번호|no\.?", re.IGNORECASE)
MOST_ITEMS = 2000
MOST_NAMED = 8


@dataclass(frozen=True)
class Found:
    """The shape of a table, and what was guessed on the way: a person should look at it."""

    shape: Shape
    guesses: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A shape in the making; rows are counted from 1 as a person sees them."""

    header: tuple[int, ...]
    first_row: int
    body: tuple[int, ...]  # its rows, without the header once more
    keys: int = 0
    tells: tuple[Meaning, ...] = ()
    coded: bool = False


def recognise(grid: Grid) -> Found | None:
    """The shape of a statistical table, or none for a plain one: one header row, one row a record.

    Parameters
    ----------
    grid : the first rows of a sheet and its merged ranges.

    Raises
    ------
    Unreadable
        A statistical table that can be read in two ways, or in none.
    """
    _require_first_column(grid)
    draft = _draft(grid)
    if draft is None:
        return None
    names = key_names(grid, draft, draft.keys)
    counters = _counters(grid, draft, names)
    fill = keys_to_fill(grid, draft.body, draft.keys, counters)
    special = len(draft.header) > 1 or draft.coded or fill or set(draft.tells) & {"period", "region"}
    title_row = _title_row(grid, draft)
    if not special and (title_row is None or not _one_value_a_region(grid, draft)):
        return None
    unit = unit_above(grid, draft)
    title = periods_inside(" ".join(grid.rows[title_row - 1]))[0] if title_row else ""
    year_key = _year_key(grid, draft, names)
    _require_one_meaning(grid, draft, names, year_key)
    columns = [c for c in read_columns(grid, draft, draft.keys, one_unit(unit)) if c.own]
    settled = settle(columns, draft, title, None, year_key)
    shape = Shape(
        header=draft.header,
        tells=draft.tells,
        first_row=draft.first_row,
        keys=names,
        items=_items(settled),
        fill_down=tuple(names[k] for k in fill),
        leave_out=(*(names[k] for k in counters), *dict.fromkeys(c.item for c in settled.left_out)),
        unit=unit,
        period_row=title_row,
        year_key=year_key,
        coded=draft.coded,
    )
    return Found(shape, (*settled.guesses, *_guesses(grid, shape, title), *_told_at_times(settled)))


def _draft(grid: Grid) -> Draft | None:
    """Header rows, body and keys, as far as they can be told at all."""
    top = find_top(grid)
    if top is None:
        return None
    draft = Draft(top.header, top.first_row, top.body)
    draft = replace(draft, coded=_is_coded(grid, draft))
    draft = replace(draft, keys=_count_keys(grid, draft))
    if not 0 < draft.keys <= MOST_KEYS or draft.keys == grid.width:
        return None
    draft = replace(draft, header=_without_titles(grid, draft))
    texts = texts_of(grid, draft, draft.keys)
    return replace(draft, tells=meanings(texts, draft.keys))


def _is_coded(grid: Grid, draft: Draft) -> bool:
    """Whether every header cell carries a code before its words: "000 계", "A 시도"."""
    cells = [squeezed(c) for row in draft.header for c in grid.rows[row - 1] if c.strip()]
    words = [c for c in cells if when(c) is None]
    codes = [found[0] for c in words if (found := CODED.match(c))]
    return len(words) >= 3 and len(codes) == len(words) and sum(code[0].isdigit() for code in codes) >= 2


def _count_keys(grid: Grid, draft: Draft) -> int:
    """Columns from the left that tell which row it is."""
    names = key_names(grid, draft, grid.width)
    headers = [[squeezed(c) for c in grid.rows[row - 1]] for row in draft.header]
    for column in range(grid.width):
        in_header = [line[column] for line in headers]
        if any(when(text) is not None or part_of_year(text) for text in in_header):
            return column
        if any(is_region(line[column]) and are_regions([t for t in line[column:] if t]) for line in headers):
            return column  # a word among its numbers does not make a region's column a key
        kind = kind_of(sample(grid, draft.body, column))
        if not is_key(names[column], kind, column):
            return column
    return grid.width


def _without_titles(grid: Grid, draft: Draft) -> tuple[int, ...]:
    """The header without rows above it that hold one cell elsewhere than over the first value: a centred title."""
    rows = list(draft.header)
    while len(rows) > 1:
        cells = told(grid.rows[rows[0] - 1])
        merged = any(r0 == rows[0] - 1 and c0 == cells[0] >= draft.keys for r0, c0, _, _ in grid.merges)
        if len(cells) > 1 or cells[0] == draft.keys or merged:
            break
        rows.pop(0)
    return tuple(rows)


def unit_above(grid: Grid, rule: HeaderRule) -> str:
    """The unit told above the body, beside the header."""
    rows = (row for r, row in enumerate(grid.rows[: rule.first_row - 1], 1) if r not in rule.header)
    cells = (c for row in rows for c in row if c.strip())
    return next((unit for c in cells if (unit := unit_of(c)) is not None), "")[:100]


def _title_row(grid: Grid, draft: Draft) -> int | None:
    """The row (from 1) above the header that alone tells a period, where neither header nor keys tell one."""
    if list(year_rows(draft.tells, texts_of(grid, draft, draft.keys))):
        return None
    if any(kind_of(sample(grid, draft.body, k)) == "period" for k in range(draft.keys)):
        return None
    above = [(r, " ".join(row)) for r, row in enumerate(grid.rows[: draft.header[0] - 1], 1)]
    named = [(r, periods_inside(text)) for r, text in above if not ON_A_DAY.search(text)]
    told_rows = [(r, periods) for r, periods in named if periods]
    return told_rows[0][0] if len(told_rows) == 1 and len(told_rows[0][1]) == 1 else None


def _one_value_a_region(grid: Grid, draft: Draft) -> bool:
    """Whether a plain table holds regions and their numbers, nothing else: then its title's period is theirs."""
    head = grid.rows[draft.header[-1] - 1]
    values = [c for c in range(draft.keys, grid.width) if not REMARKS.fullmatch(head[c].strip())]
    kinds = {kind_of(sample(grid, draft.body, c)) for c in values}
    keys = [[t for t in sample(grid, draft.body, k) if t.strip()] for k in range(draft.keys)]
    return "text" not in kinds and any(are_regions(texts) for texts in keys)


def _year_key(grid: Grid, draft: Draft, names: Sequence[str]) -> str:
    """The only key column of years, where the header tells months, quarters or halves without a year."""
    texts = texts_of(grid, draft, draft.keys)
    told_whole = any(when(text) is not None for line in texts for text in line[draft.keys :])
    cells = [sample(grid, draft.body, key) for key in range(draft.keys)]
    years = [name for name, some in zip(names, cells, strict=True) if kind_of(some) == "period"]
    return years[0] if "period" in draft.tells and not told_whole and len(years) == 1 else ""


def _counters(grid: Grid, draft: Draft, names: Sequence[str]) -> list[int]:
    """Columns that count the rows, 연번 or an index a program left in the first column without a name: no keys."""
    named = [k for k, name in enumerate(names) if COUNTER.fullmatch(name) or (k == 0 and name == "unnamed_1")]
    return [k for k in named if draft.keys > 1 and _counts(grid, draft, k)]


def _counts(grid: Grid, draft: Draft, column: int) -> bool:
    cells = [grid.rows[row][column] for row in draft.body if len(told(grid.rows[row])) > 1]
    return all(cell.isdecimal() for cell in cells) and len(set(cells)) == len(cells) > 1


def _require_first_column(grid: Grid) -> None:
    """A statistical table begins in the first column: the key left of all others is found there."""
    if grid.width < 3 or any(row[0].strip() for row in grid.rows):
        return
    merges = tuple((r0, c0 - 1, r1, c1 - 1) for r0, c0, r1, c1 in grid.merges if c0)
    try:
        found = recognise(Grid(tuple(row[1:] for row in grid.rows), merges))
    except Unreadable:
        return
    if found is not None:
        remedy = say(N_("Delete the empty column, so that the table begins in column A."))
        raise Unreadable(say(N_("The first column of the sheet is empty.")), address(0, 0), remedy)


def _require_one_meaning(grid: Grid, draft: Draft, names: Sequence[str], year_key: str) -> None:
    """Periods, and regions, are told by the header or by a key column, not by both."""
    years = list(year_rows(draft.tells, texts_of(grid, draft, draft.keys)))
    if len(years) > 1:
        raise two_meanings(draft.header[years[0]], draft.header[years[1]])
    for key in range(draft.keys):
        cells = [t for t in sample(grid, draft.body, key) if t.strip()]
        if "period" in draft.tells and names[key] != year_key and kind_of(cells) == "period":
            what = say(N_("Both the column “{key}” and the header tell periods."), key=names[key])
            remedy = say(N_("Only one can be the period of the values. Take the other out, or write it in words."))
            raise Unreadable(what, address(draft.first_row - 1, key), remedy)
        if "region" in draft.tells and are_regions(cells):
            what = say(N_("Both the column “{key}” and the header tell regions."), key=names[key])
            remedy = say(
                N_("A table from region to region is not read. Make it one row a pair, or one column a region.")
            )
            raise Unreadable(what, address(draft.first_row - 1, key), remedy)


def _items(settled: Settled) -> tuple[str, ...]:
    items = tuple(dict.fromkeys(c.item for c in settled.columns))
    if len(items) > MOST_ITEMS:
        what = say(N_("The header names {n} different items; at most {most} are read."), n=len(items), most=MOST_ITEMS)
        raise Unreadable(what, "", say(N_("Take out columns, or make it one header row and one row a record.")))
    return items


def _guesses(grid: Grid, shape: Shape, title: str) -> list[Message]:
    """What was taken for granted and could be otherwise."""
    said = []
    merged = {c for _, c0, _, c1 in body_merges(grid, shape.first_row - 1) for c in range(c0, c1 + 1)}
    for name in shape.fill_down:
        if shape.keys.index(name) not in merged:
            said.append(say(N_("Blank cells of “{key}” are filled from the cell above."), key=name))
    if shape.period_row:
        said.append(
            say(
                N_("The title in row {row} tells the period of all values: {period}."),
                row=shape.period_row,
                period=title,
            )
        )
    said += _carried_periods(grid, shape)
    if "region" in shape.tells:
        said.append(say(N_("The columns are read as regions; what the values are, the header does not say.")))
    if shape.coded:
        said.append(say(N_("Header cells begin with codes, which are left out.")))
    if shape.unit and not one_unit(shape.unit):
        said.append(say(N_("The unit row names several units ({unit}); say which column has which."), unit=shape.unit))
    return said


def _told_at_times(settled: Settled) -> list[Message]:
    """Items that some periods lack: perhaps begun later, perhaps the same under another name."""
    periods = {c.period for c in settled.columns}
    told_in: dict[str, set[str]] = {}
    for column in settled.columns:
        told_in.setdefault(column.item, set()).add(column.period)
    some = [(item, len(told)) for item, told in told_in.items() if len(told) < len(periods)]
    if not some:
        return []
    # no words but those of the file: this stands in either language
    names = ", ".join(f"{item} ({n} / {len(periods)})" for item, n in some[:MOST_NAMED])
    more = " …" if len(some) > MOST_NAMED else ""
    return [say(N_("Told for some periods only: {items}"), items=names + more)]


def _carried_periods(grid: Grid, shape: Shape) -> list[Message]:
    """Periods carried on to a column beyond the merged cell that tells them."""
    texts = texts_of(grid, shape, len(shape.keys))
    said = []
    for line, row in zip(texts[:-1], shape.header, strict=False):
        ends = {c1 for r0, _, r1, c1 in grid.merges if r0 < row <= r1 + 1}
        for c in sorted(ends):
            carried = c + 1 < grid.width and not grid.rows[row - 1][c + 1].strip() and when(line[c + 1]) is not None
            if carried and not _is_merged(grid, row - 1, c + 1):
                cell = address(row - 1, c + 1)
                said.append(
                    say(
                        N_("The header cell {cell} is empty and is read as {period}."),
                        cell=cell,
                        period=line[c + 1],
                    )
                )
    return said


def _is_merged(grid: Grid, row: int, column: int) -> bool:
    return any(r0 <= row <= r1 and c0 <= column <= c1 for r0, c0, r1, c1 in grid.merges)
