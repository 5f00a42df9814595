"""The keys of a large area table (대용량 표의 지역·시점·분류): numbered as they appear, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from sigun.ingest.labels import clean_label
from sigun.ingest.layout import Column, Layout
from sigun.ingest.pieces import Gathered, Piece, records_of
from sigun.ingest.place_names import PLACES
from sigun.ingest.spool import Spool, as_text, combined


class Numbers:
    """Texts that stand together in some columns, numbered as they appear."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self.columns = columns
        self.texts: dict[tuple[str, ...], int] = {}
        self.first: list[int] = []  # record of the file in which each appears first

    def of(self, batch: pa.RecordBatch, records: np.ndarray) -> np.ndarray:
        """The number of each row; `records` are its rows' places in the file, from 0."""
        codes, texts = combined(batch, self.columns)
        known = len(self.texts)
        numbers = np.array([self.texts.setdefault(text, len(self.texts)) for text in texts], np.int32)
        if len(self.texts) > known:
            first = np.empty(len(texts), np.int64)
            first[codes[::-1]] = records[::-1]
            self.first.extend(first[numbers >= known].tolist())
        return np.asarray(numbers[codes])

    def table(self) -> pa.Table:
        """One row each."""
        told = list(zip(*self.texts, strict=True)) or [()] * len(self.columns)
        return pa.table({name: pa.array(told[i], pa.string()) for i, name in enumerate(self.columns)})


@dataclass(frozen=True)
class Rows:
    """Some rows of the file that tell anything."""

    piece: Piece
    batch: pa.RecordBatch
    places: np.ndarray  # (n,) numbers
    periods: np.ndarray
    keys: np.ndarray  # of place and period together
    parts: np.ndarray


class Keyed:
    """Places, periods, keys and categories of a file, known when all `rows` were seen."""

    def __init__(self, spool: Spool, layout: Layout) -> None:
        self.spool, self.layout = spool, layout
        there = [c for c in layout.fields if c.name in spool.names]
        self.places = Numbers(tuple(c.name for c in there if c.role in PLACES))
        self.periods = Numbers(tuple(c.name for c in there if c.role == "period"))
        asked = {name for c in layout.values() for name in c.where}
        self.parts = Numbers(tuple(c.name for c in there if c.role == "part" or c.name in asked))
        self.place_of, self.period_of = np.empty(0, np.int32), np.empty(0, np.int32)  # of each key
        self._ids = np.zeros((0, 0), np.int32)  # key + 1 of each place and period
        self._values = [c.name for c in layout.values() if c.action != "drop" and c.name in spool.names]

    def rows(self, gathered: Gathered) -> Iterator[Rows]:
        """All rows that tell anything, piece by piece; what was left out is said at the end."""
        for records, batch in records_of(self.spool, gathered):
            places, periods = self.places.of(batch, records), self.periods.of(batch, records)
            table = pa.table({name: as_text(batch[name]) for name in dict.fromkeys(self._values)})
            yield Rows(
                Piece(self.spool.path, self.layout, table, records, gathered=gathered),
                batch,
                places,
                periods,
                self._keys(places, periods),
                self.parts.of(batch, records),
            )

    def parts_of(self, column: Column) -> list[int]:
        """The categories a value column stands in."""
        names = self.parts.columns
        return [
            number
            for text, number in self.parts.texts.items()
            if all(clean_label(text[names.index(name)].strip()) == wanted for name, wanted in column.where.items())
        ]

    def _keys(self, places: np.ndarray, periods: np.ndarray) -> np.ndarray:
        self._grow()
        keys = self._ids[places, periods]
        fresh = np.flatnonzero(keys == 0)
        if len(fresh):
            pairs = places[fresh].astype(np.int64) << 32 | periods[fresh]
            _unique, at = np.unique(pairs, return_index=True)
            new = fresh[np.sort(at)]
            self._ids[places[new], periods[new]] = len(self.place_of) + 1 + np.arange(len(new), dtype=np.int32)
            self.place_of = np.concatenate([self.place_of, places[new]])
            self.period_of = np.concatenate([self.period_of, periods[new]])
            keys = self._ids[places, periods]
        return np.asarray(keys - 1)

    def _grow(self) -> None:
        """Room for every place and period met so far."""
        height, width = self._ids.shape
        if len(self.places.texts) > height or len(self.periods.texts) > width:
            larger = np.zeros((_room(len(self.places.texts), height), _room(len(self.periods.texts), width)), np.int32)
            larger[:height, :width] = self._ids
            self._ids = larger


def _room(needed: int, there: int) -> int:
    return there if needed <= there else max(needed, there + there // 2)
