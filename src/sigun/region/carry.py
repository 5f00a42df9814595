"""Figures carried to the regions of the base date (기준일 환산): counts added, rates weighted, indices refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd

from sigun.region.codes import Codes
from sigun.region.history import WHOLE, explain, made_of, same_place, state_of
from sigun.text import N_, Message, say

Rule = Literal["sum", "weighted", "refuse"]
"""Counts are added; rates are averaged with their denominator as weight; medians and indices are never combined."""

NOT_COMBINED = N_("A median or an index of several regions cannot be made into one of the whole.")
NO_WEIGHT = N_("The denominator of this rate is not known for every part; it cannot be averaged.")
INCOMPLETE = N_("Not every region it is made of tells a value; a part is not the whole.")
COLUMNS = {
    "unit": "str",
    "period": "datetime64[us]",
    "value": "float64",
    "weight": "float64",
    "told": "int64",
    "of": "int64",
    "approximate": "bool",
}


@dataclass(frozen=True)
class Carried:
    """A variable by the regions of the base date."""

    frame: pd.DataFrame
    """unit, period, value, weight, told, of, approximate: sorted, one row a unit and period. `told` of the `of`
    regions it is made of tell a value; where one is missing the value is NaN: not observed."""
    said: tuple[Message, ...]
    refused: pd.DataFrame  # unit, period, reason (the catalogue's English), rows: what could not be carried


@dataclass(frozen=True)
class _Need:
    """The regions that made up a region in a period: those of its first day, or those of its last, suffice."""

    start: tuple[frozenset[str], ...]  # each a region under all its names and codes
    end: tuple[frozenset[str], ...]


def carry(frame: pd.DataFrame, rule: Rule, codes: Codes, base: date) -> Carried:
    """Carry one variable to the regions of the base date.

    Parameters
    ----------
    frame : columns unit (as `identify` gives them, of one level, each a region in its period), period (datetime, its
        first day), value and weight (its denominator, wanted by "weighted"; may be missing otherwise). Column span
        ("year", "quarter", "month", "day"): none: told by the periods.
    rule : what combining means for this variable.

    Notes
    -----
    A value is told only where all regions that made up the region of the base date tell one. In the year of a change
    the regions before it, or those after it, are enough: statistics tell either.

    Examples
    --------
    >>> from sigun.region.codes import shipped
    >>> births = pd.DataFrame({"unit": ["43110", "43710"], "period": pd.to_datetime(["2012", "2012"]),
    ...                        "value": [6867.0, 1697.0]})
    >>> carry(births, "sum", shipped(), date(2022, 12, 31)).frame[["unit", "value", "told", "of"]].values.tolist()
    [['43110', 8564.0, 2, 2]]
    """
    rows = frame.reset_index(drop=True)
    rows = rows.assign(weight=rows.get("weight", np.nan))
    where = explain(rows["unit"], codes, base, rows["period"])
    rows = rows.assign(base=where["base"], reason=where["reason"], approximate=where["approximate"])
    lost = rows[rows["base"].isna() & rows["value"].notna()]
    kept = rows[rows["base"].notna()].assign(last=_last_days(rows, rows["base"].notna()))
    alone = _alone(kept, codes, base)
    done = [
        _combined(str(unit), period, part, rule, codes, base)
        for (unit, period), part in kept[~alone].groupby(["base", "period"], sort=True)
    ]
    same = kept.loc[alone, ["base", "period", "value", "weight", "approximate"]].rename(columns={"base": "unit"})
    same = same.assign(told=same["value"].notna().astype("int64"), of=1)
    put = pd.DataFrame([d[0] for d in done], columns=list(COLUMNS)).astype(COLUMNS)
    table = pd.concat([same[list(COLUMNS)].astype(COLUMNS), put]).sort_values(["unit", "period"], ignore_index=True)
    refused = _refused(lost, [(row, why) for row, why in done if why])
    return Carried(table, _said(table, rows, codes), refused)


def _alone(kept: pd.DataFrame, codes: Codes, base: date) -> pd.Series:
    """Whether a row's region is all there is of the base date's region in its period: nearly always."""
    simple = pd.Series(False, kept.index)
    for (first, last), part in kept.groupby(["period", "last"]):
        several = _of_several(codes, state_of(codes, first), state_of(codes, last), base)
        simple[part.index] = ~part["base"].isin(several)
    return simple & ~kept.duplicated(["base", "period"], keep=False)


def _last_days(rows: pd.DataFrame, kept: pd.Series) -> pd.Series:
    """The last day of each row's period."""
    first = rows.loc[kept, "period"]
    months = {"year": 12, "quarter": 3, "month": 1}
    if "span" in rows:
        span = rows.loc[kept, "span"]
    else:
        usual = "year" if (first.dt.month == 1).all() else "quarter" if (first.dt.month % 3 == 1).all() else "month"
        span = pd.Series(usual, first.index)
    last = first.copy()
    for name, n in months.items():
        here = span == name
        last[here] = first[here] + pd.DateOffset(months=n) - pd.Timedelta(days=1)
    return last


