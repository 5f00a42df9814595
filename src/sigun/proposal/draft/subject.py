"""What a plan is about, as the sentence calls it (주제 이름): told anew from plan and sentence each time."""

from __future__ import annotations

import re

from sigun.catalog.card import Card
from sigun.catalog.search.sentence import shown, tight_of
from sigun.catalog.store import Catalog
from sigun.plan.model import Plan
from sigun.plan.steps import BeforeAfter, Effect, FactorAnalysis, Summary, SupplyDemand
from sigun.proposal.draft.asked import Asked, Thing
from sigun.proposal.draft.speech import cut, listed
from sigun.text import N_, say

NAMED = 3
_REGISTER = re.compile(r"\s*(?:신고)?\s*(?:대장|목록|현황|자료)(?:\(.*\))?$")  # 방치차량 신고대장
LONGEST = 60  # letters of a subject: it stands in titles


def worth(card: Card, thing: Thing) -> float:
    """How well a card's title (1 to 2), or else its notes (.3), are what is spoken of; 0: not at all."""
    title, rest = tight_of(f"{card.title} {card.id}"), tight_of(card.notes)
    words = [tight_of(word) for word in (*thing.words, thing.label) if tight_of(word)]
    held = [len(word) / len(title) for word in words if word in title]
    if held:
        return 1 + max(held)
    return 0.3 if any(word in rest for word in words) else 0.0


def subject_of(plan: Plan, catalog: Catalog, asked: Asked) -> str:
    """The subject as the sentence calls it where that is what the plan's data are about, else as the data do."""
    supply, summed = plan.step("supply_demand"), plan.step("summary")
    if isinstance(supply, SupplyDemand) and (plan.data.tables or not plan.data.events):
        return cut(_places(supply, catalog, asked), LONGEST)
    for method in ("effect", "before_after", "factors"):
        step = plan.step(method)
        if isinstance(step, FactorAnalysis | Effect | BeforeAfter):
            return cut(column_title(plan, catalog, step.outcome.variable), LONGEST)
    if isinstance(summed, Summary):
        return cut(_figures(summed, plan, catalog, asked), LONGEST)
    name = plan.data.events or plan.data.tables[0]
    called = _called(catalog.cards.get(name), name, asked)
    return cut(f"{called}({', '.join(plan.only.kinds)})" if plan.only and plan.only.kinds else called, LONGEST)


def _called(card: Card | None, name: str, asked: Asked) -> str:
    fitting = [] if card is None else [(worth(card, t), -at, t) for at, t in enumerate(asked.things)]
    best = max(fitting, default=None, key=lambda one: one[:2])
    if best is not None and best[0] >= 1 and best[2].topic:
        return best[2].name
    return _REGISTER.sub("", title_of_card(card, name)).strip() or name


def _places(step: SupplyDemand, catalog: Catalog, asked: Asked) -> str:
    name = _called(catalog.cards.get(step.facilities), step.facilities, asked)
    if any(name in kind for kind in step.kinds):  # 노인요양시설 says 요양시설 already
        return ", ".join(step.kinds)
    return " ".join([*(kind for kind in step.kinds if kind not in name), name])


def places_of(plan: Plan, catalog: Catalog) -> str:
    """What the places of a plan are called by their data; empty where it asks of none."""
    step = plan.step("supply_demand")
    if not isinstance(step, SupplyDemand):
        return ""
    return _REGISTER.sub("", title_of_card(catalog.cards.get(step.facilities), step.facilities)).strip()


def _figures(step: Summary, plan: Plan, catalog: Catalog, asked: Asked) -> str:
    """Things of the sentence a column tells of; none: the columns."""
    names = step.variables or (plan.panel.ids() if plan.panel is not None else ())
    titles = [column_title(plan, catalog, name) for name in names]
    tight = [tight_of(title) for title in titles]
    called = [
        t.label for t in asked.things if any(tight_of(w) and tight_of(w) in title for w in t.words for title in tight)
    ]
    return listed(list(dict.fromkeys(called)) or titles, NAMED)


def treatment_of(plan: Plan, catalog: Catalog) -> str:
    """What began, as the plan calls it; empty where it asks of none."""
    for method in ("effect", "before_after"):
        step = plan.step(method)
        if isinstance(step, Effect | BeforeAfter):
            variable = step.treatment.variable
            said = step.treatment.title or (column_title(plan, catalog, variable) if variable else "")
            return shown(said) or str(say(N_("the measure")))
    return ""


def column_title(plan: Plan, catalog: Catalog, name: str) -> str:
    """What a column of the panel is called."""
    asked = plan.panel
    made = next((d for d in asked.derived if d.id == name), None) if asked is not None else None
    variable = asked.variable(name) if asked is not None else None
    if made is not None:
        return shown(made.title or name)
    if variable is None:
        return name
    card = catalog.cards.get(variable.table)
    column = next((c for c in card.values() if c.id == variable.taken()[0]), None) if card else None
    return shown(variable.title or (column.title or column.name if column else "") or name)


def title_of_card(card: Card | None, name: str) -> str:
    """A card's title, as it may be shown."""
    return shown(card.title if card is not None and card.title else name)
