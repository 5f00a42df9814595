"""Large matrices piece by piece (나누어 계산): each piece stays in the processor's own memory, one to a core.

How a matrix is cut does not depend on the machine, and results are put together in the order of the pieces: the same
figures come out on one core and on many.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

Found = TypeVar("Found")


def cut(n: int, at_once: int) -> list[slice]:
    """0…n in slices of so many, at least one each.

    >>> cut(5, 2)
    [slice(0, 2, None), slice(2, 4, None), slice(4, 6, None)]
    """
    step = max(1, at_once)
    return [slice(start, start + step) for start in range(0, n, step)]


def each(work: Callable[[slice], Found], pieces: list[slice]) -> Iterator[Found]:
    """What the work finds in every piece, in their order."""
    if len(pieces) == 1:
        yield work(pieces[0])
        return
    with _linear_algebra().limit(limits=1), ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        yield from pool.map(work, pieces)


@cache
def _linear_algebra() -> Any:
    """What holds the matrix library to one thread while ours are many: they would wait for each other."""
    import numpy  # noqa: F401 - what is not loaded is not found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
