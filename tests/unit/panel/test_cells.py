"""Cells carried to areas: everybody is kept, borders cut cells, what is lost is said."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from builders import card_of, plan_of
from sigun.catalog.match import match
from sigun.catalog.snapshot import Snapshot
from sigun.catalog.store import Catalog
from sigun.panel.build import Material, _merge
from sigun.panel.cells import areal_weights, cell_size, cells_to_regions
from sigun.plan.model import Data
from sigun.region.grid import unproject
from sigun.settings import Workspace

EAST, NORTH = 960_000.0, 1_950_000.0
OUTLINES = gpd.GeoDataFrame(
    {"region": ["1", "2"], "name": ["가", "나"]},
    geometry=[box(EAST, NORTH, EAST + 300, NORTH + 500), box(EAST + 300, NORTH, EAST + 500, NORTH + 500)],
    crs="EPSG:5179",
)


def table(**more: object) -> pd.DataFrame:
    """Four cells of 250 m; the border of the two areas cuts the right column at a fifth of its width."""
    x, y = (side.ravel() for side in np.meshgrid([EAST + 125, EAST + 375], [NORTH + 125, NORTH + 375]))
    longitude, latitude = unproject(x, y, "EPSG:5179")
    told = pd.DataFrame({"longitude": longitude, "latitude": latitude, "period": pd.Timestamp("2024-01-01")})
    return told.assign(people=[10.0, 20.0, 30.0, 40.0], **more)


def test_a_cell_is_shared_out_by_its_area() -> None:
    sums, said = cells_to_regions(table(), ["people"], OUTLINES)
    assert sums.set_index("region")["people"].to_dict() == pytest.approx({"1": 40 + 0.2 * 60, "2": 0.8 * 60}, rel=1e-4)
    assert said[0].values == {"n": 4, "size": 250, "outside": 0, "cut": 0}


def test_people_outside_every_outline_are_lost_and_said() -> None:
    sums, said = cells_to_regions(table(), ["people"], OUTLINES[:1])
    assert sums["people"].sum() == pytest.approx(52, rel=1e-4)
    assert said[0].values["cut"] == 2


def test_counts_that_are_not_told_add_nothing_and_are_said() -> None:
    hidden = table(people__mark=[None, "suppressed", None, None])
    hidden.loc[1, "people"] = np.nan
    sums, said = cells_to_regions(hidden, ["people"], OUTLINES)
    assert sums["people"].sum() == pytest.approx(80, rel=1e-4)
    assert said[1].values["n"] == 1


def test_an_area_with_nothing_told_is_not_zero() -> None:
    unknown = table()
    unknown["people"] = np.nan
    sums, _said = cells_to_regions(unknown, ["people"], OUTLINES)
    assert sums["people"].isna().all()


def test_the_size_of_cells_is_the_step_between_them() -> None:
    assert cell_size(np.array([50.0, 150.0, 950.0]), np.array([50.0, 50.0, 350.0])) == 100


def test_weights_of_a_cell_inside_add_to_one() -> None:
    cell, _outline, weight = areal_weights(
        np.array([EAST + 290.0]), np.array([NORTH + 200.0]), 100.0, OUTLINES["geometry"].to_numpy()
    )
    assert len(cell) == 2 and weight.sum() == pytest.approx(1)


def grid_card() -> object:
    people = {"name": "생활인구", "id": "people", "role": "value", "measure": "stock", "unit": "명", "type": "number"}
    mean = {"name": "평균나이", "id": "age", "role": "value", "measure": "rate", "unit": "세", "type": "number"}
    return card_of(id="grid", kind="cells", fields=[people, mean])


def test_a_plan_may_name_grid_counts_among_its_tables_by_area_and_period() -> None:
    catalog = Catalog(Workspace(Path("w"), Path("w")), {"reports": card_of(), "grid": grid_card()})
    plan = plan_of().model_copy(update={"data": Data(events="reports", area_periods=("grid",))})
    assert match(plan, catalog, Path("p.yaml")) == []


def test_in_the_panel_they_are_by_area_and_rates_stay_outside(tmp_path: Path) -> None:
    table(age=40.0).to_parquet(tmp_path / "grid.parquet")
    shot = Snapshot(tmp_path / "grid.parquet", "0" * 64, 4, 4, ())
    changes: list[tuple[str, object]] = []
    frame = _merge(["grid"], ["region", "period"], Material({"grid": grid_card()}, {"grid": shot}), OUTLINES, changes)
    assert set(frame.columns) == {"region", "period", "people"}
    assert frame["people"].sum() == pytest.approx(100, rel=1e-4)
    assert any("평균나이" in str(said) for _card, said in changes)
