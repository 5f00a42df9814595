"""References (출처 표시): `trend:facts[total].number` names one value of one run, and is found again by that name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from sigun.report.finished import Finished

CONTRACT: Mapping[str, Any] = {
    "interval": 0.9,
    "interval_of": {"factors": 0.95, "effect": 0.95, "before_after": 0.95},
    "rate_days": 30,
    "average": 1,
    "alike": 1,
    "unrelated": 0,
    "opposite": -1,
}
"""What docs/reference/results.md promises: the level of `low` and `high` (of some methods another one), the days of a
monthly rate, the average that an index of the rhythm is set against, and the ends and the middle of a correlation."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "facts": ("name",),
    "coverage:variables": ("variable",),
    "coverage:availability": ("variable", "period"),
    "coverage:gaps": ("variable", "sido"),
    "coverage:check_totals": ("kind", "card", "column", "source"),
    "coverage:findings": ("order",),
    "coverage:sources": ("id",),
    "quality:findings": ("order",),
    "quality:sources": ("id",),
    "trend:months": ("month",),
    "trend:years": ("year",),
    "trend:regimes": ("start",),
    "rhythm:profiles": ("cycle", "position"),
    "kinds:kinds": ("kind",),
    "kinds:by_region": ("region", "kind"),
    "kinds:by_year": ("year", "kind"),
    "hotspot:cells": ("cell_x", "cell_y"),
    "hotspot:areas": ("region",),
    "same_vehicle:clusters": ("reports",),
    "same_vehicle:knox": ("reports", "metres_to", "days_to"),
    "duration:years": ("year",),
    "duration:outcomes": ("outcome",),
    "area_factors:associations": ("variable",),
    "area_factors:periods": ("variable",),
    "area_factors:areas": ("region",),
    "occurrence:effects": ("variable",),
    "occurrence:left_out": ("variable",),
    "occurrence:spatial": ("model",),
    "occurrence:comparison": ("model",),
    "occurrence:influence": ("variable",),
    "occurrence:areas": ("region",),
    "factors:terms": ("term",),
    "factors:answer": ("term",),
    "factors:estimates": ("model", "estimator", "term"),
    "factors:unit_roots": ("variable", "test", "form", "trend"),
    "factors:variance": ("variable",),
    "factors:vif": ("term",),
    "factors:power": ("term",),
    "factors:lags": ("term", "lag"),
    "factors:curve_summary": ("term",),
    "factors:spatial": ("model", "term"),
    "factors:spatial_tests": ("on", "test"),
    "factors:spatial_repeated": ("model", "effects", "term"),
    "factors:explain_scores": ("split", "model"),
    "factors:importance": ("split", "group"),
    "factors:places": ("region",),
    "effect:designs": ("design",),
    "effect:checks": ("design", "check"),
    "effect:treated": ("region",),
    "effect:events": ("design", "event_time"),
    "effect:aggregates": ("design", "aggregation", "at"),
    "effect:path": ("design", "event_time"),
    "effect:weights": ("design", "treated", "region"),
    "effect:sensitivity": ("design", "kind", "region"),
    "before_after:groups": ("group",),
    "before_after:areas": ("region",),
    "before_after:path": ("event_time",),
    "before_after:checks": ("check",),
    "before_after:sensitivity": ("region",),
    "summary:variables": ("variable", "period"),
    "summary:changes": ("variable",),
    "summary:by_sido": ("variable", "period", "sido"),
    "summary:values": ("variable", "region"),
    "summary:trend": ("variable", "period"),
    "weather:associations": ("variable",),
    "weather:bins": ("variable", "bin"),
    "forecast:cells": ("cell_x", "cell_y"),
    "forecast:areas": ("region", "region_x", "region_y"),
    "forecast:city": ("origin",),
    "forecast:settings": ("name",),
    "backtest:scores": ("mode", "model", "level", "measure"),
    "backtest:differences": ("mode", "model", "measure"),
    "backtest:limit": ("mode", "measure", "forecast"),
    "patrol:places": ("rank",),
    "patrol:capacity": ("hours", "places"),
    "patrol:days": ("day",),
    "patrol:routes": ("day", "order"),
    "patrol:shifts": ("shift_x", "shift_y"),
    "patrol:evenness": ("fifth",),
    "supply_demand:areas": ("region",),
    "supply_demand:sensitivity": ("setting",),
}
"""The columns that tell a table's rows apart; a table that is not named here is counted from `0`."""

_WRITTEN = re.compile(r"^(?P<source>\w+):(?P<table>\w+)\[(?P<key>.*)\]\.(?P<column>\w+)$", re.DOTALL)


@dataclass(frozen=True)
class Ref:
    """Where a value stands: a cell of a result's table, or a path into the plan, the manifest or the contract."""

    source: str  # a method, or plan | manifest | contract
    table: str  # empty for a path
    key: str  # of the row, or the path
    column: str = ""

    def __str__(self) -> str:
        return f"{self.source}:{self.table}[{self.key}].{self.column}" if self.table else f"{self.source}:{self.key}"


def read_ref(written: str) -> Ref:
    """The reference that is written so."""
    cell = _WRITTEN.match(written)
    if cell:
        return Ref(cell["source"], cell["table"], cell["key"], cell["column"])
    source, _, path = written.partition(":")
    return Ref(source, "", path)


def interval_level(method: str) -> Ref:
    """Where the level of a method's intervals is promised."""
    return Ref("contract", "", f"interval_of.{method}" if method in CONTRACT["interval_of"] else "interval")


def key_columns(method: str, table: str) -> tuple[str, ...]:
    """The columns whose values name a row of the table."""
    return KEYS.get(f"{method}:{table}", KEYS.get(table, ()))


def key_text(values: Iterable[Any]) -> str:
    """A row's key as it is written in a reference."""
    return "/".join(map(_plain, values))


def resolve(finished: Finished, ref: Ref) -> Any:
    """The value a reference names.

    Raises
    ------
    KeyError
        There is no such value in the run.
    """
    if not ref.table:
        return walk(_root(finished, ref.source), ref)
    result = finished.results[ref.source]
    if ref.table == "cautions":
        return result.cautions[int(ref.key)].template
    return _row(result.tables[ref.table], ref)[ref.column]


def _row(table: pd.DataFrame, ref: Ref) -> pd.Series[Any]:
    columns = [c for c in key_columns(ref.source, ref.table) if c in table.columns]
    if not columns:
        return table.iloc[int(ref.key)]
    for position, values in enumerate(table[columns].itertuples(index=False)):
        if key_text(values) == ref.key:
            return table.iloc[position]
    raise KeyError(str(ref))


def _root(finished: Finished, source: str) -> Any:
    if source == "plan":
        return finished.plan.model_dump(mode="json")
    return {"manifest": finished.manifest, "contract": CONTRACT}[source]


def walk(here: Any, ref: Ref) -> Any:
    """The value at a path.

    Raises
    ------
    KeyError
        There is no such value.
    """
    for name in ref.key.split("."):
        try:
            here = here[int(name)] if isinstance(here, list | tuple) else here[name]
        except (LookupError, TypeError, ValueError) as error:
            raise KeyError(str(ref)) from error
    return here


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.time().min else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
