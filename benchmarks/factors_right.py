"""Which factors matter: 24 candidates, 4 true, on made-up panels of 31 regions × 15 years; who is called what.

    OMP_NUM_THREADS=1 python benchmarks/factors_right.py                    the table of benchmarks/README.md
    OMP_NUM_THREADS=1 python benchmarks/factors_right.py --panels 20 --seed 7 --workers 2

The world. Each region has a level of its own that both the outcome and every candidate carry, each candidate with a
loading of its own: between regions nearly all of them go with the outcome. Outcome and candidates drift alike
everywhere (random walks of the years). Inside regions a candidate is an autoregression (.6), sharing .6 of itself
with the three others of its group, and the outcome's disturbance is an autoregression (.7); both vary by one standard
deviation. Four candidates, drawn by lot, move the outcome by ±.25 a unit.

Everything goes the plan's way: one step `factors` of all 24 at once, as a user would ask. "Said" are those it calls
`holds`. Beside: the same finds by the usual recipes on the same panels. Settings were chosen on seed 77; the table is
of another.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from scipy import stats

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from factor_panels import panel_of, step_of
from sigun.analysis.factors.step import factors
from sigun.analysis.regression.errors import covariance, inference
from sigun.analysis.regression.jackknife import crv3
from sigun.analysis.regression.linear import within_twoway
from sigun.analysis.regression.observations import Observations
from sigun.analysis.statistics.fdr import false_discovery

REGIONS, YEARS, CANDIDATES, TRUE, GROUP = 31, 15, 24, 4, 4
EFFECT, MEMORY_X, MEMORY_Y, BEFORE = 0.25, 0.6, 0.7, 40
LEVEL = 0.10  # false finds borne with
Array = np.ndarray


@dataclass(frozen=True)
class World:
    """One made-up panel and its truth."""

    y: Array  # (regions, years)
    x: Array  # (candidates, regions, years)
    effect: Array  # (candidates,)


def lasting(rng: np.random.Generator, memory: float) -> Array:
    """(regions, years) of an autoregression with one standard deviation."""
    shocks = rng.normal(size=(REGIONS, BEFORE + YEARS)) * np.sqrt(1 - memory**2)
    values = np.zeros_like(shocks)
    for t in range(1, shocks.shape[1]):
        values[:, t] = memory * values[:, t - 1] + shocks[:, t]
    return values[:, BEFORE:]


def world(rng: np.random.Generator) -> World:
    """A panel drawn anew."""
    level = rng.normal(size=REGIONS)[:, None]
    shared = [lasting(rng, MEMORY_X) for _ in range(CANDIDATES // GROUP)]
    x = np.array(
        [
            1.5 * rng.normal() * level
            + rng.normal(size=(REGIONS, 1))
            + 0.6 * shared[k // GROUP]
            + 0.8 * lasting(rng, MEMORY_X)
            + 0.3 * rng.normal(size=YEARS).cumsum()
            for k in range(CANDIDATES)
        ]
    )
    effect = np.zeros(CANDIDATES)
    effect[rng.choice(CANDIDATES, TRUE, replace=False)] = EFFECT * rng.choice([-1.0, 1.0], TRUE)
    own = 2 * level + rng.normal(size=(REGIONS, 1)) + 0.5 * rng.normal(size=YEARS).cumsum()
    return World(own + np.tensordot(effect, x, 1) + lasting(rng, MEMORY_Y), x, effect)


def said_by_plan(made: World, seed: int) -> tuple[Array, Array]:
    """Which are called `holds`, and the sign of what is said."""
    names = [f"x{k:02}" for k in range(CANDIDATES)]
    panel = panel_of({"y": made.y, **dict(zip(names, made.x, strict=True))})
    step = step_of(names, inference={"draws": 1999}, robustness={})
    answer = factors(step, panel, np.random.default_rng(seed)).tables["answer"].set_index("term").loc[names]
    return (answer["verdict"] == "holds").to_numpy(), np.sign(answer["effect"].to_numpy(float))


def usual(made: World) -> Mapping[str, Array]:
    """What the usual recipes find."""
    region, period = np.repeat(np.arange(REGIONS), YEARS), np.tile(np.arange(YEARS), REGIONS)
    obs = Observations(made.y.ravel(), made.x.reshape(CANDIDATES, -1).T, region, period)
    fit = within_twoway(obs)
    p1 = inference(fit.beta, covariance(fit, "crv1")).p
    p3 = inference(fit.beta, crv3("within_twoway", obs)).p
    alone = np.array([stats.pearsonr(column, obs.y).pvalue for column in obs.x.T])
    return {
        "pooled correlation, p < .05": alone < 0.05,
        "two-way, CRV1, BH": false_discovery(p1) <= LEVEL,
        "two-way, CRV3, BH": false_discovery(p3) <= LEVEL,
    }


@dataclass(frozen=True)
class Score:
    """Of one panel, by recipe: the share of what it finds that is false, and of the true ones it finds."""

    false: Mapping[str, float]
    recall: Mapping[str, float]
    signs: tuple[int, int]  # said, and said rightly
    seconds: float


def score(seed: tuple[int, int]) -> Score:
    """One panel through the plan and the recipes."""
    made = world(np.random.default_rng(seed))
    start = time.perf_counter()
    found, sign = said_by_plan(made, seed[1])
    seconds = time.perf_counter() - start
    finds = {**usual(made), "sigun, `holds`": found}
    true = made.effect != 0
    right = found & true
    return Score(
        {name: float((hit & ~true).sum() / max(1, hit.sum())) for name, hit in finds.items()},
        {name: float((hit & true).sum() / TRUE) for name, hit in finds.items()},
        (int(right.sum()), int((right & (sign == np.sign(made.effect))).sum())),
        seconds,
    )


def told(scores: list[Score]) -> None:
    """The table."""
    n = len(scores)
    print(f"{'recipe':32} {'false among found':>20} {'recall':>16}")
    for name in scores[0].false:
        wrong, right = (np.array([getattr(s, kind)[name] for s in scores]) for kind in ("false", "recall"))
        print(f"{name:32} {_with_error(wrong, n):>20} {_with_error(right, n):>16}")
    said, rightly = (sum(s.signs[i] for s in scores) for i in (0, 1))
    print(f"signs said rightly {rightly} of {said}; {np.mean([s.seconds for s in scores]):.1f} s a panel")


def _with_error(values: Array, n: int) -> str:
    return f"{values.mean():.3f} ({values.std() / np.sqrt(n):.3f})"


def main() -> None:
    """Made-up panels one after another, or by several workers; the figures are the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--panels", type=int, default=40)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    seeds = [(asked.seed, i) for i in range(asked.panels)]
    if asked.workers > 1:
        with ProcessPoolExecutor(asked.workers, mp_context=get_context("spawn")) as pool:
            told(list(pool.map(score, seeds)))
    else:
        told([score(seed) for seed in seeds])


if __name__ == "__main__":
    main()
