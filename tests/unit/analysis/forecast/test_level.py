"""The level follows what was observed, apart from season and weekday."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.forecast.history import Past
from sigun.analysis.forecast.level import level_of, rhythm_of
from sigun.analysis.statistics.arrays import weekday


def past(daily: np.ndarray, observed: np.ndarray | None = None) -> Past:
    empty = np.empty(0, np.int64)
    seen = np.ones(len(daily), bool) if observed is None else observed
    return Past(len(daily), empty, empty, empty.astype(float), 1, daily * seen, seen)


def total(p: Past, days: int, mix: float) -> float:
    return level_of(p, (182.0,), (14.0,)).total(p.origin, p.origin + days, 0, 0, mix)


@pytest.mark.parametrize("mix", [0.0, 0.5, 1.0])
def test_a_steady_series_goes_on(mix: float) -> None:
    assert total(past(np.full(1000, 4.0)), 7, mix) == pytest.approx(28.0, rel=0.01)


def test_a_hole_at_the_end_changes_nothing() -> None:
    observed = np.ones(1000, bool)
    observed[900:] = False
    assert total(past(np.full(1000, 4.0), observed), 7, 0.5) == pytest.approx(28.0, rel=0.02)


def test_the_fast_level_follows_a_step_the_slow_one_lags() -> None:
    stepped = past(np.concatenate([np.full(1200, 4.0), np.full(60, 8.0)]))
    slow, fast = total(stepped, 7, 0.0), total(stepped, 7, 1.0)
    assert 28 < slow < 42 < fast < 57


def test_weekdays_have_their_share() -> None:
    day = np.arange(1001)
    daily = np.where(weekday(day) < 5, 6.0, 1.0)
    p = past(daily)
    ahead = [total(p, d + 1, 0.0) - total(p, d, 0.0) if d else total(p, 1, 0.0) for d in range(7)]
    assert ahead == pytest.approx(np.where(weekday(1001 + np.arange(7)) < 5, 6.0, 1.0), rel=0.1)


def test_a_season_is_found_and_growth_is_not_taken_for_one() -> None:
    day = np.arange(365 * 6)
    season = 1 + 0.4 * np.sin(2 * np.pi * day / 365)
    growing = past(5.0 * (1 + day // 365) * season)
    ahead = np.arange(growing.origin, growing.origin + 365)
    found = rhythm_of(growing).of(ahead)
    assert found == pytest.approx(1 + 0.4 * np.sin(2 * np.pi * ahead / 365), abs=0.12)


def test_a_short_history_has_no_season() -> None:
    assert set(rhythm_of(past(np.arange(200.0))).season) == {1.0}


def test_a_quiet_fortnight_is_not_a_level_of_nothing() -> None:
    quiet = np.where(np.arange(700) % 70 == 0, 1.0, 0.0)
    assert 0.02 < total(past(quiet), 7, 1.0) < 0.3
