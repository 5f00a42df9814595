"""The words of the 기획안 by rule (규칙 문장): told from the plan, the catalogue and the sentence alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sigun.catalog.guard.texts import order_or_code
from sigun.catalog.search.sentence import shown
from sigun.catalog.store import Catalog
from sigun.catalog.use import named
from sigun.plan.claims import CAUSAL, SPELT
from sigun.plan.families import PARTICULAR, Family, families
from sigun.plan.model import Plan
from sigun.plan.proposal import (
    Authorship,
    DataUse,
    Expected,
    Handling,
    Hypothesis,
    Join,
    Output,
    Proposal,
    Risk,
    Role,
    Stage,
)
from sigun.plan.steps import FactorAnalysis, SupplyDemand
from sigun.proposal.draft import phrases
from sigun.proposal.draft.asked import Asked
from sigun.proposal.draft.factors import reason_of
from sigun.proposal.draft.phrases import PHRASES, PURPOSES, UNITS, Phrases
from sigun.proposal.draft.speech import LONG, SHORT, cut, listed, told
from sigun.proposal.draft.subject import column_title, places_of, subject_of, title_of_card, treatment_of
from sigun.text import N_, _, language, say

BESIDE = ("area_factors", "occurrence", "weather")  # steps that look at what goes along with reports
TITLES = 4  # data sets named in a sentence
KEPT = ("reasons", "open", "lacking", "sentence", "org", "team", "evidence", "model", "rubric", "conflicts", "by")
"""Fields no rule writes anew: what was said, asked and found when the draft was made, and what people add."""


@dataclass(frozen=True)
class About:
    """What the words of a plan are about."""

    plan: Plan
    catalog: Catalog
    sentence: str
    subject: str
    treatment: str
    family: Family
    families: tuple[Family, ...]

    @property
    def phrases(self) -> Phrases:
        """Of its most particular family."""
        return PHRASES[self.family]

    @property
    def all(self) -> tuple[Phrases, ...]:
        """Of all its families, the most particular first."""
        return tuple(PHRASES[family] for family in PARTICULAR if family in self.families)

    def of(self, part: Phrases) -> About:
        """The same of one family: beside reports, supply and demand are of the places, not of what is reported."""
        beside = part is PHRASES["supply_demand"] and self.family != "supply_demand"
        return replace(self, subject=places_of(self.plan, self.catalog)) if beside else self

    def said(self, template: str, most: int = SHORT, **more: str) -> str:
        """A phrase with its names in place."""
        names = {"subject": self.subject, "treatment": self.treatment, "unit": self.unit}
        return told(say(template, **names, **more), most)

    @property
    def unit(self) -> str:
        """The unit of space in words."""
        asked = self.plan.panel
        return _(UNITS[asked.unit if asked is not None else self.plan.space.unit])


def about(plan: Plan, catalog: Catalog, asked: Asked) -> About:
    """What the plan's words are about."""
    found = tuple(f for f in families(plan) if plan.panel is not None or f != "factors")  # of reports: described
    first = next(family for family in PARTICULAR if family in found)
    subject, treatment = subject_of(plan, catalog, asked), treatment_of(plan, catalog)
    return About(plan, catalog, asked.sentence, subject, treatment, first, found)


def title_of(it: About) -> str:
    """The plan's title."""
    listless = it.family == "forecast" and it.plan.step("patrol") is None
    return it.said(phrases.FORECAST_ALONE if listless else it.phrases.title)


def question_of(it: About) -> str:
    """The plan's question."""
    return it.said(it.phrases.question)


def words(it: About, roles: Mapping[str, Role]) -> dict[str, Any]:
    """Every field of the 기획안 that a rule writes."""
    return {
        "background": _background(it),
        "problem": it.said(it.phrases.problem, LONG),
        "stakeholders": tuple(_(one) for one in phrases.STAKEHOLDERS),
        "questions": tuple(it.of(part).said(one) for part in it.all for one in part.questions if _asked(it, one))[:30],
        "hypotheses": _hypotheses(it),
        "decision": it.said(it.phrases.decision, LONG),
        "data": _data(it, roles),
        "joins": _joins(it),
        "method": cut("\n".join(it.of(part).said(part.method, LONG) for part in it.all), LONG),
        "handling": Handling(procedure=_(phrases.HANDLING), export="inside"),
        "outputs": _outputs(it),
        "use": it.said(it.phrases.use, LONG),
        "effects": tuple(
            Expected(indicator=it.said(what), base=_(base), goal=_(phrases.GOAL), measured=_(when))
            for what, base, when in it.phrases.effects
        ),
        "spread": _(phrases.SPREAD),
        "schedule": _schedule(it),
        "risks": tuple(
            Risk(what=_(what), response=_(response))
            for what, response in dict.fromkeys(pair for part in it.all for pair in part.risks)
        ),
    }


def written(it: About, roles: Mapping[str, Role], before: Proposal | None = None) -> Proposal:
    """The 기획안 with the words of rules where no model or person wrote; everything else as it was."""
    now = before or Proposal(sentence=it.sentence)
    made = {name: value for name, value in words(it, roles).items() if value or name in now.by}
    others = {name for name, by in now.by.items() if by.by != "rule"}
    filled = {name for name in made if name not in now.by and getattr(now, name) != getattr(Proposal(), name)}
    fresh = {
        name: value for name, value in made.items() if name not in others and (before is None or name not in filled)
    }
    by = {**now.by, **{name: Authorship(by="rule") for name in ("title", "question", *fresh) if name not in others}}
    return Proposal.model_validate(
        {**now.model_dump(), **_dumped(fresh), "by": {k: v.model_dump() for k, v in by.items()}}
    )


