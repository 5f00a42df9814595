"""Parts to wholes (부분에서 전체로): what districts tell for their city, what old regions tell for the new.

A whole is told only when a full set of its parts is: all that stood on one day of the year, or the share of them that
the plan is content with. Nothing is filled in.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from sigun.panel.regional.model import NOT_OBSERVED, OBSERVED, PROVISIONAL, SUPPRESSED

Rule = Literal["add", "take", "weigh", "refuse"]
"""add: flows, every part of the year · take: stocks, the parts of one day · weigh: rates, by their denominators
· refuse: where there is more than one part there is no value (indices, medians)."""

ROW = ["period", "unit", "value", "state", "weight"]
"""What is told of a unit in a period: `period` its first day, `value` NaN unless `state` is observed or provisional."""

ROUNDING = 1e-9  # of a share

FREQUENCY = {"year": "Y", "quarter": "Q", "month": "M", "day": "D"}

PARTS = ["part", "whole", "year", "since", "until"]
"""Which unit belongs to which whole in which year, and when it stood: half-open, NaT: still."""


def wholes_of(told: pd.DataFrame, parts: pd.DataFrame, span: str, rule: Rule, needed: float = 1.0) -> pd.DataFrame:
    """One row a whole and period: whole, period, value, state, joined (parts that are not nought), refused, partial
    (some parts are told, and too few), short (told, though parts lack), early.

    Parameters
    ----------
    told : ROW, one row a unit and period.
    parts : PARTS.
    span : of a period: year, quarter, month or day.
    rule : how several parts make one whole.
    needed : share of the parts of a day that must be told.

    Notes
    -----
    Publishers move a figure to a new region from the first of January of its year on, from the day of the change on, or
    from the next year on. So the sets looked at are those of the last day of the year, of the period's last day and of
    its first day, in this order; the first set told in full is taken. Where the period's last day has all of the year's
    and more, and each tells something, nothing was moved yet: that set comes first. A region told before it stood
    (`early`) stands for itself where there is no set.
    """
    days = _days(told["period"], span)
    members = days.merge(_standing(parts, days["day"]), on="day")
    told = told.set_index(["unit", "period"])[["value", "state", "weight"]]
    members = members.join(told, on=["part", "period"])
    chosen = _fullest(_without_subsets(members), needed)
    early = _told_early(told, parts, chosen)
    if rule == "add":
        chosen = _with_the_rest_of_the_year(chosen, members)
    return pd.concat([_together(chosen, rule), early], ignore_index=True).sort_values(
        ["whole", "period"], ignore_index=True
    )


def _days(period: pd.Series, span: str) -> pd.DataFrame:
    """The days on which a set of parts may stand: period, day, rank (which is looked at first)."""
    stretch = pd.Series(period.unique()).dt.to_period(FREQUENCY[span])
    first = stretch.dt.to_timestamp()
    year = first.dt.to_period("Y").dt.to_timestamp(how="end")
    days = (year, stretch.dt.to_timestamp(how="end"), first)
    frames = [pd.DataFrame({"period": first, "day": day.dt.normalize(), "rank": i}) for i, day in enumerate(days)]
    return pd.concat(frames, ignore_index=True).astype({"period": "datetime64[us]", "day": "datetime64[us]"})


def _standing(parts: pd.DataFrame, days: pd.Series) -> pd.DataFrame:
    """Which parts stood on each day: day, part, whole."""
    each = pd.DataFrame({"day": days.drop_duplicates()})
    pairs = each.assign(year=each["day"].dt.year).merge(parts, on="year")
    stood = (pairs["since"] <= pairs["day"]) & (pairs["until"].isna() | (pairs["day"] < pairs["until"]))
    return pairs.loc[stood, ["day", "part", "whole"]]


def _without_subsets(members: pd.DataFrame) -> pd.DataFrame:
    """Sets without those that lack a part of the year's last one.

    A region that gave birth to another keeps its code: its figure of that year may be of what it was or of what is
    left. Only both together are sure to be the whole.
    """
    key = ["whole", "period"]
    last = members.loc[members["rank"] == 0, [*key, "part"]]
    within = members.merge(last.assign(within=1), "left", on=[*key, "part"]).fillna({"within": 0})
    sets = within.groupby([*key, "rank"]).agg(size=("part", "size"), within=("within", "sum")).reset_index()
    sets = sets.merge(last.groupby(key).size().rename("last").reset_index(), "left", on=key)
    lesser = sets[(sets["size"] == sets["within"]) & (sets["size"] < sets["last"])]
    dropped = pd.MultiIndex.from_frame(lesser[[*key, "rank"]])
    return members[~pd.MultiIndex.from_frame(members[[*key, "rank"]]).isin(dropped)]


def _fullest(members: pd.DataFrame, needed: float) -> pd.DataFrame:
    """The members of one set a whole and period: the first told in full, else the first told enough, else the first."""
    sets = members.assign(missing=members["value"].isna())
    key = ["whole", "period", "rank"]
    share = sets.groupby(key, sort=True)["missing"].mean().rename("share").reset_index()
    state = share.assign(lacking=share["share"] > 1 - needed + ROUNDING, short=share["share"] > 0)
    state = state.merge(_not_moved_yet(members), "left", on=key).fillna({"later": 1})
    order = ["whole", "period", "lacking", "short", "later", "rank"]
    state = state.sort_values(order).drop_duplicates(["whole", "period"])
    return members.merge(state.drop(columns=["share", "later"]), on=key)


def _not_moved_yet(members: pd.DataFrame) -> pd.DataFrame:
    """Sets of a period's last day that hold the year's last one and more, each part with a figure: key and later, 0."""
    key = ["whole", "period"]
    own, last = members[members["rank"] == 1], members.loc[members["rank"] == 0, [*key, "part"]]
    told = own.assign(told=own["value"].notna() & (own["value"] != 0)).merge(
        last.assign(within=1), "left", on=[*key, "part"]
    )
    sets = told.groupby(key).agg(size=("part", "size"), within=("within", "sum"), told=("told", "all")).reset_index()
    sets = sets.merge(last.groupby(key).size().rename("last").reset_index(), on=key)
    found = sets[sets["told"] & (sets["within"] == sets["last"]) & (sets["size"] > sets["last"])]
    return found[key].assign(rank=1, later=0)


def _with_the_rest_of_the_year(chosen: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Flows are told by both regions of a year of change, each for its own days: all of them count."""
    full = chosen.loc[~chosen["lacking"], ["whole", "period"]].drop_duplicates()
    others = members[members["value"].notna()].merge(full, on=["whole", "period"])
    rest = others.drop_duplicates(["whole", "period", "part"]).assign(lacking=False, short=False)
    return pd.concat([chosen, rest]).drop_duplicates(["whole", "period", "part"])


