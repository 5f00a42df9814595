"""The specification curve (명세 곡선): one factor in every sensible design, and whether chance gives such a curve.

Every design is a small dense problem; signs of clusters are drawn once and shared by all designs, so that designs
made from the same data stay as alike in the draws as they are in truth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sigun.analysis.regression.observations import Observations
from sigun.analysis.resampling.rows import Effects, ready_rows
from sigun.analysis.resampling.scores import Scores, scores_of
from sigun.analysis.resampling.signs import Signs, cluster_signs
from sigun.analysis.resampling.wild import moments
from sigun.analysis.statistics.arrays import BoolArray, FloatArray
from sigun.errors import MethodError
from sigun.text import N_, say

ALPHA = 0.05
TIE = 1e-6  # t nearer than this, relative, are the same: they are kept in single precision


@dataclass(frozen=True, slots=True)
class Spec:
    """One design: what is regressed, with which effects, and which column is the factor."""

    obs: Observations  # clusters numbered alike over all designs (regions, where there are no clusters)
    effects: Effects
    j: int


@dataclass(frozen=True, slots=True)
class Joint:
    """The curve as a whole against no effect in any design."""

    specs: int  # designs that could be fitted
    sign: int  # +1 or −1: of most designs
    same_sign: float  # share of designs with it
    significant: float  # share of designs with it and p at most .05
    median_t: float  # t after widening
    p_significant: float  # chance gives as large a share
    p_median: float  # chance gives as large a median t, either way
    draws: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """Every design in the order given; NaN where the factor could not be told apart."""

    estimate: FloatArray  # (s,) units of that design
    low: FloatArray  # (s,) 95 %, by the draws' own t
    high: FloatArray
    p: FloatArray  # (s,) wild cluster bootstrap, widened where clusters move together
    joint: Joint


@dataclass(frozen=True, slots=True)
class _Fitted:
    estimate: float
    se: float  # widened
    t: FloatArray  # (1 + draws,) the data's own first; single precision


def fit_specs(specs: Sequence[Spec], draws: int = 499, *, rng: np.random.Generator) -> Curve:
    """Estimates, intervals and p of every design, and the joint tests.

    In every design the null is imposed and outcomes are made anew with signs by cluster, the same for all designs;
    the share of designs that come out significant with the commoner sign, and the median t, are set against what
    the draws give.

    Raises
    ------
    MethodError
        In no design can the factor be told apart.

    References
    ----------
    Simonsohn, Simmons & Nelson (2020), Nature Human Behaviour 4:1208–1214; signs by cluster as in `wild_cluster`.

    Examples
    --------
    >>> rng, region, period = np.random.default_rng(1), np.repeat(np.arange(20), 8), np.tile(np.arange(8), 20)
    >>> x = rng.normal(size=(160, 2))
    >>> y = x[:, 0] + rng.normal(size=160)
    >>> designs = [Spec(Observations(y, x[:, :k], region, period), "within_twoway", 0) for k in (1, 2)]
    >>> curve = fit_specs(designs, 199, rng=rng)
    >>> curve.joint.significant, curve.joint.p_median
    (1.0, 0.005)
    """
    prepared = [_prepared(spec) for spec in specs]
    usable = [scores for scores in prepared if scores is not None]
    if not usable:
        raise MethodError(
            say(N_("In no specification can the factor be told apart from the effects and the other columns.")),
            say(N_("specification curve")),
            say(N_("Take the factor out, or leave out what repeats it.")),
        )
    numbers = np.unique(np.concatenate([scores.clusters for scores in usable]))
    signs, exact = cluster_signs(len(numbers), draws, rng)
    signs = signs[1:] if exact else signs  # the first of all combinations is the data itself, which stands before
    fitted = [_fitted(s, signs[:, np.searchsorted(numbers, s.clusters)]) for s in usable]
    t = np.array([f.t for f in fitted])
    critical, p = _critical(t), _p_values(t)
    kept = np.array([scores is not None for scores in prepared])
    estimate, se = np.array([f.estimate for f in fitted]), np.array([f.se for f in fitted])
    low, high = estimate - critical * se, estimate + critical * se
    joint = _joint(t, critical, exact)
    return Curve(_placed(estimate, kept), _placed(low, kept), _placed(high, kept), _placed(p, kept), joint)


def _prepared(spec: Spec) -> Scores | None:
    try:
        return scores_of(ready_rows(spec.obs, spec.effects), spec.j)
    except MethodError:
        return None  # told by NaN: one design of many may well have nothing left of the factor


def _fitted(scores: Scores, signs: Signs) -> _Fitted:
    drawn = moments(scores, signs)
    spread = np.sqrt(drawn.aa)
    t = np.divide(drawn.a, spread, out=np.zeros(len(spread)), where=spread > 0)
    left = max(float((scores.residual**2).sum()), np.finfo(float).tiny)  # of a perfect fit nothing is left
    own = float(scores.outcome.sum()) / (np.sqrt(left) * scores.widening)
    t = np.concatenate([[own], t]) / np.sqrt(scores.small_sample) * np.sign(scores.unit)
    return _Fitted(scores.estimate, scores.standard_error * scores.widening, t.astype(np.float32))


def _critical(t: FloatArray) -> FloatArray:
    """(s,) the |t| above which lie at most 5 % of a design's row (s, 1 + draws), the data's own among them."""
    allowed = int(ALPHA * t.shape[1] + 1e-9)
    place = t.shape[1] - 1 - allowed
    return np.asarray(np.partition(np.abs(t), place, axis=1)[:, place], dtype=np.float64) * (1 + TIE)


def _p_values(t: FloatArray) -> FloatArray:
    size = np.abs(t)
    return np.asarray((size >= size[:, :1] * (1 - TIE)).mean(axis=1))


def _joint(t: FloatArray, critical: FloatArray, exact: bool) -> Joint:
    specs, drawn = t.shape
    positive, negative = (t > 0).sum(axis=0), (t < 0).sum(axis=0)
    up, down = (t > critical[:, None]).sum(axis=0), (t < -critical[:, None]).sum(axis=0)
    share = np.where(positive > negative, up, np.where(positive < negative, down, np.maximum(up, down))) / specs
    median = np.median(t, axis=0)
    sign = 1 if positive[0] >= negative[0] else -1
    return Joint(
        specs,
        sign,
        float(max(positive[0], negative[0]) / specs),
        float(share[0]),
        float(median[0]),
        float((share >= share[0]).mean()),
        float((np.abs(median) >= abs(median[0]) * (1 - TIE)).mean()),
        drawn - (0 if exact else 1),
        exact,
    )


def _placed(values: FloatArray, kept: BoolArray) -> FloatArray:
    """Values of the designs that could be fitted, in their places among all."""
    placed = np.full(len(kept), np.nan)
    placed[kept] = values
    return placed
