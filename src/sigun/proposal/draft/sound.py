"""Only what holds is handed out (점검): a sketch as a plan, without the parts the catalogue or the rules object to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sigun.catalog.guard import findings
from sigun.catalog.store import Catalog
from sigun.errors import Place
from sigun.plan.model import Plan
from sigun.text import N_, Message, say

MOST_ROUNDS = 30
GIVEN = "plan.yaml"  # what a draft is called before it has a file


def sound(parts: Mapping[str, Any], catalog: Catalog, today: date) -> tuple[Plan | None, tuple[Message, ...]]:
    """The plan of these parts, and what had to be taken out of it; none where nothing is left that runs."""
    said: list[Message] = []
    now = deepcopy(dict(parts))
    for _round in range(MOST_ROUNDS):
        try:
            plan = Plan.model_validate(now)
        except ValidationError as wrong:
            place = next((tuple(e["loc"]) for e in wrong.errors()), ())
            if not _without(now, tuple(p for p in place if isinstance(p, str | int))):
                return None, tuple(said)
            continue
        against = next((one for one in findings(now, catalog, Path(GIVEN), today) if one.verdict == "reject"), None)
        if against is None:
            return plan, tuple(said)
        said.append(say(N_("Left out of the draft: {what}"), what=str(against.said)))
        if not _without(now, place_of(against.path, plan)):
            return None, tuple(said)
    return None, tuple(said)


def place_of(path: str, plan: Plan) -> Place:
    """Where the part that is wrong stands; a step told by its name is looked for by it."""
    place: Place = tuple(int(part) if part.isdigit() else part for part in path.split(".") if part)
    if len(place) > 1 and place[0] == "steps" and isinstance(place[1], str):
        at = next((i for i, step in enumerate(plan.steps) if step.method == place[1]), None)
        return () if at is None else ("steps", at, *place[2:])
    return place


def _without(parts: dict[str, Any], place: Place) -> bool:
    """Take the part at that place out, and what hangs on it; whether something could be taken out."""
    match place:
        case ("steps", int() as at, *_rest):
            done = _drop(parts.get("steps"), at) and bool(parts["steps"])
        case ("panel", ("variables" | "derived") as kind, int() as at, *_rest):
            columns = parts["panel"].get(kind) or []
            gone = columns[at]["id"] if at < len(columns) else ""
            done = bool(gone) and _drop(columns, at) and _forget(parts, {gone})
        case ("panel", str() as key, *_rest) if key not in ("unit", "base", "span", "variables"):
            done = parts["panel"].pop(key, None) is not None
        case ("data", str() as key, int() as at, *_rest):
            done = key != "tables" and _drop(parts["data"].get(key), at)
        case ("data", str() as key, *_rest) if key not in ("events", "tables"):
            done = parts["data"].pop(key, None) is not None
        case (("space" | "time" | "only" | "conditions") as key, *_rest):
            done = parts.pop(str(key), None) is not None
        case _:
            done = False
    return done


def _drop(items: Any, at: int) -> bool:
    if not isinstance(items, list) or at >= len(items):
        return False
    del items[at]
    return True


def _forget(parts: dict[str, Any], gone: set[str]) -> bool:
    """Without columns that are made of those, and without what steps say of them; whether a step is left."""
    panel = parts["panel"]
    while True:
        more = {d["id"] for d in panel.get("derived", ()) if gone & set(_named(d))} - gone
        panel["derived"] = [d for d in panel.get("derived", ()) if not gone & set(_named(d))]
        if not more:
            break
        gone |= more
    for variable in panel["variables"]:
        for key in ("weight", "numerator"):
            if variable.get(key) in gone:
                del variable[key]
    if panel.get("size") in gone:
        del panel["size"]
    parts["steps"] = [step for step in (_step_without(s, gone) for s in parts["steps"]) if step is not None]
    return bool(panel["variables"]) and bool(parts["steps"])


def _named(derived: Mapping[str, Any]) -> Iterator[str]:
    for key in ("of", "per", "among", "population", "by", "before"):
        said = derived.get(key)
        yield from said if isinstance(said, list | tuple) else [said] if isinstance(said, str) else ()


def _step_without(step: dict[str, Any], gone: set[str]) -> dict[str, Any] | None:
    """The step without those columns; none where it cannot be asked without them."""
    if step.get("outcome", {}) and isinstance(step["outcome"], dict) and step["outcome"].get("variable") in gone:
        return None
    if step.get("treatment", {}).get("variable") in gone or step.get("demand") in gone:
        return None
    kept = {key: _left(value, gone) if key in ("controls", "variables") else value for key, value in step.items()}
    for key in ("weight", "exposure", "per", "waiting"):
        if isinstance(kept.get(key), str) and kept[key] in gone:
            del kept[key]
    if "factors" in step:
        groups = [{**g, "variables": _left(g["variables"], gone)} for g in step["factors"]]
        kept["factors"] = [g for g in groups if g["variables"]]
        return kept if kept["factors"] else None
    return None if kept.get("variables") == [] and step.get("variables") else kept


def _left(names: Iterable[str], gone: set[str]) -> list[str]:
    return [name for name in names if name not in gone]
