"""Effects of policies against other programs, other solvers and made-up panels whose truth is known.

The Proposition 99 panel of the published figures is in no package we install, so those figures are not checked here.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from effects import policy_of, world
from sigun.analysis.effect.aggregate import by_event_time, overall, simultaneous
from sigun.analysis.effect.group_time import group_time
from sigun.analysis.effect.placebo import bound, rank_p
from sigun.analysis.effect.policy import NEVER, Policy
from sigun.analysis.effect.sdid import placebo_sdid, sdid, staggered_sdid
from sigun.analysis.effect.simplex import simplex_weights
from sigun.analysis.effect.synthetic import noise, placebo_test, synthetic_control
from sigun.analysis.effect.two_way import two_way_event_study
from sigun.analysis.statistics.arrays import FloatArray
from sigun.analysis.statistics.threads import one_thread

pf = pytest.importorskip("pyfixest")


@pytest.fixture(scope="module")
def staggered() -> tuple[pd.DataFrame, Policy]:
    """The staggered panel that pyfixest ships, every tenth unit: two cohorts and units never treated."""
    file = Path(pf.__file__).parent / "did" / "data" / "df_het.csv"
    if not file.exists():
        pytest.skip("pyfixest ships df_het.csv no longer")
    rows = pd.read_csv(file)
    rows = rows[rows["unit"] % 10 == 0].sort_values(["unit", "year"], ignore_index=True)
    y = rows.pivot(index="unit", columns="year", values="dep_var")
    begun = rows.groupby("unit")["g"].first().reindex(y.index).to_numpy()
    start = np.where(begun > 0, begun - y.columns[0], NEVER).astype(np.int64)
    return rows, policy_of(y.to_numpy(float), start)


@pytest.mark.filterwarnings("ignore")  # of pyfixest itself
def test_the_event_path_is_that_of_the_saturated_regression(staggered: tuple[pd.DataFrame, Policy]) -> None:
    """Cohort by period interactions with never treated units (Sun & Abraham 2021) are the same comparisons."""
    rows, policy = staggered
    fit = pf.event_study(rows, yname="dep_var", idname="unit", tname="year", gname="g", estimator="saturated")
    theirs = {
        (int(float(name.split("::")[1].split(":")[0])), int(float(name.split("::")[2]))): b
        for name, b in fit.coef().items()
    }
    ours = {(c.event_time, c.cohort + int(rows["year"].min())): c.estimate for c in group_time(policy)}
    assert set(ours) == set(theirs) and len(ours) == 60
    assert_allclose([ours[k] for k in sorted(ours)], [theirs[k] for k in sorted(ours)], atol=1e-8)


@pytest.mark.filterwarnings("ignore")
def test_the_plain_event_study_is_that_of_the_two_way_regression(staggered: tuple[pd.DataFrame, Policy]) -> None:
    rows, policy = staggered
    rows = rows.assign(rel=rows["rel_year"].where(rows["g"] > 0, -1.0))
    fit = pf.feols("dep_var ~ i(rel, ref=-1) | unit + year", rows)
    theirs = {int(float(name.split("::")[1])): b for name, b in fit.coef().items()}
    ours = two_way_event_study(policy)
    assert set(ours) == set(theirs)
    assert_allclose([ours[e] for e in sorted(ours)], [theirs[e] for e in sorted(ours)], atol=1e-7)


def by_hand(target: FloatArray, donors: FloatArray, ridge: float, intercept: bool) -> FloatArray:
    """The same weights by a general solver."""
    from scipy.optimize import minimize

    away = donors - target[:, None]
    away = away - away.mean(axis=0) if intercept else away
    j = donors.shape[1]
    found = minimize(
        lambda w: float(((away @ w) ** 2).sum() + ridge * (w**2).sum()),
        np.full(j, 1 / j),
        jac=lambda w: 2 * away.T @ (away @ w) + 2 * ridge * w,
        bounds=[(0, 1)] * j,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1, "jac": lambda _w: np.ones(j)},
        options={"maxiter": 2000, "ftol": 1e-15},
    )
    return np.asarray(found.x)


@pytest.mark.parametrize(("ridge", "intercept"), [(0.0, False), (0.7, False), (0.7, True), (5.0, True)])
@pytest.mark.parametrize("scale", [1.0, 1e4])
def test_weights_are_those_of_a_general_solver(ridge: float, intercept: bool, scale: float) -> None:
    rng = np.random.default_rng(5)
    target, donors = rng.normal(size=12), rng.normal(size=(12, 8)) + rng.normal(size=12)[:, None]
    ours = simplex_weights(scale * target, scale * donors, scale**2 * ridge, intercept)
    assert ours.min() >= 0 and abs(ours.sum() - 1) < 1e-12
    assert_allclose(ours, by_hand(target, donors, ridge, intercept), atol=2e-5)


def test_sdid_is_the_published_algorithm_solved_otherwise() -> None:
    """Arkhangelsky et al. (2021), algorithm 1, written out with a general solver."""
    rng = np.random.default_rng(7)
    y = rng.normal(size=(15, 3)) @ rng.normal(size=(3, 14)) + 0.3 * rng.normal(size=(15, 14))
    treated, donors, pre = y[:2], y[2:], 9
    scatter = noise(donors[:, :pre].T)
    assert scatter == pytest.approx(np.diff(donors[:, :pre], axis=1).std(ddof=1))
    zeta = (2 * 5) ** 0.25 * scatter
    omega = by_hand(treated[:, :pre].mean(axis=0), donors[:, :pre].T, zeta**2 * pre, True)
    lam = by_hand(donors[:, pre:].mean(axis=1), donors[:, :pre], 0.0, True)
    cut = np.concatenate([-lam, np.full(5, 1 / 5)])
    by = float(treated.mean(axis=0) @ cut - omega @ donors @ cut)
    assert sdid(treated, donors, pre).estimate == pytest.approx(by, abs=1e-3)


@pytest.mark.parametrize(("treated", "rho"), [(5, 0.8), (12, 0.0)])
def test_intervals_of_staggered_panels_hold_the_truth(treated: int, rho: float) -> None:
    """31 regions, 15 periods, effects that grow; 200 panels. The 95 % interval holds the truth in 90 % or more."""
    held = []
    with one_thread():
        for draw in range(200):
            rng = np.random.default_rng([draw, treated])
            starts = rng.integers(6, 12, treated)
            y, start = world(rng, list(starts), rho=rho)
            since = np.arange(15) - start[:, None]
            true = 0.2 * np.where(since >= 0, since + 1, 0)
            due = np.mean([true[i, start[i] :].mean() for i in range(treated)])
            low, high = overall(group_time(policy_of(y + true, start)), 31).interval()
            held.append(low < due < high)
    assert np.mean(held) >= 0.90


def test_the_band_holds_the_whole_path() -> None:
    held = []
    with one_thread():
        for draw in range(100):
            rng = np.random.default_rng([draw, 3])
            y, start = world(rng, [8] * 10, effect=1.0)
            means = by_event_time(group_time(policy_of(y, start)), 31)
            joint = simultaneous(list(means.values()), [], 299, rng)
            off = [abs(m.estimate - (e >= 0)) for e, m in means.items()]
            held.append(bool((np.array(off) <= joint.halves).all()))
    assert 0.88 <= np.mean(held) <= 0.995


@pytest.mark.parametrize("rho", [0.0, 0.8])
def test_placebo_tests_of_one_region_keep_their_size(rho: float) -> None:
    """No effect, one region treated among 31: rejections at 5 % in 7 % of the worlds or less."""
    donors, one = np.arange(1, 31), np.array([0])
    by_sdid, by_mix, wide = [], [], []
    with one_thread():
        for draw in range(120):
            rng = np.random.default_rng([draw, 99])
            y, start = world(rng, [8], rho=rho)
            policy = policy_of(y, start)
            estimate = staggered_sdid(policy, one, donors).estimate
            placebos = placebo_sdid(policy, one, donors, np.arange(30)[:, None])[:, 0]
            by_sdid.append(rank_p(abs(estimate), np.abs(placebos)) <= 0.05)
            wide.append(abs(estimate) > bound(placebos))
            if draw < 40:
                found = synthetic_control(policy, one, donors)
                by_mix.append(placebo_test(found, np.arange(30)[:, None]).p <= 0.05)
    assert np.mean(by_sdid) <= 0.07 and np.mean(by_mix) <= 0.07 and np.mean(wide) <= 0.07


def test_placebo_tests_of_one_region_find_what_is_there() -> None:
    donors, one = np.arange(1, 31), np.array([0])
    found = []
    for draw in range(20):
        y, start = world(np.random.default_rng([draw, 5]), [8], effect=2.0)
        policy = policy_of(y, start)
        estimate = staggered_sdid(policy, one, donors).estimate
        assert abs(estimate - 2.0) < 1.0
        found.append(
            rank_p(abs(estimate), np.abs(placebo_sdid(policy, one, donors, np.arange(30)[:, None])[:, 0])) <= 0.05
        )
    assert np.mean(found) >= 0.8
