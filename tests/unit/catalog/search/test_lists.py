"""The lists that ship: wide enough, each row with a source, nothing that leads nowhere."""

from __future__ import annotations

import csv
from typing import get_args

from sigun.catalog.search.lists import FOLDER, ROLES, built_in
from sigun.plan.families import FAMILIES, NAMES, PARTICULAR
from sigun.plan.proposal import Role


def test_lists_are_wide_and_every_row_has_a_source() -> None:
    lists = built_in()
    assert len(lists.words) >= 300
    assert len(lists.needs) >= 40
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows
        for row in rows:
            assert row["source"], (path.name, row)
            assert None not in row, (path.name, row)  # a comma too many


def test_what_the_lists_name_exists() -> None:
    lists = built_in()
    assert {row.topic for row in lists.words} - {""} <= set(lists.needs)
    assert set(ROLES) == set(get_args(Role))
    assert {need.role for needs in lists.needs.values() for need in needs} <= set(ROLES)
    assert {family for family, _ in lists.families} == set(FAMILIES) == set(NAMES) == set(PARTICULAR)


def test_every_topic_can_be_reached_by_a_word() -> None:
    lists = built_in()
    assert set(lists.needs) <= {row.topic for row in lists.words}


def test_every_recipe_says_what_it_is_about() -> None:
    for topic, needs in built_in().needs.items():
        assert {"target", "boundary"} & {need.role for need in needs}, topic
