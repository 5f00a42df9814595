"""When it shows (시차): the factor earlier, as the plan asks, and after the outcome, where none should show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sigun.analysis.factors.estimates import estimate
from sigun.analysis.factors.inference import Told, honest
from sigun.analysis.factors.models import Model
from sigun.analysis.factors.sample import sample_of
from sigun.analysis.factors.terms import Term
from sigun.analysis.factors.wide import Wide
from sigun.errors import MethodError
from sigun.plan.steps.factors import FactorAnalysis

LAGS = {
    "term": "str",
    "title": "str",
    "lag": "int64",
    "estimate": "float64",
    "se": "float64",
    "low": "float64",
    "high": "float64",
    "p": "float64",
    "n": "int64",
}


def other_lags(
    step: FactorAnalysis, model: Model, wide: Wide, rng: np.random.Generator
) -> Iterator[tuple[Term, Told, int]]:
    """Each factor of the model at each other lag in place of its main one, all else as it is: term, told, rows."""
    by_variable = {name: group.lag[1:] for group in step.factors for name in group.variables}
    for term in model.sample.terms:
        for lag in by_variable.get(term.variable, ()) if term.kind == "factor" else ():
            other = term.at(lag)
            told = _asked(step, model, wide, [other if t == term else t for t in model.sample.terms], [other], rng)
            yield from ((term, one, n) for one, n in told)


def leads(step: FactorAnalysis, model: Model, wide: Wide, rng: np.random.Generator) -> Iterator[tuple[Term, Told, int]]:
    """Each factor's value after the outcome, beside the main one: an effect cannot come before its cause."""
    if not step.checks.lead_placebo:
        return
    for term in model.sample.terms:
        if term.kind == "factor":
            lead = term.at(-step.checks.lead_placebo)
            told = _asked(step, model, wide, [*model.sample.terms, lead], [lead], rng)
            yield from ((term, one, n) for one, n in told)


def _asked(
    step: FactorAnalysis,
    model: Model,
    wide: Wide,
    columns: Sequence[Term],
    of: Sequence[Term],
    rng: np.random.Generator,
) -> Iterator[tuple[Told, int]]:
    main = model.main
    if main is None or not model.sample.panel:
        return
    sample = sample_of(wide, columns)
    if len(sample.regions) < 2 or not sample.panel:
        return
    try:
        found = estimate(main.estimator, sample)
        for told in honest(found, step.inference, rng, of) if found is not None else ():
            yield told, len(sample.obs.y)
    except MethodError:
        return  # the rows left do not carry it: for a lead a caution says so


def lag_row(term: Term, told: Told, n: int) -> dict[str, object]:
    """A row of `lags`; negative: after the outcome."""
    return {
        "term": term.id,
        "title": term.title,
        "lag": told.term.lag,
        "estimate": told.estimate,
        "se": told.se,
        "low": told.low,
        "high": told.high,
        "p": told.p,
        "n": n,
    }
