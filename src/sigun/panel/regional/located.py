"""A table's rows and the region each is of (자리 찾기): codes and names to units of their own time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from sigun.catalog.card import Card
from sigun.errors import MethodError
from sigun.panel.regional.model import NOT_OBSERVED, OBSERVED, PROVISIONAL, SUPPRESSED
from sigun.region.codes import Codes
from sigun.region.identify import identify
from sigun.text import N_, Message, say

PLACE = ["region", "region_name", "sido", "sigungu", "dong"]


@dataclass(frozen=True)
class Located:
    """A cleaned table, each row with its unit and level; rows in places nobody knows are set apart."""

    card: Card
    rows: pd.DataFrame  # of the snapshot, then unit, level, how
    unmatched: pd.DataFrame  # place, reason, near, rows
    span: str  # of its periods: year, quarter, month, day, number
    for_ever: bool  # it tells no periods; its values are then those of the base date
    said: tuple[Message, ...]  # what a person should know of how the regions were found


def locate(card: Card, table: pd.DataFrame, codes: Codes, base: date) -> Located:
    """Find the unit of every row, by the codes and names valid in its period.

    Raises
    ------
    MethodError
        Its periods are of different lengths.
    """
    for_ever = "period" not in table
    rows = table.assign(period=pd.Timestamp(base.year, 1, 1)) if for_ever else table
    rows = rows.reset_index(drop=True).astype({"period": "datetime64[us]"})
    places = pd.DataFrame({name: _column(rows, name) for name in PLACE})
    found = identify(places.assign(period=rows["period"]), codes, card.scheme, card.within)
    columns = {name: getattr(found, name).astype("str").to_numpy() for name in ("unit", "level", "how")}
    rows = rows.assign(**columns).astype(dict.fromkeys(columns, "str"))
    return Located(card, rows, found.unmatched, length_of(card, rows), for_ever, found.said)


def in_time(located: Located, start: date | None, end: date | None) -> Located:
    """The rows of the calendar years that hold `start` (and, half-open, `end`); all of a table without periods."""
    if located.for_ever:
        return located
    years = located.rows["period"].dt.year
    kept = pd.Series(True, years.index)
    if start is not None:
        kept &= years >= start.year
    if end is not None:
        kept &= years <= (end - timedelta(days=1)).year
    return replace(located, rows=located.rows[kept])


def length_of(card: Card, rows: pd.DataFrame) -> str:
    """The length of the table's periods.

    Raises
    ------
    MethodError
        They are of different lengths.
    """
    spans = sorted(rows["span"].dropna().unique()) if "span" in rows else ["year"]
    if len(spans) > 1:
        raise MethodError(
            say(N_("Its periods are of different lengths: {spans}."), spans=", ".join(spans)),
            say(N_("card {card}, column of the period"), card=card.id),
            say(N_("Keep periods of one length in the file, or make two data sets of it.")),
        )
    return spans[0] if spans else "year"


def _column(table: pd.DataFrame, name: str) -> pd.Series:
    return table[name] if name in table else pd.Series(pd.NA, table.index, dtype="str")


def told(located: Located, columns: tuple[str, ...]) -> pd.DataFrame:
    """Period, unit, level, value and state of each row; several columns are added up where all are told."""
    rows = located.rows
    values = rows[list(columns)].astype("float64")
    marks = [rows[f"{c}__mark"] == "suppressed" for c in columns if f"{c}__mark" in rows]
    hidden = np.logical_or.reduce(marks) if marks else np.zeros(len(rows), bool)
    value = values.sum(axis=1, skipna=False).where(~hidden)
    provisional = rows["provisional"].fillna(False).astype(bool) if "provisional" in rows else False
    state = np.where(value.isna(), NOT_OBSERVED, np.where(provisional, PROVISIONAL, OBSERVED))
    return pd.DataFrame(
        {
            "period": rows["period"],
            "unit": rows["unit"],
            "level": rows["level"],
            "value": value,
            "state": np.where(hidden, SUPPRESSED, state),
        }
    )
