"""Every sensible design along the plan's axes (명세의 축), fixed before anything is seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from sigun.analysis.factors.estimates import EFFECTS
from sigun.analysis.factors.sample import Sample, sample_of
from sigun.analysis.factors.study import Study
from sigun.analysis.factors.terms import Term
from sigun.analysis.factors.wide import LEVEL, OTHER, OUTCOME
from sigun.analysis.resampling.curve import Spec
from sigun.analysis.statistics.arrays import BoolArray

INSIDE = ("within_twoway", "first_difference")
"""Estimators whose designs are compared: those that look inside regions and periods. The others answer other questions,
and stand beside: between regions, or what moved over time everywhere."""

NEEDED = 3  # regions and periods a part of the rows must keep to be a design; both periods where there are but two


@dataclass(frozen=True)
class Design:
    """One choice on every axis."""

    lag: int
    transform: str  # level | log
    controls: str  # all | no_controls | alone | alone_with_controls
    weights: str  # none | a column
    sample: str  # all | complete | settled
    estimator: str
    periods: str  # all | earlier | later


@dataclass(frozen=True)
class Fitted:
    """A design made ready for the batch."""

    design: Design
    spec: Spec
    unit: float  # by which its coefficient becomes one of the main design
    main: bool


def designs_of(study: Study, term: Term) -> list[Design]:
    """The main design first, then all others in a fixed order; evenly thinned where they are more than asked for."""
    step, model = study.step, study.model(term)
    if step.robustness is None or model is None or model.main is None:
        return []
    axes = _choices(study, term, model.main.estimator)
    chosen = [axes[name] if name in step.robustness.axes else axes[name][:1] for name in axes]
    every = [Design(**dict(zip(axes, choice, strict=True))) for choice in product(*chosen)]
    most = max(1, step.robustness.max_specs // max(1, len(study.factors)))
    if len(every) <= most:
        return every
    places = np.unique(np.linspace(0, len(every) - 1, most).astype(int))
    return [every[i] for i in places]


def _choices(study: Study, term: Term, main: str) -> Mapping[str, tuple[Any, ...]]:
    """By axis, in the order of `Design`, the main choice first."""
    step = study.step
    lags = next(g.lag for g in step.factors if term.variable in g.variables)
    positive = bool((study.wide.frame[LEVEL].dropna() > 0).all())
    other = "log" if step.outcome.transform == "level" else "level"
    controls = any(t.kind == "control" for t in study.terms)
    several = len([t for t in study.terms if t.kind == "factor"]) > 1 and step.together != "one"
    sets = ["all", *(["no_controls"] if controls and several else []), *(["alone_with_controls"] if several else [])]
    sets += ["alone"] if controls or (several and not controls) else []
    if several and not controls:
        sets.remove("alone_with_controls")
    dynamic = any(t.earlier for t in study.terms)  # changes hold the error that the earlier outcome holds, too
    inside = [e for e in INSIDE if e in step.estimators and e != main and not dynamic]
    return {
        "lag": tuple(lags),
        "transform": (step.outcome.transform, *([other] if positive else [])),
        "controls": tuple(sets),
        "weights": ("none", *([step.weight] if step.weight else [])),
        "sample": ("all", "complete", "settled"),
        "estimator": (main, *inside) if main in EFFECTS and main != "pooled" else (main,),
        "periods": ("all", "earlier", "later"),
    }


def fitted(study: Study, term: Term, designs: Sequence[Design]) -> Iterator[Fitted]:
    """Designs made into rows; one whose rows are those of another design already there is left out."""
    seen: set[tuple[object, ...]] = set()
    for design in designs:
        sample = _rows(study, term, design)
        if sample is None:
            continue
        key = (replace(design, sample=""), len(sample.obs.y), sample.regions)
        if key in seen:
            continue
        seen.add(key)
        own = term.at(design.lag)
        by_larger = term.repeated or study.step.inference.cluster == "sido"
        cluster = sample.larger if by_larger else sample.place
        obs = replace(sample.obs, cluster=cluster, weight=_weights(sample, design))
        unit = _unit(study, design, sample)
        yield Fitted(design, Spec(obs, EFFECTS[design.estimator], sample.terms.index(own)), unit, design == designs[0])


def _rows(study: Study, term: Term, design: Design) -> Sample | None:
    model = study.model(term)
    assert model is not None and model.main is not None  # only such terms have designs
    own = term.at(design.lag)
    columns = [own if t == term else t for t in _columns(model.main.terms, term, design)]
    outcome = OUTCOME if design.transform == study.step.outcome.transform else OTHER
    also = [design.weights] if design.weights != "none" else []
    sample = sample_of(study.wide, columns, outcome, also)
    kept = _kept(sample, design)
    sample = sample if kept.all() else sample.some(kept)
    periods = min(NEEDED, model.sample.periods)
    return sample if len(sample.regions) >= NEEDED and sample.periods >= periods else None


def _columns(terms: Sequence[Term], term: Term, design: Design) -> list[Term]:
    if design.controls == "all":
        return list(terms)
    if design.controls == "no_controls":
        return [t for t in terms if t.kind == "factor"]
    beside = [t for t in terms if t.kind == "control"] if design.controls == "alone_with_controls" else []
    return [term, *beside]


def _kept(sample: Sample, design: Design) -> BoolArray:
    """Rows of the part of the regions, and of the periods, that a design looks at."""
    obs = sample.obs
    kept = np.ones(len(obs.y), dtype=bool)
    if not len(obs.y):
        return kept
    seen = np.bincount(obs.region)
    if design.sample == "complete":
        kept &= (seen == seen.max())[obs.region]
    elif design.sample == "settled":  # without the regions whose outcome jumps most
        kept &= ~_jumpy(sample)[obs.region]
    middle = (int(obs.period.min()) + int(obs.period.max()) + 1) / 2
    if design.periods == "earlier":
        kept &= obs.period < middle
    elif design.periods == "later":
        kept &= obs.period >= middle
    return kept


def _jumpy(sample: Sample) -> BoolArray:
    """The twentieth of the regions whose outcome varies most over time."""
    obs = sample.obs
    n = len(sample.regions)
    seen = np.bincount(obs.region, minlength=n)
    mean = np.bincount(obs.region, obs.y, n) / seen
    spread = np.bincount(obs.region, (obs.y - mean[obs.region]) ** 2, n) / seen
    most = max(1, n // 20) if n >= 2 * NEEDED else 0
    jumpy = np.zeros(n, dtype=bool)
    jumpy[np.argsort(-spread, kind="stable")[:most]] = True
    return jumpy


def _weights(sample: Sample, design: Design) -> np.ndarray | None:
    """Each region's mean over its periods, so that the weight itself does not move."""
    if design.weights == "none":
        return None
    values, region = sample.column(design.weights), sample.obs.region
    mean = np.bincount(region, values) / np.bincount(region)
    return np.asarray(np.where(mean > 0, mean, np.nan)[region])


def _unit(study: Study, design: Design, sample: Sample) -> float:
    """A coefficient of a logarithm, times the outcome's mean, is one of the level; and the other way round."""
    if design.transform == study.step.outcome.transform:
        return 1.0
    mean = float(sample.column(LEVEL).mean())
    return mean if design.transform == "log" else 1.0 / mean
