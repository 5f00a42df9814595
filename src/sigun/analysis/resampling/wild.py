"""The wild cluster bootstrap (와일드 군집 부트스트랩): how often chance, by whole clusters, gives a t as large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sigun.analysis.regression.observations import Observations
from sigun.analysis.resampling.rows import Effects, ready_rows
from sigun.analysis.resampling.scores import Scores, scores_of
from sigun.analysis.resampling.signs import Signs, cluster_signs, share_as_large
from sigun.analysis.statistics.arrays import FloatArray

MANY_CLUSTERS = 50  # from which a plan's `auto` does without the bootstrap
TIE = 1e-10  # squares of t nearer than this, relative, are the same t
PERFECT = 1e-20  # squared scores under which rounding is all that is left of the outcome, its length being one
BLOCK = 4096  # draws worked on at once
REACH = np.geomspace(0.05, 2000, 72)  # nulls tried on each side of the estimate, in its standard errors
ROUNDS = 9  # of narrowing an end of the interval, each to a 16th
ALPHA = 0.05  # intervals hold what is not rejected at this


@dataclass(frozen=True, slots=True)
class WildTest:
    """What `wild_cluster` found."""

    p: float  # two-sided, clusters taken as independent
    t: float  # of the estimate minus the null, clustered (CRV1)
    estimate: float  # outcome units per unit of the factor
    se: float  # CRV1
    draws: int
    exact: bool  # whether all combinations of signs were taken
    clusters: int
    widening: float  # by how much clusters moving together widen the standard error, at least 1
    p_wide: float  # two-sided, the data's t divided by it


@dataclass(frozen=True, slots=True)
class Interval:
    """Every null a test does not reject: its lowest and highest, infinite where none far away is rejected either."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """Of every draw, what gives its t at any null θ: (a − θb) / √(aa − 2θ·ab + θ²·bb), in the scores' own unit."""

    a: FloatArray  # (draws,) numerator
    b: FloatArray
    aa: FloatArray  # (draws,) sum of squared scores
    ab: FloatArray
    bb: FloatArray


def wild_cluster(
    obs: Observations,
    effects: Effects,
    j: int,
    null: float = 0.0,
    draws: int = 9999,
    *,
    rng: np.random.Generator,
) -> WildTest:
    """Test of one coefficient by the restricted wild cluster bootstrap (WCR, Rademacher signs).

    The outcome is made anew from the fit with the null imposed, each cluster's residuals keeping or turning their
    sign; every made outcome goes through the whole regression, effects of periods included, which a cluster's sign
    brings back; its t is clustered as the data's is. With 12 clusters or fewer all combinations are taken.

    Parameters
    ----------
    obs : rows; the test goes by `obs.cluster`.
    j : which column of `obs.x`.
    null : the coefficient that is put to the test.
    draws : when they are not enumerated.

    Raises
    ------
    MethodError
        The column or the outcome does not vary once all else is taken out; there is one cluster.

    References
    ----------
    Cameron, Gelbach & Miller (2008), Rev. Econ. Stat. 90:414–427; Roodman, Nielsen, MacKinnon & Webb (2019), Stata J.
    19:4–60; MacKinnon (2023), Fast cluster bootstrap methods for linear regression models, Econometrics & Statistics.

    Examples
    --------
    >>> region, period = np.repeat(np.arange(5), 2), np.tile([0, 1], 5)
    >>> x = np.where(period == 1, region, 0.0)
    >>> y = 2 * x + np.array([0, 1, 0, -1, 0, 1, 0, -1, 0, 1])
    >>> obs = Observations(y, x[:, None], region, period)
    >>> wild_cluster(obs, "within_twoway", 0, rng=np.random.default_rng(1)).p
    0.0625
    """
    scores = scores_of(ready_rows(obs, effects), j)
    signs, exact = cluster_signs(len(scores.clusters), draws, rng)
    return _test(scores, moments(scores, signs), exact, null)


def wild_interval(
    obs: Observations, effects: Effects, j: int, draws: int = 9999, *, rng: np.random.Generator, wide: bool = True
) -> Interval:
    """The 95 % interval of one coefficient, by putting every null to the test."""
    return wild_clusters(obs, effects, [j], draws, rng=rng, wide=wide)[0][1]


