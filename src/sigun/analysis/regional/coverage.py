"""Coverage (자료 점검): what of the panel is observed, what was lost on the way, which golden checks held."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sigun.analysis.describe.quality import SOURCE_COLUMNS, message_columns
from sigun.panel.regional.model import STATES, STATUS, RegionPanel
from sigun.panel.regional.span import written
from sigun.plan.steps import Coverage
from sigun.region.tiles import tiles
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

NATION = "00"
TOLD = ("observed", "provisional")
CHECK_COLUMNS = {
    "card": "str",
    "kind": "str",
    "column": "str",
    "period": "str",
    "place": "str",
    "expected": "float64",
    "found": "float64",
    "difference": "float64",
    "held": "bool",
    "source": "str",
    "untold": "int64",
}
NEWEST_COLUMNS = {
    "card": "str",
    "file": "str",
    "rows": "int64",
    "new_periods": "int64",
    "first": "str",
    "last": "str",
    "compared": "int64",
    "revised": "int64",
    "final": "int64",
    "new_regions": "int64",
    "gone_regions": "int64",
}
REVISED_COLUMNS = {
    "card": "str",
    "place": "str",
    "period": "str",
    "column": "str",
    "title": "str",
    "before": "float64",
    "after": "float64",
}
FINDING_COLUMNS = {
    "order": "int64",
    "kind": "str",
    "rows": "int64",
    "said": "str",
    "said_values": "str",
    "done": "str",
    "done_values": "str",
}


def coverage(_step: Coverage, panel: RegionPanel, _rng: np.random.Generator) -> Result:
    """Run the `coverage` step of a plan: nothing is computed anew, what the panel's making found is handed on."""
    tables = {
        "variables": panel.dictionary,
        "availability": availability_table(panel),
        "gaps": gaps_table(panel),
        "regions": regions_table(panel),
        "losses": panel.losses,
        "checks": checks_table(panel),
        "check_totals": check_totals(panel),
        "findings": findings_table(panel),
        "unmatched": panel.unmatched.astype("str").astype({"rows": "int64"}),
        "lineage": panel.lineage,
        "sources": panel.sources.reindex(columns=list(SOURCE_COLUMNS)).astype(SOURCE_COLUMNS),
        "changes": changes_table(panel),
        "newest": newest_table(panel),
        "revised": revised_table(panel),
        "facts": facts_table(_facts(panel)),
    }
    return Result("coverage", "description", tables, tuple(_cautions(panel)))


def availability_table(panel: RegionPanel) -> pd.DataFrame:
    """One row a column and period: regions in each state, and how many there are."""
    frame = panel.frame
    tables = []
    for name in panel.asked.ids():
        counts = pd.crosstab(frame["period"], frame[name + STATUS]).reindex(columns=list(STATES), fill_value=0)
        tables.append(counts.reset_index().assign(variable=name, regions=len(panel.units)))
    whole = pd.concat(tables, ignore_index=True)
    whole["period"] = [written(p, panel.span) for p in whole["period"]]
    return whole[["variable", "period", *STATES, "regions"]].astype({"variable": "str", "period": "str"})


def gaps_table(panel: RegionPanel) -> pd.DataFrame:
    """One row a column and 시도 with anything not observed: regions, regions never told, regions and periods."""
    sido = panel.units.set_index("unit")[["sido", "sido_name"]]
    frame = panel.frame.join(sido, on="region")
    rows = []
    for name in panel.asked.ids():
        missing = frame.assign(missing=frame[name].isna()).groupby(["sido", "sido_name", "region"])["missing"]
        by_region = missing.agg(["sum", "mean"]).reset_index()
        by_sido = by_region.groupby(["sido", "sido_name"]).agg(
            regions=("region", "size"), never=("mean", lambda m: int((m == 1).sum())), cells=("sum", "sum")
        )
        rows.append(by_sido[by_sido["cells"] > 0].reset_index().assign(variable=name))
    columns = {
        "variable": "str",
        "sido": "str",
        "sido_name": "str",
        "regions": "int64",
        "never": "int64",
        "cells": "int64",
    }
    return pd.concat(rows, ignore_index=True)[list(columns)].astype(columns)


def regions_table(panel: RegionPanel) -> pd.DataFrame:
    """One row a region: how many of its values (columns of tables, periods) are told, and its tile where it has one."""
    names = [f"{v.id}{STATUS}" for v in panel.asked.variables]
    told = panel.frame[names].isin(TOLD).sum(axis=1).groupby(panel.frame["region"]).sum()
    cells = panel.frame.groupby("region").size() * len(names)
    rows = panel.units[["unit", "name", "sido_name"]].rename(columns={"unit": "region"}).reset_index(drop=True)
    rows = rows.assign(told=rows["region"].map(told).fillna(0), cells=rows["region"].map(cells).fillna(0))
    places = tiles(rows["region"]) if panel.asked.unit == "sigungu" else pd.DataFrame(index=rows.index)
    columns = {"region": "str", "name": "str", "sido_name": "str", "told": "int64", "cells": "int64"}
    return rows.join(places.reindex(columns=["col", "row"])).astype({**columns, "col": "float64", "row": "float64"})


def checks_table(panel: RegionPanel) -> pd.DataFrame:
    """Every golden check that failed, and every one of a total, farthest off first within each."""
    rows = [
        {
            **{name: getattr(c, name) for name in CHECK_COLUMNS if name != "difference"},
            "difference": c.found - c.expected,
        }
        for c in panel.checks
        if not c.held or c.kind == "total_equals"
    ]
    table = pd.DataFrame(rows, columns=list(CHECK_COLUMNS)).astype(CHECK_COLUMNS)
    order = table.assign(size=-table["difference"].abs())
    return order.sort_values(["kind", "card", "column", "held", "size", "period", "place"], ignore_index=True).drop(
        columns="size"
    )


