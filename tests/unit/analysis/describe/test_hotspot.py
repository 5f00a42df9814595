"""Hotspots of a panel: which cells and areas are marked, what is counted, and when there is no answer."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from builders import CRS, panel_of_events
from sigun.analysis.describe.hotspot import hotspot
from sigun.analysis.statistics.area_rates import area_rates, smooth_rates, usual_exposure
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.plan.steps import Hotspot

CELL = 500
STEP = Hotspot(method="hotspot")


def town(seed: int = 1, many: float = 30.0, reach: int = 1, side: int = 5, **fields: object) -> Panel:
    """20 × 20 cells in areas of `side` × `side`; cells within `reach` of (14, 14) have `many` reports, others three."""
    rng = np.random.default_rng(seed)
    x, y = (part.ravel() for part in np.meshgrid(np.arange(20), np.arange(20)))
    counts = rng.poisson(np.where((abs(x - 14) <= reach) & (abs(y - 14) <= reach), many, 3.0))
    cell_x, cell_y = np.repeat(x, counts), np.repeat(y, counts)
    days = pd.Timestamp("2023-01-01") + pd.to_timedelta(rng.integers(0, 365, len(cell_x)), "D")
    region = np.char.add("r", (cell_y // side * (20 // side) + cell_x // side).astype(str))
    columns = {"region": region, "outcome": "not_found"} | fields
    place = (cell_x + rng.random(len(cell_x))) * CELL, (cell_y + rng.random(len(cell_x))) * CELL
    return panel_of_events(days, *place, outlines=squares(side), **columns)


def squares(side: int) -> gpd.GeoDataFrame:
    """Square areas of `side` × `side` cells, numbered row by row."""
    across, size = 20 // side, side * CELL
    boxes = [box(i * size, j * size, (i + 1) * size, (j + 1) * size) for j in range(across) for i in range(across)]
    names = [f"r{n}" for n in range(len(boxes))]
    return gpd.GeoDataFrame({"region": names, "name": names, "area_km2": size**2 / 1e6}, geometry=boxes, crs=CRS)


def test_the_planted_block_is_hot_and_the_facts_agree_with_the_table() -> None:
    result = hotspot(STEP, town(), np.random.default_rng(1))
    cells = result.tables["cells"]
    middle = cells[(abs(cells["cell_x"] - 14) <= 1) & (abs(cells["cell_y"] - 14) <= 1)]
    assert len(cells) == len(town().counts[["cell_x", "cell_y"]].drop_duplicates())  # none without a report
    assert middle["hot"].all()
    assert (middle["quadrant"] == "HH").sum() >= 5  # a corner has more neighbours outside than inside
    assert result.fact("hot_cells").value == int(cells["hot"].sum()) <= 25
    share = cells.loc[cells["hot"], "reports"].sum() / cells["reports"].sum()
    assert result.fact("hot_share").value == pytest.approx(share)
    assert result.fact("moran_i").value > result.fact("moran_i").high
    assert result.claim == "description"


def test_every_report_with_a_point_is_counted_once() -> None:
    gone = [pd.Timestamp("2023-06-01")] * 40
    panel = town()
    panel.counts.loc[panel.counts.index[:40], "gone"] = gone
    cells = hotspot(STEP, panel, np.random.default_rng(1)).tables["cells"]
    assert cells["reports"].sum() == panel.counts.loc[panel.counts["gone"].isna(), "reports"].sum()


def test_land_where_nothing_is_reported_makes_no_hot_cells_of_the_rest() -> None:
    """An even town in two halves, empty land between and around them: its middles are no hotspots."""
    panel = town(many=3.0)
    away = panel.counts["cell_x"].isin(range(8, 12))
    panel = panel_with(panel, counts=panel.counts[~away])
    assert not hotspot(STEP, panel, np.random.default_rng(1)).tables["cells"]["hot"].any()


def test_cells_of_a_misplaced_report_or_two_are_listed_and_not_compared() -> None:
    stray = pd.DataFrame({"x": [(30 + n) * CELL + 1.0 for n in range(0, 8, 2)], "y": 1.0})
    x, y = (np.repeat(v.ravel() * CELL + 1.0, 30) for v in np.meshgrid(np.arange(8), np.arange(8)))
    place = np.append(x, stray["x"]), np.append(y, stray["y"])
    panel = panel_of_events(["2024-01-01"] * len(place[0]), *place)
    result = hotspot(STEP, panel, np.random.default_rng(1))
    cells = result.tables["cells"]
    assert (len(cells), result.fact("cells").value) == (68, 64)
    assert (cells["gi_z"].isna() == (cells["reports"] == 1)).all()
    assert not cells["hot"].any() and (cells["quadrant"] == "").all()
    assert any("4 cells that together hold less than 1 %" in str(c) for c in result.cautions)


def test_confirmed_cases_are_an_outcome_of_their_own() -> None:
    panel = town(outcome="confirmed")
    panel.counts.loc[panel.counts.index[::2], "outcome"] = "not_found"
    step = Hotspot(method="hotspot", outcome="confirmed")
    cells = hotspot(step, panel, np.random.default_rng(1)).tables["cells"]
    confirmed = panel.counts["outcome"] == "confirmed"
    assert cells["reports"].sum() == panel.counts.loc[confirmed, "reports"].sum()


def test_areas_are_compared_by_their_rate() -> None:
    """Twice the reports with twice the residents is nothing; the same reports with a tenth of them is."""
    residents = np.full(16, 10_000.0)
    residents[10] = 1_000.0
    areas = pd.DataFrame({"region": [f"r{n}" for n in range(16)], "population": residents})
    step = Hotspot(method="hotspot", exposure="population")
    result = hotspot(step, town(many=3.0, areas=areas), np.random.default_rng(1))
    table = result.tables["areas"].set_index("region")
    assert result.fact("exposure").value == "population"
    assert result.fact("per").value == 1000
    assert table["raw_rate"].idxmax() == "r10"
    assert table.loc["r10", "rate"] < table.loc["r10", "raw_rate"]  # leans on the whole
    assert (table["low"] < table["rate"]).all() and (table["rate"] < table["high"]).all()
    assert table.loc["r0", "raw_rate"] == pytest.approx(table.loc["r0", "reports"] / 10, rel=0.01)  # a year


def test_an_area_with_hardly_any_residents_hides_no_pattern() -> None:
    """A hundred areas, twelve reports each, thrice as many around (14, 14); one resident in a far corner's area."""
    residents = np.where(np.arange(100) == 0, 1.0, 1000.0)
    areas = pd.DataFrame({"region": [f"r{n}" for n in range(100)], "population": residents})
    step = Hotspot(method="hotspot", exposure="population")
    result = hotspot(step, town(many=9.0, reach=3, side=2, areas=areas), np.random.default_rng(1))
    table = result.tables["areas"].set_index("region")
    assert table["rate"].idxmax() == "r0"
    assert not table.loc["r0", "hot"]
    assert table.loc[["r66", "r67", "r76", "r77"], "hot"].all()


