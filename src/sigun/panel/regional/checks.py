"""Golden checks (검산): children add up to their parent, totals are the published ones, tables agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from sigun.catalog.card import AddsUp, Published
from sigun.errors import MethodError, SigunError
from sigun.panel.model import Finding
from sigun.panel.regional.dictionary import Titles
from sigun.panel.regional.located import Located, told
from sigun.panel.regional.model import SUPPRESSED, Check
from sigun.panel.regional.span import written
from sigun.panel.regional.unite import AtLevel, United, standing
from sigun.panel.regional.wholes import FREQUENCY
from sigun.plan.variables import AddsUpTo, Regional
from sigun.region.codes import Codes, Level, lift
from sigun.region.history import explain
from sigun.text import N_, Message, say

PAIRS: tuple[tuple[Level, Level], ...] = (("nation", "sido"), ("sido", "sigungu"), ("sigungu", "gu"))
"""Parents and children that may stand in one file."""

SHOWN = 5  # places a finding names, those farthest off first
STANDS = 1e-6  # of the expected figure: what the last binary digit may do


@dataclass(frozen=True)
class Names:
    """What units are called."""

    codes: Codes

    def of(self, unit: str) -> str:
        """The full name, or the code where there is none."""
        return self.codes.fulls.get(unit, unit)


def children_add_up(check: AddsUp, located: Located, codes: Codes) -> Iterator[Check]:
    """Each region's own row against its children's; a parent with a hidden or no child cannot be told."""
    names = Names(codes)
    for column in check.columns:
        rows = told(located, (column,))
        for parent, child in PAIRS:
            yield from _pair(check, rows, parent, child, column, located, names)


def _pair(
    check: AddsUp, rows: pd.DataFrame, parent: Level, child: Level, column: str, located: Located, names: Names
) -> Iterator[Check]:
    own = rows[(rows["level"] == parent) & rows["value"].notna()]
    below = _children(rows[rows["level"] == child], child, names.codes)
    below = (
        below.assign(whole=lift(below["unit"], names.codes, parent)) if parent != "nation" else below.assign(whole="00")
    )
    by = below.assign(hidden=below["state"] == SUPPRESSED, blank=below["value"].isna()).groupby(["whole", "period"])
    sums = by.agg(found=("value", "sum"), told=("value", "count"), hidden=("hidden", "any"), blank=("blank", "sum"))
    both = own.merge(sums.reset_index().rename(columns={"whole": "unit"}), on=["unit", "period"])
    for row in both[(both["told"] > 0) & ~both["hidden"]].sort_values(["unit", "period"]).to_dict("records"):
        yield Check(
            card=located.card.id,
            kind="children_add_up",
            column=column,
            period=written(row["period"], located.span),
            place=names.of(row["unit"]),
            expected=row["value"],
            found=row["found"],
            held=_close(row["found"], row["value"], check.tolerance),
        )


def _children(rows: pd.DataFrame, child: Level, codes: Codes) -> pd.DataFrame:
    """Rows that speak of a child: one that stood at the end of the year, or that tells something.

    After 구 are abolished, files go on with noughts for them, often from the first of January of that year on.
    """
    units = standing(codes, child, rows["period"])
    stayed = units[units["until"].isna() | (units["until"].dt.year > units["year"])]
    there = pd.MultiIndex.from_arrays([rows["unit"], rows["period"].dt.year])
    known = there.isin(pd.MultiIndex.from_frame(stayed[["part", "year"]]))
    return rows[known | (rows["value"].notna() & (rows["value"] != 0))]


def total_equals(check: Published, at: AtLevel) -> Iterator[Check]:
    """The sum over all that the table tells against the published figure, for each period of the panel's time."""
    rows, card = at.rows, at.variable.table
    years = set(rows["period"].dt.year)
    for key, expected in sorted(check.totals.items()):
        first = pd.Timestamp(key)
        if first.year not in years:
            continue
        until = first + {4: pd.DateOffset(years=1), 7: pd.DateOffset(months=1)}.get(len(key), pd.DateOffset(days=1))
        there = rows[(rows["period"] >= first) & (rows["period"] < until)]
        found = float(there["value"].sum())
        hidden = int((there["state"] == SUPPRESSED).sum())
        held = _close(found, expected, check.tolerance)
        yield Check(card, "total_equals", check.column, key, "", expected, found, held, check.source, hidden)


def carried_whole(united: United, asked: Regional) -> Iterator[Check]:
    """What the regions of the base date have together against what the table tells, period by period of the panel."""
    at = united.at
    if united.rule != "add":
        return
    told, kept = (_by_span(rows, asked) for rows in (at.rows, united.rows))
    for period, expected in told.items():
        found = float(kept.get(period, 0.0))
        held = _close(found, expected, 0.0)
        name = at.variable.id
        yield Check(at.variable.table, "carried_whole", name, written(period, asked.span), "", expected, found, held)


