"""The sums of a two-way regression where the data are (자료가 있는 곳에서 집계): one aggregate, in DuckDB or Spark.

Rows may be people, dwellings or days: what comes back is one line per region and period.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sigun.analysis.regression.two_way import Cells, cells_of
from sigun.analysis.statistics.arrays import FloatArray, IntArray

WORTH = 1.5  # rows a cell from which on an aggregate is smaller than what it is of


def cells_where(table: Any, region: str, period: str, columns: Sequence[str]) -> Cells:
    """The cells of an Ibis table: its aggregate where rows share cells, else its rows as they are.

    Parameters
    ----------
    table : an Ibis table.
    region, period : its columns that tell which, of any kind that sorts; the cells are in that order.
    columns : outcome and factors; a row in which one of them is missing does not count.
    """
    told = table.drop_null([region, period, *columns])
    extent = told.aggregate(rows=told.count(), cells=told[region].nunique() * told[period].nunique())
    rows, cells = extent.to_pyarrow().to_pylist()[0].values()
    if rows >= WORTH * cells:
        return cells_in(cell_sums(told, region, period, columns).to_pyarrow(), len(columns))
    found = told.select(region, period, *(told[name].cast("float64") for name in columns)).to_pyarrow()
    values = tuple(_numbers(found, 2 + i) for i in range(len(columns)))
    return cells_of(values, _codes(found, 0)[0], _codes(found, 1)[0])


def cell_sums(table: Any, region: str, period: str, columns: Sequence[str]) -> Any:
    """The aggregate, as an Ibis expression: by region and period the rows, and means and covariances of the columns.

    Examples
    --------
    >>> import ibis
    >>> rows = ibis.memtable({"si": ["a", "a", "b"], "year": [1, 1, 2], "y": [1.0, 3.0, 5.0]})
    >>> cell_sums(rows, "si", "year", ["y"]).order_by("region").to_pyarrow().to_pylist()
    ... # doctest: +NORMALIZE_WHITESPACE
    [{'region': 'a', 'period': 1, 'rows': 2, 'mean_0': 2.0, 'about_0_0': 1.0},
     {'region': 'b', 'period': 2, 'rows': 1, 'mean_0': 5.0, 'about_0_0': 0.0}]
    """
    values = [table[name].cast("float64") for name in columns]
    means = {f"mean_{i}": value.mean() for i, value in enumerate(values)}
    about = {f"about_{i}_{j}": values[i].cov(values[j], how="pop") for i, j in _pairs(len(values))}
    by = {"region": table[region], "period": table[period]}
    return table.group_by(**by).aggregate(rows=table.count(), **means, **about)


def cells_in(found: Any, m: int) -> Cells:
    """What `cell_sums` of m columns found, an Arrow table in any order."""
    (region, regions), (period, periods) = _codes(found, 0), _codes(found, 1)

    def laid_out(numbers: FloatArray) -> FloatArray:
        full = np.zeros((regions, periods))
        full[region, period] = numbers
        return full

    rows = _numbers(found, 2)
    total, inside = laid_out(rows), np.zeros((regions, m, m))
    values = np.stack([laid_out(_numbers(found, 3 + i)) for i in range(m)], axis=1)
    for at, (i, j) in enumerate(_pairs(m)):
        inside[:, i, j] = inside[:, j, i] = laid_out(rows * _numbers(found, 3 + m + at)).sum(axis=1)
    squares = np.einsum("gt,git->i", total, values**2) + np.einsum("gii->i", inside)
    return Cells(total, values, inside, np.sqrt(squares), int(rows.sum()))


def _pairs(m: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(m) for j in range(i, m)]


def _numbers(found: Any, column: int) -> FloatArray:
    return np.asarray(found.column(column).to_numpy(), dtype=np.float64)


def _codes(found: Any, column: int) -> tuple[IntArray, int]:
    """Places of the values in their order, and how many there are."""
    encoded = found.column(column).combine_chunks().dictionary_encode()
    words = np.asarray(encoded.dictionary.to_numpy(zero_copy_only=False))
    place = np.empty(len(words), dtype=np.int64)
    place[np.argsort(words)] = np.arange(len(words))
    return place[encoded.indices.to_numpy()], len(words)
