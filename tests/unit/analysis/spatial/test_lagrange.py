"""LM tests on panels: right size where period levels are taken out, and each sees its own kind."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import sparse

from sigun.analysis.spatial.lagrange import lagrange
from sigun.analysis.spatial.sample import Effects, SpatialSample, row_standardised, spatial_sample

SIDE, PERIODS = 5, 10
PLACE = np.arange(SIDE * SIDE)
COLUMN, ROW = PLACE % SIDE, PLACE // SIDE
MAP = row_standardised(sparse.csr_matrix(np.abs(COLUMN[:, None] - COLUMN) + np.abs(ROW[:, None] - ROW) == 1))
REGION, PERIOD = np.divmod(np.arange(25 * PERIODS), PERIODS)


def _panel(seed: int, effects: Effects, lag: float = 0.0, error: float = 0.0) -> SpatialSample:
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((25, PERIODS, 2))
    levels = rng.standard_normal((25, 1)) + rng.standard_normal(PERIODS) * (effects == "twoway")
    noise = np.linalg.solve(np.eye(25) - error * MAP.toarray(), rng.standard_normal((25, PERIODS)))
    y = np.linalg.solve(np.eye(25) - lag * MAP.toarray(), x @ np.array([1.0, -0.5]) + levels + noise)
    return spatial_sample(y.ravel(), x.reshape(-1, 2), REGION, PERIOD, MAP, effects)


@pytest.mark.parametrize("effects", ["region", "twoway"])
def test_size(effects: Effects) -> None:
    found = [lagrange(_panel(seed, effects)) for seed in range(300)]
    for p in zip(*((t.error.p, t.lag.p, t.robust_error.p, t.robust_lag.p) for t in found), strict=True):
        assert np.mean(np.array(p) < 0.05) == pytest.approx(0.05, abs=0.035)


def test_each_robust_test_sees_its_own_kind() -> None:
    lags = [lagrange(_panel(seed, "twoway", lag=0.5)) for seed in range(30)]
    errors = [lagrange(_panel(seed, "twoway", error=0.6)) for seed in range(30)]
    assert np.median([t.robust_lag.p for t in lags]) < 0.001 < np.median([t.robust_error.p for t in lags])
    assert np.median([t.robust_error.p for t in errors]) < 0.001 < np.median([t.robust_lag.p for t in errors])


def test_the_traces_by_brute_force() -> None:
    """With period levels: the traces of W on the maps without a mean."""
    from sigun.analysis.spatial.lagrange import _traces

    basis = np.linalg.svd(np.eye(25) - 1 / 25)[0][:, :24]
    star = basis.T @ MAP.toarray() @ basis
    mean, trace = _traces(_panel(1, "twoway"))
    assert mean == pytest.approx(9 * np.trace(star))
    assert trace == pytest.approx(9 * (np.trace(star @ star) + np.sum(star**2)) - 2 * mean**2 / (9 * 24))


def test_kinds_that_cannot_be_told_apart_are_not_tested() -> None:
    ring = row_standardised(sparse.csr_matrix(np.roll(np.eye(12), 1, 0) + np.roll(np.eye(12), -1, 0)))
    wave = np.cos(np.arange(12) * np.pi / 6)
    x = np.tile([1.0, -1.0], 6)[:, None]  # its neighbours' mean is itself, turned
    place = np.arange(12)
    found = lagrange(spatial_sample(wave + x[:, 0], x, place, 0 * place, ring, "constant"))
    assert math.isnan(found.robust_lag.p)
    assert found.lag.p == pytest.approx(found.error.p)
