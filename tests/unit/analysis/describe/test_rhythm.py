"""The kernels of the rhythm."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.describe.rhythm import fit_season, level_lines, profile_of

MONTH = np.tile(np.arange(1, 13), 3)
YEAR = np.repeat([0, 1, 2], 12)
DAYS = np.full(36, 30.0)
TIME = (np.arange(36) + 0.5) / 12
LEVEL = level_lines(TIME, YEAR, np.zeros(36, int))


def test_an_index_is_a_rate_over_the_mean_rate() -> None:
    counts = np.array([[4.0, 1.0], [8.0, 1.0]])
    exposure = np.array([[1.0, 1.0], [2.0, 1.0]])
    profile = profile_of(counts, exposure, np.random.default_rng(1))
    assert profile.index == pytest.approx([4 / (14 / 5), 1 / (14 / 5)])


def test_a_position_never_observed_is_not_known() -> None:
    profile = profile_of(np.array([[4.0, 0.0]] * 5), np.array([[1.0, 0.0]] * 5), np.random.default_rng(1))
    assert np.isnan([profile.index[1], profile.low[1], profile.high[1]]).all()
    assert profile.index[0] == 1.0


def test_bursts_widen_the_profile() -> None:
    rng = np.random.default_rng(2)
    calm = rng.poisson(10, (200, 7)).astype(float)
    burst = calm + 100 * (rng.random((200, 7)) < 0.1)
    width = [(p.high - p.low).mean() for p in (profile_of(c, np.ones((200, 7)), rng) for c in (calm, burst))]
    assert width[1] > 3 * width[0]


def test_a_season_is_net_of_a_change_of_intake_and_of_steady_growth() -> None:
    season = 1 + 0.5 * np.sin(2 * np.pi * MONTH / 12)
    regime = (np.arange(36) >= 20).astype(int)
    stretch = YEAR + regime
    level = np.array([100.0, 1000.0])[regime] * 1.3**TIME
    unseen = ~((YEAR == 1) & (MONTH < 6))  # the middle year lacks its first months
    lines = level_lines(TIME[unseen], stretch[unseen], regime[unseen])
    profile = fit_season((season * level)[unseen], DAYS[unseen], lines, MONTH[unseen])
    assert profile.index == pytest.approx(season[:12] / season[:12].mean())
    assert (profile.low < profile.index).all() and (profile.index < profile.high).all()


def test_a_regime_of_one_stretch_has_one_level() -> None:
    columns = level_lines(np.array([0.2, 0.7, 1.2, 1.3]), np.array([0, 0, 1, 2]), np.array([0, 0, 1, 1]))
    assert columns[:2].tolist() == [[1, 0, 0], [1, 0, 0]]
    assert columns[2:] == pytest.approx(np.array([[0, 1, 0], [0, 0, 1]]))


def test_the_season_interval_covers() -> None:
    rng = np.random.default_rng(3)
    season = 1 + 0.4 * np.sin(2 * np.pi * MONTH / 12)
    truth = season[:12] / season[:12].mean()
    inside = []
    for _ in range(60):
        profile = fit_season(rng.poisson(40 * season * rng.gamma(10, 0.1, 36)).astype(float), DAYS, LEVEL, MONTH)
        inside.append((profile.low <= truth) & (truth <= profile.high))
    assert 0.82 <= np.mean(inside) <= 0.97


def test_a_month_without_reports_has_an_upper_bound() -> None:
    counts = np.where(MONTH == 2, 0.0, 10.0)
    profile = fit_season(counts, DAYS, LEVEL, MONTH)
    assert (profile.index[1], profile.low[1]) == (0.0, 0.0)
    assert 0 < profile.high[1] < 0.5
    assert profile.index.mean() == pytest.approx(1.0)


def test_one_month_that_holds_nearly_all_cannot_hold_more() -> None:
    profile = fit_season(np.where(MONTH == 8, 1000.0, 1.0), DAYS, LEVEL, MONTH)
    assert profile.index[7] == pytest.approx(12 * 1000 / 1011)
    assert profile.high[7] < 12.01
