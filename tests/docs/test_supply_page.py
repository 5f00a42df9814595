"""The pages of supply and demand agree with the code: tables, columns, facts, fields and the worked example."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from care import STEP, plan_of, town
from sigun.plan.steps import SupplyDemand
from sigun.report.finished import read_run
from sigun.result import Result
from sigun.run import run

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference"


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = town(tmp_path_factory.mktemp("care") / "ws")
    return read_run(run(plan_of(folder, STEP)).parent).results["supply_demand"]


def promised() -> dict[str, list[str]]:
    page = (DOCS / "results.md").read_text(encoding="utf-8")
    entries = [" ".join(e.split()) for e in page.split("## supply_demand (")[1].split("\n## ")[0].split("\n- ")[1:]]
    tables = dict(re.findall(r"^`?(\w+)`?: (.*)", entry)[0] for entry in entries)
    plain = {n: re.sub(r"\([^)]*\)", "", t).split(". ")[0] for n, t in tables.items()}
    return {
        n: re.findall(r"\b[a-z]\w*", text.replace("where they are told", "").replace(" and ", " "))
        for n, text in plain.items()
    }


def test_tables_columns_and_facts_are_those_of_the_page(result: Result) -> None:
    page = promised()
    facts = set(page.pop("facts"))
    assert {n: sorted(t.columns) for n, t in result.tables.items() if n != "facts"} == {
        n: sorted(c) for n, c in page.items()
    }
    assert set(result.tables["facts"]["name"]) == facts


@pytest.mark.parametrize("page", ["supply_demand.md", "supply_demand.ko.md"])
def test_every_field_of_the_step_is_on_the_page(page: str) -> None:
    text = (DOCS / "methods" / page).read_text(encoding="utf-8")
    for name, field in SupplyDemand.model_fields.items():
        assert f"`{name}`" in text or name == "method"
        if name in ("per", "within_km"):
            assert f"| {field.default:g} |" in text
