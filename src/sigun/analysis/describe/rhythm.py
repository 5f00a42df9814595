"""The rhythm (주기): when reports come - month, weekday, hour - and whether it is the rhythm of reporting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sigun.analysis.statistics.glm import fit_poisson
from sigun.analysis.statistics.intervals import middle_of, rate_interval, resampled_sums, t_of
from sigun.analysis.statistics.observed import (
    LEAST,
    FloatArray,
    month_pieces,
    observed_days,
    observed_reports,
    per_day,
    require_reports,
    season_can_be_told,
    season_columns,
)
from sigun.panel.model import Panel
from sigun.plan.steps import Rhythm
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

IntArray = NDArray[np.int64]

DRAWS = 500  # enough for two digits of a 90 % interval
FEWER = 0.75  # a weekend day with surely fewer than this share of a weekday's reports: offices are closed
APART = 1.5  # channels whose weekend ratios differ by this factor do not see the same thing


@dataclass(frozen=True, slots=True)
class Profile:
    """Reports at each position of a cycle beside the average position."""

    index: FloatArray  # (k,) 1 = average; NaN: never observed
    low: FloatArray
    high: FloatArray


def profile_of(counts: FloatArray, exposure: FloatArray, rng: np.random.Generator) -> Profile:
    """Rate at each position of a cycle over the mean rate, with an interval by whole weeks (주기 지수).

    Parameters
    ----------
    counts : (w, k) reports of each week at each position.
    exposure : (w, k) observed days (or hours) of each week at each position.

    Examples
    --------
    >>> profile_of(np.full((9, 2), [3.0, 1.0]), np.ones((9, 2)), np.random.default_rng(1)).index.tolist()
    [1.5, 0.5]
    """
    k = counts.shape[1]
    whole = resampled_sums(np.hstack([counts, exposure]), DRAWS, rng)
    index = _index(counts.sum(axis=0)[None], exposure.sum(axis=0)[None])[0]
    low, high = middle_of(_index(whole[:, :k], whole[:, k:]))
    return Profile(index, low, high)


def _index(counts: FloatArray, exposure: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = counts / np.where(exposure > 0, exposure, np.nan)
        index: FloatArray = rate / (counts.sum(axis=1) / exposure.sum(axis=1))[:, None]
    return index


def level_lines(time: FloatArray, stretch: IntArray, regime: IntArray) -> FloatArray:
    """(n, s) columns of a level that runs in straight lines between the middles of the stretches of a regime.

    A level that stayed the same all year would leave the rise inside the year to the season: early months too low,
    late ones too high. A regime of one stretch has one level.

    Parameters
    ----------
    time : (n,) years.
    stretch : (n,) which of s stretches (year within a regime) each row belongs to, from 0 without gaps, in time order.
    regime : (n,) which regime.

    Examples
    --------
    >>> stretch = np.array([0, 0, 1, 1])
    >>> level_lines(np.array([0.25, 0.75, 1.25, 1.75]), stretch, np.zeros(4, int)).tolist()
    [[1.25, -0.25], [0.75, 0.25], [0.25, 0.75], [-0.25, 1.25]]
    """
    middle = np.bincount(stretch, time) / np.bincount(stretch)
    columns = np.zeros((len(time), len(middle)))
    for one in np.unique(regime):
        rows = np.flatnonzero(regime == one)
        own = np.unique(stretch[rows])
        if len(own) == 1:
            columns[rows, own[0]] = 1.0
            continue
        left = np.clip(np.searchsorted(middle[own], time[rows]) - 1, 0, len(own) - 2)
        before, after = own[left], own[left + 1]
        part = (time[rows] - middle[before]) / (middle[after] - middle[before])
        columns[rows, before], columns[rows, after] = 1 - part, part
    return columns


def fit_season(reports: FloatArray, days: FloatArray, level: FloatArray, month: IntArray) -> Profile:
    """Month-of-year profile beside a level that moves from stretch to stretch of time (계절 지수).

    Quasi-Poisson regression; the interval of log(index) by the delta method and Student's t. A month that never had a
    report has index 0 and the upper bound of a zero count.

    Parameters
    ----------
    reports, days : (n,) reports and observed days of each month.
    level : (n, s) columns of the level, from `level_lines`.
    month : (n,) month of the year, 1–12; every one occurs.

    Raises
    ------
    MethodError
        The months are too few for the columns.

    Examples
    --------
    >>> month, year = np.tile(np.arange(1, 13), 2), np.repeat([0, 1], 12)
    >>> level = level_lines(np.arange(24) / 12, year, np.zeros(24, int))
    >>> profile = fit_season(np.where(month == 8, 46.0, 10.0), np.full(24, 30.0), level, month)
    >>> profile.index[[6, 7]].round(6).tolist()
    [0.769231, 3.538462]
    """
    total = np.bincount(month - 1, reports, 12)
    some = total > 0
    rows = some[month - 1]
    k = int(some.sum())
    place = np.cumsum(some, dtype=np.int64)  # of each month among those with reports
    columns = season_columns(place[month[rows] - 1], k)
    fit = fit_poisson(reports[rows], np.hstack([level[rows], columns]), np.log(days[rows]))
    every = season_columns(np.arange(1, k + 1), k)
    size = np.exp(every @ fit.beta[-(k - 1) :])
    gradient = every - (size / size.sum()) @ every
    error = np.sqrt(np.einsum("mi,ij,mj->m", gradient, fit.covariance[-(k - 1) :, -(k - 1) :], gradient))
    index, low, high = np.zeros(12), np.zeros(12), np.zeros(12)
    index[some] = 12 * size / size.sum()
    half = t_of(len(fit.fitted) - len(fit.beta)) * error
    low[some], high[some] = index[some] * np.exp(-half), index[some] * np.exp(half)
    usual = np.bincount(month - 1, days, 12) * reports.sum() / days.sum()
    high[~some] = rate_interval(0.0, usual[~some], fit.dispersion)[1]
    return Profile(index, low, high)


def rhythm(step: Rhythm, panel: Panel, rng: np.random.Generator) -> Result:  # noqa: ARG001 - one signature for all
    """Run one `rhythm` step of a plan."""
    days = observed_days(panel)
    reports = observed_reports(panel, days)
    require_reports(len(reports), say(N_("rhythm")))
    timed = reports[_has_hour(reports["occurred_at"]).to_numpy()]
    weeks = _weeks(days)
    months, weekdays = _month_profile(panel, days, reports), _weekday_profile(reports, weeks, rng)
    profiles = pd.concat([months, weekdays, _hour_profile(timed, weeks, rng)], ignore_index=True)
    weekend = _weekend_ratio(reports, weeks, rng)
    channels = _channels(reports, weeks, rng)
    reporting = _is_reporting(weekend, channels)
    facts = [weekend, Fact("reporting_rhythm", int(reporting)), *_extremes(profiles)]
    tables = {"facts": facts_table(facts), "profiles": profiles, "channels": channels}
    cautions = _cautions(len(reports) - len(timed), len(reports), weekend, reporting, profiles)
    return Result("rhythm", "description", tables, tuple(cautions))


def _has_hour(times: pd.Series) -> pd.Series:
    """Which rows tell the time of day: 00:00 does not where it is far commoner than the hours beside it."""
    midnight = times == times.dt.normalize()
    hour = times[~midnight].dt.hour
    beside = int(((hour == 23) | (hour == 1)).sum())
    strange = midnight.mean() > 0.02 and midnight.sum() > 2 * beside
    return ~midnight if strange else pd.Series(True, index=times.index)


def _weeks(days: pd.DatetimeIndex) -> pd.Series:
    """Which week, numbered from 0 without gaps, each observed day belongs to."""
    monday = (days - pd.to_timedelta(days.day_of_week, unit="D")).to_numpy()
    return pd.Series(np.unique(monday, return_inverse=True)[1], index=days)


def _grid(week: pd.Series, position: pd.Series | np.ndarray, weeks: int, k: int) -> FloatArray:
    """(weeks, k) how many rows fall in each week at each position."""
    flat = np.bincount(np.asarray(week) * k + np.asarray(position), minlength=weeks * k)
    return flat.reshape(weeks, k).astype(float)


def _weekday_counts(reports: pd.DataFrame, weeks: pd.Series) -> tuple[FloatArray, FloatArray]:
    """(weeks, 7) reports, and days observed."""
    w = int(weeks.max()) + 1
    counts = _grid(weeks.loc[reports["day"]], reports["day"].dt.day_of_week, w, 7)
    return counts, _grid(weeks, weeks.index.day_of_week, w, 7)


def _month_profile(panel: Panel, days: pd.DatetimeIndex, reports: pd.DataFrame) -> pd.DataFrame:
    """The season beside a level that moves from year to year and jumps with a regime; two full years or none."""
    pieces = month_pieces(panel, days, per_day(days, reports["day"]))
    pieces["stretch"] = pieces.groupby([pieces["month"].dt.year, "regime"]).ngroup()
    pieces = pieces[pieces.groupby("stretch")["reports"].transform("sum") > 0]
    stretch = np.unique(pieces["stretch"], return_inverse=True)[1]
    enough = season_can_be_told(pieces) and len(pieces) > 12 + stretch.max()
    none = np.full(12, np.nan)
    found = Profile(none, none, none)
    if enough:
        count, observed = pieces["reports"].to_numpy(float), pieces["days"].to_numpy(float)
        level = level_lines(pieces["time"].to_numpy(float), stretch, pieces["regime"].to_numpy())
        found = fit_season(count, observed, level, pieces["month"].dt.month.to_numpy())
    return _table("month", np.arange(1, 13), reports["day"].dt.month, found)


def _weekday_profile(reports: pd.DataFrame, weeks: pd.Series, rng: np.random.Generator) -> pd.DataFrame:
    found = profile_of(*_weekday_counts(reports, weeks), rng)
    return _table("weekday", np.arange(1, 8), reports["day"].dt.day_of_week + 1, found)


def _hour_profile(timed: pd.DataFrame, weeks: pd.Series, rng: np.random.Generator) -> pd.DataFrame:
    """No rows where too few reports tell the hour."""
    hour = timed["occurred_at"].dt.hour
    if len(timed) < LEAST:
        return _table("hour", np.arange(0), hour, Profile(*np.zeros((3, 0))))
    w = int(weeks.max()) + 1
    observed = np.repeat(np.bincount(weeks, minlength=w).astype(float)[:, None], 24, axis=1)
    found = profile_of(_grid(weeks.loc[timed["day"]], hour, w, 24), observed, rng)
    return _table("hour", np.arange(24), hour, found)


def _table(cycle: str, positions: IntArray, where: pd.Series, found: Profile) -> pd.DataFrame:
    count = where.value_counts().reindex(positions, fill_value=0).to_numpy()
    columns = {"cycle": cycle, "position": positions, "reports": count}
    frame = pd.DataFrame(columns | {"index": found.index, "low": found.low, "high": found.high})
    return frame.astype({"cycle": "str", "position": "int64", "reports": "int64"})


def _weekend_ratio(reports: pd.DataFrame, weeks: pd.Series, rng: np.random.Generator) -> Fact:
    """Reports on a Saturday or Sunday over reports on a Monday to Friday, a day each."""
    counts, observed = _weekday_counts(reports, weeks)
    parts = np.column_stack([part[:, at].sum(axis=1) for part in (counts, observed) for at in (slice(5), slice(5, 7))])
    if (parts.sum(axis=0)[[0, 2, 3]] == 0).any():
        return Fact("weekend_ratio", None, "ratio")
    whole = np.vstack([parts.sum(axis=0), resampled_sums(parts, DRAWS, rng)])
    whole = whole[(whole[:, [0, 2, 3]] > 0).all(axis=1)]
    ratio = (whole[:, 1] / whole[:, 3]) / (whole[:, 0] / whole[:, 2])
    low, high = middle_of(ratio[1:])
    return Fact("weekend_ratio", float(ratio[0]), "ratio", float(low), float(high))


def _channels(reports: pd.DataFrame, weeks: pd.Series, rng: np.random.Generator) -> pd.DataFrame:
    """The weekend ratio of every channel with at least thirty reports and a twentieth of all."""
    rows = []
    sizes = reports["channel"].value_counts()
    for channel in sorted(sizes.index[sizes >= max(LEAST, 0.05 * len(reports))]):
        ratio = _weekend_ratio(reports[reports["channel"] == channel], weeks, rng)
        rows.append((channel, int(sizes[channel]), ratio.value, ratio.low, ratio.high))
    frame = pd.DataFrame(rows, columns=["channel", "reports", "weekend_ratio", "low", "high"])
    numbers = dict.fromkeys(["weekend_ratio", "low", "high"], "float64")
    return frame.astype({"channel": "str", "reports": "int64"} | numbers)


def _is_reporting(weekend: Fact, channels: pd.DataFrame) -> bool:
    """Weekends far below weekdays, or channels that plainly disagree about weekends."""
    quiet = weekend.high is not None and weekend.high < FEWER
    told = channels.dropna()
    apart = len(told) > 1 and told["weekend_ratio"].max() > APART * told["weekend_ratio"].min()
    return bool(quiet or (apart and told["low"].max() > told["high"].min()))


def _extremes(profiles: pd.DataFrame) -> Iterator[Fact]:
    """The busiest and quietest months and the busiest hour, where they can be told."""
    for name, cycle, largest in (
        ("peak_month", "month", True),
        ("low_month", "month", False),
        ("peak_hour", "hour", True),
    ):
        own = profiles[profiles["cycle"] == cycle].dropna(subset="index")
        if len(own):
            row = own.loc[own["index"].idxmax() if largest else own["index"].idxmin()]
            yield Fact(name, int(row["position"]))


def _cautions(untimed: int, n: int, weekend: Fact, reporting: bool, profiles: pd.DataFrame) -> Iterator[Message]:
    if reporting:
        yield say(N_("The weekday pattern shows when people report, not when vehicles are left."))
    if weekend.value is None:
        yield say(N_("Weekdays or weekends were not observed: they are not compared."))
    if n - untimed < LEAST:
        yield say(N_("Too few reports tell the time of day (00:00 is read as not told): there is no hour profile."))
    elif untimed:
        yield say(N_("Reports at exactly 00:00 ({n}) are read as time not told and left out by hour."), n=untimed)
    if profiles.loc[profiles["cycle"] == "month", "index"].isna().all():
        yield say(N_("Not every month of the year was seen in two years: months are not compared."))
