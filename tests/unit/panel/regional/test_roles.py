"""What columns are divided by and moved by: told by cards, carried through what is derived."""

from __future__ import annotations

from typing import Any

from regional import card_of, plan_of
from sigun.catalog.card import Card
from sigun.panel.regional.roles import denominators, moved_by

VARIABLES = [
    {"id": "births", "table": "t"},
    {"id": "women", "table": "t"},
    {"id": "women_again", "table": "t", "column": "women"},
    {"id": "tfr", "table": "t", "weight": "women"},
    {"id": "divorce_rate", "table": "t"},
    {"id": "people", "table": "t"},
    {"id": "household_size", "table": "t"},
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


def told(*derived: dict[str, Any]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    plan = plan_of({"variables": VARIABLES, "derived": list(derived)}, ["t"])
    both = denominators(plan, {"t": card()}), moved_by(plan, {"t": card()})
    return {k: set(v) for k, v in both[0].items()}, {k: set(v) for k, v in both[1].items()}


def test_denominators_of_tables_are_their_cards_and_the_plans() -> None:
    below, _moved = told()
    assert below["divorce_rate"] == {"people"} and below["tfr"] == {"women"}
    assert below["household_size"] == {"households"}  # the panel has no such column
    assert below["births"] == below["women"] == set()


def test_rates_shares_and_cohorts_are_divided_by_what_they_name() -> None:
    below, _moved = told(
        {"id": "rate", "op": "rate", "of": "births", "per": "women"},
        {"id": "again", "op": "rate", "of": "births", "per": "women_again"},
        {"id": "part", "op": "share", "of": "women", "among": "people"},
        {"id": "each", "op": "per_capita", "of": "births", "population": "people"},
        {"id": "net", "op": "cohort_net", "of": "women", "before": "women_again"},
    )
    assert below["rate"] == below["again"] == below["net"] == {"women"}
    assert below["part"] == below["each"] == {"people"}


def test_logs_lags_and_changes_go_on_being_divided_and_moved() -> None:
    below, moved = told(
        {"id": "rate", "op": "rate", "of": "births", "per": "women"},
        {"id": "log_rate", "op": "log", "of": "rate"},
        {"id": "late", "op": "lag", "of": "log_rate"},
        {"id": "change", "op": "change", "of": "late"},
        {"id": "sizes", "op": "log", "of": "household_size"},
    )
    assert below["log_rate"] == below["late"] == below["change"] == {"women"}
    assert below["sizes"] == {"households"}
    assert moved["sizes"] == moved["household_size"] == {"births", "tfr"}
    assert moved["change"] == set()
