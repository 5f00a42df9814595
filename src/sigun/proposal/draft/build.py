"""From a sentence to a draft (초안 만들기): understood, refused or sketched, made sound, put into words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sigun.catalog.search import Hit
from sigun.catalog.store import Catalog
from sigun.plan.families import FAMILIES, Family, families
from sigun.plan.model import Plan
from sigun.plan.proposal import Authorship, Lacking, OpenQuestion, Proposal, Reason
from sigun.proposal.draft.asked import Asked, understand
from sigun.proposal.draft.events import of_events
from sigun.proposal.draft.lacking import lacking
from sigun.proposal.draft.prose import about, question_of, title_of, written
from sigun.proposal.draft.refuse import INSTEAD, INSTEAD_HERE, USUAL, Refusal, alternatives, offered, why_refused
from sigun.proposal.draft.shelf import Shelf
from sigun.proposal.draft.sketch import Nothing, Said, Sketch
from sigun.proposal.draft.sound import sound
from sigun.proposal.draft.speech import told
from sigun.proposal.draft.tables import of_tables
from sigun.text import N_, Language, Message, say, speaking

Verdict = Literal["drafted", "refused", "nothing_fits"]
NEXT: dict[Family, tuple[Family, ...]] = {
    "forecast": ("summary",),
    "describe": ("summary",),
    "factors": ("describe", "summary"),
    "effect": ("before_after", "factors", "describe", "summary"),
    "before_after": ("effect", "describe", "summary"),
    "supply_demand": ("summary", "describe"),
    "summary": ("describe",),
}
"""What is drafted instead where the data do not allow what is asked."""
OF_EVENTS: frozenset[Family] = frozenset({"describe", "forecast"})


@dataclass(frozen=True)
class Draft:
    """What became of a sentence."""

    verdict: Verdict
    plan: Plan | None = None
    refusal: Refusal | None = None
    hits: tuple[Hit, ...] = ()
    said: tuple[Message, ...] = ()
    asked: Asked | None = None
    lacking: tuple[Lacking, ...] = ()


def draft(sentence: str, catalog: Catalog, today: date, lang: Language = "ko") -> Draft:
    """A complete plan for what a sentence asks, or why there is none. The same sentence and catalogue give the same.

    Parameters
    ----------
    today : approvals of use are held against this day; it stands in no plan.
    """
    asked = understand(sentence, catalog.workspace.catalog)
    with speaking(lang):
        against = why_refused(asked)
        if against is not None:
            return _refused(against, asked, catalog, today)
        return _drafted(asked, catalog, today, lang)


def _refused(against: Message, asked: Asked, catalog: Catalog, today: date) -> Draft:
    """With a question on areas that this catalogue can answer, where there is one."""
    works = (one for one in alternatives(asked) if draft(one, catalog, today).verdict == "drafted")
    topic, here = offered(asked), next(works, "")
    told_here = say(INSTEAD, sentence=here) if here != USUAL else say(INSTEAD_HERE, sentence=topic, here=here)
    instead = told_here if here else say(INSTEAD, sentence=topic)
    return Draft("refused", refusal=Refusal(against, instead, here or topic), said=asked.said, asked=asked)


def _drafted(asked: Asked, catalog: Catalog, today: date, lang: Language) -> Draft:
    shelf = Shelf(catalog, asked, today)
    said, whys = list(asked.said), list[tuple[Family, Message]]()
    for family in _order(asked, shelf):
        made = steps_for(family, asked, shelf)
        if isinstance(made, Nothing):
            whys.append((family, made.why))
            continue
        plan, left_out = sound(_whole(made, family, lang), catalog, today)
        said += left_out
        if plan is not None:
            said += [why for other, why in whys if other in dict(asked.families)]
            said += made.notes
            plan = _in_words(plan, made, asked, shelf, family)
            said += _unused(shelf)
            return Draft("drafted", plan, hits=_used_first(shelf.hits, plan), said=_each(said), asked=asked)
    said += [why for _family, why in whys]
    said += _unused(shelf)
    return Draft("nothing_fits", hits=shelf.hits[:5], said=_each(said), asked=asked, lacking=lacking(asked, shelf))


def _unused(shelf: Shelf) -> Iterator[Message]:
    """Data sets that were looked at and may not, or cannot, be used."""
    for problem in (*shelf.forbidden.values(), *shelf.unreadable.values()):
        yield say(N_("Not used: {what}"), what=problem.what)


def _each(said: list[Message]) -> tuple[Message, ...]:
    return tuple({str(one): one for one in said}.values())


def _order(asked: Asked, shelf: Shelf) -> Iterator[Family]:
    """Families to be tried: what the sentence asks for, then what comes nearest; nothing said: what the data allow."""
    if not asked.things:
        return
    first: list[Family] = [family for family, _words in asked.families] or (
        ["describe", "summary"] if shelf.of_kind("events") else ["summary"]
    )
    after = [other for family in first for other in NEXT[family]]
    yield from dict.fromkeys((*first, *after))


def steps_for(family: Family, asked: Asked, shelf: Shelf) -> Sketch | Nothing:
    """The runnable part of a plan of that family; nothing where the data do not allow it, and why."""
    if family in OF_EVENTS:
        return of_events(asked, shelf, family)
    return of_tables(asked, shelf, family)


def _whole(made: Sketch, family: Family, lang: Language) -> dict[str, Any]:
    """With what every plan has; title and question stand in for those that come with the words."""
    name = re.sub(r"[^a-z0-9_]", "_", f"{made.about}_{family}".lower())[:40]
    name = name if name[0].isalpha() else f"plan_{name}"[:40]
    return {"id": name, "title": name, "question": name, "lang": lang, **made.parts}


def _in_words(plan: Plan, made: Sketch, asked: Asked, shelf: Shelf, family: Family) -> Plan:
    it = about(plan, shelf.catalog, asked)
    plan = plan.model_copy(update={"title": title_of(it), "question": question_of(it)})
    it = replace(it, plan=plan)
    begun = Proposal(
        sentence=asked.sentence,
        lacking=lacking(asked, shelf),
        by={"lacking": Authorship(by="rule")},
        reasons=tuple(_reasons(plan, (*_family_reason(asked, family), *made.reasons))),
        open=tuple(_questions(plan, (*made.questions, *_also(asked, plan), *ALWAYS))),
    )
    return plan.model_copy(update={"proposal": written(it, made.roles, begun)})


def _family_reason(asked: Asked, family: Family) -> Iterator[Said]:
    words = next((words for one, words in asked.families if one == family), "")
    if words:
        yield Said("steps", say(N_("“{said}” in the sentence: {family}."), said=words, family=FAMILY_WORDS[family]))
    elif asked.families:
        asked_for = FAMILY_WORDS[asked.families[0][0]]
        why = N_("The sentence asks for {asked}; the data allow {family}.")
        yield Said("steps", say(why, asked=asked_for, family=FAMILY_WORDS[family]))
    else:
        yield Said("steps", say(N_("The sentence names no kind of analysis: {family}."), family=FAMILY_WORDS[family]))


FAMILY_WORDS: dict[Family, str] = {
    "describe": N_("description"),
    "factors": N_("factors"),
    "forecast": N_("forecast"),
    "effect": N_("policy effect"),
    "before_after": N_("before and after"),
    "supply_demand": N_("supply and demand"),
    "summary": N_("summary statistics"),
}
assert set(FAMILY_WORDS) == set(FAMILIES)


def place_in(path: str, plan: Plan) -> str | None:
    """A sketch's path by the plan's own numbering; none where the plan has no such part any more.

    `steps.forecast.horizon` → `steps.7.horizon`, `panel.variables.tfr` → `panel.variables.0`.
    """
    head, *rest = path.split(".")
    if head == "steps" and rest:
        at = next((i for i, step in enumerate(plan.steps) if step.method == rest[0]), None)
        return None if at is None else ".".join(["steps", str(at), *rest[1:]])
    if head == "panel" and rest and rest[0] in ("variables", "derived") and len(rest) > 1:
        columns = getattr(plan.panel, rest[0], ()) if plan.panel is not None else ()
        at = next((i for i, one in enumerate(columns) if one.id == rest[1]), None)
        return None if at is None else ".".join(["panel", rest[0], str(at), *rest[2:]])
    return path


def _reasons(plan: Plan, said: tuple[Said, ...]) -> Iterator[Reason]:
    for one in said[:120]:
        path = place_in(one.path, plan)
        if path is not None:
            yield Reason(path=path, said=told(one.message))


def _questions(plan: Plan, said: tuple[Said, ...]) -> Iterator[OpenQuestion]:
    for one in said:
        path = place_in(one.path, plan)
        if path is not None:
            yield OpenQuestion(path=path, asks=told(one.message))


def _also(asked: Asked, plan: Plan) -> Iterator[Said]:
    """Families the sentence asks for besides the one that was drafted."""
    for family, words in asked.families[1:]:
        if family not in (*families(plan), "describe", "summary"):
            ask = N_("“{said}” in the sentence asks for {family} as well: shall it be added?")
            yield Said("steps", say(ask, said=words, family=FAMILY_WORDS[family]))


ALWAYS = (
    Said("proposal.decision", say(N_("Who decides on the result, and when?"))),
    Said("proposal.effects", say(N_("What is the goal of the indicator, and from which figure does it start?"))),
    Said("proposal.budget", say(N_("Is there a budget, or is this done with the staff and machines there are?"))),
    Said("proposal.org", say(N_("Which organisation proposes this, and who takes part?"))),
)


def _used_first(hits: tuple[Hit, ...], plan: Plan) -> tuple[Hit, ...]:
    used = {str(value) for value in _flat(plan.data.model_dump().values())}
    return tuple(sorted(hits, key=lambda hit: hit.entry.id not in used))[:12]


def _flat(values: Any) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list | tuple):
            yield from value
        elif value:
            yield value


def words_of(plan: Plan, catalog: Catalog, sentence: str) -> Proposal:
    """The 기획안 of a plan that was changed: the words of rules made anew, those of people and models as they are."""
    with speaking(plan.lang):
        before = plan.proposal
        roles = {use.id: use.role for use in before.data} if before is not None else {}
        asked = understand(sentence, catalog.workspace.catalog)
        return written(about(plan, catalog, asked), roles, before)