def _together(chosen: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """Sums, or means weighted by denominators, where every member is told."""
    weight = chosen["weight"] if rule == "weigh" else pd.Series(1.0, chosen.index)
    product = chosen["value"] * weight
    frame = chosen.assign(
        product=product,
        used=weight.where(product.notna()),
        suppressed=chosen["state"] == SUPPRESSED,
        provisional=chosen["state"] == PROVISIONAL,
        counts=chosen["value"].notna() & (chosen["value"] != 0),
    )
    by = frame.groupby(["whole", "period"], sort=True)
    whole = by.agg(
        lacking=("lacking", "first"),
        short=("short", "first"),
        parts=("part", "size"),
        joined=("counts", "sum"),
        first=("value", "first"),
        total=("product", "sum"),
        weight=("used", "sum"),
        weighed=("product", "count"),
        suppressed=("suppressed", "any"),
        provisional=("provisional", "any"),
    ).reset_index()
    single = whole["parts"] == 1
    joined = whole["total"] / whole["weight"] if rule == "weigh" else whole["total"]
    joined = joined.where((whole["weighed"] == whole["parts"]) | whole["short"]) if rule != "refuse" else np.nan
    value = whole["first"].where(single, joined).where(~whole["lacking"])
    told = np.where(whole["provisional"], PROVISIONAL, OBSERVED)
    untold = np.where(whole["suppressed"], SUPPRESSED, NOT_OBSERVED)
    return pd.DataFrame(
        {
            "whole": whole["whole"],
            "period": whole["period"],
            "value": value,
            "state": np.where(value.notna(), told, untold),
            "joined": whole["joined"],
            "refused": ~whole["lacking"] & value.isna(),
            "partial": whole["lacking"] & (whole["joined"] > 0),
            "short": whole["short"] & value.notna(),
            "early": False,
        }
    )


def _told_early(told: pd.DataFrame, parts: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    """Regions told for a time before they stood, where nobody else tells it; a nought there means "no such region"."""
    rows = told.reset_index()
    rows = rows[rows["unit"].isin(parts["whole"].unique()) & rows["value"].notna() & (rows["value"] != 0)]
    known = pd.MultiIndex.from_frame(chosen[["whole", "period"]])
    rows = rows[~pd.MultiIndex.from_frame(rows[["unit", "period"]]).isin(known)]
    return pd.DataFrame(
        {
            "whole": rows["unit"],
            "period": rows["period"],
            "value": rows["value"],
            "state": rows["state"],
            "joined": 1,
            "refused": False,
            "partial": False,
            "short": False,
            "early": True,
        }
    )
