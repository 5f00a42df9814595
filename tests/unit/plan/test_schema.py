"""The JSON Schema, by an independent validator: it takes every plan there is, and none that is built wrongly."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from pydantic import ValidationError

from proposals import BIRTHS, VEHICLES
from sigun.plan.model import Plan
from sigun.plan.proposal import Proposal
from sigun.plan.schema import FIELDS, json_schema

ROOT = Path(__file__).resolve().parents[3]
PLANS = sorted([*ROOT.glob("examples/*/plan*.yaml"), *ROOT.glob("src/sigun/recipes/*/plan*.yaml")])


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("file", PLANS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_plan_of_ours_is_one(file: Path, validator: Any) -> None:
    said = json.loads(json.dumps(yaml.safe_load(file.read_text(encoding="utf-8")), default=str))
    assert list(validator.iter_errors(said)) == []


@pytest.mark.parametrize("said", [VEHICLES, BIRTHS], ids=["vehicles", "births"])
def test_a_filled_proposal_is_one(said: dict[str, Any], validator: Any) -> None:
    assert list(validator.iter_errors(said)) == []


def places(said: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a document."""
    yield at
    for key, value in said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ():
        yield from places(value, (*at, key))


def mutants(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each value once as something else, each table once with a strange key and once without each of its keys."""
    for at in places(said):
        for wrong in (["가"], {"no": 1}, -7, "가" * 3000):
            yield changed(said, at, wrong)
        here: Any = said
        for key in at:
            here = here[key]
        if isinstance(here, dict):
            yield changed(said, at, {**here, "strange": 1})
            for key in here:
                yield changed(said, at, {k: v for k, v in here.items() if k != key})


def changed(said: dict[str, Any], at: tuple[Any, ...], value: Any) -> Any:
    if not at:
        return value
    other = copy.deepcopy(said)
    here: Any = other
    for key in at[:-1]:
        here = here[key]
    here[at[-1]] = value
    return other


@pytest.mark.parametrize("said", [VEHICLES, BIRTHS], ids=["vehicles", "births"])
def test_what_the_model_refuses_by_its_build_the_schema_refuses(said: dict[str, Any], validator: Any) -> None:
    refused = 0
    for mutant in mutants(said):
        try:
            Plan.model_validate_json(json.dumps(mutant))
        except ValidationError as found:
            built = [e for e in found.errors() if e["type"] in KINDS]
            if built:
                refused += 1
                assert not validator.is_valid(mutant), built[0]
    assert refused > 250


KINDS = {
    *("extra_forbidden", "missing", "literal_error", "string_type", "list_type", "tuple_type", "model_type"),
    *("dict_type", "int_type", "float_type", "string_too_long", "string_pattern_mismatch", "greater_than_equal"),
    *("greater_than", "less_than_equal", "union_tag_invalid", "union_tag_not_found", "model_attributes_type"),
}


def test_every_field_has_words_in_both_languages() -> None:
    assert set(FIELDS["Plan"]) == set(Plan.model_fields)
    assert set(FIELDS["Proposal"]) == set(Proposal.model_fields)


def test_docstrings_are_descriptions() -> None:
    schema = json_schema()
    assert schema["$defs"]["Hypothesis"]["description"].startswith("가설")
    assert schema["properties"]["steps"]["description"].startswith("분석방법: methods")
