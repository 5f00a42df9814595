"""`sigun demo births`, from the raw files to the report: what is planted in the made-up province is found again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from sigun.analysis.methods import METHODS
from sigun.catalog.store import read_catalog
from sigun.panel.build import collect
from sigun.panel.regional.build import build_region_panel
from sigun.panel.regional.model import RegionPanel
from sigun.plan import read_plan
from sigun.recipes.births import files
from sigun.recipes.births.made_up import write_province
from sigun.recipes.births.province import NAMES, NEW, OLD
from sigun.recipes.births.truth import Planted, Truth
from sigun.recipes.demo import run_demo
from sigun.recipes.fill import lay
from sigun.result import Result, read_result
from sigun.run import How, open_plan
from sigun.settings import open_workspace
from workspaces import manifest

WIDER = 1.5  # a 95 % interval made one of 99.7 %: several figures of one seed are asked
P = Planted()
BOTH = [NAMES[n] for n in NEW]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_demo("births", tmp_path_factory.mktemp("births") / "ws", How(lang="ko")).parent


@pytest.fixture(scope="module")
def workspace(run: Path) -> Path:
    return run.parent.parent


@pytest.fixture(scope="module")
def results(run: Path) -> Mapping[str, Result]:
    return {name: read_result(run / "steps" / name) for name in ("coverage", "factors", "effect")}


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    return write_province(tmp_path_factory.mktemp("raw"))


@pytest.fixture(scope="module")
def panel(workspace: Path) -> RegionPanel:
    plan, catalog = open_plan(workspace / "plans" / "births.yaml")
    return build_region_panel(plan, collect(plan, catalog))


@pytest.fixture(scope="module")
def answer(results: Mapping[str, Result]) -> pd.DataFrame:
    table = results["factors"].tables["answer"]
    return table.assign(variable=table["term"].str.split(".").str[0]).set_index("variable")


def within(value: float, estimate: float, low: float, high: float) -> bool:
    """Whether the planted value lies in the interval, widened."""
    return estimate - WIDER * (estimate - low) <= value <= estimate + WIDER * (high - estimate)


def of(truth: Truth, part: str) -> list[str]:
    return [name for name, factor in truth.factors.items() if factor["part"] == part]


# --- the way ------------------------------------------------------------------------------------------------------


def test_every_file_is_in_the_catalogue_and_made_up(workspace: Path) -> None:
    cards = read_catalog(open_workspace(workspace)).cards.values()
    told = {Path(file).name for card in cards for file in (card.file, *(part.file for part in card.parts))}
    names = [value for name, value in vars(files).items() if name.endswith(("_FILE", "_FILES"))]
    written = {name for value in names for name in ([value] if isinstance(value, str) else value)}
    assert told == written - {files.REGIONS_FILE}
    assert all(card.made_up and card.licence == "CC0-1.0" for card in cards)


def test_the_plan_asks_every_method_of_tables(workspace: Path) -> None:
    plan = read_plan(workspace / "plans" / "births.yaml")
    assert {step.method for step in plan.steps} == {"coverage", "factors", "effect"} <= set(METHODS)


def test_the_report_says_that_it_is_made_up(run: Path) -> None:
    assert manifest(run / "report.html")["made_up"] is True
    assert "모의 자료" in (run / "report.html").read_text(encoding="utf-8")


def test_the_run_knows_its_own_regions(run: Path) -> None:
    assert manifest(run / "report.html")["codes"].startswith("own ")


def test_a_second_demo_in_the_same_place_is_the_same_run(workspace: Path, run: Path) -> None:
    said: list[str] = []
    before = (run / "manifest.json").read_bytes()
    how = How(progress=lambda what, _done, _all: said.append(what), lang="ko")
    assert run_demo("births", workspace, how).parent == run
    assert "simulating the province" not in said
    assert (run / "manifest.json").read_bytes() == before


def test_a_workspace_without_data_has_the_plan(tmp_path: Path) -> None:
    assert read_plan(lay(tmp_path / "ws", "births")).panel is not None


# --- the panel ------------------------------------------------------------------------------------------------------


def test_thirty_one_regions_over_fifteen_years(panel: RegionPanel) -> None:
    assert len(panel.frame) == 31 * 15
    assert panel.units["name"].tolist() == list(NAMES)
    assert all(check.held for check in panel.checks)
    lacking = panel.frame.loc[panel.frame["employment_rate_female"].isna(), "region"].nunique()
    assert lacking == P.lacking
    assert panel.frame.drop(columns=["employment_rate_female"]).notna().all(axis=None)


def test_the_divided_city_is_carried_by_its_shares(panel: RegionPanel, truth: Truth, tmp_path: Path) -> None:
    write_province(tmp_path)
    raw = pd.read_csv(tmp_path / files.BIRTHS_FILE, encoding="cp949", header=[0, 1], index_col=[0, 1], dtype="str")
    told = raw.droplevel(0).loc[OLD]
    names = dict(zip(panel.units["unit"], panel.units["name"], strict=True))
    frame = panel.frame.assign(name=panel.frame["region"].map(names), year=panel.frame["period"].dt.year)
    for year in range(P.first, P.split):
        old = float(told[(str(year), "출생아수 (명)")])
        rate = float(told[(str(year), "합계출산율 (가임여성 1명당 명)")])
        here = frame[(frame["year"] == year) & frame["name"].isin(BOTH)].set_index("name").loc[BOTH]
        assert here["births"].tolist() == pytest.approx([old * share for share in P.shares])
        assert here["tfr"].tolist() == [rate, rate]
    whole = frame.groupby("year")["births"].sum()
    assert whole.tolist() == pytest.approx(list(truth.births.values()))


def test_neighbours_come_from_the_outlines(panel: RegionPanel) -> None:
    assert panel.neighbours is not None
    assert len(panel.neighbours.regions) == 31
    assert panel.neighbours.kind == "contiguity"


# --- the answer -----------------------------------------------------------------------------------------------------


def test_true_factors_hold_and_are_as_large_as_planted(answer: pd.DataFrame, truth: Truth) -> None:
    for name in of(truth, "true"):
        row = answer.loc[name]
        assert row["verdict"] == "holds", name
        planted = float(truth.factors[name]["effect"]) * row["step"]
        assert within(planted, row["effect"], row["low"], row["high"]), (name, planted, row["low"], row["high"])


def test_what_differs_between_regions_only_is_told_as_that(answer: pd.DataFrame, truth: Truth) -> None:
    for name in of(truth, "between"):
        assert answer.loc[name, "verdict"] == "between_only"
        assert answer.loc[name, "between_p"] < 0.01


def test_no_false_factor_is_among_those_that_hold(answer: pd.DataFrame, truth: Truth) -> None:
    assert set(answer.index[answer["verdict"] == "holds"]) == set(of(truth, "true"))


def test_what_births_move_and_what_never_differs_cannot_be_tested(answer: pd.DataFrame, truth: Truth) -> None:
    untold = {*of(truth, "moved"), *of(truth, "untold"), "private_education"}
    assert set(answer.index[answer["verdict"] == "not_testable"]) == untold


def test_the_counties_without_employment_are_named(results: Mapping[str, Result], truth: Truth) -> None:
    tables = [results["factors"].tables[name] for name in ("excluded", "partly")]
    told = " ".join(str(cell) for table in tables for cell in table.to_numpy().ravel())
    assert all(name in told for name in truth.lacking)


def test_the_grant_raised_births_by_what_is_planted(results: Mapping[str, Result], truth: Truth) -> None:
    designs = results["effect"].tables["designs"]
    main = designs[designs["main"]].iloc[0]
    assert main["verdict"] == "raised"
    tables = results["effect"].tables
    simple = tables["aggregates"].set_index("aggregation").loc["simple"]
    years = [
        min(year - start, len(P.grant) - 1) for start in truth.grants.values() for year in range(start, P.last + 1)
    ]
    planted = sum(P.grant[n] for n in years) / len(years)
    assert within(planted, simple["estimate"], simple["low"], simple["high"])
    events = tables["events"].set_index("event_time")
    for n, value in enumerate(P.grant):
        assert within(value, *events.loc[n, ["estimate", "low", "high"]])