def test_an_area_without_exposure_is_left_out_and_said() -> None:
    areas = pd.DataFrame({"region": [f"r{n}" for n in range(15)], "population": 5000.0})
    step = Hotspot(method="hotspot", exposure="population")
    result = hotspot(step, town(areas=areas), np.random.default_rng(1))
    last = result.tables["areas"].set_index("region").loc["r15"]
    assert np.isnan(last["rate"]) and not last["hot"]
    assert any("have no value" in str(c) for c in result.cautions)


def test_too_few_areas_have_rates_but_no_pattern() -> None:
    panel = town()
    few = panel.outlines.iloc[:9]  # type: ignore[union-attr]
    result = hotspot(STEP, panel_with(panel, outlines=few), np.random.default_rng(1))
    assert result.tables["areas"]["gi_p"].isna().all()
    assert result.tables["areas"]["rate"].notna().all()
    assert any("9 areas" in str(c) for c in result.cautions)


def test_without_outlines_there_are_no_areas() -> None:
    result = hotspot(STEP, panel_with(town(), outlines=None), np.random.default_rng(1))
    assert "areas" not in result.tables


def test_too_few_reports_or_cells_are_refused() -> None:
    with pytest.raises(MethodError, match="at least 30"):
        hotspot(STEP, panel_of_events(["2024-01-01"] * 5, [1.0] * 5, [1.0] * 5), np.random.default_rng(1))
    with pytest.raises(MethodError, match="in 1 cells"):
        hotspot(STEP, panel_of_events(["2024-01-01"] * 50, [1.0] * 50, [1.0] * 50), np.random.default_rng(1))


def test_same_seed_same_tables() -> None:
    one, two = (hotspot(STEP, town(), np.random.default_rng(7)).tables["cells"] for _ in range(2))
    pd.testing.assert_frame_equal(one, two)


def test_rates_of_equal_areas_are_the_whole_rate() -> None:
    found = smooth_rates(np.full(5, 20.0), np.full(5, 4.0))
    assert found.rate.tolist() == [5.0] * 5
    assert (found.low < 5).all() and (found.high > 5).all()


def test_smoothed_rates_hold_the_truth_as_often_as_they_say() -> None:
    rng = np.random.default_rng(11)
    exposure = rng.uniform(0.5, 20, 400)
    truth = rng.gamma(4.0, 2.0, 400)
    found = smooth_rates(rng.poisson(truth * exposure).astype(float), exposure)
    held = np.mean((found.low <= truth) & (truth <= found.high))
    assert 0.86 < held < 0.94
    assert np.mean((found.rate - truth) ** 2) < np.mean((found.raw - truth) ** 2)


def test_holes_are_not_time() -> None:
    days = pd.date_range("2023-01-01", "2023-12-31").date
    hole = ((days[181], days[364]),)
    panel = panel_with(town(), holes=hole)
    whole = area_rates(town(), town().reports(), "area_km2").table["rate"]
    half = area_rates(panel, town().reports(), "area_km2").table["rate"]
    assert (half / whole).mean() == pytest.approx(2.0, rel=0.02)


def test_residents_are_the_usual_exposure_where_known() -> None:
    assert usual_exposure(town()) == "area_km2"
    areas = pd.DataFrame({"region": ["r0"], "population": [1.0]})
    assert usual_exposure(town(areas=areas)) == "population"


def test_an_exposure_nobody_has_is_refused() -> None:
    panel = town()
    with pytest.raises(MethodError, match="no area column"):
        area_rates(panel, panel.reports(), "residents")
    empty = pd.DataFrame({"region": ["elsewhere"], "population": [1.0]})
    with pytest.raises(MethodError, match="No area with reports"):
        area_rates(panel_with(panel, areas=empty), panel.reports(), "population")


def panel_with(panel: Panel, **fields: object) -> Panel:
    """The same panel with other fields."""
    from dataclasses import replace

    return replace(panel, **fields)  # type: ignore[arg-type]


def test_where_no_report_has_a_point_the_cause_is_the_missing_coordinates() -> None:
    panel = panel_of_events(["2024-01-01"] * 50, [float("nan")] * 50, [float("nan")] * 50)
    with pytest.raises(MethodError, match="None of the 50 reports has coordinates") as said:
        hotspot(STEP, panel, np.random.default_rng(1))
    assert "longer period" not in said.value.remedy
