"""The recipe's plan is a plan, and asks everything the first street can answer."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import yaml

import sigun.recipes.vehicles as recipe
from sigun.catalog.match import OF_BOTH, OF_TABLES
from sigun.plan.model import Plan
from sigun.plan.steps import Step


def test_the_recipe_asks_every_method_once() -> None:
    path = Path(recipe.__file__).with_name("plan.yaml")
    plan = Plan.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    methods = {get_args(step.model_fields["method"].annotation)[0] for step in get_args(get_args(Step)[0])}
    assert {step.method for step in plan.steps} == methods - OF_TABLES - OF_BOTH
    assert plan.lang == "ko"
    assert plan.space.cell == 500
    assert not plan.data.areas  # the roles are filled from the cards
