"""Grunfeld's ten firms: Pesaran CD, IPS and CIPS against R's plm 2.6-2 (run in R 4.2.2).

`pcdtest`; `purtest(test = "ips", lags = …, dfcor = TRUE)`, which divides by observations less coefficients as the
published moments suppose; `cipstest(lags = …, truncated = TRUE)`. The data come with statsmodels, which has an
eleventh firm.
"""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

from sigun.analysis.diagnostics.dependence import pesaran_cd, unit_residuals
from sigun.analysis.diagnostics.unit_roots import cips, ips
from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.analysis.statistics.fixed_poisson import sweep


@pytest.fixture(scope="module")
def firms() -> pd.DataFrame:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what statsmodels says of its own neighbours
        from statsmodels.datasets import grunfeld

        table = grunfeld.load_pandas().data
    return table[table["firm"] != "American Steel"].reset_index(drop=True)


def _grid(firms: pd.DataFrame, column: str) -> FloatArray:
    return firms.pivot(index="firm", columns="year", values=column).to_numpy(float, copy=True)


def _columns(firms: pd.DataFrame) -> tuple[FloatArray, FloatArray, IntArray, IntArray]:
    firm, year = (np.unique(firms[c], return_inverse=True)[1] for c in ("firm", "year"))
    return firms["invest"].to_numpy(float), firms[["value", "capital"]].to_numpy(float), firm, year


def _within(y: FloatArray, x: FloatArray, firm: IntArray, year: IntArray) -> FloatArray:
    swept = sweep(np.column_stack([y, x]), np.ones(len(y)), firm, year)
    return swept[:, 0] - swept[:, 1:] @ np.linalg.lstsq(swept[:, 1:], swept[:, 0], rcond=None)[0]


def test_cd_of_each_firms_own_regression(firms: pd.DataFrame) -> None:
    y, x, firm, year = _columns(firms)
    found = pesaran_cd(unit_residuals(y, x, firm), firm, year)
    assert found.statistic == pytest.approx(5.340053003, abs=1e-8)
    assert found.p == pytest.approx(9.292e-08, rel=1e-3)


def test_cd_of_the_within_regressions(firms: pd.DataFrame) -> None:
    y, x, firm, year = _columns(firms)
    assert pesaran_cd(_within(y, x, firm, 0 * year), firm, year).statistic == pytest.approx(4.661192485, abs=1e-7)
    assert pesaran_cd(_within(y, x, firm, year), firm, year).statistic == pytest.approx(0.1162003074, abs=1e-7)


@pytest.mark.parametrize(
    ("column", "trend", "by_lags"),
    [
        ("invest", False, (2.6487014, 2.5501904, 4.4919402)),
        ("invest", True, (0.2471816, -1.4529898, -0.3575888)),
        ("value", False, (-1.4191819, -0.5192348, 1.4964459)),
        ("value", True, (-1.1744310, -0.4485405, 1.2344482)),
        ("capital", False, (11.3799914, 7.3592060, 7.9034798)),
        ("capital", True, (5.8580700, 2.4777908, 3.2122972)),
    ],
)
def test_ips(firms: pd.DataFrame, column: str, trend: bool, by_lags: tuple[float, ...]) -> None:
    found = [ips(_grid(firms, column), trend, lags) for lags in range(3)]
    assert [one.statistic for one in found] == pytest.approx(by_lags, abs=1e-6)


def test_ips_p_value(firms: pd.DataFrame) -> None:
    assert ips(_grid(firms, "value"), lags=0).p == pytest.approx(0.0779230, abs=1e-6)


def test_ips_of_firms_observed_over_different_years(firms: pd.DataFrame) -> None:
    """General Motors and US Steel, the plm data's firms 1 and 2: without 1935–37, and without 1951–54."""
    table = firms.pivot(index="year", columns="firm", values="invest")
    table.loc[1935:1937, "General Motors"] = np.nan
    table.loc[1951:1954, "US Steel"] = np.nan
    assert ips(table.to_numpy(float).T, lags=1).statistic == pytest.approx(2.1029294, abs=1e-6)


@pytest.mark.parametrize(
    ("column", "trend", "figure"),
    [
        ("invest", False, -2.2420105),
        ("invest", True, -2.2029885),
        ("value", False, -1.5321204),
        ("value", True, -2.3389729),
    ],
)
def test_cips_with_one_lag(firms: pd.DataFrame, column: str, trend: bool, figure: float) -> None:
    assert cips(_grid(firms, column), trend, 1).statistic == pytest.approx(figure, abs=1e-6)
