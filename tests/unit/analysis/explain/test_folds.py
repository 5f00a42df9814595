"""What boosting learns from and is asked: nothing of what it is asked."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.explain.folds import by_region, by_time, previous

REGION, PERIOD = np.divmod(np.arange(8 * 6), 6)
RNG = np.random.default_rng(1)
X = RNG.standard_normal((48, 2))
Y = RNG.standard_normal(48) + 10 * REGION - PERIOD


def test_regions_held_out_teach_nothing() -> None:
    other = Y.copy()
    lessons = by_region(Y, X, REGION, PERIOD, 4, np.random.default_rng(2))
    assert len(lessons) == 4
    for lesson in lessons:
        asked = np.isin(Y, lesson.truth)
        held = np.unique(REGION[asked])
        assert len(held) == 2
        other[np.isin(REGION, held)] += 1000.0
        again = by_region(other, X, REGION, PERIOD, 4, np.random.default_rng(2))
        assert any(np.array_equal(lesson.y, one.y) and np.array_equal(lesson.base, one.base) for one in again)
        other = Y.copy()


def test_each_region_is_asked_once_but_for_its_first_period() -> None:
    lessons = by_region(Y, X, REGION, PERIOD, 4, np.random.default_rng(2))
    asked = np.sort(np.concatenate([lesson.truth for lesson in lessons]))
    assert asked.tolist() == np.sort(Y[PERIOD > 0]).tolist()


def test_distances_from_the_learning_regions_of_the_period() -> None:
    lesson = by_region(Y, X, REGION, PERIOD, 4, np.random.default_rng(2))[0]
    learned = ~np.isin(REGION, np.unique(REGION[np.isin(Y, lesson.truth)]))
    means = np.array([Y[learned & (t == PERIOD)].mean() for t in range(6)])
    assert lesson.y == pytest.approx(Y[learned] - means[PERIOD[learned]])
    assert lesson.base == pytest.approx(means[PERIOD[np.isin(Y, lesson.truth)]])


def test_the_past_strictly_before() -> None:
    lessons = by_time(Y, X, REGION, PERIOD, 3)
    assert [len(lesson.truth) for lesson in lessons] == [8, 8, 8]
    assert [len(lesson.y) for lesson in lessons] == [8 * (t - 1) for t in (3, 4, 5)]
    later = Y + 1000.0 * (PERIOD >= 4)
    for one, other in zip(lessons[:1], by_time(later, X, REGION, PERIOD, 3)[:1], strict=True):
        assert np.array_equal(one.y, other.y)
        assert np.array_equal(one.mean, other.mean)


def test_changes_since_the_period_before() -> None:
    lesson = by_time(Y, X, REGION, PERIOD, 1)[0]
    last, now = PERIOD == 4, PERIOD == 5
    assert lesson.x_held == pytest.approx(X[now] - X[last])
    assert (lesson.base == Y[last]).all()
    assert (lesson.persistence == Y[last]).all()
    assert lesson.mean == pytest.approx([Y[(g == REGION) & (PERIOD < 5)].mean() for g in range(8)])


def test_a_gap_breaks_a_change() -> None:
    there = ~((REGION == 2) & (PERIOD == 4))
    lesson = by_time(Y[there], X[there], REGION[there], PERIOD[there], 1)[0]
    assert len(lesson.truth) == 7
    assert previous(REGION[there], PERIOD[there])[(REGION[there] == 2) & (PERIOD[there] == 5)].tolist() == [-1]


def test_too_short_for_time() -> None:
    short = PERIOD < 3
    assert by_time(Y[short], X[short], REGION[short], PERIOD[short], 5) == []


def test_previous_bears_any_order() -> None:
    order = np.random.default_rng(3).permutation(48)
    before = previous(REGION[order], PERIOD[order])
    known = before >= 0
    assert known.sum() == 40
    assert (PERIOD[order][before[known]] == PERIOD[order][known] - 1).all()
    assert (REGION[order][before[known]] == REGION[order][known]).all()
