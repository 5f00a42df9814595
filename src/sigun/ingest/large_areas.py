"""Large area tables (대용량 지역 통계표): cleaned block by block to what `statistical` makes of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sigun.errors import IngestError
from sigun.ingest.keyed import Keyed, Numbers
from sigun.ingest.layout import Column, Layout
from sigun.ingest.measured import SUPPRESSED, measured
from sigun.ingest.pieces import Gathered, Piece
from sigun.ingest.place_names import Said, places_said
from sigun.ingest.source import SHOWN, Source
from sigun.ingest.spool import Spool, as_text
from sigun.ingest.statistical import MARK, periods_of, told_twice, unused
from sigun.ingest.stored import ROW_GROUP, Writer
from sigun.text import N_, say

CELL = np.dtype([("key", "<i4"), ("value", "<f8"), ("mark", "i1"), ("provisional", "?")])
TOLD, ABSENT, HIDDEN = 0, 1, 2  # marks
MARKS = np.array([None, "absent", SUPPRESSED], object)
WHOLE = r"^-?\d{1,15}$"


def streams(layout: Layout) -> bool:
    """Whether the table's values are numbers, each column of the file read in one way."""
    values = [c for c in layout.values() if c.action != "drop"]
    ways = {c.name: {(v.minimum, v.maximum, v.missing) for v in values if v.name == c.name} for c in values}
    numbers = all(c.type in ("number", "integer") for c in values)
    return bool(values) and numbers and all(len(way) == 1 for way in ways.values())


def clean_large_areas(spool: Spool, layout: Layout, gathered: Gathered, out: Writer) -> pd.DataFrame:
    """Write the cleaned table; a frame of few rows with all its places and periods.

    Every row is a key (place and period as written) and a combination of categories, both numbered as they appear.
    Values lie in files by column and combination until all rows were seen; then each column is put together.
    """
    cells = _Cells(keyed := Keyed(spool, layout))
    for rows in keyed.rows(gathered):
        cells.take(rows.piece, rows.keys, rows.parts)
    keys = _Keys(keyed, cells.rows_of_keys(), gathered)
    columns = [keys.put_together(column, cells) for column in cells.columns]
    keys.tell(cells, gathered)
    if keys.n and not gathered.problems and not gathered.cells:
        for start in range(0, keys.n, ROW_GROUP):
            out.add(_group(keys, columns, slice(start, min(start + ROW_GROUP, keys.n)), layout.kind == "areas"))
    return keys.sketch()


@dataclass(frozen=True)
class _Finished:
    """A value column put together, in files."""

    id: str
    value: Path
    mark: Path | None

    def rows(self, at: slice) -> dict[str, object]:
        """Some rows of it."""
        n, start = at.stop - at.start, at.start
        columns: dict[str, object] = {self.id: np.fromfile(self.value, np.float64, n, offset=8 * start)}
        if self.mark is not None:
            columns[f"{self.id}{MARK}"] = pd.Series(
                MARKS[np.fromfile(self.mark, np.int8, n, offset=start)], dtype="str"
            )
        return columns


