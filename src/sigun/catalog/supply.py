"""What a supply step asks of the catalogue (수급 계획 대조): a card of places, columns of it, a demand that counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from sigun.catalog.algebra import Kind, kinds_of
from sigun.catalog.store import Catalog
from sigun.errors import PlanError
from sigun.plan.model import Plan
from sigun.plan.steps import SupplyDemand
from sigun.text import _
from sigun.units import ADDITIVE_OVER_SPACE


def supply(plan: Plan, catalog: Catalog, plan_file: Path) -> Iterator[PlanError]:
    """What the step asks that cannot be; nothing where the plan has none."""
    for at, step in enumerate(plan.steps):
        if isinstance(step, SupplyDemand):
            here = Here(f"{plan_file}: steps.supply_demand", at)
            yield from _outlines(plan, here)
            yield from _demand(plan, step, catalog, here)
            yield from _places(plan, step, catalog, here)


@dataclass(frozen=True)
class Here:
    """Where in the plan the step stands."""

    where: str
    at: int

    def wrong(self, key: str, what: str, remedy: str, rule: str, known: Iterable[str] = ()) -> PlanError:
        """What is wrong with the value of one key."""
        return PlanError(what, f"{self.where}.{key}", remedy).breaks(rule, "steps", self.at, key, known=known)

    def unknown(self, key: str, name: str, known: Sequence[str]) -> PlanError:
        """A name that is not there, with the nearest that are."""
        near = get_close_matches(name, known, 3, 0.4) or list(known)[:8]
        remedy = _("Did you mean: {names}?").format(names=", ".join(near))
        add = _("Add the file with `sigun data add`, and name it under `data`.")
        return self.wrong(key, _("There is no “{name}” here.").format(name=name), remedy if near else add, "G2", known)

    def no_count(self, key: str, name: str) -> PlanError:
        """A rate where a count is needed."""
        what = _("“{name}” is no count: how many people or places there are is needed.").format(name=name)
        remedy = _("Name a column with `measure: stock` or `flow` in its card, such as children or seats.")
        return self.wrong(key, what, remedy, "G3")


def _outlines(plan: Plan, here: Here) -> Iterator[PlanError]:
    if plan.data.outlines is None:
        where = "data.outlines"
        yield here.wrong(
            "method",
            _("Step “{method}” needs a data set under {where}.").format(method="supply_demand", where=where),
            _("Name one under {where}, or take the step out.").format(where=where),
            "G2",
        )


def _demand(plan: Plan, step: SupplyDemand, catalog: Catalog, here: Here) -> Iterator[PlanError]:
    known = area_kinds(plan, catalog)
    if step.demand not in known:
        yield here.unknown("demand", step.demand, list(known))
    elif _is_no_count(known[step.demand]):
        yield here.no_count("demand", step.demand)


def _places(plan: Plan, step: SupplyDemand, catalog: Catalog, here: Here) -> Iterator[PlanError]:
    if step.facilities not in plan.data.facilities:
        cards = [name for name, card in catalog.cards.items() if card.kind == "facilities"]
        yield here.unknown("facilities", step.facilities, plan.data.facilities or cards)
        return
    card = catalog.cards.get(step.facilities)
    if card is None or card.kind != "facilities":
        return  # said where the plan names its data
    columns = {str(c.id): Kind(c.measure, c.unit) for c in card.values() if c.type in ("number", "integer")}
    asked = (
        ("capacity", step.capacity, columns),
        ("enrolled", step.enrolled, columns),
        ("waiting", step.waiting, {**area_kinds(plan, catalog), **columns}),
    )
    for key, name, known in asked:
        if name is not None and name not in known:
            yield here.unknown(key, name, list(known))
        elif name is not None and _is_no_count(known[name]):
            yield here.no_count(key, name)
    if step.kinds and card.column("kind") is None:
        what = _("“{name}” does not tell the kinds of its places.").format(name=card.id)
        remedy = _("Write `role: kind` beside the column with the kinds in the card, or take `kinds` out.")
        yield here.wrong("kinds", what, remedy, "G2")


def area_kinds(plan: Plan, catalog: Catalog) -> dict[str, Kind]:
    """What the areas tell: the columns of the panel, or in a plan of reports those of `data.areas`."""
    if plan.panel is not None:
        told = kinds_of(plan, catalog)
        return {name: told.get(name, Kind(None, "")) for name in plan.panel.ids()}
    cards = [catalog.cards[name] for name in plan.data.areas if name in catalog.cards]
    return {str(c.id): Kind(c.measure, c.unit) for card in cards for c in card.values()}


def _is_no_count(kind: Kind) -> bool:
    """Said to be no count; where nobody says what it is, the plan's author is believed."""
    return kind.measure is not None and kind.measure not in ADDITIVE_OVER_SPACE
