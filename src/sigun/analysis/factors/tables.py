"""Tables of what was found (결과표): columns and their kinds, in one place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from sigun.analysis.factors.estimates import Estimated
from sigun.analysis.factors.inference import Told
from sigun.analysis.factors.terms import Term
from sigun.text import Message

TERMS = {
    "term": "str",
    "variable": "str",
    "title": "str",
    "unit": "str",
    "group": "str",
    "lag": "int64",
    "expect": "str",
    "kind": "str",
    "level": "str",
    "repeated": "bool",
    "clusters": "int64",
    "moved_by_outcome": "bool",
    "shares_denominator": "str",
    "holds_outcome": "bool",
}
ESTIMATES = {
    "estimator": "str",
    "model": "str",
    "term": "str",
    "title": "str",
    "estimate": "float64",
    "se": "float64",
    "low": "float64",
    "high": "float64",
    "p": "float64",
    "error": "str",
    "n": "int64",
    "regions": "int64",
    "periods": "int64",
    "df": "float64",
    "r2": "float64",
}
TRIED = {
    "term": "str",
    "title": "str",
    "lag": "int64",
    "estimator": "str",
    "question": "str",
    "p": "float64",
    "p_combined": "float64",
    "q": "float64",
}
POWER = {
    "term": "str",
    "title": "str",
    "se": "float64",
    "mde": "float64",
    "mde_step": "float64",
    "mde_share": "float64",
}


def table(rows: Iterable[Mapping[str, object]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Rows with these columns, of these kinds, even where there is none."""
    return pd.DataFrame(list(rows), columns=list(columns)).astype(dict(columns))


def term_row(term: Term, clusters: int) -> dict[str, object]:
    """A row of `terms`."""
    return {
        "term": term.id,
        "variable": term.variable,
        "title": term.title,
        "unit": term.unit,
        "group": term.group,
        "lag": term.lag,
        "expect": term.expect,
        "kind": term.kind,
        "level": term.level,
        "repeated": term.repeated,
        "clusters": clusters,
        "moved_by_outcome": term.moved,
        "shares_denominator": term.shared,
        "holds_outcome": term.contains or term.earlier,
    }


def estimate_row(found: Estimated, told: Told, model: str) -> dict[str, object]:
    """A row of `estimates`; an interval without an end has none."""
    return {
        "estimator": found.estimator,
        "model": model,
        "term": told.term.id,
        "title": told.term.title,
        "estimate": told.estimate,
        "se": told.se,
        "low": bounded(told.low),
        "high": bounded(told.high),
        "p": told.p,
        "error": told.kind,
        "n": len(found.fit.y),
        "regions": len(np.unique(found.fit.region)),
        "periods": len(np.unique(found.fit.period)),
        "df": told.df,
        "r2": found.fit.r2,
    }


def bounded(value: float) -> float:
    """An end of an interval; NaN where the interval has no end on that side."""
    return value if np.isfinite(value) else np.nan


def message(name: str, said: Message) -> dict[str, str]:
    """A message as two columns of a table."""
    return {name: said.template, f"{name}_values": json.dumps(dict(said.values), ensure_ascii=False)}


def messages(said: Iterable[Message]) -> str:
    """Messages as one cell."""
    return json.dumps([{"template": m.template, "values": dict(m.values)} for m in said], ensure_ascii=False)
