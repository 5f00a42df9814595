"""Carry repairs out on the text of a YAML file (원문 고치기): only the words that change, so that remarks stay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import yaml
from pydantic import ValidationError

from sigun.catalog.guard.finding import Repair
from sigun.catalog.guard.mend import carried_out
from sigun.errors import Place
from sigun.plan.model import Plan
from sigun.plan.write import plan_yaml

MARKS = re.compile(r"""[,\[\]{}#:"'&*!|>%@`\\\n]""")
"""Letters that mean something to YAML; words with one of them are quoted."""


def rewritten(text: str, data: Any, repairs: Iterable[Repair]) -> str:
    """The text with the repairs in it, telling just what the repaired document tells.

    Where a change does not fit into the text as it is laid out, the plan's canonical text is written instead.
    """
    todo = sorted(repairs, key=lambda one: len(one.place), reverse=True)
    wanted = carried_out(data, todo)
    try:
        edited = text
        for repair in todo:
            edited = _edited(edited, repair)
        if yaml.safe_load(edited) == wanted:
            return edited
    except (yaml.YAMLError, LookupError):
        pass  # it does not fit: written anew below
    return _anew(wanted)


def _anew(wanted: Any) -> str:
    try:
        return plan_yaml(Plan.model_validate(wanted))
    except ValidationError:
        return yaml.safe_dump(wanted, allow_unicode=True, sort_keys=False, width=120)


def _edited(text: str, repair: Repair) -> str:
    """The text with one repair in it.

    Raises
    ------
    LookupError
        There is no such place in it.
    """
    *above, last = repair.place
    holder = _node(yaml.compose(text, Loader=yaml.SafeLoader), tuple(above))
    if isinstance(holder, yaml.SequenceNode):
        if repair.removed or not isinstance(last, int):
            raise LookupError(repair.place)
        return _spliced(text, holder.value[last], _written(repair.value))
    if not isinstance(holder, yaml.MappingNode):
        raise LookupError(repair.place)
    pair = next(((key, value) for key, value in holder.value if key.value == str(last)), None)
    if pair is None:
        return _added(text, holder, str(last), repair)
    if repair.renamed is not None:
        return _spliced(text, pair[0], repair.renamed)
    return _removed(text, holder, pair) if repair.removed else _spliced(text, pair[1], _written(repair.value))


def _node(node: yaml.Node | None, place: Place) -> yaml.Node:
    for key in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == str(key)), None)
        else:
            raise LookupError(place)
    if node is None:
        raise LookupError(place)
    return node


def _written(value: Any) -> str:
    """A value as YAML reads it on one line, in a table of either style."""
    if isinstance(value, str) and value and not MARKS.search(value) and yaml.safe_load(f"- {value}") == [value]:
        return value
    return json.dumps(value, ensure_ascii=False)


def _spliced(text: str, node: yaml.Node, words: str) -> str:
    """Other words where a node stands; a block of lines keeps its last line break."""
    was = text[node.start_mark.index : node.end_mark.index]
    tail = "\n" if was.endswith("\n") else ""
    return text[: node.start_mark.index] + words + tail + text[node.end_mark.index :]


def _added(text: str, holder: yaml.MappingNode, key: str, repair: Repair) -> str:
    """One key more, after the last."""
    if repair.removed or not holder.value:
        raise LookupError(key)
    words = f"{key}: {_written(repair.value)}"
    end = holder.value[-1][1].end_mark.index
    if holder.flow_style:
        return f"{text[:end]}, {words}{text[end:]}"
    indent = " " * holder.value[0][0].start_mark.column
    line_end = text.find("\n", end) if text[end - 1 : end] != "\n" else end - 1
    at = len(text) if line_end < 0 else line_end
    return f"{text[:at]}\n{indent}{words}{text[at:]}"


def _removed(text: str, holder: yaml.MappingNode, pair: tuple[yaml.Node, yaml.Node]) -> str:
    start, end = pair[0].start_mark.index, pair[1].end_mark.index
    if len(holder.value) == 1:
        raise LookupError("the only key")  # a table without keys is written otherwise
    if holder.flow_style:
        after = re.match(r"\s*,\s*", text[end:])
        if after is not None:
            return text[:start] + text[end + after.end() :]
        before = re.search(r",\s*$", text[:start])
        return text[: before.start() if before else start] + text[end:]
    line_end = text.find("\n", end - 1)
    line_start = text.rfind("\n", 0, start) + 1
    if text[line_start:start].strip():  # `- key: …`: the dash stays with the next key
        raise LookupError("the first key of an item")
    return text[:line_start] + ("" if line_end < 0 else text[line_end + 1 :])
