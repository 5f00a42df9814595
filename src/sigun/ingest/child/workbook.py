"""Workbooks (XLSX, XLS) to text: what it would unpack to is counted before it is opened."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from sigun.ingest.child.refuse import Refused
from sigun.ingest.header import LOOK_AT, distinct_names, is_footnote
from sigun.ingest.tidy.grid import Grid, Merge, cut_merges, grid_of
from sigun.ingest.tidy.metadata import is_metadata

RATIO = 200  # unpacked : packed; real sheets stay under 60
SMALL = 10_000_000  # bytes unpacked at which the ratio begins to matter
COLUMN = re.compile(rb'<c r="([A-Z]{1,3})')
ROW = re.compile(rb'<row r="(\d{1,9})"')
UNCALCULATED = re.compile(rb'<c (?![^>]*t="str")[^>]*><f[^>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>')
CELL = re.compile(rb'<c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?(/?)>')
SPARSE = 0.01  # a range filled less than this is a stray cell far below, not a table
FEW_ROWS = 5_000
LONGEST_NOTES = 500  # rows of a metadata sheet
MOST_MERGES = 100_000
MOST_SHEETS = 200  # a monthly series of sixteen years has 192


def read_workbook(spec: dict[str, Any]) -> pa.Table:
    """One sheet as text columns, from below the header row."""
    rows = _texts(_sheet(spec, spec["sheet"]))
    at = spec["header_row"] - 1
    if at >= len(rows):
        raise Refused("no_header", row=at + 1)
    header, (body, footnotes) = rows[at], _without_footnotes(rows[at + 1 :])
    used = [i for i in range(len(header)) if header[i].strip() or any(row[i].strip() for row in body)]
    names = distinct_names([header[i] for i in used])
    named = [i for i in used if header[i].strip()]
    same = [r for r, row in enumerate(body) if named and row[named[0]] == header[named[0]]]
    again = [at + 2 + r for r in same if all(body[r][i] == header[i] for i in named)]
    for row in again:
        body[row - at - 2] = [""] * len(header)  # blanked, so that later rows keep their place
    table = pa.table(
        {name: pa.array([row[i] for row in body], pa.string()) for name, i in zip(names, used, strict=True)}
    )
    return table.replace_schema_metadata({"footnotes": str(footnotes), "repeated_headers": str(again)})


def _without_footnotes(body: list[list[str]]) -> tuple[list[list[str]], int]:
    """The rows without the remarks under them, and the number of those."""
    end, footnotes = len(body), 0
    while end:
        told = [cell for cell in body[end - 1] if cell.strip()]
        if told and not is_footnote(told[0], len(told)):
            break
        end, footnotes = end - 1, footnotes + bool(told)
    return body[:end], footnotes


def peek_workbook(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The name, first rows and merged ranges of each visible sheet."""
    import python_calamine as calamine

    _require_reasonable(Path(spec["path"]), spec)
    book = _open(Path(spec["path"]))
    seen = [s.name for s in book.sheets_metadata if s.visible == calamine.SheetVisibleEnum.Visible]
    if len(seen) > MOST_SHEETS:
        raise Refused("too_many_sheets", sheets=len(seen), limit=MOST_SHEETS)
    return [_peek(name, book.get_sheet_by_name(name)) for name in seen]


def _peek(name: str, sheet: Any) -> dict[str, Any]:
    rows = _texts(sheet.to_python(False, LOOK_AT))
    if is_metadata(name, rows):
        rows = _texts(sheet.to_python(False, LONGEST_NOTES))
    return {"name": name, "rows": rows, "merges": _merges(sheet, LOOK_AT)}


def read_grid(spec: dict[str, Any]) -> Grid:
    """One sheet as it lies, with its merged ranges."""
    sheet = _open_sheet(spec, spec["sheet"])
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    return grid_of(_texts(rows), _merges(sheet, len(rows)))


def _merges(sheet: Any, height: int) -> list[Merge]:
    """The merged ranges as far as they touch the first rows."""
    ranges = sheet.merged_cell_ranges or []
    if len(ranges) > MOST_MERGES:
        raise Refused("too_many_merges", merges=len(ranges), limit=MOST_MERGES)
    width = sheet.end[1] + 1 if sheet.end else 0  # `total_width` is one less
    return cut_merges(((*start, *end) for start, end in ranges), height, width)


def _sheet(spec: dict[str, Any], name: str | None) -> list[list[Any]]:
    rows: list[list[Any]] = _open_sheet(spec, name).to_python(skip_empty_area=False)
    return rows


def _open_sheet(spec: dict[str, Any], name: str | None) -> Any:
    path = Path(spec["path"])
    _require_reasonable(path, spec)
    book = _open(path)
    if name is not None and name not in book.sheet_names:
        raise Refused("no_sheet", sheet=name, sheets=", ".join(book.sheet_names))
    sheet = book.get_sheet_by_name(name) if name is not None else book.get_sheet_by_index(0)
    if sheet.total_height * sheet.total_width > spec["cells"]:
        raise Refused("too_many_cells", cells=sheet.total_height * sheet.total_width, limit=spec["cells"])
    return sheet


