"""The specification curve: how long 2,000 designs take, and how often its joint test calls chance an effect.

OMP_NUM_THREADS=1 python -m benchmarks.factors_curve              seconds, 31 regions × 15 years and 229 × 10
OMP_NUM_THREADS=1 python -m benchmarks.factors_curve --size 300   size, panels of `factors_size.py`
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from benchmarks.factors_size import MEMORY, PERIOD, REGION, panel, series

from sigun.analysis.regression.observations import Observations
from sigun.analysis.resampling.curve import Spec, fit_specs
from sigun.analysis.resampling.rows import taken
from sigun.analysis.resampling.wild import wild_clusters
from sigun.analysis.statistics.threads import one_thread

SIZE_IN = ("iid", "AR(.8)", "AR(.8) + spatial .5, four nearest", "random walks", "policy in 5", "policy in 2")


def designs(regions: int, years: int, count: int) -> list[Spec]:
    """Designs that differ in transform, lag, controls, sample, weights and estimator."""
    rng = np.random.default_rng(1)
    region, period = np.repeat(np.arange(regions), years), np.tile(np.arange(years), regions)
    x, y = rng.normal(size=(regions * years, 8)), rng.normal(size=regions * years)
    weight = rng.uniform(0.5, 2.0, regions * years)
    found = []
    for i in range(count):
        some = (region != i % regions) & (rng.random(regions * years) < 0.95)
        columns = np.concatenate([[i % 3], 3 + rng.permutation(5)[: i % 6]])
        obs = Observations(
            (np.exp(y) if i % 2 else y)[some],
            x[some][:, columns],
            np.unique(region[some], return_inverse=True)[1],
            period[some],
            weight[some] if i % 4 == 0 else None,
            region[some],
        )
        found.append(Spec(obs, "within_twoway" if i % 3 else "first_difference", 0))
    return found


def alike(obs: Observations, rng: np.random.Generator) -> list[Spec]:
    """48 designs of a panel: two lags, two transforms, up to two controls, with and without regions, two estimators."""
    controls = np.column_stack([series(rng, MEMORY).ravel() for _ in range(2)])
    logs = np.log(obs.y - obs.y.min() + 1)
    found = []
    for lag, y, k, whole in product((0, 1), (obs.y, logs), (0, 1, 2), (True, False)):
        x = np.column_stack([np.roll(obs.x, lag, axis=0), controls[:, :k]])
        rows = np.flatnonzero((lag <= PERIOD) & (whole | (REGION < 24)))
        design = taken(replace(obs, y=y, x=x, cluster=REGION), rows)
        found += [Spec(design, "within_twoway", 0), Spec(design, "first_difference", 0)]
    return found


def size(panels: int) -> None:
    """Print the share of panels in which the joint tests reject, nothing being there."""
    print("| world | by the median t | by the share significant |\n|---|---|---|")
    for world in SIZE_IN:
        rejected = np.zeros(2)
        for i in range(panels):
            rng = np.random.default_rng([4, i])
            joint = fit_specs(alike(panel(world, 31, i), rng), 199, rng=rng).joint
            rejected += [joint.p_median <= 0.05, joint.p_significant <= 0.05]
        print(f"| {world} | " + " | ".join(f"{share:.3f}" for share in rejected / panels) + " |", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """One of the two."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=0)
    asked = parser.parse_args(arguments)
    if asked.size:
        size(asked.size)
    else:
        speed()


def speed() -> None:
    """Print seconds."""
    with one_thread():
        for regions, years, count, draws in ((31, 15, 2000, 999), (229, 10, 2000, 499)):
            specs = designs(regions, years, count)
            start = time.perf_counter()
            curve = fit_specs(specs, draws, rng=np.random.default_rng(1))
            taken = time.perf_counter() - start
            print(f"{regions} x {years}: {curve.joint.specs} designs x {draws} draws in {taken:.1f} s")
            start = time.perf_counter()
            wild_clusters(specs[5].obs, "within_twoway", [0, 1, 2], 9999, rng=np.random.default_rng(1))
            print(f"{regions} x {years}: 3 coefficients, 9,999 draws, intervals: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
