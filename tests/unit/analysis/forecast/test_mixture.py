"""Weights find the kernel that the reports follow."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.forecast.mixture import fit_weights


@pytest.mark.parametrize("truth", [(0.7, 0.3, 0.0), (0.2, 0.2, 0.6)])
def test_planted_weights_are_found(truth: tuple[float, ...]) -> None:
    rng = np.random.default_rng(3)
    shares = rng.dirichlet(np.full(60, 0.3), 3)
    reports = rng.poisson(40_000 * (np.array(truth) @ shares)).astype(float)
    np.testing.assert_allclose(fit_weights(shares, reports, rounds=2000), truth, atol=0.02)


def test_every_round_makes_the_reports_likelier() -> None:
    rng = np.random.default_rng(4)
    shares, reports = rng.dirichlet(np.ones(30), 5), rng.poisson(2.0, 30).astype(float)
    likelihood = [reports @ np.log(fit_weights(shares, reports, rounds) @ shares) for rounds in range(1, 30)]
    assert (np.diff(likelihood) >= -1e-9).all()


def test_weights_are_shares() -> None:
    weights = fit_weights(np.array([[0.5, 0.5], [0.1, 0.9]]), np.array([2.0, 3.0]))
    assert weights.sum() == pytest.approx(1.0)
    assert (weights >= 0).all()
