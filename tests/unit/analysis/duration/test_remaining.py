"""Days still to go, by the curve from the present age on."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.duration.remaining import YEAR, Remaining, remaining_days
from sigun.analysis.statistics.survival import steps_of


def of(days: np.ndarray, ages: list[float], closed: np.ndarray | None = None) -> Remaining:
    return remaining_days(steps_of(days, np.ones(len(days), bool) if closed is None else closed), np.array(ages))


def test_what_has_no_memory_takes_as_long_at_any_age() -> None:
    found = of(np.random.default_rng(1).exponential(20, 20_000), [0.0, 10.0, 40.0])
    assert found.expected == pytest.approx([20, 20, 20], rel=0.06)
    assert found.early == pytest.approx(20 * -np.log(0.95), rel=0.2)
    assert found.late == pytest.approx(20 * -np.log(0.05), rel=0.1)
    assert found.soon == pytest.approx(1 - np.exp(-1.5), abs=0.02)


def test_the_mean_of_those_still_open() -> None:
    days = np.random.default_rng(2).gamma(2, 15, 500)
    found = of(days, [12.0])
    longer = days[days > 12] - 12
    assert found.expected[0] == pytest.approx(longer.mean())
    assert found.error[0] == pytest.approx(longer.std() / np.sqrt(len(longer)), rel=1e-6)


def test_the_error_covers_the_truth() -> None:
    rng, inside = np.random.default_rng(3), 0
    for _ in range(200):
        days, seen = rng.exponential(20, 150), rng.uniform(20, 200, 150)
        found = of(np.minimum(days, seen), [5.0], days <= seen)
        inside += abs(found.expected[0] - 20) <= 1.645 * found.error[0]
    assert 0.8 <= inside / 200 <= 0.96


def test_at_most_a_year_is_counted() -> None:
    found = of(np.array([10.0, 20.0, 900.0]), [0.0, 30.0], np.array([True, True, False]))
    assert found.expected[0] == pytest.approx((10 + 20 + YEAR) / 3)
    assert found.expected[1] == YEAR
    assert np.isnan(found.late).all()


def test_no_open_case() -> None:
    assert len(of(np.array([1.0, 2.0]), []).expected) == 0


def test_an_old_case_does_not_depend_on_what_became_of_the_young() -> None:
    """All that was watched from the report on is closed by day 30; old cases enter later."""
    days, entry = np.array([10.0, 30.0, 220.0, 240.0]), np.array([0.0, 0.0, 200.0, 200.0])
    found = remaining_days(steps_of(days, np.ones(4, bool), entry), np.array([20.0, 200.0]))
    assert found.expected.tolist() == [10.0, 30.0]
    assert found.soon.tolist() == [1.0, 0.5]
