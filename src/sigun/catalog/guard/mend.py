"""Carry repairs out on a document (고치기): the value changes, the document given stays as it was."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from sigun.catalog.guard.carried import value_at
from sigun.catalog.guard.finding import Finding, Repair
from sigun.errors import Place


def repairs(findings: Iterable[Finding], asked: bool = False) -> tuple[Repair, ...]:
    """The safe repairs of findings, each place once.

    Parameters
    ----------
    asked : a person asked for repairs: those too that are offered where a plan does not run, or in its words alone.
        What would change the figures of a plan that runs is never repaired here.
    """
    chosen: dict[Place, Repair] = {}
    for one in findings:
        if (
            one.repair is not None
            and one.repair.place
            and (one.repair.safe or (asked and one.verdict in ("reject", "fix")))
        ):
            chosen.setdefault(one.repair.place, one.repair)
    return tuple(chosen.values())


def mended(data: Any, findings: Iterable[Finding], asked: bool = False) -> Any:
    """A copy of the document with the safe repairs carried out; `asked`: as for `repairs`.

    Examples
    --------
    >>> found = Finding("G12", "title", "", "fix", repair=Repair(("title",), "SUM", safe=True))
    >>> mended({"title": "=SUM"}, [found])
    {'title': 'SUM'}
    """
    return carried_out(data, repairs(findings, asked))


def carried_out(data: Any, todo: Iterable[Repair]) -> Any:
    """A copy of the document with these repairs in it."""
    copy = deepcopy(data)
    # From the back, so that what is taken out of a list moves none that is still to be changed.
    for repair in sorted(todo, key=lambda one: [str(key).zfill(9) for key in one.place], reverse=True):
        _carry_out(copy, repair)
    return copy


def _carry_out(data: Any, repair: Repair) -> None:
    *above, key = repair.place
    holder = value_at(data, tuple(above))
    if isinstance(holder, dict):
        if repair.renamed is not None:
            items = [(repair.renamed if name == key else name, value) for name, value in holder.items()]
            holder.clear()
            holder.update(items)
        elif repair.removed:
            holder.pop(key, None)
        else:
            holder[key] = repair.value
    elif isinstance(holder, list) and isinstance(key, int) and key < len(holder):
        if repair.removed:
            del holder[key]
        else:
            holder[key] = repair.value
