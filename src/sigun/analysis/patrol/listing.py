"""A patrol list by number of places (순찰 목록): the most expected first, some drawn at random, and what that meets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.forecast.score import hits
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class Listed:
    """The places of one list, in order: those expected to have most, then those drawn at random."""

    place: IntArray  # (k,)
    random: BoolArray  # (k,)


def choose_places(expected: FloatArray, size: int, random_share: float, rng: np.random.Generator) -> Listed:
    """The `size` places to visit: a share is drawn at random from those the forecast would leave out, against feedback.

    Parameters
    ----------
    expected : (n,) expected reports by place; ties go to the place that comes first.
    size : places on the list; at most n of them are listed.

    References
    ----------
    Ensign et al. (2018), Runaway feedback loops in predictive policing, PMLR 81.

    Examples
    --------
    >>> choose_places(np.array([1.0, 3.0, 2.0]), 2, 0.0, np.random.default_rng(1)).place.tolist()
    [1, 2]
    """
    size = min(size, len(expected))
    best, drawn = split(size, random_share)
    order = np.argsort(-expected, kind="stable")
    lot = rng.choice(order[best:], drawn, replace=False) if drawn else np.empty(0, np.int64)
    lot = lot[np.argsort(-expected[lot], kind="stable")]
    return Listed(np.concatenate([order[:best], lot]), np.arange(size) >= best)


def split(size: int, random_share: float) -> tuple[int, int]:
    """How many places of a list are chosen by the forecast, and how many drawn."""
    drawn = round(size * random_share)
    return size - drawn, drawn


def caught(score: FloatArray, came: FloatArray, size: int, random_share: float) -> float:
    """Reports that a list made by `score` would have met; the drawn places meet their expected number."""
    best, drawn = split(min(size, len(score)), random_share)
    met = hits(score, came, best) if best else 0.0
    left = len(score) - best
    return met + (float(came.sum()) - met) * drawn / left if left else met
