"""From single scores to points; what is missing is told, what is impossible is refused."""

import numpy as np
import pytest

from sigun.council.review.rubric import Criterion, ReviewError, Rubric
from sigun.council.review.sheets import Scores, add_up
from sigun.errors import Several

RUBRIC = Rubric(
    id="r",
    title="R",
    criteria=(Criterion(id="a", title="A", weight=75, low=1, high=5), Criterion(id="b", title="B", weight=25)),
)


def scores(*rows: tuple[int, int, int, float]) -> Scores:
    p, r, c, v = zip(*rows, strict=True)
    return Scores(np.array(p), np.array(r), np.array(c), np.array(v, dtype=float))


def test_points_are_weights_times_the_way_up_each_scale() -> None:
    points = add_up(scores((0, 0, 0, 3), (0, 0, 1, 10), (0, 1, 0, 1), (0, 1, 1, 0)), RUBRIC, (1, 2))
    assert points.tally.points.tolist() == [[75 / 2 + 25, 0]]
    assert points.tally.seen.tolist() == [[1, 1]]


def test_thirds_come_to_one_hundred() -> None:
    thirds = tuple(Criterion(id=i, title=i, weight=33.33) for i in "abc")
    full = scores((0, 0, 0, 10), (0, 0, 1, 10), (0, 0, 2, 10))
    assert add_up(full, Rubric(id="r", title="R", criteria=thirds), (1, 1)).tally.points[0, 0] == pytest.approx(100)


def test_a_sheet_with_a_missing_score_has_no_points_and_is_told() -> None:
    points = add_up(scores((0, 0, 0, 3), (1, 0, 0, np.nan), (1, 0, 1, 5)), RUBRIC, (2, 1))
    assert points.tally.seen.tolist() == [[0], [0]]
    assert points.tally.points.tolist() == [[0], [0]]
    assert points.missing == ((0, 0, 1), (1, 0, 0))


def test_an_assigned_sheet_that_was_never_begun_is_told() -> None:
    points = add_up(scores((0, 0, 0, 3), (0, 0, 1, 5)), RUBRIC, (2, 1), assigned=np.array([[0, 0], [1, 0]]))
    assert points.missing == ((1, 0, 0), (1, 0, 1))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((0, 0, 0, 5.5), "off its scale"),
        ((0, 0, 0, 0.0), "off its scale"),
        ((0, 0, 1, float("inf")), "off its scale"),
        ((0, 0, 2, 1.0), "does not exist"),
        ((-1, 0, 0, 1.0), "does not exist"),
        ((0, 3, 0, 1.0), "does not exist"),
    ],
)
def test_an_impossible_score_is_refused(row: tuple[int, int, int, float], said: str) -> None:
    with pytest.raises(ReviewError, match=said):
        add_up(scores(row), RUBRIC, (1, 1))


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(Several) as found:
        add_up(scores((0, 0, 0, 9), (0, 0, 1, 5), (0, 0, 1, 5)), RUBRIC, (1, 1))
    assert len(found.value.problems) == 2
