"""The door (내보내기 문): what every table made from private data goes through before it is shown or exported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sigun.catalog.card import Card
from sigun.ingest.layout import Column
from sigun.panel.disclosure.model import TOTAL, Dimension, FloatArray, Table, flat, grouped, table_of
from sigun.panel.disclosure.protect import Protected, protect_linked
from sigun.plan.privacy import Privacy
from sigun.text import N_, Message, say
from sigun.units import ADDITIVE_OVER_SPACE

HEADS = ("명", "인", "건", "가구", "세대", "개소", "호", "persons", "people", "households")
"""Units in which those are counted whom a small figure would tell of."""

PROTECTED = "suppressed"  # what stands in `<column>__status`: there is a value, and it is not told


@dataclass(frozen=True)
class Private:
    """The columns of one private table in a frame."""

    card: str
    counts: tuple[str, ...] = ()  # of persons, households, payments …
    amounts: tuple[str, ...] = ()  # that add up over regions
    others: tuple[str, ...] = ()  # rates, shares, indices: hidden where the counts are


@dataclass(frozen=True)
class Made:
    """What a derived column is made from."""

    of: tuple[str, ...]
    back: int = 0  # and from their values so many periods before (lag, change)
    base: object = None  # and from their values of one period (index): as it stands in the column `period`


@dataclass(frozen=True)
class Outgoing:
    """A frame about to be shown: one row a region (and period)."""

    frame: pd.DataFrame  # region, period (or no period), and columns
    private: tuple[Private, ...]
    made: Mapping[str, Made] = field(default_factory=dict)  # derived columns
    groups: Mapping[str, str] = field(default_factory=dict)  # region -> the larger region its totals are told for


@dataclass(frozen=True)
class LetOut:
    """The frame as it may be shown."""

    frame: pd.DataFrame
    hidden: pd.DataFrame  # the same rows; a column of booleans for each column that was looked at
    said: tuple[Message, ...]  # of what cannot be guarded


def private_columns(columns: Mapping[str, tuple[Card, Column]]) -> tuple[Private, ...]:
    """Which columns of a frame come from private tables (grade S or C), by table."""
    told: dict[str, dict[str, list[str]]] = {}
    for name, (card, column) in columns.items():
        if card.grade != "O":
            kinds = told.setdefault(card.id, {"counts": [], "amounts": [], "others": []})
            kinds[_kind(column)].append(name)
    return tuple(
        Private(card, *(tuple(kinds[k]) for k in ("counts", "amounts", "others"))) for card, kinds in told.items()
    )


def _kind(column: Column) -> str:
    if column.measure not in ADDITIVE_OVER_SPACE:
        return "others"
    return "counts" if column.unit in HEADS else "amounts"


def let_out(going: Outgoing, rule: Privacy, key: bytes = b"") -> LetOut:
    """The frame with everything hidden or rounded that would tell of too few persons.

    A row of a private table is hidden whole, so that its columns cannot be solved for from one another. The totals of a
    period over all regions, and over those of one group, are taken to be known to the reader. A derived figure is
    hidden where one of those it is made from was hidden or rounded, in its own period or in an earlier one.

    Parameters
    ----------
    key : the workspace's secret, for random rounding.
    """
    frame, said = going.frame.copy(), list[Message]()
    hidden = pd.DataFrame(index=frame.index)
    touched = pd.DataFrame(index=frame.index)
    for private in going.private:
        mask, rounded = _guard(going, private, rule, key, said)
        for name in (*private.counts, *private.amounts, *private.others):
            if name in rounded:
                touched[name] = rounded[name].ne(frame[name]) & frame[name].notna()
                frame[name] = rounded[name]
            else:
                hidden[name] = touched[name] = mask
    for name in _derived_from(going.made, set(touched.columns)):
        hidden[name] = touched[name] = _touched(going.made[name], touched, frame)
    hidden &= frame[hidden.columns].notna()
    for name in hidden.columns:
        frame[name] = frame[name].mask(hidden[name])
        if f"{name}__status" in frame:
            frame[f"{name}__status"] = frame[f"{name}__status"].mask(hidden[name], PROTECTED)
    return LetOut(frame, hidden, tuple(said))


def _derived_from(made: Mapping[str, Made], private: set[str]) -> list[str]:
    """Derived columns that private ones went into, each after all of those it is made from."""
    found: list[str] = []
    while True:
        known = private | set(found)
        more = [name for name, one in made.items() if name not in known and known & set(one.of)]
        ready = [name for name in more if not set(made[name].of) & set(more)]
        if not ready:
            return found
        found += ready


def _touched(made: Made, touched: pd.DataFrame, frame: pd.DataFrame) -> pd.Series:
    """Where a derived column would tell of a touched figure. What came before the first period was never looked at."""
    now = touched[[name for name in made.of if name in touched]].any(axis=1)
    if "period" not in frame or (made.back == 0 and made.base is None):
        return now
    square = pd.DataFrame({"region": frame["region"], "period": frame["period"], "now": now})
    wide = square.pivot(index="region", columns="period", values="now").astype("boolean").fillna(True)
    wide |= wide.shift(made.back, axis=1, fill_value=True)
    if made.base is not None:
        wide = wide.apply(lambda column: column | wide[made.base] if made.base in wide else True)
    keys = pd.MultiIndex.from_frame(square[["region", "period"]])
    return pd.Series(wide.stack().reindex(keys).to_numpy(bool), index=frame.index)


def _guard(
    going: Outgoing, private: Private, rule: Privacy, key: bytes, said: list[Message]
) -> tuple[pd.Series, dict[str, pd.Series]]:
    """Which rows of a private table to hide, and its counts where they are rounded instead."""
    frame = going.frame
    mask = pd.Series(False, index=frame.index)
    rounded = {name: frame[name].copy() for name in private.counts} if rule.method == "round" else {}
    if not private.counts:
        said.append(
            say(
                N_("{card}: no column says how many persons stand behind a figure; nothing is hidden."),
                card=private.card,
            )
        )
        return mask, {}
    untellable = 0
    periods = frame.groupby("period", sort=True) if "period" in frame else ((None, frame),)
    for _period, rows in periods:
        side = _regions(rows, going.groups)
        order = rows.set_index(rows["region"].astype(str)).loc[[side.labels[i] for i in side.leaves]]
        tables = _tables(private, order, side)
        counts = [t for t in tables if t.whole] if rule.method == "round" else []
        for table, safe in zip(counts, protect_linked(counts, rule, key) if counts else (), strict=True):
            rounded[table.measure].loc[rows.index] = _by_region(safe.shown, side, rows)
        rest = [t for t in tables if t not in counts]
        for safe in protect_linked(rest, rule.model_copy(update={"method": "suppress"})) if rest else ():
            mask.loc[rows.index] |= _by_region(safe.hidden, side, rows).astype(bool)
            untellable += _totals_hidden(safe, side)
    if untellable:
        said.append(
            say(
                N_("{card}: {n} totals (of a period or group) would tell what is hidden: do not publish them."),
                card=private.card,
                n=untellable,
            )
        )
    return mask, rounded


def _regions(rows: pd.DataFrame, groups: Mapping[str, str]) -> Dimension:
    names = rows["region"].astype(str).tolist()
    if not groups:
        return flat("region", names)
    of: dict[str, list[str]] = {}
    for name in names:
        of.setdefault(f"{groups.get(name, TOTAL)}/", []).append(name)
    return grouped("region", of)


def _tables(private: Private, rows: pd.DataFrame, side: Dimension) -> list[Table]:
    """Each column as a table by region. Counts that are not whole (shared out by area) are treated as amounts."""
    values = {name: rows[name].to_numpy(float) for name in (*private.counts, *private.amounts)}
    heads: FloatArray = np.fmin.reduce([values[name] for name in private.counts])
    told = []
    for name, column in values.items():
        whole = name in private.counts and bool((np.nan_to_num(column) % 1 == 0).all())
        persons = None if whole else column if name in private.counts else heads
        told.append(table_of(name, (side,), column, persons=persons))
    return told


def _by_region(values: np.ndarray, side: Dimension, rows: pd.DataFrame) -> np.ndarray:
    by_name = dict(zip((side.labels[i] for i in side.leaves), values[side.leaves], strict=True))
    return np.array([by_name[name] for name in rows["region"].astype(str)])


def _totals_hidden(safe: Protected, side: Dimension) -> int:
    """Totals that would have to be hidden too: where a region stands alone in its group."""
    totals = np.setdiff1d(np.arange(len(side.labels)), side.leaves)
    return int(safe.hidden[totals].sum())
