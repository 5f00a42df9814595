"""Kinds of vehicle (차종): their shares, how often a case is confirmed, and where and when."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sigun.analysis.statistics.intervals import wilson
from sigun.analysis.statistics.observed import require_reports
from sigun.panel.model import Panel
from sigun.plan.steps import Kinds
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]

MOST = 12  # kinds told apart; the rest go together
OTHER = "other"


def kinds(step: Kinds, panel: Panel, rng: np.random.Generator) -> Result:  # noqa: ARG001 - one signature for all
    """Run one `kinds` step of a plan."""
    reports = panel.reports()
    require_reports(len(reports), say(N_("kinds of vehicle")))
    told = reports[reports["kind"].notna()]
    named = told.assign(kind=_largest(told["kind"]), year=told["occurred_at"].dt.year, vehicle=_same(told))
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


def _same(told: pd.DataFrame) -> IntArray:
    """(n,) which reports may be of one vehicle: those with a plate, an address or else a point (10 m) in common."""
    from scipy import sparse

    point = told["x"].round(-1).astype("str") + " " + told["y"].round(-1).astype("str")
    place = told["address"].fillna(point.where((told["place"] == "point") & told["x"].notna()))
    n = len(told)
    said = [pd.factorize(column)[0] for column in (told["vehicle"], place)]
    row, mark = (np.concatenate(parts) for parts in zip(*_links(said), strict=True))
    links = sparse.coo_matrix((np.ones(len(row)), (row, n + mark)), (n + 2 * n, n + 2 * n))
    return np.asarray(sparse.csgraph.connected_components(links, directed=False)[1][:n], np.int64)


def _links(said: list[IntArray]) -> Iterator[tuple[IntArray, IntArray]]:
    """Reports and what each says, those of one column numbered beyond those of the one before."""
    for which, code in enumerate(said):
        row = np.flatnonzero(code >= 0)
        yield row, code[row] + which * len(code)


def together(hits: BoolArray, group: IntArray) -> float:
    """How much less a report is worth for a share because those of one vehicle are alike (집락 효과); 1 or more.

    The variance of the share with each group whole, over that of independent reports.

    Parameters
    ----------
    hits : (n,) whether each report counts.
    group : (n,) which group each belongs to, from 0.

    References
    ----------
    Kish (1965), Survey Sampling, ch. 5.4; Rao & Scott (1992), Biometrics 48:577, for the interval of n over it.

    Examples
    --------
    >>> together(np.array([True, True, False, False]), np.array([0, 0, 1, 1]))
    2.0
    """
    share = float(hits.mean()) if len(hits) else 0.0
    if share in (0.0, 1.0):
        return 1.0
    whole = np.bincount(group, hits - share)
    return max(1.0, float(whole @ whole) / (len(hits) * share * (1 - share)))


def _worth(rows: pd.DataFrame, hits: pd.Series) -> float:
    return together(hits.to_numpy(bool), rows["vehicle"].to_numpy(np.int64))


def _shares(named: pd.DataFrame, within: list[str]) -> pd.DataFrame:
    """Reports and share by kind inside each group, largest first; only kinds that occur there."""
    table = named.groupby([*within, "kind"]).size().rename("reports").reset_index()
    total = table.groupby(within)["reports"].transform("sum") if within else table["reports"].sum()
    worth = {kind: _worth(named, named["kind"] == kind) for kind in table["kind"].unique()}
    alike = table["kind"].map(worth).astype("float64")
    low, high = wilson(table["reports"] / alike, total / alike)
    table = table.assign(share=table["reports"] / total, low=low, high=high)
    order = [*within, "reports", "kind"]
    return table.sort_values(order, ascending=[name != "reports" for name in order], ignore_index=True)


def _with_confirmed(whole: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """Of each kind's reports with an outcome, the share confirmed."""
    closed = named[named["outcome"].notna() & (named["outcome"] != "open")]
    n = closed.groupby("kind").size().reindex(whole["kind"], fill_value=0).to_numpy()
    hits = (closed["outcome"] == "confirmed").groupby(closed["kind"]).sum().reindex(whole["kind"], fill_value=0)
    kinds = [closed[closed["kind"] == kind] for kind in whole["kind"]]
    alike = np.array([_worth(own, own["outcome"] == "confirmed") for own in kinds])
    low, high = wilson(hits / alike, n / alike)
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
