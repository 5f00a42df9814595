"""The kernels of a policy's effect on panels small enough to be worked out by hand, and what must hold of any panel."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from effects import policy_of, world
from sigun.analysis.effect.aggregate import by_calendar, by_cohort, by_event_time, mean_of, overall
from sigun.analysis.effect.group_time import group_time
from sigun.analysis.effect.placebo import bound, placebo_sets
from sigun.analysis.effect.policy import NEVER, Policy
from sigun.analysis.effect.sdid import staggered_sdid
from sigun.analysis.effect.starts import place_of
from sigun.analysis.effect.synthetic import placebo_test, synthetic_control

SMALL = np.array(
    [
        [0.0, 1.0, 5.0, 7.0],  # starts at 2
        [2.0, 3.0, 3.5, 9.0],  # starts at 3
        [1.0, 2.0, 3.0, 4.0],
        [4.0, 5.0, 6.0, 7.0],
    ]
)
START = np.array([2, 3, NEVER, NEVER])


def test_every_cell_is_a_difference_of_differences() -> None:
    found = {(c.cohort, c.period): c.estimate for c in group_time(policy_of(SMALL, START))}
    assert_allclose(
        [found[k] for k in ((2, 0), (2, 2), (2, 3), (3, 0), (3, 1), (3, 3))], [0, 3, 4, 0.5, 0.5, 4.5], atol=1e-12
    )


def test_not_yet_treated_regions_are_compared_with_until_they_start() -> None:
    cells = {(c.cohort, c.period): c for c in group_time(policy_of(SMALL, START), "not_yet_treated")}
    assert sorted(cells[2, 2].control.tolist()) == [1, 2, 3] and cells[2, 3].control.tolist() == [2, 3]
    assert cells[2, 2].estimate == pytest.approx(4.0 - (0.5 + 1 + 1) / 3)


def test_aggregates_weigh_as_they_are_called() -> None:
    cells, n = group_time(policy_of(SMALL, START)), 4
    assert overall(cells, n).estimate == pytest.approx((3.5 + 4.5) / 2)  # each region once
    assert mean_of([c for c in cells if c.event_time >= 0], n).estimate == pytest.approx((3 + 4 + 4.5) / 3)
    assert by_event_time(cells, n)[0].estimate == pytest.approx((3 + 4.5) / 2)
    assert by_calendar(cells, n)[3].estimate == pytest.approx((4 + 4.5) / 2)
    assert by_cohort(cells, n)[2].estimate == pytest.approx(3.5)


def test_errors_of_a_simple_comparison_are_welchs() -> None:
    rng = np.random.default_rng(1)
    y = np.column_stack([np.zeros(12), rng.normal(size=12)])
    start = np.where(np.arange(12) < 5, 1, NEVER)
    from scipy.stats import ttest_ind

    theirs = ttest_ind(y[:5, 1], y[5:, 1], equal_var=False)
    ours = overall(group_time(policy_of(y, start)), 12)
    assert (ours.p(), ours.df) == pytest.approx((theirs.pvalue, theirs.df))
    low, high = ours.interval()
    assert (low, high) == pytest.approx(tuple(theirs.confidence_interval(0.95)))


def test_one_treated_region_has_no_error_of_its_own() -> None:
    assert np.isnan(overall(group_time(policy_of(SMALL, np.array([2, NEVER, NEVER, NEVER]))), 4).se)


@pytest.mark.parametrize("treated", [1, 3])
def test_levels_of_regions_and_of_periods_move_nothing(treated: int) -> None:
    rng = np.random.default_rng(4)
    y, start = world(rng, [8, 9, 8][:treated], effect=1.0)
    moved = y + rng.normal(size=(31, 1)) * 5 + rng.normal(size=15) * 5
    own, donors = np.arange(treated), np.arange(treated, 31)
    for_both = []
    for values in (y, moved):
        policy = policy_of(values, start)
        means = overall(group_time(policy), 31)
        for_both.append([means.estimate, staggered_sdid(policy, own, donors).estimate])
    assert_allclose(*for_both, atol=1e-6)


def test_a_unit_ten_times_as_small_gives_figures_ten_times_as_large() -> None:
    y, start = world(np.random.default_rng(4), [8], effect=1.0)
    own, donors, sets = np.array([0]), np.arange(1, 31), np.arange(30)[:, None]
    one, ten = (placebo_test(synthetic_control(policy_of(k * y, start), own, donors), sets) for k in (1.0, 10.0))
    assert ten.real.estimate == pytest.approx(10 * one.real.estimate, rel=1e-6)
    assert (ten.p, ten.line_p) == (one.p, one.line_p)


def test_a_mix_that_is_the_treated_region_finds_the_effect_to_the_digit() -> None:
    rng = np.random.default_rng(9)
    donors = rng.normal(size=(6, 12)).cumsum(axis=1)
    treated = 0.3 * donors[1] + 0.7 * donors[4]
    y = np.vstack([treated + 2.0 * (np.arange(12) >= 9), donors])
    start = np.array([9, *[NEVER] * 6])
    found = synthetic_control(policy_of(y, start), np.array([0]), np.arange(1, 7))
    assert found.estimate == pytest.approx(2.0, abs=1e-3)
    assert_allclose(found.gaps[0].weights, [0, 0.3, 0, 0, 0.7, 0], atol=1e-3)


def test_a_value_not_observed_leaves_that_region_out_of_that_cell_alone() -> None:
    y = SMALL.copy()
    y[2, 3] = np.nan
    cells = {(c.cohort, c.period): c for c in group_time(policy_of(y, START))}
    assert (2, 3) not in cells  # one region left to compare with
    assert cells[2, 2].control.tolist() == [2, 3]


def test_the_window_and_anticipation_bound_the_event_times() -> None:
    policy = Policy(np.zeros((2, 12)), np.array([6, NEVER]), np.zeros((2, 12, 0)), 1, 3, 2)
    assert policy.event_times(6).tolist() == [-4, -3, -2, -1, 0, 1] and policy.base == -2


def test_sets_of_placebos_hold_each_donor_once() -> None:
    sets = placebo_sets(12, 4, 50, np.random.default_rng(1))
    assert sets.shape == (50, 4) and all(len(set(row)) == 4 for row in sets.tolist())
    assert bound(np.array([1.0])) == np.inf


@pytest.mark.parametrize(
    ("start", "labels", "place"),
    [("2015", ["2014-12", "2015-01"], 1), ("3", ["1", "2", "3"], 2), ("2016-07", ["2016-Q2", "2016-Q3"], 1)],
)
def test_starts_are_found_in_any_calendar(start: str, labels: list[str], place: int) -> None:
    assert place_of(start, labels) == place
