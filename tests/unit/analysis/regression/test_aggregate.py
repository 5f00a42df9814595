"""The aggregate in DuckDB: the same coefficients and errors as from rows in memory."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.panels import frame_of, made_up

from sigun.analysis.regression.aggregate import cell_sums, cells_in, cells_where
from sigun.analysis.regression.errors import covariance
from sigun.analysis.regression.jackknife import crv3, left_out
from sigun.analysis.regression.linear import within_twoway
from sigun.analysis.regression.two_way_sums import TwoWaySums, crv1_of, crv3_of, fit_cells, two_way_sums
from sigun.engine import connect

COLUMNS = ["y", "x0", "x1"]


def where_the_data_are(frame: pd.DataFrame) -> TwoWaySums:
    with connect("duckdb", {"rows": frame}) as engine:
        return fit_cells(cells_where(engine.table("rows"), "region", "period", COLUMNS))


@pytest.mark.parametrize("shape", [(12, 9), (6, 20)])
def test_one_row_a_cell(shape: tuple[int, int]) -> None:
    obs = made_up(*shape)
    fit, whole = where_the_data_are(frame_of(obs)), within_twoway(obs)
    assert fit.beta == pytest.approx(whole.beta, rel=1e-8)
    assert crv1_of(fit).matrix == pytest.approx(covariance(whole, "crv1").matrix, rel=1e-8)
    assert crv3_of(fit).matrix == pytest.approx(crv3("within_twoway", obs).matrix, rel=1e-8)


def test_many_rows_a_cell_and_missing_values() -> None:
    obs = made_up()
    rng = np.random.default_rng(2)
    frame = pd.concat([frame_of(obs)] * 4, ignore_index=True)
    frame[COLUMNS] += rng.normal(size=(len(frame), 3)) + 1e3
    fit = two_way_sums(
        frame.y.to_numpy(), frame[["x0", "x1"]].to_numpy(), frame.region.to_numpy(), frame.period.to_numpy()
    )
    holes = frame.copy()
    holes.loc[0, "x1"] = np.nan
    told = pd.concat([frame, holes.loc[[0]]], ignore_index=True)
    there = where_the_data_are(told)
    assert there.rows == fit.rows == len(frame)
    assert there.beta == pytest.approx(fit.beta, rel=1e-8)
    assert crv1_of(there).matrix == pytest.approx(crv1_of(fit).matrix, rel=1e-8)
    assert crv3_of(there).matrix == pytest.approx(crv3_of(fit).matrix, rel=1e-8)


def test_the_aggregate_of_one_row_a_cell_is_the_row() -> None:
    obs = made_up()
    with connect("duckdb", {"rows": frame_of(obs)}) as engine:
        found = cell_sums(engine.table("rows"), "region", "period", COLUMNS).to_pyarrow()
    assert fit_cells(cells_in(found, 3)).without == pytest.approx(left_out("within_twoway", obs), rel=1e-10)


def test_names_stand_for_regions() -> None:
    obs = made_up()
    frame = frame_of(obs)
    named = frame.assign(region=[f"구역 {r:02d}" for r in frame.region], period=[f"{2000 + p}" for p in frame.period])
    assert where_the_data_are(named).beta == pytest.approx(where_the_data_are(frame).beta, rel=1e-12)
