"""Counts with an exposure, neighbours, and errors by name, through the whole step."""

from __future__ import annotations

import numpy as np
import pytest

from factor_panels import panel_of, step_of
from sigun.analysis.factors.step import factors
from sigun.region.neighbours import linked
from sigun.result import Result

REGIONS, YEARS = 24, 8


def ring(names: list[str]) -> object:
    """Two neighbours each."""
    here = np.repeat(np.arange(REGIONS), 2)
    there = np.column_stack([(np.arange(REGIONS) - 1) % REGIONS, (np.arange(REGIONS) + 1) % REGIONS]).ravel()
    return linked(names, here, there, "file", "ring.gal")


def run(columns: dict[str, np.ndarray], *names: str, panel: dict[str, object] | None = None, **step: object) -> Result:
    return factors(step_of(names, **step), panel_of(columns, **(panel or {})), np.random.default_rng(3))  # type: ignore[arg-type]


def test_a_count_alone_with_its_exposure_is_told_in_per_cent() -> None:
    rng = np.random.default_rng(15)
    people = rng.integers(2_000, 60_000, (REGIONS, 1)) * np.ones((1, YEARS))
    share = rng.normal(size=(REGIONS, YEARS))
    births = rng.poisson(people * 0.01 * np.exp(0.1 * share)).astype(float)
    told = run(
        {"y": births, "share": share, "people": people},
        "share",
        panel={"units": {"share": "%"}},
        estimators=["poisson"],
        exposure="people",
    )
    row = told.tables["answer"].loc[0]
    assert told.fact("main").value == "poisson"
    assert (row["verdict"], row["effect_unit"], row["p_kind"]) == ("holds", "%", "crv3")
    assert row["effect"] == pytest.approx(100 * np.expm1(0.1), abs=1.0)


def test_beside_a_count_the_linear_estimators_take_its_rate() -> None:
    rng = np.random.default_rng(6)
    people = rng.integers(2_000, 60_000, (REGIONS, 1)) * np.ones((1, YEARS))
    x = rng.normal(size=(REGIONS, YEARS))
    births = rng.poisson(people * 0.01 * np.exp(0.1 * x)).astype(float)
    asked = {"outcome": {"variable": "y", "transform": "log"}, "estimators": ["within_twoway", "poisson"]}
    told = run({"y": births, "x": x, "people": people}, "x", exposure="people", **asked)
    estimates = told.tables["estimates"].set_index("estimator")["estimate"]
    assert estimates["poisson"] == pytest.approx(0.1, abs=0.02)
    assert estimates["within_twoway"] == pytest.approx(0.1, abs=0.02)
    assert " ÷ " in str(told.fact("outcome").value)
    assert "/1000 " in str(told.fact("outcome_unit").value)
    levels = told.tables["places"]["level"]  # of a rate for a thousand, in logarithms or not
    assert levels.median() == pytest.approx(10, rel=0.5) or levels.median() == pytest.approx(np.log(10), rel=0.5)


def test_neighbours_are_tested_modelled_and_known_by_hash() -> None:
    rng = np.random.default_rng(7)
    names = [f"r{g:03}" for g in range(REGIONS)]
    near = ring(names)
    shocks = rng.normal(size=(REGIONS, YEARS))
    alike = np.linalg.solve(np.eye(REGIONS) - 0.6 * near.matrix().toarray(), shocks)  # type: ignore[attr-defined]
    x = rng.normal(size=(REGIONS, YEARS))
    told = run({"y": 0.5 * x + alike, "x": x}, "x", panel={"neighbours": near})
    tests = told.tables["spatial_tests"].set_index("test")
    assert tests.loc["moran", "p"] < 0.05
    assert set(told.tables["spatial"]["model"]) == {"spatial_lag", "spatial_error"}  # not asked for: the tests reject
    error = told.tables["spatial"].set_index(["model", "term"]).loc[("spatial_error", "lambda"), "estimate"]
    assert error == pytest.approx(0.6, abs=0.2)
    assert told.fact("weights_hash").value == near.hash  # type: ignore[attr-defined]
    assert told.fact("weights_source").value == "ring.gal"


def test_naive_errors_stand_in_a_table_with_a_caution_and_behind_nothing() -> None:
    rng = np.random.default_rng(8)
    columns = {"y": rng.normal(size=(REGIONS, YEARS)), "x": rng.normal(size=(REGIONS, YEARS))}
    inference = {"draws": 499, "purpose": "replication", "errors": ["iid", "driscoll_kraay"]}
    told = run(columns, "x", inference=inference)
    errors = told.tables["errors"].query("estimator == 'within_twoway'")
    assert errors.set_index("kind")["caution"].to_dict() == {"crv1": 0, "crv3": 0, "iid": 1, "driscoll_kraay": 1}
    kernels = errors[errors["kind"] == "driscoll_kraay"][["kernel", "small_sample"]].drop_duplicates()
    assert len(kernels) == 3  # three tools, three rules
    assert any("Driscoll" in c.template for c in told.cautions)
    plain = run(columns, "x")
    assert set(plain.tables["errors"]["kind"]) == {"crv1", "crv3"}
    assert plain.tables["answer"].loc[0, "p"] == told.tables["answer"].loc[0, "p"]


def test_each_by_itself_takes_the_rows_it_has() -> None:
    rng = np.random.default_rng(9)
    columns = {name: rng.normal(size=(REGIONS, YEARS)) for name in ("y", "x", "z")}
    columns["z"][:10] = np.nan
    told = run(columns, "x", "z", together="one")
    rows = told.tables["estimates"].query("estimator == 'within_twoway'").set_index("model")["n"]
    assert rows.to_dict() == {"x": REGIONS * YEARS, "z": (REGIONS - 10) * YEARS}
    assert told.fact("excluded_regions").value == 0
    assert told.tables["partly"][["model", "regions"]].to_numpy().tolist() == [["z", 10]]
