"""The simple rules, each by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.forecast.baselines import BASELINES, baselines
from sigun.analysis.forecast.history import Past
from sigun.analysis.forecast.horizons import Span
from sigun.analysis.forecast.places import cell_places

PLACES = cell_places(np.array([0, 0]), np.array([0, 9]), 500, 5)
DAYS = 728


def past(observed: np.ndarray | None = None) -> Past:
    """One report a day at the first place for the last 364 days, half as many before; one at the second, long ago."""
    age = np.concatenate([np.arange(364), np.arange(364, DAYS, 2), [700]])
    place = np.append(np.zeros(len(age) - 1, np.int64), 1)
    seen = np.ones(DAYS, bool) if observed is None else observed
    keep = seen[DAYS - 1 - age]
    daily = np.bincount(DAYS - 1 - age[keep], minlength=DAYS).astype(float)
    return Past(DAYS, place[keep], age[keep], np.ones(keep.sum()), 2, daily, seen)


WEEK = Span(DAYS, DAYS, DAYS + 7)


def test_every_baseline_is_there() -> None:
    found = baselines(past(), PLACES, WEEK)
    assert tuple(found) == BASELINES
    assert found["mean_12m"] == pytest.approx([7.0, 0.0])
    assert found["uniform"] == pytest.approx([3.5, 3.5])
    assert found["mean_all"] == pytest.approx([7 * 546 / 728, 7 / 728])
    assert found["seasonal_naive"] == pytest.approx([7.0, 0.0])
    assert 5.25 < found["ewma"][0] < 7.0
    assert found["kde"].sum() == pytest.approx(7.0)


def test_a_hole_is_no_exposure() -> None:
    observed = np.ones(DAYS, bool)
    observed[-100:-40] = False
    found = baselines(past(observed), PLACES, WEEK)
    assert found["mean_12m"] == pytest.approx([7.0, 0.0])
    assert found["ewma"][0] > 5.25


def test_the_same_days_of_the_year_before_when_last_years_were_not_collected() -> None:
    observed = np.ones(DAYS, bool)
    observed[DAYS - 364 : DAYS - 360] = False
    found = baselines(past(observed), PLACES, WEEK)["seasonal_naive"]
    assert found[0] == pytest.approx(3.0)  # ages 721 to 727: every other day
