"""The answer, one row a factor (요인 분석의 답): verdict, reason, the effect of one step, and all beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from sigun.analysis.diagnostics.power import mde
from sigun.analysis.factors.curve import Curves
from sigun.analysis.factors.natural import Scale, Step, scale_of
from sigun.analysis.factors.sizes import natural_step
from sigun.analysis.factors.study import Study
from sigun.analysis.factors.tables import bounded, message, messages, table
from sigun.analysis.factors.terms import Term
from sigun.analysis.factors.verdicts import VERDICTS, Evidence, Find, Verdict, judge, notes

BESIDE = ("between", "pooled", "within_region", "within_twoway", "first_difference", "random_effects")
"""Estimators told beside the main one, each in the units of the answer."""

ANSWER = {
    "term": "str",
    "title": "str",
    "group": "str",
    "lag": "int64",
    "verdict": "str",
    "reason": "str",
    "reason_values": "str",
    "also": "str",
    "step": "float64",
    "step_unit": "str",
    "effect": "float64",
    "low": "float64",
    "high": "float64",
    "effect_unit": "str",
    "estimator": "str",
    "estimate": "float64",
    "p": "float64",
    "p_kind": "str",
    "q": "float64",
    "clusters": "int64",
    "same_sign": "float64",
    "surviving": "float64",
    "joint_p": "float64",
    **{f"{name}{end}": "float64" for name in BESIDE for end in ("", "_low", "_high", "_p")},
    "signs_differ": "bool",
    "vif": "float64",
    "mde": "float64",
    "lead_p": "float64",
    "loo_low": "float64",
    "loo_high": "float64",
    "expect": "str",
    "moved_by_outcome": "bool",
}


def evidence(study: Study, term: Term, curves: Curves) -> Evidence:
    """All that is known of one factor."""
    model = study.model(term)
    main = model.main.estimator if model is not None and model.main is not None else ""
    left = study.left_out.get(model.name) if model is not None else None
    place = model.main.place(term) if model is not None and model.main is not None else None
    ends = left.ends(place) if left is not None and place is not None else None
    refused = study.refused.get(term)
    summary = curves.summary.get(term)
    without = study.tried.find(term, "within_region") if main == "within_twoway" else None
    return Evidence(
        term=term,
        refused=refused.reason if refused is not None else None,
        main=study.tried.find(term, main),
        between=study.tried.find(term, "between"),
        pooled=study.tried.find(term, "pooled") if main != "pooled" else None,
        without_periods=without,
        vif=study.vif.get(term, float("nan")),
        vif_max=study.step.checks.vif_max,
        lead=study.lead(term),
        same_sign=summary.same_sign if summary is not None else None,
        joint_p=summary.joint_p if summary is not None else None,
        left_out=ends,
        panel=model.sample.panel if model is not None else study.first.sample.panel,
    )


def answer_table(study: Study, curves: Curves) -> pd.DataFrame:
    """One row a factor: by verdict, then by how much a step of it comes to."""
    rows = [dict(_row(study, term, curves)) for term in study.factors]
    found = table(rows, ANSWER)
    order = found.assign(rank=found["verdict"].map(VERDICTS.index), size=-found["effect"].abs())
    return order.sort_values(["rank", "size", "term"], ignore_index=True).drop(columns=["rank", "size"])


def _row(study: Study, term: Term, curves: Curves) -> Mapping[str, object]:
    known = evidence(study, term, curves)
    verdict, reason = judge(known)
    step, scale = natural_step(study, term), study.scale
    row: dict[str, object] = {
        "term": term.id,
        "title": term.title,
        "group": term.group,
        "lag": term.lag,
        "verdict": verdict,
        **message("reason", reason),
        "also": messages(notes(known)),
        "step": step.amount,
        "step_unit": step.unit,
        "effect_unit": scale.unit,
        "vif": known.vif,
        "expect": term.expect,
        "moved_by_outcome": term.moved,
        "lead_p": known.lead.p if known.lead is not None else np.nan,
        "signs_differ": verdict == "holds" and _differ(known.main, known.between),
        "clusters": 0,
        "estimator": "",
        "p_kind": "",
    }
    row |= _main(known, step, scale) | dict(_curve(curves, term)) | dict(_beside(study, term, step, scale))
    return _withheld(row, verdict)


def _main(known: Evidence, step: Step, scale: Scale) -> dict[str, object]:
    if known.main is None:
        return {}
    told = known.main.told
    left = known.left_out or (np.nan, np.nan)
    return {
        "estimate": told.estimate,
        "effect": scale.told(told.estimate * step.change),
        **_interval(told.low, told.high, step, scale),
        "estimator": known.main.estimator,
        "p": known.main.p,
        "p_kind": told.kind,
        "q": known.main.q,
        "clusters": told.clusters,
        "mde": scale.told(mde(told.se * told.widening, told.df) * step.change),
        "loo_low": scale.told(left[0] * step.change),
        "loo_high": scale.told(left[1] * step.change),
    }


def _interval(low: float, high: float, step: Step, scale: Scale, name: str = "") -> dict[str, object]:
    head = f"{name}_" if name else ""
    return {
        f"{head}low": scale.told(bounded(low) * step.change),
        f"{head}high": scale.told(bounded(high) * step.change),
    }


def _curve(curves: Curves, term: Term) -> Iterator[tuple[str, object]]:
    summary = curves.summary.get(term)
    if summary is not None:
        yield "same_sign", summary.same_sign
        yield "surviving", summary.significant
        yield "joint_p", summary.joint_p


def _beside(study: Study, term: Term, step: Step, scale: Scale) -> Iterator[tuple[str, object]]:
    """Of a count told in per cent, linear ones are so only with `transform: log`; else they stand in `estimates`."""
    if scale != scale_of(study.outcome[2], study.step.outcome.transform):
        return
    for name in BESIDE:
        told = study.tried.by(term, name)
        if told is not None:
            yield name, scale.told(told.estimate * step.change)
            yield from _interval(told.low, told.high, step, scale, name).items()
            yield f"{name}_p", told.p


def _differ(main: Find | None, between: Find | None) -> bool:
    """Whether both are finds, and of different sign. The sign of a find that does not hold is not told."""
    return bool(main and between and main.found and between.found and main.sign != between.sign)


def _withheld(row: dict[str, object], verdict: Verdict) -> dict[str, object]:
    """A factor that cannot be tested has no size to be read: what was computed stands in `estimates`."""
    if verdict == "not_testable":
        row |= dict.fromkeys(("effect", "low", "high", "loo_low", "loo_high"), np.nan)
    return row
