"""Who reviews what."""

import numpy as np
import pytest

from sigun.council.review.assign import assign, find_conflicts
from sigun.council.review.rubric import ReviewError


def rng() -> np.random.Generator:
    return np.random.default_rng(11)


def test_conflicts_are_of_three_kinds() -> None:
    found = find_conflicts(
        [{"가람시"}, {"나래군"}], [{"u1"}, {"u2"}], ["u2", "u3", "u4"], ["다온시", "가람시", "도"], {(1, 2)}
    )
    assert np.argwhere(found.own).tolist() == [[0, 1]]
    assert np.argwhere(found.author).tolist() == [[1, 0]]
    assert np.argwhere(found.declared).tolist() == [[1, 2]]
    assert np.argwhere(found.any).tolist() == [[0, 1], [1, 0], [1, 2]]


def test_too_many_conflicts_are_said() -> None:
    barred = np.zeros((3, 4), dtype=bool)
    barred[0, :3] = True
    found = assign(barred, 2, rng())
    assert found.short.tolist() == [1, 0, 0]
    assert "1 proposals have fewer than 2 reviewers" in str(found.cautions[0])
    assert "1 reviews could not be assigned" in str(found.cautions[1])


def test_nobody_reads_more_than_they_can() -> None:
    found = assign(np.zeros((6, 3), dtype=bool), 2, rng(), most=np.array([1, 5, 9]))
    assert (found.load <= [1, 5, 9]).all()
    assert found.short.sum() == 0


def test_too_little_room_is_said() -> None:
    found = assign(np.zeros((6, 3), dtype=bool), 2, rng(), most=np.array([1, 2, 3]))
    assert (found.load.tolist(), found.short.sum()) == ([1, 2, 3], 6)
    assert "6 reviews could not be assigned" in str(found.cautions[0])


def test_one_review_each_cannot_be_connected_and_it_is_said() -> None:
    found = assign(np.zeros((6, 3), dtype=bool), 1, rng())
    assert found.part.max() == 2
    assert "6 proposals and 3 reviewers need at least 8" in str(found.cautions[0])


def test_groups_that_conflicts_keep_apart_are_said_to_be() -> None:
    barred = np.ones((6, 6), dtype=bool)
    barred[:3, :3] = barred[3:, 3:] = False
    found = assign(barred, 3, rng())
    assert found.part.tolist() == [0, 0, 0, 1, 1, 1]
    assert "Conflicts and limits keep the groups apart" in str(found.cautions[0])


def test_a_scarce_reviewer_is_kept_for_who_needs_them() -> None:
    """Proposal 0 can only have 0 and 1; the others hand these two on, or it would go short."""
    barred = np.zeros((5, 6), dtype=bool)
    barred[0, 2:] = True
    for seed in range(10):
        found = assign(barred, 2, np.random.default_rng(seed), most=np.array([2] * 6))
        assert found.short.sum() == 0
        assert found.load.max() == 2


def test_blocks_that_could_be_joined_are() -> None:
    """Left to itself with few reviewers, some assignments fall apart; exchanges mend every one of them."""
    for seed in range(60):
        found = assign(np.zeros((8, 8), dtype=bool), 2, np.random.default_rng(seed))
        assert found.part.max() == 0
        assert found.load.tolist() == [2] * 8


def test_nothing_to_assign_is_refused() -> None:
    with pytest.raises(ReviewError, match="nothing to assign"):
        assign(np.zeros((0, 3), dtype=bool), 2, rng())
