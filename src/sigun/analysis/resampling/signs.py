"""Signs of clusters (군집 부호): every combination where clusters are few, else as many as are asked for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sigun.analysis.statistics.arrays import FloatArray

ENUMERATED = 12  # clusters up to which all 2^g combinations are taken: 4,096
Signs = NDArray[np.int8]


def cluster_signs(clusters: int, draws: int, rng: np.random.Generator) -> tuple[Signs, bool]:
    """(draws, g) of −1 and +1 (Rademacher), and whether they are all there are; then the first is the data's own.

    >>> cluster_signs(2, 99, np.random.default_rng(1))[0].tolist()
    [[1, 1], [-1, 1], [1, -1], [-1, -1]]
    """
    if clusters <= ENUMERATED:
        bits = (np.arange(2**clusters)[:, None] >> np.arange(clusters)) & 1
        return (1 - 2 * bits).astype(np.int8), True
    return (1 - 2 * rng.integers(0, 2, (draws, clusters), dtype=np.int8)).astype(np.int8), False


def share_as_large(as_large: FloatArray, draws: int, exact: bool) -> FloatArray:
    """p from the number of draws as large as the data's own; drawn at random, the data count as one draw more."""
    return np.asarray(as_large / draws if exact else (as_large + 1) / (draws + 1))
