"""Kaplan–Meier, competing endings and the log-rank test against a published example.

Remission times (weeks) of 21 patients given 6-mercaptopurine: Freireich et al. (1963), Blood 21:699, as worked in
Kalbfleisch & Prentice (2002), The Statistical Analysis of Failure Time Data, and Kleinbaum & Klein (2012), Survival
Analysis, 3rd ed., ch. 2 (shares, Greenwood errors, medians, log-rank). 95 % bounds are those of log(−log) intervals.
"""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.statistics.survival import cumulative_incidence, kaplan_meier, log_rank, risk_set

SEEN = [6, 6, 6, 7, 10, 13, 16, 22, 23]
OPEN = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

TABLE = [  # weeks, share, error, low, high
    (6, 0.8571, 0.0764, 0.6197, 0.9516),
    (7, 0.8067, 0.0869, 0.5631, 0.9228),
    (10, 0.7529, 0.0963, 0.5032, 0.8894),
    (13, 0.6902, 0.1068, 0.4316, 0.8491),
    (16, 0.6275, 0.1141, 0.3675, 0.8049),
    (22, 0.5378, 0.1282, 0.2678, 0.7468),
    (23, 0.4482, 0.1346, 0.1881, 0.6801),
]


def test_six_mercaptopurine() -> None:
    days = np.array(SEEN + OPEN, dtype=float)
    curve = kaplan_meier(days, np.arange(21) < len(SEEN), level=0.95)
    found = np.column_stack([curve.time, curve.open, curve.error, curve.low, curve.high])
    assert found == pytest.approx(np.array(TABLE), abs=6e-5)
    median, low, high = curve.quantile(0.5)
    assert (median, low) == (23.0, 13.0)
    assert np.isnan(high)


def test_placebo() -> None:
    curve = kaplan_meier(np.array(PLACEBO, dtype=float), np.ones(21, bool), level=0.95)
    assert curve.quantile(0.5) == (8.0, 4.0, 11.0)
    assert curve.open[[0, 4, 5]] == pytest.approx([0.9048, 0.5714, 0.3810], abs=6e-5)


def test_one_ending_alone_is_the_curve_turned_over() -> None:
    days, ending = np.array(SEEN + OPEN, dtype=float), np.where(np.arange(21) < len(SEEN), 0, -1)
    found = cumulative_incidence(days, ending, 1)
    assert 1 - found.share[:, 0] == pytest.approx([row[1] for row in TABLE], abs=6e-5)
    assert found.error[:, 0] == pytest.approx([row[2] for row in TABLE], abs=6e-5)


def test_log_rank() -> None:
    days = np.array(SEEN + OPEN + PLACEBO, dtype=float)
    ended = np.concatenate((np.arange(21) < len(SEEN), np.ones(21, bool)))
    found = log_rank(risk_set(days, ended), np.arange(42) < 21)
    assert (found.observed, round(found.expected, 2)) == (9.0, 19.25)
    assert found.variance == pytest.approx(6.257, abs=5e-4)
    assert found.chi_square == pytest.approx(16.793, abs=5e-4)
