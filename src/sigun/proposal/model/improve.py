"""A rule draft, worded by a model where one is set up (모형으로 다듬기): never worse than it was."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from sigun.catalog.guard import findings
from sigun.catalog.store import Catalog
from sigun.plan.families import families
from sigun.plan.model import Plan
from sigun.plan.proposal import UseOfModel
from sigun.proposal.draft.sound import GIVEN
from sigun.proposal.model.accept import Change, changes_of, with_changes
from sigun.proposal.model.endpoint import Endpoint
from sigun.proposal.model.offer import KINDS, offer
from sigun.proposal.model.record import ask_on_record
from sigun.text import N_, Message, _, say


@dataclass(frozen=True)
class Improved:
    """The plan after a model was asked: the same one where nothing of its answer may stand."""

    plan: Plan
    changes: tuple[Change, ...]
    said: tuple[Message, ...]  # why something, or everything, of the answer was left out
    requests: int


Faults = Callable[[Plan], int]
"""How many findings a plan has that are not accepted; fewer is better."""


def faults_in(catalog: Catalog, today: date) -> Faults:
    """By the checks of a plan against that catalogue."""

    def faults(plan: Plan) -> int:
        data = plan.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return sum(one.verdict != "accept" for one in findings(data, catalog, Path(GIVEN), today))

    return faults


def improve(
    plan: Plan, catalog: Catalog, endpoint: Endpoint, faults: Faults, sleep: Callable[[float], None] = time.sleep
) -> Improved:
    """Ask the model once (at most three requests), and take what may stand. Never raises."""
    offered = offer(plan, catalog, endpoint)
    answer = ask_on_record(endpoint, offered.request, catalog.workspace, sleep)
    if answer.value is None:
        kept = say(N_("The rule draft stands."))
        return Improved(plan, (), tuple(m for m in (answer.reason, kept) if m is not None), answer.requests)
    changes, said = changes_of(answer.value, plan, offered)
    taken, left = _taken(plan, changes, faults)
    if not taken:
        return Improved(plan, (), (*said, *left, say(N_("The rule draft stands."))), answer.requests)
    return Improved(_marked(with_changes(plan, taken), endpoint), taken, (*said, *left), answer.requests)


def _taken(plan: Plan, changes: tuple[Change, ...], faults: Faults) -> tuple[tuple[Change, ...], tuple[Message, ...]]:
    """Changes after which the plan has no more faults than before and answers all it did, one after another."""
    before, taken, left = faults(plan), list[Change](), list[Message]()
    for change in changes:
        try:
            changed = with_changes(plan, (*taken, change))
            worse = faults(changed) > before or families(changed) != families(plan)
        except ValidationError:
            worse = True
        if worse:
            left.append(say(N_("{path}: the model's choice was left out: the plan would be worse."), path=change.path))
        else:
            taken.append(change)
    return tuple(taken), tuple(left)


def _marked(plan: Plan, endpoint: Endpoint) -> Plan:
    """The plan that says a model took part, where it runs, and what it was shown."""
    assert plan.proposal is not None  # what a model words is there
    use = UseOfModel(used=True, place=endpoint.place, sent=tuple(_(kind) for kind in KINDS))
    return plan.model_copy(update={"proposal": plan.proposal.model_copy(update={"model": use})})
