"""docs/reference/results.md names the tables, columns and facts of `effect`, no more and no fewer."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from effects import FIRST, gyeonggi, panel_with, step_of, world
from sigun.analysis.effect.step import effect
from sigun.report.sections import effect as section
from sigun.result import Result

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    y, _ = world(np.random.default_rng(2), [8] * 6, effect=1.0)
    starts = dict.fromkeys(gyeonggi()[:6], FIRST + 8)
    designs = ["group_time", "event_study", "synthetic_control", "sdid"]
    step = step_of({"starts": starts}, design=designs, placebos=99, draws=99)
    return effect(step, panel_with(tmp_path_factory.mktemp("panel"), y), np.random.default_rng(1))


def promised() -> dict[str, list[str]]:
    page = (ROOT / "docs/reference/results.md").read_text(encoding="utf-8")
    entries = [" ".join(e.split()) for e in page.split("## effect (")[1].split("\n## ")[0].split("\n- ")[1:]]
    tables = dict(re.match(r"`?(\w+)`?: (.*)", entry).groups() for entry in entries)  # type: ignore[union-attr]
    return {n: re.findall(r"\b[a-z]\w*", re.sub(r"\([^)]*\)", "", t).split(". ")[0]) for n, t in tables.items()}


def test_tables_columns_and_facts_are_those_of_the_page(result: Result) -> None:
    page = promised()
    facts = set(page.pop("facts"))
    assert {n: sorted(t.columns) for n, t in result.tables.items() if n != "facts"} == {
        n: sorted(c) for n, c in page.items()
    }
    assert facts - set(result.tables["facts"]["name"]) == {"neighbours"}  # none are known here
    assert set(result.tables["facts"]["name"]) <= facts


def test_every_check_and_design_has_a_name_in_the_report(result: Result) -> None:
    page = (ROOT / "docs/reference/results.md").read_text(encoding="utf-8")
    listed = re.search(r"`checks`: design, check \(([^)]*)\)", page)
    assert listed is not None and set(re.findall(r"\w+", listed[1])) == set(section.CHECKS)
    assert set(result.tables["checks"]["check"]) <= set(section.CHECKS)
    assert set(result.tables["designs"]["design"]) == set(section.DESIGNS)
    assert set(result.tables["aggregates"]["aggregation"]) == set(section.WAYS)


def test_the_method_has_its_page() -> None:
    text = (ROOT / "docs/reference/methods/effect.md").read_text(encoding="utf-8")
    assert all(f"**{part}.**" in text for part in ("What", "How", "Interval", "Bear in mind", "Reference"))
