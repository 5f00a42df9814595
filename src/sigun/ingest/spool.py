"""A large file on the way in (대용량 파일 읽기): parsed once by a child into a stream, then read block by block."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sigun.errors import IngestError
from sigun.ingest.layout import Reading
from sigun.ingest.tabular import Limits, ask
from sigun.text import _

LARGE = 100_000_000  # bytes; a delimited file of more is not held in memory
BLOCK = 8_000_000  # bytes of it parsed at once
HEAD = 20_000  # rows from the top a first look sees
SPREAD = 20  # rows of each later block it sees
MANY = 20_000  # distinct values; of columns with fewer, the first look sees each once


class Folder:
    """A temporary folder that goes when nothing needs it any more, and at the latest with the program."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="sigun-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


@dataclass(frozen=True)
class Spool:
    """A parsed file. Its rows lie in a temporary folder that goes when this does."""

    path: Path
    reading: Reading
    names: tuple[str, ...]
    rows: int
    footnotes: int
    folder: Folder

    @property
    def scratch(self) -> Path:
        """Where its stream lies, and where more may be laid."""
        return self.folder.path

    def blocks(self, columns: Sequence[str] | None = None) -> Iterator[tuple[int, pa.RecordBatch]]:
        """The position of the first row of each block, and the block; only some columns if said."""
        wanted = None if columns is None else [self.names.index(name) for name in columns]
        options = pa.ipc.IpcReadOptions(included_fields=wanted)
        first = 0
        with pa.OSFile(str(self.scratch / "rows.arrow"), "rb") as file:
            for batch in pa.ipc.open_stream(file, options=options):
                if batch.num_rows:
                    yield first, batch
                first += batch.num_rows

    def sample(self) -> pa.Table:
        """The first rows, some of each block, and one of each value of columns with few values; in file order."""
        seen = _Seen(self.names)
        return pa.concat_tables(
            [_as_text(batch, seen.worth(first, batch)) for first, batch in self.blocks()]
        ).combine_chunks()

    def with_all_of(self, sample: pa.Table, columns: Sequence[str]) -> pa.Table:
        """The sample and below it the first row of each combination of the columns that it has not."""
        known = set(zip(*(sample[name].to_pylist() for name in columns), strict=True))
        more = []
        for _first, batch in self.blocks():
            codes, unique = combined(batch, columns)
            new = [i for i, row in enumerate(unique) if row not in known]
            known.update(unique[i] for i in new)
            if new:
                more.append(_as_text(batch, np.sort([int(np.flatnonzero(codes == i)[0]) for i in new])))
        return pa.concat_tables([sample, *more]).combine_chunks()


def is_large(path: Path, reading: Reading) -> bool:
    """Whether the file is one to be read block by block."""
    streamed = reading.format == "csv" and reading.shape is None and reading.encoding != "utf-16"
    return streamed and path.stat().st_size > LARGE


def spooled(path: Path, reading: Reading, limits: Limits | None = None) -> Spool:
    """Let the child parse the file.

    Raises
    ------
    IngestError
        As of `read_table`.
    """
    folder = Folder()
    out = str(folder.path / "rows.arrow")
    answer: dict[str, Any] = dict(
        ask(path, limits or Limits(), task="stream", out=out, block=BLOCK, **reading.model_dump())
    )
    if not answer["rows"]:
        raise IngestError(
            _("The file has a header and no rows."), str(path), _("Export it again with its rows, or leave it out.")
        )
    return Spool(path, reading, tuple(answer["names"]), answer["rows"], answer["footnotes"], folder)


def combined(batch: pa.RecordBatch, columns: Sequence[str]) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """The combination of the columns in each row as a number from 0, and the texts of each, in order of appearance."""
    import pandas as pd

    parts = [by_codes(batch[name]) for name in columns]
    codes = np.zeros(batch.num_rows, np.int64)
    for part in parts:
        codes = codes * max(1, len(part.dictionary)) + part.indices.to_numpy()
    numbers, unique = pd.factorize(codes)
    rows = np.empty(len(unique), np.int64)
    rows[numbers[::-1]] = np.arange(len(codes))[::-1]  # the first row of each
    taken = [part.take(pa.array(rows)).dictionary_decode().to_pylist() for part in parts]
    return numbers, list(zip(*taken, strict=True)) if taken else [()] * len(unique)


def by_codes(column: pa.Array) -> pa.DictionaryArray:
    """A column of text as codes."""
    return column if pa.types.is_dictionary(column.type) else column.dictionary_encode()


def as_text(column: pa.Array) -> pa.Array:
    """A column that may lie as codes as text."""
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _as_text(batch: pa.RecordBatch, rows: np.ndarray) -> pa.Table:
    at = pa.array(rows, pa.int64())
    return pa.table({name: as_text(batch[name].take(at)) for name in batch.schema.names})


class _Seen:
    """The values a first look has seen."""

    def __init__(self, names: Sequence[str]) -> None:
        self.values: dict[str, set[str]] = {name: set() for name in names}

    def worth(self, first: int, batch: pa.RecordBatch) -> np.ndarray:
        """The rows of a block to look at."""
        n = batch.num_rows
        rows = [np.arange(min(n, max(0, HEAD - first))), np.linspace(0, n - 1, min(n, SPREAD)).astype(int)]
        for name in batch.schema.names:
            if pa.types.is_dictionary(batch[name].type) and len(self.values[name]) < MANY:
                rows.append(self._new(name, batch[name]))
        return np.unique(np.concatenate(rows))

    def _new(self, name: str, column: pa.DictionaryArray) -> np.ndarray:
        """The first rows of values not seen before."""
        values = column.dictionary.to_pylist()
        new = [i for i, value in enumerate(values) if value not in self.values[name]]
        self.values[name].update(values[i] for i in new)
        if not new:
            return np.array([], int)
        wanted = pa.array(np.array(new, np.int32))
        return np.asarray(pc.index_in(wanted, column.indices), int)
