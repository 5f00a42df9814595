"""Spatial models of panels against spreg, and against the likelihood written out."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from scipy import sparse

from sigun.analysis.spatial.lagrange import lagrange
from sigun.analysis.spatial.models import spatial_error, spatial_lag
from sigun.analysis.spatial.sample import Effects, SpatialSample, row_standardised, spatial_sample
from sigun.errors import MethodError

SIDE, PERIODS = 5, 6
PLACE = np.arange(SIDE * SIDE)
COLUMN, ROW = PLACE % SIDE, PLACE // SIDE
MAP = row_standardised(sparse.csr_matrix(np.abs(COLUMN[:, None] - COLUMN) + np.abs(ROW[:, None] - ROW) == 1))
REGION, PERIOD = np.divmod(np.arange(25 * PERIODS), PERIODS)


def _panel(seed: int, effects: Effects, lag: float = 0.0, error: float = 0.0) -> SpatialSample:
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((25, PERIODS, 2))
    levels = rng.standard_normal((25, 1)) + 2 * rng.standard_normal(PERIODS)
    noise = np.linalg.solve(np.eye(25) - error * MAP.toarray(), rng.standard_normal((25, PERIODS)))
    y = np.linalg.solve(np.eye(25) - lag * MAP.toarray(), x @ np.array([1.0, -0.5]) + levels + noise)
    return spatial_sample(y.ravel(), x.reshape(-1, 2), REGION, PERIOD, MAP, effects)


@pytest.mark.parametrize("kind", ["lag", "error"])
def test_direct_likelihood_is_that_of_spreg(kind: str) -> None:
    sample = _panel(3, "region", lag=0.3)
    fit = (spatial_lag if kind == "lag" else spatial_error)(sample, likelihood="direct")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what spreg says of its own neighbours and of the form of the data
        import spreg
        from libpysal.weights import WSP

        wide = np.concatenate([sample.x[:, :, 0], sample.x[:, :, 1]], axis=1)
        of_spreg = spreg.Panel_FE_Lag if kind == "lag" else spreg.Panel_FE_Error
        theirs = of_spreg(sample.y, wide, WSP(sample.weight).to_W(silence_warnings=True))
    assert [*fit.beta, fit.spatial] == pytest.approx(theirs.betas.ravel(), abs=1e-6)
    assert fit.se == pytest.approx(theirs.std_err, abs=1e-6)


@pytest.mark.parametrize("effects", ["region", "twoway"])
@pytest.mark.parametrize("kind", ["lag", "error"])
def test_transformed_likelihood_written_out(kind: str, effects: Effects) -> None:
    """Lee & Yu (2010): levels taken out by an orthonormal basis, the density of what is left, highest where we say."""
    sample = _panel(4, effects, lag=0.3)
    fit = (spatial_lag if kind == "lag" else spatial_error)(sample)
    over_time = np.linalg.svd(np.eye(PERIODS) - 1 / PERIODS)[0][:, : PERIODS - 1]
    over_map = np.linalg.svd(np.eye(25) - 1 / 25)[0][:, :24] if effects == "twoway" else np.eye(25)
    star = over_map.T @ sample.weight.toarray() @ over_map
    y = (over_map.T @ sample.y @ over_time).T.reshape(-1)
    x = np.stack([(over_map.T @ sample.x[:, :, j] @ over_time).T.reshape(-1) for j in range(2)], axis=1)
    block = np.kron(np.eye(PERIODS - 1), star)

    def density(beta: np.ndarray, at: float, sigma2: float) -> float:
        filtered = np.eye(len(block)) - at * block
        left = filtered @ y - x @ beta if kind == "lag" else filtered @ (y - x @ beta)
        _sign, log_determinant = np.linalg.slogdet(filtered)
        return float(log_determinant - len(y) / 2 * math.log(2 * math.pi * sigma2) - left @ left / (2 * sigma2))

    best = density(fit.beta, fit.spatial, fit.sigma2)
    assert fit.log_likelihood == pytest.approx(best, abs=1e-6)
    for step in np.vstack([np.eye(4), -np.eye(4)]) * 0.01:
        assert density(fit.beta + step[:2], fit.spatial + step[2], fit.sigma2 * (1 + step[3])) < best


def test_few_periods_do_not_bend_the_answer() -> None:
    fits = [spatial_lag(_panel(seed, "twoway", lag=0.4)) for seed in range(100)]
    assert np.mean([f.spatial for f in fits]) == pytest.approx(0.4, abs=0.02)
    assert np.mean([abs(f.spatial - 0.4) > 1.96 * f.se[-1] for f in fits]) <= 0.10
    assert np.mean([abs(f.beta[0] - 1.0) > 1.96 * f.se[0] for f in fits]) <= 0.10


def test_errors_of_the_two_likelihoods_differ_by_the_levels_taken_out() -> None:
    sample = _panel(5, "region", lag=0.4)
    fit, direct = spatial_lag(sample), spatial_lag(sample, likelihood="direct")
    assert fit.spatial == pytest.approx(direct.spatial, abs=1e-7)
    assert fit.se / direct.se == pytest.approx(np.full(3, math.sqrt(PERIODS / (PERIODS - 1))), rel=1e-5)


def test_error_model_is_unbent_and_honest() -> None:
    fits = [spatial_error(_panel(seed, "twoway", error=0.5)) for seed in range(100)]
    assert np.mean([f.spatial for f in fits]) == pytest.approx(0.5, abs=0.03)
    assert np.mean([abs(f.beta[0] - 1.0) > 1.96 * f.se[0] for f in fits]) <= 0.10


def test_durbin_finds_what_neighbours_factors_do() -> None:
    sample = _panel(6, "region", lag=0.3)
    pushed = sample.y + np.linalg.solve(np.eye(25) - 0.3 * MAP.toarray(), 0.8 * (sample.weight @ sample.x[:, :, 0]))
    fit = spatial_lag(
        spatial_sample(pushed.ravel(), sample.x.reshape(-1, 2), REGION, PERIOD, MAP, "region"), durbin=True
    )
    assert fit.beta.shape == (4,)
    assert abs(fit.beta[2] - 0.8) < 3 * fit.se[2]


def test_shocks_to_a_period_are_no_spatial_lag_once_period_levels_are_out() -> None:
    """With region levels alone a bad year everywhere looks like neighbours pulling each other along."""
    assert spatial_lag(_panel(7, "region")).spatial > 0.5
    assert abs(spatial_lag(_panel(7, "twoway")).spatial) < 0.2
    assert abs(spatial_error(_panel(7, "twoway")).spatial) < 0.25


@pytest.mark.parametrize("column", ["constant in regions", "repeated"])
def test_factors_that_cannot_be_told_apart(column: str) -> None:
    x = np.random.default_rng(8).standard_normal((150, 2))
    x[:, 1] = REGION if column == "constant in regions" else 3 * x[:, 0]
    sample = spatial_sample(x[:, 0], x, REGION, PERIOD, MAP, "region")
    for fit in (spatial_lag, spatial_error):
        with pytest.raises(MethodError, match="repeat one another"):
            fit(sample)


@pytest.mark.parametrize("kind", ["no variation", "constant in regions", "told by the factors"])
def test_nothing_left_to_explain(kind: str) -> None:
    x = np.random.default_rng(8).standard_normal((150, 2))
    y = {"no variation": np.zeros(150), "constant in regions": 0.1 + REGION / 3, "told by the factors": x @ [1.0, 2.0]}[
        kind
    ]
    sample = spatial_sample(y, x, REGION, PERIOD, MAP, "twoway")
    for fit in (spatial_lag, spatial_error, lagrange):
        with pytest.raises(MethodError, match="Nothing of the outcome is left"):
            fit(sample)
