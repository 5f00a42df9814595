"""Facilities cleaned (시설 정리): one row a place, with its point, kind and what it holds; only the newest state."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sigun.ingest.periods import read_periods
from sigun.ingest.personal import cut_out
from sigun.ingest.points import points
from sigun.ingest.source import Source
from sigun.ingest.values import add_values
from sigun.text import N_, _, say

SHOWN = 5  # ids that are named
MOSTLY = 0.5  # of the places told for several days: the file holds several states of all


def clean_facilities(source: Source) -> pd.DataFrame:
    """Columns row, id, kind, period (as of; NaT: not told), longitude, latitude and values: one row a place.

    A place without a point, or told twice, is left out and counted; a value below zero is taken as not told.
    """
    longitude, latitude = points(source)
    frame = pd.DataFrame(
        {
            "row": source.rows,
            "id": source.text("id"),
            "kind": cut_out(source.text("kind"))[0],
            "period": _as_of(source),
            "longitude": longitude,
            "latitude": latitude,
        }
    )
    frame = add_values(frame, source)
    _without_negatives(frame, source)
    placed = _with_point(frame, source)
    return _told_once(_newest(placed, source), source).reset_index(drop=True)


def _as_of(source: Source) -> pd.Series:
    """The day each row was as it says: the first of the month or year where only these are told."""
    column = source.layout.column("period")
    if column is None or source.is_native_time(column):
        return source.times("period")
    read = read_periods(source.text("period"))
    source.note(column, read.bad | read.unclear, _("no dates"), _("Mend these cells, or take the column out."))
    return read.first


def _without_negatives(frame: pd.DataFrame, source: Source) -> None:
    """No place holds fewer than none."""
    for column in source.layout.values():
        name = str(column.id)
        if name not in frame or frame[name].dtype.kind != "f":
            continue
        below = (frame[name] < 0).to_numpy()
        if below.any():
            frame[name] = frame[name].mask(below)
            said = N_("{n} values of “{column}” below zero were taken as not told, first: record {row}.")
            row = int(frame.loc[below, "row"].iloc[0]) + 1
            source.changes.append(say(said, n=int(below.sum()), column=column.name, row=row))


def _with_point(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    lost = frame["longitude"].isna() | frame["latitude"].isna()
    if lost.any():
        said = N_("{n} places without a point were left out, first: record {row}.")
        source.changes.append(say(said, n=int(lost.sum()), row=int(frame.loc[lost, "row"].iloc[0]) + 1))
    return frame[~lost]


def _keys(frame: pd.DataFrame) -> list[str]:
    """What tells places apart: their number and kind (one house may offer two services), else their point."""
    return ["id", "kind"] if frame["id"].notna().all() and len(frame) else ["longitude", "latitude", "kind"]


def _newest(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Of a file of several states the newest alone, as the places of earlier ones may have closed; else the newest row
    of each place: days that only differ from place to place are the days they were last looked at."""
    keys, newest = _keys(frame), frame["period"].max()
    days = frame.groupby(keys, dropna=False)["period"].nunique()
    if not (days > 1).any():
        return frame
    if (days > 1).mean() >= MOSTLY:
        kept = frame[frame["period"] == newest]
    else:
        kept = frame[frame["period"].isna() | (frame["period"] == _last_of_each(frame, keys))]
    said = N_("Only the newest state counts ({day}): {n} rows of earlier ones were left out.")
    source.changes.append(say(said, day=str(newest.date()), n=len(frame) - len(kept)))
    return kept


def _last_of_each(frame: pd.DataFrame, keys: list[str]) -> pd.Series:
    return frame.groupby(keys, dropna=False)["period"].transform("max")


def _told_once(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """One row a place; rows told twice with other values are named, and the first stands."""
    told = frame.drop(columns="row")
    same = told.duplicated()
    if same.any():
        source.changes.append(say(N_("{n} rows that stand twice were left out."), n=int(same.sum())))
    kept = frame[~same]
    if not kept["id"].notna().any():
        return kept
    again = (kept.duplicated(["id", "kind"]) & kept["id"].notna()).to_numpy()
    if again.any():
        names = ", ".join(list(dict.fromkeys(kept.loc[again, "id"]))[:SHOWN])
        said = N_("{n} rows repeat the number of a place with other values; the first row stands: {names}.")
        source.changes.append(say(said, n=int(again.sum()), names=names))
    return kept[np.logical_not(again)]
