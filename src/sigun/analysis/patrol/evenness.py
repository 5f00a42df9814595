"""Evenness (순찰의 형평): how a list falls over areas that have little and areas that have much of something."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.analysis.statistics.intervals import wilson
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.text import N_, say

FIFTHS = 5
YEAR = 364  # days of reports beside the list


def fifths(values: FloatArray) -> IntArray:
    """(n,) fifth of each value, 1 the lowest; equal numbers as far as ties allow, 0 where there is no value.

    >>> fifths(np.array([30.0, 10.0, np.nan, 20.0, 50.0, 40.0])).tolist()
    [3, 1, 0, 2, 5, 4]
    """
    told = np.isfinite(values)
    fifth = np.zeros(len(values), np.int64)
    ordered = np.sort(values[told])
    below = np.searchsorted(ordered, values[told], side="left")  # equal values stay together
    fifth[told] = below * FIFTHS // max(len(ordered), 1) + 1
    return fifth


def evenness(panel: Panel, column: str, listed: pd.Series) -> pd.DataFrame:
    """By fifth of the areas: their share of ground, people, last year's reports, and of the places listed.

    The interval (Wilson) is that of the share listed, as of so many places drawn; areas without a value are left out.

    Parameters
    ----------
    column : an area column of the panel; of a monthly one the mean.
    listed : region of each place of the list; "" where it lies in none.

    Raises
    ------
    MethodError
        There are no outlines, no such column, or fewer than five areas with a value.
    """
    areas = _areas(panel, column)
    by_region = areas.set_index("region")["fifth"]
    since = pd.Timestamp(panel.end) - pd.Timedelta(days=YEAR)
    reports = panel.reports()
    lately = reports.loc[reports["occurred_at"] >= since, "region"].map(by_region)
    on_list = listed.map(by_region).value_counts().reindex(range(1, FIFTHS + 1), fill_value=0).to_numpy(float)
    low, high = wilson(on_list, np.full(FIFTHS, on_list.sum()))
    grouped = areas.groupby("fifth")
    return pd.DataFrame(
        {
            "fifth": np.arange(1, FIFTHS + 1),
            "lowest": grouped[column].min().reindex(range(1, FIFTHS + 1)).to_numpy(float),
            "highest": grouped[column].max().reindex(range(1, FIFTHS + 1)).to_numpy(float),
            "areas": grouped.size().reindex(range(1, FIFTHS + 1), fill_value=0).to_numpy(np.int64),
            "share_area": _shares(areas["fifth"], areas["area_km2"]),
            "share_population": _shares(areas["fifth"], areas["population"]),
            "share_reports": _shares(lately, pd.Series(1.0, lately.index)),
            "share_listed": on_list / on_list.sum() if on_list.sum() else np.nan,
            "low": low,
            "high": high,
        }
    )


def _areas(panel: Panel, column: str) -> pd.DataFrame:
    """Areas with a value: region, the column, fifth, area_km2, population (NaN where not known)."""
    where, remedy = say(N_("patrol list: evenness")), say(N_("Name a column of the plan's area data sets."))
    holder = next((t for t in (panel.areas, panel.area_periods) if t is not None and column in t), None)
    if holder is None or panel.outlines is None:
        raise MethodError(say(N_("There is no area column “{name}”."), name=column), where, remedy)
    table = pd.DataFrame(panel.outlines)[["region", "area_km2"]].reset_index(drop=True)
    table[column] = table["region"].map(holder.groupby("region")[column].mean()).astype(float)
    table["population"] = np.nan
    if panel.areas is not None and "population" in panel.areas:
        table["population"] = table["region"].map(panel.areas.groupby("region")["population"].mean())
    table["fifth"] = fifths(table[column].to_numpy(float))
    table = table[table["fifth"] > 0]
    if len(table) < FIFTHS:
        raise MethodError(
            say(N_("Only {n} areas have a value of “{name}”; at least five are needed."), n=len(table), name=column),
            where,
            remedy,
        )
    return table


def _shares(fifth: pd.Series, amount: pd.Series) -> FloatArray:
    summed = amount.groupby(fifth).sum(min_count=1).reindex(range(1, FIFTHS + 1))
    if summed.notna().any():
        summed = summed.fillna(0.0)
    return np.asarray(summed / summed.sum(), dtype=float)
