"""A plan with wrong columns is read as far as it can be, and everything wrong is said with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigun.errors import SigunError
from sigun.plan import Plan
from sigun.plan.as_far import read_as_far

PLAN = """id: made_up
title: t
question: q
data: {tables: [t]}
panel:
  base: 2022-12-31
  variables:
    - {id: births, table: t}
    - {id: women, table: t}
  derived:
    - {id: change, op: change, of: births}
    - {id: later, op: lag, of: change}
  checks:
    - {variable: births, level: nation, table: t}
steps:
  - {method: coverage}
"""


def read(folder: Path, *changes: tuple[str, str]) -> tuple[Plan | None, list[SigunError]]:
    text = PLAN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return read_as_far(path)


def columns(plan: Plan | None) -> tuple[str, ...]:
    assert plan is not None and plan.panel is not None
    return plan.panel.ids()


def test_a_right_plan_is_read_whole(tmp_path: Path) -> None:
    plan, wrong = read(tmp_path)
    assert columns(plan) == ("births", "women", "change", "later")
    assert wrong == []


def test_a_column_twice_is_said_by_its_line_and_counted_once(tmp_path: Path) -> None:
    plan, (problem,) = read(tmp_path, ("id: later", "id: women"))
    assert columns(plan) == ("births", "women", "change")
    assert problem.what.endswith("twice: women.")
    assert "line 12: panel.derived.1" in problem.where
    assert "{" not in str(problem) and "table" not in problem.remedy


def test_wrong_columns_and_columns_twice_are_said_together(tmp_path: Path) -> None:
    plan, wrong = read(
        tmp_path, ("of: change}", "of: change, periods: 0}"), ("id: change, op: change", "id: births, op: change")
    )
    assert columns(plan) == ("births", "women")
    assert wrong[0].what.startswith("The number must be 1 or more")
    assert "twice: births" in wrong[1].what and len(wrong) == 2


def test_what_is_made_of_a_wrong_column_is_left_out_with_it(tmp_path: Path) -> None:
    plan, wrong = read(tmp_path, ("{id: births, table: t}", "{id: births, table: t, over_time: never}"))
    assert columns(plan) == ("women",)
    assert plan is not None and plan.panel is not None and plan.panel.checks == ()
    assert [p.what for p in wrong] == ["This must be one of: sum, mean, last."]


@pytest.mark.parametrize(
    "change",
    [
        ("base: 2022-12-31", "base: yesterday"),
        ("method: coverage", "method: covrage"),
        ("variables:\n    - {id: births, table: t}\n    - {id: women, table: t}", "variables: 3"),
        ("variables:\n    - {id: births, table: t}\n    - {id: women, table: t}", "variables: [3, x]"),
    ],
)
def test_where_more_is_wrong_there_is_no_plan(tmp_path: Path, change: tuple[str, str]) -> None:
    plan, wrong = read(tmp_path, change)
    assert plan is None
    assert wrong
