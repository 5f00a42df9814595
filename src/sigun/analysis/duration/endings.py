"""How cases end (처리 결과), the ways competing: shares by day for all, by kind and by area; do these differ?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sigun.analysis.duration.cases import ENDINGS
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray
from sigun.analysis.statistics.fdr import false_discovery
from sigun.analysis.statistics.observed import LEAST
from sigun.analysis.statistics.survival import (
    Incidence,
    cumulative_incidence,
    kaplan_meier,
    log_rank,
    pooled,
    risk_set,
)

AFTER = np.array([7.0, 14.0, 30.0, 60.0, 90.0])  # days
EXPECTED = 5.0  # ends a group would have if it were like all: with fewer it is not tested
FOUND = 0.05  # q up to which a difference is called one
REST = ""  # group of those that are too few to stand alone

INCIDENCE: Mapping[str, str] = {
    "by": "str",
    "group": "str",
    "name": "str",
    "pooled": "int64",
    "n": "int64",
    "closed": "int64",
    "outcome": "str",
    "days": "int64",
    "share": "float64",
    "low": "float64",
    "high": "float64",
}
CURVE = ("outcome", "days", "share", "low", "high")
DIFFERENCES: Mapping[str, str] = {
    "by": "str",
    "group": "str",
    "name": "str",
    "n": "int64",
    "closed": "int64",
    "of": "str",
    "ended": "int64",
    "expected": "float64",
    "ratio": "float64",
    "low": "float64",
    "high": "float64",
    "p": "float64",
    "q": "float64",
    "reading": "str",
}


@dataclass(frozen=True)
class Grouping:
    """One way to divide the cases; groups with too few closed cases stand together under `REST`."""

    by: str  # all | kind | area
    group: pd.Series  # of each case; missing: not told
    names: Mapping[str, str]  # of each group, for the reader
    pooled: int = 0  # groups under `REST`


def groupings(cases: pd.DataFrame, areas: Mapping[str, str]) -> list[Grouping]:
    """All together, by kind, and by area, where they are told; `areas` names regions."""
    whole = Grouping("all", pd.Series("all", cases.index), {})
    kinds = _grouped("kind", cases["kind"], cases["closed"], {})
    return [g for g in (whole, kinds, _grouped("area", cases["region"], cases["closed"], areas)) if g is not None]


def _grouped(by: str, said: pd.Series, closed: pd.Series, names: Mapping[str, str]) -> Grouping | None:
    """None where nothing would stand beside another."""
    n = closed.groupby(said).sum()
    large = n.index[n >= LEAST]
    if len(large) == 0 or said.nunique() < 2:
        return None
    return Grouping(by, said.where(said.isna() | said.isin(large), REST), names, len(n) - len(large))


def incidence_table(cases: pd.DataFrame, parts: list[Grouping]) -> pd.DataFrame:
    """Share of cases ended in each way, or still open, after each number of days; empty where no outcome is told."""
    rows = [row for part in parts for row in _incidence(cases, part)]
    return pd.DataFrame(rows, columns=list(INCIDENCE)).astype(dict(INCIDENCE))


def endings_curve(cases: pd.DataFrame, parts: list[Grouping]) -> pd.DataFrame:
    """The same for all together and every day from 0 on; empty where no outcome is told."""
    table = pd.DataFrame({name: pd.Series(dtype=INCIDENCE[name]) for name in CURVE})
    if not parts:
        return table
    there = _there(cases)
    days = np.arange(min(int(cases["since_end"].max()), int(AFTER[-1])) + 1)
    found = _competing(cases, there)
    for k, ending in enumerate(there):
        share, low, high = found.at(days.astype(float), k)
        own = pd.DataFrame({"outcome": ending, "days": days, "share": share, "low": low, "high": high})
        table = pd.concat([table, own.astype({name: INCIDENCE[name] for name in CURVE})], ignore_index=True)
    return table


def _there(cases: pd.DataFrame) -> list[str]:
    """The ways to end that are met."""
    return [e for e in ENDINGS if (cases["ending"] == e).any()]


def _competing(cases: pd.DataFrame, there: list[str]) -> Incidence:
    ending = cases["ending"].map(there.index, na_action="ignore").fillna(-1).to_numpy(int)
    return cumulative_incidence(cases["days"].to_numpy(), ending, len(there))


def _incidence(cases: pd.DataFrame, part: Grouping) -> Iterator[tuple[object, ...]]:
    there = _there(cases)
    for group, own in cases.groupby(part.group, sort=True):
        days, closed = own["days"].to_numpy(), own["closed"].to_numpy(bool)
        few = group == REST
        head = (part.by, group, part.names.get(str(group), group), part.pooled if few else 0, len(own), closed.sum())
        after = AFTER[own["since_end"].max() >= AFTER]  # no case was watched longer
        found = _competing(own, there)
        curve = kaplan_meier(days, closed)
        still = tuple(curve.at(after, values) for values in (curve.open, curve.low, curve.high))
        shares = [(ending, *found.at(after, k)) for k, ending in enumerate(there)]
        for outcome, *figures in (*shares, ("open", *still)):
            for day, share, low, high in zip(after, *figures, strict=True):
                yield (*head, outcome, day, share, low, high)


def differences_table(cases: pd.DataFrame, parts: list[Grouping]) -> pd.DataFrame:
    """Each kind and each area against the others: how fast its cases are closed, and how fast they are confirmed.

    Inside the year of the report (the pace changes over the years), reports of one week counting as alike; q by kind or
    area and by what is compared.
    """
    ends = {"closing": cases["closed"].to_numpy(bool), "confirmed": (cases["ending"] == "confirmed").to_numpy(bool)}
    rows = [
        row
        for part in parts
        if part.by != "all"
        for of, ended in ends.items()
        if ended.sum() >= LEAST
        for row in _differences(cases, part, of, ended)
    ]
    table = pd.DataFrame(rows, columns=[c for c in DIFFERENCES if c not in ("q", "reading")])
    q = table.groupby(["by", "of"])["p"].transform(lambda p: false_discovery(p.to_numpy(float)))
    clear = (q <= FOUND) & table["ratio"].notna()
    reading = np.where(clear, np.where(table["ratio"] > 1, "faster", "slower"), "unclear")
    return table.assign(q=q, reading=reading)[list(DIFFERENCES)].astype(dict(DIFFERENCES))


def _differences(cases: pd.DataFrame, part: Grouping, of: str, ended: BoolArray) -> Iterator[tuple[object, ...]]:
    told = part.group.notna().to_numpy()
    group, own, closed = part.group[told], cases[told], cases["closed"].to_numpy(bool)[told]
    days, week, end = own["days"].to_numpy(float), own["week"].to_numpy(np.int64), ended[told]
    strata = [(at, risk_set(days[at], end[at])) for at in _strata(own["year"].to_numpy())]
    for name in sorted(group[group != REST].unique()):
        inside = (group == name).to_numpy(bool)
        found = pooled([log_rank(risk, inside[at], week[at] - week[at].min()) for at, risk in strata])
        head = (part.by, name, part.names.get(name, name), inside.sum(), closed[inside].sum(), of)
        yield (*head, found.observed, found.expected, *found.ratio(), found.p if found.expected >= EXPECTED else np.nan)


def _strata(year: FloatArray) -> list[IntArray]:
    return [np.flatnonzero(year == y) for y in np.unique(year)]
