"""The split of a variable's variance."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.diagnostics.variance import split

REGION, PERIOD = np.repeat([0, 1, 2], 4), np.tile(np.arange(4), 3)


def test_constant_inside_regions() -> None:
    found = split(np.repeat([1.0, 5.0, 9.0], 4), REGION, PERIOD)
    assert (found.within_share, found.twoway_share, found.sd_within) == (0.0, 0.0, 0.0)
    assert found.sd_between == pytest.approx(4.0)
    assert found.balanced


def test_the_same_course_everywhere_is_inside_regions_but_not_beside_the_periods() -> None:
    found = split(np.tile([1.0, 2.0, 3.0, 6.0], 3), REGION, PERIOD)
    assert found.within_share == pytest.approx(1.0)
    assert found.twoway_share == 0.0
    assert found.sd_between == pytest.approx(0.0)


def test_squares_add_up_and_gaps_are_counted() -> None:
    values = np.random.default_rng(2).standard_normal(12) + REGION
    values[[3, 7]] = np.nan
    found = split(values, REGION, PERIOD)
    there = ~np.isnan(values)
    means = np.array([np.nanmean(values[g == REGION]) for g in range(3)])
    inside = values[there] - means[REGION[there]]
    assert found.sd_within == pytest.approx(np.sqrt(inside @ inside / 9))
    assert found.within_share == pytest.approx((inside @ inside) / (np.nanvar(values) * 10))
    assert found.twoway_share < found.within_share
    assert (found.observed, found.missing, found.regions, found.periods, found.balanced) == (10, 2, 3, 4, False)


def test_rows_that_are_absent_are_missing_too() -> None:
    found = split(np.arange(11.0), REGION[:-1], PERIOD[:-1])
    assert (found.observed, found.missing) == (11, 1)


def test_no_variation_at_all() -> None:
    found = split(np.full(12, 3.0), REGION, PERIOD)
    assert (found.sd, found.within_share, found.mean) == (0.0, 0.0, 3.0)
