"""What the checks object to is taken out of a sketch, with all that hangs on it, and said."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sigun.catalog.store import Catalog, read_catalog
from sigun.proposal.draft.sound import sound
from sigun.settings import open_workspace

TODAY = date(2026, 11, 22)
WHOLE: dict[str, Any] = {
    "id": "tfr_factors",
    "title": "t",
    "question": "q",
    "data": {"tables": ["births_tfr", "marriage", "fiscal"]},
    "panel": {
        "base": "2024-12-31",
        "variables": [
            {"id": "tfr", "table": "births_tfr"},
            {"id": "marriage_rate", "table": "marriage"},
            {"id": "fiscal_independence", "table": "fiscal"},
        ],
    },
    "steps": [
        {"method": "coverage"},
        {
            "method": "factors",
            "outcome": {"variable": "tfr"},
            "factors": [
                {"group": "a", "variables": ["marriage_rate"]},
                {"group": "b", "variables": ["fiscal_independence"]},
            ],
        },
    ],
}


@pytest.fixture(scope="module")
def catalog(workshop_workspace: Path) -> Catalog:
    return read_catalog(open_workspace(workshop_workspace))


def test_a_plan_in_order_stays_as_it_is(catalog: Catalog) -> None:
    plan, said = sound(WHOLE, catalog, TODAY)
    assert said == ()
    assert plan is not None
    assert [group.group for group in plan.steps[1].factors] == ["a", "b"]  # type: ignore[union-attr]


def test_a_sum_of_rates_goes_with_its_group(catalog: Catalog) -> None:
    parts = deepcopy(WHOLE)
    parts["panel"]["derived"] = [{"id": "both", "op": "sum", "of": ["marriage_rate", "fiscal_independence"]}]
    parts["steps"][1]["factors"].append({"group": "c", "variables": ["both"]})
    plan, said = sound(parts, catalog, TODAY)
    assert plan is not None
    assert [group.group for group in plan.steps[1].factors] == ["a", "b"]  # type: ignore[union-attr]
    assert len(said) == 1


def test_an_unknown_column_goes_and_what_is_made_of_it(catalog: Catalog) -> None:
    parts = deepcopy(WHOLE)
    parts["panel"]["variables"][1]["column"] = "nobody_knows"
    parts["panel"]["derived"] = [{"id": "ln_marriage", "op": "log", "of": "marriage_rate"}]
    plan, _said = sound(parts, catalog, TODAY)
    assert plan is not None
    assert plan.panel is not None
    assert plan.panel.ids() == ("tfr", "fiscal_independence")
    assert [group.group for group in plan.steps[1].factors] == ["b"]  # type: ignore[union-attr]


def test_without_its_outcome_nothing_is_left(catalog: Catalog) -> None:
    parts = deepcopy(WHOLE)
    parts["panel"]["variables"][0]["column"] = "nobody_knows"
    parts["steps"] = parts["steps"][1:]
    plan, said = sound(parts, catalog, TODAY)
    assert plan is None
    assert said
