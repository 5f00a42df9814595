"""The Fellegi–Sunter kernel and its logistic companion."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.same_vehicle.linkage import Linkage, fit_linkage, fit_logistic, probability, shares
from sigun.analysis.same_vehicle.pairs import UNTOLD

M = (np.array([0.8, 0.15, 0.05]), np.array([0.9, 0.1]), np.array([0.7, 0.3]))
U = (np.array([0.1, 0.3, 0.6]), np.array([0.2, 0.8]), np.array([0.4, 0.6]))


def drawn(n: int, prior: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    same = rng.random(n) < prior
    columns = [
        np.where(same, rng.choice(len(m), n, p=m), rng.choice(len(u), n, p=u)) for m, u in zip(M, U, strict=True)
    ]
    return np.column_stack(columns), same


def fitted(levels: np.ndarray, learned: bool = False) -> Linkage:
    patterns, times = np.unique(levels, axis=0, return_counts=True)
    return fit_linkage(patterns, times.astype(float), U, np.full(3, learned), {})


def test_what_was_planted_is_found() -> None:
    levels, _ = drawn(40_000, 0.3, np.random.default_rng(1))
    fit = fitted(levels)
    assert fit.prior == pytest.approx(0.3, abs=0.02)
    for found, planted in zip(fit.m, M, strict=True):
        assert found == pytest.approx(planted, abs=0.03)


def test_probabilities_are_calibrated() -> None:
    levels, same = drawn(40_000, 0.3, np.random.default_rng(2))
    sure = probability(fitted(levels).weight(levels))
    for low in np.arange(0, 1, 0.2):
        bin_ = (sure >= low) & (sure < low + 0.2)
        if bin_.sum() > 200:
            assert same[bin_].mean() == pytest.approx(sure[bin_].mean(), abs=0.05)


def test_u_is_found_too_where_it_is_to_be_learned() -> None:
    levels, _ = drawn(60_000, 0.4, np.random.default_rng(3))
    for found, planted in zip(fitted(levels, learned=True).u, U, strict=True):
        assert found == pytest.approx(planted, abs=0.04)


def test_what_is_not_told_is_no_evidence() -> None:
    fit = Linkage(M, U, 0.3)
    nothing = fit.weight(np.full((1, 3), UNTOLD))
    assert probability(nothing) == pytest.approx([0.3])
    one = fit.weight(np.array([[0, UNTOLD, UNTOLD]]))
    assert one - nothing == pytest.approx([np.log(8)])


def test_known_shares_stay() -> None:
    levels, _ = drawn(2_000, 0.3, np.random.default_rng(4))
    patterns, times = np.unique(levels, axis=0, return_counts=True)
    fit = fit_linkage(patterns, times.astype(float), U, np.zeros(3, bool), {1: np.array([0.95, 0.05])})
    assert fit.m[1].tolist() == [0.95, 0.05]


def test_shares_sum_to_one_and_none_is_zero() -> None:
    for share in shares(np.array([[0, UNTOLD], [0, UNTOLD]]), (2, 3)):
        assert share.sum() == pytest.approx(1) and (share > 0).all()


def test_logistic_slope() -> None:
    x = np.array([[1.0, 0.0], [1.0, 1.0]])
    beta = fit_logistic(x, np.array([2000.0, 5000.0]), np.array([10_000.0, 10_000.0]))
    assert probability(x @ beta) == pytest.approx([0.2, 0.5], abs=1e-3)


def test_logistic_settles_where_a_column_parts_the_hits() -> None:
    beta = fit_logistic(np.array([[1.0, 0.0], [1.0, 1.0]]), np.array([0.0, 50.0]), np.array([50.0, 50.0]))
    assert np.isfinite(beta).all() and beta[1] > 2