def _dumped(fields: Mapping[str, Any]) -> dict[str, Any]:
    return Proposal.model_validate(dict(fields)).model_dump(include=set(fields))


def _background(it: About) -> str:
    cards = [title_of_card(it.catalog.cards.get(name), name) for name in named(it.plan)]
    period = it.plan.time
    span = ""
    if period.start and period.end:
        last = period.end - timedelta(days=1)
        span = told(say(N_("{start} to {end}, "), start=_month(period.start), end=_month(last))) + " "
    said = cut(it.sentence, 300) if _quotable(it.sentence) else it.said(phrases.ASKS_ABOUT)
    return told(say(phrases.BACKGROUND, sentence=said, titles=listed(cards, TITLES), period=span), LONG)


def _asked(it: About, question: str) -> bool:
    """Whether the steps answer it: they may have been left out since."""
    return question != phrases.ALONG or any(it.plan.step(method) is not None for method in BESIDE)


def _month(day: date) -> str:
    return f"{day.year}년 {day.month}월" if language() == "ko" else day.isoformat()


def _quotable(sentence: str) -> bool:
    """Whether the sentence may stand in our prose: it gives no orders, claims no cause and tells no figure."""
    told = order_or_code(sentence) or SPELT.search(sentence) or re.search(r"\d", sentence)
    return bool(sentence) and not told and not any(word in sentence.casefold() for word in CAUSAL)


def _hypotheses(it: About) -> tuple[Hypothesis, ...]:
    """One for each group of factors: what was written before the data were looked at."""
    step = it.plan.step("factors")
    if not isinstance(step, FactorAnalysis):
        none = it.said(N_("No direction is set before the figures of {subject} are looked at."))
        return (Hypothesis(variable=cut(it.treatment), reason=none),) if it.treatment else ()
    return tuple(
        Hypothesis(
            variable=cut(listed([column_title(it.plan, it.catalog, name) for name in group.variables])),
            direction=group.expect,
            reason=cut(reason_of(group.group, it.subject)),
        )
        for group in step.factors
    )


def _data(it: About, roles: Mapping[str, Role]) -> tuple[DataUse, ...]:
    return tuple(_use(it, name, roles.get(name) or _role(it.plan, name)) for name in named(it.plan))


def _use(it: About, name: str, role: Role) -> DataUse:
    card = it.catalog.cards.get(name)
    approval = str(card.approval) if card is not None and card.approval is not None else ""
    columns = listed(_columns(it.plan, it.catalog, name))
    return DataUse(id=name, role=role, purpose=cut(columns or _(PURPOSES[role])), approval=cut(shown(approval)))


def _columns(plan: Plan, catalog: Catalog, name: str) -> list[str]:
    """What the plan takes from a card, as its columns are called."""
    if plan.panel is not None and name in plan.data.tables:
        return [column_title(plan, catalog, v.id) for v in plan.panel.variables if v.table == name]
    step, card = plan.step("supply_demand"), catalog.cards.get(name)
    if isinstance(step, SupplyDemand) and step.facilities == name and card is not None:
        asked = (step.capacity, step.enrolled, step.waiting)
        return [shown(c.title or c.name) for c in card.values() if c.id in asked]
    if card is not None and name in (*plan.data.areas, *plan.data.area_periods):
        return [shown(c.title or c.name) for c in card.values()]
    return []


def _role(plan: Plan, name: str) -> Role:
    """What a card is for, told by where it stands in the plan."""
    data = plan.data
    if name in (data.events, *data.facilities):
        return "target"
    if name == data.outlines:
        return "boundary"
    if name in (data.weather, data.weather_forecast):
        return "environment"
    if name in (data.addresses, data.stations, data.travel, data.second_source):
        return "key"
    return "cause"


def _joins(it: About) -> tuple[Join, ...]:
    """What each table is joined with, and by what: areas, and periods where both tell them."""
    plan = it.plan
    first = plan.data.events or plan.data.tables[0]
    beside = (*plan.data.tables, *plan.data.areas, *plan.data.area_periods, *plan.data.facilities)
    keys = [_(UNITS["area"])] if plan.panel is None else [it.unit, _("period")]
    return tuple(
        Join(left=first, right=name, keys=tuple(keys[:1] if name in plan.data.facilities else keys))
        for name in beside
        if name != first
    )


def _outputs(it: About) -> tuple[Output, ...]:
    made = dict.fromkeys(pair for part in it.all for pair in part.outputs)
    kinds = {"map", "priority", "table"}
    return tuple(
        Output.model_validate({"kind": kind, "unit": it.unit if kind in kinds else "", "audience": _(audience)})
        for kind, audience in made
    )


def _schedule(it: About) -> tuple[Stage, ...]:
    analysis = listed([_(part.analysis) for part in it.all])
    return tuple(
        Stage(what=analysis if what == "{analysis}" else _(what), when=_(when)) for what, when in phrases.STAGES
    )