def check_totals(panel: RegionPanel) -> pd.DataFrame:
    """One row a golden check: how many places and periods it was made at, and how many failed."""
    rows = pd.DataFrame([(c.kind, c.card, c.column, c.source, not c.held) for c in panel.checks])
    columns = {"kind": "str", "card": "str", "column": "str", "source": "str", "made": "int64", "failed": "int64"}
    if rows.empty:
        return pd.DataFrame(columns=list(columns)).astype(columns)
    rows.columns = pd.Index(["kind", "card", "column", "source", "bad"])
    by = rows.groupby(["kind", "card", "column", "source"], as_index=False).agg(
        made=("bad", "size"), failed=("bad", "sum")
    )
    return by[list(columns)].astype(columns)


def findings_table(panel: RegionPanel) -> pd.DataFrame:
    """One row a finding, failed checks first."""
    rows = [
        {
            "order": order,
            "kind": f.kind,
            "rows": f.rows,
            **message_columns("said", f.said),
            **message_columns("done", f.done),
        }
        for order, f in enumerate(panel.findings, 1)
    ]
    return pd.DataFrame(rows, columns=list(FINDING_COLUMNS)).astype(FINDING_COLUMNS)


def changes_table(panel: RegionPanel) -> pd.DataFrame:
    """What was dropped or changed on the way in, a row each."""
    rows = [{"card": card, **message_columns("said", said)} for card, said in panel.changes]
    return pd.DataFrame(rows, columns=["card", "said", "said_values"]).astype("str")


def newest_table(panel: RegionPanel) -> pd.DataFrame:
    """One row a table of several files: what the last of them changed, those with values told otherwise first."""
    rows = [
        {
            **{n: getattr(c, n) for n in ("file", "rows", "compared", "revised", "final")},
            **{n: len(getattr(c, n)) for n in ("new_periods", "new_regions", "gone_regions")},
            "card": card,
            "first": c.new_periods[0] if c.new_periods else "",
            "last": c.new_periods[-1] if c.new_periods else "",
        }
        for card, c in panel.newest.items()
    ]
    table = pd.DataFrame(rows, columns=list(NEWEST_COLUMNS)).astype(NEWEST_COLUMNS)
    return table.sort_values(["revised", "final", "new_periods"], ascending=False, kind="stable", ignore_index=True)


def revised_table(panel: RegionPanel) -> pd.DataFrame:
    """One row a value that the last file of a table tells otherwise; those of private tables are counted only."""
    rows = [
        {**vars(cell), "card": card, "title": _title(panel, card, cell.column)}
        for card, change in panel.newest.items()
        for cell in change.cells
        if panel.cards[card].grade == "O"
    ]
    return pd.DataFrame(rows, columns=list(REVISED_COLUMNS)).astype(REVISED_COLUMNS)


def _title(panel: RegionPanel, card: str, column: str) -> str:
    return next((c.title or c.name for c in panel.cards[card].values() if c.id == column), column)


def _facts(panel: RegionPanel) -> Iterator[Fact]:
    tables = panel.dictionary[panel.dictionary["kind"] == "table"]
    yield Fact("regions", len(panel.units), "areas")
    yield Fact("periods", int(panel.frame["period"].nunique()), "periods")
    yield Fact("variables", len(tables), "variables")
    yield Fact("derived", len(panel.dictionary) - len(tables), "variables")
    yield Fact("tables", int(tables["table"].nunique()), "tables")
    yield Fact("cells", len(panel.frame) * len(tables), "values")
    yield from (Fact(state, int(tables[state].sum()), "values") for state in STATES)
    yield Fact(
        "observed_share",
        float(tables[["observed", "provisional"]].to_numpy().sum() / tables[list(STATES)].to_numpy().sum()),
    )
    yield Fact("complete", int((tables["not_observed"] + tables["suppressed"] == 0).sum()), "variables")
    yield Fact("checks", len(panel.checks), "checks")
    yield Fact("checks_failed", sum(not c.held for c in panel.checks), "checks")
    newest = newest_table(panel)
    yield Fact("renewed", int((newest["new_periods"] > 0).sum()), "tables")
    yield Fact("revised", int(newest["revised"].sum()), "values")
    yield Fact("made_final", int(newest["final"].sum()), "rows")
    yield Fact("unmatched_rows", int(panel.unmatched["rows"].sum()), "rows")
    yield Fact("unverified", int((~panel.units["verified"]).sum()), "areas")
    if panel.asked.base is not None:
        yield Fact("base", panel.asked.base.isoformat())


def _cautions(panel: RegionPanel) -> Iterator[Message]:
    repeated = panel.dictionary[(panel.dictionary["level"] != panel.asked.unit) & (panel.dictionary["kind"] == "table")]
    if len(repeated):
        said = N_(
            "{names}: one value for all regions of a larger one. Whoever compares regions by them has as many cases as "
            "there are larger regions."
        )
        yield say(said, names=", ".join(repeated["title"]))
    provisional = panel.dictionary[panel.dictionary["provisional"] > 0]
    if len(provisional):
        said = N_("Provisional values stand in {names}; the publisher may still change them.")
        yield say(said, names=", ".join(provisional["title"]))
