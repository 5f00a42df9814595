"""Delimited text (CSV) to a table of text columns; ragged rows and an unclosed quote are refused with their rows."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from sigun.ingest.child.refuse import Refused
from sigun.ingest.header import distinct_names, is_footnote
from sigun.ingest.tidy.grid import Grid, grid_of

FIELD_LIMIT = 1_000_000  # characters in a cell

csv.field_size_limit(FIELD_LIMIT)


def read_delimited(spec: dict[str, Any]) -> pa.Table:
    """All columns as text, in file order. The column names are the header's, made distinct."""
    path, encoding, delimiter = Path(spec["path"]), spec["encoding"], spec["delimiter"]
    header, lines = header_cells(path, encoding, delimiter, spec["header_row"])
    _require_closed_quotes(path, encoding, delimiter)
    ragged: list[Any] = []

    def keep(row: Any) -> str:
        ragged.append((row.number, row.expected_columns, row.actual_columns, row.text))
        return "skip"

    names = distinct_names(header)
    try:
        table = pa.csv.read_csv(
            path,
            read_options=pa.csv.ReadOptions(
                column_names=names,
                skip_rows=lines,
                use_threads=False,  # rows are numbered only when read in order
                encoding="utf8" if encoding.startswith("utf-8") else encoding,
                block_size=8_000_000,
            ),
            parse_options=pa.csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=keep
            ),
            convert_options=pa.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV" in str(error):
            return pa.table({name: pa.array([], pa.string()) for name in names})
        raise Refused("damaged", reason=str(error)[:200]) from error
    footnotes = require_even(ragged, table.num_rows + spec["header_row"] + len(ragged))
    table, again = _without_repeats(table, header, spec["header_row"])
    return table.replace_schema_metadata({"footnotes": str(footnotes), "repeated_headers": str(again)})


def _without_repeats(table: pa.Table, header: list[str], row: int) -> tuple[pa.Table, list[int]]:
    """The header once more within the table is blanked: later rows keep their place. Its rows are told too."""
    named = [place for place, cell in enumerate(header) if cell.strip()]
    same = pc.equal(table.column(named[0]), header[named[0]]) if named else None
    if same is None or not pc.any(same).as_py():
        return table, []
    for place in named[1:]:
        same = pc.and_(same, pc.equal(table.column(place), header[place]))
    columns = [pc.if_else(same, "", column) for column in table.columns]
    again = [row + 1 + int(at) for at in pc.indices_nonzero(same).to_pylist()]
    return pa.table(columns, names=table.column_names), again


def read_grid(spec: dict[str, Any]) -> Grid:
    """The rows as they lie; those from the header's last row on are as wide as it, but for remarks under them."""
    path, encoding, delimiter = Path(spec["path"]), spec["encoding"], spec["delimiter"]
    _require_closed_quotes(path, encoding, delimiter)
    with path.open(encoding=encoding, newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter))
    if len(rows) > spec["rows"] or sum(map(len, rows)) > spec["cells"]:
        raise Refused("too_many_rows", rows=len(rows), limit=spec["rows"])
    last = spec["shape"]["header"][-1]
    expected = len(rows[last - 1]) if last <= len(rows) else 0
    ragged = [
        (number, expected, len(row), delimiter.join(row))
        for number, row in enumerate(rows[last:], last + 1)
        if any(row) and (len(row) < expected or any(row[expected:]))
    ]
    require_even(ragged, len(rows))
    return grid_of([[cell.strip() for cell in row] for row in rows])


def header_cells(path: Path, encoding: str, delimiter: str, row: int) -> tuple[list[str], int]:
    """The header's cells, and the number of lines up to its end."""
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        for number, cells in enumerate(reader, 1):
            if number == row:
                return cells, reader.line_num
    raise Refused("no_header", row=row)


def _require_closed_quotes(path: Path, encoding: str, delimiter: str) -> None:
    """A file cut inside quotes would otherwise end in one endless cell."""
    quote = '"'.encode("utf-16-le" if encoding == "utf-16" else "ascii")
    data = path.read_bytes()
    if data.count(quote) % 2 == 0:
        return
    number = 0
    try:
        for number, _cells in enumerate(  # noqa: B007 - the number is wanted after the loop
            csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter, strict=True), 1
        ):
            pass
    except csv.Error as error:
        raise Refused("unclosed_quote", row=number + 1) from error


def require_even(ragged: list[Any], last: int) -> int:
    """Every row is as wide as the header; footnotes under the table are not rows: the number of those."""
    wrong = [r for r in ragged if not is_footnote(r[3], r[2])]
    if not wrong:
        return len(ragged)
    number, expected, actual = wrong[0][:3]
    if len(wrong) == 1 and number >= last and actual < expected:
        raise Refused("cut", row=number, expected=expected, actual=actual)
    rows = ", ".join(str(r[0]) for r in wrong[:10])
    raise Refused("ragged", rows=rows, count=len(wrong), expected=expected, actual=actual)
