"""Area factors: planted and unplanted variables, the denominator, holes, and when there is no answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from builders import CRS, panel_of_events
from sigun.analysis.describe.area_factors import area_factors
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.plan.steps import AreaFactors
from sigun.result import Result

STEP = AreaFactors(method="area_factors")
MONTHS = pd.date_range("2022-01-01", "2023-12-01", freq="MS")


def city(seed: int = 1, areas: int = 36) -> Panel:
    """Square areas: reports rise with `old_homes` across areas and with `visitors` inside them, not with `noise`."""
    rng = np.random.default_rng(seed)
    names = [f"r{i:02}" for i in range(areas)]
    people, old = rng.uniform(5_000, 30_000, areas).round(), rng.uniform(0, 1, areas)
    usual = rng.uniform(1_000, 50_000, areas)
    change = rng.normal(size=(areas, len(MONTHS)))
    expected = people[:, None] / 1000 * np.exp(1.5 * (old[:, None] - 0.5) + 0.3 * change)
    counts = rng.poisson(expected)
    region, month = (part.ravel() for part in np.meshgrid(range(areas), range(len(MONTHS)), indexing="ij"))
    times = counts.ravel()
    days = MONTHS[np.repeat(month, times)] + pd.to_timedelta(rng.integers(0, 28, times.sum()), "D")
    table = pd.DataFrame({"region": names, "population": people, "old_homes": old, "noise": rng.random(areas)})
    monthly = pd.DataFrame(
        {
            "region": np.array(names)[region],
            "period": MONTHS[month],
            "visitors": (usual[:, None] * np.exp(0.1 * change)).ravel(),
        }
    )
    squares = [box(i % 6, i // 6, i % 6 + 1, i // 6 + 1) for i in range(areas)]
    outlines = gpd.GeoDataFrame({"region": names, "name": names, "area_km2": 1.0}, geometry=squares, crs=CRS)
    where = {"region": np.array(names)[np.repeat(region, times)], "outlines": outlines}
    return panel_of_events(days, **where, areas=table, area_periods=monthly, end=date(2024, 1, 1))


def run(panel: Panel, step: AreaFactors = STEP) -> Result:
    return area_factors(step, panel, np.random.default_rng(1))


def test_what_was_planted_is_found_and_what_was_not_is_not() -> None:
    result = run(city())
    across = result.tables["associations"].set_index("variable")
    assert list(across.index) == ["old_homes", "noise", "visitors"]
    assert across.loc["old_homes", "reading"] == "positive"
    assert across.loc["noise", "reading"] == "unclear"
    inside = result.tables["periods"].set_index("variable")
    assert inside.loc["visitors", "reading"] == "positive"
    assert across.loc["visitors", "reading"] == "unclear"  # beside each other: only the change inside areas counts here
    assert result.fact("found").value == 2
    assert result.fact("variables").value == 3
    assert result.claim == "association"


def test_q_counts_everything_tried() -> None:
    result = run(city())
    p = np.concatenate([result.tables["associations"]["p"], result.tables["periods"]["p"]])
    q = np.concatenate([result.tables["associations"]["q"], result.tables["periods"]["q"]])
    smallest = np.argsort(p)[0]
    assert q[smallest] <= p[smallest] * len(p)
    assert len(p) == 4


def test_the_denominator_is_not_compared_with_its_own_rate() -> None:
    assert "population" not in run(city()).tables["associations"]["variable"].tolist()
    by_area = run(city(), AreaFactors(method="area_factors", exposure="area_km2"))
    assert by_area.fact("exposure").value == "area_km2"
    assert "population" in by_area.tables["associations"]["variable"].tolist()


def test_the_table_of_areas_is_whole() -> None:
    table = run(city()).tables["areas"]
    assert len(table) == 36
    assert table["reports"].sum() == len(city().events)
    assert table["rate"].between(table["low"], table["high"]).all()
    assert {"old_homes", "noise", "visitors"} <= set(table.columns)


def test_reports_without_a_point_count_where_the_area_is_said() -> None:
    panel = city()
    assert (panel.events["place"] == "area").all()
    assert run(panel).tables["areas"]["reports"].sum() == len(panel.reports())


def test_months_in_a_hole_are_not_zeros() -> None:
    hole = (date(2022, 3, 1), date(2022, 9, 1))
    inside = run(replace(city(), holes=(hole,))).tables["periods"].iloc[0]
    assert inside["n"] == 36 * 18
    assert inside["reading"] == "positive"


def test_a_month_hardly_observed_is_left_out() -> None:
    hole = (date(2022, 3, 6), date(2022, 4, 1))
    assert run(replace(city(), holes=(hole,))).tables["periods"].loc[0, "n"] == 36 * 23


def test_gaps_in_a_column_cost_only_that_column() -> None:
    panel = city()
    gappy = panel.areas.assign(noise=panel.areas["noise"].where(panel.areas.index > 3), same=1.0)  # type: ignore[union-attr]
    table = run(replace(panel, areas=gappy)).tables["associations"].set_index("variable")
    assert table["n"].to_dict() == {"old_homes": 36, "noise": 32, "same": 36, "visitors": 36}
    assert np.isnan(table.loc["same", "p"]) and table.loc["same", "reading"] == "unclear"
    said = [str(c) for c in run(replace(panel, areas=gappy)).cautions]
    assert any("never change" in c and "same" in c for c in said)


def test_cautions_name_what_weakens_the_answer() -> None:
    said = " ".join(str(c) for c in run(city(areas=12)).cautions)
    assert "12 areas" in said
    assert "not vehicles" in said
    assert "variables were tried" in said


def test_without_monthly_columns_the_table_is_there_and_empty() -> None:
    periods = run(replace(city(), area_periods=None)).tables["periods"]
    assert periods.empty
    assert {"rho_within", "q", "reading"} <= set(periods.columns)


def test_an_unknown_or_missing_column_is_refused() -> None:
    with pytest.raises(MethodError, match="under these names: cars") as caught:
        run(city(), AreaFactors(method="area_factors", columns=("cars",)))
    assert "old_homes" in caught.value.remedy
    with pytest.raises(MethodError, match="no column of numbers"):
        run(replace(city(), areas=city().areas[["region"]], area_periods=None))  # type: ignore[index]


def test_too_few_areas_or_reports_are_refused() -> None:
    with pytest.raises(MethodError, match="4 areas"):
        run(city(areas=4))
    panel = city()
    with pytest.raises(MethodError, match="at least 30"):
        run(replace(panel, events=panel.events.iloc[:5]))


def test_same_seed_same_tables() -> None:
    pd.testing.assert_frame_equal(run(city()).tables["associations"], run(city()).tables["associations"])
