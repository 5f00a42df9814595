"""Another family beside those of a plan (분석 더하기): sketched as a draft would be, and laid into the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sigun.catalog.card import Card
from sigun.plan.families import Family
from sigun.proposal.draft.asked import Asked, understand
from sigun.proposal.draft.build import steps_for
from sigun.proposal.draft.figures import Figure, figures
from sigun.proposal.draft.shelf import Shelf
from sigun.proposal.draft.sketch import Nothing, Sketch
from sigun.proposal.draft.subject import worth
from sigun.proposal.talk.wish import Cannot, Parts, World
from sigun.text import N_, say

PANEL = ("unit", "base", "span")
NEEDERS = ("자동차", "등록대수", "차량", "세대", "가구", "인구", "cars", "households", "population")
"""Who needs places near a register of reports, the nearest to vehicles first."""
CAPACITY = ("capacity", "정원", "구획", "병상", "주차면", "좌석", "places", "beds", "spaces")
ALONE = N_("That is a question of its own, on other data: begin another plan for it with `sigun propose`.")


def lay_beside(parts: Parts, family: Family, world: World) -> None:
    """Put the steps of a family, and the data they need, into the parts.

    Raises
    ------
    Cannot
        The catalogue has no data for it, or they go with another kind of plan.
    """
    asked = _asked(world)
    shelf = Shelf(world.catalog, asked, world.today)
    if family == "supply_demand" and not world.of_tables:
        _places_near_reports(parts, asked, shelf, world)
        return
    made = steps_for(family, asked, shelf)
    if isinstance(made, Nothing):
        raise Cannot(made.why)
    if ("panel" in made.parts) != world.of_tables:
        raise Cannot(say(ALONE))
    _merged(parts, made)


def _asked(world: World) -> Asked:
    """What was said now; where it names nothing, what the plan's own sentence spoke of."""
    if world.asked.named:
        return world.asked
    before = world.plan.proposal.sentence if world.plan.proposal is not None else world.plan.question
    return understand(f"{world.text} {before}", world.catalog.workspace.catalog)


def _merged(parts: Parts, made: Sketch) -> None:
    """Data, columns and steps that are not there yet; regions and periods must be the same."""
    new = made.parts
    if "panel" in new:
        here, there = parts["panel"], new["panel"]
        if any(_plain(here.get(key)) != _plain(there.get(key)) for key in PANEL):
            raise Cannot(say(ALONE))
        for key in ("variables", "derived"):
            have = {one["id"] for one in here.get(key, ())}
            more = [dict(one) for one in there.get(key, ()) if one["id"] not in have]
            if more:
                here[key] = [*here.get(key, ()), *more]
        if there.get("neighbours") and not here.get("neighbours"):
            here["neighbours"] = there["neighbours"]
    for role, names in new["data"].items():
        _with_data(parts, role, names)
    have = {step["method"] for step in parts["steps"]}
    parts["steps"] = [*parts["steps"], *(dict(step) for step in new["steps"] if step["method"] not in have)]


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _with_data(parts: Parts, role: str, names: Any) -> None:
    here = parts["data"].get(role)
    if isinstance(names, list | tuple):
        parts["data"][role] = list(dict.fromkeys((*(here or ()), *names)))
    elif not here:
        parts["data"][role] = names


def _places_near_reports(parts: Parts, asked: Asked, shelf: Shelf, world: World) -> None:
    """수급 in a plan of reports: places of the catalogue, and a count of its area tables that needs them."""
    card = _places(asked, shelf)
    demand = _needing(parts, world)
    step: dict[str, Any] = {"method": "supply_demand", "facilities": card.id, "demand": demand.id}
    capacity = next((c.id for c in card.values() if _of_capacity(c.id, c.title or c.name)), None)
    if capacity is not None:
        step["capacity"] = capacity
    _with_data(parts, "facilities", [card.id])
    parts["steps"] = [*(s for s in parts["steps"] if s["method"] != "supply_demand"), step]


def _places(asked: Asked, shelf: Shelf) -> Card:
    cards = shelf.of_kind("facilities")
    held = [(max((worth(card, thing) for thing in asked.things), default=0.0), card) for card in cards]
    found = max(held, key=lambda pair: pair[0], default=(0.0, None))
    if found[1] is None or found[0] < 1:
        raise Cannot(say(N_("No table of such places (one row a place, with a point) is in the catalogue.")))
    return found[1]


def _needing(parts: Parts, world: World) -> Figure:
    cards: Mapping[str, Card] = world.catalog.cards
    areas = [cards[name] for name in parts["data"].get("areas", ()) if name in cards]
    counts = [figure for figure in figures(areas) if figure.measure == "stock"]
    for word in NEEDERS:
        fitting = [figure for figure in counts if figure.means((word,))]
        if fitting:
            return max(fitting, key=lambda figure: (figure.closeness((word,)), figure.id))
    raise Cannot(say(N_("No count of each area (cars, households, people) is in this plan's data.")))


def _of_capacity(*names: str | None) -> bool:
    return any(word in (name or "").lower() for name in names for word in CAPACITY)
