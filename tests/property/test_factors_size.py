"""A factor without effect is rarely called one, whatever the world: a few panels of each of the benchmark's."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.factors_size import WORLDS, answer, panel

from sigun.analysis.resampling.wild import wild_cluster

PANELS, DRAWS = 120, 199
MOST = 15  # of 120: more than this is one chance in a hundred where 7 % are rejected; where 17 % are, nine in ten


@pytest.mark.parametrize("world", WORLDS)
def test_size(world: str) -> None:
    assert sum(answer(panel(world, 3, i), DRAWS).p <= 0.05 for i in range(PANELS)) <= MOST


def test_independent_clusters_alone_would_not_do() -> None:
    rng = np.random.default_rng(1)
    panels = [panel("AR(.8) + by distance", 3, i) for i in range(PANELS)]
    assert sum(wild_cluster(obs, "within_twoway", 0, draws=DRAWS, rng=rng).p <= 0.05 for obs in panels) > MOST


def test_two_exposed_regions_are_said_not_to_be_testable_by_clustering() -> None:
    told = answer(panel("policy in 2", 3, 0), DRAWS)
    assert (told.kind, told.moved) == ("randomisation", 2) and np.isnan([told.low, told.high]).all()
    assert answer(panel("policy in 5", 3, 0), DRAWS).kind == "wild_cluster"
