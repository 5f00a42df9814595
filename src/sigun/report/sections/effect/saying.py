"""How the rooms of a policy's effect say things (정책효과의 말): designs by name, figures with unit and interval."""

from __future__ import annotations

from collections.abc import Mapping

from sigun.report.evidence import Evidence, Row, level_of
from sigun.report.measures import united
from sigun.report.numbers import places
from sigun.report.wording import Sentence, sentence
from sigun.result import Claim
from sigun.text import N_, _

STEP = "effect"
DESIGNS: Mapping[str, str] = {
    "group_time": N_("comparison by start (group-time)"),
    "event_study": N_("event study"),
    "synthetic_control": N_("synthetic control"),
    "sdid": N_("synthetic difference in differences"),
}


def claim_of(row: Row) -> Claim:
    """Only a design that passed its checks may speak of an effect."""
    return "description" if row["verdict"] == "not_answerable" else "effect"


def design_of(row: Row) -> Sentence:
    return Sentence((_(DESIGNS[str(row["design"])]),))


def with_unit(row: Row, column: str) -> Sentence:
    """A figure with the outcome's unit behind it; per cent of a logarithm."""
    decimals = places(float(row[column]))
    if row["effect_unit"] == "percent":
        return Sentence((row.show(column, "number", decimals), " %"))
    return united(row, column, "effect_unit", "number", decimals)


def interval_of(row: Row) -> Sentence | None:
    if row.get("effect_low") is None:
        return None
    low, high = (row.show(c, "number", places(float(row["effect"]))) for c in ("effect_low", "effect_high"))
    return sentence(_("{level} interval {low} to {high}"), level=level_of(STEP), low=low, high=high)


def sized(row: Row) -> Sentence:
    interval = interval_of(row)
    if interval is None:
        return with_unit(row, "effect")
    return sentence(_("{effect} ({interval})"), effect=with_unit(row, "effect"), interval=interval)


def decimals(row: Row) -> int:
    return places(float(row["effect"])) if row.get("effect") is not None else 0


def figure_of(row: Row, column: str, form: str = "number") -> Sentence:
    if row.get(column) is None:
        return Sentence(("–",))
    return Sentence((row.show(column, form),)) if form != "number" else with_unit(row, column)


def in_logs(ev: Evidence) -> Sentence | None:
    """That the figures of a table are differences of logarithms."""
    if ev.text(STEP, "transform") != "log":
        return None
    return sentence(_("Differences of logarithms: times a hundred, a small one is about per cent."))
