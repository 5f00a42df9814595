"""What columns are divided by and moved by: told by cards, carried through what is derived."""

from __future__ import annotations

from typing import Any

import pytest

from regional import card_of, plan_of
from sigun.analysis.factors.ancestry import Ancestry
from sigun.catalog.card import Card

VARIABLES = [
    {"id": "births", "table": "t"},
    {"id": "women", "table": "t"},
    {"id": "women_again", "table": "t", "column": "women"},
    {"id": "tfr", "table": "t", "weight": "women"},
    {"id": "divorce_rate", "table": "t"},
    {"id": "people", "table": "t"},
    {"id": "household_size", "table": "t"},
]
DERIVED: list[dict[str, Any]] = [
    {"id": "rate", "op": "rate", "of": "births", "per": "women"},
    {"id": "again", "op": "rate", "of": "births", "per": "women_again"},
    {"id": "part", "op": "share", "of": "women", "among": "people"},
    {"id": "each", "op": "per_capita", "of": "births", "population": "people"},
    {"id": "net", "op": "cohort_net", "of": "women", "before": "women_again"},
    {"id": "log_rate", "op": "log", "of": "rate"},
    {"id": "late", "op": "lag", "of": "log_rate"},
    {"id": "change", "op": "change", "of": "late"},
    {"id": "sizes", "op": "log", "of": "household_size"},
]


def card() -> Card:
    kinds = {"births": "flow", "women": "stock", "people": "stock"}
    kinds |= dict.fromkeys(("tfr", "divorce_rate", "household_size"), "rate")
    made = card_of("t", kinds)
    said: dict[str, dict[str, Any]] = {
        "divorce_rate": {"per": "people"},
        "household_size": {"per": "households", "moved_by": ("births", "tfr")},
    }
    fields = tuple(c.model_copy(update=said.get(str(c.id), {})) for c in made.fields)
    return made.model_copy(update={"fields": fields})


@pytest.fixture
def ancestry() -> Ancestry:
    plan = plan_of({"variables": VARIABLES, "derived": DERIVED}, ["t"])
    assert plan.panel is not None
    return Ancestry(plan.panel, {"t": card()})


@pytest.mark.parametrize(
    ("column", "below"),
    [
        ("births", set()),
        ("divorce_rate", {"t.people"}),
        ("tfr", {"t.women"}),
        ("household_size", {"t.households"}),  # the panel has no such column
        ("rate", {"t.women"}),
        ("again", {"t.women"}),
        ("part", {"t.people"}),
        ("each", {"t.people"}),
        ("net", {"t.women"}),
        ("log_rate", {"t.women"}),
        ("late", {"t.women"}),
        ("change", {"t.women"}),
        ("sizes", {"t.households"}),
    ],
)
def test_what_a_column_is_divided_by(ancestry: Ancestry, column: str, below: set[str]) -> None:
    assert ancestry.denominators(column) == below


@pytest.mark.parametrize(
    ("column", "outcome", "moved"),
    [
        ("household_size", "births", True),
        ("sizes", "tfr", True),
        ("sizes", "rate", True),
        ("divorce_rate", "tfr", False),
    ],
)
def test_what_the_outcome_moves(ancestry: Ancestry, column: str, outcome: str, moved: bool) -> None:
    assert ancestry.moved_by(column, outcome) is moved
