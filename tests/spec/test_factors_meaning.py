"""What the factor analysis means: worlds with a known truth, and what must be said of them."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from factor_panels import panel_of, step_of
from sigun.analysis.factors.step import factors
from sigun.result import Result, result_hash
from sigun.text import Message

REGIONS, YEARS = 30, 10
Columns = dict[str, np.ndarray]


def noise(rng: np.random.Generator, memory: float = 0.0) -> np.ndarray:
    """(regions, years) of chance, lasting as long as said."""
    shocks = rng.normal(size=(REGIONS, YEARS + 20))
    for t in range(1, YEARS + 20):
        shocks[:, t] += memory * shocks[:, t - 1]
    return shocks[:, 20:]


def answer(columns: Columns, *names: str, panel: dict[str, object] | None = None, **step: object) -> pd.DataFrame:
    """The answer by factor."""
    return result(columns, *names, panel=panel, **step).tables["answer"].set_index("term")


def result(columns: Columns, *names: object, panel: dict[str, object] | None = None, **step: object) -> Result:
    said = step_of(names, **step)  # type: ignore[arg-type]
    return factors(said, panel_of(columns, **(panel or {})), np.random.default_rng(1))  # type: ignore[arg-type]


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20)


def test_what_moves_with_the_outcome_inside_regions_holds(rng: np.random.Generator) -> None:
    x, idle = noise(rng), noise(rng)
    found = answer({"y": 0.8 * x + noise(rng), "x": x, "idle": idle}, "x", "idle", robustness={})
    assert found["verdict"].to_dict() == {"x": "holds", "idle": "unseen"}
    assert found.loc["x", "low"] < 0.8 * found.loc["x", "step"] < found.loc["x", "high"]
    assert found.loc["idle", "mde"] > abs(found.loc["idle", "effect"])


def test_regions_that_always_differ_in_both_differ_between_only(rng: np.random.Generator) -> None:
    level = 3 * rng.normal(size=(REGIONS, 1))
    found = answer({"y": level + noise(rng), "x": level + noise(rng)}, "x")
    assert found.loc["x", "verdict"] == "between_only"
    assert found.loc["x", "between_p"] < 0.001
    assert found.loc["x", "p"] > 0.05


def test_opposite_signs_between_and_within_are_told_side_by_side(rng: np.random.Generator) -> None:
    level, x = 3 * rng.normal(size=(REGIONS, 1)), noise(rng)
    found = answer({"y": -level + x + noise(rng), "x": level + x}, "x").loc["x"]
    assert found["verdict"] == "holds"
    assert found["signs_differ"] and found["between"] < 0 < found["effect"]
    assert "points the other way" in json.loads(found["also"])[0]["template"]


def test_a_common_course_over_time_is_no_finding(rng: np.random.Generator) -> None:
    trend = np.linspace(0, 6, YEARS) * np.ones((REGIONS, 1))
    columns = {"y": noise(rng) - trend, "x": noise(rng) + trend}
    found = answer(columns, "x", estimators=["within_twoway", "within_region", "first_difference"]).loc["x"]
    assert found["verdict"] == "unstable"
    assert found["within_region_p"] < 0.001
    assert "common course over time" in found["reason"]


def test_a_factor_led_by_the_outcome_does_not_hold(rng: np.random.Generator) -> None:
    y = noise(rng, memory=0.6)
    x = np.column_stack([noise(rng)[:, :1], y[:, :-1]]) + 0.5 * noise(rng)  # this year's x is last year's y
    found = answer({"y": y, "x": x}, "x").loc["x"]
    assert found["lead_p"] < 0.01
    assert found["verdict"] == "unstable"


def test_a_find_that_rests_on_one_region_does_not_hold(rng: np.random.Generator) -> None:
    x, y = noise(rng), noise(rng) * 0.1
    x[0] *= 40
    y[0] = x[0] * 0.5
    y[1:] -= 0.3 * x[1:]
    found = answer({"y": y, "x": x}, "x").loc["x"]
    assert found["loo_low"] < 0 < found["loo_high"]
    assert found["verdict"] != "holds"


def test_a_lag_looks_back_on_the_calendar_inside_regions(rng: np.random.Generator) -> None:
    x = noise(rng)
    y = np.column_stack([noise(rng)[:, :1], x[:, :-1]]) + 0.2 * noise(rng)
    x_gap, y_gap = x.copy(), y.copy()
    x_gap[:, 4] = np.nan  # the year after it has no factor, and nothing is carried over the gap
    told = result({"y": y_gap, "x": x_gap}, {"group": "x", "variables": ["x"], "lag": [1, 0]})
    found = told.tables["answer"].loc[0]
    assert (found["term"], found["verdict"]) == ("x.1", "holds")
    assert found["estimate"] == pytest.approx(1.0, abs=0.1)
    assert told.fact("n").value == REGIONS * (YEARS - 2)
    lags = told.tables["lags"].set_index("lag")["p"]
    assert lags[1] < 0.01 < lags[0]


def test_a_variable_repeated_over_regions_is_clustered_by_the_larger_ones(rng: np.random.Generator) -> None:
    larger = np.repeat(rng.normal(size=(6, YEARS)), REGIONS // 6, axis=0)
    columns = {"y": noise(rng), "price": larger, "x": noise(rng)}
    told = result(columns, "price", "x", panel={"levels": {"price": "sido"}, "provinces": 6})
    clusters = told.tables["terms"].set_index("term")["clusters"]
    assert clusters.to_dict() == {"price": 6, "x": REGIONS}
    assert any("told of larger regions only" in c.template for c in told.cautions)


def test_everything_tried_is_listed_and_counted_together(rng: np.random.Generator) -> None:
    names = [f"x{k}" for k in range(8)]
    told = result({"y": noise(rng), **{n: noise(rng) for n in names}}, *names)
    tried = told.tables["tried"]
    assert told.fact("tried").value == len(tried) == len(names) * 4  # pooled, between, within, differences
    inside = tried[tried["question"] == "inside"]
    assert (inside["q"] >= inside["p_combined"] - 1e-12).all()
    assert told.fact("holds").value == 0


def test_a_logged_outcome_is_told_in_per_cent(rng: np.random.Generator) -> None:
    share = noise(rng)
    y = np.exp(0.05 * share + 0.01 * noise(rng))
    found = answer(
        {"y": y, "share": share},
        "share",
        panel={"units": {"share": "%"}},
        outcome={"variable": "y", "transform": "log"},
    )
    row = found.loc["share"]
    assert (row["step"], row["step_unit"], row["effect_unit"]) == (1.0, "%p", "%")
    assert row["effect"] == pytest.approx(100 * np.expm1(0.05), abs=0.3)


def test_an_earlier_outcome_held_equal_is_warned_of(rng: np.random.Generator) -> None:
    y = noise(rng, memory=0.5)
    before = np.column_stack([np.full(REGIONS, np.nan), y[:, :-1]])
    derived = [{"id": "before", "op": "lag", "of": "y"}]
    told = result({"y": y, "x": noise(rng), "before": before}, "x", controls=["before"], panel={"derived": derived})
    assert any("Nickell" in c.template for c in told.cautions)
    assert "inside" not in set(told.tables["tried"]["question"])  # changes are no second witness then


def test_regions_that_cannot_be_tested_are_counted_by_province(rng: np.random.Generator) -> None:
    x = noise(rng)
    x[:10] = np.nan
    told = result({"y": noise(rng), "x": x}, "x", panel={"provinces": 3})
    excluded = told.tables["excluded"]
    assert excluded[["sido_name", "regions", "titles"]].to_numpy().tolist() == [["p0", 10, "X"]]
    assert told.fact("excluded_regions").value == 10
    assert told.fact("asked_regions").value == REGIONS


def test_the_same_plan_gives_the_same_figures(rng: np.random.Generator) -> None:
    columns = {"y": noise(rng), "x": noise(rng), "z": noise(rng)}
    once, again = (result(columns, "x", "z", robustness={}, explain={"draws": 5}) for _ in range(2))
    assert result_hash({"factors": once}) == result_hash({"factors": again})


def test_no_more_than_an_association_is_claimed(rng: np.random.Generator) -> None:
    told = result({"y": noise(rng), "x": noise(rng)}, "x")
    assert told.claim == "association"
    assert any("not persons" in c.template for c in told.cautions)


def test_errors_that_were_asked_for_and_have_no_figure_are_said(rng: np.random.Generator) -> None:
    found = result({"y": noise(rng), "x": noise(rng)}, "x", inference={"errors": ["conley", "crv3"]})
    assert any(
        "no figure of it stands here: `conley`." in str(c) for c in found.cautions
    )  # nobody says where regions lie


def test_boosting_that_these_rows_do_not_carry_is_said(rng: np.random.Generator) -> None:
    few = {name: noise(rng)[:3, :4] for name in ("y", "x")}
    found = result(few, "x", explain={"model": "boosting"})
    assert found.tables["explain_scores"].empty
    assert found.tables["answer"]["verdict"].tolist() == ["not_testable"]  # three regions, and it moved in all of them
    assert "in all of 3 regions" in str(Message(found.tables["answer"]["reason"][0], {"n": 3}))
    assert any("no figure of it stands here: `boosting`." in str(c) for c in found.cautions)


def test_a_placebo_that_could_not_be_tried_is_said(rng: np.random.Generator) -> None:
    untried = "its later value could not be tried as a placebo"
    short = {name: noise(rng)[:, :2] for name in ("y", "x")}
    assert any(untried in str(c) for c in result(short, "x").cautions)
    assert not any(untried in str(c) for c in result({"y": noise(rng), "x": noise(rng)}, "x").cautions)
