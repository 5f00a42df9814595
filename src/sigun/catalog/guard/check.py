"""Check a plan (계획 점검): what other checks found, then every guard rail; never an exception."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sigun.catalog.algebra import kinds_of
from sigun.catalog.guard.asked import Asked
from sigun.catalog.guard.carried import carried
from sigun.catalog.guard.causes import causes
from sigun.catalog.guard.finding import VERDICTS, Finding, written
from sigun.catalog.guard.ids import ids
from sigun.catalog.guard.numbers import numbers
from sigun.catalog.guard.persons import persons
from sigun.catalog.guard.places import places
from sigun.catalog.guard.texts import texts
from sigun.catalog.guard.times import times
from sigun.catalog.guard.units import units, unwritable
from sigun.catalog.match import match
from sigun.catalog.store import Catalog
from sigun.catalog.use import may_use
from sigun.errors import SigunError
from sigun.plan.as_far import as_far
from sigun.plan.model import Plan
from sigun.plan.read import Document
from sigun.text import _

RAILS: tuple[Callable[[Asked], Iterable[Finding]], ...] = (
    ids,
    units,
    times,
    places,
    persons,
    texts,
    numbers,
    causes,
)


@dataclass(frozen=True)
class Checked:
    """The plan as far as it can be understood, and all that was found."""

    plan: Plan | None
    findings: tuple[Finding, ...]

    @property
    def rejected(self) -> tuple[SigunError, ...]:
        """What stops a run."""
        return tuple(one.problem() for one in self.findings if one.verdict == "reject")


def findings(document: Document | Any, catalog: Catalog, file: Path, today: date) -> tuple[Finding, ...]:
    """Every finding on a plan document (as read, or its values alone), the gravest first. Never raises.

    Parameters
    ----------
    file : the plan's file, as messages name it.
    today : approvals end, and periods begin, on days.
    """
    return checked(document, catalog, file, today).findings


def checked(document: Document | Any, catalog: Catalog, file: Path, today: date) -> Checked:
    """The plan, as far as it can be understood, with every finding on it."""
    document = document if isinstance(document, Document) else Document(file, document, {})
    if stuck := tuple(unwritable(document.data)):
        return Checked(None, stuck)
    plan, unread = as_far(document)
    kinds = {} if plan is None else kinds_of(plan, catalog)
    found = [*carried(unread, None, kinds, document.data)]
    if plan is not None:
        unfit = [*match(plan, catalog, file), *may_use(plan, catalog, file, today)]
        found += carried(unfit, plan, kinds, document.data)
    found += _beyond(Asked(document.data, plan, catalog, kinds, today), found)
    lines = {written(place): line for place, line in document.lines.items()} if found else {}
    placed = [one if one.where else replace(one, where=_where(one, lines, file)) for one in found]
    return Checked(plan, tuple(sorted(placed, key=lambda one: VERDICTS.index(one.verdict))))


def _beyond(asked: Asked, carried_over: list[Finding]) -> Iterator[Finding]:
    """What the guard rails add to what is said already."""
    said = {(one.rule, one.path) for one in carried_over}
    for rail in RAILS:
        for one in rail(asked):
            if (one.rule, one.path) not in said:
                said.add((one.rule, one.path))
                yield one


def _where(one: Finding, lines: Mapping[str, int], file: Path) -> str:
    """The file and the line of the finding; in a card, the place alone."""
    if one.path.startswith("catalog."):
        return one.path
    path = one.path
    while path and path not in lines:
        path = path.rpartition(".")[0]
    return _("{file}, line {line}: {place}").format(file=file, line=lines.get(path, 1), place=one.path)
