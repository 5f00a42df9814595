"""Files to tables (표 읽기): parsed in a child process under limits; a refusal names file, row and remedy."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from sigun.errors import IngestError
from sigun.ingest.layout import Reading
from sigun.ingest.refusals import refusal
from sigun.text import _


@dataclass(frozen=True)
class Limits:
    """What one parse may use."""

    memory: int = 3_000_000_000  # bytes of address space
    seconds: int = 180
    file: int = 2_000_000_000  # bytes as received
    unpacked: int = 1_000_000_000  # bytes a workbook declares to unpack to
    cells: int = 30_000_000  # of a sheet, empty ones within its range included
    rows: int = 20_000_000
    columns: int = 600  # of a table, after years and items in its header became rows


def read_table(path: Path, reading: Reading, limits: Limits | None = None) -> pa.Table:
    """The file as a table, rows in file order: text columns, native types for Parquet.

    Raises
    ------
    IngestError
        The file is empty, damaged, cut, uneven, or larger than the limits.
    """
    if reading.format == "kma_strip":
        from sigun.ingest.kma import strip_table

        return strip_table(path)
    limits = limits or Limits()
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "table.arrow"
        ask(path, limits, task="table", out=str(out), **reading.model_dump())
        with pa.OSFile(str(out), "rb") as file:
            table = pa.ipc.open_file(file).read_all()
    if not table.num_rows:
        raise IngestError(
            _("The file has a header and no rows."), str(path), _("Export it again with its rows, or leave it out.")
        )
    return table


def file_row(reading: Reading, position: int, metadata: Mapping[bytes, bytes] | None = None) -> int:
    """The row of a record as Excel or an editor numbers it; `position` counts records from 0.

    `metadata` is the table's (`schema.metadata`): a flat table knows from which row of the sheet each of its rows came.
    """
    if reading.shape is not None and metadata:
        rows, columns = json.loads(metadata[b"rows"]), json.loads(metadata[b"columns"])
        return int(rows[position // len(columns)])
    return position + 1 + (reading.header_row if reading.format in {"csv", "xlsx", "xls"} else 0)


def file_column(position: int, metadata: Mapping[bytes, bytes]) -> str:
    """The first column of the sheet, by its letters, that holds values of a flat row: "AB"."""
    columns = json.loads(metadata[b"columns"])
    return str(columns[position % len(columns)])


ROOM = 900_000_000  # bytes of address space the child itself takes
TIMES = {b"\xd0\xcf\x11\xe0": 40, b"PAR1": 200}  # of the file, for an old workbook and Parquet


def _memory(path: Path, limits: Limits) -> int:
    """What the child may use: sectors that lead in circles, or one word a million times, would fill all there is."""
    with path.open("rb") as file:
        times = TIMES.get(file.read(4))
    return limits.memory if times is None else min(limits.memory, ROOM + times * path.stat().st_size)


def ask(path: Path, limits: Limits, **spec: Any) -> Mapping[str, Any]:
    """Let a child process work on the file; its answer. A refusal, a crash or a timeout is an `IngestError`."""
    if path.stat().st_size > limits.file:
        raise refusal("too_large", {"limit": limits.file // 1_000_000}, path)
    asked = {**asdict(limits), "memory": _memory(path, limits), "path": str(path.absolute()), **spec}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "sigun.ingest.child"],  # -P: nothing is imported from the reader's folder
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=limits.seconds + 20,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise refusal("time", {"limit": limits.seconds}, path) from error
    if done.returncode:
        raise refusal("crash", {"code": done.returncode, "reason": done.stderr.decode(errors="replace")[-300:]}, path)
    answer: dict[str, Any] = json.loads(done.stdout)
    if "problem" in answer:
        raise refusal(answer["problem"], answer["values"], path)
    return answer
