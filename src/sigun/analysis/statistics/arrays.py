"""Arrays and days (배열·날짜): the types kernels speak, and days as whole numbers (days since 1970-01-01)."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

EPOCH = date(1970, 1, 1)
THURSDAY = 3  # 1970-01-01, Monday being 0


def day_number(day: date) -> int:
    """Days since 1970-01-01.

    >>> day_number(date(1970, 1, 3))
    2
    """
    return (day - EPOCH).days


def date_of(day: int) -> date:
    """The date a day number stands for."""
    return EPOCH + timedelta(days=int(day))


def sums(index: IntArray, values: FloatArray, n: int) -> FloatArray:
    """Sums of the values by index, (n,), always added up in the order given.

    >>> sums(np.array([0, 2, 0]), np.array([1.0, 2.0, 3.0]), 3).tolist()
    [4.0, 0.0, 2.0]
    """
    return np.asarray(np.bincount(index, values, n), dtype=np.float64)


def weekday(day: IntArray) -> IntArray:
    """Weekday of day numbers, Monday being 0."""
    return (day + THURSDAY) % 7
