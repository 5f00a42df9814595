"""The check of the data hands on what the page promises, and its figures agree with the panel's."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from regional import card_of, region_panel_of, table_of
from sigun.analysis.methods import adapter
from sigun.ingest.change import Cell, Change
from sigun.plan.steps import Coverage
from sigun.result import Result, read_result, result_hash, save_result

REVISED = ["place", "period", "before", "after"]
PAGE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "results.md"
TABLE = """
    sido       | sigungu  | period | births | price
    충청북도   | 충주시   | 2020   | 5      | 100
    충청북도   | 제천시   | 2020   | 4p     | -
    충청북도   | 제천시   | 2021   | x      | 101
    충청북도   | 없는시   | 2021   | 1      | 99
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    checks = [{"check": "total_equals", "column": "births", "totals": {"2020": 9, "2021": 3}, "source": "연보"}]
    card = card_of("t", {"births": "flow 명", "price": "index 2017=100"}, checks=checks)
    panel = {
        "within": ["충북"],
        "loss_max": 0.5,
        "variables": [{"id": "births", "table": "t"}, {"id": "price", "table": "t"}],
        "derived": [{"id": "before", "op": "lag", "of": "births"}],
    }
    made = region_panel_of(tmp_path_factory.mktemp("panel"), panel, {"t": (card, table_of(TABLE))})
    found: Result = adapter("coverage")(Coverage(method="coverage"), made, np.random.default_rng(1))
    return found


def promised() -> dict[str, list[str]]:
    section = PAGE.read_text(encoding="utf-8").split("## coverage (")[1].split("\n## ")[0]
    entries = [" ".join(entry.split()) for entry in section.split("\n- ")[1:]]
    tables = dict(re.match(r"`?([\w`, ]+?)`?: (.*)", entry).groups() for entry in entries)  # type: ignore[union-attr]
    return {
        name: re.findall(r"\b[a-z]\w*", re.sub(r"\([^)]*\)", "", text).split(". ")[0]) for name, text in tables.items()
    }


def test_tables_and_columns_are_those_of_the_page(result: Result) -> None:
    page = promised()
    facts, _same = page.pop("facts"), page.pop("sources`, `changes")
    own = {n: sorted(t.columns) for n, t in result.tables.items() if n not in ("facts", "sources", "changes")}
    assert own == {name: sorted(columns) for name, columns in page.items()}
    assert set(result.tables["facts"]["name"]) == set(facts)


def test_facts_count_regions_and_periods_of_the_tables_columns(result: Result) -> None:
    said = {n: result.fact(n).value for n in ("regions", "periods", "variables", "derived", "cells", "unmatched_rows")}
    assert said == {"regions": 11, "periods": 2, "variables": 2, "derived": 1, "cells": 44, "unmatched_rows": 1}
    states = [result.fact(n).value for n in ("observed", "provisional", "suppressed", "not_observed", "not_existing")]
    assert states == [3, 1, 1, 39, 0]
    assert result.fact("observed_share").value == pytest.approx(4 / 44)
    assert (result.fact("checks").value, result.fact("checks_failed").value) == (4, 1)
    assert result.fact("base").value == "2022-12-31"


def test_every_region_has_its_tile_and_what_is_told_of_it(result: Result) -> None:
    regions = result.tables["regions"].set_index("name")
    assert regions.loc[["충주시", "제천시"], "told"].tolist() == [2, 2] and regions["told"].sum() == 4
    assert set(regions["cells"]) == {4} and regions[["col", "row"]].notna().all(axis=None)


def test_the_newest_file_is_told_with_its_changed_values_but_none_of_private_tables(tmp_path: Path) -> None:
    cells = (Cell("충청북도 충주시", "2020", "births", 5, 6),)
    change = Change(("2021",), (), (), compared=4, revised=1, final=2, rows=4, cells=cells, file="b.csv")
    for grade, told in (("O", [["표 t", "충청북도 충주시", "2020", 5, 6]]), ("S", [])):
        more = {} if grade == "O" else {"grade": "S", "owner": "카드사"}
        tables = {"t": (card_of("t", {"births": "flow 명", "price": "index 2017=100"}, **more), table_of(TABLE))}
        asked = {"within": ["충북"], "loss_max": 0.5, "variables": [{"id": "births", "table": "t"}]}
        panel = replace(region_panel_of(tmp_path, asked, tables), newest={"t": change})
        found = adapter("coverage")(Coverage(method="coverage"), panel, np.random.default_rng(1))
        newest = found.tables["newest"].iloc[0]
        assert newest[["file", "new_periods", "first", "revised", "final"]].tolist() == ["b.csv", 1, "2021", 1, 2]
        assert (found.fact("renewed").value, found.fact("revised").value, found.fact("made_final").value) == (1, 1, 2)
        assert [["표 t", *row] for row in found.tables["revised"][REVISED].values.tolist()] == told


def test_failed_checks_stand_first_and_totals_are_all_told(result: Result) -> None:
    checks = result.tables["checks"]
    assert checks[["period", "expected", "found", "held"]].values.tolist() == [
        ["2021", 3, 0, False],
        ["2020", 9, 9, True],
    ]
    assert result.tables["findings"]["kind"].tolist()[:2] == ["check_failed", "unmatched_regions"]


def test_it_is_kept_and_read_back_the_same(result: Result, tmp_path: Path) -> None:
    save_result(result, tmp_path / "coverage")
    assert result_hash({"c": read_result(tmp_path / "coverage")}) == result_hash({"c": result})
