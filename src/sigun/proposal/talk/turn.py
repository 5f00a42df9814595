"""One turn of the dialogue (한 번의 말): what was wanted, the plan after it, and what that changed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from sigun.catalog.match import match
from sigun.catalog.store import Catalog
from sigun.catalog.use import may_use
from sigun.plan.model import Plan
from sigun.plan.proposal import Proposal
from sigun.plan.write import plan_yaml
from sigun.proposal.draft.asked import understand
from sigun.proposal.draft.build import words_of
from sigun.proposal.draft.sound import GIVEN
from sigun.proposal.talk.document import DOCUMENT
from sigun.proposal.talk.families import FAMILY_WISHES
from sigun.proposal.talk.heard import WHY, forbidden, reasons
from sigun.proposal.talk.reports import REPORTS
from sigun.proposal.talk.tables import TABLES
from sigun.proposal.talk.wish import Cannot, Parts, Unclear, Wish, World
from sigun.text import N_, Message, say, speaking

WISHES: tuple[Wish, ...] = (*DOCUMENT, *REPORTS, *TABLES, *FAMILY_WISHES)
"""In the order they are tried; the first that can be done is."""

THEN = re.compile(r"\s*(?:;|그리고|하고 나서|(?<=[가-힣])이고,?|(?<=바꾸)고,?|\band then\b)\s+")
AND = re.compile(r"\s*(?:,|;|그리고|하고 나서|\band then\b|\band\b)\s+")
UNSAID = N_("I did not understand that. For example: {examples}.")
EXAMPLES = (6, 3)  # of what is run, of the words
STEPS = re.compile(r"steps\.\d+")


@dataclass(frozen=True)
class Turn:
    """What was said and what became of it; the plan is the one before where nothing could be done."""

    said: str
    plan: Plan
    did: tuple[Message, ...]  # what was done
    could_not: tuple[Message, ...]  # what was not, and why
    diff: tuple[str, ...]  # lines of the plan's file, before and after

    @property
    def changed(self) -> bool:
        """Whether the plan is another one now."""
        return bool(self.diff)


def turn(plan: Plan, text: str, catalog: Catalog, today: date) -> Turn:
    """Change the plan as somebody wants it; it is valid afterwards, or as it was. Never raises for what is said."""
    with speaking(plan.lang):
        asked = understand(text, catalog.workspace.catalog)
        against = forbidden(asked)
        if against is not None:
            return Turn(asked.sentence, plan, (), (*asked.said, against), ())
        if WHY.search(asked.sentence):
            return Turn(asked.sentence, plan, reasons(plan, asked.sentence), asked.said, ())
        now, did, could_not = plan, list[Message](), list[Message]()
        for clause in _clauses(asked.sentence):
            made = _one(now, clause, catalog, today)
            now = made.plan
            did += made.did
            could_not += made.could_not
        return Turn(asked.sentence, now, tuple(did), (*asked.said, *could_not), difference(plan, now))


def _clauses(text: str) -> Iterator[str]:
    """Things said one after the other; words of a 기획안 are one thing however many commas they hold."""
    for said in THEN.split(text):
        if any(wish.words.search(said) for wish in DOCUMENT if "what" in wish.words.groupindex):
            yield said
        else:
            yield from (clause for clause in AND.split(said) if clause.strip())


def _one(plan: Plan, text: str, catalog: Catalog, today: date) -> Turn:
    world = World(plan, catalog, text, today)
    against: list[Cannot] = []
    for wish in WISHES:
        found = wish.words.search(text) if wish.fits(world) else None
        if found is None:
            continue
        parts: Parts = deepcopy(plan.model_dump(mode="json", by_alias=True, exclude_defaults=True))
        try:
            did = wish.do(found, parts, world)
            changed = _checked(parts, catalog, today)
        except Cannot as cannot:
            against.append(cannot)
            continue
        if changed == plan:
            return Turn(text, plan, (), (say(N_("It is so already: {did}"), did=str(did)),), ())
        return Turn(text, _worded(changed, plan, catalog), (did,), (), ())
    sure = next((one for one in against if not isinstance(one, Unclear)), against[-1] if against else None)
    return Turn(text, plan, (), (sure.why if sure is not None else _unsaid(world),), ())


def _checked(parts: Parts, catalog: Catalog, today: date) -> Plan:
    """The plan of these parts.

    Raises
    ------
    Cannot
        It would be no plan, or the catalogue does not have what it asks.
    """
    try:
        plan = Plan.model_validate(parts)
    except ValidationError as wrong:
        why = say(N_("That would be no valid plan: {why}"), why=str(wrong.errors()[0]["msg"]))
        raise Cannot(why) from wrong
    problems = [*match(plan, catalog, Path(GIVEN)), *may_use(plan, catalog, Path(GIVEN), today)]
    if problems:
        raise Cannot(say(N_("{what} {remedy}"), what=problems[0].what, remedy=problems[0].remedy))
    return plan


def _worded(plan: Plan, before: Plan, catalog: Catalog) -> Plan:
    """With the words the rules wrote made anew, where what is run has changed."""
    if plan.proposal is None or plan.hash() == before.hash():
        return plan
    moved = plan.model_copy(update={"proposal": _moved(plan, before)})
    return plan.model_copy(update={"proposal": words_of(moved, catalog, plan.proposal.sentence)})


def _moved(plan: Plan, before: Plan) -> Proposal:
    """Reasons and questions point to steps by their number: to where those stand now; of steps that went they go."""
    words = plan.proposal or Proposal()
    reasons = [
        r.model_copy(update={"path": p}) for r in words.reasons if (p := _path(r.path, plan, before)) is not None
    ]
    asked = [q.model_copy(update={"path": p}) for q in words.open if (p := _path(q.path, plan, before)) is not None]
    return words.model_copy(update={"reasons": tuple(reasons), "open": tuple(asked)})


def _path(path: str, plan: Plan, before: Plan) -> str | None:
    head, *rest = path.split(".")
    if head != "steps" or not rest or not rest[0].isdigit():
        return path
    at = int(rest[0])
    method = before.steps[at].method if at < len(before.steps) else ""
    now = next((i for i, step in enumerate(plan.steps) if step.method == method), None)
    return None if now is None else ".".join(("steps", str(now), *rest[1:]))


def _unsaid(world: World) -> Message:
    fitting = [wish for wish in WISHES if wish.fits(world) and wish.examples]
    of_words = [wish.examples[0] for wish in fitting if wish in DOCUMENT]
    of_steps = [wish.examples[0] for wish in fitting if wish not in DOCUMENT]
    examples = dict.fromkeys((*of_steps[: EXAMPLES[0]], *of_words[: EXAMPLES[1]]))
    return say(UNSAID, examples=", ".join(f"“{one}”" for one in examples))


def difference(before: Plan, after: Plan) -> tuple[str, ...]:
    """Lines of the plan's file that went (`-`) and came (`+`); of a step's new number alone nothing is told."""
    lines = difflib.unified_diff(plan_yaml(before).splitlines(), plan_yaml(after).splitlines(), lineterm="", n=0)
    changed = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    told = [line for line in changed if STEPS.sub("", line)[1:] not in _moved_lines(changed)]
    return tuple(told or changed)


def _moved_lines(changed: list[str]) -> set[str]:
    """What went in one line and came in another, but for the number of its step."""
    gone, come = ({STEPS.sub("", line)[1:] for line in changed if line.startswith(sign)} for sign in "-+")
    return {line for line in gone & come if line.strip()}
