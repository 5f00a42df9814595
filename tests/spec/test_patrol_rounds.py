"""What a patrol by hours is: rounds from a start within the time, each place once, and what they would have caught."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from sigun.analysis.patrol.step import patrol
from sigun.errors import MethodError, SigunError
from sigun.plan import read_plan
from sigun.plan.steps import Patrol
from sigun.region.grid import unproject
from sigun.report.patrol_files import write_patrol_csv, write_patrol_geojson
from sigun.result import Result
from sigun.text import set_language
from simulated import OUTLINES, simulated

STEP = Patrol(method="patrol", hours=2, days=3, random_share=0.2)
PLAN = """
id: rounds
title: 시험
question: 어디를 먼저 볼 것인가
data: {{events: reports}}
steps:
  - {{method: patrol, {words}}}
"""


@pytest.fixture(scope="module")
def found() -> Result:
    return patrol(STEP, simulated(), np.random.default_rng(1))


def at(x: float, y: float) -> tuple[float, float]:
    longitude, latitude = unproject(np.array([x]), np.array([y]), "EPSG:5179")
    return float(longitude[0]), float(latitude[0])


def test_no_day_is_longer_than_its_hours(found: Result) -> None:
    days = found.tables["days"]
    assert days["day"].tolist() == [1, 2, 3]
    assert (days["minutes"] <= 120).all()
    assert days["expected_count"].is_monotonic_decreasing
    assert found.fact("minutes_a_day").value == pytest.approx(days["minutes"].mean())
    assert found.fact("km").value == pytest.approx(days["km"].sum())


def test_the_time_is_travel_and_stay(found: Result) -> None:
    for day in found.tables["days"].itertuples():
        assert day.minutes == pytest.approx(day.places * 15 + day.km / 20 * 60)


def test_every_place_of_the_list_is_a_stop_once(found: Result) -> None:
    places, routes = found.tables["places"], found.tables["routes"]
    assert sorted(routes["rank"]) == places["rank"].tolist()
    assert not routes.duplicated(["cell_x", "cell_y"]).any()
    assert routes.groupby("day").size().tolist() == found.tables["days"]["places"].tolist()
    assert all(stops["order"].tolist() == list(range(1, len(stops) + 1)) for _day, stops in routes.groupby("day"))
    assert all(stops["arrival_minute"].is_monotonic_increasing for _day, stops in routes.groupby("day"))
    assert routes["expected_count"].sum() == pytest.approx(found.fact("expected").value)


def test_some_are_drawn_at_random(found: Result) -> None:
    assert 0 < found.fact("random_places").value < found.fact("places").value
    assert found.tables["places"]["random"].is_monotonic_increasing


def test_what_it_would_have_caught_stands_beside_chance_and_last_year(found: Result) -> None:
    capacity = found.tables["capacity"]
    assert capacity["hours"].tolist() == [1, 2]
    assert capacity["share_caught"].is_monotonic_increasing
    assert (capacity["share_caught"] > capacity["share_random"]).all()
    assert found.fact("share_caught").value == capacity["share_caught"].iloc[-1]
    difference = capacity["share_caught"] - capacity["share_last_12m"]
    assert capacity["difference"].tolist() == pytest.approx(difference.tolist())
    assert capacity["difference"].between(capacity["difference_low"], capacity["difference_high"]).all()
    assert (found.fact("difference_last_12m").low, found.fact("difference_last_12m").value) == tuple(
        capacity[["difference_low", "difference"]].iloc[-1]
    )
    low, high = (found.fact(f"share_caught_shift_{end}").value for end in ("low", "high"))
    assert low <= found.fact("share_caught").value <= high


def test_more_hours_never_expect_less() -> None:
    panel = simulated(years=1)
    steps = [Patrol(method="patrol", hours=h / 2, days=2, random_share=0) for h in range(1, 9)]
    expected = [patrol(step, panel, np.random.default_rng(1)).fact("expected").value for step in steps]
    assert expected == sorted(expected)


def test_rounds_begin_where_the_plan_says() -> None:
    west, east = (
        patrol(STEP.model_copy(update={"start": at(x, 2000.0)}), simulated(years=1), np.random.default_rng(1))
        for x in (0.0, 4000.0)
    )
    assert west.tables["routes"]["cell_x"].mean() < east.tables["routes"]["cell_x"].mean()
    assert not any("No start was given" in str(c) for c in west.cautions)


def test_regions_can_be_visited() -> None:
    from simulated import by_area

    result = patrol(
        Patrol(method="patrol", hours=2, days=1, random_share=0), by_area(simulated(years=1)), np.random.default_rng(1)
    )
    assert set(result.tables["routes"]["region"]) == {"11", "12"}
    assert "shifts" not in result.tables


def test_citizens_reports_are_followed_where_patrols_found_many() -> None:
    panel = simulated(years=2)
    finds = panel.events["x"].to_numpy() > 2000
    panel = replace(panel, events=panel.events.assign(channel=np.where(finds, "현장순찰", "안전신문고")))
    result = patrol(Patrol(method="patrol", capacity=2, random_share=0), panel, np.random.default_rng(1))
    assert result.fact("trained_on").value == "citizen"
    assert result.fact("patrol_found_share").value == pytest.approx(finds[panel.events["gone"].isna()].mean())
    assert (result.tables["places"]["cell_x"] < 5).all()
    everything = patrol(Patrol(method="patrol", capacity=2, train_on="all"), panel, np.random.default_rng(1))
    assert any("patrols found themselves" in str(c) for c in everything.cautions)


def test_the_list_is_held_against_an_area_column() -> None:
    panel = replace(
        simulated(years=1), outlines=OUTLINES, areas=pd.DataFrame({"region": ["11", "12"], "income": [1.0, 2.0]})
    )
    with pytest.raises(MethodError, match="Only 2 areas"):
        patrol(Patrol(method="patrol", capacity=2, evenness="income"), panel, np.random.default_rng(1))


@pytest.mark.parametrize(
    ("start", "said"),
    [((127.0, 80.0), "outside the area"), ((-71.0, 42.0), "outside the area")],
    ids=["far north", "another continent"],
)
def test_a_start_outside_of_the_area_is_refused(start: tuple[float, float], said: str) -> None:
    with pytest.raises(MethodError, match=said):
        patrol(STEP.model_copy(update={"start": start}), simulated(years=1), np.random.default_rng(1))


def test_a_start_too_far_for_the_time_is_refused() -> None:
    slow = Patrol(method="patrol", hours=0.5, speed_kmh=1, minutes_per_place=29, start=at(-1500.0, 0.0))
    with pytest.raises(MethodError, match="no place can be reached"):
        patrol(slow, simulated(years=1), np.random.default_rng(1))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param("capacity: 0", "must be 1 or more", id="no capacity"),
        pytest.param("hours: 0", "must be above 0", id="no hours"),
        pytest.param("hours: 0.5, minutes_per_place: 40", "too short for one place of 40 minutes", id="too short"),
        pytest.param("hours: 6, capacity: 5", "either how many places", id="both"),
        pytest.param("capacity: null", "either how many places", id="neither"),
        pytest.param("hours: 6.2", "multiple of 0.5", id="odd hours"),
        pytest.param("hours: 6, start: [37.5, 127.0]", "must be 90.0 or less", id="latitude first"),
        pytest.param("capacity: 5, start: [127.0, 37.5]", "only with hours: start", id="a start without hours"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_line(words: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN.format(words=words), encoding="utf-8")
    with pytest.raises(SigunError, match=said) as error:
        read_plan(file)
    assert "line 7" in str(error.value)


def test_a_plan_that_says_nothing_new_keeps_its_hash_and_its_chance() -> None:
    said = '{"method":"patrol","capacity":5,"days":7,"random_share":0.1}'
    assert Patrol(method="patrol", capacity=5).model_dump_json() == said
    assert Patrol(method="patrol").capacity == 10
    with pytest.raises(ValidationError):
        Patrol(method="patrol", hours=1, capacity=1)


def test_the_csv_goes_day_by_day_stop_by_stop(found: Result, tmp_path: Path) -> None:
    set_language("ko")
    write_patrol_csv(found, tmp_path / "list.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "list.csv").read_text(encoding="utf-8-sig"))))
    stops = [(int(row["일차"]), int(row["순서"])) for row in rows]
    assert stops == sorted(stops) and len(stops) == len(found.tables["places"])
    assert rows[0]["출발 후 경과(분)"].isdigit()


def test_the_geojson_has_a_line_a_day_that_comes_back(found: Result, tmp_path: Path) -> None:
    write_patrol_geojson(found, tmp_path / "list.geojson")
    features: list[dict[str, Any]] = json.loads((tmp_path / "list.geojson").read_text(encoding="utf-8"))["features"]
    lines = [f for f in features if f["geometry"]["type"] == "LineString"]
    assert [line["properties"]["day"] for line in lines] == [1, 2, 3]
    for line, day in zip(lines, found.tables["days"].itertuples(), strict=True):
        path = line["geometry"]["coordinates"]
        assert path[0] == path[-1] and len(path) == day.places + 2
