"""The time to closing (처리기간), open cases being counted as lasting at least until the end of the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sigun.analysis.intervals import LEVEL, wilson, z_of
from sigun.analysis.observed import LEAST, FloatArray, require_reports
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.plan.steps import Duration
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

LONGEST = 365  # days of the curve that is handed on
DAY = pd.Timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Survival:
    """A Kaplan–Meier curve: steps at `time`, 1 before the first."""

    time: FloatArray  # (m,) days at which cases were closed, ascending
    open: FloatArray  # (m,) share open just after
    low: FloatArray  # (m,) NaN where nothing is open any more
    high: FloatArray
    error: FloatArray  # (m,) standard error of `open` (Greenwood)

    def at(self, days: FloatArray, values: FloatArray, before: float = 1.0) -> FloatArray:
        """The step function `values` (open, low or high) at each of the days."""
        step = np.searchsorted(self.time, days, side="right") - 1
        return np.where(step >= 0, values[np.maximum(step, 0)], before) if len(values) else np.full(len(days), before)

    def quantile(self, closed: float) -> tuple[float, float, float]:
        """Days until that share is closed, and its interval; NaN where it is never reached.

        The bounds are where the curve's bounds cross (Brookmeyer & Crowley 1982, Biometrics 38:29).
        """
        value, low, high = (self._first(bound, 1 - closed) for bound in (self.open, self.low, self.high))
        return value, low, high

    def _first(self, bound: FloatArray, level: float) -> float:
        there = np.flatnonzero(np.nan_to_num(bound, nan=0.0) <= level + 1e-12)
        return float(self.time[there[0]]) if len(there) else float("nan")


def kaplan_meier(days: FloatArray, closed: NDArray[np.bool_], level: float = LEVEL) -> Survival:
    """Share still open after each number of days (카플란–마이어 추정), with log(−log) intervals.

    Parameters
    ----------
    days : (n,) days from report to closing, or to the last time the case was seen open.
    closed : (n,) whether it was closed then; otherwise it is censored.

    References
    ----------
    Kaplan & Meier (1958), JASA 53:457; Greenwood (1926); Kalbfleisch & Prentice (2002), ch. 1.4 for the intervals.

    Examples
    --------
    >>> kaplan_meier(np.array([1.0, 2.0, 2.0, 4.0]), np.array([True, True, False, True])).open.tolist()
    [0.75, 0.5, 0.0]
    """
    time, place = np.unique(days[closed], return_inverse=True)
    events = np.bincount(place, minlength=len(time)).astype(float)
    at_risk = len(days) - np.searchsorted(np.sort(days), time, side="left").astype(float)
    still = np.cumprod(1 - events / at_risk)
    left = at_risk - events
    some = left > 0  # at a step to zero neither error nor bounds exist
    terms = np.divide(events, at_risk * left, out=np.full(len(time), np.nan), where=some)
    greenwood = np.cumsum(terms)
    bend = np.log(still, out=np.full(len(time), np.nan), where=some)
    half = z_of(level) * np.sqrt(greenwood) / np.abs(bend)
    return Survival(time, still, still ** np.exp(half), still ** np.exp(-half), still * np.sqrt(greenwood))


def duration(step: Duration, panel: Panel, rng: np.random.Generator) -> Result:  # noqa: ARG001 - one signature for all
    """Run one `duration` step of a plan."""
    reports = panel.reports()
    require_reports(len(reports), say(N_("time to closing")))
    cases = _cases(reports, panel)
    require_reports(len(cases), say(N_("time to closing")))
    _require_closed(cases)
    curve = kaplan_meier(cases["days"].to_numpy(), cases["closed"].to_numpy())
    tables = {
        "facts": facts_table(_facts(cases, curve)),
        "curve": _curve(cases, curve),
        "years": _years(cases),
        "outcomes": _outcomes(reports),
    }
    return Result("duration", "description", tables, tuple(_cautions(reports, cases, curve)))


def _cases(reports: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """Year, days and whether closed, of the reports whose state is told; open at the end if closed later."""
    settled = reports["outcome"].notna() & (reports["outcome"] != "open")
    closed_at = reports["closed_at"].fillna(reports["known_at"].where(settled))
    silent = reports["closed_at"].notna().any() and not reports["outcome"].notna().any()
    told = closed_at.notna() | (reports["outcome"] == "open") | silent  # without outcomes, no closing time means open
    end = pd.Timestamp(panel.end)
    closed = closed_at.notna() & (closed_at < end)
    days = (closed_at.where(closed, end) - reports["occurred_at"]) / DAY
    cases = pd.DataFrame({"year": reports["occurred_at"].dt.year, "days": days, "closed": closed})
    return cases[told & (days >= 0)]


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
