"""A file cleaned piece by piece (나누어 정리): what is met in each piece, said once for the whole file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sigun.errors import SigunError
from sigun.ingest.layout import Column
from sigun.ingest.places import check_points
from sigun.ingest.source import SHOWN, Source, bad_cells, stripped
from sigun.ingest.spool import Spool
from sigun.text import N_, Message, Scalar, say

LISTS = ("names", "values")  # of a message: words one after the other
FIRST = ("word",)  # of a message: one example


@dataclass
class Cells:
    """Cells of a column that are not what the card says."""

    column: Column
    n: int = 0
    first: list[tuple[int, str]] = field(default_factory=list)  # row of the file and value, at most ten

    def add(self, n: int, cells: Iterable[tuple[int, str]]) -> None:
        """Those of one more piece."""
        self.n += n
        self.first = [*self.first, *cells][:SHOWN]


@dataclass
class Gathered:
    """What was met in all pieces so far."""

    problems: list[SigunError] = field(default_factory=list)
    changes: list[Message] = field(default_factory=list)
    cells: dict[tuple[str, str, str], Cells] = field(default_factory=dict)
    forms: dict[str, tuple[Column, dict[str, int], dict[str, int]]] = field(default_factory=dict)
    points: dict[str, list[tuple[np.ndarray, np.ndarray]]] = field(default_factory=dict)  # by file and columns

    def take(self, piece: Source) -> None:
        """The problems and changes of a finished piece."""
        self.problems.extend(piece.problems)
        self.changes.extend(piece.changes)

    def all_problems(self, source: Source) -> list[SigunError]:
        """Each problem once; cells and forms of dates counted over the whole file. `source`: any rows."""
        found = {str(problem): problem for problem in self.problems}
        told = [
            bad_cells(source.path, cells.column, cells.n, cells.first, (what, remedy))
            for (_name, what, remedy), cells in self.cells.items()
        ]
        whole = Source(source.path, source.layout, source.table, np.array([], int))
        for column, first, counts in self.forms.values():
            at = Source(source.path, source.layout, source.table, np.array(list(first.values())), whole.problems)
            at.one_form(column, {form: i for i, form in enumerate(first)}, counts)
        for where, pairs in self.points.items():
            x, y = (np.concatenate(values) for values in zip(*pairs, strict=True))
            problem = check_points(x, y, source.layout.crs, where)
            whole.problems.extend([problem] if problem is not None else [])
        return [*found.values(), *told, *whole.problems]


@dataclass(frozen=True)
class Piece(Source):
    """Some rows of a large file. Bad cells and forms of dates are gathered, to be judged over the whole."""

    gathered: Gathered = field(default_factory=Gathered)

    def note(self, column: Column, bad: np.ndarray, what: str, remedy: str) -> None:
        """Gather cells that are not what the card says."""
        at = np.flatnonzero(bad)
        if len(at):
            told = stripped(self.table[column.name].take(pa.array(at[:SHOWN])), ()).to_pylist()
            cells = self.gathered.cells.setdefault((column.name, what, remedy), Cells(column))
            cells.add(len(at), [(self.row(int(i)), str(v)) for i, v in zip(at[:SHOWN], told, strict=True)])

    def one_form(self, column: Column, forms: Mapping[str, int], counts: Mapping[str, int]) -> None:
        """Gather the forms in which a column's dates are written."""
        _column, first, total = self.gathered.forms.setdefault(column.name, (column, {}, {}))
        for form, at in forms.items():
            first.setdefault(form, int(self.rows[at]))
            total[form] = total.get(form, 0) + counts[form]

    def points_problem(self, first: np.ndarray, second: np.ndarray, where: str) -> None:
        """Gather the coordinates."""
        self.gathered.points.setdefault(where, []).append((first, second))


def records_of(spool: Spool, gathered: Gathered) -> Iterator[tuple[np.ndarray, pa.RecordBatch]]:
    """The rows of each block that are records, with their places in the file; what was left out is said first."""
    left_out = LeftOut()
    for first, batch in spool.blocks():
        told = left_out.take(batch)
        if told.any():
            yield first + np.flatnonzero(told), batch if told.all() else batch.filter(pa.array(told))
    gathered.changes[:0] = left_out.said(spool)


@dataclass
class LeftOut:
    """Rows that are no records: blank ones, and headers again."""

    again: int = 0
    blank: int = 0
    last: int = 0  # blank rows after the last that tells

    def take(self, batch: pa.RecordBatch) -> np.ndarray:
        """Which rows of a block are records."""
        told, again = _told_rows(batch), _header_again(batch)
        self.again += int(again.sum())
        kept = told & ~again
        at = np.flatnonzero(kept)
        blank = ~told
        if len(at):
            end = int(at[-1]) + 1
            self.blank += self.last + int(blank[:end].sum())
            self.last = int(blank[end:].sum())
        else:
            self.last += int(blank.sum())
        return np.asarray(kept)

    def said(self, spool: Spool) -> list[Message]:
        """What was left out."""
        found = (
            (spool.footnotes, N_("{n} lines of footnotes under the table were left out.")),
            (self.again, N_("{n} header rows repeated within the table were left out.")),
            (self.blank, N_("{n} empty rows were left out.")),
        )
        return [say(text, n=n) for n, text in found if n]


def _header_again(batch: pa.RecordBatch) -> np.ndarray:
    """Rows that say the names of the columns once more."""
    rows = np.arange(batch.num_rows)
    for name in batch.schema.names:
        column = batch[name] if len(rows) == batch.num_rows else batch[name].take(pa.array(rows))
        if pa.types.is_dictionary(column.type):
            same = np.flatnonzero([str(v).strip() == name for v in column.dictionary.to_pylist()])
            hit = np.isin(column.indices.to_numpy(), same)
        else:
            hit = np.asarray(pc.fill_null(pc.equal(stripped(column, ()), name), False))
        rows = rows[hit]
        if not len(rows):
            break
    again = np.zeros(batch.num_rows, bool)
    again[rows] = True
    return again


def _told_rows(batch: pa.RecordBatch) -> np.ndarray:
    """Which rows tell anything; looked at until all are known to."""
    told = np.zeros(batch.num_rows, bool)
    for column in batch.columns:
        if pa.types.is_dictionary(column.type):
            filled = pc.is_valid(stripped(column.dictionary, ())).to_numpy(zero_copy_only=False)
            told |= np.asarray(filled[column.indices.to_numpy()])
        else:
            told |= pc.is_valid(stripped(column, ())).to_numpy(zero_copy_only=False)
        if told.all():
            break
    return told


def said_once(messages: Iterable[Message]) -> list[Message]:
    """Messages of pieces as those of the whole: numbers added up, lists of words joined, in order of appearance."""
    found: dict[tuple[str, tuple[tuple[str, Scalar], ...]], dict[str, Scalar]] = {}
    for message in messages:
        told = message.values.items()
        fixed = tuple((k, v) for k, v in told if not isinstance(v, int) and k not in (*LISTS, *FIRST))
        before = found.setdefault((message.template, fixed), {})
        for name, value in told:
            before[name] = _joined(name, before[name], value) if name in before else value
    return [Message(template, values) for (template, _fixed), values in found.items()]


def _joined(name: str, one: Scalar, other: Scalar) -> Scalar:
    if name in LISTS:
        return ", ".join(list(dict.fromkeys([*str(one).split(", "), *str(other).split(", ")]))[:SHOWN])
    if isinstance(one, int) and isinstance(other, int):
        return one + other
    return one
