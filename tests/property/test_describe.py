"""Whatever the events, a describing method answers within its bounds or says why it cannot."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import panel_of_events
from sigun.analysis.methods import adapter
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.plan import steps
from sigun.result import Result, read_result, result_hash, save_result

STEPS = [
    steps.Trend(method="trend"),
    steps.Rhythm(method="rhythm"),
    steps.Kinds(method="kinds"),
    steps.Concentration(method="concentration"),
    steps.Duration(method="duration"),
]
VALUES = {
    "rate",
    "index",
    "share",
    "ratio",
    "weekend_ratio",
    "median_days",
    "share_open",
    "yearly_change",
    "expected_days",
}
START = date(2020, 2, 27)


@st.composite
def panels(draw: st.DrawFn) -> Panel:
    """Few or many events over days or years, in holes or out, with columns told, half told or not told."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, length = draw(st.sampled_from([1, 30, 60, 400])), draw(st.sampled_from([1, 40, 400, 1100]))
    minutes = np.sort(rng.integers(0, length * 1440, n))
    when = pd.Timestamp(START) + pd.to_timedelta(minutes, unit="min")
    if draw(st.booleans()):
        when = when.normalize()
    hole = draw(st.integers(0, length)), draw(st.integers(1, 200))
    start = START + timedelta(days=hole[0])
    told = {name: _told(rng, n, values, draw(st.sampled_from([0.0, 0.5, 1.0]))) for name, values in WORDS.items()}
    x = np.where(rng.random(n) < draw(st.sampled_from([0.0, 0.7, 1.0])), rng.gamma(0.5, 4000, n), np.nan)
    closed = pd.Series(when + pd.to_timedelta(rng.exponential(20, n), unit="D")).where(rng.random(n) < 0.5)
    return panel_of_events(
        when,
        x,
        rng.gamma(0.5, 4000, n),
        start=START,
        end=START + timedelta(days=length),
        holes=[(start, start + timedelta(days=hole[1]))] if draw(st.booleans()) else [],
        regimes=[START + timedelta(days=int(day)) for day in rng.integers(0, length, draw(st.integers(0, 3)))],
        closed_at=closed,
        **told,
    )


WORDS = {
    "kind": ["승용", "이륜차"],
    "channel": ["앱", "전화"],
    "region": ["11", "12"],
    "outcome": ["confirmed", "open"],
}


def _told(rng: np.random.Generator, n: int, values: list[str], share: float) -> list[str | None]:
    return [str(rng.choice(values)) if rng.random() < share else None for _ in range(n)]


def answers(panel: Panel) -> dict[str, Result]:
    found = {}
    for step in STEPS:
        try:
            found[step.method] = adapter(step.method)(step, panel, np.random.default_rng(1))
        except MethodError as error:
            assert error.what and error.where and error.remedy
    return found


@given(panels())
@settings(max_examples=15, deadline=None, derandomize=True)
def test_values_lie_inside_their_bounds(panel: Panel) -> None:
    for method, result in answers(panel).items():
        for name, table in result.tables.items():
            if "low" not in table:
                continue
            value = table["number"] if name == "facts" else table[next(c for c in table if c in VALUES)]
            inside = (table["low"] <= value + 1e-9) & (value <= table["high"] + 1e-9)
            unknown = value.isna() | table["low"].isna() | table["high"].isna()
            assert (inside | unknown).all(), f"{method}.{name}\n{table[~(inside | unknown)]}"
            assert not np.isinf(table.select_dtypes("float")).any().any(), f"{method}.{name}"


@pytest.mark.parametrize("seed", [1, 2])
def test_answers_survive_the_disk(tmp_path: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    when = pd.Timestamp(START) + pd.to_timedelta(np.sort(rng.integers(0, 900 * 1440, 500)), unit="min")
    panel = panel_of_events(when, rng.gamma(1, 900, 500), 0.0, closed_at=when, outcome="confirmed", kind="승용")
    for method, result in answers(panel).items():
        save_result(result, tmp_path / method)
        assert result_hash({method: read_result(tmp_path / method)}) == result_hash({method: result})
