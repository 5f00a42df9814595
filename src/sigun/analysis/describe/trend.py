"""The trend (추세): reports a month net of holes, and a yearly change inside regimes of intake, never across them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sigun.analysis.statistics.glm import fit_poisson
from sigun.analysis.statistics.intervals import LEVEL, rate_interval, t_of, z_of
from sigun.analysis.statistics.observed import (
    FloatArray,
    month_pieces,
    observed_days,
    observed_reports,
    per_day,
    require_reports,
    season_can_be_told,
    season_columns,
    week_dispersion,
)
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.plan.steps import Trend
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

LEAST_MONTHS = 12  # a shorter series is all season
MONTH = 30.0  # days of the "month" of a rate
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class TrendFit:
    """What `fit_trend` found; logs of reports a day."""

    levels: FloatArray  # (r,) of each regime, at time 0, averaged over the seasons
    slopes: FloatArray  # (1,) change a year, the same in every regime; or (r,) of each its own
    covariance: FloatArray  # (r + s, r + s) of levels and slopes
    dispersion: float  # of monthly counts; 1: Poisson
    autocorrelation: float  # of neighbouring months' residuals
    free: int  # months beyond what was estimated from them

    @property
    def width(self) -> float:
        """Half of a 90 % interval, in standard errors."""
        return t_of(self.free)

    @property
    def slope(self) -> float:
        """The change a year where it is the same in every regime."""
        return float(self.slopes[0])

    def at(self, regime: int, time: float) -> FloatArray:
        """What levels and slopes count for, (r + s,), in a regime at a time, its season left out."""
        r = len(self.levels)
        parts = np.zeros(r + len(self.slopes))
        parts[regime], parts[r + min(regime, len(self.slopes) - 1)] = 1.0, time
        return parts


def fit_trend(
    reports: FloatArray,
    days: FloatArray,
    time: FloatArray,
    regime: NDArray[np.int64],
    month: NDArray[np.int64] | None,
    own_slopes: bool = False,
) -> TrendFit:
    """Quasi-Poisson regression of monthly reports: a level a regime, one slope or one each, the season (추세 회귀).

    The covariance is scaled by the dispersion, and by (1 + ρ) / (1 − ρ) where neighbouring months go together.

    Parameters
    ----------
    reports, days : (n,) reports and observed days of each month, in time order.
    time : (n,) years.
    regime : (n,) regime of intake, numbered from 0 without gaps.
    month : (n,) month of the year, any whole number for each; none: no season.

    Raises
    ------
    MethodError
        The columns cannot be told apart, or the months are too few.

    References
    ----------
    McCullagh & Nelder (1989), ch. 6.2; Bayley & Hammersley (1946), JRSS Suppl. 8:184, for correlated observations.

    Examples
    --------
    >>> time = np.arange(12.0)
    >>> fit = fit_trend(1000 * 1.1**time, np.full(12, 10.0), time, np.zeros(12, int), None)
    >>> round(float(np.exp(fit.slope)), 6), round(float(np.exp(fit.levels[0])), 6)
    (1.1, 100.0)
    """
    level = np.eye(int(regime.max()) + 1)[regime]
    columns = [level, level * time[:, None] if own_slopes else time[:, None]]
    if month is not None:
        seen, place = np.unique(month, return_inverse=True)
        columns.append(season_columns(place + 1, len(seen)))
    fit = fit_poisson(reports, np.hstack(columns), np.log(days))
    residual = (reports - fit.fitted) / np.sqrt(fit.fitted)
    size = max(float(residual @ residual), 1e-6 * len(residual))  # what an exact fit leaves is rounding
    together = float(np.clip(float(residual[1:] @ residual[:-1]) / size, 0.0, 0.9))
    r, k = level.shape[1], level.shape[1] + columns[1].shape[1]
    covariance = fit.covariance[:k, :k] * (1 + together) / (1 - together)
    free = len(reports) - len(fit.beta)
    return TrendFit(fit.beta[:r], fit.beta[r:k], covariance, max(1.0, fit.dispersion), together, free)


def unlike(slope: FloatArray, error: FloatArray) -> bool:
    """Whether stretches move so differently that one slope for all would be true of none (기울기의 이질성).

    Either they differ by Cochran's Q (p below one less the level of intervals), or one clearly moves one way and
    another, clearly or not, the other way: their mean would be called no change.

    Parameters
    ----------
    slope, error : (r,) change a year of each stretch and its standard error, both of logs.

    References
    ----------
    Cochran (1954), Biometrics 10:101.

    Examples
    --------
    >>> unlike(np.array([-0.05, 0.11]), np.array([0.04, 0.04])), unlike(np.array([0.03, 0.05]), np.array([0.04, 0.04]))
    (True, False)
    """
    from scipy.stats import chi2

    if len(slope) < 2:
        return False
    weight = 1 / error**2
    q = float(weight @ (slope - weight @ slope / weight.sum()) ** 2)
    clear = np.abs(slope) > z_of() * error
    opposite = bool((np.sign(slope[clear])[:, None] * np.sign(slope) < 0).any())
    return opposite or bool(chi2.sf(q, len(slope) - 1) < 1 - LEVEL)


def trend(step: Trend, panel: Panel, rng: np.random.Generator) -> Result:  # noqa: ARG001 - one signature for all
    """Run one `trend` step of a plan."""
    days = observed_days(panel)
    reports = observed_reports(panel, days)
    require_reports(len(reports), say(N_("trend")))
    counts = per_day(days, reports["day"])
    pieces = month_pieces(panel, days, counts)
    spread = {year: week_dispersion(days[days.year == year], counts[days.year == year]) for year in set(days.year)}
    months = _months(panel, days, reports, spread)
    found = _fit(pieces)
    slopes = _slopes(pieces)
    stepped = _fit(pieces, own_slopes=True) if _differ(slopes) else found
    last = _last_12m(panel, days, counts)
    facts = [
        Fact("total", len(reports)),
        Fact("months", int((months["days_observed"] > 0).sum())),
        *_slope(found),
        Fact("stretches_differ", int(_differ(slopes))),
        *last,
    ]
    tables = {
        "facts": facts_table(facts),
        "months": months,
        "years": _years(months, spread),
        "regimes": pd.DataFrame(
            _steps(panel, stepped) if stepped else [], columns=["start", "before", "after", "ratio", "low", "high"]
        ),
        "slopes": slopes,
    }
    return Result("trend", "description", tables, tuple(_cautions(panel, months, pieces, found, slopes)))


@dataclass(frozen=True, slots=True)
class _Fitted:
    """The fit, and which regime each of its levels is."""

    fit: TrendFit
    regimes: NDArray[np.int64]


def _fit(pieces: pd.DataFrame, own_slopes: bool = False) -> _Fitted | None:
    """The trend of the months; none where they are too few to tell one."""
    if pieces["month"].nunique() < LEAST_MONTHS:
        return None
    season = season_can_be_told(pieces)
    calendar = pieces["month"].dt.month
    level = pieces.groupby("regime")["reports"].transform("sum") > 0  # what has no report has no level either
    pieces = pieces[level & ((pieces.groupby(calendar)["reports"].transform("sum") > 0) | (not season))]
    reports, days, time = (pieces[name].to_numpy(float) for name in ("reports", "days", "time"))
    regimes, regime = np.unique(pieces["regime"], return_inverse=True)
    month = pieces["month"].dt.month.to_numpy() if season else None
    try:
        return _Fitted(fit_trend(reports, days, time, regime, month, own_slopes), regimes)
    except MethodError:
        return None


def _months(panel: Panel, days: pd.DatetimeIndex, reports: pd.DataFrame, spread: Mapping[int, float]) -> pd.DataFrame:
    """One row a calendar month; a month in a hole has no counts."""
    every = pd.period_range(panel.start, pd.Timestamp(panel.end) - pd.Timedelta(days=1), freq="M")
    of_each = reports["day"].dt.to_period("M")
    observed = days.to_period("M").value_counts().reindex(every, fill_value=0)
    frame = pd.DataFrame(
        {
            "month": every.to_timestamp().date,
            "reports": of_each.value_counts().reindex(every, fill_value=0).to_numpy(),
            "confirmed": of_each[reports["outcome"] == "confirmed"].value_counts().reindex(every, fill_value=0).values,
            "days": every.days_in_month,
            "days_observed": observed.to_numpy(),
        }
    )
    there = frame["days_observed"].to_numpy(float)
    low, high = rate_interval(frame["reports"], there, [spread.get(year, 1.0) for year in every.year])
    rate = frame["reports"] / np.where(there > 0, there, np.nan)
    frame = frame.assign(rate=MONTH * rate, low=MONTH * low, high=MONTH * high)
    frame["status"] = np.select([there == 0, there < frame["days"]], ["hole", "partial"], "observed")
    frame["reports"] = frame["reports"].astype("Int64").where(there > 0)
    frame["confirmed"] = frame["confirmed"].astype("Int64").where((there > 0) & reports["outcome"].notna().any())
    return frame


def _years(months: pd.DataFrame, spread: Mapping[int, float]) -> pd.DataFrame:
    year = pd.to_datetime(months["month"]).dt.year.rename("year")
    table = months.groupby(year)[["reports", "days_observed"]].sum().reset_index()
    table = table[table["days_observed"] > 0].reset_index(drop=True).astype({"reports": "int64"})
    low, high = rate_interval(table["reports"], table["days_observed"], [spread[year] for year in table["year"]])
    return table.assign(rate=YEAR * table["reports"] / table["days_observed"], low=YEAR * low, high=YEAR * high)


def _steps(panel: Panel, found: _Fitted) -> Iterator[tuple[date, float, float, float, float, float]]:
    """The step of the level from each regime to the next, net of slope and season."""
    fit = found.fit
    for i, regime in enumerate(found.regimes[1:]):
        start = sorted(panel.regimes)[regime - 1]
        time = (start - panel.start).days / YEAR
        ends = [fit.at(j, time) for j in (i, i + 1)]
        beta, apart = np.append(fit.levels, fit.slopes), ends[1] - ends[0]
        step, half = apart @ beta, fit.width * np.sqrt(apart @ fit.covariance @ apart)
        before, after = (MONTH * float(np.exp(end @ beta)) for end in ends)
        ratio, low, high = map(float, np.exp([step, step - half, step + half]))
        yield start, before, after, ratio, low, high


def _slopes(pieces: pd.DataFrame) -> pd.DataFrame:
    """The yearly change of each regime by itself, where it is two full years or longer."""
    rows = []
    for _regime, own in pieces.groupby("regime"):
        found = _fit(own) if season_can_be_told(own) else None
        if found:
            span = own["month"].iloc[0].date(), own["month"].iloc[-1].date(), own["month"].nunique()
            rows.append((*span, *_yearly_change(found.fit)))
    return pd.DataFrame(rows, columns=["first_month", "last_month", "months", "yearly_change", "low", "high"])


def _yearly_change(fit: TrendFit) -> tuple[float, float, float]:
    half = fit.width * float(np.sqrt(fit.covariance[-1, -1]))
    change, low, high = (float(np.expm1(fit.slope + side * half)) for side in (0, -1, 1))
    return change, low, high


def _differ(slopes: pd.DataFrame) -> bool:
    """Whether the stretches have to be read one by one."""
    change, low, high = (np.log1p(slopes[name].to_numpy(float)) for name in ("yearly_change", "low", "high"))
    return unlike(change, np.maximum(high - low, 1e-9) / (2 * z_of()))


def _slope(found: _Fitted | None) -> Iterator[Fact]:
    if found:
        fit = found.fit
        change, low, high = _yearly_change(fit)
        yield Fact("yearly_change", change, "share", low, high)
        yield Fact("dispersion", fit.dispersion)
        yield Fact("autocorrelation", fit.autocorrelation)


def _last_12m(panel: Panel, days: pd.DatetimeIndex, counts: FloatArray) -> Iterator[Fact]:
    """The last twelve months, the twelve before, and the change a day, unless a regime or a hole forbids it."""
    edges = [pd.Timestamp(panel.end) - pd.DateOffset(years=back) for back in (2, 1, 0)]
    twelfths = [_twelfths(days, counts, a, b) for a, b in pairwise(edges)]
    (before, n_before), (now, n_now) = ((reports.sum(), observed.sum()) for reports, observed in twelfths)
    if edges[1] < pd.Timestamp(panel.start):
        return
    yield Fact("last_12m", int(now))
    yield Fact("last_12m_days", int(n_now))
    if edges[0] < pd.Timestamp(panel.start):
        return
    yield Fact("previous_12m", int(before))
    yield Fact("previous_12m_days", int(n_before))
    new_regime = any(edges[0] < pd.Timestamp(day) < edges[2] for day in panel.regimes)
    if not new_regime and min(n_before, n_now) >= 0.75 * YEAR and min(before, now) > 0:
        ratio, low, high = ratio_of(*twelfths[1], *twelfths[0])
        yield Fact("change_12m", ratio - 1, "share", low - 1, high - 1)


def _twelfths(
    days: pd.DatetimeIndex, counts: FloatArray, start: pd.Timestamp, end: pd.Timestamp
) -> tuple[FloatArray, FloatArray]:
    """Reports and observed days in each twelfth of the span."""
    inside = (days >= start) & (days < end)
    twelfth = (days[inside] - start).days.to_numpy() * 12 // (end - start).days
    reports = np.bincount(twelfth, counts[inside], 12).astype(float)
    return reports, np.bincount(twelfth, minlength=12).astype(float)


def ratio_of(
    now: FloatArray, days_now: FloatArray, before: FloatArray, days_before: FloatArray
) -> tuple[float, float, float]:
    """Ratio of two rates and its interval, the spread taken from like parts set side by side (발생률 비).

    Season cancels within a pair of like parts; what is left over between the pairs is the dispersion.

    Parameters
    ----------
    now, before : (k,) reports in each part (twelfth of a year) of the two spans; each sums to more than 0.
    days_now, days_before : (k,) observed days.

    Examples
    --------
    >>> days = np.full(2, 50.0)
    >>> [round(v, 3) for v in ratio_of(np.array([30.0, 10.0]), days, np.array([15.0, 5.0]), days)]
    [2.0, 1.275, 3.138]
    """
    ratio = float((now.sum() / days_now.sum()) / (before.sum() / days_before.sum()))
    at_risk = ratio * days_now + days_before
    both = (now + before) > 0
    share = (ratio * days_now)[both] / at_risk[both]
    expected, total = (now + before)[both] * share, (now + before)[both]
    room = np.maximum(total * share * (1 - share), 1e-12)  # a part seen in one span only is compared with nothing
    paired = (share > 0) & (share < 1)
    chi_square = float(np.sum(((now[both] - expected) ** 2 / room)[paired]))
    dispersion = max(1.0, chi_square / max(int(paired.sum()) - 1, 1))
    half = z_of() * float(np.sqrt(dispersion * (1 / now.sum() + 1 / before.sum())))
    return ratio, ratio * float(np.exp(-half)), ratio * float(np.exp(half))


def _cautions(
    panel: Panel, months: pd.DataFrame, pieces: pd.DataFrame, found: _Fitted | None, slopes: pd.DataFrame
) -> Iterator[Message]:
    inside = panel.reports()["occurred_at"]
    in_holes = int(inside.between(str(panel.start), str(panel.end), inclusive="left").sum() - months["reports"].sum())
    if in_holes:
        yield say(N_("{n} reports on days marked as not collected are not part of the rates."), n=in_holes)
    if (months["status"] != "observed").any():
        n = int((months["status"] != "observed").sum())
        yield say(N_("{n} months were not fully observed; their rates are for the days observed."), n=n)
    if found is None:
        yield say(N_("The months observed are too few to tell a yearly change."))
    elif not season_can_be_told(pieces):
        yield say(N_("There are not two full years of data: the yearly change may still contain the season."))
    if panel.regimes:
        yield say(
            N_("Changes in how reports are taken in: {n}. Growth is measured between them, not across them."),
            n=len(panel.regimes),
        )
    if _differ(slopes):
        yield say(N_("The yearly change is not the same in every stretch: read it stretch by stretch."))
    if _many_open(panel):
        yield say(N_("Many reports of the last three months are still open: their confirmed cases will still grow."))


def _many_open(panel: Panel) -> bool:
    reports = panel.reports()
    late = reports[reports["occurred_at"] >= pd.Timestamp(panel.end) - pd.DateOffset(months=3)]["outcome"]
    return bool(late.notna().any()) and float((late == "open").mean()) > 0.1
