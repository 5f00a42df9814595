"""With reports laid over the areas at random hardly anything is found, smooth maps or not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from sigun.analysis.occurrence.spatial_terms import fit_spatial, moran_vectors
from sigun.analysis.occurrence.tables import estimates
from sigun.analysis.statistics.fdr import false_discovery
from sigun.analysis.statistics.threads import one_thread
from sigun.region.neighbours import queen_neighbours

ROUNDS, WIDTH, HEIGHT, COLUMNS = 60, 10, 6, 4


@pytest.fixture(autouse=True)
def held() -> Iterator[None]:
    """As in the step: on matrices this small threads cost more than they bring."""
    with one_thread():
        yield


@pytest.mark.parametrize("smooth", [False, True], ids=["each area by itself", "neighbours alike"])
def test_unrelated_columns_are_found_at_the_stated_rate(smooth: bool) -> None:
    rng, n = np.random.default_rng(11), WIDTH * HEIGHT
    points = np.array([(i % WIDTH, i // WIDTH) for i in range(n)], float)
    maps = moran_vectors(queen_neighbours(*points.astype(np.int64).T))
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    root = np.linalg.cholesky(np.exp(-apart / 2.5) + 1e-9 * np.eye(n)) if smooth else np.eye(n)
    small, found = [], 0
    for _round in range(ROUNDS):
        columns, rate = root @ rng.normal(size=(n, COLUMNS)), root @ rng.normal(size=n)
        x = np.column_stack([np.ones(n), (columns - columns.mean(axis=0)) / columns.std(axis=0, ddof=1)])
        fit = fit_spatial(rng.poisson(30 * np.exp(0.4 * rate)).astype(float), x, np.zeros(n), maps)
        p = estimates(fit.beta[1:], fit.error[1:], n - COLUMNS - 1)[3]
        small.extend(p <= 0.1)
        found += int((false_discovery(p) <= 0.05).any())
    assert 0.03 <= np.mean(small) <= 0.16  # a tenth, and three standard errors around it
    assert found <= 8  # three are to be expected
