"""Open cases (미처리 건): how long they will still take, by age and by area; never by address or person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sigun.analysis.duration.remaining import remaining_days
from sigun.analysis.statistics.arrays import FloatArray
from sigun.analysis.statistics.intervals import z_of
from sigun.analysis.statistics.observed import LEAST
from sigun.analysis.statistics.survival import steps_of, watched

RECENT = 730  # days before the end whose pace is taken to go on
AGES = (0, 7, 30, 90, 365)  # first day of each age band
FEW = 5  # open cases: fewer in an area are shown together with others

CASES: Mapping[str, str] = {
    "id": "str",
    "region": "str",
    "age_days": "int64",
    "expected_days": "float64",
    "early": "float64",
    "late": "float64",
    "within_30d": "float64",
}
GROUPS: Mapping[str, str] = {
    "by": "str",
    "group": "str",
    "name": "str",
    "n": "int64",
    "told": "int64",
    "mean_age": "float64",
    "expected_days": "float64",
    "low": "float64",
    "high": "float64",
    "within_30d": "float64",
}


@dataclass(frozen=True)
class Outlook:
    """What is to be expected of the open cases."""

    cases: pd.DataFrame  # CASES, the oldest first
    groups: pd.DataFrame  # GROUPS: all, by age band, by area


def outlook_of(cases: pd.DataFrame, requests: pd.DataFrame, areas: Mapping[str, str]) -> Outlook:
    """Days still to go of every open one of the cases, at the pace of all requests of the last two years.

    Some of the open ones will be closed as duplicates: the pace is that of requests, duplicates included. Nothing is
    said of a case older than ages at which too few were watched.
    """
    waiting = cases[~cases["closed"]]
    age = waiting["days"].to_numpy(float).astype(np.int64)
    found = _expected(requests, age)
    table = waiting[["id", "region"]].assign(age_days=age, **found).sort_values(["age_days", "id"], ascending=False)
    whole = table[list(CASES)].astype(dict(CASES)).reset_index(drop=True)
    rows = list(_groups(table, areas))
    return Outlook(whole, pd.DataFrame(rows, columns=list(GROUPS)).astype(dict(GROUPS)))


def _expected(cases: pd.DataFrame, age: FloatArray) -> dict[str, FloatArray]:
    """expected_days, early, late, within_30d and the error of the first, (n,) each; NaN where nothing can be said."""
    days, closed, entry = _recent(cases)
    each, back = np.unique(age + 0.5, return_inverse=True)  # the middle of a day stands for it
    known = (watched(each, days, entry) >= LEAST) & (closed.sum() >= LEAST)
    found = remaining_days(steps_of(days, closed, entry), each[known])
    columns = ("expected_days", "error", "early", "late", "within_30d")
    values = np.full((len(columns), len(each)), np.nan)
    values[:, known] = (found.expected, found.error, found.early, found.late, found.soon)
    return dict(zip(columns, values[:, back], strict=True))


def _recent(cases: pd.DataFrame) -> tuple[FloatArray, np.ndarray, FloatArray]:
    """Days, closed and entry of the cases watched in the last two years: only what happened then counts."""
    days = cases["days"].to_numpy(float)
    before = cases["since_end"].to_numpy(float)  # days from the report to the end of the data
    entry = np.maximum(before - RECENT, 0.0)
    seen = days > entry
    return days[seen], cases["closed"].to_numpy(bool)[seen], entry[seen]


def _groups(table: pd.DataFrame, areas: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    if table.empty:
        return
    yield ("all", "all", "", *_summary(table))
    band = np.searchsorted(AGES, table["age_days"], side="right") - 1
    for k, own in table.groupby(band):
        last = f"{AGES[k + 1] - 1}" if k + 1 < len(AGES) else ""
        yield ("age", f"{AGES[k]}–{last}", "", *_summary(own))
    n = table["region"].map(table["region"].value_counts())
    for region, own in table.groupby(table["region"].mask(n < FEW, "")):
        yield ("area", region, areas.get(str(region), region), *_summary(own))


def _summary(own: pd.DataFrame) -> tuple[object, ...]:
    """n, told, mean age, expected days with bounds of the mean, chance within 30 days.

    One curve stands behind all of them, so their errors do not cancel: the mean's error is taken as the mean error.
    """
    told = own[own["expected_days"].notna()]
    if told.empty:
        return (len(own), 0, own["age_days"].mean(), *(np.nan,) * 4)
    mean, half = told["expected_days"].mean(), z_of() * told["error"].mean()
    return (
        len(own),
        len(told),
        own["age_days"].mean(),
        mean,
        max(mean - half, 0.0),
        mean + half,
        told["within_30d"].mean(),
    )
