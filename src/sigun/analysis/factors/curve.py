"""The specification curve of every factor (명세 곡선): each in every sensible design along the axes of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from sigun.analysis.factors.designs import Fitted, designs_of, fitted
from sigun.analysis.factors.sizes import natural_step
from sigun.analysis.factors.study import Study
from sigun.analysis.factors.tables import bounded, table
from sigun.analysis.factors.terms import Term
from sigun.analysis.resampling.curve import Curve, fit_specs
from sigun.errors import MethodError

ALPHA = 0.05
CURVE = {
    "spec": "int64",
    "term": "str",
    "title": "str",
    "lag": "int64",
    "transform": "str",
    "controls": "str",
    "weights": "str",
    "sample": "str",
    "estimator": "str",
    "periods": "str",
    "estimate": "float64",
    "low": "float64",
    "high": "float64",
    "p": "float64",
    "main": "bool",
}
SUMMARY = {
    "term": "str",
    "title": "str",
    "specs": "int64",
    "same_sign": "float64",
    "significant": "float64",
    "median": "float64",
    "lowest": "float64",
    "highest": "float64",
    "joint_p": "float64",
}


@dataclass(frozen=True)
class Summary:
    """How a factor fared over the designs."""

    specs: int
    same_sign: float  # share with the sign of the main one
    significant: float  # share significant with that sign
    median: float  # in units of the answer
    lowest: float
    highest: float
    joint_p: float


@dataclass(frozen=True)
class Curves:
    """The designs of all factors, and how each factor fared."""

    designs: pd.DataFrame
    summary: Mapping[Term, Summary]

    def summary_table(self) -> pd.DataFrame:
        """One row a factor."""
        return table(({"term": t.id, "title": t.title, **asdict(s)} for t, s in self.summary.items()), SUMMARY)


def curves_of(study: Study, rng: np.random.Generator) -> Curves:
    """The curve of every factor that was tested."""
    rows: list[dict[str, object]] = []
    summary: dict[Term, Summary] = {}
    for term in study.factors:
        if not _estimated(study, term):
            continue
        ready = list(fitted(study, term, designs_of(study, term)))
        curve = _drawn(study, ready, rng)
        if curve is not None:
            told = _in_units(study, term, ready, curve)
            rows += _rows(term, ready, told, curve)
            summary[term] = _summary(ready, told, curve)
    return Curves(table(rows, CURVE), summary)


def _estimated(study: Study, term: Term) -> bool:
    """Whether the estimator behind the answer could tell the factor at all: one that never changes is left out."""
    model = study.model(term)
    return model is not None and model.main is not None and term in model.main.terms


def _drawn(study: Study, ready: Sequence[Fitted], rng: np.random.Generator) -> Curve | None:
    if not ready or study.step.robustness is None:
        return None
    try:
        return fit_specs([f.spec for f in ready], study.step.robustness.draws, rng=rng)
    except MethodError:
        return None  # the factor is told apart in no design; the gates have said why


def _in_units(study: Study, term: Term, ready: Sequence[Fitted], curve: Curve) -> np.ndarray:
    """(3, s) estimates and interval ends in units of the answer."""
    step = natural_step(study, term)
    scale = study.scale
    unit = np.array([f.unit for f in ready]) * step.change
    return np.array([[scale.told(v) for v in values * unit] for values in (curve.estimate, curve.low, curve.high)])


def _rows(term: Term, ready: Sequence[Fitted], told: np.ndarray, curve: Curve) -> Iterator[dict[str, object]]:
    for i, one in enumerate(ready):
        if np.isfinite(told[0, i]):
            yield {
                "spec": i,
                "term": term.id,
                "title": term.title,
                **asdict(one.design),
                "estimate": told[0, i],
                "low": bounded(told[1, i]),
                "high": bounded(told[2, i]),
                "p": float(curve.p[i]),
                "main": one.main,
            }


def _summary(ready: Sequence[Fitted], told: np.ndarray, curve: Curve) -> Summary:
    there = np.isfinite(told[0])
    values, p = told[0][there], curve.p[there]
    main = next((told[0, i] for i, f in enumerate(ready) if f.main and there[i]), float(np.median(values)))
    same = values * main > 0
    return Summary(
        specs=int(there.sum()),
        same_sign=float(same.mean()),
        significant=float((same & (p <= ALPHA)).mean()),
        median=float(np.median(values)),
        lowest=float(values.min()),
        highest=float(values.max()),
        joint_p=curve.joint.p_median,
    )