def _by_span(rows: pd.DataFrame, asked: Regional) -> pd.Series:
    period = rows["period"].dt.to_period(FREQUENCY[asked.span]).dt.to_timestamp()
    return rows["value"].groupby(period).sum().sort_index()


def adds_up_to(check: AddsUpTo, at: AtLevel, theirs: pd.DataFrame, asked: Regional, codes: Codes) -> Iterator[Check]:
    """What a table tells, added up to larger regions, against what another table tells of these.

    Parameters
    ----------
    theirs : region (of the base date), period (of the panel), value; NaN where not told.
    """
    names = Names(codes)
    whole = lift(at.rows["unit"], codes, check.level) if check.level != "nation" else pd.Series("00", at.rows.index)
    region = explain(whole, codes, asked.day, at.rows["period"])["base"]
    period = at.rows["period"].dt.to_period(FREQUENCY[asked.span]).dt.to_timestamp().astype("datetime64[us]")
    by = at.rows.assign(region=region, period=period, blank=at.rows["value"].isna()).groupby(["region", "period"])
    sums = by.agg(found=("value", "sum"), untold=("blank", "sum")).reset_index()
    both = theirs[theirs["value"].notna()].merge(sums, "left", on=["region", "period"])
    both = both[both["period"].isin(period.unique())].fillna({"found": 0.0, "untold": 0})
    for row in both.sort_values(["period", "region"]).to_dict("records"):
        yield Check(
            card=at.variable.table,
            kind="adds_up_to",
            column=check.variable,
            period=written(row["period"], asked.span),
            place=names.of(row["region"]),
            expected=row["value"],
            found=row["found"],
            held=_close(row["found"], row["value"], check.tolerance),
            source=check.table,
            untold=int(row["untold"]),
        )


def _close(found: float, expected: float, tolerance: float) -> bool:
    return abs(found - expected) <= max(tolerance, STANDS * abs(expected))


SAID: Mapping[str, str] = {
    "children_add_up": N_(
        "“{column}” of {card}: in {failed} of {n} cases the parts do not add up to the region's own row. Farthest off: "
        "{worst}."
    ),
    "total_equals": N_(
        "“{column}” of {card}: in {failed} of {n} periods the sum over all regions is not the published total. "
        "Farthest off: {worst}."
    ),
    "carried_whole": N_(
        "“{column}” of {card}: in {failed} of {n} periods the regions of the base date have less (or more) than the "
        "table tells. Farthest off: {worst}."
    ),
    "adds_up_to": N_(
        "“{column}” of {card}: in {failed} of {n} cases the regions do not add up to what {source} tells of the larger "
        "region. Farthest off: {worst}."
    ),
}
DONE = N_("The figures stay as they are told. Until the difference is explained, do not read this column as complete.")


def said_of_checks(checks: tuple[Check, ...], titles: Titles) -> Iterator[Finding]:
    """One finding for each check that failed anywhere, with the places farthest off."""
    for kind, card, column in dict.fromkeys((c.kind, c.card, c.column) for c in checks):
        same = [c for c in checks if (c.kind, c.card, c.column) == (kind, card, column)]
        failed = sorted((c for c in same if not c.held), key=lambda c: -abs(c.found - c.expected))
        if failed:
            said = say(
                SAID[kind],
                column=titles.of(card, column),
                card=titles.tables.get(card, card),
                failed=len(failed),
                n=len(same),
                worst="; ".join(map(_off, failed[:SHOWN])),
                source=titles.tables.get(failed[0].source, failed[0].source),
            )
            yield Finding("check_failed", len(failed), said, Message(DONE))


def _off(check: Check) -> str:
    """`경기도 부천시 2019: 120 / 4,842 (−4,722)`."""
    where = f"{check.place} {check.period}".strip()
    return f"{where}: {check.found:,.10g} / {check.expected:,.10g} ({check.found - check.expected:+,.10g})"


def stops(checks: tuple[Check, ...], stopping: set[tuple[str, str, str]], titles: Titles) -> list[SigunError]:
    """An error for each failed check that its card or plan says must stop the run: (kind, card, column)."""
    problems: list[SigunError] = []
    for kind, card, column in sorted(stopping):
        own = tuple(c for c in checks if (c.kind, c.card, c.column) == (kind, card, column))
        problems += [
            MethodError(
                f.said,
                say(N_("card {card}, check {check}"), card=card, check=kind),
                say(N_("Look at the file and the card; or write `on_fail: finding` to go on and say so.")),
            )
            for f in said_of_checks(own, titles)
        ]
    return problems
