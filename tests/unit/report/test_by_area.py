"""A plan by area speaks of areas; a list of everything offers no choice; a forecast that was off says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from sigun.report.evidence import Evidence
from sigun.report.figures import FIGURES
from sigun.report.finished import Finished
from sigun.report.html import html
from sigun.report.sections import forecast
from sigun.result import Result
from sigun.text import speaking


def with_table(run: Finished, method: str, name: str, table: pd.DataFrame) -> Finished:
    old: Result = run.results[method]
    tables = {**old.tables, name: table}
    return replace(run, results={**run.results, method: replace(old, tables=tables)})


def with_value(run: Finished, method: str, name: str, where: dict[str, Any], **values: Any) -> Finished:
    table = run.results[method].tables[name].copy()
    rows = (table[list(where)] == pd.Series(where)).all(axis=1)
    assert rows.any()
    for column, value in values.items():
        table.loc[rows, column] = value
    return with_table(run, method, name, table)


@pytest.fixture
def by_area(finished: Finished) -> Finished:
    space = finished.plan.space.model_copy(update={"unit": "area"})
    areas = finished.results["forecast"].tables["areas"]
    run = replace(finished, plan=finished.plan.model_copy(update={"space": space}))
    facts = run.results["patrol"].tables["facts"]
    run = with_table(run, "patrol", "facts", facts[~facts["name"].str.contains("shift")])  # told of cells only
    places = run.results["patrol"].tables["places"]
    run = with_table(run, "patrol", "places", places.drop(columns=["cell_x", "cell_y"]))
    return with_table(
        run, "forecast", "cells", areas[["origin", "horizon_start", "horizon_end", "region", "expected_count"]]
    )


@pytest.mark.parametrize(("lang", "cell", "area"), [("ko", "격자", "지역"), ("en", "cell", "areas")])
def test_where_areas_are_forecast_nothing_ahead_speaks_of_cells(
    by_area: Finished, pages: Any, lang: Any, cell: str, area: str
) -> None:
    page = pages.read_page(html(by_area, lang))
    for part in ("ahead", "patrol"):
        assert cell not in page.by_id(part).text
    assert area in page.by_id("ahead").text
    with speaking(lang):
        said = [FIGURES[name](by_area).alt for name in ("backtest_hits", "backtest_models", "calibration")]  # type: ignore[union-attr]
    assert not [alt for alt in said if cell in alt]
    assert pages.loose_numbers(page) == []
    assert pages.wrong_values(page, by_area) == []


def test_a_list_of_every_area_leaves_no_choice(by_area: Finished, pages: Any) -> None:
    whole = with_value(by_area, "patrol", "facts", {"name": "share_area"}, number=1.0)
    said = pages.read_page(html(whole, "en")).by_id("patrol").text
    assert "no choice is left" in said
    assert "drawn at random: only so" not in said
    assert "no choice is left" not in pages.read_page(html(by_area, "en")).by_id("patrol").text


@pytest.mark.parametrize(
    ("value", "low", "high", "said"),
    [(0.93, 0.89, 0.98, "lower than what came in"), (1.2, 1.1, 1.3, "higher than what came in"), (1.01, 0.95, 1.1, "")],
)
def test_a_forecast_that_was_off_says_so_beside_the_big_number(
    finished: Finished, value: float, low: float, high: float, said: str
) -> None:
    run = with_value(finished, "backtest", "scores", {"measure": "bias_ratio"}, value=value, low=low, high=high)
    with speaking("en"):
        tile = forecast.tile(Evidence(run))
    assert tile is not None
    assert (tile.caution is not None) == bool(said)
    assert tile.caution is None or said in tile.caution.plain


def test_two_shares_are_told_without_a_verdict_from_overlapping_intervals(finished: Finished, pages: Any) -> None:
    said = pages.read_page(html(finished, "en")).by_id("patrol").text
    assert "no clear difference" not in said
    assert "as a share of all that need not equal the share above" in said
