"""Spatial terms (공간 항): smooth maps that take out of a regression what neighbouring areas have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sigun.analysis.arrays import FloatArray
from sigun.analysis.local_statistics import degrees

SMOOTH = 0.25  # of the greatest eigenvalue: maps less alike nearby than that are left alone


@dataclass(frozen=True, slots=True)
class MoranVectors:
    """Maps of the areas, the smoothest first."""

    vectors: FloatArray  # (n, m) one map a column: mean 0, length 1, uncorrelated with each other
    values: FloatArray  # (m,) how alike neighbours are in it, above 0


def moran_vectors(neighbours: Any) -> MoranVectors:
    """The patterns of positive spatial autocorrelation a map of these areas can have (모란 고유벡터).

    Eigenvectors of M·W·M, M taking the mean out and W the row-standardised neighbours made symmetric, so that Moran's I
    of residuals r is sum(value·(vector·r)²) / r·r up to a constant: each vector's part in it can be read off.

    Parameters
    ----------
    neighbours : (n, n) scipy CSR of 0 and 1.

    References
    ----------
    Griffith (2003), Spatial Autocorrelation and Spatial Filtering; Dray, Legendre & Peres-Neto (2006), Ecol. Model.
    196:483–493.

    Examples
    --------
    >>> from sigun.region.neighbours import queen_neighbours
    >>> row = np.arange(6)
    >>> found = moran_vectors(queen_neighbours(row, 0 * row))
    >>> found.vectors.shape, abs(float(found.vectors[:, 0].sum())) < 1e-9
    ((6, 2), True)
    """
    weight = neighbours.toarray() / np.maximum(degrees(neighbours), 1)[:, None]
    weight = (weight + weight.T) / 2
    centred = weight - weight.mean(axis=0) - weight.mean(axis=1)[:, None] + weight.mean()
    values, vectors = np.linalg.eigh(centred)
    kept = np.flatnonzero(values > SMOOTH * max(float(values[-1]), 1e-9))[::-1]
    upright = vectors[:, kept] * np.sign(vectors[np.abs(vectors[:, kept]).argmax(axis=0), kept])
    return MoranVectors(upright, values[kept])


def strongest(found: MoranVectors, residual: FloatArray, taken: list[int]) -> int:
    """Which map has the greatest part in Moran's I of the residuals (n,), of those not yet taken."""
    part = found.values * (found.vectors.T @ (residual - residual.mean())) ** 2
    part[taken] = -1.0
    return int(part.argmax())
