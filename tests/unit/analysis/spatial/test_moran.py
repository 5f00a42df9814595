"""Moran's I: its expectation and variance, and its permutation in panels."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from sigun.analysis.spatial.moran import moran, moran_panel, moran_residuals
from sigun.analysis.spatial.sample import row_standardised
from sigun.errors import MethodError

SIDE = 5
PLACE = np.arange(SIDE * SIDE)
COLUMN, ROW = PLACE % SIDE, PLACE // SIDE
MAP = row_standardised(sparse.csr_matrix(np.abs(COLUMN[:, None] - COLUMN) + np.abs(ROW[:, None] - ROW) == 1))


def test_expectation_and_variance_are_those_of_chance() -> None:
    rng = np.random.default_rng(1)
    x = np.column_stack([np.ones(25), COLUMN, rng.standard_normal(25)])
    draws = rng.standard_normal((2500, 25))
    left = draws - draws @ np.linalg.qr(x)[0] @ np.linalg.qr(x)[0].T
    found = [moran_residuals(row, x, MAP) for row in left]
    assert np.mean([one.index for one in found]) == pytest.approx(found[0].expected, abs=0.01)
    assert np.std([one.z for one in found]) == pytest.approx(1.0, abs=0.04)


def test_the_traces_by_brute_force() -> None:
    x = np.column_stack([np.ones(25), COLUMN**2])
    residual = np.eye(25) - x @ np.linalg.inv(x.T @ x) @ x.T
    weight = MAP.toarray()
    first = np.trace(residual @ weight)
    second = np.trace(residual @ weight @ residual @ weight.T) + np.trace(residual @ weight @ residual @ weight)
    variance = (second + first**2) / (23 * 25) - (first / 23) ** 2
    values = residual @ np.random.default_rng(2).standard_normal(25)
    index = values @ weight @ values / (values @ values)
    found = moran_residuals(values, x[:, 1:], MAP)
    assert found == moran_residuals(values, x, MAP)
    assert (found.index, found.expected) == pytest.approx((index, first / 23))
    assert found.z == pytest.approx((index - first / 23) / np.sqrt(variance))


def test_values_that_lie_together_and_a_chessboard() -> None:
    assert moran(COLUMN.astype(float), MAP).index > 0.5
    assert moran(((COLUMN + ROW) % 2).astype(float), MAP).z < -3


def test_histories_are_shuffled_whole() -> None:
    """Regions whose residuals go on from year to year: shuffled apart by period, too many would look alike."""
    rng, low = np.random.default_rng(3), []
    for world in range(150):
        lasting = rng.standard_normal((25, 1)) + 0.3 * rng.standard_normal((25, 8))
        low.append(moran_panel(lasting, MAP, 99, np.random.default_rng(world)).p < 0.05)
    assert np.mean(low) <= 0.09


def test_a_pattern_is_seen_and_the_mean_is_of_the_periods() -> None:
    rng = np.random.default_rng(4)
    panel = (COLUMN[:, None] - 2.0) * 0.7 + rng.standard_normal((25, 6))
    found = moran_panel(panel, MAP, 199, np.random.default_rng(1))
    assert found.p == pytest.approx(0.01)
    assert found.index == pytest.approx(found.by_period.mean())
    assert found.by_period == pytest.approx([moran(panel[:, t], MAP).index for t in range(6)])
    assert found.low < 0 < found.high < found.index


def test_the_same_draws_give_the_same_p() -> None:
    panel = np.random.default_rng(5).standard_normal((25, 3))
    one, other = (moran_panel(panel, MAP, 99, np.random.default_rng(9)) for _again in range(2))
    assert (one.p, one.low) == (other.p, other.low)


def test_a_period_without_spread_counts_as_no_pattern() -> None:
    panel = np.random.default_rng(5).standard_normal((25, 3))
    panel[:, 1] = 4.0
    assert moran_panel(panel, MAP, 99, np.random.default_rng(9)).by_period[1] == 0


def test_values_that_do_not_vary() -> None:
    with pytest.raises(MethodError, match="Nothing of the outcome is left"):
        moran(np.full(25, 3.0), MAP)
