"""What no linear model can answer (답할 수 없는 자료): columns that cannot be told apart, outcomes that do not vary."""

from __future__ import annotations

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray
from sigun.errors import MethodError
from sigun.text import N_, Message, say

GONE = 1e-10  # share of a column's own size under which rounding is all that is left of it
ALIKE = 1e-10  # share of a column's variation that no other column has: less, and it repeats them (VIF of 1e10)


class CollinearColumns(MethodError):
    """Columns of x, by number, that carry nothing of their own after the transformation."""

    flat: tuple[int, ...] = ()  # nothing is left: constant, or alike everywhere
    repeated: tuple[int, ...] = ()  # a combination of the columns before


class SoleCluster(MethodError):
    """Without one cluster a column cannot be estimated at all: it lives on that cluster alone."""

    cluster: int = -1
    columns: tuple[int, ...] = ()


def sole_cluster(cluster: int, columns: tuple[int, ...]) -> SoleCluster:
    """The refusal to leave out a cluster that the columns rest on."""
    error = SoleCluster(
        say(N_("An effect rests on one cluster alone: without it nothing can be estimated.")),
        say(N_("errors that leave one cluster out")),
        say(N_("Use a comparison made for one treated region, or leave the factor out.")),
    )
    error.cluster, error.columns = cluster, columns
    return error


def require_columns(gram: FloatArray, size: FloatArray, where: Message) -> None:
    """Raise unless every transformed column has something of its own.

    Parameters
    ----------
    gram : (k, k) cross-products of the transformed columns.
    size : (k,) roots of the sums of squares of the columns before.

    Raises
    ------
    CollinearColumns
        Some do not; `flat` and `repeated` say which.
    """
    own = np.sqrt(np.maximum(np.diag(gram), 0))
    flat = tuple(int(j) for j in np.flatnonzero(own <= GONE * size))
    repeated = _repeated(gram / np.maximum(np.outer(own, own), 1e-300), flat)
    if flat or repeated:
        k = len(size)
        error = CollinearColumns(
            say(N_("Only {rank} of {k} columns can be told apart."), rank=k - len(flat) - len(repeated), k=k),
            where,
            say(N_("Take out factors that never change there, or that repeat others.")),
        )
        error.flat, error.repeated = flat, repeated
        raise error


def _repeated(correlation: FloatArray, flat: tuple[int, ...]) -> tuple[int, ...]:
    """Columns that the ones before them make up: pivots of a Cholesky factorisation that vanish."""
    left, found = correlation.copy(), []
    for j in range(len(left)):
        if j in flat:
            continue
        if left[j, j] <= ALIKE:
            found.append(j)
        else:
            left = left - np.outer(left[:, j], left[j]) / left[j, j]
    return tuple(found)


def require_outcome(left: float, size: float, where: Message) -> None:
    """Raise when nothing is left of the outcome; both are roots of sums of squares."""
    if left <= GONE * size:
        raise MethodError(
            say(N_("The outcome does not vary.")),
            where,
            say(N_("Choose an outcome, or regions and periods, in which there are differences to explain.")),
        )


def require_more(n: int, least: int, what: Message, where: Message) -> None:
    """Raise when there are fewer of something than it takes."""
    if n < least:
        raise MethodError(what, where, say(N_("Name more regions or periods in the plan, or fewer factors.")))
