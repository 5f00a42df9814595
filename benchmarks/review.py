"""Made-up rounds of reviewing with planted bias: which mean finds the true order, and is the stated sureness right.

    python benchmarks/review.py [ROUNDS]        500 rounds of every setting unless told otherwise

For each setting: Kendall's tau with the true order of the raw mean, of the per-paper deviation and of the adjusted
mean; in how many rounds the adjusted order is nearer, as near, or less near than the raw one; how many of the truly
first five each finds; the stated chance of being among the first against how often it came true; and how often
mean ± 1.96 standard errors holds the truth.
"""

from __future__ import annotations

import sys
import time
from typing import NamedTuple

import numpy as np
from scipy.stats import kendalltau

from sigun.council.review.arrays import FloatArray
from sigun.council.review.made_up import Planted, make_round
from sigun.council.review.rubric import shipped_juries
from sigun.council.review.verdict import judge

FIRST = 5
EDGES = np.array([0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0])

SETTINGS = {
    "24 proposals, 12 reviewers, 3 each": Planted(),
    "the same, 2 each": Planted(each=2),
    "the same, reviewers alike": Planted(level=0.0),
    "the same, reviewers very unlike": Planted(level=16.0),
    "the same, no bell curves": Planted(heavy=True),
    "60 proposals, 20 reviewers, 3 each": Planted(proposals=60, reviewers=20),
    "10 proposals, 5 reviewers, 3 each": Planted(proposals=10, reviewers=5),
}


class Told(NamedTuple):
    """One round."""

    tau: tuple[float, float, float]  # raw, per-paper deviation, adjusted
    found: tuple[int, int]  # of the truly first, by raw and by adjusted points
    chance: FloatArray
    came_true: FloatArray
    held: float


def one_round(planted: Planted, seed: int) -> Told:
    """Make a round up, judge it, hold it against the truth."""
    rng = np.random.default_rng([20261122, seed])
    truth, tally = make_round(planted, rng)
    verdict = judge([tally], shipped_juries()[0], FIRST, rng)
    means = (verdict.raw, verdict.standings[0].by_deviation, verdict.points)
    best = np.argsort(-truth)[:FIRST]
    tau = [float(kendalltau(truth, mean)[0]) for mean in means]
    raw, adjusted = (len(np.intersect1d(best, np.argsort(-mean)[:FIRST])) for mean in (verdict.raw, verdict.points))
    held = float((np.abs(verdict.points - truth) <= 1.96 * verdict.error).mean())
    return Told(
        (tau[0], tau[1], tau[2]), (raw, adjusted), verdict.chance, np.isin(np.arange(len(truth)), best) * 1.0, held
    )


def calibration(told: list[Told]) -> str:
    """Stated and observed frequency, bin by bin."""
    chance = np.concatenate([t.chance for t in told])
    came_true = np.concatenate([t.came_true for t in told])
    where = np.clip(np.digitize(chance, EDGES[1:-1]), 0, len(EDGES) - 2)
    cells = [
        f"{chance[where == b].mean():.3f}→{came_true[where == b].mean():.3f} (n={int((where == b).sum())})"
        for b in range(len(EDGES) - 1)
        if (where == b).any()
    ]
    return "  ".join(cells)


def main(rounds: int) -> None:
    """Print every setting."""
    for name, planted in SETTINGS.items():
        start = time.perf_counter()
        told = [one_round(planted, seed) for seed in range(rounds)]
        tau = np.array([t.tau for t in told])
        found = np.array([t.found for t in told]).mean(axis=0)
        gain = tau[:, 2] - tau[:, 0]
        error = gain.std(ddof=1) / np.sqrt(rounds)
        print(f"{name}: {rounds} rounds, {time.perf_counter() - start:.0f} s")
        print(f"  tau raw {tau[:, 0].mean():.3f}, deviation {tau[:, 1].mean():.3f}, adjusted {tau[:, 2].mean():.3f}")
        print(f"  adjusted - raw {gain.mean():+.3f} ± {1.96 * error:.3f}")
        print(f"  nearer {(gain > 0).sum()}, as near {(gain == 0).sum()}, less near {(gain < 0).sum()}")
        print(f"  of the first {FIRST}: raw {found[0]:.2f}, adjusted {found[1]:.2f}")
        print(f"  interval holds {np.mean([t.held for t in told]):.3f}")
        print(f"  stated→observed {calibration(told)}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
