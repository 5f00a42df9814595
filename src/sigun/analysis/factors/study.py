"""The whole study (요인 분석의 순서): gates, models, tests, checks. Nothing is judged yet, or put into words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sigun.analysis.factors.checks import inflation
from sigun.analysis.factors.estimates import POISSON, Estimated
from sigun.analysis.factors.evidence import INSIDE, Trial, Tried, counted
from sigun.analysis.factors.gates import NotTestable, by_absence, by_making, by_outcome, nothing_left, refusals
from sigun.analysis.factors.inference import Told, honest
from sigun.analysis.factors.influence import LeftOut, leave_out
from sigun.analysis.factors.lags import leads, other_lags
from sigun.analysis.factors.models import Model, model_of, samples
from sigun.analysis.factors.natural import Scale, scale_of
from sigun.analysis.factors.sample import Sample
from sigun.analysis.factors.terms import Term, terms_of
from sigun.analysis.factors.wide import PER, Wide, wide_of
from sigun.errors import require
from sigun.panel.regional.model import RegionPanel
from sigun.plan.steps.factors import FactorAnalysis


@dataclass(frozen=True)
class Study:
    """Everything that was looked at, in the order it was."""

    step: FactorAnalysis
    outcome: tuple[str, str, str]  # column, title, unit
    terms: tuple[Term, ...]  # factors and controls as asked
    wide: Wide
    refused: Mapping[Term, NotTestable]  # by gates
    models: tuple[Model, ...]
    told: Mapping[tuple[str, str], tuple[Told, ...]]  # (model, estimator) -> every coefficient
    tried: Tried
    lags: tuple[tuple[Term, Told, int], ...]  # other lags and leads: factor, told, rows
    vif: Mapping[Term, float]
    condition: float
    left_out: Mapping[str, LeftOut]  # model -> each region left out

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the panel that are looked at, each once."""
        return tuple(dict.fromkeys([self.outcome[0], *(t.variable for t in self.terms)]))

    @property
    def factors(self) -> tuple[Term, ...]:
        """The factors as asked."""
        return tuple(t for t in self.terms if t.kind == "factor")

    @property
    def scale(self) -> Scale:
        """How changes of the outcome are told."""
        poisson = self.first.main is not None and self.first.main.estimator == POISSON
        return scale_of(self.outcome[2], "log" if poisson else self.step.outcome.transform)

    @property
    def asked(self) -> tuple[Term, ...]:
        """The terms no gate refused before a row was counted."""
        return tuple(t for t in self.terms if any(t in m.sample.terms for m in self.models))

    @property
    def first(self) -> Model:
        """The model checks are made on: the only one, or the first of several."""
        return self.models[0]

    def model(self, term: Term) -> Model | None:
        """The one that asks of that factor."""
        return next((m for m in self.models if m.asks(term)), None)

    def lead(self, term: Term) -> Told | None:
        """The test of its value after the outcome."""
        return next((told for t, told, _ in self.lags if t == term and told.term.lag < 0), None)


def study_of(step: FactorAnalysis, panel: RegionPanel, rng: np.random.Generator) -> Study:
    """Look at everything the plan asks.

    Raises
    ------
    MethodError, Several
        Nothing at all can be answered with these rows: every reason, each with its remedy.
    """
    terms = terms_of(step, panel)
    wide = wide_of(step, panel, every_column(step, terms))
    outcome = _outcome(step, panel)
    refused = {one.term: one for one in _refused(wide, terms)}
    rows = _rows(step, wide, terms, refused)
    require(nothing_left(refused.values(), outcome[1]) if not rows else ())
    require({str(e.what): e for sample in rows.values() for e in refusals(sample, outcome[1])}.values())
    models = tuple(model_of(step, name, sample) for name, sample in rows.items())
    for model in models:
        main = model.main
        refused |= {one.term: one for one in main.left_out} if main is not None else {}
    draws = rng.spawn(3)
    told = {key: one for m in models for key, one in _told(step, m, draws[0])}
    lags = tuple(one for m in models for one in _lags(step, m, wide, draws[1]))
    trials = [*_trials(models, told), *_lag_trials(models, lags)]
    vif, condition = _inflation(models)
    left = {m.name: leave_out(m.main) for m in models if m.main is not None and step.checks.leave_one_out == "region"}
    level = step.inference.multiplicity.q
    return Study(
        *(step, outcome, terms, wide, refused, models, told),
        *(counted(trials, level), lags, vif, condition, left),
    )


