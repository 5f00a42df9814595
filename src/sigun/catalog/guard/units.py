"""Units and additivity (단위·가산성, G3): what arithmetic forbids beyond the algebra of the panel."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from sigun.catalog.algebra import Kind
from sigun.catalog.guard.asked import Asked, finding
from sigun.catalog.guard.finding import Finding, Repair
from sigun.errors import Place
from sigun.plan.part import DEEPEST
from sigun.plan.steps import AreaFactors, FactorAnalysis, Hotspot, Occurrence
from sigun.plan.variables import PerCapita, Rate, Share, Variable, inputs
from sigun.text import N_, say
from sigun.units import ADDITIVE_OVER_SPACE


def units(asked: Asked) -> Iterator[Finding]:
    """Findings on denominators, averages without weights, and numbers without an end."""
    yield from _endless(asked.data)
    yield from _averages(asked)
    yield from _of_itself(asked)
    yield from _denominators(asked)


LARGEST = 10**300
"""Beyond it a whole number is no number of anything, and programs stumble over its digits."""


def unwritable(data: Any) -> Iterator[Finding]:
    """Whole numbers of hundreds of digits: nothing else can be said of a document with one."""
    return _numbers(data, (), lambda value: isinstance(value, int) and abs(value) > LARGEST)


def _endless(data: Any) -> Iterator[Finding]:
    """`.inf` and `.nan` are numbers to YAML."""
    return _numbers(data, (), lambda value: isinstance(value, float) and not math.isfinite(value))


def _numbers(value: Any, at: Place, wrong: Callable[[Any], bool]) -> Iterator[Finding]:
    if wrong(value):
        yield finding("G3", at, "reject", say(N_("This is no finite number.")), say(N_("Write a number.")))
    elif isinstance(value, dict | list | tuple) and len(at) < DEEPEST:
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, one in items:
            yield from _numbers(one, (*at, key if isinstance(key, int) else str(key)), wrong)


def _averages(asked: Asked) -> Iterator[Finding]:
    """A rate or share over several periods, or over regions that merged, is an average by its denominator."""
    for place, variable, card in asked.of_panel():
        kind = asked.kinds.get(variable.id)
        if kind is None or kind.measure not in ("rate", "share") or variable.weight or variable.numerator:
            continue
        column = next((c for c in card.values() if c.id == variable.taken()[0]), None)
        per = column.per if column is not None else None
        if variable.over_time == "mean" and per is None:
            said = say(N_("“{id}” is averaged over periods, and nothing says by which denominator."), id=variable.id)
            remedy = say(N_("Name the count it is per under `weight`; else each period counts alike."))
            yield finding("G3", (*place, "weight"), "warn", said, remedy, _weight(asked, variable, place))


def _weight(asked: Asked, variable: Variable, place: Place) -> Repair | None:
    """The one count of the panel that comes from the same table."""
    panel = asked.plan.panel if asked.plan is not None else None
    same = [
        v.id
        for v in (panel.variables if panel is not None else ())
        if v.table == variable.table and v.id != variable.id
    ]
    counts = [name for name in same if name in asked.kinds and asked.kinds[name].additive]
    return Repair((*place, "weight"), counts[0], safe=True) if len(counts) == 1 else None


def _of_itself(asked: Asked) -> Iterator[Finding]:
    panel = asked.plan.panel if asked.plan is not None else None
    for derived in panel.derived if panel is not None else ():
        names = inputs(derived)
        if len(set(names)) < len(names):
            key = (
                "of"
                if not isinstance(derived, Rate | Share | PerCapita)
                else {"rate": "per", "share": "among"}.get(derived.op, "population")
            )
            said = say(N_("“{id}” puts a column beside itself."), id=derived.id)
            yield finding(
                "G3", (*asked.place_of(derived.id), key), "reject", said, say(N_("Name two different columns."))
            )


def _denominators(asked: Asked) -> Iterator[Finding]:
    """What reports or persons are counted per must be a count."""
    for at, step in enumerate(asked.plan.steps if asked.plan is not None else ()):
        if isinstance(step, Hotspot | AreaFactors | Occurrence) and step.exposure:
            yield from _no_count(asked, step.exposure, ("steps", _place(asked, at, step.method), "exposure"), "reject")
        if isinstance(step, FactorAnalysis) and step.weight and step.weight in asked.kinds:
            kind = asked.kinds[step.weight]
            if kind.measure is not None and not kind.additive:
                said = say(N_("“{name}” is no count: regions are not weighted by it."), name=step.weight)
                remedy = say(N_("Name a count, such as people of the first period."))
                yield finding("G3", ("steps", _place(asked, at, step.method), "weight"), "warn", said, remedy)


def _place(asked: Asked, at: int, method: str) -> int:
    """The step's number in the file."""
    return next((i for i, said in enumerate(asked.steps()) if said.get("method") == method), at)


def _no_count(asked: Asked, name: str, place: Place, verdict: Any) -> Iterator[Finding]:
    plan = asked.plan
    cards = (
        [asked.catalog.cards.get(n) for n in (*plan.data.areas, *plan.data.area_periods)] if plan is not None else []
    )
    columns = [c for card in cards if card is not None for c in card.values() if c.id == name]
    kind = Kind(columns[0].measure, columns[0].unit) if columns else None
    if kind is not None and kind.measure is not None and kind.measure not in ADDITIVE_OVER_SPACE:
        counts = sorted(
            {str(c.id) for card in cards if card is not None for c in card.values() if c.measure in ADDITIVE_OVER_SPACE}
        )
        said = say(N_("“{name}” is no count: nothing can be told per so many of it."), name=name)
        remedy = say(N_("Name a count, such as: {names}."), names=", ".join(counts[:8]) or "–")
        yield finding("G3", place, verdict, said, remedy)
