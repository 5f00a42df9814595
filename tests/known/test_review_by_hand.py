"""Reviewing, worked by hand.

Three proposals, three reviewers, each proposal read by two (a triangle):

            X    Y    Z      raw
    A      80   66    .      73
    B      70    .   60      65
    C       .   62   66      64

Least squares without a ridge, effects of reviewers adding up to nothing. Differences seen on one proposal:
x − y = 14 (A), x − z = 10 (B), z − y = 4 (C). These agree (14 = 10 + 4), so the fit is exact:
x = (14 + 10) / 3 = 8, z = −2, y = −6, and A = 72, B = 62, C = 68. The raw order A B C becomes A C B.

Per-paper deviation: X is +7 (A) and +5 (B), mean 6; Y −7 (A), −2 (C), mean −4.5; Z −5 (B), +2 (C), mean −1.5.
A = (74 + 70.5) / 2 = 72.25, B = (64 + 61.5) / 2 = 62.75, C = (66.5 + 67.5) / 2 = 67.
"""

import numpy as np
import pytest

from sigun.council.review.adjust import adjusted_means, deviation_means, fit_adjusted, raw_means
from sigun.council.review.sheets import Tally

SEEN = np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]], dtype=float)
TRIANGLE = Tally(SEEN, np.array([[80, 66, 0], [70, 0, 60], [0, 62, 66]], dtype=float))


def test_raw_means() -> None:
    assert raw_means(TRIANGLE).tolist() == [73, 65, 64]


def test_per_paper_deviation() -> None:
    assert deviation_means(TRIANGLE).tolist() == [72.25, 62.75, 67.0]


def test_least_squares() -> None:
    assert adjusted_means(TRIANGLE, ridge=1e-7) == pytest.approx([72, 62, 68], abs=1e-4)


def test_the_ridge_by_hand() -> None:
    """With ridge 2 each reviewer holds 1 / (2 + 2): the matrix is 2 − 2/4 on, −1/4 off the diagonal.

    Right: 146 − (150 + 128) / 4 = 76.5, 130 − (150 + 126) / 4 = 61, 128 − (128 + 126) / 4 = 64.5. With the sum S of the
    means, 1.75 mean − S / 4 = right, hence S (1.75 − 0.75) = 202 and means (right + 50.5) / 1.75.
    """
    assert adjusted_means(TRIANGLE, ridge=2.0) == pytest.approx([127 / 1.75, 111.5 / 1.75, 115 / 1.75])


def test_six_scores_are_few_so_reviewers_are_held_between_raw_and_least_squares() -> None:
    found = fit_adjusted(TRIANGLE)
    assert np.argsort(-found.mean).tolist() == [0, 2, 1]
    assert 62 < found.mean[1] < 65
    assert 64 < found.mean[2] < 68
    assert 0 < found.leniency[0] < 8
    assert found.leniency.sum() == pytest.approx(0)


def test_the_ridge_is_least_squares_with_rows_for_the_ridge() -> None:
    """The same as ordinary least squares on dummies with √ridge × reviewer = 0 as further rows, numbers at random."""
    rng = np.random.default_rng(3)
    seen = (rng.random((7, 5)) < 0.6).astype(float)
    seen[:, 0] = 1
    tally = Tally(seen, seen * rng.normal(60, 10, seen.shape))
    p, r = np.nonzero(seen)
    rows = np.hstack([np.eye(7)[p], np.eye(5)[r]])
    extra = np.hstack([np.zeros((5, 7)), np.sqrt(1.7) * np.eye(5)])
    both = np.linalg.lstsq(np.vstack([rows, extra]), np.append(tally.points[p, r], np.zeros(5)), rcond=None)[0]
    assert adjusted_means(tally, ridge=1.7) == pytest.approx(both[:7])
