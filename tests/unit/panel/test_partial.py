"""A channel or an area that falls silent while the others go on."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from sigun.panel.partial import Silence, silences

START, DAYS = date(2020, 1, 1), 1000


def marked(app: np.ndarray, phone: np.ndarray, region: str = "11") -> pd.DataFrame:
    """Reports a day by app and by phone."""
    day = pd.date_range(START, periods=DAYS)
    parts = [
        pd.DataFrame({"occurred_at": day.repeat(n), "why": "", "channel": name, "region": region})
        for name, n in (("앱", app), ("전화", phone))
    ]
    return pd.concat(parts, ignore_index=True).sort_values("occurred_at", ignore_index=True)


def daily(rate: float, *silent: tuple[int, int], seed: int = 1) -> np.ndarray:
    counts = np.random.default_rng(seed).poisson(rate, DAYS)
    for a, b in silent:
        counts[a:b] = 0
    return counts


def found(events: pd.DataFrame, *holes: tuple[int, int]) -> list[Silence]:
    return silences(events, START, START + timedelta(days=DAYS), holes, 0.001)


def test_a_channel_that_stops_while_another_goes_on() -> None:
    (silence,) = found(marked(daily(3, (400, 440)), daily(5, seed=2)))
    assert (silence.by, silence.part) == ("channel", "앱")
    assert silence.span == (400, 440)
    assert silence.expected == pytest.approx(120, rel=0.2)


def test_areas_are_looked_at_alike() -> None:
    events = marked(daily(3, (400, 440)), daily(5, seed=2))
    events["region"] = events["channel"].map({"앱": "11", "전화": "12"})
    assert {(s.by, s.part) for s in found(events)} == {("channel", "앱"), ("region", "11")}


def test_what_stops_with_all_others_is_a_hole_of_the_total() -> None:
    assert found(marked(daily(3, (400, 440)), daily(5, (400, 440), seed=2)), (400, 440)) == []


def test_a_quiet_time_of_all_is_not_the_silence_of_one() -> None:
    few = daily(5, seed=2)
    few[400:440] = np.arange(40) % 8 == 0
    assert found(marked(daily(3, (400, 440)), few)) == []


def test_a_channel_that_had_not_begun_is_not_silent_but_one_that_ends_is() -> None:
    (silence,) = found(marked(daily(3, (0, 300), (900, DAYS)), daily(5, seed=2)))
    assert silence.span == (900, DAYS)


def test_a_rare_channel_tells_nothing() -> None:
    rare = np.zeros(DAYS, dtype=np.int64)
    rare[:90] = 1
    assert found(marked(rare, daily(5, seed=2))) == []


def test_one_channel_alone_has_no_others() -> None:
    events = marked(daily(3, (400, 440)), np.zeros(DAYS, dtype=np.int64))
    assert found(events) == []
