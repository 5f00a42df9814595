"""Holes and changes of regime: how rarely something is found that is not there, and that a cut changes no past."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigun.panel.gaps import find_holes, find_regimes

WEEK = np.array([1.23, 1.23, 1.23, 1.23, 1.23, 0.41, 0.41])  # Saturday and Sunday a third of a weekday


def reports(
    rng: np.random.Generator, days: int, rate: float, spread: float = 0.3, season: float = 0.3, growth: float = 0.0
) -> np.ndarray:
    """Negative binomial reports a day: weekends at a third, a yearly cycle, steady growth a year."""
    t = np.arange(days)
    mean = rate * WEEK[t % 7] * np.exp(season * np.sin(2 * np.pi * t / 365.25)) * (1 + growth) ** (t / 365.25)
    return rng.poisson(mean * rng.gamma(1 / spread, spread, days))


@pytest.mark.parametrize("days", [365, 1500, 4000])
@pytest.mark.parametrize("rate", [0.1, 0.3, 1.0, 5.0])
def test_false_holes_are_rarer_than_alpha(days: int, rate: float) -> None:
    rng = np.random.default_rng([days, int(rate * 10)])
    false = sum(bool(find_holes(reports(rng, days, rate, spread=0.6), alpha=0.05)) for _ in range(100))
    assert false <= 5


@pytest.mark.parametrize("rate", [1.0, 3.0, 10.0])
def test_two_months_without_collection_are_found_to_the_week(rate: float) -> None:
    rng = np.random.default_rng(int(rate))
    for _ in range(20):
        daily = reports(rng, 1500, rate)
        daily[700:760] = 0
        ((start, end),) = find_holes(daily, alpha=0.001)
        assert 693 <= start <= 700
        assert 760 <= end <= 767


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), start=st.integers(100, 700), length=st.integers(30, 200), later=st.integers(0, 400))
def test_holes_known_at_a_date_are_those_of_the_series_cut_there(
    seed: int, start: int, length: int, later: int
) -> None:
    daily = reports(np.random.default_rng(seed), 1000, 5.0)
    daily[start : start + length] = 0
    cut = min(start + 25 + later, len(daily))
    found = find_holes(daily[:cut], alpha=0.001)
    assert len(found) == 1
    assert abs(found[0][0] - start) <= 7
    assert abs(found[0][1] - min(start + length, cut)) <= 7


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 30), max_size=400))
def test_holes_are_spans_of_nothing_in_order(counts: list[int]) -> None:
    daily = np.array(counts, dtype=np.int64)
    found = find_holes(daily, alpha=0.01)
    assert list(found) == sorted(found)
    for start, end in found:
        assert 0 <= start < end <= len(daily)
        assert daily[start:end].sum() == 0


@pytest.mark.parametrize("days", [800, 1500, 3700])
@pytest.mark.parametrize("rate", [0.3, 2.0, 20.0])
def test_false_changes_of_regime_are_rare_without_any_change(days: int, rate: float) -> None:
    rng = np.random.default_rng([days, int(rate * 10)])
    false = sum(bool(find_regimes(reports(rng, days, rate), [])) for _ in range(100))
    assert false <= 5


@pytest.mark.parametrize("days", [800, 1500, 3700])
@pytest.mark.parametrize("rate", [2.0, 20.0])
def test_steady_growth_is_hardly_ever_a_change_of_regime(days: int, rate: float) -> None:
    rng = np.random.default_rng([days, int(rate * 10), 1])
    false = sum(bool(find_regimes(reports(rng, days, rate, growth=0.1), [])) for _ in range(60))
    assert false <= 6


@pytest.mark.parametrize(("days", "step"), [(1000, 2.5), (1500, 2.0), (3700, 1.7)])
def test_a_large_change_is_found_near_its_day(days: int, step: float) -> None:
    rng = np.random.default_rng(days)
    found = 0
    for _ in range(40):
        daily = reports(rng, days, 5.0)
        daily[days // 2 :] = rng.poisson(daily[days // 2 :] * step)
        found += any(abs(day - days // 2) <= 31 for day in find_regimes(daily, []))
    assert found >= 34


def test_a_hole_is_no_change_of_regime() -> None:
    rng = np.random.default_rng(3)
    false = 0
    for _ in range(40):
        daily = reports(rng, 2000, 5.0)
        daily[900:1100] = 0
        false += bool(find_regimes(daily, find_holes(daily)))
    assert false <= 2
