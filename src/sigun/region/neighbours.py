"""Who lies next to whom (인접 관계): cells that share a side or a corner, regions that touch, links as told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from sigun.region.grid import FloatArray, IntArray

TOUCH = 10.0  # metres; thinned outlines of neighbours may leave a slit between them

Way = Literal["contiguity", "file", "nearest"]
"""맞닿은 지역 · 가중치 파일 · 가까운 지역."""


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Which regions are next to which (이웃 관계): links from each region, their weights adding up to 1."""

    regions: tuple[str, ...]
    here: IntArray  # (m,) place in `regions` of where each link begins; links are sorted by here, then there
    there: IntArray  # (m,) and of where it ends
    weight: FloatArray  # (m,) one share of the region's links; the same for all of a region
    kind: Way
    source: str  # where they are from, in a few words or a file's name

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the links by name, whatever order the regions stand in; a region without any counts, too."""
        names = np.array(self.regions, dtype=object)
        links = zip(names[self.here], names[self.there], self.weight, strict=True)
        lines = [*(f"{a}\t{b}\t{w:.12g}" for a, b, w in links), *(f"{name}\t\t" for name in self.islands)]
        return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()

    @property
    def islands(self) -> tuple[str, ...]:
        """The regions without a neighbour."""
        linked = set(self.here.tolist())
        return tuple(name for at, name in enumerate(self.regions) if at not in linked)

    def only(self, regions: Sequence[str]) -> Neighbours:
        """The links among these regions, in their order; the shares of those left add up to 1 again.

        Raises
        ------
        KeyError
            A region is not among the neighbours'.
        """
        place = {name: at for at, name in enumerate(self.regions)}
        old = np.array([place[name] for name in regions], np.int64)
        new = np.full(len(self.regions), -1)
        new[old] = np.arange(len(old))
        here, there = new[self.here], new[self.there]
        kept = (here >= 0) & (there >= 0)
        return linked(regions, here[kept], there[kept], self.kind, self.source)

    def matrix(self, order: Sequence[str] | None = None) -> Any:
        """The links among regions as a scipy CSR matrix (n, n), rows adding up to 1 (an island's to 0).

        Parameters
        ----------
        order : the regions of the rows and columns; all in their own order unless said.
        """
        these = self if order is None else self.only(order)
        return _matrix(these.here, these.there, len(these.regions), these.weight)


def linked(regions: Iterable[str], here: IntArray, there: IntArray, kind: Way, source: str) -> Neighbours:
    """Neighbours of equal shares.

    Parameters
    ----------
    here, there : (m,) places in `regions`, each pair once.

    Examples
    --------
    >>> both = linked(["a", "b", "c"], np.array([1, 0, 1]), np.array([2, 1, 0]), "file", "a.gal")
    >>> both.matrix().toarray().tolist(), both.islands
    ([[0.0, 1.0, 0.0], [0.5, 0.0, 0.5], [0.0, 0.0, 0.0]], ('c',))
    """
    names = tuple(regions)
    order = np.lexsort((there, here))
    here, there = np.asarray(here, np.int64)[order], np.asarray(there, np.int64)[order]
    count = np.bincount(here, minlength=len(names))
    return Neighbours(names, here, there, 1.0 / count[here], kind, source)


def nearest_links(x: FloatArray, y: FloatArray, k: int) -> tuple[IntArray, IntArray]:
    """The `k` points nearest to each (n,): places of both ends (m,); of points equally far the first ones.

    A point without coordinates (NaN) has no neighbour and is nobody's.

    Examples
    --------
    >>> here, there = nearest_links(np.array([0.0, 1.0, 3.0]), np.zeros(3), 1)
    >>> here.tolist(), there.tolist()
    ([0, 1, 2], [1, 0, 1])
    """
    placed = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    most = min(k, max(0, len(placed) - 1))
    there = np.empty((len(placed), most), np.int64)
    for row, at in enumerate(placed):
        distance = np.hypot(x[placed] - x[at], y[placed] - y[at])
        distance[row] = np.inf
        there[row] = placed[np.argsort(distance, kind="stable")[:most]]
    return np.repeat(placed, most), there.ravel()


def queen_neighbours(cell_x: IntArray, cell_y: IntArray) -> Any:
    """Cells that share a side or a corner: a scipy CSR matrix (n, n) of 0 and 1, no cell being its own neighbour.

    Examples
    --------
    >>> queen_neighbours(np.array([0, 1, 3]), np.array([0, 1, 1])).toarray().astype(int).tolist()
    [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    """
    x, y = cell_x - cell_x.min() + 1, cell_y - cell_y.min() + 1
    number = np.full((int(x.max()) + 2, int(y.max()) + 2), -1)
    number[x, y] = np.arange(len(x))
    sides = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if (dx, dy) != (0, 0)]
    others = np.stack([number[x + dx, y + dy] for dx, dy in sides], axis=1)
    here, side = np.nonzero(others >= 0)
    return _matrix(here, others[here, side], len(x))


def touching_neighbours(outlines: Any, metres: float = TOUCH) -> Any:
    """Regions whose outlines come within `metres` of each other: a scipy CSR matrix (n, n) of 0 and 1."""
    import shapely

    shapes = outlines.geometry.to_numpy()
    here, there = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=metres)
    apart = here != there
    return _matrix(here[apart], there[apart], len(shapes))


def _matrix(here: IntArray, there: IntArray, n: int, weight: FloatArray | None = None) -> Any:
    from scipy import sparse

    values = np.ones(len(here)) if weight is None else weight
    matrix = sparse.csr_matrix((values, (here, there)), shape=(n, n))
    matrix.sort_indices()
    return matrix
