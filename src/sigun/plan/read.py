"""Read a YAML document into a model (문서 읽기): every problem at once, each with its file and line."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from sigun.errors import PlanError, SigunError, require
from sigun.plan.model import Plan
from sigun.plan.part import Part
from sigun.text import _

Model = TypeVar("Model", bound=Part)
Place = tuple[str | int, ...]
LARGEST = 1_000_000  # bytes; a document is written by hand


def read_plan(path: Path | str) -> Plan:
    """The plan in a YAML file.

    Raises
    ------
    PlanError, Several
        Everything wrong with it, each with its line.
    """
    return read_document(Path(path), Plan, PlanError)


def read_document(path: Path, model: type[Model], error: type[SigunError]) -> Model:
    """A YAML file as `model`; problems are raised as `error`, all at once."""
    data, lines = _load(path, error)
    try:
        return model.model_validate(data)
    except ValidationError as found:
        require(_problem(one, data, lines, path, error, model) for one in found.errors())
        raise AssertionError from found  # a validation error always holds one problem or more


def _load(path: Path, error: type[SigunError]) -> tuple[Any, Mapping[Place, int]]:
    """The document and the line each value begins on."""
    if not path.is_file():
        raise error(_("There is no such file."), str(path), _("Check the path."))
    if path.stat().st_size > LARGEST:
        raise error(_("The file is too large for a document written by hand."), str(path), _("Check the path."))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as bad:
        raise error(_("The file is not UTF-8 text."), str(path), _("Save it again as UTF-8.")) from bad
    lines: dict[Place, int] = {}
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        _note_lines(node, (), lines, path, error, 0)
        return yaml.safe_load(text), lines
    except (yaml.YAMLError, ValueError, RecursionError) as bad:
        mark = getattr(bad, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        reason = str(getattr(bad, "problem", None) or bad)
        raise error(
            _("The file is not YAML: {reason}.").format(reason=reason),
            where,
            _("Mend the line it names (indentation, quotes, a missing colon)."),
        ) from bad


def _note_lines(
    node: yaml.Node | None, at: Place, lines: dict[Place, int], path: Path, error: type[SigunError], depth: int
) -> None:
    if node is None:
        return
    if depth > 40:  # anchors that refer to themselves
        raise error(_("The file is nested too deeply."), str(path), _("Write it without anchors."))
    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _note_lines(value, (*at, str(key.value)), lines, path, error, depth + 1)
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            _note_lines(value, (*at, i), lines, path, error, depth + 1)


def _problem(
    found: Any, data: Any, lines: Mapping[Place, int], path: Path, error: type[SigunError], model: type[Part]
) -> SigunError:
    place = tuple(found["loc"])
    known = _in_document(place, data)
    line = lines.get(known, 1)
    where = _("{file}, line {line}: {place}").format(
        file=path, line=line, place=".".join(map(str, place)) or _("document")
    )
    if found["type"] == "extra_forbidden":
        word = str(place[-1])
        near = difflib.get_close_matches(word, _field_names(model), 3)
        remedy = _("Did you mean: {names}?").format(names=", ".join(near)) if near else _("Take it out.")
        return error(_("“{word}” is not a word of this document.").format(word=word), where, remedy)
    if found["type"] == "missing":
        return error(_("“{word}” is missing.").format(word=place[-1]), where, _("Add it."))
    if found["type"] == "union_tag_invalid":
        ctx = found["ctx"]
        near = difflib.get_close_matches(ctx["tag"], ctx["expected_tags"].replace("'", "").split(", "), 3)
        return error(
            _("There is no method “{word}”.").format(word=ctx["tag"]),
            where,
            _("Methods: {names}").format(names=", ".join(near) if near else ctx["expected_tags"]),
        )
    return error(str(found["msg"]), where, _("Given: {value}").format(value=repr(found["input"])[:80]))


def _in_document(place: Place, data: Any) -> Place:
    """The part of a pydantic location that exists in the document (union tags do not)."""
    known: list[str | int] = []
    here = data
    for key in place:
        if isinstance(here, dict) and key in here:
            here = here[key]
        elif isinstance(here, list) and isinstance(key, int) and key < len(here):
            here = here[key]
        else:
            continue
        known.append(key)
    return tuple(known)


def _field_names(model: type[Part]) -> list[str]:
    """Every key the document may hold, at any depth."""
    names: set[str] = set()
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        names.update(part.get("properties", {}))
    return sorted(names)
