"""Which test stands behind an answer (답의 검정): by how many clusters there are, and in how many the factor moved.

Clustered errors presume many clusters that all take part. Where a factor moved in a handful of regions its paths are
placed anew (randomisation); elsewhere signs of clusters are drawn, and what clusters moving together add is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sigun.analysis.regression.observations import Observations
from sigun.analysis.resampling.randomisation import few_exposed, randomisation_test
from sigun.analysis.resampling.rows import Effects
from sigun.analysis.resampling.wild import Interval, wild_clusters

FEW_EXPOSED = 5  # regions in which the factor moved, under which clustering cannot test it
MANY_CLUSTERS = 50  # from which the plan's `auto` does without the bootstrap


@dataclass(frozen=True, slots=True)
class HonestTest:
    """A coefficient and the test that stands behind it."""

    kind: Literal["wild_cluster", "randomisation"]
    estimate: float  # outcome units per unit of the factor
    p: float  # two-sided
    interval: Interval | None  # 95 %; none where clustering cannot test
    clusters: int
    exposed: int  # regions in which the factor moved on its own
    widening: float  # of the standard error, by clusters moving together, at least 1
    draws: int
    exact: bool

    @property
    def testable_by_clustering(self) -> bool:
        """Whether enough regions were exposed for errors clustered by them."""
        return self.kind == "wild_cluster"


def honest_tests(
    obs: Observations, effects: Effects, columns: Sequence[int], draws: int = 9999, *, rng: np.random.Generator
) -> tuple[HonestTest, ...]:
    """The test of every column that holds its size: randomisation under five exposed regions, else wild clusters.

    Randomisation asks the two-way regression, whatever the effects.

    Raises
    ------
    MethodError
        As `wild_cluster` and `randomisation_test` do.

    Examples
    --------
    >>> region, period = np.repeat(np.arange(20), 4), np.tile(np.arange(4), 20)
    >>> policy = ((region < 2) & (period > 1)).astype(float)
    >>> obs = Observations(np.sin(7.0 * region * period), policy[:, None], region, period)
    >>> honest_tests(obs, "within_twoway", [0], rng=np.random.default_rng(1))[0].kind
    'randomisation'
    """
    found = []
    for j, (test, interval) in zip(columns, wild_clusters(obs, effects, columns, draws, rng=rng), strict=True):
        exposed = few_exposed(obs, j)
        if exposed < FEW_EXPOSED:
            placed = randomisation_test(obs, j, draws, rng=rng)
            shared = (test.clusters, exposed, test.widening, placed.draws, placed.exact)
            found.append(HonestTest("randomisation", test.estimate, placed.p, None, *shared))
        else:
            shared = (test.clusters, exposed, test.widening, test.draws, test.exact)
            found.append(HonestTest("wild_cluster", test.estimate, test.p_wide, interval, *shared))
    return tuple(found)
