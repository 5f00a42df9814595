"""Which test stands behind an answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.unit.analysis.resampling.panels import made_up

from sigun.analysis.resampling.honest import honest_tests
from sigun.analysis.resampling.randomisation import randomisation_test
from sigun.analysis.resampling.wild import wild_clusters


@pytest.mark.parametrize(("exposed", "kind"), [(1, "randomisation"), (4, "randomisation"), (5, "wild_cluster")])
def test_under_five_exposed_regions_clustering_is_not_asked(exposed: int, kind: str) -> None:
    obs = made_up(1, regions=14)
    policy = ((obs.region < exposed) & (obs.period > 2)).astype(float)
    (test,) = honest_tests(replace(obs, x=policy[:, None]), "within_twoway", [0], 199, rng=np.random.default_rng(1))
    assert (test.kind, test.exposed, test.testable_by_clustering) == (kind, exposed, kind == "wild_cluster")
    assert (test.interval is None) == (kind == "randomisation")


def test_each_column_gets_its_own_test() -> None:
    obs = made_up(2, regions=14)
    policy = ((obs.region < 2) & (obs.period > 2)).astype(float)
    obs = replace(obs, x=np.column_stack([obs.x, policy]))
    first, last = honest_tests(obs, "within_twoway", [0, 2], 199, rng=np.random.default_rng(1))
    assert first.p == wild_clusters(obs, "within_twoway", [0], 199, rng=np.random.default_rng(1))[0][0].p_wide
    assert last.exact and last.p == randomisation_test(obs, 2, 199, rng=np.random.default_rng(1)).p