class _Cells:
    """The values of all rows, in files by column and combination of categories."""

    def __init__(self, keyed: Keyed) -> None:
        self.keyed = keyed
        self.columns = [c for c in keyed.layout.values() if c.action != "drop"]
        self.headers = list({c.name: c for c in self.columns}.values())
        self.unused: list[np.ndarray] = []  # (2, n) key and combination of rows in which no value column stands
        self._rows = np.zeros(0, np.int64)
        self._used: dict[int, bool] = {}

    def take(self, piece: Piece, keys: np.ndarray, parts: np.ndarray) -> None:
        """The values of one piece."""
        self._count(keys)
        order = np.argsort(parts, kind="stable")
        sorted_parts = parts[order]
        starts = [0, *(np.flatnonzero(np.diff(sorted_parts)) + 1)]
        pieces = [
            (int(sorted_parts[start]), order[start:stop])
            for start, stop in zip(starts, (*starts[1:], len(order)), strict=True)
        ]
        for part, rows in pieces:
            if not self._is_used(part):
                self.unused.append(np.vstack([keys[rows], parts[rows]]))
        for column in self.headers:
            found = _read(piece, column, keys)
            for part, rows in pieces:
                if self._is_used(part):
                    with self._file(column, part).open("ab") as file:
                        found[rows].tofile(file)

    def of(self, column: Column) -> np.ndarray:
        """The cells of a value column."""
        there = [self._file(column, part) for part in self.keyed.parts_of(column)]
        found = [np.fromfile(file, CELL) for file in there if file.exists()]
        return np.concatenate(found) if found else np.empty(0, CELL)

    def rows_of_keys(self) -> np.ndarray:
        """The number of rows of each key."""
        return self._rows

    def _count(self, keys: np.ndarray) -> None:
        more = np.zeros(len(self.keyed.place_of) - len(self._rows), np.int64)
        self._rows = np.concatenate([self._rows, more])
        low = int(keys.min())
        counts = np.bincount(keys - low)
        self._rows[low : low + len(counts)] += counts

    def _is_used(self, part: int) -> bool:
        if part not in self._used:
            self._used[part] = any(part in self.keyed.parts_of(column) for column in self.columns)
        return self._used[part]

    def _file(self, column: Column, part: int) -> Path:
        at = [c.name for c in self.headers].index(column.name)
        return self.keyed.spool.scratch / f"cells-{at}-{part}"


def _read(piece: Piece, column: Column, keys: np.ndarray) -> np.ndarray:
    """The cells of a column in some rows; whole numbers, as most are, by a shorter way."""
    found = np.empty(len(keys), CELL)
    found["key"], found["provisional"] = keys, False
    text = piece.strings(column)
    if pc.all(pc.match_substring_regex(text, WHOLE)).as_py() and text.null_count < len(text):
        found["value"] = pc.cast(pc.cast(text, pa.int64()), pa.float64()).to_numpy(zero_copy_only=False)
        found["mark"] = pc.is_null(text).to_numpy(zero_copy_only=False)
        piece.note_range(column, found["value"])
        return found
    cells = measured(piece, column)
    found["value"], found["provisional"] = cells.value, cells.provisional
    found["mark"] = (cells.mark == "absent") * ABSENT + (cells.mark == SUPPRESSED) * HIDDEN
    return found


