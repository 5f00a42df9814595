"""The total leans to the memory that told best, and no farther than it was taught."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.forecast.history import Past
from sigun.analysis.forecast.horizons import Span
from sigun.analysis.forecast.pace import LEANINGS, Pace, fit_leanings, pace_of

NONE = np.zeros(len(LEANINGS))


def past(daily: np.ndarray) -> Past:
    rows = np.zeros(0, np.int64)
    return Past(len(daily), rows, rows, np.zeros(0), 1, daily.astype(float), np.ones(len(daily), bool))


def test_a_steady_series_goes_on() -> None:
    found = pace_of(past(np.full(900, 4.0)), Span(900, 900, 914))
    assert found.total(NONE) == pytest.approx(14 * 4.0, rel=0.01)
    np.testing.assert_allclose(found.leanings, 0.0, atol=0.02)


def test_nothing_was_ever_reported() -> None:
    assert pace_of(past(np.zeros(400)), Span(400, 400, 407)).total(NONE) == 0.0


def test_where_the_last_weeks_told_best_the_total_leans_to_them() -> None:
    rng = np.random.default_rng(2)
    week = rng.normal(0.0, 0.3, 100)
    paces = [Pace(400.0, np.array([w, 0.1, -0.1, 0.0])) for w in week]
    fitted = fit_leanings(400.0 * np.exp(0.8 * week), paces, overlap=1.0)
    assert fitted[0] == pytest.approx(0.8, abs=0.05)
    np.testing.assert_allclose(fitted[1:], 0.0, atol=0.05)


def test_few_reports_teach_little_and_overlapping_ones_less() -> None:
    week = np.linspace(-0.3, 0.3, 20)
    paces = [Pace(2.0, np.array([w, 0.0, 0.0, 0.0])) for w in week]
    few = fit_leanings(2.0 * np.exp(2.0 * week), paces, overlap=1.0)[0]
    assert 0 < few < 0.5
    assert fit_leanings(2.0 * np.exp(2.0 * week), paces, overlap=4.0)[0] < few


def test_no_leaning_carries_farther_than_twice() -> None:
    wild = Pace(10.0, np.array([5.0, 0.0, 0.0, 0.0]))
    assert wild.total(np.array([3.0, 0.0, 0.0, 0.0])) == pytest.approx(20.0)
