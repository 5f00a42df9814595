"""What was observed, day by day (관측일): holes in collection are neither days nor zeros."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.text import N_, Message, say

FloatArray = NDArray[np.float64]

LEAST = 30  # reports: with fewer a 90 % interval is wider than the figure is worth


def observed_days(panel: Panel) -> pd.DatetimeIndex:
    """The days of the period on which reports were collected."""
    days = pd.date_range(panel.start, panel.end, inclusive="left", name="day").as_unit("us")
    for start, end in panel.holes:
        days = days[(days < pd.Timestamp(start)) | (days >= pd.Timestamp(end))]
    return days


def observed_reports(panel: Panel, days: pd.DatetimeIndex) -> pd.DataFrame:
    """Reports of their own on the observed days, with their `day`."""
    reports = panel.reports()
    day = reports["occurred_at"].dt.normalize()
    return reports.assign(day=day)[day.isin(days).to_numpy()]


def require_reports(n: int, where: Message, least: int = LEAST) -> None:
    """Raise when there are fewer reports than the method can use.

    Raises
    ------
    MethodError
        n is less than `least`.
    """
    if n < least:
        raise MethodError(
            say(N_("There are {n} reports; at least {least} are needed."), n=n, least=least),
            where,
            say(N_("Choose a longer period in the plan, or take this step out of it.")),
        )


def require_points(points: int, reports: int, where: Message) -> None:
    """Raise when no report has a point: a longer period would bring none.

    Raises
    ------
    MethodError
        There are reports, and none has coordinates.
    """
    if reports and not points:
        raise MethodError(
            say(N_("None of the {n} reports has coordinates."), n=reports),
            where,
            say(
                N_(
                    "Add the coordinates, or a table of addresses and their coordinates; "
                    "or take this step out of the plan."
                )
            ),
        )


def per_day(days: pd.DatetimeIndex, day_of_each: pd.Series) -> FloatArray:
    """How many reports each of the days has."""
    counts: FloatArray = day_of_each.value_counts().reindex(days, fill_value=0).to_numpy(float)
    return counts


def month_pieces(panel: Panel, days: pd.DatetimeIndex, counts: FloatArray) -> pd.DataFrame:
    """Months, cut where a new regime of intake begins: month, regime, days, reports, time (years from the start).

    Only pieces with an observed day; `regime` is how many changes came before; `time` is the mean of the days.
    """
    starts = np.array([np.datetime64(day, "us") for day in sorted(panel.regimes)], dtype="datetime64[us]")
    frame = pd.DataFrame(
        {
            "month": days.to_period("M").to_timestamp(),
            "regime": np.searchsorted(starts, days.to_numpy(), side="right"),
            "days": 1,
            "reports": counts,
            "time": (days - pd.Timestamp(panel.start)).days / 365.25,
        }
    )
    how = {"days": "sum", "reports": "sum", "time": "mean"}
    return frame.groupby(["month", "regime"], sort=True).agg(how).reset_index()


def season_can_be_told(pieces: pd.DataFrame) -> bool:
    """Whether every month of the year was seen, ten days or more, in two different years."""
    seen = pieces[pieces["days"] >= 10]["month"]
    years = seen.dt.year.groupby(seen.dt.month).nunique()
    return len(years) == 12 and bool((years >= 2).all())


def season_columns(position: NDArray[np.int64], k: int = 12) -> FloatArray:
    """(n, k - 1) contrasts of the month of the year, 1 to k; they sum to zero, so that a level is a year's average.

    Examples
    --------
    >>> season_columns(np.array([1, 12]))[:, :2].tolist()
    [[1.0, 0.0], [-1.0, -1.0]]
    """
    each = np.vstack([np.eye(k - 1), -np.ones(k - 1)])
    return each[np.asarray(position) - 1]


def week_dispersion(days: pd.DatetimeIndex, counts: FloatArray) -> float:
    """How much more weekly counts vary inside a month than Poisson; 1 or more.

    Weeks are days 1–7, 8–14, 15–21 and 22–28 of a month, whole ones only: each holds every weekday once.
    """
    from sigun.analysis.statistics.intervals import dispersion_of

    frame = pd.DataFrame({"month": days.to_period("M").asi8, "week": (days.day - 1) // 7, "n": 1, "reports": counts})
    weeks = frame[frame["week"] < 4].groupby(["month", "week"])[["n", "reports"]].sum()
    weeks = weeks[weeks["n"] == 7]
    mean = weeks.groupby("month")["reports"].transform("mean")
    estimated = weeks.index.get_level_values("month").nunique()
    return dispersion_of(weeks["reports"].to_numpy(float), mean.to_numpy(float), estimated)
