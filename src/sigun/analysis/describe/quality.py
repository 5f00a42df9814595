"""Quality (품질): the panel's findings, sources and changes as tables, and the few figures every report opens with."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pandas as pd

from sigun.panel.model import Panel
from sigun.panel.reconcile import months_table, share_of
from sigun.plan.steps import Quality
from sigun.region.grid import unproject
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

SOURCE_COLUMNS = {
    "id": "str",
    "kind": "str",
    "title": "str",
    "file": "str",
    "sha256": "str",
    "rows": "int64",
    "publisher": "str",
    "licence": "str",
    "source": "str",
    "grade": "str",
    "owner": "str",
    "approval": "str",
    "made_up": "bool",
}
SECOND_COLUMNS = {
    "month": "object",
    "reports": "int64",
    "other": "int64",
    "both": "int64",
    "coverage": "float64",
    "low": "float64",
    "high": "float64",
    "other_coverage": "float64",
    "other_low": "float64",
    "other_high": "float64",
}


def quality(_step: Quality, panel: Panel, _rng: np.random.Generator) -> Result:
    """Run the `quality` step of a plan: nothing is computed anew, what the panel's making found is handed on."""
    tables = {
        "findings": findings_table(panel),
        "sources": sources_table(panel),
        "changes": changes_table(panel),
        "second_source": second_source_table(panel),
        "facts": facts_table(_facts(panel)),
    }
    return Result("quality", "description", tables, tuple(_cautions(panel)))


def findings_table(panel: Panel) -> pd.DataFrame:
    """One row a finding, in the order they were made; places in degrees."""
    columns = {
        "order": "int64",
        "kind": "str",
        "rows": "int64",
        "said": "str",
        "said_values": "str",
        "done": "str",
        "done_values": "str",
        "start": "object",
        "end": "object",
        "longitude": "float64",
        "latitude": "float64",
        "overruled": "bool",
    }
    rows = [
        {
            "order": order,
            "kind": f.kind,
            "rows": f.rows,
            **message_columns("said", f.said),
            **message_columns("done", f.done),
            "start": f.start,
            "end": f.end,
            "overruled": f.overruled,
        }
        for order, f in enumerate(panel.findings, 1)
    ]
    x, y = (np.array([getattr(f, axis) for f in panel.findings], dtype=float) for axis in ("x", "y"))
    longitude, latitude = unproject(x, y, panel.crs)
    table = pd.DataFrame(rows, columns=list(columns))
    here = np.isfinite(x)
    table["longitude"] = np.where(here, longitude.round(5), np.nan)
    table["latitude"] = np.where(here, latitude.round(5), np.nan)
    return table.astype(columns)


def sources_table(panel: Panel) -> pd.DataFrame:
    """One row a card the plan names."""
    return panel.sources.reindex(columns=list(SOURCE_COLUMNS)).astype(SOURCE_COLUMNS)


def changes_table(panel: Panel) -> pd.DataFrame:
    """What was dropped or changed on the way in, a row each."""
    rows = [{"card": card, **message_columns("said", said)} for card, said in panel.changes]
    return pd.DataFrame(rows, columns=["card", "said", "said_values"]).astype("str")


def second_source_table(panel: Panel) -> pd.DataFrame:
    """Month by month, what a second source and the reports have of each other; empty without one."""
    if panel.second is None:
        return pd.DataFrame(columns=list(SECOND_COLUMNS)).astype(SECOND_COLUMNS)
    return months_table(panel.second, panel.start)[list(SECOND_COLUMNS)].astype(SECOND_COLUMNS)


def message_columns(name: str, message: Message) -> dict[str, str]:
    """A message as two columns of a table: its template, and its values as JSON."""
    return {name: message.template, f"{name}_values": json.dumps(dict(message.values), ensure_ascii=False)}


def _facts(panel: Panel) -> Iterator[Fact]:
    events = panel.events
    kept = panel.reports()
    place = kept["place"].value_counts()  # a row that is left out everywhere is no row with an area only
    told = events["outcome"].notna()
    yield Fact("rows_read", _rows_read(panel), "rows")
    yield Fact("rows_kept", len(kept), "rows")
    yield from (Fact(f"rows_{name}", int(place.get(name, 0)), "rows") for name in ("point", "area", "none"))
    yield Fact("same_vehicle_share", _share(events["like"] >= 0))
    yield Fact("duplicate_share", _share(events["outcome"] == "duplicate"))
    yield Fact("holes", len(panel.holes), "holes")
    yield Fact("hole_days", sum((end - start).days for start, end in panel.holes), "days")
    yield Fact("regimes", len(panel.regimes), "times")
    if told.any():
        yield Fact("confirmed_share", _share(events.loc[told, "outcome"] == "confirmed"))
    yield from _second_facts(panel)


def _second_facts(panel: Panel) -> Iterator[Fact]:
    """How much of the second source is among the reports: over all common days, and outside the holes."""
    both = panel.second
    if both is None:
        return
    holes = [((a - panel.start).days, (b - panel.start).days) for a, b in panel.holes]
    keep = both.outside(holes)
    for name, days in (("second_coverage", np.ones(both.days, dtype=bool)), ("second_coverage_outside", keep)):
        found, records = both.covered(days)
        if records:
            share, low, high = share_of(found, records)
            yield Fact(name, share, "share", low, high)
    yield Fact("second_records", int(both.theirs.sum()), "rows")
    yield Fact("second_in_holes", int(both.theirs[~keep].sum()), "rows")
    yield Fact("days_only_second", int((keep & (both.ours == 0) & (both.theirs > 0)).sum()), "days")
    yield Fact("days_only_reports", int((keep & (both.ours > 0) & (both.theirs == 0)).sum()), "days")


def _rows_read(panel: Panel) -> int:
    """Rows of the event file, whatever their date; where no file was read, the events."""
    sources = sources_table(panel)
    rows = sources.loc[sources["id"] == panel.plan.data.events, "rows"]
    return int(rows.iloc[0]) if len(rows) else len(panel.events)


def _share(yes: pd.Series) -> float:
    return float(yes.mean()) if len(yes) else 0.0


def _cautions(panel: Panel) -> Iterator[Message]:
    yield say(N_("A report is not a confirmed case: what is counted is what was reported."))
    overruled = sum(f.overruled for f in panel.findings)
    if overruled:
        yield say(N_("{n} findings were overruled by a person; they stay listed with the reason."), n=overruled)