def wild_clusters(
    obs: Observations,
    effects: Effects,
    columns: Sequence[int],
    draws: int = 9999,
    *,
    rng: np.random.Generator,
    wide: bool = True,
) -> tuple[tuple[WildTest, Interval], ...]:
    """Tests against zero and 95 % intervals of several coefficients, with the same signs for all.

    With `wide` an interval holds the nulls that `p_wide` does not reject, else those `p` does not.
    """
    rows = ready_rows(obs, effects)
    signs, exact = cluster_signs(len(rows.starts), draws, rng)
    found = []
    for j in columns:
        scores = scores_of(rows, j)
        drawn = moments(scores, signs)
        widening = scores.widening if wide else 1.0
        found.append((_test(scores, drawn, exact, 0.0), _interval(scores, drawn, exact, widening)))
    return tuple(found)


def moments(scores: Scores, signs: Signs) -> Drawn:
    """What every draw of signs (draws, g) gives; nothing of it depends on the null."""
    blocks = [_moments(scores, block) for block in _blocks(signs)]
    return Drawn(*(np.concatenate(parts) for parts in zip(*blocks, strict=True)))


def p_values(scores: Scores, drawn: Drawn, exact: bool, nulls: FloatArray, widening: float = 1.0) -> FloatArray:
    """p of every null (m,), these in the scores' own unit; the data's t is divided by the widening."""
    as_large = _as_large(scores, drawn, nulls, widening)
    if exact:  # the data's own signs and their opposites are as large by nature; of a perfect fit, rounding hides it
        as_large = np.maximum(as_large, 2.0)
    return share_as_large(as_large, len(drawn.a), exact)


def _blocks(signs: Signs) -> Iterator[FloatArray]:
    for first in range(0, len(signs), BLOCK):
        yield signs[first : first + BLOCK].astype(np.float64)


def _moments(scores: Scores, signs: FloatArray) -> tuple[FloatArray, ...]:
    """A cluster's score is its own part, turned, less what the effects and factors of all clusters took along."""
    a = signs * scores.outcome - (signs @ scores.basis) @ scores.load.T
    b = signs * scores.factor - (signs @ scores.load) @ scores.load.T
    return signs @ scores.outcome, signs @ scores.factor, (a * a).sum(axis=1), (a * b).sum(axis=1), (b * b).sum(axis=1)


def _as_large(scores: Scores, drawn: Drawn, nulls: FloatArray, widening: float) -> FloatArray:
    """(m,) how many draws have a t as large as the data's. Products, not quotients: a draw may have no spread."""
    theta = nulls[:, None]
    own, own_square = float(scores.outcome.sum()), float((scores.residual**2).sum()) * widening**2
    numerator = (drawn.a - theta * drawn.b) ** 2 * own_square
    spread = drawn.aa - 2 * theta * drawn.ab + theta**2 * drawn.bb
    return np.asarray((numerator >= (1 - TIE) * (own - theta) ** 2 * spread).sum(axis=1), dtype=np.float64)


def _test(scores: Scores, drawn: Drawn, exact: bool, null: float) -> WildTest:
    nulls = np.array([null / scores.unit])
    p, wide = (float(p_values(scores, drawn, exact, nulls, w)[0]) for w in (1.0, scores.widening))
    se = scores.standard_error
    t = (scores.estimate - null) / se if se > 0 else float("inf")
    return WildTest(p, t, scores.estimate, se, len(drawn.a), exact, len(scores.clusters), scores.widening, wide)


def _interval(scores: Scores, drawn: Drawn, exact: bool, widening: float) -> Interval:
    if float((scores.residual**2).sum()) < PERFECT:
        return Interval(scores.estimate, scores.estimate)
    low, high = (_end(scores, drawn, exact, widening, side) for side in (-1.0, 1.0))
    return Interval(low * scores.unit, high * scores.unit)


def _end(scores: Scores, drawn: Drawn, exact: bool, widening: float, side: float) -> float:
    """The farthest null on this side that is not rejected: first on a coarse net, then ever finer around it."""
    centre, step = float(scores.outcome.sum()), scores.standard_error / scores.unit
    net = np.concatenate([[0.0], REACH])
    for rounds in range(ROUNDS + 1):
        kept = p_values(scores, drawn, exact, centre + side * step * net, widening) > ALPHA
        last = int(np.flatnonzero(kept)[-1]) if kept.any() else 0
        if last == len(net) - 1 and rounds == 0:
            return side * float("inf")
        net = np.linspace(net[last], net[min(last + 1, len(net) - 1)], 17)
    return float(centre + side * step * net[0])
