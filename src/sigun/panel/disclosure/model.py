"""Tables with totals (합계가 있는 표), and the one system of cells and sums that linked tables make together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from sigun.errors import RunError
from sigun.text import _

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

TOTAL = ""  # label of a total in messages


@dataclass(frozen=True)
class Dimension:
    """One side of a table: its labels, and which of them each belongs to."""

    name: str
    labels: tuple[str, ...]
    parent: tuple[int, ...]  # place of the label it is added into; -1: none

    @cached_property
    def _below(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = {}
        for place, parent in enumerate(self.parent):
            found.setdefault(parent, []).append(place)
        return found

    @property
    def leaves(self) -> IntArray:
        """Places of the labels nothing is added into."""
        return np.setdiff1d(np.arange(len(self.labels)), self.parent)

    def children(self, place: int) -> IntArray:
        """Places of the labels that are added into this one."""
        return np.array(self._below.get(place, []), dtype=np.int64)

    @property
    def total(self) -> int:
        """Place of the label all the others are added into; -1 where there is none."""
        roots = self.children(-1)
        return int(roots[0]) if len(roots) == 1 and len(self.labels) > 1 else -1


def flat(name: str, leaves: Sequence[str]) -> Dimension:
    """Labels and their total, which stands first.

    >>> flat("sex", ["여", "남"]).parent
    (-1, 0, 0)
    """
    return Dimension(name, (TOTAL, *leaves), (-1, *(0,) * len(leaves)))


def grouped(name: str, groups: Mapping[str, Sequence[str]]) -> Dimension:
    """Labels in groups, such as 시군구 in 시도: the total, then each group before its own.

    >>> grouped("region", {"강원": ["춘천", "원주"], "제주": ["제주시"]}).parent
    (-1, 0, 1, 1, 0, 4)
    """
    labels, parent = [TOTAL], [-1]
    for group, leaves in groups.items():
        at = len(labels)
        labels += [group, *leaves]
        parent += [0, *[at] * len(leaves)]
    return Dimension(name, tuple(labels), tuple(parent))


@dataclass(frozen=True)
class Table:
    """Counts of persons, or amounts, with all their totals. NaN is "not observed": it adds nothing and stays so."""

    measure: str
    dimensions: tuple[Dimension, ...]
    values: FloatArray  # one axis a dimension, totals included
    whole: bool = True  # counts; else amounts
    persons: FloatArray | None = None  # of an amount: how many make it up
    largest: FloatArray | None = None  # of an amount: the part of the one who has most of it


def table_of(
    measure: str,
    dimensions: Sequence[Dimension],
    leaves: FloatArray,
    persons: FloatArray | None = None,
    largest: FloatArray | None = None,
) -> Table:
    """A table from its inner cells, totals added. With `persons` or `largest` the values are amounts.

    Parameters
    ----------
    leaves : one axis a dimension, in the order of its leaves; NaN where nothing was observed.
    persons : the same shape; a total is at most their sum.
    largest : the same shape; the largest in a total is at least the largest of the parts.
    """
    dims = tuple(dimensions)
    return Table(
        measure,
        dims,
        _filled(np.asarray(leaves, dtype=float), dims, np.add),
        whole=persons is None and largest is None,
        persons=None if persons is None else _filled(np.asarray(persons, dtype=float), dims, np.add),
        largest=None if largest is None else _filled(np.asarray(largest, dtype=float), dims, np.fmax),
    )


def _filled(leaves: FloatArray, dimensions: Sequence[Dimension], join: np.ufunc) -> FloatArray:
    """The cells with every total; a total of nothing observed is not observed."""
    told = leaves
    for axis, dimension in enumerate(dimensions):
        lines: dict[int, Any] = dict(zip(dimension.leaves.tolist(), np.moveaxis(told, axis, 0), strict=True))
        for place in reversed(range(len(dimension.labels))):  # a label stands before what is added into it
            if place not in lines:
                parts = np.stack([lines[child] for child in dimension.children(place).tolist()])
                summed = join.reduce(np.where(np.isnan(parts), 0.0, parts))
                lines[place] = np.where(np.isnan(parts).all(axis=0), np.nan, summed)
        told = np.moveaxis(np.stack([lines[place] for place in range(len(dimension.labels))]), 0, axis)
    return told


@dataclass(frozen=True)
class Cells:
    """The cells of linked tables, each once, and every sum they stand in."""

    names: tuple[tuple[str, ...], ...]  # measure, and the labels that are not totals: what links tables
    values: FloatArray  # (n,) NaN: not observed
    whole: BoolArray  # (n,) counts; else amounts
    persons: FloatArray  # (n,) NaN: not told
    largest: FloatArray  # (n,) NaN: not told
    sums: csr_array  # (m, n) one row a sum: 1 for a part, -1 for the total
    rank: IntArray  # (n,) 0 for an inner cell, more for totals of totals
    places: tuple[IntArray, ...]  # of each table: which cell stands where

    def least(self, zeros_shown: bool) -> FloatArray:
        """The least a reader knows a hidden cell to be: where zeros are shown, a hidden count is one or more."""
        return np.where(self.whole & zeros_shown, 1.0, 0.0)


def link(tables: Sequence[Table]) -> Cells:
    """One system of all the tables' cells; cells of the same measure and labels are one cell.

    Raises
    ------
    RunError
        Two tables tell different figures for one cell.
    """
    index: dict[tuple[str, ...], int] = {}
    found: dict[str, list[Any]] = {"values": [], "whole": [], "persons": [], "largest": [], "rank": []}
    places: list[IntArray] = []
    for table in tables:
        ranks = _ranks(table.dimensions)
        place = np.empty(table.values.shape, dtype=np.int64)
        for at in np.ndindex(*table.values.shape):
            name = _name(table, at)
            if name not in index:
                index[name] = len(index)
                _note(found, table, at)
            elif not np.isclose(found["values"][index[name]], table.values[at], rtol=1e-9, equal_nan=True):
                raise _contradiction(name)
            place[at] = index[name]
            rank = sum(int(side[i]) for side, i in zip(ranks, at, strict=True))
            found["rank"][place[at]] = max(found["rank"][place[at]], rank)
        places.append(place)
    return Cells(
        tuple(index),
        np.array(found["values"], dtype=float),
        np.array(found["whole"], dtype=bool),
        np.array(found["persons"], dtype=float),
        np.array(found["largest"], dtype=float),
        _sums([t.dimensions for t in tables], places, len(index)),
        np.array(found["rank"], dtype=np.int64),
        tuple(places),
    )


def _note(found: Mapping[str, list[Any]], table: Table, at: tuple[int, ...]) -> None:
    found["values"].append(table.values[at])
    found["whole"].append(table.whole)
    found["persons"].append(np.nan if table.persons is None else table.persons[at])
    found["largest"].append(np.nan if table.largest is None else table.largest[at])
    found["rank"].append(0)


def _name(table: Table, at: tuple[int, ...]) -> tuple[str, ...]:
    """What the cell is of: a total over a dimension is the cell of a table without that dimension."""
    told = [
        f"{dimension.name}={dimension.labels[i]}"
        for dimension, i in zip(table.dimensions, at, strict=True)
        if i != dimension.total
    ]
    return (table.measure, *sorted(told))


def _ranks(dimensions: Sequence[Dimension]) -> list[IntArray]:
    """How many levels of sums stand under each label."""
    told = []
    for dimension in dimensions:
        rank = np.zeros(len(dimension.labels), dtype=np.int64)
        for place in reversed(range(len(rank))):
            below = dimension.children(place)
            rank[place] = rank[below].max() + 1 if len(below) else 0
        told.append(rank)
    return told


def _sums(sides: Sequence[tuple[Dimension, ...]], places: Sequence[IntArray], cells: int) -> csr_array:
    """Every sum of every table as a row; the same sum in two tables stands twice, which does no harm."""
    rows, columns, signs, row = [], [], [], 0
    for dimensions, place in zip(sides, places, strict=True):
        for axis, side in enumerate(dimensions):
            lines = np.moveaxis(place, axis, -1).reshape(-1, len(side.labels))
            for line, total in product(lines, sorted(set(side.parent) - {-1})):
                parts = line[side.children(total)]
                rows += [row] * (len(parts) + 1)
                columns += [*parts.tolist(), int(line[total])]
                signs += [1.0] * len(parts) + [-1.0]
                row += 1
    return csr_array((signs, (rows, columns)), shape=(row, cells))


def _contradiction(name: tuple[str, ...]) -> RunError:
    return RunError(
        _("Two tables to be shown together tell different figures for one cell."),
        ", ".join(name),
        _("Make both from the same data, or show one of them."),
    )