def _combined(
    unit: str, period: pd.Timestamp, part: pd.DataFrame, rule: Rule, codes: Codes, base: date
) -> tuple[tuple[object, ...], str]:
    """One row of the base date's regions, and why it has no value."""
    need = _needed(unit, codes, period, part["last"].iloc[0], base)
    there = part[part["value"].notna()]
    told = set(there["unit"])
    after, before = ([group for group in groups if group & told] for groups in (need.end, need.start))
    complete = len(after) == len(need.end) or len(before) == len(need.start)
    has, of = (len(after), len(need.end)) if len(after) == len(need.end) else (len(before), len(need.start))
    weight = there["weight"].sum(min_count=len(there)) if len(there) else np.nan
    value, why = _value(there, rule) if complete and len(there) else (np.nan, "")
    if not complete and told:
        why = INCOMPLETE
    return (unit, period, value, weight, has, of, bool(part["approximate"].any())), why


def _value(there: pd.DataFrame, rule: Rule) -> tuple[float, str]:
    values, weights = there["value"].to_numpy(float), there["weight"].to_numpy(float)
    if len(values) == 1:
        return float(values[0]), ""
    if rule == "sum":
        return float(values.sum()), ""
    if rule == "refuse":
        return np.nan, NOT_COMBINED
    if np.isnan(weights).any() or weights.sum() <= 0:
        return np.nan, NO_WEIGHT
    return float((values * weights).sum() / weights.sum()), ""


@lru_cache(maxsize=100_000)
def _needed(unit: str, codes: Codes, first: pd.Timestamp, last: pd.Timestamp, base: date) -> _Need:
    """What a region of the base date was made of, on the first and on the last day of a period."""
    there = (made_of(codes, state_of(codes, day), pd.Timestamp(base)) for day in (first, last))
    start, end = (_groups(parts.get(unit, frozenset({unit})), codes) for parts in there)
    # A region that gave birth to another keeps its code: its figure of that year may be of what it was or of what is
    # left. Only both together are sure to be the whole.
    return _Need(end if set(start) < set(end) else start, end)


def _groups(units: frozenset[str], codes: Codes) -> tuple[frozenset[str], ...]:
    """Each region once, under all its names and codes."""
    places = same_place(codes)
    return tuple(sorted({places.get(u, frozenset({u})) for u in units}, key=sorted))


@lru_cache(maxsize=2_000)
def _of_several(codes: Codes, first: pd.Timestamp, last: pd.Timestamp, base: date) -> frozenset[str]:
    """Regions of the base date that were several on the first or the last day."""
    return frozenset(
        unit
        for day in (first, last)
        for unit, parts in made_of(codes, day, pd.Timestamp(base)).items()
        if len(_groups(parts, codes)) > 1
    )


def _refused(lost: pd.DataFrame, failed: Sequence[tuple[tuple[object, ...], str]]) -> pd.DataFrame:
    """What was told and could not be carried."""
    rows = [*lost[["unit", "period", "reason"]].itertuples(index=False, name=None)]
    rows += [(row[0], row[1], why) for row, why in failed]
    table = pd.DataFrame(rows, columns=["unit", "period", "reason"])
    table = table.astype({"unit": "str", "period": "datetime64[us]", "reason": "str"})
    return (
        table.groupby(["unit", "period", "reason"], as_index=False, sort=True).size().rename(columns={"size": "rows"})
    )


def _said(table: pd.DataFrame, rows: pd.DataFrame, codes: Codes) -> tuple[Message, ...]:
    """How the figures became those of other regions."""
    said = []
    several = sorted(set(table.loc[(table["of"] > 1) & table["value"].notna(), "unit"]))
    if several:
        said.append(say(N_("Put together from several regions: {places}."), places=codes.listed(several)))
    rough = sorted(set(table.loc[table["approximate"] & table["value"].notna(), "unit"]))
    if rough:
        said.append(
            say(
                N_("Not quite the same region throughout, for parts moved from one to another: {places}."),
                places=codes.listed(rough),
            )
        )
    used = set(rows.loc[rows["base"].notna() & (rows["base"] != rows["unit"]), "unit"])
    changes = codes.changes[codes.changes["kind"].isin(WHOLE) & ~codes.changes["verified"]]
    doubtful = sorted(used & set(changes["old"]))
    if doubtful:
        said.append(
            say(
                N_("The change of these regions is not yet confirmed by an official table: {places}."),
                places=codes.listed(doubtful),
            )
        )
    return tuple(said)
