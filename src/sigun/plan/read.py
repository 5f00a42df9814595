"""Read a YAML document into a model (문서 읽기): every problem at once, each with its file and line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from sigun.errors import Place, PlanError, SigunError, require
from sigun.plan.carried import carried_plan, is_document
from sigun.plan.model import Plan
from sigun.plan.part import Part
from sigun.text import N_, _

Model = TypeVar("Model", bound=Part)
DEEPEST = 40
MOST_PARTS = 50_000  # keys, values, lists
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML has the quick one on most machines
LARGEST = 1_000_000  # bytes; a document is written by hand
LONGEST_NUMBER = 300  # letters; Python itself writes none of more than 4,300


WRONG: Mapping[str, str] = {
    "greater_than": N_("The number must be above {gt}."),
    "greater_than_equal": N_("The number must be {ge} or more."),
    "less_than": N_("The number must be below {lt}."),
    "less_than_equal": N_("The number must be {le} or less."),
    "int_parsing": N_("This must be a whole number."),
    "int_type": N_("This must be a whole number."),
    "int_from_float": N_("This must be a whole number."),
    "float_parsing": N_("This must be a number."),
    "float_type": N_("This must be a number."),
    "bool_parsing": N_("This must be true or false."),
    "string_type": N_("This must be text."),
    "string_too_long": N_("The text is longer than {max_length} characters."),
    "string_too_short": N_("The text is shorter than {min_length} characters."),
    "string_pattern_mismatch": N_("The text does not have the form {pattern}."),
    "literal_error": N_("This must be one of: {expected}."),
    "too_short": N_("The list is too short."),
    "too_long": N_("The list is too long: at most {max_length} may stand in it."),
    "date_from_datetime_parsing": N_("This must be a day, such as 2018-01-31."),
    "date_parsing": N_("This must be a day, such as 2018-01-31."),
    "date_type": N_("This must be a day, such as 2018-01-31."),
    "tuple_type": N_("This must be a list."),
    "dict_type": N_("This must be a table of keys and values."),
    "model_type": N_("This must be a table of keys and values."),
    "model_attributes_type": N_("This must be a table of keys and values."),
    "union_tag_not_found": N_("A step needs a method."),
    "multiple_of": N_("The number must be a multiple of {multiple_of}."),
    "one_capacity": N_("Say either how many places a day (capacity) or how many hours a day (hours)."),
    "hours_too_short": N_("{hours} hours are too short for one place of {minutes} minutes."),
    "only_with_hours": N_("These words mean something only with hours: {names}."),
    "campaign_ends": N_("The campaign of {start} ends before it has begun; its end is the day after its last."),
    "events_or_tables": N_(
        "A plan is of events (data.events) or of statistical tables (data.tables): name one of them."
    ),
    "tables_and_panel": N_("Statistical tables (data.tables) and the panel made of them (panel) go together."),
    "table_twice": N_("A table is named once; named twice: {names}."),
    "column_twice": N_("Each column of the panel has an id of its own; twice: {names}."),
    "column_reserved": N_(
        "Every panel has columns of its own called {names}: give yours another id (`column` names it)."
    ),
    "column_or_columns": N_("Say either one column (column) or several that are added up (columns)."),
    "weight_or_numerator": N_("Say either the denominator (weight) or what is counted (numerator)."),
    "one_neighbourhood": N_("Say who is next to whom by one of: file, outlines: true, nearest."),
    "base_missing": N_("The panel needs a base date (base): the day whose map of regions everything is carried to."),
    "number_of_own": N_(
        "Periods counted 1, 2, 3 … (`span: number`) go with `unit: own`: official regions need a date."
    ),
    "legal_to_dongs": N_("Sharing 법정동 out (`legal`) goes with `unit: dong`: larger regions are sums of 법정동."),
    "own_regions": N_(
        "With `unit: own` the regions are those the tables name: base, within, checks and `from` mean nothing there."
    ),
    "only_what": N_("Say which reports are looked at (only): kinds, channels or outcomes, one of them at least."),
    "only_of_events": N_("`only` narrows a plan of reports (data.events); statistical tables have no single rows."),
    "nobody_to_compare": N_("Say whom to compare with (comparison): rest, neighbours, similar, or regions by name."),
    "summary_twice": N_("A column is named once; named twice: {names}."),
    "method_twice": N_("Each method can be asked once; asked twice: {names}."),
}
"""What pydantic calls a problem, in words of the catalogue."""


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
    document = load(path, error)
    try:
        return model.model_validate(document.data)
    except ValidationError as found:
        require(problems_of(found, document, model, error))
        raise AssertionError from found  # a validation error always holds one problem or more


def problems_of(
    found: ValidationError, document: Document, model: type[Part], error: type[SigunError]
) -> list[SigunError]:
    """What is wrong, in words of the catalogue, each with its line."""
    words = _field_names(model)
    problems: list[SigunError] = []
    for one in _causes(found.errors()):
        twice = one["type"] == "column_twice"
        problems += _twice(one, document, error) if twice else [_placed(one, document, words, error)]
    return problems


TIMES = ("lag", "periods", "horizon", "start", "end", "announced", "base", "at")
"""Keys whose wrong values are wrong times."""


def _placed(found: Any, document: Document, words: Sequence[str], error: type[SigunError]) -> SigunError:
    """The problem, and which rule of the checks is broken by which value (docs/reference/checks.md)."""
    place = _in_document(tuple(found["loc"]), document.data)
    if found["type"] == "missing":
        place = (*place, found["loc"][-1])
    place = (*place, *_repeated(found, document.data))
    known: Sequence[str] = words if found["type"] == "extra_forbidden" else ()
    if found["type"] == "union_tag_invalid":
        place, known = (*place, "method"), re.findall(r"'([^']*)'", found["ctx"]["expected_tags"])
    if found["type"] == "literal_error":
        known = re.findall(r"'([^']*)'", found["ctx"]["expected"])
    keys = {key for key in place[-2:] if isinstance(key, str)}
    rule = "G6" if "privacy" in place else "G4" if keys & {*TIMES} and found["type"] != "missing" else "G1"
    return _problem(found, document, words, error).breaks(
        rule, *place, known=known, of_key=found["type"] == "extra_forbidden"
    )


def _repeated(found: Any, data: Any) -> Place:
    """Of what may stand once only, the second."""
    part, of = {"method_twice": ("steps", "method"), "table_twice": ("tables", None)}.get(found["type"], ("", None))
    said = data.get(part) if found["type"] == "method_twice" else (data.get("data") or {}).get(part) if part else None
    if not isinstance(said, list):
        return ()
    names = [one.get(of) if isinstance(one, dict) else one for one in said]
    at = next((i for i, name in enumerate(names) if name in names[:i]), None)
    return () if at is None else (part, at, of) if of else (part, at)


@dataclass(frozen=True)
class Document:
    """A YAML file as it was written."""

    path: Path
    data: Any
    lines: Mapping[Place, int]  # where each value begins


def load(path: Path, error: type[SigunError]) -> Document:
    """The file's values and their lines, or those of the plan a document carries; problems are raised as `error`."""
    if not path.is_file():
        raise error(_("There is no such file."), str(path), _("Check the path."))
    text = carried_plan(path, error) if is_document(path) else _text(path, error)
    try:
        _require_flat(text)
        lines = dict(_line_of(yaml.compose(text, Loader=LOADER), ()))
        return Document(path, yaml.load(text, Loader=LOADER), lines)
    except (yaml.YAMLError, ValueError, RecursionError, AttributeError, LookupError, TypeError) as bad:  # PyYAML's own
        mark = getattr(bad, "problem_mark", None)
        raise error(
            _("The file is not YAML: {reason}.").format(reason=str(getattr(bad, "problem", None) or bad)),
            f"{path}:{mark.line + 1}" if mark else str(path),
            _("Mend the line it names (indentation, quotes, a missing colon)."),
        ) from bad


