"""A plan as far as it can be understood (읽히는 데까지): one wrong column hides no other fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sigun.errors import PlanError, SigunError
from sigun.plan.model import Plan
from sigun.plan.read import Document, load, problems_of

PARTS = ("variables", "derived", "checks")
NAMING = ("of", "per", "among", "population", "by", "before", "weight", "numerator", "variable")
"""Keys under which columns of the panel stand."""


def read_as_far(path: Path) -> tuple[Plan | None, list[SigunError]]:
    """The plan without those columns of its panel that are wrong, and all that is wrong with it.

    None instead of the plan where something else is wrong with it, too, or no column is left.

    Raises
    ------
    PlanError
        The file cannot be read as YAML.
    """
    return as_far(load(path, PlanError))


def as_far(document: Document) -> tuple[Plan | None, list[SigunError]]:
    """Of a document that is read already, as `read_as_far`."""
    data, problems = document.data, list[SigunError]()
    while True:
        try:
            return Plan.model_validate(data), problems
        except ValidationError as found:
            problems += problems_of(found, document, Plan, PlanError)
            data = _without(data, found.errors())
        if data is None:
            return None, problems


def _without(data: Any, errors: Sequence[Any]) -> Any:
    """The document without the wrong columns and those that name them; none where other things are wrong, too."""
    if not all(_of_column(one) for one in errors):
        return None
    cut = {tuple(one["loc"][1:3]) for one in errors if len(one["loc"]) > 1}
    panel = {part: _kept(data["panel"], part, cut) for part in PARTS}
    if len(errors) == 1 and errors[0]["type"] == "column_twice":
        panel = _each_once(panel)
    ids = {_id(one) for part in ("variables", "derived") for one in data["panel"].get(part) or ()}
    while gone := ids - {_id(one) for part in ("variables", "derived") for one in panel[part]}:
        fewer = {part: [one for one in panel[part] if not gone & set(_names(one))] for part in PARTS}
        if fewer == panel:
            break
        panel = fewer
    size = {} if data["panel"].get("size") in ids - gone else {"size": None}
    return {**data, "panel": {**data["panel"], **panel, **size}} if panel["variables"] else None


def _of_column(error: Any) -> bool:
    at = error["loc"]
    return error["type"] == "column_twice" or (len(at) > 2 and at[0] == "panel" and at[1] in PARTS)


def _kept(panel: Mapping[str, Any], part: str, cut: set[Any]) -> list[Any]:
    return [one for at, one in enumerate(panel.get(part) or ()) if (part, at) not in cut]


def _each_once(panel: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """The first column of each id."""
    seen: set[str] = set()
    first: dict[str, list[Any]] = dict(panel)
    for part in ("variables", "derived"):
        first[part] = []
        for one in panel[part]:
            first[part] += [] if _id(one) in seen else [one]
            seen.add(_id(one))
    return first


def _id(column: Any) -> str:
    return str(column.get("id")) if isinstance(column, dict) else ""


def _names(column: Mapping[str, Any]) -> Iterator[str]:
    for key in NAMING:
        said = column.get(key)
        yield from said if isinstance(said, list) else [said] if isinstance(said, str) else ()
