"""Region panels for tests: a cleaned table from a few lines of text, and the panel a plan makes of such tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pydantic import TypeAdapter

from sigun.catalog.card import Card
from sigun.catalog.snapshot import Snapshot
from sigun.panel.build import Material
from sigun.panel.regional.build import build_region_panel
from sigun.panel.regional.expression import GRID, TOLD, Taken
from sigun.panel.regional.model import RegionPanel
from sigun.plan.model import Plan
from sigun.plan.variables import Derived, Span
from sigun.region.codes import shipped

SPANS = {4: "year", 7: "month"}
DERIVED: TypeAdapter[tuple[Derived, ...]] = TypeAdapter(tuple[Derived, ...])


def table_of(text: str) -> pd.DataFrame:
    """시도 | 시군구 | period | value …, a line a row, as cleaning leaves them; `-` absent, `x` hidden, `p` provisional.

    A period of four digits is a year, of seven a month. The first line names the columns.
    """
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    names, rows = lines[0], lines[1:]
    frame = pd.DataFrame({n: pd.Series([r[i] for r in rows], dtype="str") for i, n in enumerate(names)})
    written = frame.pop("period")
    place = {
        n: frame.pop(n).replace({"": None}).astype("str") if n in frame else None for n in ("sido", "sigungu", "dong")
    }
    table = pd.DataFrame({"region": pd.Series(pd.NA, frame.index, dtype="str"), **place})
    table["period"] = pd.to_datetime(written).astype("datetime64[us]")
    table["span"] = written.str.len().map(SPANS)
    table["provisional"] = frame.apply(lambda row: any(v.endswith("p") for v in row), axis=1)
    for name in frame:
        table[name] = pd.to_numeric(frame[name].str.removesuffix("p").replace({"-": None, "x": None}))
        marks = frame[name].map({"-": "absent", "x": "suppressed"})
        if marks.notna().any():
            table[f"{name}__mark"] = marks
    return table.assign(source=np.int16(0))


def card_of(name: str, values: Mapping[str, str], **more: Any) -> Card:
    """A card whose value columns have these measures: {"births": "flow"}; `flow 명` gives the unit, too."""
    fields = [
        {
            "name": f"{v} 열",
            "id": v,
            "role": "value",
            "measure": m.split()[0],
            "unit": " ".join(m.split()[1:]),
            "type": "number",
        }
        for v, m in values.items()
    ]
    said = {"id": name, "title": f"표 {name}", "kind": "area_periods", "file": f"{name}.csv"}
    return Card.model_validate({**said, "reading": {"format": "csv"}, "fields": fields, **more})


def plan_of(panel: Mapping[str, Any], tables: list[str], **more: Any) -> Plan:
    """A plan of tables; the base date is the end of 2022 unless said."""
    said = {
        "id": "made_up",
        "title": "t",
        "question": "q",
        "data": {"tables": tables},
        "steps": [{"method": "coverage"}],
    }
    return Plan.model_validate({**said, "panel": {"base": "2022-12-31", **panel}, **more})


def material_of(folder: Path, tables: Mapping[str, tuple[Card, pd.DataFrame]]) -> Material:
    """Cards and their cleaned tables, laid as snapshots in a folder."""
    shots = {}
    for name, (_card, table) in tables.items():
        path = folder / f"{name}.parquet"
        table.to_parquet(path, index=False)
        shots[name] = Snapshot(path, "0" * 64, len(table), len(table), ())
    return Material({name: card for name, (card, _table) in tables.items()}, shots, shipped())


def region_panel_of(
    folder: Path, panel: Mapping[str, Any], tables: Mapping[str, tuple[Card, pd.DataFrame]], **more: Any
) -> RegionPanel:
    """The panel a plan makes of these tables."""
    plan = plan_of(panel, list(tables), **more)
    return build_region_panel(plan, material_of(folder, tables))


def values(panel: RegionPanel, name: str) -> dict[tuple[str, str], tuple[float | None, str]]:
    """(region's full name, year) -> value and status."""
    full = dict(zip(panel.units["unit"], panel.units["full"], strict=True))
    return {
        (full[r["region"]], str(r["period"].year)): (None if pd.isna(r[name]) else r[name], r[f"{name}__status"])
        for r in panel.frame.to_dict("records")
    }


def made_up_told(seed: int) -> tuple[pd.DataFrame, pd.DataFrame, list[Taken], tuple[Derived, ...], Span]:
    """A generated panel: what is told, the grid, the columns and what is derived from them."""
    rng = np.random.default_rng(seed)
    span: Span = ("year", "quarter", "month")[int(rng.integers(3))]
    months = {"year": 12, "quarter": 3, "month": 1}[span]
    regions = [f"{i:05}" for i in range(int(rng.integers(1, 12)))]
    n = int(rng.integers(1, 7))
    periods = pd.period_range(
        "2019-01", periods=n, freq={"year": "Y", "quarter": "Q", "month": "M"}[span]
    ).to_timestamp()
    grid = pd.DataFrame([(r, p, bool(rng.random() < 0.9)) for r in regions for p in periods], columns=list(GRID))
    taken, told = [], []
    for name, how in (("flow", "sum"), ("stock", "last"), ("level", "mean"), ("whole", None)):
        own = months if how is None else int(rng.choice([m for m in (1, 3, 12) if m <= months]))
        taken.append(Taken(name, how if own < months else None, months // own, own))  # type: ignore[arg-type]
        firsts = pd.date_range(periods[0], periods[-1] + pd.DateOffset(months=months - 1), freq=f"{own}MS")
        for region in regions:
            for first in firsts:
                if rng.random() < 0.95:
                    state = int(rng.choice(5, p=[0.8, 0.1, 0.03, 0.05, 0.02]))
                    value = float(rng.integers(0, 40)) if state < 2 else float("nan")
                    told.append((name, region, first, value, state))
    frame = pd.DataFrame(told, columns=list(TOLD)).astype(TOLD)
    at = periods[0].date().isoformat()
    said: list[dict[str, Any]] = [
        {"id": "a", "op": "lag", "of": "flow", "periods": 2},
        {"id": "b", "op": "change", "of": "stock"},
        {"id": "c", "op": "change", "of": "stock", "how": "percent"},
        {"id": "d", "op": "log", "of": "whole"},
        {"id": "e", "op": "sum", "of": ["flow", "whole"]},
        {"id": "f", "op": "rate", "of": "e", "per": "stock"},
        {"id": "g", "op": "share", "of": "flow", "among": "e"},
        {"id": "h", "op": "per_capita", "of": "whole", "population": "stock", "times": 1000},
        {"id": "i", "op": "rebase", "of": "level", "at": at},
        {"id": "j", "op": "deflate", "of": "whole", "by": "level", "at": at},
        {"id": "k", "op": "cohort_net", "of": "stock", "before": "whole"},
        {"id": "l", "op": "change", "of": "k"},
    ]
    return frame, grid, taken, DERIVED.validate_python(said), span
