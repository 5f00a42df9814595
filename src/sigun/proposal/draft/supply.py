"""A draft of supply and demand (수급 초안): which places, who needs them, how far people go."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from sigun.catalog.card import Card
from sigun.catalog.facilities import held as held_by
from sigun.catalog.search.sentence import tight_of
from sigun.catalog.search.wanted import needs
from sigun.proposal.draft.asked import Asked, Thing
from sigun.proposal.draft.figures import Figure
from sigun.proposal.draft.holding import Holding
from sigun.proposal.draft.panel import Frame, panel, variable
from sigun.proposal.draft.shelf import Shelf
from sigun.proposal.draft.sketch import Nothing, Said, Sketch
from sigun.proposal.draft.subject import worth
from sigun.text import N_, say

RECIPES = Path(__file__).parent / "lists" / "demand.csv"
PEOPLE = ("인구", "주민", "population")
USUAL_KM = 3.0
DISTANCE = re.compile(r"(?P<n>\d+(?:\.\d+)?)\s?(?P<unit>km|킬로미터|킬로|㎞|m\b|미터)", re.IGNORECASE)


@dataclass(frozen=True)
class Recipe:
    """Who needs places of a kind, and how far they usually go."""

    places: tuple[str, ...]
    demand: tuple[str, ...]
    km: float
    source: str = ""


@dataclass(frozen=True)
class Needed:
    """Who needs the places: a count of areas, and the outlines of these."""

    figure: Figure
    held: Holding
    outlines: Card


@lru_cache(maxsize=1)
def recipes() -> tuple[Recipe, ...]:
    """The recipes that ship with the program."""
    with RECIPES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        Recipe(tuple(r["places"].split("|")), tuple(r["demand"].split("|")), float(r["km"]), r["source"]) for r in rows
    )


def of_supply(asked: Asked, shelf: Shelf) -> Sketch | Nothing:
    """The sketch of a supply analysis; nothing where no file of places, or no count of those who need them, is here."""
    found = _places(asked, shelf)
    if found is None:
        return Nothing(say(N_("No file of places (one row a place, with coordinates) on this is in the catalogue.")))
    card, thing = found
    recipe = _recipe(card, thing)
    needed = _demand(recipe, shelf)
    if needed is None:
        why = N_(
            "“{title}” is here, but no table counts those who need it ({words}) by area, with outlines of these areas."
        )
        return Nothing(say(why, title=card.title, words=", ".join(recipe.demand[:3])))
    return _sketch(asked, shelf, card, thing, recipe, needed)


def _places(asked: Asked, shelf: Shelf) -> tuple[Card, Thing] | None:
    """The file of places a thing of the sentence is about; where none is named, what its topic is about."""
    about = [need for need in needs(asked.sentence, asked.lists) if need.role == "target"]
    related = tuple(Thing(n.words[0], n.topic, n.words, n.topic, n.words[0]) for n in about)
    for things in (asked.things, related):
        pairs = [(worth(card, thing), card, thing) for thing in things for card in shelf.of_kind("facilities")]
        best = max(pairs, key=lambda pair: (pair[0], pair[1].id), default=None)
        if best is not None and best[0] >= 1:
            return best[1:]
    return None


def _recipe(card: Card, thing: Thing) -> Recipe:
    text = tight_of(" ".join([card.title, thing.name, *thing.words]))
    return next((r for r in recipes() if any(tight_of(w) in text for w in r.places)), Recipe((), PEOPLE, USUAL_KM))


def _demand(recipe: Recipe, shelf: Shelf) -> Needed | None:
    """The count that comes first in the recipe, of the smallest areas that outlines name."""
    for word in (*recipe.demand, *PEOPLE):
        fitting = []
        for figure in shelf.figures:
            held = shelf.holding(figure.card.id)
            if (
                held is None
                or not figure.additive
                or not figure.means((word,))
                or held.level not in ("own", "dong", "sigungu")
            ):
                continue
            outlines = shelf.outlines_with(held.regions)
            if outlines is not None:
                fitting.append((held.level != "sigungu", figure.closeness((word,)), figure, held, outlines))
        if fitting:
            best = max(fitting, key=lambda one: (one[0], one[1], one[2].id))
            return Needed(*best[2:])
    return None


def _sketch(asked: Asked, shelf: Shelf, card: Card, thing: Thing, recipe: Recipe, needed: Needed) -> Sketch:
    demand, outlines = needed.figure, needed.outlines
    frame = _frame(needed.held)
    column = variable(demand, needed.held, frame)
    holds, kinds = held_by(card), _kinds(asked, shelf, card)
    km, said = _distance(asked, recipe)
    step: dict[str, Any] = {
        "method": "supply_demand",
        "facilities": card.id,
        **{key: name for key in ("capacity", "enrolled", "waiting") if (name := getattr(holds, key))},
        **({"kinds": kinds} if kinds else {}),
        "demand": column["id"],
        "within_km": km,
    }
    return Sketch(
        parts={
            "data": {"tables": [demand.card.id], "facilities": [card.id], "outlines": outlines.id},
            "panel": panel(frame, [column]),
            "steps": [{"method": "coverage"}, step],
        },
        about=card.id,
        reasons=tuple(_reasons(card, thing, demand, kinds, said, bool(holds.capacity))),
        questions=tuple(_questions(said, bool(holds.capacity))),
        roles={card.id: "target", demand.card.id: "exposure", outlines.id: "boundary"},
    )


def _frame(held: Holding) -> Frame:
    """The last periods of the demand; a table of one moment is a year for ever."""
    first, last = held.first or date(2000, 1, 1), held.last or date(2000, 1, 1)
    span = "year" if held.span in (None, "day") else str(held.span)
    return Frame(held.level or "own", span, first, last, held.regions)


def _kinds(asked: Asked, shelf: Shelf, card: Card) -> list[str]:
    """Kinds of the places the sentence names: 국공립."""
    held = shelf.holding(card.id)
    tight = tight_of(asked.sentence)
    return [kind for kind in (held.kinds if held else ()) if len(tight_of(kind)) > 1 and tight_of(kind) in tight]


def _distance(asked: Asked, recipe: Recipe) -> tuple[float, str]:
    """Kilometres, and the words of the sentence that say so; empty where it says nothing."""
    found = DISTANCE.search(asked.sentence)
    if found is None:
        return recipe.km, ""
    metres = float(found["n"]) * (1000 if found["unit"].lower() in ("km", "킬로미터", "킬로", "㎞") else 1)
    return min(max(metres / 1000, 0.1), 50.0), found[0]


def _reasons(card: Card, thing: Thing, demand: Figure, kinds: list[str], said: str, capacity: bool) -> Iterator[Said]:
    places = N_("“{said}” in the sentence: the places of “{title}”.")
    yield Said("steps.supply_demand.facilities", say(places, said=thing.said, title=card.title))
    who = N_("Those who need such places are counted by “{name}”.")
    yield Said("steps.supply_demand.demand", say(who, name=demand.title))
    if kinds:
        only = N_("The sentence names {kinds}: only these places are counted.")
        yield Said("steps.supply_demand.kinds", say(only, kinds=", ".join(kinds)))
    if not capacity:
        one = N_("No column tells how many a place holds: each place counts one.")
        yield Said("steps.supply_demand.capacity", say(one))
    usual = N_("The sentence names no distance: the one usual for such places; the report tries others, too.")
    yield Said("steps.supply_demand.within_km", say(N_("“{said}” in the sentence."), said=said) if said else say(usual))


def _questions(said: str, capacity: bool) -> Iterator[Said]:
    if not said:
        yield Said("steps.supply_demand.within_km", say(N_("How far do people go to such places, in kilometres?")))
    if not capacity:
        yield Said("steps.supply_demand.capacity", say(N_("Is there a file that tells how many each place holds?")))
