"""One variable on the regions of the base date (기준일 지역으로): districts to cities, then old regions to new ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sigun.errors import MethodError
from sigun.ingest.layout import Column
from sigun.panel.regional.located import Located, told
from sigun.panel.regional.model import PROVISIONAL
from sigun.panel.regional.over_time import OverTimeRule
from sigun.panel.regional.shared_out import share_out, standing_heirs
from sigun.panel.regional.wholes import FREQUENCY, ROW, Rule, wholes_of
from sigun.plan.variables import Regional, Variable
from sigun.region.codes import Codes, Level, lift
from sigun.region.history import WHOLE, explain
from sigun.text import N_, say
from sigun.units import ADDITIVE_OVER_SPACE, Measure

FINER: Mapping[str, tuple[Level, ...]] = {
    "sido": ("sigungu",),
    "sigungu": ("gu", "dong"),
    "dong": (),
    "nation": (),
    "own": (),
}
"""Levels whose rows can make up a unit, the nearest first."""


@dataclass(frozen=True)
class AtLevel:
    """What a table tells of the units of one level, each of its own time."""

    variable: Variable
    rows: pd.DataFrame  # ROW; weight is NaN here
    span: str  # of a period
    for_ever: bool  # one value for all periods, told as of the base date
    level: Level
    measure: Measure
    additive: bool
    per: str  # of a rate: the variable, or the table's column, that its card says it is divided by; "" where none
    made_up_of: Mapping[str, int]  # finer level -> units and periods that were put together from it
    short: pd.DataFrame  # unit, period: put together although parts of it are not told
    shared: pd.DataFrame  # unit, period: its declared share of what a divided region told


@dataclass(frozen=True)
class United:
    """A variable by region of the base date, before anything is done over time."""

    at: AtLevel
    rows: pd.DataFrame  # region, period, value, state
    rule: Rule
    merged: pd.DataFrame  # region, period: put together from several old regions
    refused: pd.DataFrame  # region, period: several old regions, and no rule to put them together
    partial: pd.DataFrame  # region, period: some of the old regions are told and some are not
    early: pd.DataFrame  # region, period: told before the region stood
    lost: Mapping[str, str]  # unit with values -> why it has no one region at the base date
    approximate: tuple[str, ...]  # regions of which parts moved to a neighbour, or came from one, since
    unconfirmed: tuple[str, ...]  # regions made by a change that no official table confirms yet


def at_level(variable: Variable, located: Located, codes: Codes, asked: Regional) -> AtLevel:
    """The variable at the level it is wanted at; rows of that level first, sums of finer ones where they lack.

    Raises
    ------
    MethodError
        One unit is told twice for one period, with different values.
    """
    level: Level = variable.from_level or asked.unit
    column = next(c for c in located.card.values() if c.id == variable.taken()[0])
    measure: Measure = column.measure or "rate"
    additive = adds_over_space(column)
    rows = told(located, variable.taken())
    rows = rows[rows["unit"].notna()]
    own = _once(_own(rows, level, codes), located)
    made: dict[str, int] = {}
    short = own.loc[own.index[:0], ["unit", "period"]]
    needed = _Needed(_adding(measure, additive), variable.parts)
    for finer in FINER[level]:
        more = _from_below(rows[rows["level"] == finer], own, level, finer, codes, located.span, needed)
        if len(more):
            made[finer] = int(more["value"].notna().sum())
            own = pd.concat([own[~_key(own).isin(_key(more))], more[ROW]], ignore_index=True)
            short = pd.concat([short, more.loc[more["short"], ["unit", "period"]]], ignore_index=True)
    own, shared = share_out(own, codes, pd.Timestamp(asked.day), measure, additive)
    per = column.per or ""
    return AtLevel(variable, own, located.span, located.for_ever, level, measure, additive, per, made, short, shared)


def adds_over_space(column: Column) -> bool:
    """Whether values of several regions may be added up: as the card says, else as the measure does."""
    return (column.measure or "rate") in ADDITIVE_OVER_SPACE if column.additive is None else "space" in column.additive


@dataclass(frozen=True)
class _Needed:
    """How parts make a whole, and which share of them must be told."""

    rule: Rule
    share: float


def _adding(measure: Measure, additive: bool) -> Rule:
    if not additive:
        return "refuse"
    return "add" if measure == "flow" else "take"


def _own(rows: pd.DataFrame, level: Level, codes: Codes) -> pd.DataFrame:
    """Rows of the level itself, and of a 시도 that is its own only 시군구 (세종)."""
    own = rows[rows["level"] == level]
    above = rows[rows["level"] == "sido"] if level == "sigungu" else rows.iloc[:0]
    lone = above.assign(unit=lift(above["unit"], codes, level))
    return pd.concat([own, lone[lone["unit"].notna()]], ignore_index=True).assign(weight=np.nan)[ROW]


def _once(rows: pd.DataFrame, located: Located) -> pd.DataFrame:
    """One row a unit and period: a value before a blank; two values are one only when they are equal."""
    valued = rows[rows["value"].notna()]
    different = valued.groupby(["unit", "period"], dropna=False)["value"].nunique()
    twice = different[different > 1].reset_index()
    if len(twice):
        first = twice.iloc[0]
        raise MethodError(
            say(
                N_("{n} regions and periods are told twice with different values, first: {unit}, {period}."),
                n=len(twice),
                unit=str(first["unit"]),
                period=str(first["period"])[:10],
            ),
            say(N_("card {card}"), card=located.card.id),
            say(N_("Take the second file, or the second row, out; or tell the two places apart in the card.")),
        )
    order = rows.assign(blank=rows["value"].isna()).sort_values(["unit", "period", "blank"], kind="stable")
    return order.drop_duplicates(["unit", "period"])[ROW].reset_index(drop=True)


def _from_below(
    rows: pd.DataFrame, own: pd.DataFrame, level: Level, finer: Level, codes: Codes, span: str, needed: _Needed
) -> pd.DataFrame:
    """Units that have no value of their own, put together from a finer level: ROW and short."""
    parts = standing(codes, finer, rows["period"])
    parts["whole"] = lift(parts["part"], codes, level)
    if rows.empty or parts.empty:
        return own.iloc[:0].assign(short=False)
    known = parts[parts["whole"].notna()]
    made = wholes_of(_once_each(rows), known, span, needed.rule, needed.share).rename(columns={"whole": "unit"})
    made = made[made["value"].notna() & ~made["early"]].assign(weight=np.nan)[[*ROW, "short"]]
    return made[~_key(made).isin(_key(own[own["value"].notna()]))]


def _once_each(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(weight=np.nan).drop_duplicates(["unit", "period"])[ROW]


def _key(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[["unit", "period"]])


def unite(at: AtLevel, codes: Codes, asked: Regional, others: Mapping[str, AtLevel]) -> United:
    """The variable by region of the base date.

    Parameters
    ----------
    others : every variable at its level, for the denominators.
    """
    parts = at_base(codes, at.level, at.rows["period"], asked)
    rows, rule = _weighted(at, others)
    found = wholes_of(rows, parts[parts["whole"].notna()], at.span, rule).rename(columns={"whole": "region"})
    key = ["region", "period"]
    return United(
        at=at,
        rows=found[[*key, "value", "state"]],
        rule=rule,
        merged=found.loc[(found["joined"] > 1) & found["value"].notna(), key],
        refused=found.loc[found["refused"], key],
        partial=found.loc[found["partial"], key],
        early=found.loc[found["early"], key],
        lost=_lost(parts, rows),
        approximate=tuple(sorted(parts.loc[parts["approximate"] & parts["whole"].notna(), "whole"].unique())),
        unconfirmed=_unconfirmed(parts, rows, codes),
    )


def restricted(united: United, regions: Collection[str]) -> United:
    """What is told of these regions, and what is to be said of them."""
    frames = {n: getattr(united, n) for n in ("rows", "merged", "refused", "partial", "early")}
    kept = {name: frame[frame["region"].isin(regions)] for name, frame in frames.items()}
    approximate, unconfirmed = (
        tuple(region for region in named if region in regions) for named in (united.approximate, united.unconfirmed)
    )
    return replace(united, **kept, approximate=approximate, unconfirmed=unconfirmed)


def standing(codes: Codes, level: Level, periods: pd.Series) -> pd.DataFrame:
    """The units of a level in each calendar year of the periods: part, year, since, until."""
    units = codes.units[codes.units["level"] == level].rename(columns={"unit": "part"})
    years = pd.DataFrame({"year": sorted(periods.dropna().dt.year.unique())}, dtype="int32")
    pairs = units[["part", "since", "until"]].merge(years, how="cross")
    last = (pairs["until"] - pd.Timedelta(days=1)).dt.year
    there = (pairs["since"].dt.year <= pairs["year"]) & ~(last < pairs["year"])
    return pairs[there].reset_index(drop=True)


def at_base(codes: Codes, level: Level, periods: pd.Series, asked: Regional) -> pd.DataFrame:
    """The units of a level, and the region of the base date each is (part of): `wholes.PARTS` and approximate."""
    parts = standing(codes, level, periods)
    if level == "own":  # nothing ever changed
        return parts.assign(whole=parts["part"], reason="", approximate=False)
    year = pd.to_datetime(parts["year"].astype(str), format="%Y")
    found = explain(parts["part"], codes, asked.day, year)
    told = parts.assign(whole=found["base"], reason=found["reason"], approximate=found["approximate"])
    heirs = standing_heirs(parts, codes, pd.Timestamp(asked.day))
    if heirs.empty:
        return told
    there = explain(heirs["part"], codes, asked.day)
    shared = heirs.assign(whole=there["base"], reason=there["reason"], approximate=True)
    return pd.concat([told, shared], ignore_index=True)


def _lost(parts: pd.DataFrame, rows: pd.DataFrame) -> dict[str, str]:
    """Units that tell something, and have no one region at the base date: the reason of `history.explain`."""
    gone = parts[parts["whole"].isna()].drop_duplicates("part").set_index("part")["reason"]
    told_of = rows.loc[rows["value"].notna() & (rows["value"] != 0), "unit"]
    return {str(unit): str(gone[unit]) for unit in sorted(set(gone.index) & set(told_of))}


def _unconfirmed(parts: pd.DataFrame, rows: pd.DataFrame, codes: Codes) -> tuple[str, ...]:
    changes = codes.changes[codes.changes["kind"].isin(WHOLE) & ~codes.changes["verified"].astype(bool)]
    went = parts[parts["whole"].notna() & (parts["whole"] != parts["part"]) & parts["part"].isin(changes["old"])]
    return tuple(sorted(went.loc[went["part"].isin(rows.loc[rows["value"].notna(), "unit"]), "whole"].unique()))


def _weighted(at: AtLevel, others: Mapping[str, AtLevel]) -> tuple[pd.DataFrame, Rule]:
    """The rows with their denominators, and how several of them become one."""
    if at.additive:
        return at.rows, _adding(at.measure, True)
    named = at.variable.weight or at.variable.numerator or at.per
    if named not in others or not others[named].additive or at.measure == "index":
        return at.rows, "refuse"
    beside = _by_period(others[named], at.span)
    joined = at.rows.drop(columns="weight").merge(beside, "left", on=["unit", "period"])
    if at.variable.numerator is not None:
        joined["weight"] = joined["weight"] / joined["value"].where(joined["value"] > 0)
    return joined[ROW], "weigh"


def _by_period(weight: AtLevel, span: str) -> pd.DataFrame:
    """Denominators by the periods of what they weigh: unit, period, weight; only whole years (quarters) count."""
    rows = weight.rows[weight.rows["state"] <= PROVISIONAL]
    rule = OverTimeRule.of(weight.variable, weight.measure, weight.span, span)
    if rule.needed == 1:
        return rows[["unit", "period", "value"]].rename(columns={"value": "weight"})
    period = rows["period"].dt.to_period(FREQUENCY[span]).dt.to_timestamp().astype("datetime64[us]")
    by = rows.assign(period=period).sort_values("period").groupby(["unit", "period"])["value"]
    found = by.agg(rule.how or "mean").where(by.size() == rule.needed)
    return found.rename("weight").reset_index()
