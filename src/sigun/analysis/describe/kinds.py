"""Kinds of vehicle (차종): their shares, how often a case is confirmed, and where and when."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sigun.analysis.statistics.intervals import wilson
from sigun.analysis.statistics.observed import require_reports
from sigun.panel.model import Panel
from sigun.plan.steps import Kinds
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

MOST = 12  # kinds told apart; the rest go together
OTHER = "other"


def kinds(step: Kinds, panel: Panel, rng: np.random.Generator) -> Result:  # noqa: ARG001 - one signature for all
    """Run one `kinds` step of a plan."""
    reports = panel.reports()
    require_reports(len(reports), say(N_("kinds of vehicle")))
    told = reports[reports["kind"].notna()]
    named = told.assign(kind=_largest(told["kind"]), year=told["occurred_at"].dt.year)
    whole = _shares(named, [])
    tables = {
        "kinds": _with_confirmed(whole, named),
        "by_region": _shares(named, ["region"]).merge(_names(panel), on="region", how="left"),
        "by_year": _shares(named, ["year"]),
    }
    tables["by_region"] = _name_or_code(tables["by_region"])
    facts = [*_facts(whole, told["kind"].nunique()), Fact("not_told_share", 1 - len(told) / len(reports), "share")]
    cautions = tuple(_cautions(reports, told))
    return Result("kinds", "description", {"facts": facts_table(facts), **tables}, cautions)


def _largest(kind: pd.Series) -> pd.Series:
    """The kind, or `other` where it is not among the commonest."""
    sizes = kind.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return kind.where(kind.isin(sizes.index[:MOST]), OTHER)


def _shares(named: pd.DataFrame, within: list[str]) -> pd.DataFrame:
    """Reports and share by kind inside each group, largest first; only kinds that occur there."""
    table = named.groupby([*within, "kind"]).size().rename("reports").reset_index()
    total = table.groupby(within)["reports"].transform("sum") if within else table["reports"].sum()
    low, high = wilson(table["reports"], np.broadcast_to(total, len(table)))
    table = table.assign(share=table["reports"] / total, low=low, high=high)
    order = [*within, "reports", "kind"]
    return table.sort_values(order, ascending=[name != "reports" for name in order], ignore_index=True)


def _with_confirmed(whole: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """Of each kind's reports with an outcome, the share confirmed."""
    closed = named[named["outcome"].notna() & (named["outcome"] != "open")]
    n = closed.groupby("kind").size().reindex(whole["kind"], fill_value=0).to_numpy()
    hits = (closed["outcome"] == "confirmed").groupby(closed["kind"]).sum().reindex(whole["kind"], fill_value=0)
    low, high = wilson(hits, n)
    share = hits.to_numpy(float) / np.where(n > 0, n, np.nan)
    return whole.assign(confirmed_share=share, confirmed_low=low, confirmed_high=high)


def _names(panel: Panel) -> pd.DataFrame:
    if panel.outlines is None:
        return pd.DataFrame({"region": [], "name": []}, dtype="str")
    return pd.DataFrame(panel.outlines[["region", "name"]]).drop_duplicates("region")


def _name_or_code(by_region: pd.DataFrame) -> pd.DataFrame:
    name = by_region["name"].fillna(by_region["region"])
    return by_region.assign(name=name)[["region", "name", "kind", "reports", "share", "low", "high"]]


def _facts(whole: pd.DataFrame, n: int) -> Iterator[Fact]:
    yield Fact("kinds", n)
    if len(whole):
        first = whole.iloc[0]
        yield Fact("top_kind", str(first["kind"]))
        yield Fact("top_share", float(first["share"]), "share", float(first["low"]), float(first["high"]))


def _cautions(reports: pd.DataFrame, told: pd.DataFrame) -> Iterator[Message]:
    if told.empty:
        yield say(N_("The data do not tell the kind of vehicle."))
    elif len(told) < len(reports):
        n = len(reports) - len(told)
        yield say(N_("{n} reports do not tell the kind of vehicle; shares are of those that do."), n=n)
    if told["kind"].nunique() > MOST:
        yield say(N_("Only the {n} commonest kinds are told apart; the rest are counted as “other”."), n=MOST)
    if len(told) and not told["outcome"].notna().any():
        yield say(N_("The data do not tell outcomes: confirmed shares are missing."))
