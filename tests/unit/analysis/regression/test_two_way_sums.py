"""Coefficients, CRV1 and CRV3 from sums: equal to the same from rows, and to every panel estimated again."""

from __future__ import annotations

import numpy as np
import pytest
from tests.panels import formula_of, frame_of, made_up

from sigun.analysis.regression import leave_out, two_way
from sigun.analysis.regression.errors import covariance
from sigun.analysis.regression.linear import within_twoway
from sigun.analysis.regression.observations import Observations, rows_of
from sigun.analysis.regression.refusals import CollinearColumns, SoleCluster
from sigun.analysis.regression.two_way import cells_of
from sigun.analysis.regression.two_way_sums import TwoWaySums, crv1_of, crv3_of, fit_cells, two_way_sums

pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")  # pyfixest's own

SHAPES = [(5, 30), (12, 9), (30, 6), (9, 9), (3, 4), (20, 150)]


def sums_of(obs: Observations) -> TwoWaySums:
    return fit_cells(cells_of((obs.y, *obs.x.T), obs.region, obs.period, obs.weight))


def again(obs: Observations) -> np.ndarray:
    return np.array([within_twoway(rows_of(obs, obs.region != g)).beta for g in np.unique(obs.region)])


@pytest.mark.parametrize("weights", [False, True])
@pytest.mark.parametrize("missing", [0.0, 0.15])
@pytest.mark.parametrize(("regions", "periods"), SHAPES)
def test_equal_to_rows(regions: int, periods: int, missing: float, weights: bool) -> None:
    obs = made_up(regions, periods, missing=missing if regions > 3 else 0, weights=weights)
    fit, whole = sums_of(obs), within_twoway(obs)
    assert fit.beta == pytest.approx(whole.beta, rel=1e-9)
    assert crv1_of(fit).matrix == pytest.approx(covariance(whole, "crv1").matrix, rel=1e-9)
    assert fit.without == pytest.approx(again(obs), rel=1e-12)


def test_many_periods_with_holes_by_the_first_term(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way of ten million rows: nothing is solved again, and what the series leaves out is not to be seen."""
    obs = made_up(100, 5000, missing=0.03)
    monkeypatch.setattr(leave_out, "_solved_again", None)
    found = two_way_sums(obs.y, obs.x, obs.region, obs.period)
    for g in (0, 57):
        own = found.without[g] - found.beta
        assert own == pytest.approx(within_twoway(rows_of(obs, obs.region != g)).beta - found.beta, rel=1e-10)


def test_regions_of_one_row_do_not_count() -> None:
    obs = made_up(12, 9)
    y, x = np.append(obs.y, 50.0), np.vstack([obs.x, [[1.0, -3.0]]])
    region, period = np.append(obs.region, 12), np.append(obs.period, 2)
    found, without = two_way_sums(y, x, region, period), sums_of(obs)
    assert (found.rows, found.absorbed, len(found.scores)) == (without.rows, without.absorbed, 12)
    assert crv1_of(found).matrix == pytest.approx(crv1_of(without).matrix, rel=1e-10)


@pytest.mark.parametrize("staggered", [False, True])
def test_regions_that_enter_one_after_another(staggered: bool) -> None:
    """Periods with few regions: where a series would be slow, the panel is solved again."""
    obs = made_up(14, 40, missing=0)
    seen = obs.period >= (2 * obs.region if staggered else np.where(obs.region < 7, 0, 20))
    part = rows_of(obs, seen)
    assert sums_of(part).without == pytest.approx(again(part), rel=1e-9)


@pytest.mark.parametrize("shape", [(8, 500), (500, 8)])
def test_in_many_pieces(shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    obs = made_up(*shape, missing=0.1)
    whole = sums_of(obs)
    monkeypatch.setattr(two_way, "BLOCK", 500)
    monkeypatch.setattr(two_way, "ROWS", 100)
    monkeypatch.setattr(leave_out, "AT_ONCE", 3000)
    cut = sums_of(obs)
    for name in ("beta", "bread", "scores", "without"):
        assert getattr(cut, name) == pytest.approx(getattr(whole, name), rel=1e-10, abs=1e-9)


def test_agrees_with_pyfixest() -> None:
    pyfixest = pytest.importorskip("pyfixest")
    obs = made_up(40, 60, missing=0.1, k=3)
    fit = two_way_sums(obs.y, obs.x, obs.region, obs.period)
    n = len(obs.y)
    theirs = pyfixest.feols(
        formula_of(obs, "region + period"),
        frame_of(obs),
        vcov={"CRV1": "region"},
        ssc=pyfixest.ssc(k_adj=False),
        demeaner=pyfixest.demeaners.MapDemeaner(fixef_tol=1e-13),
    )
    assert fit.beta == pytest.approx(theirs.coef().to_numpy(), rel=1e-8)
    rows = (n - 1) / (n - 3 - 60)
    assert np.diag(crv1_of(fit).matrix) == pytest.approx(rows * theirs.se().to_numpy() ** 2, rel=1e-8)


@pytest.mark.parametrize("shape", [(6, 20), (20, 6)])
def test_several_rows_of_a_cell(shape: tuple[int, int]) -> None:
    """People or dwellings inside regions and periods: the cells' sums and what varies inside them are enough."""
    obs = made_up(*shape, missing=0.1)
    rng = np.random.default_rng(3)
    more = rng.integers(0, len(obs.y), 3 * len(obs.y))
    noise = rng.normal(size=(len(more), 3))
    region, period = np.append(obs.region, obs.region[more]), np.append(obs.period, obs.period[more])
    x = np.vstack([obs.x, obs.x[more] + noise[:, 1:]])
    y = np.append(obs.y, obs.y[more] + noise[:, 0])
    order = np.lexsort((period, region))
    y, x, region, period = y[order], x[order], region[order], period[order]

    def by_dummies(rows: np.ndarray) -> np.ndarray:
        effects = [(g[rows][:, None] == np.unique(g[rows])).astype(float) for g in (region, period)]
        return np.linalg.lstsq(np.column_stack([x[rows], *effects]), y[rows], rcond=None)[0][:2]

    fit = two_way_sums(y, x, region, period)
    assert fit.rows == len(y)
    assert fit.beta == pytest.approx(by_dummies(np.ones(len(y), bool)), rel=1e-9)
    assert fit.without == pytest.approx(np.array([by_dummies(region != g) for g in range(shape[0])]), rel=1e-9)


def test_order_of_the_rows_does_not_matter() -> None:
    obs = made_up(12, 9)
    mixed = np.random.default_rng(1).permutation(len(obs.y))
    one = two_way_sums(obs.y, obs.x, obs.region, obs.period)
    other = two_way_sums(obs.y[mixed], obs.x[mixed], obs.region[mixed], obs.period[mixed])
    assert np.array_equal(crv3_of(one).matrix, crv3_of(other).matrix)


def test_refusals() -> None:
    obs = made_up(12, 9)
    with pytest.raises(CollinearColumns) as caught:
        two_way_sums(obs.y, (obs.x[:, 0], obs.region * 2.0), obs.region, obs.period)
    assert caught.value.flat == (1,)
    policy = ((obs.region == 4) & (obs.period > 4)).astype(float)
    with pytest.raises(SoleCluster) as sole:
        two_way_sums(obs.y, (obs.x[:, 0], policy), obs.region, obs.period)
    assert (sole.value.cluster, sole.value.columns) == (4, (1,))
