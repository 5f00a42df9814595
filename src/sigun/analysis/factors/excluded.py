"""Who could not be looked at, and for lack of what (빠진 지역): told by province."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from sigun.analysis.factors.models import Model
from sigun.analysis.factors.tables import table
from sigun.analysis.factors.terms import Term
from sigun.analysis.factors.wide import OUTCOME, Wide

EXCLUDED = {"sido": "str", "sido_name": "str", "regions": "int64", "names": "str", "variables": "str", "titles": "str"}
PARTLY = {"model": "str", **EXCLUDED}
NAMES = 12  # written out


def nowhere(wide: Wide, models: Sequence[Model]) -> frozenset[str]:
    """Regions that stand in no model."""
    return frozenset(wide.names).difference(*(m.sample.regions for m in models))


def excluded_table(wide: Wide, models: Sequence[Model], outcome: tuple[str, str]) -> pd.DataFrame:
    """Regions that stand in no model, one row a province and lack. `outcome`: its column and title."""
    terms = list(dict.fromkeys(t for m in models for t in m.sample.terms))
    return table(_by_province(wide, nowhere(wide, models), terms, outcome), EXCLUDED)


def partly_table(wide: Wide, models: Sequence[Model], outcome: tuple[str, str]) -> pd.DataFrame:
    """Regions that stand in some models and not in others, one row a model, province and lack."""
    out = nowhere(wide, models)
    rows = [
        {"model": m.name, **row}
        for m in models
        for row in _by_province(wide, frozenset(wide.names) - out - {*m.sample.regions}, m.sample.terms, outcome)
    ]
    return table(rows, PARTLY)


def _by_province(
    wide: Wide, regions: frozenset[str], terms: Sequence[Term], outcome: tuple[str, str]
) -> Iterator[dict[str, object]]:
    columns = {OUTCOME: outcome, **{t.id: (t.variable, t.title) for t in terms}}
    told = {name: _told(wide, name) for name in columns}
    here = wide.regions[wide.regions["unit"].isin(regions)]
    places = {name: i for i, name in enumerate(wide.names)}
    lacks = [tuple(dict.fromkeys(columns[c] for c in columns if not told[c][places[u]])) for u in here["unit"]]
    for (sido, sido_name, lack), group in here.assign(lack=lacks).groupby(["sido", "sido_name", "lack"], sort=True):
        names = list(group["name"])
        yield {
            "sido": sido,
            "sido_name": sido_name,
            "regions": len(group),
            "names": ", ".join(names[:NAMES]) + (" …" if len(names) > NAMES else ""),
            "variables": ", ".join(name for name, _ in lack),
            "titles": ", ".join(title for _, title in lack),
        }


def _told(wide: Wide, name: str) -> np.ndarray:
    """(regions,) whether a column is ever observed there."""
    known = np.isfinite(wide.columns[name])
    return np.bincount(wide.region, known, len(wide.names)) > 0
