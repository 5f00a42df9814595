"""How the rooms of a comparison say things (전후비교의 말): levels, changes and differences with unit and interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sigun.report.evidence import Evidence, Row, level_of
from sigun.report.measures import united
from sigun.report.numbers import places
from sigun.report.wording import Piece, Sentence, Shown, sentence
from sigun.text import N_, _

STEP = "before_after"
MEANS: Mapping[str, str] = {
    "year": N_("mean of a region and year"),
    "quarter": N_("mean of a region and quarter"),
    "month": N_("mean of a region and month"),
    "number": N_("mean of a region and period"),
}
PER_MEANS: Mapping[str, str] = {
    "year": N_("mean of a year"),
    "quarter": N_("mean of a quarter"),
    "month": N_("mean of a month"),
    "number": N_("mean of a period"),
}
"""Where the outcome is told for so many people already."""


def mean_of(ev: Evidence) -> Sentence:
    """Of what the means are."""
    asked = ev.finished.plan.panel
    words = PER_MEANS if ev.text(STEP, "per") else MEANS
    return Sentence((_(words[asked.span if asked is not None else "number"]),))


def outcome_of(ev: Evidence) -> Sentence:
    """The outcome with its unit in brackets."""
    unit = ev.text(STEP, "outcome_unit")
    name = ev.word(STEP, "outcome")
    return Sentence((name, " (", ev.word(STEP, "outcome_unit"), ")")) if unit else Sentence((name,))


def digits_of(rows: Iterable[Row]) -> int:
    """So many places that all the levels beside one another have as many."""
    levels = [float(r[c]) for r in rows for c in ("before", "after") if r.get(c) is not None]
    return max((places(v) for v in levels if v), default=0) if levels and not all(v.is_integer() for v in levels) else 0


def signed(row: Row) -> Sentence:
    """A change with its sign and unit."""
    plus = ("+",) if float(row["change"]) > 0 else ()
    return Sentence((*plus, *sized(row, "change", "change_unit").pieces))


def sized(row: Row, column: str, unit: str, decimals: int | None = None) -> Sentence:
    decimals = places(float(row[column])) if decimals is None else decimals
    if row[unit] == "percent":
        return Sentence((row.show(column, "number", min(decimals, 1)), " %"))
    return united(row, column, unit, "number", decimals)


def fact_of(ev: Evidence, name: str) -> Row:
    row = ev.row(STEP, "facts", name)
    assert row is not None  # asked for only where there is one
    return row


def size_of(row: Row) -> Sentence:
    """A difference without its sign: the words around it say which way it goes."""
    said = sized(row, "number", "unit")
    return Sentence(tuple(_unsigned(p) for p in said.pieces))


def _unsigned(piece: Piece) -> Piece:
    return replace(piece, text=piece.text.lstrip("\u2212")) if isinstance(piece, Shown) else piece


def signed_fact(row: Row) -> Sentence:
    plus = ("+",) if float(row["number"]) > 0 else ()
    return Sentence((*plus, *sized(row, "number", "unit").pieces))


def interval_of(row: Row) -> Sentence | None:
    if row.get("low") is None or row.get("high") is None:
        return None
    decimals = places(float(row["number"]))
    low, high = (sized(row, c, "unit", decimals) for c in ("low", "high"))
    return sentence(_("{level} interval {low} to {high}"), level=level_of(STEP), low=low, high=high)
