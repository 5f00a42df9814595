"""A day's reports beside one column: planted effects, pure chance, and days that go together."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.statistics.day_effect import bin_of, calendar_columns, day_effect, newey_west, round_step
from sigun.analysis.statistics.glm import fit_poisson
from sigun.errors import MethodError

DAY = np.arange(3 * 365)
WEEKDAY, MONTH, YEAR = DAY % 7, DAY // 30 % 12 + 1, DAY // 365
CALENDAR = calendar_columns(WEEKDAY, MONTH, YEAR)
LEVEL = np.exp(2 + 0.5 * (WEEKDAY < 5) + 0.3 * np.cos(DAY / 58) + 0.4 * YEAR)


def slow(rng: np.random.Generator, keep: float) -> np.ndarray:
    """A series of mean 0 and variance 1 that remembers the day before."""
    found = rng.normal(size=len(DAY))
    for i in range(1, len(found)):
        found[i] = keep * found[i - 1] + np.sqrt(1 - keep**2) * found[i]
    return np.asarray(found)


def test_a_planted_ratio_is_recovered_beside_season_week_and_level() -> None:
    rng = np.random.default_rng(1)
    warm = 12 * np.sin(DAY / 58) + 4 * rng.normal(size=len(DAY))
    found = day_effect(rng.poisson(LEVEL * np.exp(0.02 * warm)).astype(float), warm, CALENDAR, DAY)
    assert found.per == 5.0  # what the season leaves of it spreads by about 4
    assert found.low < np.exp(0.1) < found.high
    assert found.high / found.low < 1.1
    assert found.p < 0.001


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """Weather and the reports' own level both remember the day before: plain errors would be too small."""
    held, plain = [], []
    level = np.ones((len(DAY), 1))
    for seed in range(80):
        rng = np.random.default_rng(seed)
        x = slow(rng, 0.75)
        count = rng.poisson(8 * np.exp(0.3 * slow(rng, 0.75))).astype(float)
        found = day_effect(count, x, level, DAY)
        held.append(found.low <= 1 <= found.high)
        fit = fit_poisson(count, np.column_stack([level, x]))
        plain.append(abs(fit.beta[1]) < 1.645 * np.sqrt(fit.covariance[1, 1]))
    assert 0.80 <= np.mean(held) <= 0.96
    assert np.mean(plain) < np.mean(held) - 0.04


def test_a_few_days_that_tell_nearly_all_do_not_make_it_sure() -> None:
    """Snow on a dozen days: each draws the fit to itself, so what it leaves there says too little of the spread."""
    held = []
    level = np.ones((len(DAY), 1))
    for seed in range(150):
        rng = np.random.default_rng(seed)
        snow = np.zeros(len(DAY))
        snow[rng.choice(len(DAY), 12, replace=False)] = rng.gamma(0.6, 10.0, 12)
        found = day_effect(rng.negative_binomial(2, 0.2, len(DAY)).astype(float), snow, level, DAY)
        held.append(found.low <= 1 <= found.high)
    assert np.mean(held) >= 0.86


def test_the_unit_does_not_matter() -> None:
    rng = np.random.default_rng(2)
    inches = rng.gamma(0.3, 1.0, len(DAY))
    count = rng.poisson(LEVEL * np.exp(-0.1 * inches)).astype(float)
    one, other = day_effect(count, inches, CALENDAR, DAY), day_effect(count, inches * 25.4, CALENDAR, DAY)
    assert np.log(one.ratio) / one.per == pytest.approx(np.log(other.ratio) / other.per * 25.4)
    assert one.p == pytest.approx(other.p)


def test_what_the_calendar_says_already_is_refused() -> None:
    with pytest.raises(MethodError):
        day_effect(LEVEL, MONTH.astype(float), CALENDAR, DAY)


def test_calendar_columns_can_always_be_told_apart() -> None:
    short = calendar_columns(DAY[:40] % 7, MONTH[:40], np.repeat([1, 2], 20))  # a month in one stretch only
    assert np.linalg.matrix_rank(short) == short.shape[1]
    months_as_stretches = calendar_columns(WEEKDAY, MONTH, MONTH)
    assert months_as_stretches.shape[1] == 12 + 6


def test_without_lags_errors_are_those_of_the_sandwich_and_gaps_are_kept_apart() -> None:
    rng = np.random.default_rng(3)
    x = np.ones((200, 1))
    count = rng.poisson(5.0, 200).astype(float)
    fit = fit_poisson(count, x)
    far = newey_west(x, count - fit.fitted, fit.fitted, np.arange(200) * 100)
    plain = np.sum((count - fit.fitted) ** 2) / fit.fitted.sum() ** 2
    assert far[0, 0] == pytest.approx(plain)
    near = newey_west(x, count - fit.fitted, fit.fitted, np.arange(200))
    assert near[0, 0] != pytest.approx(plain)


@pytest.mark.parametrize(("spread", "step"), [(0.29, 0.2), (0.4, 0.5), (4.1, 5), (8, 10), (13, 10), (0.011, 0.01)])
def test_steps_are_round(spread: float, step: float) -> None:
    assert round_step(spread) == step


def test_bins_are_even_and_dry_days_stand_alone() -> None:
    even = bin_of(np.arange(100.0))
    assert np.bincount(even).tolist() == [20] * 5
    rain = np.concatenate([np.zeros(60), np.arange(1.0, 31)])
    assert np.bincount(bin_of(rain)).tolist() == [60, 10, 10, 10]
    assert bin_of(np.ones(5)).tolist() == [0] * 5
