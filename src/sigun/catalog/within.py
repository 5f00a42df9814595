"""In which 시도 a table's regions lie (소속 시도): where no column says so, the names themselves may."""

from __future__ import annotations

import re
from collections.abc import Collection

from sigun.catalog.card import Card
from sigun.catalog.look import Look
from sigun.catalog.questions import Question
from sigun.ingest.labels import SIDO, is_group, is_total, labels, sido_of
from sigun.region.codes import shipped
from sigun.region.spelling import ALIASES, plain
from sigun.text import _

SURE = 2  # regions; with that many of them in one 시도 alone, it is that one


def lies_within(look: Look) -> tuple[str, list[Question]]:
    """The 시도 of a table that names 시군구 alone, where only one has all of them; else it is asked for."""
    below = look.columns.places.get("sigungu")
    if below is None or "sido" in look.columns.places or "region" in look.columns.places:
        return "", []
    unique = labels(look.text(below).drop_duplicates())[1].dropna()
    own = {sido_of(name) for name in unique} - {None}
    names = {name for name in unique if not is_total(name) and not is_group(name) and not sido_of(name)}
    found = [full for full in sidos_with(names) if not own or own == {_short(full)}]
    if len(found) == 1 and (own or len(names) >= SURE):
        return found[0], []
    return "", [_asked(look, names, found)]


def _asked(look: Look, names: Collection[str], found: list[str]) -> Question:
    said = next((full for full in found if _short(full) in re.sub(r"\s", "", look.title)), None)
    order = sorted(found, key=lambda full: full != said)

    def settle(card: Card, at: int) -> Card:
        return card.model_copy(update={"within": order[at] if at < len(order) else ""})

    return Question(
        _("In which 시도 do these regions lie: {names}?").format(names=", ".join(sorted(names)[:5])),
        (*order, _("not known: the names alone are not enough to join them")),
        settle,
        proposed=0 if len(order) == 1 else len(order),
    )


def sidos_with(names: Collection[str]) -> list[str]:
    """The 시도 (by their names today) that have a 시군구 or 일반구 of each of the names."""
    units = shipped().units
    below = units[units["level"].isin(["sigungu", "gu"])]
    family = below["sido"].map(lambda full: ALIASES.get(plain(full), full))
    wanted = {plain(name) for name in names}
    found = []
    for short, rows in below.groupby(family, sort=True):
        there = {plain(n) for n in rows["name"]} | {plain(str(n).rsplit(" ", 1)[-1]) for n in rows["name"]}
        if wanted and wanted <= there:
            found.append(str(short))
    today = units[(units["level"] == "sido") & units["until"].isna()]["name"]
    full = {ALIASES.get(plain(name), name): name for name in today}
    return [str(full.get(short, short)) for short in found]


def _short(full: str) -> str:
    return SIDO.get(full, full)
