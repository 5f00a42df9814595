"""The Kaplan–Meier kernel."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.duration import kaplan_meier


def test_without_open_cases_it_is_the_empirical_distribution() -> None:
    days = np.random.default_rng(1).exponential(10, 500)
    curve = kaplan_meier(days, np.ones(500, bool))
    grid = np.linspace(0, 60, 61)
    assert curve.at(grid, curve.open) == pytest.approx([(days > day).mean() for day in grid])
    assert curve.quantile(0.5)[0] == np.sort(days)[249]


def test_open_cases_count_until_they_were_last_seen() -> None:
    curve = kaplan_meier(np.array([1.0, 2.0, 3.0, 4.0]), np.array([True, False, True, True]))
    assert curve.time.tolist() == [1.0, 3.0, 4.0]
    assert curve.open.tolist() == pytest.approx([0.75, 0.375, 0.0])


def test_a_case_censored_when_another_closes_is_still_at_risk() -> None:
    assert kaplan_meier(np.array([5.0, 5.0]), np.array([True, False])).open.tolist() == [0.5]


def test_before_the_first_closing_all_are_open() -> None:
    curve = kaplan_meier(np.array([5.0, 9.0]), np.array([True, False]))
    assert curve.at(np.array([0.0, 4.9, 5.0]), curve.open).tolist() == [1.0, 1.0, 0.5]
    assert curve.at(np.array([0.0]), curve.low).tolist() == [1.0]


def test_a_median_that_is_never_reached_is_not_known() -> None:
    curve = kaplan_meier(np.arange(1.0, 11.0), np.arange(10) < 3)
    assert np.isnan(curve.quantile(0.5)[0])
    assert curve.quantile(0.2)[0] == 2.0


def test_nothing_closed() -> None:
    curve = kaplan_meier(np.array([1.0, 2.0]), np.zeros(2, bool))
    assert len(curve.time) == 0
    assert np.isnan(curve.quantile(0.5)).all()
    assert curve.at(np.array([3.0]), curve.open).tolist() == [1.0]


def test_the_median_interval_covers() -> None:
    rng = np.random.default_rng(2)
    inside = 0
    for _ in range(200):
        days, seen = rng.exponential(10, 80), rng.uniform(5, 40, 80)
        _, low, high = kaplan_meier(np.minimum(days, seen), days <= seen).quantile(0.5)
        inside += low <= 10 * np.log(2) <= high
    assert 0.84 <= inside / 200 <= 0.97
