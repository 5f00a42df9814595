"""The Poisson regression kernel."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.statistics.glm import fit_poisson
from sigun.errors import MethodError


def test_group_means_are_found_exactly() -> None:
    y = np.array([4.0, 6.0, 30.0, 50.0])
    x = np.column_stack([np.ones(4), [0, 0, 1, 1]]).astype(float)
    fit = fit_poisson(y, x)
    assert np.exp(fit.beta) == pytest.approx([5.0, 8.0])
    assert fit.fitted == pytest.approx([5, 5, 40, 40])


def test_exposure_turns_counts_into_rates() -> None:
    days = np.array([30.0, 15.0, 30.0, 10.0])
    fit = fit_poisson(days * 2, np.ones((4, 1)), np.log(days))
    assert np.exp(fit.beta[0]) == pytest.approx(2.0)


def test_the_score_is_zero_at_the_solution() -> None:
    rng = np.random.default_rng(1)
    x = np.column_stack([np.ones(400), rng.normal(size=(400, 3))])
    y = rng.poisson(np.exp(x @ [1.0, 0.5, -0.7, 0.0])).astype(float)
    fit = fit_poisson(y, x)
    assert x.T @ (y - fit.fitted) == pytest.approx(np.zeros(4), abs=1e-5)


def test_over_dispersion_is_measured_and_widens_the_covariance() -> None:
    rng = np.random.default_rng(2)
    mean = rng.gamma(2.0, 5.0, 4000)  # gamma mixture: Var/mean = 1 + 10/2 = 6
    y = rng.poisson(mean).astype(float)
    fit = fit_poisson(y, np.ones((4000, 1)))
    assert fit.dispersion == pytest.approx(6.0, rel=0.1)
    assert fit.covariance[0, 0] == pytest.approx(fit.dispersion / y.sum())


def test_under_dispersion_does_not_narrow_the_covariance() -> None:
    fit = fit_poisson(np.full(50, 7.0), np.ones((50, 1)))
    assert fit.dispersion == pytest.approx(0.0)
    assert fit.covariance[0, 0] == pytest.approx(1 / 350)


def test_the_interval_covers_a_known_slope() -> None:
    rng = np.random.default_rng(3)
    x = np.column_stack([np.ones(60), np.linspace(-1, 1, 60)])
    inside = 0
    for _ in range(200):
        y = rng.negative_binomial(5, 5 / (5 + np.exp(2 + 0.4 * x[:, 1]))).astype(float)
        fit = fit_poisson(y, x)
        inside += abs(fit.beta[1] - 0.4) <= 1.645 * np.sqrt(fit.covariance[1, 1])
    assert 0.83 <= inside / 200 <= 0.96


def test_a_ridge_pulls_towards_zero_but_leaves_the_level() -> None:
    y = np.array([5.0, 5.0, 40.0, 40.0])
    x = np.column_stack([np.ones(4), [-1, -1, 1, 1]]).astype(float)
    free, pulled = fit_poisson(y, x), fit_poisson(y, x, ridge=50.0)
    assert 0 < pulled.beta[1] < free.beta[1]
    assert pulled.fitted.sum() == pytest.approx(y.sum())


def test_a_group_without_reports_does_not_break_it() -> None:
    y = np.array([5.0, 6.0, 0.0, 0.0, 7.0])
    x = np.column_stack([np.ones(5), [0, 0, 1, 1, 0]]).astype(float)
    fit = fit_poisson(y, x)
    assert fit.fitted[:2] == pytest.approx([6.0, 6.0])
    assert fit.fitted[2:4] == pytest.approx([0, 0], abs=1e-6)


def test_a_wild_start_settles() -> None:
    y = np.array([0.0, 0.0, 1.0, 0.0, 900.0, 2.0])
    x = np.column_stack([np.ones(6), [0, 1, 2, 3, 40, 5]]).astype(float)
    fit = fit_poisson(y, x)
    assert x.T @ (y - fit.fitted) == pytest.approx(np.zeros(2), abs=1e-3)


@pytest.mark.parametrize(
    ("y", "x"),
    [
        pytest.param([1.0, 2.0, 3.0, 4.0], [[1.0, 2.0]] * 4, id="columns repeat"),
        pytest.param([1.0, 2.0], [[1.0, 0.0], [1.0, 1.0]], id="rows not more than columns"),
        pytest.param([0.0, 0.0, 0.0], [[1.0]] * 3, id="no report at all"),
        pytest.param([1.0, np.nan, 3.0], [[1.0]] * 3, id="missing"),
        pytest.param([1.0, -1.0, 3.0], [[1.0]] * 3, id="negative"),
    ],
)
def test_no_answer_is_said(y: list[float], x: list[list[float]]) -> None:
    with pytest.raises(MethodError) as error:
        fit_poisson(np.array(y), np.array(x))
    assert error.value.what and error.value.where and error.value.remedy


def test_a_ridge_lets_columns_repeat() -> None:
    x = np.column_stack([np.ones(6), [0, 1, 0, 1, 0, 1], [0, 1, 0, 1, 0, 1]]).astype(float)
    fit = fit_poisson(np.array([2.0, 8.0, 3.0, 9.0, 1.0, 7.0]), x, ridge=0.1)
    assert fit.beta[1] == pytest.approx(fit.beta[2])
