"""What a patrol list is: the most expected first, some drawn at random, reasons in words, and what it buys."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from builders import panel_of_events, plan_of
from sigun.analysis.patrol.listing import caught, choose_places
from sigun.analysis.patrol.step import patrol
from sigun.plan.steps import Patrol
from sigun.report.patrol_files import plain, reasons_said, write_patrol_csv, write_patrol_geojson
from sigun.result import Result
from sigun.text import set_language
from simulated import by_area, simulated

STEP = Patrol(method="patrol", capacity=2, days=7, random_share=0.2)


@pytest.fixture(scope="module")
def listed() -> Result:
    return patrol(STEP, simulated(street="=큰길"), np.random.default_rng(1))


def test_the_list_is_as_long_as_the_capacity(listed: Result) -> None:
    places = listed.tables["places"]
    assert len(places) == 14
    assert places["rank"].tolist() == list(range(1, 15))
    assert places["random"].sum() == 3
    assert listed.fact("places").value == 14
    assert listed.fact("random_places").value == 3
    assert not places.duplicated(["cell_x", "cell_y"]).any()


def test_the_most_expected_come_first_and_the_drawn_last(listed: Result) -> None:
    places = listed.tables["places"]
    chosen = places[~places["random"]]
    assert chosen["expected_count"].is_monotonic_decreasing
    assert places["random"].tolist() == [False] * 11 + [True] * 3
    assert (chosen["cell_x"] + chosen["cell_y"]).mean() < 4  # the busy corner


def test_the_list_expects_what_its_places_expect(listed: Result) -> None:
    fact = listed.fact("expected")
    assert fact.value == pytest.approx(listed.tables["places"]["expected_count"].sum())
    assert fact.low is not None and fact.high is not None and fact.low <= fact.value <= fact.high


def test_more_places_catch_more(listed: Result) -> None:
    capacity = listed.tables["capacity"]
    assert capacity["places"].tolist() == [4, 7, 14, 28, 56]
    assert capacity["share_caught"].is_monotonic_increasing
    assert (capacity["share_caught"] > capacity["share_random"]).all()
    assert capacity["share_random"].to_numpy() == pytest.approx(capacity["share_area"].to_numpy(), abs=0.02)
    now = capacity[capacity["places"] == 14].iloc[0]
    assert listed.fact("share_caught").value == now["share_caught"]


def test_every_place_has_a_reason_with_its_figure(listed: Result) -> None:
    for row in listed.tables["places"].itertuples():
        said = reasons_said(row.reasons)
        assert 1 <= len(said) <= 3
        if row.random:
            assert said == ["drawn at random, so that the list does not only follow itself"]
    first = listed.tables["places"].iloc[0]
    panel = simulated()
    here = panel.counts[(panel.counts["cell_x"] == first["cell_x"]) & (panel.counts["cell_y"] == first["cell_y"])]
    year = here[
        (here["day"] >= pd.Timestamp(panel.end) - pd.Timedelta(days=364)) & ~(here["gone"] < pd.Timestamp(panel.end))
    ]
    assert json.loads(first["reasons"])[0]["values"] == {"n": int(year["reports"].sum())}


def test_a_burst_is_a_reason() -> None:
    steady = pd.date_range("2022-01-01", "2023-12-30", freq="30D")
    burst = pd.date_range("2023-12-20", periods=8, freq="D")
    times = [*steady, *burst, *steady]
    x = np.repeat([250.0, 250.0, 2750.0], [len(steady), len(burst), len(steady)])
    result = patrol(STEP, panel_of_events(times, x, np.full(len(times), 250.0)), np.random.default_rng(1))
    first = result.tables["places"].iloc[0]
    assert first["cell_x"] == 0
    assert "in the last 4 weeks: 9, more than usual here" in reasons_said(first["reasons"])


def test_too_little_history_gives_a_list_without_its_worth() -> None:
    times = pd.date_range("2024-01-01", periods=40)
    result = patrol(STEP, panel_of_events(times, np.arange(40) % 5 * 500.0, np.zeros(40)), np.random.default_rng(1))
    assert len(result.tables["places"]) == 14
    assert not result.has_fact("share_caught")
    assert result.tables["capacity"].empty
    assert any("too little history" in str(c) for c in result.cautions)


def test_more_capacity_than_places_lists_all_of_them() -> None:
    times = pd.date_range("2024-01-01", periods=40)
    step = Patrol(method="patrol", capacity=100, random_share=0)
    result = patrol(step, panel_of_events(times, [250.0] * 40, [250.0] * 40), np.random.default_rng(1))
    assert len(result.tables["places"]) == 9
    assert any("only 9 places" in str(c) for c in result.cautions)


def test_regions_can_be_listed() -> None:
    step = Patrol(method="patrol", capacity=1, days=2, random_share=0)
    places = patrol(step, by_area(simulated(street="큰길")), np.random.default_rng(1)).tables["places"]
    assert places["name"].tolist() == ["서쪽동", "동쪽동"]  # the west is busier
    assert places["street"].tolist() == ["큰길", "큰길"]
    assert "cell_x" not in places
    assert places["longitude"].is_monotonic_increasing


def test_chance_draws_other_places_but_not_the_chosen() -> None:
    expected = np.linspace(1, 2, 50)
    one, two = (choose_places(expected, 20, 0.5, np.random.default_rng(s)) for s in (1, 2))
    assert one.place[:10].tolist() == two.place[:10].tolist() == list(range(49, 39, -1))
    assert set(one.place[10:]) != set(two.place[10:])
    assert not set(one.place[:10]) & set(one.place[10:])


@pytest.mark.parametrize(
    ("random_share", "met"),
    [pytest.param(0.0, 5.0, id="the two best"), pytest.param(0.5, 4 + 4 / 3, id="one, and a third of the rest")],
)
def test_a_list_meets_its_best_and_its_share_of_the_rest(random_share: float, met: float) -> None:
    score, came = np.array([4.0, 3.0, 2.0, 1.0]), np.array([4.0, 1.0, 3.0, 0.0])
    assert caught(score, came, 2, random_share) == pytest.approx(met)


def test_excel_opens_the_list_in_korean(listed: Result, tmp_path: Path) -> None:
    set_language("ko")
    write_patrol_csv(listed, tmp_path / "순찰.csv")
    raw = (tmp_path / "순찰.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw and b"\r\r\n" not in raw
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert len(rows) == 14
    assert rows[0]["순위"] == "1"
    assert rows[0]["도로"] == "'=큰길"
    assert "최근 12개월" in rows[0]["순찰 이유"]


def test_a_map_program_opens_the_list(listed: Result, tmp_path: Path) -> None:
    write_patrol_geojson(listed, tmp_path / "list.geojson")
    told = json.loads((tmp_path / "list.geojson").read_text(encoding="utf-8"))
    assert [f["properties"]["rank"] for f in told["features"]] == list(range(1, 15))
    longitude, latitude = told["features"][0]["geometry"]["coordinates"]
    first = listed.tables["places"].iloc[0]
    assert (longitude, latitude) == pytest.approx((first["longitude"], first["latitude"]), abs=1e-6)


@pytest.mark.parametrize("text", ["=1+1", "+82", "-x", "@here", "\tx"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert plain(text) == "'" + text


def test_numbers_stay_numbers() -> None:
    assert plain(-71.5) == -71.5


def test_the_plan_is_the_source_of_chance() -> None:
    panel = simulated(plan={"seed": 5})
    one, two = (patrol(STEP, panel, np.random.default_rng(3)).tables["places"] for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    assert plan_of().seed != 5
