"""Faults for which a statistical table must be refused: nobody can tell from the file what is right."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import numpy as np

from dirty_world import NATION, Sheet, Table, told

Fault = Callable[[Sheet, Table, np.random.Generator], None]
TOGETHER = ("수도권", "지방", "합계", "소계", NATION)  # rows of these are left out, and so is what is wrong in them


def _rows(sheet: Sheet) -> list[list[str]]:
    """The rows of single regions that tell a value other than nought."""
    names = [{cell.strip() for cell in row[: sheet.keys]} for row in sheet.body]
    rows = [row for row, said in zip(sheet.body, names, strict=True) if not said & set(TOGETHER)]
    return [row for row in rows if any(_is_told(cell) for cell in row[sheet.keys :])]


def _is_told(cell: str) -> bool:
    return bool(np.isfinite(told(cell)) and told(cell))


def _cell(sheet: Sheet, rng: np.random.Generator) -> tuple[list[str], int]:
    """A row and the place in it of a told value."""
    rows = _rows(sheet)
    row = rows[int(rng.integers(len(rows)))]
    return row, next(c for c in range(sheet.keys, len(row)) if _is_told(row[c]))


def _changed(change: Callable[[float], str]) -> Fault:
    def fault(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
        row, at = _cell(sheet, rng)
        row[at] = change(abs(told(row[at])))

    return fault


def _two_values(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """One region and period told twice, differently."""
    row = list(_rows(sheet)[-1])
    row[sheet.keys :] = [f"{told(c) + 7:g}" if _is_told(c) else c for c in row[sheet.keys :]]
    sheet.body.append(row)


def _ragged(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """A row has lost a cell in its middle: what follows stands under the wrong header."""
    rows = [row for row in _rows(sheet) if row[sheet.keys - 1].strip()]
    del rows[len(rows) // 3][sheet.keys - 1]


def _some_percent(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """A percent sign at one number, or at all but one."""
    row, at = _cell(sheet, rng)
    row[at] = row[at].removesuffix("%") if row[at].endswith("%") else f"{row[at]}%"


def _unit_in_cells(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """The unit behind every number: `12명`; not read, for 천명 and 명 may stand in one column."""
    unit = "명" if table.items[0][1] == "%" else table.items[0][1]
    for row in sheet.body:
        row[sheet.keys :] = [f"{c}{unit}" if _is_told(c) else c for c in row[sheet.keys :]]


def _short_years(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """Years of two figures, in the header or down a column: `'15년`."""
    words = {str(day.year) for day in table.periods}
    rows = (*sheet.header, *sheet.body)
    before = [list(row) for row in rows]
    for row in rows:
        row[:] = [re.sub(r"^(?:Y\d{4} )?(?:19|20)(\d\d)", r"'\1", c) if _year(c) in words else c for c in row]
    if before == [list(row) for row in rows]:  # the title alone tells the year
        _two_values(sheet, table, rng)


def _year(cell: str) -> str:
    return cell.removeprefix("Y")[:4]


def _two_tables(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """A second table with a header of its own under the first."""
    width = len(sheet.header[0])
    sheet.body += [[""] * width, [f"시설 {'가나다라마바사아자차'[c % 10]}" for c in range(width)]]
    for _ in range(3):
        sheet.body.append([f"기관{rng.integers(9)}", *(str(rng.integers(100)) for _ in range(width - 1))])


FAULTS: Mapping[str, Fault] = {
    "two_values": _two_values,
    "ragged": _ragged,
    "word_for_number": _changed(lambda _: "확인요망"),
    "glued_letter": _changed(lambda value: f"{value:g}p"),
    "black_triangle": _changed(lambda value: f"▲{value:g}"),  # a rise in one table, a loss in another
    "footnote_on_number": _changed(lambda value: f"{value:g}1)"),  # 12341): 1234 with a note, or 12341
    "decimal_comma": _changed(lambda value: f"{value:.0f},5"),
    "brackets": _changed(lambda value: f"({value:g})"),  # a loss, or a figure of another kind
    "quotation_mark": _changed(lambda value: f"'{value:g}"),
    "some_percent": _some_percent,
    "unit_in_cells": _unit_in_cells,
    "two_tables": _two_tables,
}
