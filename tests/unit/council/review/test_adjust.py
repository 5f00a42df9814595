"""Means freed of who scored."""

import numpy as np
import pytest

from sigun.council.review.adjust import deviation_means, fit_adjusted, parts, raw_means, system
from sigun.council.review.sheets import Tally


def tally(rows: list[list[float | None]]) -> Tally:
    table = np.array([[np.nan if v is None else v for v in row] for row in rows], dtype=float)
    return Tally((~np.isnan(table)).astype(float), np.nan_to_num(table))


def test_everybody_read_everything_leaves_the_raw_means() -> None:
    full = tally([[70, 60, 50], [80, 72, 64], [40, 35, 33]])
    assert fit_adjusted(full).mean - raw_means(full) == pytest.approx(np.full(3, 0), abs=1e-9)


def test_a_proposal_without_a_sheet_has_no_mean() -> None:
    found = fit_adjusted(tally([[70, 60, 50], [None, None, None], [50, 44, 31]]))
    assert np.isnan(found.mean).tolist() == [False, True, False]
    assert np.isnan(found.error).tolist() == [False, True, False]
    assert np.isnan(deviation_means(tally([[70, 60], [None, None]]))).tolist() == [False, True]


def test_one_sheet_each_tells_nothing_of_reviewers() -> None:
    alone = tally([[70, None], [None, 60]])
    found = fit_adjusted(alone)
    assert found.mean == pytest.approx([70, 60])
    assert np.isnan(found.noise)
    assert np.isnan(found.error).all()
    assert deviation_means(alone).tolist() == [70, 60]


def test_a_reviewer_alone_on_a_proposal_is_known_by_the_others() -> None:
    assert deviation_means(tally([[70, 50], [80, None], [90, None]])).tolist() == [60, 70, 80]


def test_few_sheets_shrink_a_reviewer_more_than_many() -> None:
    rng = np.random.default_rng(5)
    seen = np.ones((12, 4))
    seen[1:, 3] = 0
    noise = rng.normal(0, 3, (12, 4))
    points = 60 + noise + np.array([0, 0, -12, -12])
    points[0] = [60, 60, 48, 48]
    found = fit_adjusted(Tally(seen, seen * points))
    assert -12 < found.leniency[2] < found.leniency[3] < -2


def test_standard_errors_fall_with_more_sheets() -> None:
    rng = np.random.default_rng(6)
    seen = np.ones((8, 6))
    seen[0, 1:] = 0
    found = fit_adjusted(Tally(seen, seen * rng.normal(60, 8, (8, 6))))
    assert found.error[0] > 1.5 * found.error[1]


def test_reviewers_taken_twice_count_as_two_and_left_out_as_none() -> None:
    two = tally([[70, 60], [50, 44], [None, 48]])
    matrix, right, rest = system(two, 2.0, np.array([2.0, 0.0]))
    again = tally([[70, 70], [50, 50], [None, None]])
    assert matrix == pytest.approx(system(again, 2.0)[0])
    assert right == pytest.approx(system(again, 2.0)[1])
    assert rest == pytest.approx(system(again, 2.0)[2])


def test_parts_follow_chains_of_shared_reviewers() -> None:
    chained = tally([[1, 1, None, None], [None, 1, 1, None], [None, None, None, 1], [None] * 4])
    assert parts(chained).tolist() == [0, 0, 1, -1]