class _Keys:
    """The keys that are kept, in the order in which they appear, and what becomes of their values."""

    def __init__(self, keyed: Keyed, rows: np.ndarray, gathered: Gathered) -> None:
        self.keyed, self.rows = keyed, rows
        self.said, times = _places(keyed, gathered), _periods(keyed, gathered)
        self.places, place = _distinct(self.said.frame)
        provisional = times.pop("provisional").to_numpy(bool)
        self.times, time = _distinct(times)
        kept = self.said.kept[keyed.place_of]
        if keyed.layout.kind == "area_periods":
            undated = times["period"].isna().to_numpy()[keyed.period_of] & kept
            if undated.any():
                said = N_("{n} rows without a date were left out.")
                gathered.changes.append(say(said, n=int(rows[undated].sum())))
            kept &= ~undated
        self.key, self.n = _numbered(place[keyed.place_of], time[keyed.period_of], kept, len(self.times))
        first = _first(self.key, self.n)
        self.place, self.time = place[keyed.place_of[first]], time[keyed.period_of[first]]
        self.provisional = np.zeros(self.n, bool)
        self.provisional[self.key[kept & provisional[keyed.period_of]]] = True
        self.sure = self.said.sure[keyed.place_of]
        self.clash, self.twice = np.zeros(self.n, bool), np.zeros(self.n, bool)

    def put_together(self, column: Column, cells: _Cells) -> _Finished:
        """One value column, one value a key."""
        found = cells.of(column)
        group = self.key[found["key"]]
        if (group < 0).any():
            found, group = found[group >= 0], group[group >= 0]
        repeated = np.bincount(group, minlength=self.n) > 1
        self.twice |= repeated
        self.clash[group[repeated[group] & ~self.sure[found["key"]]]] = True
        value, mark, clash = together(group, self.n, found["value"], found["mark"])
        self.clash |= clash
        self.provisional[group[found["provisional"]]] = True
        scratch = self.keyed.spool.scratch
        value.tofile(scratch / f"value-{column.id}")
        if mark.any():
            mark.tofile(scratch / f"mark-{column.id}")
        return _Finished(
            str(column.id), scratch / f"value-{column.id}", scratch / f"mark-{column.id}" if mark.any() else None
        )

    def tell(self, cells: _Cells, gathered: Gathered) -> None:
        """Say what was taken together, what cannot be, and which rows no column uses."""
        rows = np.bincount(self.key[self.key >= 0], weights=self.rows[self.key >= 0], minlength=self.n).astype(int)
        fine = self.twice & ~self.clash
        if fine.any():
            names = pd.Series(self.places["region_name"].to_numpy()[self.place[fine]]).dropna().unique()
            said = N_("{n} rows repeat a region and period; only one of each tells a value, and it counts: {names}")
            gathered.changes.append(say(said, n=int(rows[fine].sum()), names=", ".join(names[:SHOWN])))
        if self.clash.any():
            gathered.problems.append(self._told_twice(int(rows[self.clash].sum())))
        self._say_unused(cells, gathered)

    def sketch(self) -> pd.DataFrame:
        """Few rows with all places and periods."""
        places, times = np.unique(self.place), np.unique(self.time)
        n = max(len(places), len(times))
        if not n:
            return pd.DataFrame()
        at_place, at_time = np.resize(places, n), np.resize(times, n)
        return pd.concat(
            [self.places.iloc[at_place].reset_index(drop=True), self.times.iloc[at_time].reset_index(drop=True)], axis=1
        )

    def _told_twice(self, n: int) -> IngestError:
        records: list[int] = []
        for rows in self.keyed.rows(Gathered()):
            keys = self.key[rows.keys]
            at = np.flatnonzero((keys >= 0) & self.clash[keys])
            records.extend(rows.piece.rows[at[: SHOWN - len(records)]].tolist())
            if len(records) == SHOWN:
                break
        key = int(np.flatnonzero(self.clash)[0])
        time = self.times.iloc[self.time[key]].drop("span", errors="ignore").dropna()
        words = [*self.places.iloc[self.place[key]].dropna(), *(str(day.date()) for day in time)]
        source = Source(self.keyed.spool.path, self.keyed.layout, pa.table({}), np.array(records))
        return told_twice(source, n, words, range(len(records)))

    def _say_unused(self, cells: _Cells, gathered: Gathered) -> None:
        rows = np.concatenate(cells.unused, axis=1) if cells.unused else np.empty((2, 0), np.int32)
        kept = self.key[rows[0]] >= 0
        if kept.any():
            parts = [c.name for c in self.keyed.layout.fields if c.role == "part"]
            texts = list(self.keyed.parts.texts)
            at = [self.keyed.parts.columns.index(name) for name in parts]
            found = sorted(set(rows[1][kept].tolist()))
            names = [" ".join(filter(None, (texts[part][i].strip() for i in at))) for part in found]
            gathered.changes.append(unused(int(kept.sum()), names))


