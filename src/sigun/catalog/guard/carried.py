"""Problems other checks found, as findings (이어받은 소견): with rule and place, and a repair where one is sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sigun.catalog.algebra import Kind
from sigun.catalog.guard.finding import Finding, Repair, written
from sigun.catalog.guard.near import only_near
from sigun.errors import Place, SigunError
from sigun.plan.model import Plan

COLUMNS = ("variables", "derived")


def carried(
    problems: Sequence[SigunError], plan: Plan | None, kinds: Mapping[str, Kind], data: Any
) -> tuple[Finding, ...]:
    """One finding a problem: each stops a run. `plan`: whose columns the problems count; none: those of the file."""
    return tuple(_finding(problem, plan, kinds, data) for problem in problems)


def _finding(problem: SigunError, plan: Plan | None, kinds: Mapping[str, Kind], data: Any) -> Finding:
    place = _in_file(problem.place, plan, data)
    return Finding(
        problem.rule or "G1",
        written(place) or "plan",
        problem.said[0],
        "reject",
        problem.said[2],
        _repair(problem, place, kinds, data),
        problem.where,
        problem,
    )


def _in_file(place: Place, plan: Plan | None, data: Any) -> Place:
    """Columns of the panel that are wrong were left out of the plan: the place as the file counts it."""
    if plan is None or plan.panel is None or len(place) < 3 or place[0] != "panel" or place[1] not in COLUMNS:
        return place
    part, at = str(place[1]), place[2]
    asked = getattr(plan.panel, part)
    listed = value_at(data, ("panel", part))
    if not isinstance(at, int) or at >= len(asked) or not isinstance(listed, list):
        return place
    ids = [one.get("id") if isinstance(one, dict) else None for one in listed]
    return ("panel", part, ids.index(asked[at].id), *place[3:]) if asked[at].id in ids else place


def _repair(problem: SigunError, place: Place, kinds: Mapping[str, Kind], data: Any) -> Repair | None:
    """The one change that must have been meant, or the one thing arithmetic leaves to do."""
    if place and place[0] == "catalog":
        return None
    if place and place[-1] == "over_time" and problem.rule == "G3":
        return _over_time(place, kinds, data)
    if problem.rule == "G3" and place and place[-1] in ("weight", "numerator"):
        kind = kinds.get(str(value_at(data, (*place[:-1], "id"))))
        counted = kind is not None and (kind.additive or kind.measure == "index")
        return Repair(place, removed=True, safe=True) if counted else None
    wrong = value_at(data, place)
    if problem.of_key:
        key = only_near(place[-1], problem.known)
        return None if key is None or key in (value_at(data, place[:-1]) or {}) else Repair(place, renamed=key)
    near = only_near(wrong, problem.known)
    return None if near is None else Repair(place, near)


def _over_time(place: Place, kinds: Mapping[str, Kind], data: Any) -> Repair | None:
    kind = kinds.get(str(value_at(data, (*place[:-1], "id"))))
    if kind is None or kind.measure is None:
        return None
    if kind.measure == "flow":
        return Repair(place, removed=True, safe=True)
    return Repair(place, "last" if kind.measure == "stock" else "mean", safe=True)


def value_at(data: Any, place: Place) -> Any:
    """What stands at a place of a document; none where there is no such place."""
    here = data
    for key in place:
        keys = here if isinstance(here, dict) else range(len(here)) if isinstance(here, list | tuple) else ()
        if key not in keys:
            return None
        here = here[key]
    return here
