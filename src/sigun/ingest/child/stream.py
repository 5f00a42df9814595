"""A large delimited file to an Arrow stream, block by block: what `delimited` does, without holding the file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from sigun.ingest.child.delimited import header_cells, require_even
from sigun.ingest.child.refuse import Refused
from sigun.ingest.header import distinct_names

PIECE = 16_000_000  # bytes
FEW = 0.1  # distinct values : rows of the first block; a column with no more is stored by codes


def stream_delimited(spec: dict[str, Any]) -> dict[str, Any]:
    """Write every row to `spec["out"]`, all columns as text; the numbers of rows and footnotes.

    Columns with few distinct values come as dictionaries, one a block; `spec["block"]` is its size in bytes.
    """
    path, encoding = Path(spec["path"]), spec["encoding"]
    header, lines = header_cells(path, encoding, spec["delimiter"], spec["header_row"])
    quoted = _has_quotes(path, encoding, spec["delimiter"])
    names = distinct_names(header)
    ragged: list[Any] = []
    rows = 0
    try:
        few = _repeating(_open(spec, names, lines, quoted, frozenset(), []))
        reader = _open(spec, names, lines, quoted, few, ragged)
        with pa.OSFile(spec["out"], "wb") as sink, pa.ipc.new_stream(sink, reader.schema) as writer:
            for batch in reader:
                writer.write_batch(batch)
                rows += batch.num_rows
    except pa.ArrowInvalid as error:
        if "Empty CSV" not in str(error):
            raise Refused("damaged", reason=str(error)[:200]) from error
    footnotes = require_even(ragged, rows + spec["header_row"] + len(ragged))
    return {"rows": rows, "footnotes": footnotes, "names": names}


def _open(
    spec: dict[str, Any], names: list[str], lines: int, quoted: bool, few: frozenset[str], ragged: list[Any]
) -> Any:
    def keep(row: Any) -> str:
        ragged.append((row.number, row.expected_columns, row.actual_columns, row.text))
        return "skip"

    encoding = spec["encoding"]
    by_codes = pa.dictionary(pa.int32(), pa.string())
    return pa.csv.open_csv(
        spec["path"],
        read_options=pa.csv.ReadOptions(
            column_names=names,
            skip_rows=lines,
            use_threads=False,  # rows are numbered only when read in order
            encoding="utf8" if encoding.startswith("utf-8") else encoding,
            block_size=spec["block"],
        ),
        parse_options=pa.csv.ParseOptions(
            delimiter=spec["delimiter"], newlines_in_values=quoted, ignore_empty_lines=False, invalid_row_handler=keep
        ),
        convert_options=pa.csv.ConvertOptions(
            column_types={name: by_codes if name in few else pa.string() for name in names}, strings_can_be_null=False
        ),
    )


def _repeating(reader: Any) -> frozenset[str]:
    """The columns of the first block with few distinct values."""
    first = next(iter(reader), None)
    if first is None:
        return frozenset()
    most = FEW * first.num_rows
    return frozenset(name for name in first.schema.names if pc.count_distinct(first[name]).as_py() <= most)


def _has_quotes(path: Path, encoding: str, delimiter: str) -> bool:
    """Whether there are quotation marks; a file cut inside them would end in one endless cell."""
    quotes = 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            quotes += piece.count(b'"')
    if quotes % 2:
        _refuse_unclosed(path, encoding, delimiter)
    return quotes > 0


def _refuse_unclosed(path: Path, encoding: str, delimiter: str) -> None:
    number = 0
    with path.open(encoding=encoding, newline="") as file:
        try:
            for number, _cells in enumerate(  # noqa: B007 - the number is wanted after the loop
                csv.reader(file, delimiter=delimiter, strict=True), 1
            ):
                pass
        except csv.Error as error:
            raise Refused("unclosed_quote", row=number + 1) from error