def together(
    group: np.ndarray, n: int, value: np.ndarray, mark: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows of the same key as one, as of `taken_together`, with marks as numbers."""
    zero = value == 0
    tells = (~np.isnan(value) & ~zero) | (mark == HIDDEN)
    one, said = np.full(n, np.nan), np.full(n, ABSENT, np.int8)
    one[group[zero]], said[group[zero]] = 0.0, TOLD
    one[group[tells]], said[group[tells]] = value[tells], mark[tells]
    taken = one[group]
    other = tells & (taken != value) & ~(np.isnan(taken) & np.isnan(value))
    return one, said, np.bincount(group[other], minlength=n) > 0


def _group(keys: _Keys, columns: Sequence[_Finished], at: slice, timeless: bool) -> pd.DataFrame:
    """Some rows of the cleaned table."""
    n = at.stop - at.start
    told = [keys.places.iloc[keys.place[at]].reset_index(drop=True)]
    if not timeless:
        told.append(keys.times.iloc[keys.time[at]].reset_index(drop=True))
        told.append(pd.DataFrame({"provisional": keys.provisional[at]}))
    values: dict[str, object] = {}
    for column in columns:
        values |= column.rows(at)
    values["source"] = np.zeros(n, np.int16)
    return pd.concat([*told, pd.DataFrame(values, index=range(n))], axis=1)


def _places(keyed: Keyed, gathered: Gathered) -> Said:
    """The region of each place; what is said of rows left out counts all of them."""
    source = _source(keyed, keyed.places)
    said = places_said(source)
    lost = np.flatnonzero(~said.kept)
    if len(lost):
        source = _all_rows_of(keyed, keyed.places, lost)
        places_said(source)
    gathered.take(source)
    return said


def _periods(keyed: Keyed, gathered: Gathered) -> pd.DataFrame:
    """Period, span and provisional of each; where one cannot be read, all its rows are told."""
    if keyed.layout.kind == "areas":
        return pd.DataFrame({"provisional": np.zeros(len(keyed.periods.texts), bool)})
    source = _source(keyed, keyed.periods)
    times = periods_of(source)
    if source.problems:
        source = _all_rows_of(keyed, keyed.periods, np.flatnonzero(times["period"].isna()))
        periods_of(source)
    gathered.take(source)
    return times


def _source(keyed: Keyed, numbers: Numbers) -> Source:
    return Source(keyed.spool.path, keyed.layout, numbers.table(), np.array(numbers.first, int))


def _all_rows_of(keyed: Keyed, numbers: Numbers, lost: np.ndarray) -> Source:
    """One row of each, and of those that are lost every row, in file order."""
    tables, records = [], []
    fewer = np.isin(np.arange(len(numbers.first)), lost)
    first = np.array(numbers.first, int)
    for rows in keyed.rows(Gathered()):
        found = rows.places if numbers is keyed.places else rows.periods
        at = np.flatnonzero(fewer[found] | (first[found] == rows.piece.rows))
        tables.append(pa.table({name: as_text(rows.batch[name].take(pa.array(at))) for name in numbers.columns}))
        records.append(rows.piece.rows[at])
    return Source(keyed.spool.path, keyed.layout, pa.concat_tables(tables), np.concatenate(records))


def _distinct(frame: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """The different rows, and which of them each row is."""
    if not len(frame.columns):
        return frame.iloc[:1], np.zeros(len(frame), int)
    return frame.drop_duplicates(ignore_index=True), (
        frame.groupby(list(frame.columns), sort=False, dropna=False).ngroup().to_numpy()
    )


def _numbered(place: np.ndarray, time: np.ndarray, kept: np.ndarray, times: int) -> tuple[np.ndarray, int]:
    """The key each key as written is, from 0 in order of appearance and -1 for those left out; how many there are."""
    pairs = place[kept].astype(np.int64) * max(1, times) + time[kept]
    codes, unique = pd.factorize(pairs)
    key = np.full(len(kept), -1, np.int64)
    key[kept] = codes
    return key, len(unique)


def _first(key: np.ndarray, n: int) -> np.ndarray:
    """Where each key appears first."""
    first = np.zeros(n, np.int64)
    at = np.flatnonzero(key >= 0)[::-1]
    first[key[at]] = at
    return first
