"""A column by itself (한 변수의 요약): its middle, spread and ends over regions."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the told values, in their unit; NaN where none is told."""

    n: int
    mean: float
    median: float
    sd: float  # n - 1; NaN of one value
    q25: float
    q75: float
    lowest: float
    highest: float


def figures_of(values: FloatArray) -> Figures:
    """Mean, median, standard deviation, quartiles and ends of (n,) values; NaN is not told.

    Quartiles lie between the values next to them by where they stand (linear), as spreadsheets have them.

    Examples
    --------
    >>> found = figures_of(np.array([1.0, 2.0, 3.0, 6.0, np.nan]))
    >>> found.n, found.mean, found.median, round(found.sd, 3), found.q25, found.q75
    (4, 3.0, 2.5, 2.16, 1.75, 3.75)
    """
    told = values[np.isfinite(values)]
    if len(told) == 0:
        return Figures(0, *[math.nan] * 7)
    q25, median, q75 = (float(q) for q in np.quantile(told, (0.25, 0.5, 0.75)))
    sd = float(np.std(told, ddof=1)) if len(told) > 1 else math.nan
    return Figures(len(told), float(told.mean()), median, sd, q25, q75, float(told.min()), float(told.max()))


def ranks(values: FloatArray) -> FloatArray:
    """(n,) place of each value, 1 the highest; equal values share the best of their places; NaN has none.

    >>> ranks(np.array([5.0, 9.0, 5.0, np.nan, 1.0])).tolist()
    [2.0, 1.0, 2.0, nan, 4.0]
    """
    higher = (values[None, :] > values[:, None]).sum(axis=1).astype(float)
    return np.where(np.isfinite(values), 1 + higher, np.nan)
