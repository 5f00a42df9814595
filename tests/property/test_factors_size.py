"""A factor without effect is rarely called one, whatever the world: a few panels of each of the benchmark's."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.factors_size import WORLDS, honest_p, panel

from sigun.analysis.resampling.honest import honest_tests
from sigun.analysis.resampling.wild import wild_cluster

PANELS, DRAWS = 120, 199
MOST = 15  # of 120: more than this is one chance in a hundred where 7 % are rejected; where 17 % are, nine in ten


@pytest.mark.parametrize("world", WORLDS)
def test_size(world: str) -> None:
    assert sum(honest_p(panel(world, 3, i), DRAWS) <= 0.05 for i in range(PANELS)) <= MOST


def test_independent_clusters_alone_would_not_do() -> None:
    rng = np.random.default_rng(1)
    panels = [panel("AR(.8) + by distance", 3, i) for i in range(PANELS)]
    assert sum(wild_cluster(obs, "within_twoway", 0, draws=DRAWS, rng=rng).p <= 0.05 for obs in panels) > MOST


def test_two_exposed_regions_are_said_not_to_be_testable_by_clustering() -> None:
    (test,) = honest_tests(panel("policy in 2", 3, 0), "within_twoway", [0], DRAWS, rng=np.random.default_rng(1))
    assert not test.testable_by_clustering and test.interval is None
