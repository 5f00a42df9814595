"""Made-up rounds of reviewing with planted bias: what is true is known, so that means can be held against it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.council.review.arrays import FloatArray
from sigun.council.review.assign import assign
from sigun.council.review.sheets import Tally


@dataclass(frozen=True)
class Planted:
    """How a round is made up; spreads in points."""

    proposals: int = 24
    reviewers: int = 12
    each: int = 3
    quality: float = 8.0
    level: float = 8.0  # how much reviewers differ in strictness
    noise: float = 6.0
    heavy: bool = False  # strictness and noise with long tails, and quality in two heaps, no bell curves


def make_round(planted: Planted, rng: np.random.Generator) -> tuple[FloatArray, Tally]:
    """The true points of the proposals (proposals,), and the sheets they got from biased reviewers."""
    shape = (planted.proposals, planted.reviewers)
    own = rng.random(shape) < 0.05  # some may not read some
    given = assign(own, planted.each, rng).given.astype(float)
    truth = 65 + planted.quality * _heaps(planted.proposals, rng, planted.heavy)
    level = planted.level * _tails(planted.reviewers, rng, planted.heavy)
    noise = planted.noise * _tails(given.size, rng, planted.heavy).reshape(shape)
    return truth, Tally(given, given * np.clip(truth[:, None] + level + noise, 0, 100))


def _tails(n: int, rng: np.random.Generator, heavy: bool) -> FloatArray:
    """Spread 1 either way; Student's t with 4 degrees of freedom has spread √2."""
    return rng.standard_t(4, n) / np.sqrt(2) if heavy else rng.standard_normal(n)


def _heaps(n: int, rng: np.random.Generator, heavy: bool) -> FloatArray:
    """Two heaps of spread 0.6 around ±0.8 together have spread 1."""
    return rng.choice([-0.8, 0.8], n) + 0.6 * rng.standard_normal(n) if heavy else rng.standard_normal(n)
