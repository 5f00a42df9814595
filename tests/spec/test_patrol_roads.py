"""What a supplied table of travel times does to rounds: they keep to its minutes, and say where it was silent."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from builders import card_of
from sigun.analysis.patrol.step import patrol
from sigun.panel.model import Panel
from sigun.plan.model import Data
from sigun.plan.steps import Patrol
from sigun.region.grid import unproject
from sigun.result import Result
from simulated import simulated

RIVER = 1500.0  # metres to the east: nobody gets over in under an hour
SIDE = 10  # cells, one beyond the reports on every side


def at(x: float, y: float) -> tuple[float, float]:
    longitude, latitude = unproject(np.array([x]), np.array([y]), "EPSG:5179")
    return float(longitude[0]), float(latitude[0])


STEP = Patrol(method="patrol", hours=2, days=1, random_share=0, start=at(2250.0, 250.0))


def ways(against: float = 1.0) -> pd.DataFrame:
    """Between the middles of all cells: 3 minutes a km, `against` times that against the clock, 60 over the river."""
    x, y = (side.ravel() for side in np.meshgrid(*[np.arange(-1, SIDE - 1) * 500.0 + 250.0] * 2, indexing="ij"))
    start, end = (side.ravel() for side in np.meshgrid(np.arange(len(x)), np.arange(len(x)), indexing="ij"))
    start, end = start[start != end], end[start != end]
    km = np.hypot(x[start] - x[end], y[start] - y[end]) / 1000
    turn = (x[start] - 2000) * (y[end] - 2000) - (y[start] - 2000) * (x[end] - 2000)
    minutes = km * 3 * np.where(turn > 0, against, 1.0)
    minutes += np.where((x[start] < RIVER) != (x[end] < RIVER), 60.0, 0.0)
    (from_lon, from_lat), (to_lon, to_lat) = (unproject(x[i], y[i], "EPSG:5179") for i in (start, end))
    ends = {"from_longitude": from_lon, "from_latitude": from_lat, "to_longitude": to_lon, "to_latitude": to_lat}
    return pd.DataFrame(ends | {"minutes": minutes, "km": km})


def panel(travel: pd.DataFrame | None) -> Panel:
    made = simulated(years=1)
    data = made.plan.data.model_copy(update={"travel": "ways"})
    cards = {**made.cards, "ways": card_of(id="ways", title="도로 이동시간", kind="travel")}
    return replace(made, travel=travel, plan=made.plan.model_copy(update={"data": data}), cards=cards)


def run(travel: pd.DataFrame | None, step: Patrol = STEP) -> Result:
    return patrol(step, panel(travel), np.random.default_rng(1))


def test_rounds_stay_on_their_side_of_a_river_that_straight_lines_cross() -> None:
    assert (run(None).tables["routes"]["cell_x"] < RIVER / 500).any()
    assert (run(ways()).tables["routes"]["cell_x"] >= RIVER / 500).all()


def test_minutes_and_kilometres_are_those_of_the_table() -> None:
    result = run(ways())
    day = result.tables["days"].iloc[0]
    assert day["minutes"] <= 120
    assert day["minutes"] == pytest.approx(day["places"] * 15 + day["km"] * 3, abs=0.01)
    assert result.fact("ways").value == day["places"] + 1
    assert result.fact("ways_not_told").value == 0
    assert result.fact("travel").value == "도로 이동시간"
    assert not any("straight lines" in str(c) for c in result.cautions)


def test_days_keep_to_the_time_where_the_way_back_takes_longer() -> None:
    for upstream in (1.0, 4.0):
        result = run(
            ways(upstream), Patrol(method="patrol", hours=2, days=3, random_share=0.2, start=at(2250.0, 250.0))
        )
        assert (result.tables["days"]["minutes"] <= 120 + 1e-6).all()


def test_ways_that_are_not_told_are_straight_lines_and_counted() -> None:
    told = ways()
    half = told[told["from_latitude"] < told["from_latitude"].median()]
    result = run(half)
    n = result.fact("ways_not_told").value
    assert isinstance(n, int) and 0 < n <= int(result.fact("ways").value or 0)
    assert any(f"{n} are not in the table" in str(c) for c in result.cautions)


def test_a_list_of_places_says_that_it_has_no_use_for_travel_times() -> None:
    result = run(ways(), Patrol(method="patrol", capacity=2))
    assert any("Give the step hours" in str(c) for c in result.cautions)


def test_without_a_table_nothing_changes() -> None:
    assert "travel" not in Data(events="reports").model_dump()  # and no plan's hash
    facts = run(None).tables["facts"]["name"].tolist()
    assert "ways" not in facts and "travel" not in facts
