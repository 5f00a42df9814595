"""What became of a large file (대용량 정리 결과): a cleaned Parquet file, not held in memory."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sigun.ingest.clean import Cleaned
from sigun.text import Message

ROW_GROUP = 250_000  # rows


class Stored(Cleaned):
    """A file ready for later steps; its frame is read only when it is asked for."""

    def __init__(
        self, path: Path, rows_read: int, changes: tuple[Message, ...], sketch: pd.DataFrame, folder: object
    ) -> None:
        values = {"path": path, "rows_read": rows_read, "changes": changes, "_sketch": sketch, "_folder": folder}
        for name, value in values.items():
            object.__setattr__(self, name, value)

    path: Path
    _sketch: pd.DataFrame
    _folder: object  # the temporary folder stays as long as this does

    @property
    def frame(self) -> pd.DataFrame:
        """All rows, in memory."""
        return pd.read_parquet(self.path)

    @property
    def rows(self) -> int:
        """How many rows the frame has."""
        return int(pq.read_metadata(self.path).num_rows)

    @property
    def sketch(self) -> pd.DataFrame:
        """Few rows that name all places and periods."""
        return self._sketch

    def head(self) -> pd.DataFrame:
        """The first rows."""
        with pq.ParquetFile(self.path) as file:
            return next(file.iter_batches(5)).to_pandas()

    def saying(self, more: Iterable[Message]) -> Stored:
        """The same with more to say."""
        return Stored(self.path, self.rows_read, (*self.changes, *more), self._sketch, self._folder)


class Writer:
    """Frames to one Parquet file, the types of the first holding for all."""

    def __init__(self, path: Path) -> None:
        self.path, self.rows = path, 0
        self._file: pq.ParquetWriter | None = None

    def add(self, frame: pd.DataFrame) -> None:
        """One row group."""
        schema = None if self._file is None else self._file.schema
        table = pa.Table.from_pandas(frame, schema=schema, preserve_index=False)
        if self._file is None:
            self._file = pq.ParquetWriter(self.path, table.schema)
        self._file.write_table(table)
        self.rows += len(frame)

    def close(self) -> None:
        """Finish the file."""
        if self._file is not None:
            self._file.close()
