"""What a plan of tables may put together: each forbidden thing is said with its place and a remedy, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from regional import card_of, plan_of
from sigun.catalog.algebra import MONEY, algebra
from sigun.catalog.match import match
from sigun.catalog.store import Catalog
from sigun.settings import Workspace

FILE = Path("plan.yaml")
CARDS = {
    "t": card_of(
        "t",
        {
            "births": "flow 명", "deaths": "flow 명", "women": "stock 명", "young": "stock 명", "homes": "stock 호",
            "tfr": "rate 명", "share": "share %", "price": "index 2017=100", "income": "stock 천원", "bare": "rate 명",
        },
    ),
}  # fmt: skip
NAMES = [c.id for c in CARDS["t"].values()]


def catalog(**more: Any) -> Catalog:
    return Catalog(Workspace(Path(), Path()), {**CARDS, **more})


def said(panel: dict[str, Any]) -> list[str]:
    variables = panel.pop("variables", [{"id": n, "table": "t"} for n in NAMES])
    return [
        f"{p.where} | {p.what} | {p.remedy}"
        for p in algebra(plan_of({"variables": variables, **panel}, ["t"]), catalog(), FILE)
    ]


@pytest.mark.parametrize(
    ("variable", "words"),
    [
        ({"id": "x", "table": "t", "columns": ["tfr", "bare"]}, "are not added up"),
        ({"id": "x", "table": "t", "columns": ["women", "homes"]}, "different units or kinds"),
        ({"id": "x", "table": "t", "columns": ["women", "births"]}, "different units or kinds"),
        ({"id": "women", "table": "t", "over_time": "sum"}, "stock is not added up over time"),
        ({"id": "tfr", "table": "t", "over_time": "sum"}, "rate, share or index is not added up"),
        ({"id": "births", "table": "t", "over_time": "mean"}, "a part of the periods is not the whole"),
        ({"id": "price", "table": "t", "weight": "price"}, "has no denominator"),
        ({"id": "births", "table": "t", "weight": "births"}, "has no denominator"),
        ({"id": "tfr", "table": "t", "weight": "tfr"}, "cannot be weighted"),
        ({"id": "birth", "table": "t"}, "Did you mean: births"),
        ({"id": "x", "table": "u"}, "There is no “u” here"),
    ],
)
def test_variables(variable: dict[str, Any], words: str) -> None:
    found = said({"variables": [variable]})
    assert len(found) == 1 and words in found[0] and f"panel.variables ({variable['id']})" in found[0]


@pytest.mark.parametrize(
    ("derived", "words"),
    [
        ({"op": "sum", "of": ["tfr", "share"]}, "are not added up"),
        ({"op": "sum", "of": ["births", "women"]}, "different units or kinds"),
        ({"op": "sum", "of": ["women", "homes"]}, "different units or kinds"),
        ({"op": "share", "of": "births", "among": "women"}, "different units or kinds"),
        ({"op": "share", "of": "tfr", "among": "women"}, "different units or kinds"),
        ({"op": "rate", "of": "tfr", "per": "women"}, "something that is no count"),
        ({"op": "rate", "of": "births", "per": "price"}, "something that is no count"),
        ({"op": "per_capita", "of": "price", "population": "women"}, "something that is no count"),
        ({"op": "rebase", "of": "tfr", "at": "2020-01-01"}, "index of a rate or share"),
        ({"op": "deflate", "of": "income", "by": "women", "at": "2020-01-01"}, "a price index"),
        ({"op": "deflate", "of": "births", "by": "price", "at": "2020-01-01"}, "what is no money"),
        ({"op": "deflate", "of": "bare", "by": "price", "at": "2020-01-01"}, "what is no money"),
        ({"op": "cohort_net", "of": "women", "before": "births"}, "different units or kinds"),
        ({"op": "lag", "of": "birth"}, "Did you mean: births"),
        ({"op": "lag", "of": "later"}, "There is no “later” here"),
    ],
)
def test_derived(derived: dict[str, Any], words: str) -> None:
    found = said({"derived": [{"id": "x", **derived}, {"id": "later", "op": "lag", "of": "births"}]})
    assert len(found) == 1 and words in found[0] and "panel.derived (x)" in found[0]


@pytest.mark.parametrize(
    ("day", "span", "held"),
    [
        ("2019-12-31", "year", False), ("2020-01-01", "year", True), ("2022-12-31", "year", True),
        ("2023-02-01", "year", False), ("2020-06-30", "quarter", True), ("2020-03-31", "quarter", False),
        ("2023-04-30", "month", True), ("2023-05-01", "month", False),
    ],
)  # fmt: skip
def test_the_day_others_are_set_against_lies_in_the_panel(day: str, span: str, held: bool) -> None:
    variables = [{"id": n, "table": "t"} for n in ("price", "income")]
    derived = [
        {"id": "x", "op": "rebase", "of": "price", "at": day},
        {"id": "y", "op": "deflate", "of": "income", "by": "price", "at": day},
    ]
    asked = {"variables": variables, "derived": derived, "span": span}
    plan = plan_of(asked, ["t"], time={"start": "2020-05-15", "end": "2023-05-20"})
    found = [p.what for p in algebra(plan, catalog(), FILE)]
    assert len(found) == (0 if held else 2)
    assert all("has no such period" in what for what in found)
    assert algebra(plan_of(asked, ["t"]), catalog(), FILE) == []  # the data say how long the panel is


def test_amounts_of_money() -> None:
    money = ("원", "천원", "백만 원", "억원", "원/㎡", "달러", "USD", "won", "₩")
    assert all(MONEY.search(unit) for unit in money)
    assert not any(
        MONEY.search(unit) for unit in ("", "명", "인원", "정원", "%", "개소", "2017=100", "원생 수", "women")
    )


def test_what_is_allowed() -> None:
    derived = [
        {"id": "a", "op": "sum", "of": ["births", "deaths"]},
        {"id": "b", "op": "rate", "of": "a", "per": "women"},
        {"id": "c", "op": "share", "of": "young", "among": "women"},
        {"id": "d", "op": "deflate", "of": "income", "by": "price", "at": "2020-01-01"},
        {"id": "e", "op": "rebase", "of": "price", "at": "2020-01-01"},
        {"id": "f", "op": "change", "of": "tfr"},
        {"id": "g", "op": "cohort_net", "of": "young", "before": "women"},
        {"id": "h", "op": "lag", "of": "b"},
    ]
    assert said({"derived": derived}) == []


def test_an_unknown_name_hides_no_other_problem() -> None:
    derived = [
        {"id": "w", "op": "lag", "of": "nothing"},
        {"id": "x", "op": "sum", "of": ["tfr", "share"]},
        {"id": "y", "op": "log", "of": "w"},
    ]
    found = said({"derived": derived})
    assert len(found) == 2 and "“nothing”" in found[0] and "(x)" in found[1]


def test_kinds_and_units_are_told_in_words() -> None:
    (problem,) = said({"derived": [{"id": "x", "op": "sum", "of": ["births", "women"]}]})
    assert "flow (명), stock (명)" in problem


def test_everything_is_said_at_once() -> None:
    wrong = [{"id": "x", "op": "sum", "of": ["tfr", "share"]}, {"id": "y", "op": "rate", "of": "tfr", "per": "women"}]
    assert len(said({"derived": wrong})) == 2


def test_a_rate_of_a_rate_made_before_is_found_too() -> None:
    derived = [
        {"id": "x", "op": "rate", "of": "births", "per": "women"},
        {"id": "y", "op": "sum", "of": ["x", "births"]},
    ]
    assert "are not added up" in said({"derived": derived})[0]


def test_a_card_without_a_measure_is_asked_for_one() -> None:
    card = card_of("t", {"births": "flow 명"})
    bare = card.model_copy(update={"fields": (card.fields[0].model_copy(update={"measure": None}),)})
    found = algebra(
        plan_of({"variables": [{"id": "births", "table": "t"}]}, ["t"]),
        Catalog(Workspace(Path(), Path()), {"t": bare}),
        FILE,
    )
    assert "does not say what kind of figure" in found[0].what and "measure" in found[0].remedy


def test_steps_of_reports_do_not_look_at_tables() -> None:
    plan = plan_of(
        {"variables": [{"id": "births", "table": "t"}]}, ["t"], steps=[{"method": "coverage"}, {"method": "trend"}]
    )
    assert [p.where for p in match(plan, catalog(), FILE)] == ["plan.yaml: steps.trend"]


def test_two_cards_of_one_file_are_said() -> None:
    other = CARDS["t"].model_copy(update={"id": "u"})
    plan = plan_of({"variables": [{"id": "births", "table": "t"}]}, ["t", "u"])
    (problem,) = match(plan, catalog(u=other), FILE)
    assert "two data sets of one file" in problem.what and "t.csv" in problem.remedy
