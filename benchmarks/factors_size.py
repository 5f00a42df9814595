"""How often a factor without effect is called one: made-up panels of 31 regions × 15 years, nominal 5 %.

    OMP_NUM_THREADS=1 python -m benchmarks.factors_size                       the table of benchmarks/README.md
    OMP_NUM_THREADS=1 python -m benchmarks.factors_size --panels 100 --seed 7 --worlds iid "policy in 2"

Outcome and factor have nothing to do with each other; both have their regions' and years' own levels, which the
two-way regression takes out. `sigun` is the test that stands behind an answer: signs of clusters drawn and widened
where clusters move together, or paths placed anew where fewer than five regions were exposed.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from sigun.analysis.factors.estimates import Estimated
from sigun.analysis.factors.inference import Told, honest
from sigun.analysis.factors.sample import Sample
from sigun.analysis.factors.terms import Term
from sigun.analysis.factors.wide import Wide
from sigun.analysis.regression.errors import covariance, inference
from sigun.analysis.regression.jackknife import crv3
from sigun.analysis.regression.linear import within_twoway
from sigun.analysis.regression.observations import Observations
from sigun.analysis.regression.refusals import SoleCluster
from sigun.analysis.resampling.wild import wild_cluster
from sigun.analysis.statistics.arrays import FloatArray
from sigun.plan.steps.factors import Inference

REGIONS, YEARS, BEFORE = 31, 15, 60  # years that pass before the first one counts
REGION, PERIOD = np.repeat(np.arange(REGIONS), YEARS), np.tile(np.arange(YEARS), REGIONS)
MEMORY, NEARBY = 0.8, 0.5  # of a year for the year before, of a region for the mean of its neighbours
FACTOR = Term("factor", "factor", 0, "factor", "", "", "?", "factor", "region", False, False, "", False, False)
NOWHERE = Wide(pd.DataFrame(), pd.DataFrame(), 0)  # the table the rows would come from
Draw = Callable[[np.random.Generator], tuple[FloatArray, FloatArray]]  # factor and outcome, (regions, years) each


def series(rng: np.random.Generator, memory: float, mix: FloatArray | None = None) -> FloatArray:
    """(regions, years) of an autoregression; `mix` shares the shocks of a year out between regions."""
    shocks = rng.normal(size=(REGIONS, BEFORE + YEARS))
    shocks = shocks if mix is None else mix @ shocks
    values = np.zeros_like(shocks)
    for t in range(1, shocks.shape[1]):
        values[:, t] = memory * values[:, t - 1] + shocks[:, t]
    return values[:, BEFORE:]


def shared_out(neighbours: FloatArray) -> FloatArray:
    """(I − .5 W)⁻¹ of neighbours marked 1, each row of W adding up to one."""
    return np.linalg.inv(np.eye(len(neighbours)) - NEARBY * neighbours / neighbours.sum(axis=1, keepdims=True))


def ring(_rng: np.random.Generator) -> FloatArray:
    """Two neighbours each, around a circle."""
    apart = np.abs(np.subtract.outer(np.arange(REGIONS), np.arange(REGIONS)))
    return shared_out(np.isin(apart, (1, REGIONS - 1)).astype(float))


def lattice(_rng: np.random.Generator) -> FloatArray:
    """Neighbours share a side, in rows of six."""
    row, column = np.divmod(np.arange(REGIONS), 6)
    apart = np.abs(np.subtract.outer(row, row)) + np.abs(np.subtract.outer(column, column))
    return shared_out((apart == 1).astype(float))


def four_nearest(rng: np.random.Generator) -> FloatArray:
    """The four nearest of places thrown at random."""
    apart = _distances(rng)
    nearest = np.argsort(apart, axis=1)[:, 1:5]
    marked = np.zeros((REGIONS, REGIONS))
    np.put_along_axis(marked, nearest, 1.0, axis=1)
    return shared_out(marked)


def by_distance(rng: np.random.Generator) -> FloatArray:
    """Shocks correlated by exp(−distance / .2) in a square of side 1: more than .5 of a neighbour."""
    return np.linalg.cholesky(np.exp(-_distances(rng) / 0.2) + 1e-9 * np.eye(REGIONS))


def _distances(rng: np.random.Generator) -> FloatArray:
    place = rng.random((REGIONS, 2))
    return np.asarray(np.sqrt(((place[:, None] - place[None]) ** 2).sum(axis=2)))


def policy(rng: np.random.Generator, exposed: int, *, at_once: bool = False) -> FloatArray:
    """0, and 1 from its start on in the exposed regions."""
    starts = rng.integers(3, YEARS - 3, exposed)
    begins = np.full(REGIONS, YEARS)
    begins[rng.permutation(REGIONS)[:exposed]] = starts[0] if at_once else starts
    return (np.arange(YEARS) >= begins[:, None]).astype(float)


def _alike(mix: Callable[[np.random.Generator], FloatArray]) -> Draw:
    def draw(rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
        shared = mix(rng)
        return series(rng, MEMORY, shared), series(rng, MEMORY, shared)

    return draw


WORLDS: dict[str, Draw] = {
    "iid": lambda rng: (series(rng, 0), series(rng, 0)),
    "AR(.8)": lambda rng: (series(rng, MEMORY), series(rng, MEMORY)),
    "AR(.8) + spatial .5, ring": _alike(ring),
    "AR(.8) + spatial .5, lattice": _alike(lattice),
    "AR(.8) + spatial .5, four nearest": _alike(four_nearest),
    "AR(.8) + by distance": _alike(by_distance),
    "random walks": lambda rng: (series(rng, 1), series(rng, 1)),
    "policy in 2": lambda rng: (policy(rng, 2), series(rng, MEMORY)),
    "policy in 5": lambda rng: (policy(rng, 5), series(rng, MEMORY)),
    "policy in 5 at once": lambda rng: (policy(rng, 5, at_once=True), series(rng, MEMORY)),
    "policy in 12": lambda rng: (policy(rng, 12), series(rng, MEMORY)),
    "policy in 12 at once": lambda rng: (policy(rng, 12, at_once=True), series(rng, MEMORY)),
}
KINDS = ("iid", "hc1", "crv1", "crv3", "driscoll_kraay", "wild cluster", "sigun")


def panel(world: str, seed: int, number: int) -> Observations:
    """One made-up panel of a world, the same for the same seed and number."""
    factor, outcome = WORLDS[world](np.random.default_rng([seed, list(WORLDS).index(world), number]))
    return Observations(outcome.ravel(), factor.reshape(-1, 1), REGION, PERIOD)


def answer(obs: Observations, draws: int) -> Told:
    """What stands behind an answer, by the rule `factors` goes by unasked."""
    names = tuple(str(region) for region in range(REGIONS))
    sample = Sample((FACTOR,), obs, names, NOWHERE, np.arange(len(obs.y)), "(y)", 0)
    found = Estimated("within_twoway", sample, within_twoway(obs), ())
    return honest(found, Inference(draws=draws), np.random.default_rng(1))[0]


def every_p(obs: Observations, draws: int) -> list[float]:
    """p by every kind, in the order of KINDS."""
    fit = within_twoway(obs)
    found = [float(inference(fit.beta, covariance(fit, kind)).p[0]) for kind in ("iid", "hc1", "crv1")]  # type: ignore[arg-type]
    try:
        found.append(float(inference(fit.beta, crv3("within_twoway", obs)).p[0]))
    except SoleCluster:
        found.append(1.0)
    found.append(float(inference(fit.beta, covariance(fit, "driscoll_kraay")).p[0]))
    wild = wild_cluster(obs, "within_twoway", 0, draws=draws, rng=np.random.default_rng(1))
    return [*found, wild.p, answer(obs, draws).p]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the share of panels in which each kind calls chance an effect."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--panels", type=int, default=600)
    parser.add_argument("--draws", type=int, default=999)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--worlds", nargs="*", default=list(WORLDS))
    asked = parser.parse_args(arguments)
    print("| world | " + " | ".join(KINDS) + " |\n" + "|---" * (len(KINDS) + 1) + "|")
    for world in asked.worlds:
        found = np.array([every_p(panel(world, asked.seed, i), asked.draws) for i in range(asked.panels)])
        print(f"| {world} | " + " | ".join(f"{share:.3f}" for share in (found <= 0.05).mean(axis=0)) + " |", flush=True)


if __name__ == "__main__":
    main()
