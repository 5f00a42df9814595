"""Region panels for tests of the factor analysis: columns put straight into a panel, as its making would leave them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from sigun.catalog.card import Card
from sigun.panel.regional.dictionary import COLUMNS
from sigun.panel.regional.losses import losses_table
from sigun.panel.regional.model import STATUS, RegionPanel
from sigun.plan.model import Plan
from sigun.plan.steps.factors import FactorAnalysis
from sigun.region.neighbours import Neighbours

FIRST = 2001


def panel_of(
    columns: Mapping[str, np.ndarray],
    units: Mapping[str, str] | None = None,
    more: Mapping[str, Mapping[str, Any]] | None = None,
    derived: Sequence[Mapping[str, Any]] = (),
    levels: Mapping[str, str] | None = None,
    provinces: int = 1,
    neighbours: Neighbours | None = None,
) -> RegionPanel:
    """A panel of (regions, years) columns, NaN not observed.

    `more`: further keys of a column's card (`moved_by`, `per`); `derived`: how the plan made some of the columns;
    `levels`: of columns told of larger regions; `provinces`: how many of these the regions are dealt into.
    """
    regions, years = next(iter(columns.values())).shape
    names = [f"r{g:03}" for g in range(regions)]
    frame = pd.DataFrame(
        {
            "region": np.repeat(names, years),
            "period": np.tile(pd.to_datetime([f"{FIRST + t}-01-01" for t in range(years)]).to_numpy(), regions),
        }
    ).astype({"region": "str", "period": "datetime64[us]"})
    for name, values in columns.items():
        frame[name] = np.asarray(values, dtype=np.float64).ravel()
        frame[name + STATUS] = pd.Series(np.where(frame[name].isna(), "not_observed", "observed"), dtype="str")
    made = {d["id"] for d in derived}
    plan = _plan([n for n in columns if n not in made], derived)
    return RegionPanel(
        plan=plan,
        cards={"t": _card([n for n in columns if n not in made], more or {})},
        frame=frame,
        units=_units(names, provinces),
        dictionary=_dictionary(columns, units or {}, levels or {}),
        lineage=pd.DataFrame(),
        losses=losses_table([]),
        checks=(),
        unmatched=pd.DataFrame(),
        findings=(),
        sources=pd.DataFrame(),
        changes=(),
        newest={},
        start=date(FIRST, 1, 1),
        end=date(FIRST + years, 1, 1),
        codes="",
        neighbours=neighbours,
    )


def step_of(factors: Sequence[str | Mapping[str, Any]], **more: Any) -> FactorAnalysis:
    """The step on `y`; a factor is a variable's name or a whole group. Quick unless said otherwise."""
    groups = [{"group": f, "variables": [f]} if isinstance(f, str) else dict(f) for f in factors]
    said: dict[str, Any] = {"method": "factors", "outcome": {"variable": "y"}, "factors": groups}
    return FactorAnalysis.model_validate(
        {**said, "explain": {"model": "none"}, "inference": {"draws": 499}, "robustness": None, **more}
    )


def _plan(variables: Sequence[str], derived: Sequence[Mapping[str, Any]]) -> Plan:
    asked = {"variables": [{"id": n, "table": "t"} for n in variables], "derived": list(derived), "base": "2022-12-31"}
    said = {"id": "made_up", "title": "t", "question": "q", "data": {"tables": ["t"]}}
    return Plan.model_validate({**said, "panel": asked, "steps": [{"method": "coverage"}]})


def _card(variables: Sequence[str], more: Mapping[str, Mapping[str, Any]]) -> Card:
    fields = [
        {"name": n, "id": n, "role": "value", "measure": "rate", "unit": "", "type": "number", **more.get(n, {})}
        for n in variables
    ]
    said = {"id": "t", "title": "t", "kind": "area_periods", "file": "t.csv", "reading": {"format": "csv"}}
    return Card.model_validate({**said, "fields": fields})


def _units(names: Sequence[str], provinces: int) -> pd.DataFrame:
    sido = [f"p{i * provinces // len(names)}" for i in range(len(names))]
    units = pd.DataFrame({"unit": names, "name": names, "full": names, "sido": sido, "sido_name": sido})
    return units.astype("str").assign(verified=True, x=np.nan, y=np.nan)


def _dictionary(columns: Mapping[str, np.ndarray], units: Mapping[str, str], levels: Mapping[str, str]) -> pd.DataFrame:
    rows = [
        {"variable": n, "title": n.upper(), "unit": units.get(n, ""), "level": levels.get(n, "sigungu")}
        for n in columns
    ]
    blank = {name: 0 if kind == "int64" else "" for name, kind in COLUMNS.items()}
    return pd.DataFrame([{**blank, **row} for row in rows], columns=list(COLUMNS)).astype(dict(COLUMNS))
