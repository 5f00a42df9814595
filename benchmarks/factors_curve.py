"""How long a specification curve takes: 2,000 designs × 999 draws on 31 regions × 15 years, and the same of 229 × 10.

OMP_NUM_THREADS=1 python benchmarks/factors_curve.py
"""

from __future__ import annotations

import resource
import time

import numpy as np

from sigun.analysis.regression.observations import Observations
from sigun.analysis.resampling.curve import Spec, fit_specs
from sigun.analysis.resampling.wild import wild_clusters
from sigun.analysis.statistics.threads import one_thread


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


def main() -> None:
    """Print seconds and peak memory."""
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
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
