"""The sums of a two-way regression where the data are (자료가 있는 곳에서 집계): one aggregate, in DuckDB or Spark.

Rows may be people, dwellings or days: what comes back is one line per region and period.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sigun.analysis.regression.two_way import Cells


def cell_sums(table: Any, region: str, period: str, columns: Sequence[str]) -> Any:
    """The aggregate, as an Ibis expression: by region and period the rows, and means and covariances of the columns.

    Parameters
    ----------
    table : an Ibis table.
    region, period : its columns that tell which, of any kind that sorts.
    columns : outcome and factors; a row in which one of them is missing does not count.

    Examples
    --------
    >>> import ibis
    >>> rows = ibis.memtable({"si": ["a", "a", "b"], "year": [1, 1, 2], "y": [1.0, 3.0, 5.0]})
    >>> cell_sums(rows, "si", "year", ["y"]).order_by("region").to_pyarrow().to_pylist()
    ... # doctest: +NORMALIZE_WHITESPACE
    [{'region': 'a', 'period': 1, 'rows': 2, 'mean_0': 2.0, 'about_0_0': 1.0},
     {'region': 'b', 'period': 2, 'rows': 1, 'mean_0': 5.0, 'about_0_0': 0.0}]
    """
    told = table.drop_null([region, period, *columns])
    values = [told[name].cast("float64") for name in columns]
    means = {f"mean_{i}": value.mean() for i, value in enumerate(values)}
    about = {
        f"about_{i}_{j}": values[i].cov(values[j], how="pop") for i in range(len(values)) for j in range(i, len(values))
    }
    by = {"region": told[region], "period": told[period]}
    return told.group_by(**by).aggregate(rows=told.count(), **means, **about)


def cells_in(found: pd.DataFrame) -> Cells:
    """What the aggregate found, in cells: regions and periods in the order they sort."""
    places, times = (np.unique(found[name].to_numpy(), return_inverse=True) for name in ("region", "period"))
    region, period, rows = places[1], times[1], found["rows"].to_numpy(np.float64)
    m = sum(name.startswith("mean_") for name in found.columns)
    shape = (len(places[0]), len(times[0]))
    total, values = np.zeros(shape), np.zeros((shape[0], m, shape[1]))
    inside, squares = np.zeros((shape[0], m, m)), np.zeros(m)
    total[region, period] = rows
    for i in range(m):
        mean = found[f"mean_{i}"].to_numpy(np.float64)
        values[region, i, period] = mean
        for j in range(i, m):
            about = np.zeros(shape)  # added up in the order of the cells, not in that of the engine
            about[region, period] = rows * found[f"about_{i}_{j}"].to_numpy(np.float64)
            inside[:, i, j] = inside[:, j, i] = about.sum(axis=1)
        squares[i] = (total * values[:, i] ** 2).sum() + inside[:, i, i].sum()
    return Cells(total, values, inside, np.sqrt(squares), int(rows.sum()))