def _text(path: Path, error: type[SigunError]) -> str:
    if path.stat().st_size > LARGEST:
        raise error(_("The file is too large for a document written by hand."), str(path), _("Check the path."))
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as bad:
        raise error(_("The file is not UTF-8 text."), str(path), _("Save it again as UTF-8.")) from bad


def _require_flat(text: str) -> None:
    """Nothing is told by reference or at great depth: few letters can stand for more than a machine can hold."""
    deep = 0
    for parts, event in enumerate(yaml.parse(text, Loader=LOADER)):
        deep += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise _marked(_("“*{name}” repeats another part; write it out").format(name=event.anchor), event)
        if deep > DEEPEST:
            raise _marked(_("it is nested too deeply"), event)
        if parts > MOST_PARTS:
            raise _marked(_("it has too many parts"), event)


def _marked(problem: str, at: Any) -> yaml.MarkedYAMLError:
    """What is wrong, with the line it is found on."""
    return yaml.MarkedYAMLError(problem=problem, problem_mark=at.start_mark)


def _line_of(node: yaml.Node | None, at: Place) -> Iterator[tuple[Place, int]]:
    """Every value's place in the document and the line it begins on."""
    if node is None:
        return
    yield at, node.start_mark.line + 1
    if node.tag == "tag:yaml.org,2002:int" and len(node.value) > LONGEST_NUMBER:
        raise yaml.MarkedYAMLError(
            problem=_("a number of {n} letters").format(n=len(node.value)), problem_mark=node.start_mark
        )
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem=_("a key is a single word"), problem_mark=key.start_mark)
            if key.value in seen:  # YAML would quietly take the last
                raise yaml.MarkedYAMLError(
                    problem=_("“{key}” stands twice in one table").format(key=key.value), problem_mark=key.start_mark
                )
            seen.add(key.value)
            yield from _line_of(value, (*at, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            yield from _line_of(value, (*at, i))


def _causes(found: Sequence[Any]) -> list[Any]:
    """Problems without those that only follow from another: a list is "too short" when all its items are wrong."""
    places = [tuple(one["loc"]) for one in found]
    return [
        one
        for one, at in zip(found, places, strict=True)
        if one["type"] != "too_short" or not any(len(p) > len(at) and p[: len(at)] == at for p in places)
    ]


def _problem(found: Any, document: Document, words: Sequence[str], error: type[SigunError]) -> SigunError:
    place = tuple(found["loc"])
    where = _("{file}, line {line}: {place}").format(
        file=document.path,
        line=document.lines.get(_in_document(place, document.data), 1),
        place=".".join(map(str, place)) or _("document"),
    )
    if found["type"] == "extra_forbidden":
        word = str(place[-1])
        near = difflib.get_close_matches(word, words, 3)
        remedy = _("Did you mean: {names}?").format(names=", ".join(near)) if near else _("Take it out.")
        return error(_("“{word}” is not a word of this document.").format(word=word), where, remedy)
    if found["type"] == "missing":
        return error(_("“{word}” is missing.").format(word=place[-1]), where, _("Add it."))
    if found["type"] == "union_tag_invalid":
        word, known = found["ctx"]["tag"], found["ctx"]["expected_tags"].replace("'", "")
        near = difflib.get_close_matches(word, known.split(", "), 3)
        remedy = _("Methods: {names}").format(names=", ".join(near) or known)
        return error(_("There is no method “{word}”.").format(word=word), where, remedy)
    template = WRONG.get(found["type"])
    values = found.get("ctx", {})
    if found["type"] == "literal_error":  # pydantic lists the words as English
        values = {"expected": ", ".join(re.findall(r"'([^']*)'", values["expected"])) or values["expected"]}
    said = _(template).format(**values) if template else str(found["msg"])
    return error(said, where, _("Given: {value}").format(value=_given(found["input"])[:80]))


def _given(value: Any) -> str:
    """What was written there: a table by its keys."""
    if isinstance(value, Mapping):
        return ", ".join(map(str, value))
    if isinstance(value, list | tuple):
        return ", ".join(map(_given, value))
    return repr(value) if isinstance(value, str) else str(value)


def _twice(found: Any, document: Document, error: type[SigunError]) -> Iterator[SigunError]:
    """A problem for each column whose id another has before it."""
    panel, seen = document.data["panel"], set[str]()
    for place in [("panel", part, at) for part in ("variables", "derived") for at in range(len(panel.get(part) or ()))]:
        one = panel[place[1]][place[2]]
        name = str(one.get("id")) if isinstance(one, dict) else ""
        if name in seen and name in found["ctx"]["names"].split(", "):
            yield error(
                _(WRONG["column_twice"]).format(names=name),
                _("{file}, line {line}: {place}").format(
                    file=document.path, line=document.lines.get(place, 1), place=".".join(map(str, place))
                ),
                _("Give it another id, or take it out."),
            ).breaks("G1", *place, "id")
        seen.add(name)


def _in_document(place: Place, data: Any) -> Place:
    """The part of a pydantic location that exists in the document (union tags do not)."""
    known: list[str | int] = []
    here = data
    for at, key in enumerate(place):
        if isinstance(here, dict) and isinstance(place[at - 1], int) and key in (here.get("method"), here.get("op")):
            continue  # the tag of a union, even where a key is called like it (`factors`)
        inside = key in here if isinstance(here, dict) else isinstance(here, list) and key in range(len(here))
        if inside:
            here = here[key]
            known.append(key)
    return tuple(known)


@lru_cache(maxsize=8)
def _field_names(model: type[Part]) -> list[str]:
    """Every key the document may hold, at any depth."""
    names: set[str] = set()
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        names.update(part.get("properties", {}))
    return sorted(names)