def _open(path: Path) -> Any:
    import python_calamine as calamine

    try:
        return calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError as error:
        raise Refused("password") from error
    except calamine.CalamineError as error:
        raise Refused("damaged", reason=str(error)[:200]) from error


def _require_reasonable(path: Path, spec: dict[str, Any]) -> None:
    """Refuse a compressed bomb, and a sheet whose last cell lies far beyond its data, before anything is opened."""
    if not zipfile.is_zipfile(path):
        return  # an old .xls is not compressed
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        unpacked = sum(p.file_size for p in parts)
        packed = max(1, sum(p.compress_size for p in parts))
        if unpacked > spec["unpacked"] or (unpacked > SMALL and unpacked / packed > RATIO):
            raise Refused("bomb", unpacked=unpacked // 1_000_000, packed=max(1, path.stat().st_size // 1000))
        for part in parts:
            if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                _require_dense(archive, part, spec)


def _require_dense(archive: zipfile.ZipFile, part: zipfile.ZipInfo, spec: dict[str, Any]) -> None:
    """Refuse a sheet far larger than its data, and formulas that were never calculated: they would read as blank."""
    extent, formulas = Extent(), 0
    for text in _pieces(archive, part):
        extent.see(text)
        formulas += len(UNCALCULATED.findall(text)) if b"<f" in text else 0
    if formulas:
        raise Refused("formulas", count=formulas)
    if extent.is_surely_dense(spec["cells"]):
        return
    filled, last_row, last_column = 0, 0, 0
    for text in _pieces(archive, part):
        for column, row, empty in CELL.findall(text):
            if not empty:
                filled += 1
                last_row = max(last_row, int(row))
                last_column = max(last_column, _column_number(column))
    cells = last_row * last_column
    if cells > spec["cells"]:
        raise Refused("too_many_cells", cells=cells, limit=spec["cells"])
    if last_row > FEW_ROWS and filled < SPARSE * cells:
        raise Refused("sparse", row=last_row, filled=filled)


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The sheet's text, cut where a cell begins."""
    rest = b""
    try:
        with archive.open(part) as file:
            while chunk := file.read(4_000_000):
                text = rest + chunk
                cut = text.rfind(b"<c ")
                if cut > 0:
                    yield text[:cut]
                    text = text[cut:]
                rest = text
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise Refused("damaged", reason=str(error)[:200]) from error
    yield rest


@dataclass
class Extent:
    """A quick upper bound of how far a sheet's cells reach: exact columns, rows by the number of their digits."""

    cells: int = 0
    filled: int = 0
    last_row: int = 0
    columns: set[bytes] = field(default_factory=set)
    plain: bool = True  # every cell is written `<c r="…">`, no row number has more digits than the last row's

    def see(self, text: bytes) -> None:
        """Take in one piece."""
        self.cells += text.count(b'<c r="')
        self.filled += text.count(b"</c>")
        self.columns.update(COLUMN.findall(text))
        self.last_row = max([self.last_row, *map(int, ROW.findall(text))])
        longer = re.compile(rb'<c r="[A-Z]{1,3}\d{%d}' % (len(str(self.last_row)) + 1))
        self.plain = self.plain and text.count(b"<c ") == text.count(b'<c r="') and not longer.search(text)

    def is_surely_dense(self, most: int) -> bool:
        """Whether no more than the bound is needed to know that the sheet is no larger than its data."""
        rows = 10 ** len(str(self.last_row)) - 1
        bound = rows * max((_column_number(c) for c in self.columns), default=0)
        return self.plain and bound <= most and (self.last_row <= FEW_ROWS or self.filled >= SPARSE * bound)


def _column_number(letters: bytes) -> int:
    """A=1, Z=26, AA=27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _texts(rows: list[list[Any]]) -> list[list[str]]:
    """Every cell as text; where a column holds times, a bare day is midnight (Excel does not tell the two apart)."""
    return [list(row) for row in zip(*map(_column_texts, zip(*rows, strict=True)), strict=True)]


def _column_texts(cells: tuple[Any, ...]) -> list[str]:
    """One column of the sheet."""
    kinds = set(map(type, cells))
    midnight = " 00:00:00" if datetime in kinds else ""
    ways: dict[type, Callable[[Any], str]] = {str: str.strip, float: _number_text, date: lambda day: f"{day}{midnight}"}
    return [ways.get(type(cell), _text)(cell) for cell in cells]


def _number_text(cell: float) -> str:
    return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)


def _text(cell: object) -> str:  # noqa: PLR0911 - one return a type
    """A cell as it would be written: whole numbers without `.0`, days and times in ISO order."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)
