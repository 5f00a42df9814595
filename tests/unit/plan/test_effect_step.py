"""The plan's part of a policy's effect: what it refuses, each by its own words."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from sigun.plan.steps.effect import Effect

GOOD: dict[str, Any] = {
    "method": "effect",
    "outcome": {"variable": "tfr"},
    "treatment": {"starts": {"양평군": 2015, "41830": "2016-03"}},
}


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"treatment": {}}, "variable_or_starts"),
        ({"treatment": {"variable": "grant", "starts": {"양평군": 2015}}}, "variable_or_starts"),
        ({"treatment": {"variable": "tfr"}}, "variable_twice"),
        ({"controls": ["share", "share"]}, "variable_twice"),
        ({"design": []}, "design_twice"),
        ({"design": ["sdid", "sdid"]}, "design_twice"),
        ({"design": ["miracle"]}, "literal_error"),
        ({"window": {"before": 1}}, "greater_than_equal"),
        ({"estimator": "ols"}, "extra_forbidden"),
    ],
)
def test_a_plan_that_asks_for_no_effect_is_refused(more: dict[str, Any], kind: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Effect.model_validate({**GOOD, **more})
    assert kind in {e["type"] for e in caught.value.errors()}


def test_it_reads_back_as_it_was_written() -> None:
    step = Effect.model_validate(GOOD)
    assert Effect.model_validate_json(step.model_dump_json()) == step
    assert step.variables() == ("tfr",) and dict(step.treatment.starts) == {"양평군": 2015, "41830": "2016-03"}
