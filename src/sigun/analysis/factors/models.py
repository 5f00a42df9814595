"""Which columns are asked together (모형): all in one, a group at a time, or each by itself, with the controls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sigun.analysis.factors.estimates import Estimated, estimate, estimators_of, main_estimator
from sigun.analysis.factors.sample import Sample, sample_of
from sigun.analysis.factors.terms import Term
from sigun.analysis.factors.wide import Wide
from sigun.errors import MethodError
from sigun.plan.steps.factors import FactorAnalysis
from sigun.text import Message


@dataclass(frozen=True)
class Model:
    """One set of columns on its rows, by every linear estimator asked for."""

    name: str  # "" where all stand in one model; else of the group or the factor
    sample: Sample
    found: tuple[Estimated, ...]  # the main one first; estimators with too few rows are not in it

    @property
    def main(self) -> Estimated | None:
        """By the estimator behind the answer."""
        asked = main_estimator([e.estimator for e in self.found], self.sample.panel)
        return self.by(asked)

    @property
    def dynamic(self) -> bool:
        """Whether the outcome of an earlier period is among the columns."""
        return any(t.earlier for t in self.sample.terms)

    def by(self, estimator: str) -> Estimated | None:
        """By one estimator, or none."""
        return next((e for e in self.found if e.estimator == estimator), None)

    def asks(self, term: Term) -> bool:
        """Whether this model is the one that asks of that factor."""
        return term in self.sample.terms and term.kind == "factor"


def together(step: FactorAnalysis, terms: Sequence[Term]) -> Iterator[tuple[str, tuple[Term, ...]]]:
    """Name and columns of every model.

    A factor that the outcome itself moves (나쁜 통제변수) stands in none beside others: held equal, it would take from
    them what they do to the outcome.
    """
    controls = tuple(t for t in terms if t.kind == "control")
    factors = [t for t in terms if t.kind == "factor"]
    alone = factors if step.together == "one" else [t for t in factors if t.moved]
    beside = [t for t in factors if t not in alone]
    if step.together == "all" and beside:
        yield "", (*beside, *controls)
    elif step.together == "group":
        for name in dict.fromkeys(t.group for t in beside):
            yield name, (*(t for t in beside if t.group == name), *controls)
    yield from ((t.id, (t, *controls)) for t in alone)


def samples(step: FactorAnalysis, wide: Wide, terms: Sequence[Term]) -> dict[str, Sample]:
    """The rows of every model, by its name."""
    return {name: sample_of(wide, columns) for name, columns in together(step, terms) if columns}


def model_of(step: FactorAnalysis, name: str, sample: Sample) -> Model:
    """Fit one model by every estimator; an estimator that has no answer here is left out."""
    names = estimators_of(step.estimators, sample)
    found = (fitted(estimator, sample) for estimator in names)
    return Model(name, sample, tuple(one for one in found if one is not None))


def fitted(estimator: str, sample: Sample) -> Estimated | None:
    """One estimator on the rows of a model, or none where these do not tell it."""
    try:
        return estimate(estimator, sample)
    except MethodError:
        return None  # `why_untold` says it, where the plan asks for it


def why_untold(estimator: str, sample: Sample) -> tuple[Message, ...]:
    """Why an estimator tells nothing of these rows, and what to do; empty where rows alone are lacking."""
    try:
        estimate(estimator, sample)
    except MethodError as problem:
        return problem.messages()
    return ()
