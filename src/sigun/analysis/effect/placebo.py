"""Placebos (가짜 시행): what a design finds where nothing happened, and what that says of what it found.

With one or a few treated regions this takes the place of an error by clusters, which knows nothing then.
"""

from __future__ import annotations

import math

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray, IntArray

LEVEL = 0.95


def placebo_sets(donors: int, treated: int, draws: int, rng: np.random.Generator) -> IntArray:
    """(s, treated) places of donors that are taken for treated: each once where one is, else random sets.

    >>> placebo_sets(3, 1, 99, np.random.default_rng(1)).tolist()
    [[0], [1], [2]]
    """
    if treated == 1:
        return np.arange(donors)[:, None]
    return np.stack([rng.permutation(donors)[:treated] for _ in range(draws)])


def rank_p(found: float, placebos: FloatArray) -> float:
    """Share of the cases, the real one among them, that are as large: the p-value of the placebo test.

    References
    ----------
    Abadie, Diamond & Hainmueller (2010), JASA 105:493-505.

    Examples
    --------
    >>> rank_p(5.0, np.array([1.0, 2.0, 6.0]))
    0.5
    """
    return (1 + int((placebos >= found).sum())) / (1 + len(placebos))


def one_sided(direction: float, found: float, placebos: FloatArray) -> float:
    """The p-value of something as far in the direction of `direction`; placebos on either side count alike.

    >>> one_sided(1.0, 5.0, np.array([1.0, -2.0, 6.0])), one_sided(1.0, -5.0, np.array([1.0]))
    (0.25, 1.0)
    """
    ahead = float(np.sign(direction)) * found
    return rank_p(ahead, np.abs(placebos)) / 2 if ahead > 0 else 1.0


def bound(placebos: FloatArray, level: float = LEVEL) -> float:
    """The size that a placebo stays below with that chance, the real case counted in; infinite where they are too few.

    Examples
    --------
    >>> bound(np.arange(1.0, 20.0)), bound(np.arange(1.0, 19.0))
    (19.0, inf)
    """
    rank = math.ceil(round(level * (len(placebos) + 1), 9))
    return float(np.sort(np.abs(placebos))[rank - 1]) if rank <= len(placebos) else math.inf


def spread(placebos: FloatArray) -> float:
    """Standard deviation of the placebos: the published placebo error.

    References
    ----------
    Arkhangelsky et al. (2021), American Economic Review 111:4088-4118, algorithm 4.
    """
    return float(np.std(placebos))
