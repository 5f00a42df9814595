"""The time to closing (처리기간), open cases being counted as lasting at least until the end of the data."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sigun.analysis.duration.cases import cases_of
from sigun.analysis.duration.endings import differences_table, endings_curve, groupings, incidence_table
from sigun.analysis.duration.open_cases import Outlook, outlook_of
from sigun.analysis.duration.stages import stages_table
from sigun.analysis.statistics.intervals import wilson
from sigun.analysis.statistics.observed import LEAST, require_reports
from sigun.analysis.statistics.survival import Survival, kaplan_meier
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.plan.steps import Duration
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

LONGEST = 365  # days of the curve that is handed on


def duration(step: Duration, panel: Panel, rng: np.random.Generator) -> Result:  # noqa: ARG001 - one signature for all
    """Run one `duration` step of a plan."""
    reports = panel.reports()
    require_reports(len(reports), say(N_("time to closing")))
    cases = cases_of(reports, panel)
    require_reports(len(cases), say(N_("time to closing")))
    _require_closed(cases)
    curve = kaplan_meier(cases["days"].to_numpy(), cases["closed"].to_numpy())
    requests, areas = _requests(panel), _area_names(panel)
    told = reports["outcome"].notna().any()
    parts = groupings(requests, areas) if told else []
    differences, outlook = differences_table(requests, parts), outlook_of(cases, requests, areas)
    tables = {
        "facts": facts_table([*_facts(cases, curve), *_more_facts(requests, differences, outlook)]),
        "curve": _curve(cases, curve),
        "years": _years(cases),
        "outcomes": _outcomes(reports),
        "incidence": incidence_table(requests, parts),
        "endings": endings_curve(requests, parts),
        "differences": differences,
        "stages": stages_table(panel, requests),
        "open": outlook.groups,
        "open_cases": outlook.cases,
    }
    return Result("duration", "description", tables, tuple(_cautions(reports, cases, curve)))


def _requests(panel: Panel) -> pd.DataFrame:
    """The cases of all requests with a place and no repeat: those closed as duplicates ended, too."""
    events = panel.events
    return cases_of(events[events["gone"].isna() | (events["why"] == "duplicate")], panel)


def _area_names(panel: Panel) -> dict[str, str]:
    return {} if panel.outlines is None else dict(zip(panel.outlines["region"], panel.outlines["name"], strict=True))


def _require_closed(cases: pd.DataFrame) -> None:
    if not cases["closed"].any():
        raise MethodError(
            say(N_("No report has a closing time.")),
            say(N_("time to closing")),
            say(N_("Name the column with the closing time in the card (closed_at or updated_at), or drop this step.")),
        )


def _facts(cases: pd.DataFrame, curve: Survival) -> Iterator[Fact]:
    yield Fact("n", len(cases))
    yield Fact("open_cases", int((~cases["closed"]).sum()))
    for name, share in (("median_days", 0.5), ("p25_days", 0.25), ("p75_days", 0.75)):
        days, low, high = curve.quantile(share)
        if not np.isnan(days):
            yield Fact(name, days, "days", low, high)
    for day in (30, 90):
        if day <= cases["days"].max():
            still, low, high = (
                float(curve.at(np.array([float(day)]), v)[0]) for v in (curve.open, curve.low, curve.high)
            )
            yield Fact(f"open_after_{day}d", still, "share", low, high)


def _more_facts(requests: pd.DataFrame, differences: pd.DataFrame, outlook: Outlook) -> Iterator[Fact]:
    """What the tables of endings, differences and open cases come to."""
    yield Fact("requests", len(requests))
    tried = differences.drop_duplicates(["by", "group"])["by"].value_counts()
    clear = differences[(differences["of"] == "closing") & (differences["reading"] != "unclear")]["by"].value_counts()
    for by, name in (("kind", "kinds"), ("area", "areas")):
        if by in tried.index:
            yield Fact(f"{name}_compared", int(tried[by]))
            yield Fact(f"{name}_apart", int(clear.get(by, 0)))
    whole = outlook.groups[outlook.groups["by"] == "all"]
    if whole["expected_days"].notna().any():
        row = whole.iloc[0]
        yield Fact("remaining_days", float(row["expected_days"]), "days", float(row["low"]), float(row["high"]))
        yield Fact("remaining_told", int(row["told"]))


def _curve(cases: pd.DataFrame, curve: Survival) -> pd.DataFrame:
    days: NDArray[np.int64] = np.arange(min(int(np.ceil(cases["days"].max())), LONGEST) + 1)
    columns = {"share_open": curve.open, "low": curve.low, "high": curve.high}
    return pd.DataFrame(
        {"days": days} | {name: curve.at(days.astype(float), values) for name, values in columns.items()}
    )


def _years(cases: pd.DataFrame) -> pd.DataFrame:
    """The median of each year's reports; NaN for a year with too few."""
    rows = []
    for year, own in cases.groupby("year"):
        none = (np.nan, np.nan, np.nan)
        enough = len(own) >= LEAST
        found = kaplan_meier(own["days"].to_numpy(), own["closed"].to_numpy()).quantile(0.5) if enough else none
        rows.append((year, len(own), *found))
    return pd.DataFrame(rows, columns=["year", "n", "median_days", "low", "high"])


def _outcomes(reports: pd.DataFrame) -> pd.DataFrame:
    n = reports["outcome"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    low, high = wilson(n, np.full(len(n), n.sum()))
    share = n.to_numpy(float) / max(int(n.sum()), 1)
    table = pd.DataFrame({"outcome": n.index, "n": n.to_numpy(), "share": share, "low": low, "high": high})
    return table.astype({"outcome": "str", "n": "int64"})


def _cautions(reports: pd.DataFrame, cases: pd.DataFrame, curve: Survival) -> Iterator[Message]:
    if len(cases) < len(reports):
        n = len(reports) - len(cases)
        yield say(N_("{n} reports without a usable closing time or state are left out."), n=n)
    if not reports["closed_at"].notna().any():
        yield say(N_("There is no closing time of its own: the time of the last change of status stands in for it."))
    if np.isnan(curve.quantile(0.5)[0]):
        yield say(N_("Fewer than half of the reports were closed by the end of the data: there is no median."))
    yield say(N_("Closing is an act of the office: it does not tell how long a vehicle stood there."))
