"""The data dictionary and the way back (자료 사전·계보): what each column is, and where it is from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from sigun.catalog.card import Card
from sigun.panel.regional.losses import states_of
from sigun.panel.regional.model import STATES
from sigun.panel.regional.unite import United
from sigun.plan.variables import (
    Change,
    CohortNet,
    Deflate,
    Derived,
    Log,
    PerCapita,
    Rate,
    Rebase,
    Regional,
    Share,
    Total,
    Variable,
    inputs,
)
from sigun.text import N_, Message, say

COLUMNS: Mapping[str, str] = {
    "variable": "str",
    "title": "str",
    "unit": "str",
    "measure": "str",
    "kind": "str",  # table | derived
    "made": "str",  # how, a message
    "made_values": "str",
    "level": "str",  # of the regions it is told of; above the panel's own it is repeated over those
    "table": "str",
    "table_title": "str",
    "publisher": "str",
    "source": "str",
    "licence": "str",
    "grade": "str",
    "base_rule": "str",  # add | take | weigh | refuse: how merged regions were put together; "" of a derived one
    "over_time": "str",  # sum | mean | last, where periods were put together
    "merged": "int64",  # values put together from several old regions
    **dict.fromkeys(STATES, "int64"),
    "first": "str",  # period with a value
    "last": "str",
}
LINEAGE = ("variable", "step", "card", "file", "sha256", "sheet", "column", "where")

RULES: Mapping[str, str] = {
    "add": N_("regions that merged were added up"),
    "take": N_("regions that merged were added up"),
    "weigh": N_("regions that merged were averaged by their denominators"),
    "refuse": N_("regions that merged have no value before they did"),
}


@dataclass(frozen=True)
class Titles:
    """What columns and tables are called by those who read of them."""

    variables: Mapping[str, str]
    tables: Mapping[str, str]
    columns: Mapping[tuple[str, str], str]  # (card, id of its column)

    def of(self, card: str, column: str) -> str:
        """Of a column of a table, or a variable."""
        return self.columns.get((card, column)) or self.variables.get(column, column)

    def listed(self, variables: Iterable[str]) -> str:
        """Their titles in a row."""
        return ", ".join(self.variables.get(name, name) for name in variables)


def titles_of(cards: Mapping[str, Card], dictionary: pd.DataFrame) -> Titles:
    """The titles of a panel."""
    columns = {(name, str(c.id)): c.title or c.name for name, card in cards.items() for c in card.values()}
    variables = dict(zip(dictionary["variable"], dictionary["title"], strict=True))
    return Titles(variables, {name: card.title for name, card in cards.items()}, columns)


def dictionary_table(
    asked: Regional, cards: Mapping[str, Card], united: Mapping[str, United], frame: pd.DataFrame, periods: pd.Series
) -> pd.DataFrame:
    """One row a column of the panel, in its order. `periods`: each row's period as written."""
    rows: dict[str, dict[str, object]] = {}
    for variable in asked.variables:
        rows[variable.id] = _of_table(variable, cards[variable.table], united[variable.id], asked)
    for derived in asked.derived:
        rows[derived.id] = _of_derived(derived, rows)
    for name, row in rows.items():
        counts = states_of(frame, name)
        known = frame.loc[frame[name].notna(), "period"]
        row |= {state: counts.get(state, 0) for state in STATES}
        ends = (periods[known.idxmin()], periods[known.idxmax()]) if len(known) else ("", "")
        row |= {"first": ends[0], "last": ends[1]}
    return pd.DataFrame(rows.values(), columns=list(COLUMNS)).astype(dict(COLUMNS))


def _of_table(variable: Variable, card: Card, united: United, asked: Regional) -> dict[str, object]:
    column = next(c for c in card.values() if c.id == variable.taken()[0])
    repeated = variable.from_level is not None and variable.from_level != asked.unit
    said = N_("from the table, repeated over the regions of each {level}") if repeated else N_("from the table")
    titles = column.title or column.name
    return {
        "variable": variable.id,
        "title": variable.title or (variable.id if variable.columns else titles),
        "unit": column.unit,
        "measure": united.at.measure,
        "kind": "table",
        **words("made", say(said, level=united.at.level) if repeated else Message(said)),
        "level": united.at.level,
        "table": card.id,
        "table_title": card.title,
        "publisher": card.publisher,
        "source": card.source,
        "licence": card.licence,
        "grade": card.grade,
        "base_rule": united.rule,
        "over_time": (variable.over_time or "sum") if _joined(united, asked) else "",
        "merged": len(united.merged),
    }


def _joined(united: United, asked: Regional) -> bool:
    return united.at.span not in ("", asked.span)


