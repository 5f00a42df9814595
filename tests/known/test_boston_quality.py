"""The defects of the Boston files, as their description lists them, found from the files alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.builders import card_of

from sigun.panel.findings import Judged, judge
from sigun.plan.model import Rules
from sigun.region.grid import project

pytestmark = pytest.mark.shared

CRS = "EPSG:32619"
OUTCOMES = {"towed_or_removed": "confirmed", "not_at_location": "not_found", "duplicate": "duplicate"}
END = date(2019, 1, 1)
TEXT = {"address": "address", "vehicle": "vehicle_key", "kind": "vehicle_kind", "region": "tract_geoid10"}


def events(shared: Path, name: str) -> pd.DataFrame:
    """The file in the columns the quality step wants; the area's frame in place of its outlines."""
    raw = pd.read_parquet(shared / "data" / "events" / "boston" / f"{name}.parquet")
    frame = pd.DataFrame({"row": np.arange(len(raw)), "id": raw["event_id"]})
    for new, old in (("occurred_at", "occurred_at"), ("updated_at", "updated_at")):
        frame[new] = raw[old].dt.tz_localize(None).astype("datetime64[us]")
    frame["closed_at"] = pd.Series(pd.NaT, frame.index, dtype="datetime64[us]")
    frame["outcome"] = raw["outcome"].map(lambda o: OUTCOMES.get(o, "other"), na_action="ignore").astype("str")
    for new in ("address", "vehicle", "kind", "region", "area_said", "channel", "street"):
        frame[new] = raw[TEXT[new]] if TEXT.get(new) in raw else pd.Series(None, frame.index, dtype="str")
    lon, lat = raw["longitude"].to_numpy(), raw["latitude"].to_numpy()
    frame["longitude"], frame["latitude"] = lon, lat
    frame["x"], frame["y"] = project(lon, lat, CRS)
    frame["inside"] = (np.abs(lon + 71.08) < 0.2) & (np.abs(lat - 42.32) < 0.2)
    return frame.sort_values(["occurred_at", "row"], kind="stable", ignore_index=True)


@pytest.fixture(scope="module")
def vehicles(shared: Path) -> Judged:
    found = events(shared, "abandoned_vehicles")
    return judge(found, Rules(), card_of(), found["occurred_at"].min().date(), END)


@pytest.fixture(scope="module")
def parking(shared: Path) -> Judged:
    found = events(shared, "illegal_parking")
    return judge(found, Rules(), card_of(), found["occurred_at"].min().date(), END)


def rows(judged: Judged, kind: str) -> int:
    return sum(f.rows for f in judged.findings if f.kind == kind)


def test_rows_in_the_ocean_and_rows_without_a_location(vehicles: Judged) -> None:
    assert rows(vehicles, "outside") == 27
    assert rows(vehicles, "no_place") == 93
    (ocean,) = [f for f in vehicles.findings if f.kind == "outside"]
    assert "27 of them about one point (34.244, -73.651)" in str(ocean.said)


def test_the_ninety_four_days_and_no_others(vehicles: Judged, parking: Judged) -> None:
    ((start, end),) = vehicles.holes
    assert abs((start - date(2015, 4, 17)).days) <= 3
    assert abs((end - date(2015, 7, 20)).days) <= 3
    assert parking.holes == ()


def test_the_change_of_intake(vehicles: Judged, parking: Judged) -> None:
    assert any(date(2015, 6, 1) <= day <= date(2016, 6, 30) for day in vehicles.regimes)
    assert len(vehicles.regimes) <= 3
    assert any(date(2015, 1, 1) <= day <= date(2016, 3, 1) for day in parking.regimes)


def test_duplicates_and_their_growth(vehicles: Judged) -> None:
    assert (vehicles.events["outcome"] == "duplicate").mean() == pytest.approx(0.107, abs=0.001)
    (finding,) = [f for f in vehicles.findings if f.kind == "duplicate"]
    assert finding.said.values["first"] == 0
    assert finding.said.values["last"] == pytest.approx(16, abs=0.5)


def test_nearly_a_third_have_an_earlier_report_within_fifty_metres_and_thirty_days(vehicles: Judged) -> None:
    assert vehicles.events["near"].mean() == pytest.approx(0.29, abs=0.015)


def test_likeness_names_cases_the_city_itself_called_duplicates(shared: Path, vehicles: Judged) -> None:
    raw = pd.read_parquet(
        shared / "data" / "events" / "boston" / "abandoned_vehicles.parquet", columns=["duplicate_of"]
    )
    closed = vehicles.events[raw["duplicate_of"].notna().to_numpy()[vehicles.events["row"]]]
    alike = vehicles.events[vehicles.events["like"] >= 0]
    assert (closed["like"] >= 0).mean() > 0.5
    assert (alike["outcome"] == "duplicate").mean() > 4 * 0.107 * 0.9


def test_few_reports_are_confirmed(vehicles: Judged) -> None:
    told = vehicles.events["outcome"].dropna()
    assert (told == "not_found").mean() == pytest.approx(0.47, abs=0.005)
    assert (told == "confirmed").mean() == pytest.approx(0.10, abs=0.005)


def test_one_address_with_many_complaints_is_told_and_kept(vehicles: Judged) -> None:
    (pile,) = [f for f in vehicles.findings if f.kind == "pile"]
    assert pile.rows >= 91
    assert rows(vehicles, "placeholder") == 0
