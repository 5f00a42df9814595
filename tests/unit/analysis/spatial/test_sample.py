"""What the spatial methods keep of a panel, and what they leave out."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from sigun.analysis.spatial.sample import row_standardised, spatial_sample, without_effects
from sigun.errors import MethodError

LINE = sparse.csr_matrix(np.diag(np.ones(7), 1) + np.diag(np.ones(7), -1))  # eight regions in a row
REGION, PERIOD = np.repeat(np.arange(8), 3), np.tile(np.arange(3) + 5, 8)
Y = np.random.default_rng(1).standard_normal(24)
X = np.random.default_rng(2).standard_normal((24, 2))


def test_all_of_a_complete_panel() -> None:
    sample = spatial_sample(Y, X, REGION, PERIOD, LINE, "twoway")
    assert sample.y.ravel() == pytest.approx(Y)
    assert sample.x.reshape(24, 2) == pytest.approx(X)
    assert (sample.kept.tolist(), sample.left_out.tolist(), sample.periods.tolist()) == ([*range(8)], [], [5, 6, 7])
    assert np.asarray(sample.weight.sum(axis=1)).ravel() == pytest.approx(np.ones(8))
    assert (sample.repeats, sample.degrees) == (2, 14)


@pytest.mark.parametrize(("effects", "repeats", "degrees"), [("constant", 3, 24), ("region", 2, 16), ("twoway", 2, 14)])
def test_observations_that_count(effects: str, repeats: int, degrees: int) -> None:
    sample = spatial_sample(Y, X, REGION, PERIOD, LINE, effects)  # type: ignore[arg-type]
    assert (sample.repeats, sample.degrees) == (repeats, degrees)


def test_a_region_with_a_gap_is_left_out_and_its_neighbours_count_anew() -> None:
    there = ~((REGION == 3) & (PERIOD == 6))
    sample = spatial_sample(Y[there], X[there], REGION[there], PERIOD[there], LINE, "region")
    assert sample.left_out.tolist() == [3]
    row = sample.weight.toarray()[sample.kept.tolist().index(4)]
    assert row[sample.kept.tolist().index(5)] == 1.0  # its other neighbour is gone


def test_a_region_left_without_neighbours_goes_too() -> None:
    there = REGION != 1
    sample = spatial_sample(Y[there], X[there], REGION[there], PERIOD[there], LINE, "region")
    assert sample.kept.tolist() == [2, 3, 4, 5, 6, 7]
    assert sample.left_out.tolist() == [0]  # 1 was never asked


def test_too_few_regions_and_too_few_periods() -> None:
    few = REGION < 3
    with pytest.raises(MethodError, match="have neighbours: 3"):
        spatial_sample(Y[few], X[few], REGION[few], PERIOD[few], LINE, "region")
    one = PERIOD == 5
    with pytest.raises(MethodError, match="Too few regions"):
        spatial_sample(Y[one], X[one], REGION[one], PERIOD[one], LINE, "twoway")


def test_levels_are_taken_out() -> None:
    levels = np.arange(8.0)[:, None, None] + np.array([1.0, 5.0, 2.0])[None, :, None]
    for effects, left in (("region", False), ("twoway", True), ("constant", False)):
        sample = spatial_sample(Y, X, REGION, PERIOD, LINE, effects)  # type: ignore[arg-type]
        assert np.allclose(without_effects(sample, levels), 0) == left


def test_rows_add_up_to_one_or_nothing() -> None:
    alone = sparse.csr_matrix(np.array([[0.0, 2, 2], [0, 0, 0], [3, 0, 0]]))
    assert row_standardised(alone).toarray().tolist() == [[0, 0.5, 0.5], [0, 0, 0], [1, 0, 0]]
