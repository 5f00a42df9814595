"""The kernels of time to an end: the curve, competing endings, the test between groups."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.statistics.survival import (
    cumulative_incidence,
    kaplan_meier,
    log_rank,
    pooled,
    risk_set,
    share_bounds,
)


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


def test_a_case_counts_only_from_when_it_is_watched() -> None:
    days, entry = np.array([1.0, 2.0, 4.0]), np.array([0.0, 1.5, 0.0])
    assert kaplan_meier(days, np.ones(3, bool), entry=entry).open.tolist() == pytest.approx([0.5, 0.25, 0.0])


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
    assert cumulative_incidence(np.array([1.0]), np.array([-1]), 2).at(np.array([3.0]), 1)[0].tolist() == [0.0]


def test_the_median_interval_covers() -> None:
    rng = np.random.default_rng(2)
    inside = 0
    for _ in range(200):
        days, seen = rng.exponential(10, 80), rng.uniform(5, 40, 80)
        _, low, high = kaplan_meier(np.minimum(days, seen), days <= seen).quantile(0.5)
        inside += low <= 10 * np.log(2) <= high
    assert 0.84 <= inside / 200 <= 0.97


def watched_cases(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Two endings at rates .06 and .03 a day, watched for 10 to 60 days."""
    days, seen = rng.exponential(1 / 0.09, n), rng.uniform(10, 60, n)
    ending = np.where(rng.random(n) < 2 / 3, 0, 1)
    return np.minimum(days, seen), np.where(days <= seen, ending, -1)


def test_endings_and_open_cases_add_up_to_one() -> None:
    days, ending = watched_cases(np.random.default_rng(3), 300)
    found = cumulative_incidence(days, ending, 2)
    assert found.share.sum(axis=1) == pytest.approx(1 - kaplan_meier(days, ending >= 0).open)


def test_without_open_cases_shares_are_those_of_a_sample() -> None:
    days, ending = np.random.default_rng(4).exponential(10, 200), np.arange(200) % 3
    found = cumulative_incidence(days, ending, 3)
    share = (days[:, None] <= found.time).astype(float)[ending == 1].sum(axis=0) / 200
    assert found.share[:, 1] == pytest.approx(share)
    assert found.error[:-1, 1] == pytest.approx(np.sqrt(share * (1 - share) / 200)[:-1], rel=1e-6)


def test_incidence_intervals_cover() -> None:
    rng, day, inside = np.random.default_rng(5), np.array([15.0]), 0
    true = 2 / 3 * (1 - np.exp(-0.09 * 15))
    for _ in range(300):
        _, low, high = cumulative_incidence(*watched_cases(rng, 80), 2).at(day, 0)
        inside += low[0] <= true <= high[0]
    assert 0.85 <= inside / 300 <= 0.95


def test_a_share_of_nothing_or_all_has_no_interval() -> None:
    low, high = share_bounds(np.array([0.0, 0.5, 1.0]), np.full(3, 0.1))
    assert (low[[0, 2]].tolist(), high[[0, 2]].tolist()) == ([0.0, 1.0], [0.0, 1.0])
    assert 0 < low[1] < 0.5 < high[1] < 1


def test_the_two_groups_of_a_stratum_differ_by_the_same() -> None:
    rng = np.random.default_rng(6)
    days, ended, group = rng.integers(1, 30, 200).astype(float), rng.random(200) < 0.8, rng.random(200) < 0.3
    risk, cluster = risk_set(days, ended), np.arange(200) // 10
    for one, other in ((log_rank(risk, group, c), log_rank(risk, ~group, c)) for c in (None, cluster)):
        assert one.observed - one.expected == pytest.approx(other.expected - other.observed)
        assert one.variance == pytest.approx(other.variance)
    assert pooled([one, one]).chi_square == pytest.approx(2 * one.chi_square)


def test_each_case_as_its_own_cluster_is_nearly_the_plain_test() -> None:
    rng = np.random.default_rng(7)
    days, group = rng.exponential(10, 1000), rng.random(1000) < 0.5
    risk = risk_set(days, np.ones(1000, bool))
    assert log_rank(risk, group, np.arange(1000)).variance == pytest.approx(log_rank(risk, group).variance, rel=0.1)


def test_cases_closed_in_one_go_are_no_evidence_of_many() -> None:
    rng, plain, by_week = np.random.default_rng(8), 0, 0
    for _ in range(200):
        week = np.arange(600) // 10
        days = rng.exponential(10, 60)[week] + rng.random(600)  # a week's reports are closed together
        group = (rng.random(60) < 0.3)[week]  # and come from one part of the city
        risk = risk_set(days, np.ones(600, bool))
        plain += log_rank(risk, group).p < 0.1
        by_week += log_rank(risk, group, week).p < 0.1
    assert plain / 200 > 0.4
    assert by_week / 200 < 0.18


def test_a_group_that_closes_later_is_seen() -> None:
    rng = np.random.default_rng(10)
    group = np.arange(400) % 4 == 0
    days = rng.exponential(np.where(group, 20.0, 10.0))
    found = log_rank(risk_set(days, np.ones(400, bool)), group, np.arange(400) // 8)
    assert found.observed < found.expected
    assert found.p < 1e-3


def test_no_case_outside_the_group_is_no_test() -> None:
    assert np.isnan(log_rank(risk_set(np.array([1.0, 2.0]), np.ones(2, bool)), np.ones(2, bool)).p)
