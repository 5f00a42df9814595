"""Occurrence: planted rate ratios, exposure, columns that stand for others, months inside areas, and no answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from builders import CRS, panel_of_events
from sigun.analysis.occurrence.step import occurrence
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.plan.steps import Occurrence
from sigun.result import Result

STEP = Occurrence(method="occurrence", columns=("old_homes", "noise"))
INSIDE = Occurrence(method="occurrence", fixed_effects="region")
MONTHS = pd.date_range("2022-01-01", "2022-12-01", freq="MS")
OLD, VISITORS = 1.2, 0.5  # log rate for all old homes more; elasticity of the month's visitors


def city(seed: int = 1, areas: int = 40) -> Panel:
    """Square areas, eight in a row: reports rise with `old_homes` across areas and with `visitors` inside them."""
    rng = np.random.default_rng(seed)
    names = np.array([f"r{i:02}" for i in range(areas)])
    people, old = rng.uniform(5_000, 30_000, areas).round(), rng.uniform(0, 1, areas)
    change = 0.3 * rng.normal(size=(areas, 12))
    own = rng.gamma(25, 1 / 25, (areas, 1))
    counts = rng.poisson(own * people[:, None] / 1500 * np.exp(OLD * (old[:, None] - 0.5) + VISITORS * change))
    region, month = (part.ravel() for part in np.meshgrid(range(areas), range(12), indexing="ij"))
    times = counts.ravel()
    days = MONTHS[np.repeat(month, times)] + pd.to_timedelta(rng.integers(0, 28, times.sum()), "D")
    table = pd.DataFrame({"region": names, "population": people, "old_homes": old, "noise": rng.random(areas)})
    visitors = (rng.uniform(1_000, 9_000, (areas, 1)) * np.exp(change)).ravel()
    monthly = pd.DataFrame({"region": names[region], "period": MONTHS[month], "visitors": visitors})
    squares = [box(1e3 * (i % 8), 1e3 * (i // 8), 1e3 * (i % 8 + 1), 1e3 * (i // 8 + 1)) for i in range(areas)]
    outlines = gpd.GeoDataFrame({"region": names, "name": names, "area_km2": 1.0}, geometry=squares, crs=CRS)
    where = {"region": names[np.repeat(region, times)], "outlines": outlines}
    return panel_of_events(days, **where, areas=table, area_periods=monthly, end=date(2023, 1, 1), outcome="confirmed")


def run(panel: Panel, step: Occurrence = STEP) -> Result:
    return occurrence(step, panel, np.random.default_rng(1))


def effect(result: Result, name: str) -> pd.Series:
    return result.tables["effects"].set_index("variable").loc[name]


def test_what_was_planted_is_found_and_what_was_not_is_not() -> None:
    result = run(city())
    old = effect(result, "old_homes")
    assert old["low"] <= np.exp(OLD * old["per"]) <= old["high"]
    assert old["step_low"] <= np.exp(OLD * old["step"]) <= old["step_high"]
    assert (old["reading"], effect(result, "noise")["reading"]) == ("positive", "unclear")
    assert result.claim == "association"
    assert result.fact("found").value == 1


def test_the_regression_tells_areas_it_has_not_seen() -> None:
    table = run(city()).tables["comparison"].set_index("model")
    assert table.loc["regression", "reading"] == "better"
    assert table.loc["boosting", "reading"] != "better"  # what is planted is a straight line
    assert table.loc["boosting", "against"] == "regression"


def test_columns_are_chosen_without_the_reports() -> None:
    panel = city()
    rng = np.random.default_rng(5)
    more = {f"like_{i}": panel.areas["noise"] + 0.05 * rng.random(40) for i in range(6)}  # type: ignore[index]
    wide = replace(panel, areas=panel.areas.assign(**more, same=1.0))  # type: ignore[union-attr]
    result = run(wide, Occurrence(method="occurrence"))
    left = result.tables["left_out"].set_index("variable")
    assert left.loc["same", "reason"] == "never_changes"
    assert (left["reason"] == "repeats").sum() == 6
    assert (left.loc[left["reason"] == "repeats", "told"] >= 0.9).all()
    assert set(result.tables["effects"]["variable"]) >= {"old_homes", "visitors"}
    assert left.loc[left["reason"] == "repeats", "by"].isin(result.tables["effects"]["variable"]).all()
    shuffled = replace(
        wide, events=wide.events.assign(region=np.random.default_rng(2).permutation(wide.events["region"]))
    )
    again = run(shuffled, Occurrence(method="occurrence"))
    pd.testing.assert_frame_equal(again.tables["left_out"], result.tables["left_out"])


def test_columns_for_which_there_are_too_few_areas_are_not_called_alike() -> None:
    panel = city()
    rng = np.random.default_rng(6)
    more = {f"own_{i}": rng.random(40) for i in range(8)}
    wide = replace(panel, areas=panel.areas.assign(**more))  # type: ignore[union-attr]
    left = run(wide, Occurrence(method="occurrence")).tables["left_out"]
    assert set(left["reason"]) == {"no_room"}
    assert (left["told"] < 0.9).all()


def test_without_the_exposure_the_denominator_shows() -> None:
    result = run(city())
    elasticity = result.fact("exposure_elasticity")
    assert elasticity.low is not None and elasticity.high is not None
    assert elasticity.low <= 1 <= elasticity.high
    by_area = run(city(), Occurrence(method="occurrence", columns=("population",), exposure="area_km2"))
    assert effect(by_area, "population")["reading"] == "positive"


def test_confirmed_cases_are_another_outcome() -> None:
    panel = city()
    panel = replace(panel, events=panel.events.assign(outcome=np.where(panel.events.index % 2, "confirmed", "other")))
    whole = run(panel).fact("reports").value
    half = (
        run(panel, Occurrence(method="occurrence", outcome="confirmed", columns=("old_homes",))).fact("reports").value
    )
    assert half == whole // 2


def test_what_single_areas_do_is_told() -> None:
    result = run(city())
    row = result.tables["influence"].set_index("variable").loc["old_homes"]
    assert row["lowest"] <= row["rate_ratio"] <= row["highest"]
    assert row["lowest_region"] in set(result.tables["areas"]["region"])
    assert not row["turns"]


def test_months_of_the_same_area() -> None:
    result = run(city(), INSIDE)
    visitors = effect(result, "visitors")
    assert (visitors["scale"], visitors["unit"], visitors["step"]) == ("log", "%", 10.0)
    assert visitors["step_low"] <= 1.1**VISITORS <= visitors["step_high"]
    assert visitors["reading"] == "positive"
    assert set(result.tables["left_out"]["reason"]) == {"constant_in_time"}


def test_a_column_constant_in_time_is_refused_with_the_reason() -> None:
    with pytest.raises(MethodError, match=r"never change over time.*old_homes") as caught:
        run(city(), Occurrence(method="occurrence", columns=("old_homes",), fixed_effects="region"))
    assert "fixed_effects: none" in caught.value.remedy
    panel = city()
    still = panel.area_periods.assign(visitors=5.0)  # type: ignore[union-attr]
    with pytest.raises(MethodError, match=r"never change over time.*visitors"):
        run(replace(panel, area_periods=still), INSIDE)
    with pytest.raises(MethodError, match="No monthly column"):
        run(replace(panel, area_periods=None), INSIDE)


def test_too_many_columns_too_few_areas_and_unknown_names_are_refused() -> None:
    with pytest.raises(MethodError, match="under these names: cars"):
        run(city(), Occurrence(method="occurrence", columns=("cars",)))
    with pytest.raises(MethodError, match="9 areas"):
        run(city(areas=9))
    wide = city(areas=16)
    more = {f"c{i}": np.random.default_rng(i).random(16) for i in range(5)}
    wide = replace(wide, areas=wide.areas.assign(**more))  # type: ignore[union-attr]
    with pytest.raises(MethodError, match="5 columns cannot be told apart with 16 areas") as caught:
        run(wide, Occurrence(method="occurrence", columns=tuple(more)))
    assert "at most 4" in caught.value.remedy


def test_gaps_cost_areas_and_are_told() -> None:
    panel = city()
    gappy = panel.areas.assign(noise=panel.areas["noise"].where(panel.areas.index > 2))  # type: ignore[union-attr]
    result = run(replace(panel, areas=gappy))
    assert result.fact("regions").value == 37
    assert any("3 areas lack" in str(c) for c in result.cautions)


def test_same_seed_same_tables() -> None:
    one, other = run(city()), run(city())
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name])
