"""May the plan's data be used so (이용 승인·결합)? Approvals in force, no joining of persons across organisations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

from sigun.catalog.card import Card
from sigun.catalog.store import Catalog
from sigun.errors import PlanError, SigunError
from sigun.ingest.layout import Personal
from sigun.ingest.personal import LABELS
from sigun.plan.model import Plan
from sigun.text import _


def may_use(plan: Plan, catalog: Catalog, plan_file: Path, today: date) -> Iterator[SigunError]:
    """What the owners of the plan's data, or the law, would object to."""
    cards = [catalog.cards[name] for name in named(plan) if name in catalog.cards]
    for card in cards:
        yield from objections(card, catalog.workspace.catalog / f"{card.id}.yaml", today)
    for one, other in combinations(cards, 2):
        yield from _persons(one, other, plan_file)


def named(plan: Plan) -> tuple[str, ...]:
    """The ids of every card under the plan's `data`, each once."""
    names: list[str] = []
    for said in plan.data.model_dump().values():
        names += [said] if isinstance(said, str) else said or []
    return tuple(dict.fromkeys(names))


def objections(card: Card, where: Path, today: date) -> Iterator[PlanError]:
    """What the owner of one data set would object to: no approval of use, or one that has ended."""
    said = card.approval
    if said is None and card.grade == "C":
        yield PlanError(
            _("“{name}” is confidential (grade C), and its card tells no approval of use.").format(name=card.id),
            str(where),
            _("Ask its owner for approval, then write number, purpose and until under `approval` in the card."),
        ).breaks("G6", "catalog", card.id, "approval")
    if said is None:
        return
    if not said.number.strip() or not said.purpose.strip():
        yield PlanError(
            _("The approval of use of “{name}” tells no number, or no purpose.").format(name=card.id),
            f"{where}: approval",
            _("Write what the letter of approval says: data may be used only for the purpose it was given for."),
        ).breaks("G6", "catalog", card.id, "approval")
    if said.until is not None and said.until < today:
        yield PlanError(
            _("The approval of use of “{name}” ended on {until}.").format(name=card.id, until=said.until.isoformat()),
            f"{where}: approval.until",
            _("Ask its owner to extend it and write the new day, or take the data set out of the plan."),
        ).breaks("G6", "catalog", card.id, "approval", "until")


def _persons(one: Card, other: Card, plan_file: Path) -> Iterator[PlanError]:
    """Two organisations' registers that could be joined person by person: the same kind of personal key in both."""
    common = sorted(person_keys(one) & person_keys(other))
    if not common or one.owner.strip() == other.owner.strip():
        return
    yield PlanError(
        _(
            "“{one}” and “{other}” are of different organisations, and both hold a key of single persons ({keys})."
        ).format(one=one.id, other=other.id, keys=", ".join(_(LABELS[key]) for key in common)),
        f"{plan_file}: data",
        _(
            "Only a designated joining body (결합전문기관) may join persons across organisations: apply to it, have "
            "the joining keys made, let it join and process the data, and receive what its release review allows. Or "
            "join without persons: make each register a table by area and period, or drop the key in one card "
            "(action: drop)."
        ),
    ).breaks("G6", "data")


def person_keys(card: Card) -> frozenset[Personal]:
    """The kinds of personal data that stay in a table as keyed hashes."""
    return frozenset(c.personal for c in card.fields if c.personal is not None and c.action == "hash")
