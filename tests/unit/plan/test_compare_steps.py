"""Plans of comparisons, of columns by themselves, and of some reports alone: what they may say, and their hash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from sigun.errors import SigunError
from sigun.plan import read_plan
from sigun.plan.model import Plan
from sigun.plan.steps import BeforeAfter, Summary

OF_REPORTS = {"id": "a", "title": "t", "question": "q", "data": {"events": "reports"}, "steps": [{"method": "trend"}]}
OF_TABLES = {
    **OF_REPORTS,
    "data": {"tables": ["t"]},
    "panel": {"base": "2022-12-31", "variables": [{"id": "y", "table": "t"}]},
    "steps": [{"method": "summary"}],
}
STEP = {"method": "before_after", "outcome": {"variable": "y"}, "treatment": {"starts": {"가평군": 2015}}}


def test_a_plan_without_only_keeps_its_hash_and_one_with_it_has_another() -> None:
    plain = Plan.model_validate(OF_REPORTS)
    some = Plan.model_validate({**OF_REPORTS, "only": {"kinds": ["이륜차"]}})
    assert "only" not in plain.model_dump() and plain.hash() != some.hash()
    assert Plan.model_validate(some.model_dump(mode="json")) == some


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({**OF_TABLES, "only": {"kinds": ["이륜차"]}}, "only_of_events"),
        ({**OF_REPORTS, "only": {}}, "only_what"),
        ({**OF_REPORTS, "only": {"outcomes": ["duplicate"]}}, "literal_error"),
        ({**OF_REPORTS, "only": {"kind": ["이륜차"]}}, "extra_forbidden"),
    ],
)
def test_only_is_of_reports_and_says_something(said: dict[str, Any], kind: str) -> None:
    with pytest.raises(ValidationError) as found:
        Plan.model_validate(said)
    assert kind in {e["type"] for e in found.value.errors()}


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"per": "y"}, "variable_twice"),
        ({"comparison": []}, "nobody_to_compare"),
        ({"treatment": {}}, "variable_or_starts"),
    ],
)
def test_a_comparison_names_each_column_once_and_somebody(more: dict[str, Any], kind: str) -> None:
    with pytest.raises(ValidationError) as found:
        BeforeAfter.model_validate({**STEP, **more})
    assert kind in {e["type"] for e in found.value.errors()}


def test_a_start_may_be_a_day_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(
        "id: a\ntitle: t\nquestion: q\ndata: {tables: [t]}\n"
        "panel: {base: 2022-12-31, variables: [{id: y, table: t}]}\n"
        "steps:\n  - {method: before_after, outcome: {variable: y}, treatment: {starts: {가평군: 2015-03-15}}}\n",
        encoding="utf-8",
    )
    step = read_plan(file).steps[0]
    assert isinstance(step, BeforeAfter) and step.treatment.starts == {"가평군": "2015-03-15"}


def test_a_column_is_summed_up_once(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="repeat"):
        Summary.model_validate({"method": "summary", "variables": ["y", "y"]})
    file = tmp_path / "p.yaml"
    file.write_text(
        "id: a\ntitle: t\nquestion: q\ndata: {tables: [t]}\nonly: {kinds: [이륜차]}\n"
        "panel: {base: 2022-12-31, variables: [{id: y, table: t}]}\nsteps: [{method: summary}]\n",
        encoding="utf-8",
    )
    with pytest.raises(SigunError, match="no single rows"):
        read_plan(file)
