"""Names in the words beside the plan (기획안의 이름, G2): data that `proposal` tells of are the plan's own."""

from __future__ import annotations

from collections.abc import Iterator

from sigun.catalog.guard.asked import Asked, finding
from sigun.catalog.guard.finding import Finding, Repair
from sigun.catalog.guard.near import only_near
from sigun.catalog.use import named
from sigun.errors import Place
from sigun.plan.proposal import Proposal
from sigun.text import N_, say


def ids(asked: Asked) -> Iterator[Finding]:
    """Findings on data sets and fields that `proposal` names."""
    plan = asked.plan
    if plan is None or plan.proposal is None:
        return
    names = named(plan)
    uses: list[tuple[Place, str]] = [
        (("proposal", "data", i, "id"), one.id) for i, one in enumerate(plan.proposal.data)
    ]
    for i, join in enumerate(plan.proposal.joins):
        uses += [(("proposal", "joins", i, "left"), join.left), (("proposal", "joins", i, "right"), join.right)]
    for place, name in uses:
        yield from () if name in names else (_not_of_the_plan(asked, place, name, names),)
    fields = {*Proposal.model_fields, "title", "question"}
    for name in plan.proposal.by:
        if name not in fields:
            said = say(N_("“{name}” is no field of the proposal: nobody wrote it."), name=name)
            yield finding(
                "G2",
                ("proposal", "by", name),
                "fix",
                said,
                say(N_("Take it out.")),
                Repair(("proposal", "by", name), removed=True, safe=True),
            )


def _not_of_the_plan(asked: Asked, place: Place, name: str, names: tuple[str, ...]) -> Finding:
    near = only_near(name, names)
    offered = None if near is None else Repair(place, near)
    if name in asked.catalog.cards:
        said = say(N_("“{name}” is in the catalogue, and the plan does not use it."), name=name)
        return finding("G2", place, "warn", said, say(N_("Name it under `data`, or take it out here.")), offered)
    said = say(N_("There is no data set “{name}” in the catalogue."), name=name)
    remedy = say(N_("Name a data set of this plan: {names}."), names=", ".join(names) or "–")
    return finding("G2", place, "reject", said, remedy, offered)
