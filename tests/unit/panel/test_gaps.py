"""Holes and changes of regime in a daily series: what is one, and what is not."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.panel.gaps import find_holes, find_regimes, weekday_profile, zero_runs

WEEKLY = np.tile([5, 6, 4, 5, 6, 2, 1], 104)


def with_zeros(*spans: tuple[int, int]) -> np.ndarray:
    daily = WEEKLY.copy()
    for start, end in spans:
        daily[start:end] = 0
    return daily


def test_zero_runs_are_half_open_and_reach_both_ends() -> None:
    assert zero_runs(np.array([0, 0, 1, 0, 2, 0])) == [(0, 2), (3, 4), (5, 6)]


def test_weekday_profile_is_relative_to_the_average_day() -> None:
    profile = weekday_profile(WEEKLY, np.ones(len(WEEKLY), dtype=bool))
    assert profile[:7].mean() == pytest.approx(1)
    assert profile[1] / profile[6] == pytest.approx(6, rel=0.05)


@pytest.mark.parametrize(
    "spans",
    [
        [(100, 150)],
        [(100, 150), (400, 414)],
        [(0, 40)],  # before the first report
        [(len(WEEKLY) - 30, len(WEEKLY))],  # still going on
        [(100, 150), (153, 200)],  # three days of reports in between
    ],
)
def test_long_silence_in_a_busy_series_is_a_hole(spans: list[tuple[int, int]]) -> None:
    found = find_holes(with_zeros(*spans), 0.001)
    assert found == tuple(spans)


@pytest.mark.parametrize("length", [3, 7, 10])
def test_a_holiday_is_not_a_hole(length: int) -> None:
    assert find_holes(with_zeros((300, 300 + length)), 0.001) == ()


def test_silence_in_a_sparse_series_is_not_a_hole() -> None:
    daily = np.zeros(2000, dtype=np.int64)
    daily[::17] = 1
    assert find_holes(daily, 0.001) == ()


def test_a_sparse_start_before_a_jump_is_not_a_hole() -> None:
    sparse = np.zeros(700, dtype=np.int64)
    sparse[::12] = 1
    assert find_holes(np.concatenate((sparse, WEEKLY)), 0.001) == ()


@pytest.mark.parametrize("cut", [112, 120, 149, 151, 155, 170, 178, 179, 200, 700])
def test_a_hole_stays_found_whenever_one_looks(cut: int) -> None:
    daily = with_zeros((90, 150))[:cut]
    assert find_holes(daily, 0.001) == ((90, min(cut, 150)),)


@pytest.mark.parametrize("daily", [[], [0], [0] * 400, [3] * 10, [1] + [0] * 399])
def test_too_little_to_judge_is_no_hole(daily: list[int]) -> None:
    assert find_holes(np.array(daily, dtype=np.int64), 0.001) == ()


def test_a_step_in_level_is_dated_to_the_day() -> None:
    daily = np.concatenate((WEEKLY, WEEKLY * 2))
    (day,) = find_regimes(daily, [])
    assert abs(day - len(WEEKLY)) <= 7


@pytest.mark.parametrize("start", range(30, 390, 60))
def test_a_busy_season_before_a_step_is_not_taken_for_it(start: int) -> None:
    day = np.arange(4 * 365)
    level = np.where(day < 2 * 365 + start, 8.0, 12.0) * (1 + 0.4 * np.sin(2 * np.pi * day / 365.25))
    daily = np.floor(np.cumsum(level)).astype(np.int64)
    daily = np.diff(daily, prepend=0)
    (found,) = find_regimes(daily, [])
    assert abs(found - (2 * 365 + start)) <= 4


def test_two_steps_are_told_apart() -> None:
    daily = np.concatenate((WEEKLY, WEEKLY * 3, WEEKLY))
    assert [round(day / len(WEEKLY)) for day in find_regimes(daily, [])] == [1, 2]


def test_a_change_of_less_than_the_ratio_is_none() -> None:
    daily = np.concatenate((WEEKLY * 10, WEEKLY * 12))
    assert find_regimes(daily, []) == ()
    assert len(find_regimes(daily, [], ratio=1.1)) == 1


def test_a_change_in_a_hole_begins_when_collection_does() -> None:
    daily = np.concatenate((WEEKLY, WEEKLY * 3))
    start = len(WEEKLY)
    daily[start - 30 : start + 30] = 0
    assert find_regimes(daily, [(start - 30, start + 30)]) == (start + 30,)


@pytest.mark.parametrize("daily", [[], [0] * 1000, [1] * 700, [5] * 350 + [50] * 350])
def test_too_little_to_judge_is_no_change(daily: list[int]) -> None:
    assert find_regimes(np.array(daily, dtype=np.int64), []) == ()
