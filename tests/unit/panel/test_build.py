"""Counting in cells, and a panel from snapshots: what it holds, what it says, when it refuses."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import card_of, counts_of, plan_of
from sigun.catalog.card import Card
from sigun.catalog.snapshot import Snapshot
from sigun.errors import MethodError, SettingsError
from sigun.panel.build import Material, _mostly_inside, build_panel, count_cells, roles
from sigun.panel.model import EVENT_COLUMNS, Panel
from sigun.plan.model import Data, Plan

DAYS = pd.date_range("2024-01-01", periods=4)
METRES = st.one_of(st.floats(-3000, 3000), st.sampled_from([0.0, -500.0, 500.0, 1000.0]))
POINTS = st.one_of(st.just((np.nan, np.nan)), st.tuples(METRES, METRES))


@st.composite
def some_events(draw: st.DrawFn) -> pd.DataFrame:
    n = draw(st.integers(0, 40))
    rows = []
    for _ in range(n):
        hour = pd.Timedelta(hours=draw(st.integers(0, 23)))
        at = draw(st.sampled_from(list(DAYS))) + hour
        gone = draw(st.sampled_from([pd.NaT, at, at + pd.Timedelta(days=1), at + pd.Timedelta(hours=3)]))
        outcome = draw(st.sampled_from([None, "confirmed", "duplicate"]))
        rows.append((at, gone, *draw(POINTS), outcome))
    frame = pd.DataFrame(rows, columns=["occurred_at", "gone", "x", "y", "outcome"])
    types = {"occurred_at": "datetime64[us]", "gone": "datetime64[us]", "x": float, "y": float, "outcome": "str"}
    return frame.astype(types)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(events=some_events(), cell=st.sampled_from([100, 500]))
def test_cells_are_counted_as_a_plain_count_would(events: pd.DataFrame, cell: int) -> None:
    counted = count_cells(events, cell, "duckdb")
    alive = events[~(events["gone"] <= events["occurred_at"])]
    plain = counts_of(alive.assign(gone=alive["gone"].dt.normalize()), cell)
    assert _rows(counted) == _rows(plain)
    assert counted["reports"].sum() == len(alive[alive["x"].notna()])


def test_counts_stand_in_the_order_of_their_keys_whatever_the_order_of_the_events() -> None:
    rng = np.random.default_rng(1)
    events = pd.DataFrame(
        {
            "occurred_at": rng.choice(DAYS, 500),
            "gone": pd.Series(pd.NaT, range(500), dtype="datetime64[us]"),
            "x": rng.uniform(-2000, 2000, 500),
            "y": rng.uniform(-2000, 2000, 500),
            "outcome": pd.Series(rng.choice(["confirmed", "other"], 500), dtype="str"),
        }
    )
    one, other = count_cells(events, 500, "duckdb"), count_cells(events.sample(frac=1, random_state=1), 500, "duckdb")
    pd.testing.assert_frame_equal(one, other)
    keys = ["cell_x", "cell_y", "day"]
    pd.testing.assert_frame_equal(one[keys], one[keys].sort_values(keys, ignore_index=True))


def test_counting_with_another_engine_is_refused() -> None:
    with pytest.raises(SettingsError, match="There is no engine"):
        count_cells(pd.DataFrame({"x": [], "gone": [], "occurred_at": [], "y": [], "outcome": []}), 500, "spark")


def test_the_end_is_the_earlier_of_the_plans_and_as_of(tmp_path: Path) -> None:
    plan = plan_of(time={"start": "2024-01-10", "end": "2024-04-01"})
    panel = _panel(tmp_path, plan, _events(200))
    assert (panel.start, panel.end) == (date(2024, 1, 10), date(2024, 4, 1))
    earlier = _panel(tmp_path, plan, _events(200), as_of=date(2024, 3, 1))
    assert (earlier.start, earlier.end) == (date(2024, 1, 10), date(2024, 3, 1))
    assert earlier.events["occurred_at"].max() < pd.Timestamp("2024-03-01")
    assert _panel(tmp_path, plan, _events(200), as_of=date(2025, 1, 1)).end == date(2024, 4, 1)


def test_left_out_the_span_is_all_there_is(tmp_path: Path) -> None:
    panel = _panel(tmp_path, plan_of(), _events(100))
    assert (panel.start, panel.end) == (date(2024, 1, 1), date(2024, 4, 10))
    assert list(panel.events) == list(EVENT_COLUMNS)
    assert panel.counts["reports"].sum() == 100


def test_too_few_events_are_refused_with_the_period(tmp_path: Path) -> None:
    with pytest.raises(MethodError, match="There are 29 events in the period; at least 30") as bad:
        _panel(tmp_path, plan_of(), _events(29))
    assert "reports" in bad.value.where
    assert len(_panel(tmp_path, plan_of(), _events(30)).events) == 30


def test_events_with_a_name_only_and_no_outlines_make_a_panel_without_cells(tmp_path: Path) -> None:
    events = _events(60).assign(longitude=np.nan, latitude=np.nan, area_said=pd.Series(["가동"] * 60, dtype="str"))
    panel = _panel(tmp_path, plan_of(), events)
    assert panel.counts.empty
    assert panel.counts.dtypes["day"].kind == "M"
    assert set(panel.events["region"]) == {"가동"}
    assert set(panel.events["place"]) == {"area"}


def test_tables_are_joined_by_region_and_names_nobody_knows_are_said(tmp_path: Path) -> None:
    data = Data(events="reports", outlines="shapes", areas=("people", "homes"))
    tables = {
        "shapes": _outlines(),
        "people": _areas(["가동", "나동", "없는동"], population=[100, 200, 300]),
        "homes": _areas(["나동", "가동"], homes=[20, 10]),
    }
    panel = _panel(tmp_path, plan_of().model_copy(update={"data": data}), _events(60), tables=tables)
    assert panel.areas is not None
    assert panel.areas.sort_values("region")[["region", "population", "homes"]].to_numpy().tolist() == [
        ["11", 100, 10],
        ["12", 200, 20],
    ]
    assert ("people", "1 region names match no outline: 없는동") in [(card, str(said)) for card, said in panel.changes]
    assert panel.units["population"] == "명"
    assert set(panel.sources["id"]) == {"reports", "shapes", "people", "homes"}
    assert panel.sources.set_index("id").loc["homes", "rows"] == 2


def test_areas_without_outlines_are_left_out(tmp_path: Path) -> None:
    plan = plan_of().model_copy(update={"data": Data(events="reports", areas=("people",))})
    panel = _panel(tmp_path, plan, _events(60), tables={"people": _areas(["가동"], population=[100])})
    assert panel.areas is None


def test_a_prediction_needs_only_what_places_an_event() -> None:
    data = Data(events="e", outlines="o", areas=("a",), area_periods=("p", "q"), weather="w", addresses="d")
    plan = plan_of().model_copy(update={"data": data})
    assert roles(plan) == ("e", "o", "d", "a", "p", "q", "w")
    assert roles(plan, covariates=False) == ("e", "o", "d")


def _rows(counts: pd.DataFrame) -> list[tuple[str, ...]]:
    days = counts.assign(
        day=counts["day"].astype("datetime64[s]").astype(str), gone=counts["gone"].astype("datetime64[s]").astype(str)
    )
    keys = ["cell_x", "cell_y", "day", "gone", "outcome", "reports"]
    return sorted(tuple(map(str, row)) for row in days[keys].fillna("").to_numpy())


def _events(n: int) -> pd.DataFrame:
    """One event a day, as a snapshot holds them, around one place."""
    rng = np.random.default_rng(7)
    text = dict.fromkeys(("address", "street", "area_said", "kind", "channel", "outcome", "duplicate_of", "vehicle"))
    frame = pd.DataFrame(
        {
            "row": np.arange(n),
            "id": [f"r{i}" for i in range(n)],
            "occurred_at": pd.date_range("2024-01-01 10:00", periods=n, unit="us"),
            "updated_at": pd.Series(pd.NaT, range(n), dtype="datetime64[us]"),
            "closed_at": pd.Series(pd.NaT, range(n), dtype="datetime64[us]"),
            "longitude": 127.0 + rng.uniform(0, 0.02, n),
            "latitude": 37.5 + rng.uniform(0, 0.01, n),
        }
    ).assign(**text)
    return frame.astype(dict.fromkeys(["id", *text], "str"))


def _outlines() -> pd.DataFrame:
    squares = [shapely.to_wkb(shapely.box(127 + i / 100, 37.5, 127.01 + i / 100, 37.51)) for i in range(2)]
    return pd.DataFrame({"region": ["11", "12"], "name": ["가동", "나동"], "geometry": squares})


def _areas(names: list[str], **values: list[int]) -> pd.DataFrame:
    region = pd.Series([None] * len(names), dtype="str")
    return pd.DataFrame({"region": region, "region_name": pd.Series(names, dtype="str"), **values})


def _card(name: str, table: pd.DataFrame) -> Card:
    if name == "reports":
        return card_of()
    if name == "shapes":
        return card_of(id=name, kind="outlines", reading={"format": "geojson"})
    values = [c for c in table if c not in ("region", "region_name")]
    fields = [{"name": c, "id": c, "role": "value", "unit": "명", "type": "number"} for c in values]
    return card_of(id=name, kind="areas", fields=fields)


def _panel(
    folder: Path, plan: Plan, events: pd.DataFrame, tables: dict[str, pd.DataFrame] | None = None, **asked: Any
) -> Panel:
    whole = {"reports": events} | (tables or {})
    snapshots = {}
    for name, table in whole.items():
        path = folder / f"{name}.parquet"
        table.to_parquet(path, index=False)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        snapshots[name] = Snapshot(path, sha256, len(table), len(table), ())
    return build_panel(plan, Material({n: _card(n, t) for n, t in whole.items()}, snapshots), **asked)


def test_points_mostly_outside_the_outlines_are_a_wrong_system_and_no_finding() -> None:
    placed = pd.DataFrame({"x": [0.0, 1.0, 2.0, np.nan], "inside": [True, False, False, True]})
    with pytest.raises(MethodError, match="2 of 3 points lie outside") as caught:
        _mostly_inside(placed, plan_of(), outlined=True)
    assert "crs" in caught.value.remedy
    _mostly_inside(placed, plan_of(), outlined=False)
    _mostly_inside(placed.assign(inside=[True, True, False, True]), plan_of(), outlined=True)
