"""Every estimator against dummies written out, pyfixest and linearmodels, on panels with holes and weights."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.panels import formula_of, frame_of, made_up

from sigun.analysis.regression.linear import (
    ESTIMATORS,
    between,
    first_difference,
    pooled,
    pooled_constant,
    within_region,
    within_twoway,
)
from sigun.analysis.regression.observations import Observations, rows_of
from sigun.analysis.regression.refusals import CollinearColumns
from sigun.errors import MethodError

pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")  # pyfixest's own

EXACT = {"rel": 1e-8, "abs": 1e-10}


def dummies(index: np.ndarray) -> np.ndarray:
    return (index[:, None] == np.unique(index)).astype(float)


@pytest.mark.parametrize("weights", [False, True])
@pytest.mark.parametrize(("regions", "periods"), [(12, 9), (6, 15)])
def test_two_way_is_least_squares_with_dummies(regions: int, periods: int, weights: bool) -> None:
    obs = made_up(regions, periods, weights=weights)
    fit = within_twoway(obs)
    root = np.sqrt(np.ones(len(obs.y)) if obs.weight is None else obs.weight)[:, None]
    design = np.column_stack([obs.x, dummies(obs.region), dummies(obs.period)]) * root
    found = np.linalg.lstsq(design, obs.y * root[:, 0], rcond=None)[0]
    assert fit.beta == pytest.approx(found[:2], **EXACT)
    assert fit.residuals == pytest.approx(obs.y * root[:, 0] - design @ found, rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("weights", [False, True])
def test_agrees_with_pyfixest(weights: bool) -> None:
    pyfixest = pytest.importorskip("pyfixest")
    obs = made_up(30, 8, weights=weights)
    for effects, ours in (("", pooled(obs)), ("region", within_region(obs)), ("region + period", within_twoway(obs))):
        fit = pyfixest.feols(
            formula_of(obs, effects),
            frame_of(obs),
            weights="weight" if weights else None,
            demeaner=pyfixest.demeaners.MapDemeaner(fixef_tol=1e-13),
        )
        assert ours.beta == pytest.approx(fit.coef()[["x0", "x1"]].to_numpy(), **EXACT)


def test_agrees_with_linearmodels() -> None:
    panels = pytest.importorskip("linearmodels.panel")
    obs = made_up(20, 7)
    frame = frame_of(obs).set_index(["region", "period"])
    x = frame[["x0", "x1"]].assign(constant=1.0)
    means = panels.BetweenOLS(frame.y, x).fit()
    assert between(obs).beta == pytest.approx(means.params.iloc[:2].to_numpy(), **EXACT)
    both = panels.PanelOLS(frame.y, x, entity_effects=True, time_effects=True).fit()
    assert within_twoway(obs).beta == pytest.approx(both.params.iloc[:2].to_numpy(), **EXACT)


def test_pooled_constant() -> None:
    statsmodels = pytest.importorskip("statsmodels.api")
    obs = made_up()
    found = statsmodels.OLS(obs.y, statsmodels.add_constant(obs.x)).fit()
    assert pooled_constant(obs) == pytest.approx((found.params[0], found.bse[0]), **EXACT)


def test_differences_are_of_periods_that_follow_on() -> None:
    obs = Observations(
        np.array([1.0, 3.0, 9.0, 2.0, 5.0, 6.0]),
        np.array([[0.0], [1.0], [5.0], [0.0], [2.0], [2.0]]),
        np.array([0, 0, 0, 1, 1, 1]),
        np.array([0, 1, 3, 0, 1, 2]),
    )
    fit = first_difference(obs, period_effects=False)
    assert fit.period.tolist() == [1, 1, 2]
    assert fit.y.tolist() == [2.0, 3.0, 1.0]
    assert fit.beta[0] == pytest.approx((2 * 1 + 3 * 2) / 5)


def test_levels_of_regions_do_not_matter() -> None:
    obs = made_up()
    moved = replace(obs, y=obs.y + 1e6 * obs.region, x=obs.x + (1e5 * obs.region)[:, None])
    assert within_twoway(moved).beta == pytest.approx(within_twoway(obs).beta, rel=1e-6)


def test_a_region_of_one_row_drops_out() -> None:
    obs = made_up()
    lonely = Observations(
        np.append(obs.y, 50.0),
        np.vstack([obs.x, [[1.0, -3.0]]]),
        np.append(obs.region, obs.region.max() + 1),
        np.append(obs.period, 2),
    )
    for name in ("within_region", "within_twoway"):
        ours, without = ESTIMATORS[name](lonely), ESTIMATORS[name](obs)
        assert len(ours.residuals) == len(obs.y)
        assert ours.absorbed == without.absorbed
        assert ours.beta == pytest.approx(without.beta, **EXACT)


def test_parts_that_share_nothing_count_their_effects_apart() -> None:
    one, two = made_up(8, 6), made_up(9, 6, seed=8)
    both = Observations(
        np.append(one.y, two.y),
        np.vstack([one.x, two.x]),
        np.append(one.region, two.region + 8),
        np.append(one.period, two.period + 6),
    )
    fit = within_twoway(both)
    assert fit.absorbed == 8 + 9 + 6 + 6 - 2


@pytest.mark.parametrize("name", ["within_region", "within_twoway", "first_difference"])
def test_a_factor_constant_inside_regions_is_named(name: str) -> None:
    obs = made_up()
    fixed = np.random.default_rng(3).normal(size=12)[obs.region] * 1e6 + 0.1
    with pytest.raises(CollinearColumns) as caught:
        ESTIMATORS[name](replace(obs, x=np.column_stack([obs.x, fixed])))
    assert (caught.value.flat, caught.value.repeated) == ((2,), ())


@pytest.mark.parametrize("name", list(ESTIMATORS))
def test_a_repeated_factor_is_named(name: str) -> None:
    obs = made_up()
    with pytest.raises(CollinearColumns) as caught:
        ESTIMATORS[name](replace(obs, x=np.column_stack([obs.x, 3 * obs.x[:, 0] - obs.x[:, 1]])))
    assert (caught.value.flat, caught.value.repeated) == ((), (2,))
    assert "Only 2 of 3" in caught.value.what


def test_a_factor_alike_everywhere_is_named_by_two_way_only() -> None:
    obs = made_up()
    trend = replace(obs, x=np.column_stack([obs.period.astype(float), obs.x]))
    within_region(trend)
    with pytest.raises(CollinearColumns) as caught:
        within_twoway(trend)
    assert caught.value.flat == (0,)


@pytest.mark.parametrize("name", list(ESTIMATORS))
def test_an_outcome_without_variation(name: str) -> None:
    obs = made_up()
    with pytest.raises(MethodError, match="does not vary"):
        ESTIMATORS[name](replace(obs, y=np.full(len(obs.y), 1.3)))


@pytest.mark.parametrize("name", ["between", "within_region", "within_twoway", "first_difference"])
def test_one_region(name: str) -> None:
    obs = made_up(missing=0)
    with pytest.raises(MethodError, match=r"only one region|not two"):
        ESTIMATORS[name](rows_of(obs, obs.region == 0))


@pytest.mark.parametrize("name", ["within_region", "within_twoway", "first_difference"])
def test_singletons_alone(name: str) -> None:
    obs = made_up(missing=0)
    with pytest.raises(MethodError, match=r"No region|not two"):
        ESTIMATORS[name](rows_of(obs, obs.period == obs.region % 9))


def test_one_period() -> None:
    obs = made_up(missing=0)
    with pytest.raises(MethodError, match="not two"):
        within_twoway(rows_of(obs, obs.period == 3))


def test_two_periods_are_the_first_difference() -> None:
    obs = made_up(missing=0)
    two = rows_of(obs, obs.period < 2)
    assert within_twoway(two).beta == pytest.approx(first_difference(two).beta, **EXACT)


def test_more_factors_than_rows() -> None:
    obs = made_up(3, 3, missing=0, k=4)
    with pytest.raises(MethodError, match="9 rows do not carry 4 factors and 5 effects"):
        within_twoway(obs)
