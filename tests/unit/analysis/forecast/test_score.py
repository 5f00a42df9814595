"""Scores, each by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sigun.analysis.forecast.score import (
    Checked,
    Ratio,
    budget,
    catching,
    draw_origins,
    hits,
    measures,
    most,
    poisson_crps,
    poisson_deviance,
    poisson_log_score,
)

CAME = [np.array([4.0, 0.0, 1.0, 0.0]), np.array([0.0, 2.0, 0.0, 0.0])]
EXPECTED = [np.array([3.0, 1.0, 0.5, 0.5]), np.array([3.0, 1.0, 0.5, 0.5])]
CHECKED = Checked(EXPECTED, CAME, np.array([0.0, 1.0]))


@pytest.mark.parametrize(
    ("score", "k", "caught"),
    [
        pytest.param([3.0, 2.0, 1.0], 1, 5.0, id="the best one"),
        pytest.param([1.0, 1.0, 1.0], 1, 8 / 3, id="all tied: a third of all"),
        pytest.param([3.0, 1.0, 1.0], 2, 6.5, id="two tied for one place"),
        pytest.param([3.0, 2.0, 1.0], 9, 8.0, id="more places than there are"),
    ],
)
def test_hits(score: list[float], k: int, caught: float) -> None:
    assert hits(np.array(score), np.array([5.0, 1.0, 2.0]), k) == pytest.approx(caught)


def test_catching_a_quarter_of_the_area() -> None:
    hit, pai, pei = catching(CHECKED, 0.25)
    assert hit.value == pytest.approx(4 / 8)  # of all reports, those outside too
    assert pai.value == pytest.approx(4 / 8 / 0.25)
    assert pei.value == pytest.approx(4 / 6)
    assert most(CAME[0], 1) == 4.0


def test_a_share_of_the_area_buys_at_least_one_place() -> None:
    assert [budget(0.05, n) for n in (3, 100, 708)] == [1, 5, 35]


def test_deviance_log_score_and_crps() -> None:
    y, mu = np.array([0.0, 3.0]), np.array([0.5, 2.0])
    assert poisson_deviance(y, mu) == pytest.approx([1.0, 2 * (3 * np.log(1.5) - 1)])
    assert poisson_deviance(y, np.zeros(2))[1] < np.inf
    assert poisson_log_score(y, mu) == pytest.approx(-stats.poisson.logpmf(y, mu))
    k = np.arange(60)
    by_hand = [((stats.poisson.cdf(k, m) - (k >= c)) ** 2).sum() for c, m in zip(y, mu, strict=True)]
    assert poisson_crps(y, mu) == pytest.approx(by_hand)


def test_crps_of_a_large_mean() -> None:
    y, mu = np.array([900.0]), np.array([1000.0])
    k = np.arange(2000)
    assert poisson_crps(y, mu) == pytest.approx([((stats.poisson.cdf(k, 1000.0) - (k >= 900)) ** 2).sum()])


def test_intervals() -> None:
    low, high = [np.array([1.0, 0.0, 0.0, 0.0])] * 2, [np.array([3.0, 1.0, 1.0, 1.0])] * 2
    found = measures(CHECKED, low, high)
    assert found["coverage"].value == pytest.approx(5 / 8)
    assert found["width"].value == pytest.approx(5 / 4)
    assert found["interval_score"].value == pytest.approx(5 / 4 + 20 * (1 + 1 + 1) / 8)
    assert found["bias_ratio"].value == pytest.approx(10 / 7)
    assert "coverage" not in measures(CHECKED, None, None)


def test_bootstrap_intervals_hold_the_value_and_a_difference_is_paired() -> None:
    rng = np.random.default_rng(1)
    one = Ratio(rng.poisson(30, 52).astype(float), np.full(52, 100.0))
    low, high = one.interval(draw_origins(rng, 52))
    assert low < one.value < high
    other = Ratio(one.over + 1, one.under)
    assert one.minus(other).interval(draw_origins(rng, 52)) == pytest.approx((-0.01, -0.01))
