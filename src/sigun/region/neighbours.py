"""Who lies next to whom (인접 관계): cells that share a side or a corner, regions whose outlines touch."""

from __future__ import annotations

from typing import Any

import numpy as np

from sigun.region.grid import IntArray

TOUCH = 10.0  # metres; thinned outlines of neighbours may leave a slit between them


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


def _matrix(here: IntArray, there: IntArray, n: int) -> Any:
    from scipy import sparse

    matrix = sparse.csr_matrix((np.ones(len(here)), (here, there)), shape=(n, n))
    matrix.sort_indices()
    return matrix