def _of_derived(derived: Derived, rows: Mapping[str, dict[str, object]]) -> dict[str, object]:
    of = rows[inputs(derived)[0]]
    levels = {str(rows[name]["level"]) for name in inputs(derived)}
    coarsest = next(level for level in ("nation", "sido", "sigungu", "dong", "own") if level in levels)
    blank = ("table", "table_title", "publisher", "source", "licence", "base_rule", "over_time")
    grades = [str(rows[name]["grade"]) for name in inputs(derived)]
    return {
        "variable": derived.id,
        "title": derived.title or derived.id,
        "unit": _unit(derived, {name: str(rows[name]["unit"]) for name in inputs(derived)}),
        "measure": _measure(derived, str(of["measure"])),
        "kind": "derived",
        **words("made", made(derived, {name: str(rows[name]["title"]) for name in inputs(derived)})),
        "level": coarsest,
        **dict.fromkeys(blank, ""),
        "grade": min(grades, key="CSO".index),
        "merged": 0,
    }


def _unit(derived: Derived, units: Mapping[str, str]) -> str:
    of = units[inputs(derived)[0]]
    if isinstance(derived, Share | CohortNet) or (isinstance(derived, Change) and derived.how == "percent"):
        return "%"
    if isinstance(derived, Change):
        return "%p" if of == "%" else of
    if isinstance(derived, Log):
        return f"log {of}".strip()
    if isinstance(derived, Rate | PerCapita):
        below = units[derived.per if isinstance(derived, Rate) else derived.population]
        return f"{of}/{below}" if derived.times == 1 else f"{of}/{derived.times:g} {below}"
    if isinstance(derived, Rebase):
        return f"{derived.at.isoformat()} = 100"
    return f"{of} ({derived.at.isoformat()})" if isinstance(derived, Deflate) else of


def _measure(derived: Derived, of: str) -> str:
    if isinstance(derived, Rate | PerCapita | CohortNet | Change):
        return "rate"
    if isinstance(derived, Share):
        return "share"
    return "index" if isinstance(derived, Rebase | Log) else of


def made(derived: Derived, titles: Mapping[str, str]) -> Message:  # noqa: PLR0911 - one return an operation
    """How a derived column is made, in words."""
    of = titles[inputs(derived)[0]]
    if isinstance(derived, Total):
        return say(N_("sum of {names}"), names=", ".join(titles[name] for name in derived.of))
    if isinstance(derived, Log):
        return say(N_("natural logarithm of {of}"), of=of)
    if isinstance(derived, Rate):
        return say(N_("{of} for {times} of {per}"), of=of, times=derived.times, per=titles[derived.per])
    if isinstance(derived, PerCapita):
        return say(N_("{of} for {times} of {per}"), of=of, times=derived.times, per=titles[derived.population])
    if isinstance(derived, Share):
        return say(N_("{of} of {among}, per cent"), of=of, among=titles[derived.among])
    if isinstance(derived, Rebase):
        return say(N_("{of}, each region's value of {day} being 100"), of=of, day=derived.at.isoformat())
    if isinstance(derived, Deflate):
        return say(N_("{of} in prices of {day}, by {by}"), of=of, day=derived.at.isoformat(), by=titles[derived.by])
    if isinstance(derived, CohortNet):
        said = N_("{of} against {before} of the period before, per cent more")
        return say(said, of=of, before=titles[derived.before])
    if isinstance(derived, Change):
        said = N_("change of {of} in {n} periods, per cent")
        if derived.how == "difference":
            said = N_("change of {of} in {n} periods")
        return say(said, of=of, n=derived.periods)
    return say(N_("{of}, {n} periods before"), of=of, n=derived.periods)


def words(name: str, message: Message) -> dict[str, str]:
    """A message as two columns of a table."""
    return {name: message.template, f"{name}_values": json.dumps(dict(message.values), ensure_ascii=False)}


def lineage_table(asked: Regional, cards: Mapping[str, Card], hashes: Mapping[str, str]) -> pd.DataFrame:
    """From every column of the panel back to files and their columns. `hashes`: card -> SHA-256 of its first file."""
    rows: dict[str, list[dict[str, str]]] = {
        v.id: list(_files(v, cards[v.table], hashes[v.table])) for v in asked.variables
    }
    for derived in asked.derived:
        below = [dict(row) for name in inputs(derived) for row in rows[name]]
        step = f"{derived.op}({', '.join(inputs(derived))})"
        rows[derived.id] = [row | {"variable": derived.id, "step": f"{step} ← {row['step']}"} for row in below]
    flat = [row for own in rows.values() for row in own]
    return pd.DataFrame(flat, columns=list(LINEAGE)).astype("str").drop_duplicates(ignore_index=True)


def _files(variable: Variable, card: Card, sha256: str) -> Iterator[dict[str, str]]:
    columns = {c.id: c for c in card.values()}
    taken = [columns[name] for name in variable.taken()]
    files = [(card.file, card.sha256 or sha256), *((p.file, p.sha256) for p in card.parts)]
    for file, digest in files:
        yield {
            "variable": variable.id,
            "step": variable.id,
            "card": card.id,
            "file": file,
            "sha256": digest,
            "sheet": card.reading.sheet or "",
            "column": ", ".join(dict.fromkeys(c.name for c in taken)),
            "where": ", ".join(dict.fromkeys(f"{k} = {w}" for c in taken for k, w in c.where.items())),
        }
