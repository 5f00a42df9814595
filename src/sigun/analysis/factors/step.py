"""The factor analysis (요인 분석): one step of a plan, from the panel to a result. Associations, never effects."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sigun.analysis.factors.answer import answer_table
from sigun.analysis.factors.cautions import cautions
from sigun.analysis.factors.checks import panel_checks, unit_roots, variance_table
from sigun.analysis.factors.curve import curves_of
from sigun.analysis.factors.estimates import RANDOM
from sigun.analysis.factors.excluded import excluded_table, partly_table
from sigun.analysis.factors.facts import facts_of
from sigun.analysis.factors.influence import INFLUENCE, influence_rows
from sigun.analysis.factors.lags import LAGS, lag_row
from sigun.analysis.factors.learning import learned
from sigun.analysis.factors.models import fitted
from sigun.analysis.factors.neighbours import space_of
from sigun.analysis.factors.places import outline_table, places_table
from sigun.analysis.factors.power import power_table
from sigun.analysis.factors.replication import errors_table
from sigun.analysis.factors.study import Study, study_of
from sigun.analysis.factors.tables import ESTIMATES, TERMS, TRIED, estimate_row, table, term_row
from sigun.analysis.factors.wanting import missing_table
from sigun.analysis.statistics.threads import one_thread
from sigun.panel.regional.model import RegionPanel
from sigun.plan.steps.factors import FactorAnalysis
from sigun.result import Result, facts_table


def factors(step: FactorAnalysis, panel: RegionPanel, rng: np.random.Generator) -> Result:
    """Run the `factors` step of a plan.

    Raises
    ------
    MethodError, Several
        The data answer nothing of it: every reason, each with its remedy.
    """
    with one_thread():
        ours, drawn, shuffled, moved = rng.spawn(4)
        study = study_of(step, panel, ours)
        curves = curves_of(study, drawn)
        space = space_of(study, panel, moved)
        scores, importance = learned(study, shuffled)
        tables = {
            "answer": answer_table(study, curves),
            "terms": _terms(study),
            "estimates": table(_estimates(study), ESTIMATES),
            "errors": errors_table(study, panel),
            "tried": table(study.tried.rows(), TRIED),
            "lags": table(_lags(study), LAGS),
            "variance": variance_table(study.first.sample, study.outcome),
            "vif": _vif(study),
            "power": power_table(study),
            "panel_checks": _panel_checks(study),
            "unit_roots": unit_roots(study.first.sample, study.outcome[:2], step.checks.unit_root),
            "influence": table(_influence(study), INFLUENCE),
            "curve": curves.designs,
            "curve_summary": curves.summary_table(),
            "spatial": space.models,
            "spatial_repeated": space.repeated,
            "spatial_tests": space.tests,
            "explain_scores": scores,
            "importance": importance,
            "places": places_table(study, panel),
            "outline": outline_table(panel),
            "excluded": excluded_table(study.wide, study.models, study.outcome[:2]),
            "partly": partly_table(study.wide, study.models, study.outcome[:2]),
        }
        tables["missing_data"] = missing_table(study, tables, space)
        tables["facts"] = facts_table(facts_of(study, panel, tables, space))
        return Result("factors", "association", tables, tuple(cautions(study, panel, tables)))


def _terms(study: Study) -> pd.DataFrame:
    return table((term_row(t, _clusters(study, t)) for t in study.terms), TERMS)


def _clusters(study: Study, term: object) -> int:
    return next((one.clusters for told in study.told.values() for one in told if one.term == term), 0)


def _estimates(study: Study) -> Iterator[dict[str, object]]:
    for model in study.models:
        for found in model.found:
            yield from (estimate_row(found, told, model.name) for told in study.told[model.name, found.estimator])


def _lags(study: Study) -> Iterator[dict[str, object]]:
    """The main lag, the others, and after the outcome, in that order of time."""
    for term in study.factors:
        model = study.model(term)
        if model is None or model.main is None:
            continue
        rows = [lag_row(term, told, n) for t, told, n in study.lags if t == term]
        main = study.told[model.name, model.main.estimator]
        rows += [lag_row(term, one, len(model.sample.obs.y)) for one in main if one.term == term]
        yield from sorted(rows, key=lambda row: -int(str(row["lag"])))


def _vif(study: Study) -> pd.DataFrame:
    rows = [{"term": t.id, "title": t.title, "vif": v} for t, v in study.vif.items()]
    return table(rows, {"term": "str", "title": "str", "vif": "float64"})


def _panel_checks(study: Study) -> pd.DataFrame:
    first = study.first
    return panel_checks(first.main, fitted(RANDOM, first.sample), study.step.checks.cd)


def _influence(study: Study) -> Iterator[dict[str, object]]:
    names = dict(zip(study.wide.regions["unit"], study.wide.regions["name"], strict=True))
    for model in study.models:
        if model.main is not None and model.name in study.left_out:
            asked = tuple(t for t in model.main.terms if t.kind == "factor")
            yield from influence_rows(model.main, study.left_out[model.name], asked, names)
