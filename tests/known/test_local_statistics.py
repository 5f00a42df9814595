"""Gi*, local and global Moran's I against a reference program.

The figures were computed once with esda 2.9.0 on libpysal 4.14.1 (`lat2W(5, 5, rook=False)`): `G_Local(star=True,
transform="B")`, `Moran_Local` and `Moran` with row-standardised weights. esda divides local I by n instead of n - 1
(25/24 of its figures are ours).
"""

from __future__ import annotations

import numpy as np

from sigun.analysis.statistics.local_statistics import getis_ord, global_moran, local_chance, local_moran
from sigun.region.neighbours import queen_neighbours

# fmt: off
VALUES = np.array([
    0, 1, 0, 2, 1,
    3, 8, 9, 1, 0,
    2, 7, 12, 5, 1,
    0, 4, 6, 3, 0,
    1, 0, 2, 0, 0,
], float)
GI_STAR = [
    0.183865, 0.659498, 0.659498, -0.467849, -1.129454,
    0.659498, 2.19671, 2.572859, 0.817497, -0.890604,
    1.082253, 3.325157, 3.826689, 1.569795, -0.890604,
    -0.326931, 1.193646, 1.820561, 0.566731, -1.031522,
    -0.96529, -0.467849, -0.186012, -0.749686, -1.293619,
]
LOCAL_I = [
    -0.315267, -0.19936, -0.364528, 0.033903, 0.26789,
    0.022312, 0.731518, 1.012231, -0.160423, 0.177338,
    -0.109532, 1.077428, 2.231065, 0.264268, 0.14329,
    -0.019704, 0.119384, 0.417302, 0.013438, 0.226598,
    0.215973, 0.029556, 0.007824, 0.128077, 0.42364,
]
# fmt: on
QUADRANT = [2, 2, 2, 3, 3, 1, 1, 1, 2, 3, 2, 1, 1, 1, 3, 2, 1, 1, 1, 3, 3, 3, 3, 3, 3]  # 1 HH, 2 LH, 3 LL, 4 HL
GLOBAL_I = 0.26559261495120234
P_MIDDLE = 0.0001  # two-sided, 99,999 draws, places 11 and 12
P_ABOVE = 0.0011
ROW, COLUMN = np.repeat(np.arange(5), 5), np.tile(np.arange(5), 5)
NEIGHBOURS = queen_neighbours(ROW, COLUMN)


def test_gi_star_is_that_of_the_reference() -> None:
    np.testing.assert_allclose(getis_ord(VALUES, NEIGHBOURS), GI_STAR, atol=1e-6)


def test_local_moran_is_that_of_the_reference() -> None:
    found = local_moran(VALUES, NEIGHBOURS)
    np.testing.assert_allclose(found.moran * 24 / 25, LOCAL_I, atol=1e-6)
    assert found.quadrant.tolist() == [["HH", "LH", "LL", "HL"][q - 1] for q in QUADRANT]


def test_global_moran_is_that_of_the_reference_and_the_mean_of_the_local_ones() -> None:
    found = global_moran(VALUES, NEIGHBOURS, 999, np.random.default_rng(1))
    assert abs(found.moran - GLOBAL_I) < 1e-12
    assert abs(local_moran(VALUES, NEIGHBOURS).moran.mean() - found.moran) < 1e-12
    assert abs(found.low - -0.192) < 0.02  # 5 % and 95 % of 9,999 shuffles there: -0.194, 0.147
    assert abs(found.high - 0.146) < 0.03


def test_conditional_p_is_near_that_of_the_reference() -> None:
    p = local_chance(VALUES, NEIGHBOURS, 100_000, np.random.default_rng(1)).moran
    assert abs(p[12] - P_MIDDLE) < 0.0002
    assert abs(p[11] - P_ABOVE) < 0.001
