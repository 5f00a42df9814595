"""Kernels of the occurrence step: dispersion, spatial covariance, fixed effects, choice of columns, blocks."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import box

from sigun.analysis.occurrence.held_out import contiguous_blocks, mean_over_blocks, poisson_deviance, told_from_outside
from sigun.analysis.occurrence.principal_variables import principal_variables
from sigun.analysis.occurrence.spatial_terms import fit_spatial, moran_vectors
from sigun.analysis.occurrence.tables import round_steps
from sigun.analysis.statistics.fixed_poisson import fit_fixed_poisson
from sigun.analysis.statistics.glm import fit_poisson
from sigun.analysis.statistics.negative_binomial import fit_negative_binomial
from sigun.analysis.statistics.threads import one_thread
from sigun.errors import MethodError
from sigun.region.neighbours import touching_neighbours

RNG = np.random.default_rng


def grid(width: int, height: int) -> tuple[np.ndarray, object]:
    """Points and neighbours of square areas."""
    points = np.array([(i % width, i // width) for i in range(width * height)], float) * 1000
    squares = gpd.GeoDataFrame(geometry=[box(x, y, x + 1000, y + 1000) for x, y in points], crs="EPSG:5179")
    return points, touching_neighbours(squares)


def test_counts_as_even_as_poisson_have_no_dispersion() -> None:
    x = np.column_stack([np.ones(6), np.arange(6.0)])
    y = np.array([10.0, 12, 15, 18, 22, 27])
    fit = fit_negative_binomial(y, x, np.zeros(6))
    assert fit.dispersion == 0
    assert fit.beta == pytest.approx(fit_poisson(y, x).beta, abs=1e-7)


def test_the_planted_dispersion_is_found() -> None:
    rng = RNG(1)
    x = np.column_stack([np.ones(2000), rng.normal(size=2000)])
    y = rng.poisson(20 * np.exp(0.3 * x[:, 1]) * rng.gamma(4, 0.25, 2000)).astype(float)
    fit = fit_negative_binomial(y, x, np.full(2000, np.log(20)))
    assert fit.dispersion == pytest.approx(0.25, abs=0.03)
    assert fit.beta == pytest.approx([0, 0.3], abs=0.03)
    assert fit.residuals(y).std() == pytest.approx(1, abs=0.05)


def test_repeated_columns_are_refused() -> None:
    x = np.column_stack([np.ones(9), np.arange(9), 2 * np.arange(9)]).astype(float)
    with pytest.raises(MethodError, match="told apart"):
        fit_negative_binomial(np.arange(9.0), x, np.zeros(9))


def smooth_fit(seed: int = 3) -> tuple[object, np.ndarray]:
    """A fit on a map whose rate is smooth over the areas, and the order it was given in."""
    rng, (points, neighbours) = RNG(seed), grid(10, 10)
    smooth = np.sin(points[:, 0] / 1500) + np.cos(points[:, 1] / 1800)
    z = rng.normal(size=100)
    y = rng.poisson(50 * np.exp(0.3 * z + 0.4 * smooth)).astype(float)
    x = np.column_stack([np.ones(100), z])
    return fit_spatial(y, x, np.zeros(100), moran_vectors(neighbours)), smooth


def test_a_smooth_map_is_told_from_what_is_each_areas_own() -> None:
    fit, smooth = smooth_fit()
    assert fit.spatial_share > 0.7
    assert np.corrcoef(fit.shared, smooth)[0, 1] > 0.9
    assert abs(fit.beta[1] - 0.3) < 3 * fit.error[1]


def test_without_a_pattern_there_is_no_map() -> None:
    rng, (_points, neighbours) = RNG(4), grid(10, 10)
    x = np.column_stack([np.ones(100), rng.normal(size=100)])
    y = rng.poisson(50 * rng.gamma(5, 0.2, 100)).astype(float)
    fit = fit_spatial(y, x, np.zeros(100), moran_vectors(neighbours))
    assert fit.spatial_share < 0.2


def test_one_out_is_what_a_fit_without_the_area_comes_to() -> None:
    rng, (_points, neighbours) = RNG(5), grid(6, 6)
    x = np.column_stack([np.ones(36), rng.normal(size=36)])
    y = rng.poisson(200 * rng.gamma(20, 0.05, 36) * np.exp(0.2 * x[:, 1])).astype(float)
    whole = fit_spatial(y, x, np.zeros(36), moran_vectors(neighbours))
    extreme = int(np.abs(whole.one_out[:, 1] - whole.beta[1]).argmax())
    kept = np.arange(36) != extreme
    again = fit_spatial(y[kept], x[kept], np.zeros(35), moran_vectors(neighbours[kept][:, kept]))
    assert whole.one_out[extreme, 1] == pytest.approx(again.beta[1], abs=0.3 * whole.error[1])


def test_the_order_of_areas_does_not_matter() -> None:
    rng, (_points, neighbours) = RNG(6), grid(6, 6)
    x = np.column_stack([np.ones(36), rng.normal(size=36)])
    y, mixed = rng.poisson(40, 36).astype(float), rng.permutation(36)
    one = fit_spatial(y, x, np.zeros(36), moran_vectors(neighbours))
    other = fit_spatial(y[mixed], x[mixed], np.zeros(36), moran_vectors(neighbours[mixed][:, mixed].tocsr()))
    assert other.beta == pytest.approx(one.beta, abs=1e-5)
    assert other.error == pytest.approx(one.error, rel=1e-3)


def test_areas_that_touch_nobody_share_nothing() -> None:
    from scipy import sparse

    rng = RNG(7)
    x = np.column_stack([np.ones(20), rng.normal(size=20)])
    fit = fit_spatial(rng.poisson(30, 20).astype(float), x, np.zeros(20), moran_vectors(sparse.csr_matrix((20, 20))))
    assert fit.spatial_share == 0
    assert (fit.shared == 0).all()


def test_fixed_effects_are_the_same_as_a_column_for_each_region_and_period() -> None:
    rng = RNG(8)
    region, period = np.repeat(np.arange(7), 9), np.tile(np.arange(9), 7)
    x = rng.normal(size=(63, 2))
    y = rng.poisson(np.exp(1 + 0.2 * region + 0.1 * period + x @ [0.4, -0.3])).astype(float)
    fit = fit_fixed_poisson(y, x, region, period, np.zeros(63))
    levels = np.column_stack([x, np.eye(7)[region], np.eye(9)[period][:, 1:]])
    whole = fit_poisson(y, levels)
    assert fit.beta == pytest.approx(whole.beta[:2], abs=1e-6)
    assert fit.fitted == pytest.approx(whole.fitted, rel=1e-6)


def test_a_column_that_never_changes_inside_regions_has_no_answer() -> None:
    region, period = np.repeat(np.arange(4), 5), np.tile(np.arange(5), 4)
    with pytest.raises(MethodError, match="Only 0 of 1"):
        fit_fixed_poisson(np.arange(1.0, 21), region[:, None] * 1.5, region, period, np.zeros(20))


def test_columns_are_chosen_by_what_they_tell_of_all() -> None:
    rng = RNG(9)
    a, b = rng.normal(size=(2, 50))
    x = np.column_stack([a + 0.1 * rng.normal(size=50), a, b, a - 0.1 * rng.normal(size=50)])
    found = principal_variables(x, 2)
    assert found.chosen.tolist() == [1, 2]
    assert found.stands_in.tolist() == [1, 1, 2, 1]
    assert principal_variables(x, 4).chosen.tolist() == [1, 2]  # the others would only repeat


def test_blocks_lie_together_and_are_of_one_size() -> None:
    points, _ = grid(8, 5)
    block = contiguous_blocks(points, 10)
    assert np.bincount(block).tolist() == [4] * 10
    assert max(np.ptp(points[block == b], axis=0).max() for b in range(10)) <= 3000


def test_held_out_areas_are_told_by_the_others_alone() -> None:
    rng, (points, _) = RNG(10), grid(8, 5)
    x, exposure = rng.normal(size=(40, 1)), rng.uniform(5, 20, 40)
    y = rng.poisson(exposure * np.exp(0.8 * x[:, 0])).astype(float)
    block = contiguous_blocks(points, 5)
    with one_thread():
        told = told_from_outside(y, x, exposure, block, 1)
        changed = told_from_outside(np.where(block == 2, 5 * y, y), x, exposure, block, 1)
    for model, values in told.items():
        assert values[block == 2] == pytest.approx(changed[model][block == 2], rel=1e-9)
    worse = poisson_deviance(y, told["one_rate"]) - poisson_deviance(y, told["regression"])
    assert mean_over_blocks(worse, block, rng).low > 0


def test_steps_are_round() -> None:
    assert round_steps(np.array([0.9, 4.0, 0.004])).tolist() == pytest.approx([1.0, 10.0, 0.01])
