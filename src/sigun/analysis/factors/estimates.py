"""Every estimator the plan asks for, on the same rows (추정): which columns each can tell, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sigun.analysis.factors.gates import LEFT, NotTestable, by_variation
from sigun.analysis.factors.sample import Sample
from sigun.analysis.factors.terms import Term
from sigun.analysis.factors.wide import COUNT, EXPOSURE
from sigun.analysis.regression.linear import between, first_difference, pooled, within_region, within_twoway
from sigun.analysis.regression.observations import LinearFit, Observations, rows_of
from sigun.analysis.regression.poisson import poisson
from sigun.analysis.regression.random_effects import random_effects
from sigun.analysis.resampling.rows import Effects
from sigun.analysis.statistics.arrays import BoolArray

LINEAR: Mapping[str, Callable[[Observations], LinearFit]] = {
    "pooled": pooled,
    "between": between,
    "within_region": within_region,
    "within_twoway": within_twoway,
    "first_difference": first_difference,
    "random_effects": lambda obs: random_effects(obs).fit,
}
EFFECTS: Mapping[str, Effects] = {
    "pooled": "pooled",
    "within_region": "within_region",
    "within_twoway": "within_twoway",
    "first_difference": "first_difference",
}
"""Estimators whose clusters may be drawn anew."""

POISSON = "poisson"
RANDOM = "random_effects"
ALL = (*LINEAR, POISSON)
VARIATION: Mapping[str, Effects] = {**EFFECTS, POISSON: "within_twoway"}

MAIN = ("within_twoway", "within_region", "first_difference", POISSON, "pooled")
"""The one that answers: the first of these the plan asks for. Effects of periods by default."""


@dataclass(frozen=True)
class Estimated:
    """What one estimator found."""

    estimator: str
    sample: Sample  # with the columns it can tell
    fit: LinearFit
    left_out: tuple[NotTestable, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """Term of each coefficient."""
        return self.sample.terms

    def again(self, obs: Observations, kept: BoolArray | None = None) -> LinearFit:
        """The same fit of the same rows clustered otherwise, or of some of them."""
        return fit_by(self.estimator, self.sample, obs, kept)

    def place(self, term: Term) -> int | None:
        """Which coefficient is that term's; none where the estimator cannot tell it."""
        return self.terms.index(term) if term in self.terms else None


def main_estimator(asked: Sequence[str], panel: bool) -> str:
    """The estimator behind the answer; with one period there is no change, and pooled is all there is."""
    return next((name for name in MAIN if name in asked), "within_twoway") if panel else "pooled"


def estimators_of(asked: Sequence[str], sample: Sample) -> tuple[str, ...]:
    """The linear ones of those asked, the main one first; between and within always stand side by side."""
    if not sample.panel:
        return ("pooled",)
    names = [main_estimator(asked, True), "between", *(n for n in asked if n in ALL)]
    return tuple(dict.fromkeys(names))


def estimate(estimator: str, sample: Sample) -> Estimated | None:
    """Fit it with every column it can tell; none where it has too few rows for them."""
    left_out = tuple(_untold(estimator, sample))
    gone = {one.term for one in left_out}
    kept = sample.only([t for t in sample.terms if t not in gone])
    if not kept.terms or _room(estimator, kept) < 1:
        return None
    kept = replace(kept, obs=replace(kept.obs, y=kept.column(COUNT))) if estimator == POISSON else kept
    return Estimated(estimator, kept, fit_by(estimator, kept, kept.obs), left_out)


def fit_by(estimator: str, sample: Sample, obs: Observations, kept: BoolArray | None = None) -> LinearFit:
    """Fit these observations of the sample's rows, or some of them."""
    rows = np.ones(len(obs.y), dtype=bool) if kept is None else kept
    some = obs if kept is None else rows_of(obs, kept)
    return poisson(some, sample.column(EXPOSURE)[rows]).fit if estimator == POISSON else LINEAR[estimator](some)


def _untold(estimator: str, sample: Sample) -> Iterator[NotTestable]:
    if estimator in VARIATION:
        return by_variation(sample.obs, sample.terms, VARIATION[estimator])
    obs = means(sample.obs) if estimator in ("between", "random_effects") else sample.obs  # the latter needs the former
    return by_variation(obs, sample.terms, "pooled")


def means(obs: Observations) -> Observations:
    """One row a region: means over its periods."""
    n = int(obs.region.max()) + 1
    counts = np.bincount(obs.region, minlength=n)
    columns = np.column_stack([obs.y, obs.x])
    sums = np.column_stack([np.bincount(obs.region, column, n) for column in columns.T])
    mean = sums / counts[:, None]
    number = np.arange(n)
    mean = np.where(np.abs(mean) < LEFT * np.abs(columns).max(axis=0, initial=0) * LEFT, 0.0, mean)
    return Observations(mean[:, 0], mean[:, 1:], number, np.zeros(n, np.int64))


def _room(estimator: str, sample: Sample) -> int:
    """Rows left over once effects and coefficients are counted."""
    n, k, regions, periods = len(sample.obs.y), len(sample.terms), len(sample.regions), sample.periods
    taken = {
        "pooled": 1,
        "between": n - regions + 1,
        "within_region": regions,
        "within_twoway": regions + periods - 1,
        "first_difference": regions + periods - 1,
        "random_effects": n - regions + 1,
        POISSON: regions + periods - 1,
    }
    return n - taken[estimator] - k