def every_column(step: FactorAnalysis, terms: Sequence[Term]) -> Iterator[Term]:
    """Terms at their main lag, at every other lag, and after the outcome."""
    by_variable = {name: group.lag[1:] for group in step.factors for name in group.variables}
    for term in terms:
        yield term
        if term.kind == "factor":
            yield from (term.at(lag) for lag in by_variable[term.variable])
            if step.checks.lead_placebo:
                yield term.at(-step.checks.lead_placebo)


def _outcome(step: FactorAnalysis, panel: RegionPanel) -> tuple[str, str, str]:
    known = panel.dictionary.set_index("variable")[["title", "unit"]].astype("str")
    title, unit = known.loc[step.outcome.variable]
    if step.exposure is None:
        return step.outcome.variable, title, unit
    people, of_these = known.loc[step.exposure]
    return step.outcome.variable, f"{title} ÷ {people}", f"{unit}/{PER} {of_these}"


def _refused(wide: Wide, terms: Sequence[Term]) -> Iterator[NotTestable]:
    made = list(by_making(terms))
    gone = {one.term for one in made}
    yield from made
    yield from by_absence(wide, [t for t in terms if t not in gone])


def _rows(
    step: FactorAnalysis, wide: Wide, terms: Sequence[Term], refused: dict[Term, NotTestable]
) -> dict[str, Sample]:
    """Rows of every model of the terms that are left; a factor that is the outcome itself goes out as well."""
    rows = samples(step, wide, [t for t in terms if t not in refused])
    same = [one for sample in rows.values() if len(sample.obs.y) for one in by_outcome(sample)]
    if not same:
        return rows
    refused |= {one.term: one for one in same}
    return samples(step, wide, [t for t in terms if t not in refused])


def _told(
    step: FactorAnalysis, model: Model, rng: np.random.Generator
) -> Iterator[tuple[tuple[str, str], tuple[Told, ...]]]:
    """Every coefficient by every estimator; cluster signs are drawn for those that look inside regions."""
    for found in model.found:
        drawn = rng if found is model.main or found.estimator in INSIDE else None
        yield (model.name, found.estimator), honest(found, step.inference, drawn)


def _lags(step: FactorAnalysis, model: Model, wide: Wide, rng: np.random.Generator) -> Iterator[tuple[Term, Told, int]]:
    yield from other_lags(step, model, wide, rng)
    yield from leads(step, model, wide, rng)


def _trials(models: Sequence[Model], told: Mapping[tuple[str, str], tuple[Told, ...]]) -> Iterator[Trial]:
    for (name, estimator), found in told.items():
        model = next(m for m in models if m.name == name)
        yield from (Trial(one.term, one, estimator, not model.dynamic) for one in found if model.asks(one.term))


def _lag_trials(models: Sequence[Model], lags: Sequence[tuple[Term, Told, int]]) -> Iterator[Trial]:
    """Other lags count as tried; a lead is a check, not a find."""
    for term, told, _ in lags:
        model = next(m for m in models if m.asks(term))
        if told.term.lag >= 0 and model.main is not None:
            yield Trial(term, told, model.main.estimator, not model.dynamic)


def _inflation(models: Sequence[Model]) -> tuple[dict[Term, float], float]:
    found: dict[Term, float] = {}
    conditions = [1.0]
    for main in _mains(models):
        each, condition = inflation(main)
        found |= dict(zip(main.terms, map(float, each), strict=True))
        conditions.append(condition)
    return found, max(conditions)


def _mains(models: Sequence[Model]) -> Iterator[Estimated]:
    return (m.main for m in models if m.main is not None)
