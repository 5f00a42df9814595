"""Space (공간, G5): nothing is told finer than it was counted, and maps are of a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sigun.catalog.card import Card
from sigun.catalog.guard.asked import Asked, finding
from sigun.catalog.guard.finding import Finding, Repair, Verdict
from sigun.errors import Place
from sigun.plan.model import Plan
from sigun.plan.steps import Effect, FactorAnalysis
from sigun.plan.variables import CohortNet, PerCapita, Rate, Total, inputs
from sigun.text import N_, Message, say

LEVELS = ("nation", "sido", "sigungu", "dong")
"""From the widest to the finest."""
OLDEST = date(1988, 4, 23)
"""The first day of the official table of regions."""


def places(asked: Asked) -> Iterator[Finding]:
    """Findings on levels and base dates of a plan of tables."""
    plan = asked.plan
    if plan is None or plan.panel is None or plan.panel.unit == "own":
        return
    if plan.panel.base is not None and plan.panel.base < OLDEST:
        said = say(N_("The official table of regions begins on {day}."), day=str(OLDEST))
        yield finding("G5", ("panel", "base"), "reject", said, say(N_("Name a later day; regions are carried to it.")))
    yield from _levels(asked, plan.panel.unit)
    yield from _checks(plan)
    yield from _mixed(asked, plan)
    yield from _varying(plan)


def finest(card: Card) -> str | None:
    """The finest level the columns of a table name; none where one column may name any.

    A card tells it by its columns alone: 시도 in one, 시군구 in another.
    """
    roles = {column.role for column in card.fields}
    if card.own_regions or roles & {"region", "region_name", "longitude", "x"} or card.kind == "cells":
        return None
    return next((level for level in ("dong", "sigungu", "sido") if level in roles), None)


def _levels(asked: Asked, unit: str) -> Iterator[Finding]:
    for place, variable, card in asked.of_panel():
        level = finest(card)
        wanted = variable.from_level or unit
        if variable.from_level is not None and LEVELS.index(variable.from_level) >= LEVELS.index(unit):
            said = say(
                N_("`from: {level}` is not above the panel's own regions ({unit})."),
                level=variable.from_level,
                unit=unit,
            )
            yield finding(
                "G5",
                (*place, "from"),
                "reject",
                said,
                say(N_("Leave `from` out.")),
                Repair((*place, "from"), removed=True, safe=True),
            )
        elif level is not None and LEVELS.index(level) < LEVELS.index(wanted):
            said = say(
                N_("“{id}” is told by {level}, and the panel is of {unit}: it is not divided up."),
                id=variable.id, level=level, unit=wanted,
            )  # fmt: skip
            remedy = say(
                N_("Write `from: {level}`: the value is repeated, and no differences between its parts are told."),
                level=level,
            )
            yield finding("G5", (*place, "from"), "reject", said, remedy, Repair((*place, "from"), level))


def _checks(plan: Plan) -> Iterator[Finding]:
    panel = plan.panel
    for at, check in enumerate(panel.checks if panel is not None else ()):
        if panel is not None and LEVELS.index(check.level) > LEVELS.index(panel.unit):
            said = say(
                N_("Values of {unit} cannot be added up to {level}, which are smaller."),
                unit=panel.unit,
                level=check.level,
            )
            yield finding(
                "G5", ("panel", "checks", at, "level"), "reject", said, say(N_("Name a level above the panel's."))
            )


def _mixed(asked: Asked, plan: Plan) -> Iterator[Finding]:
    """Counts of a larger region, repeated, put together with counts of its parts."""
    panel = plan.panel
    if panel is None:
        return
    level = {v.id: v.from_level for v in panel.variables}
    for derived in panel.derived:
        of = {level.get(name) for name in inputs(derived)}
        if len(of) > 1 and isinstance(derived, Total | Rate | PerCapita | CohortNet):
            said = say(N_("“{id}” puts counts of regions of different levels together."), id=derived.id)
            remedy = say(N_("Take both from tables of the panel's own regions."))
            yield finding("G5", (*asked.place_of(derived.id), "of"), "reject", said, remedy)
        level[derived.id] = next((one for one in of if one is not None), None) if len(of) == 1 else None


def _varying(plan: Plan) -> Iterator[Finding]:
    """A repeated value where differences between the panel's regions are asked for."""
    above = _repeated(plan)
    for at, step in enumerate(plan.steps if above else ()):
        outcome = getattr(getattr(step, "outcome", None), "variable", None)
        if isinstance(outcome, str) and outcome in above:
            remedy = say(N_("Name an outcome told for the panel's own regions."))
            yield _one_value(outcome, above, ("steps", at, "outcome", "variable"), "reject", remedy)
        treated = step.treatment.variable if isinstance(step, Effect) else None
        if treated is not None and treated in above:
            yield _began_together(treated, above, at)
        for i, group in enumerate(step.factors if isinstance(step, FactorAnalysis) else ()):
            for j, name in enumerate(group.variables):
                if name in above:
                    remedy = say(N_("Read its answer as one of so many {level} only."), level=above[name])
                    yield _one_value(name, above, ("steps", at, "factors", i, "variables", j), "warn", remedy)


def _repeated(plan: Plan) -> dict[str, str]:
    """Columns that have one value for all regions of a larger one -> its level."""
    panel = plan.panel
    above: dict[str, str] = {v.id: v.from_level for v in panel.variables if v.from_level} if panel else {}
    for derived in panel.derived if panel is not None else ():
        if set(inputs(derived)) <= set(above):
            above[derived.id] = above[inputs(derived)[0]]
    return above


def _one_value(name: str, above: Mapping[str, str], place: Place, verdict: Verdict, remedy: Message) -> Finding:
    said = N_("“{id}” has one value for a whole {level}: its regions cannot be compared by it.")
    return finding("G5", place, verdict, say(said, id=name, level=above[name]), remedy)


def _began_together(name: str, above: Mapping[str, str], at: int) -> Finding:
    said = N_("“{id}” has one value for a whole {level}: its regions began together, and count as one.")
    place, remedy = ("steps", at, "treatment", "variable"), say(N_("Compare regions of that level (`unit`)."))
    return finding("G5", place, "warn", say(said, id=name, level=above[name]), remedy)
