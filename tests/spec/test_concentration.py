"""What concentration means: beside chance, and in honest words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from builders import panel_of_events
from sigun.analysis.describe.concentration import concentration
from sigun.errors import MethodError
from sigun.plan.steps import Concentration
from sigun.result import Result

STEP = Concentration(method="concentration")


def run(counts: Any, **fields: Any) -> Result:
    """So many reports in the middle of each of a row of cells, in an order that mixes the cells."""
    cell = np.random.default_rng(5).permutation(np.repeat(np.arange(len(counts)), counts))
    times = pd.date_range("2022-01-01", periods=len(cell), freq="h")
    return concentration(STEP, panel_of_events(times, cell * 500 + 250, 0.0, **fields), np.random.default_rng(1))


@pytest.mark.parametrize(
    ("counts", "reading"),
    [
        pytest.param(np.random.default_rng(1).poisson(6, 300), "even", id="chance alone"),
        pytest.param(
            np.random.default_rng(1).poisson(np.random.default_rng(2).gamma(1.5, 6, 300)), "mild", id="uneven"
        ),
        pytest.param([200] * 10 + [3] * 200, "marked", id="ten cells hold most"),
        pytest.param([20, 20], "", id="two cells tell nothing"),
    ],
)
def test_the_reading(counts: Any, reading: str) -> None:
    result = run(counts)
    assert (result.fact("reading").value if result.has_fact("reading") else "") == reading
    caution = {"even": "no more concentrated", "mild": "is mild", "": "fewer than ten cells"}.get(reading)
    assert caution is None or any(caution in str(c) for c in result.cautions)


def test_the_busiest_cells_hold_what_they_hold() -> None:
    result = run([55] * 10 + [5] * 90)
    assert result.fact("top10").value == pytest.approx(0.55)
    assert result.fact("top1").value == pytest.approx(0.055)
    assert result.fact("cells_occupied").value == 100
    top = result.fact("top10")
    assert top.low is not None and top.high is not None
    assert top.low < 0.55 <= top.high + 1e-9
    curve = result.tables["curve"]
    assert curve["share_reports"].iloc[10] == pytest.approx(0.55)
    assert curve["even"].iloc[10] == pytest.approx(result.fact("top10_even").value)
    assert 0.1 < curve["even"].iloc[10] < 0.2


def test_less_than_a_cell_is_no_cell() -> None:
    result = run([5] * 60)
    assert not result.has_fact("top1") and result.has_fact("top5")


def test_places_that_stay_and_places_that_move() -> None:
    stay = run([60] * 10 + [2] * 90)
    assert stay.fact("top10_later").value == pytest.approx(600 / 780, abs=0.05)
    times = pd.date_range("2022-01-01", periods=1200, freq="h")
    early, late = np.repeat(np.arange(10), 60), np.repeat(np.arange(10, 20), 60)
    cell = np.concatenate([early, late])
    panel = panel_of_events(times, cell * 500.0, 0.0)
    assert concentration(STEP, panel, np.random.default_rng(1)).fact("top10_later").value == 0.0


def test_two_outcomes() -> None:
    n = 10 * 55 + 90 * 5
    result = run([55] * 10 + [5] * 90, outcome=["confirmed", "not_found"] * (n // 2))
    assert set(result.tables["curve"]["outcome"]) == {"reports", "confirmed"}
    assert result.fact("confirmed_top10").value == pytest.approx(0.55, abs=0.05)
    plain = run([55] * 10 + [5] * 90)
    assert set(plain.tables["curve"]["outcome"]) == {"reports"}
    assert any("confirmed cases" in str(c) for c in plain.cautions)


def test_reports_without_a_point_are_said() -> None:
    times = pd.date_range("2022-01-01", periods=100, freq="D")
    x = np.where(np.arange(100) < 60, np.arange(100) * 500.0, np.nan)
    result = concentration(STEP, panel_of_events(times, x, 0.0), np.random.default_rng(1))
    assert str(result.cautions[0]).startswith("40 reports without a point")
    with pytest.raises(MethodError):
        concentration(STEP, panel_of_events(times), np.random.default_rng(1))


def test_boston_is_mild(shared: object) -> None:
    from pyproj import Transformer

    columns = ["occurred_at", "longitude", "latitude", "address"]
    frame = pd.read_parquet(f"{shared}/data/events/boston/abandoned_vehicles.parquet", columns=columns)
    frame = frame[(frame["latitude"] > 42) & (frame["address"] != "No location specified")]
    x, y = Transformer.from_crs(4326, 32619, always_xy=True).transform(frame["longitude"], frame["latitude"])
    panel = panel_of_events(frame["occurred_at"].dt.tz_localize(None), x, y)
    result = concentration(STEP, panel, np.random.default_rng(1))
    held = [result.fact(name).value for name in ("top1", "top5", "top10")]
    assert held == pytest.approx([0.05, 0.19, 0.33], abs=0.01)
    assert result.fact("reading").value == "mild"
