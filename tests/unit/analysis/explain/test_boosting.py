"""Boosting held out: it finds what is there, nothing where there is nothing, and the same twice."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.explain.boosting import HeldOut, Score, held_out
from sigun.errors import MethodError

REGION, PERIOD = np.divmod(np.arange(40 * 10), 10)
GROUPS = np.array([0, 0, 1, 2])


def _factors(seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((40, 1, 4)) + 0.5 * rng.standard_normal((40, 10, 4)).cumsum(axis=1)
    x[:, :, 1] = x[:, :, 0] + 0.1 * rng.standard_normal((40, 10))
    return x.reshape(-1, 4)


def _run(y: np.ndarray, x: np.ndarray, seed: int = 7) -> HeldOut:
    return held_out(y, x, REGION, PERIOD, GROUPS, 4, 10, np.random.default_rng(seed))


def _score(found: HeldOut, split: str, model: str) -> Score:
    return next(s for s in found.scores if (s.split, s.model) == (split, model))


@pytest.fixture(scope="module")
def planted() -> HeldOut:
    x, rng = _factors(1), np.random.default_rng(2)
    return _run(x[:, 0] + 2 * rng.standard_normal(40)[REGION] - 0.3 * PERIOD + 0.1 * rng.standard_normal(400), x)


def test_changes_are_foretold_better_than_by_persistence(planted: HeldOut) -> None:
    assert _score(planted, "time", "boosting").rmse < 0.7 * _score(planted, "time", "persistence").rmse
    assert _score(planted, "time", "mean").r2 == 0


def test_the_region_a_factor_does_not_tell_of_is_not_foretold(planted: HeldOut) -> None:
    """Most of the level is the region's own: the model must not seem to know it."""
    assert _score(planted, "region", "boosting").r2 < 0.5 < _score(planted, "region", "persistence").r2


@pytest.mark.parametrize("split", ["region", "time"])
def test_the_group_that_matters_stands_out(planted: HeldOut, split: str) -> None:
    first, *others = (i for i in planted.importance if i.split == split)
    assert first.group == 0
    assert first.low > 0
    assert all(other.low <= 0.02 and other.importance < 0.2 * first.importance for other in others)


def test_a_group_is_shuffled_alone() -> None:
    x = _factors(3)
    found = [i for i in _run(x[:, 3], x).importance if i.split == "time"]
    assert found[2].low > 10 * max(found[0].importance, found[1].importance)


def test_models_of_a_split_are_scored_on_the_same_rows(planted: HeldOut) -> None:
    assert {s.n for s in planted.scores if s.split == "region"} == {360}
    assert {s.n for s in planted.scores if s.split == "time"} == {160}
    assert {s.folds for s in planted.scores} == {4}


def test_nothing_is_found_where_nothing_is() -> None:
    y = np.random.default_rng(5).standard_normal((40, 10)).cumsum(axis=1).ravel()
    found = _run(y, _factors(6))
    assert _score(found, "time", "boosting").rmse > 0.97 * _score(found, "time", "persistence").rmse
    assert all(i.low <= 0.0 for i in found.importance if i.split == "time")


def test_the_same_twice(planted: HeldOut) -> None:
    x, rng = _factors(1), np.random.default_rng(2)
    again = _run(x[:, 0] + 2 * rng.standard_normal(40)[REGION] - 0.3 * PERIOD + 0.1 * rng.standard_normal(400), x)
    assert again == planted


def test_a_short_panel_is_held_out_by_region_only() -> None:
    some = PERIOD < 3
    x = _factors(1)[some]
    found = held_out(x[:, 0], x, REGION[some], PERIOD[some], GROUPS, 4, 5, np.random.default_rng(1))
    assert {s.split for s in found.scores} == {"region"}


def test_too_few_regions_and_no_two_periods_running() -> None:
    x = _factors(1)
    few, apart = REGION < 5, PERIOD % 2 == 0
    for some in (few, apart):
        with pytest.raises(MethodError, match="Too few regions observed"):
            held_out(x[some, 0], x[some], REGION[some], PERIOD[some], GROUPS, 4, 5, np.random.default_rng(1))
