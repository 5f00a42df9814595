"""Crime in 49 neighbourhoods of Columbus: spatial tests, models and effects against spreg and R's spatialreg.

Data and the weights of 236 links come with libpysal. Two other weights of the same map are in use, and both are got
from it by the links named below: 230 links (spData, col.gal.nb) and 232 links (Anselin 1988; spData, COL.nb). Figures:
236 links from spreg 1.9.0 and esda 2.9.0; 230 and 232 links from spatialreg 1.2-6 and spdep 1.2-7 in R 4.2.2
(`lagsarlm`, `errorsarlm`, `impacts`, `lm.LMtests`, `lm.morantest`).
"""

from __future__ import annotations

import warnings
from typing import Any, NamedTuple

import numpy as np
import pytest

from sigun.analysis.spatial.impacts import impacts
from sigun.analysis.spatial.lagrange import lagrange
from sigun.analysis.spatial.models import spatial_error, spatial_lag
from sigun.analysis.spatial.moran import moran, moran_residuals
from sigun.analysis.spatial.sample import SpatialSample, row_standardised, spatial_sample
from sigun.analysis.statistics.arrays import FloatArray

LESS = {236: [], 230: [(5, 16), (25, 30), (31, 39)], 232: [(9, 25), (26, 29), (31, 39)]}  # numbered from 1
MORE = {236: [], 230: [], 232: [(12, 18)]}


class Columbus(NamedTuple):
    crime: FloatArray
    x: FloatArray  # income, house values
    links: Any  # (49, 49) of 0 and 1

    def sample(self, links: int = 236) -> SpatialSample:
        matrix = self.links.tolil(copy=True)
        for pairs, value in ((LESS[links], 0.0), (MORE[links], 1.0)):
            for one, other in pairs:
                matrix[one - 1, other - 1] = matrix[other - 1, one - 1] = value
        assert matrix.tocsr().sum() == links
        place = np.arange(49)
        return spatial_sample(self.crime, self.x, place, 0 * place, matrix.tocsr(), "constant")

    def residuals(self) -> tuple[FloatArray, FloatArray]:
        design = np.column_stack([np.ones(49), self.x])
        return self.crime - design @ np.linalg.lstsq(design, self.crime, rcond=None)[0], self.x


@pytest.fixture(scope="module")
def columbus() -> Columbus:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what libpysal says of its own neighbours
        import libpysal
        import pyogrio

        table = pyogrio.read_dataframe(libpysal.examples.get_path("columbus.shp"), read_geometry=False)
        links = libpysal.io.open(libpysal.examples.get_path("columbus.gal")).read().sparse.tocsr()
    return Columbus(table["CRIME"].to_numpy(float), table[["INC", "HOVAL"]].to_numpy(float), links)


def test_moran(columbus: Columbus) -> None:
    weight = row_standardised(columbus.links)
    found = moran_residuals(*columbus.residuals(), weight)
    assert (found.index, found.z) == pytest.approx((0.2221094066, 2.839318935), abs=1e-8)
    assert moran(columbus.crime, weight).index == pytest.approx(0.5001885572, abs=1e-9)


def test_moran_with_other_links(columbus: Columbus) -> None:
    found = moran_residuals(*columbus.residuals(), columbus.sample(230).weight)
    assert (found.index, found.expected) == pytest.approx((0.212374153, -0.033268284), abs=1e-9)
    assert (found.z, found.p) == pytest.approx((2.681, 0.00734), abs=1e-3)
    assert moran_residuals(*columbus.residuals(), columbus.sample(232).weight).index == pytest.approx(
        0.2356384, abs=1e-7
    )


@pytest.mark.parametrize(
    ("links", "figures"),
    [
        (236, (5.206213924, 8.897998591, 0.04390593189, 3.735690599)),
        (230, (4.611126, 7.855675, 0.033514, 3.2781)),
        (232, (5.723131, 9.363684, None, None)),
    ],
)
def test_lagrange(columbus: Columbus, links: int, figures: tuple[float | None, ...]) -> None:
    tests = lagrange(columbus.sample(links))
    for test, figure in zip((tests.error, tests.lag, tests.robust_error, tests.robust_lag), figures, strict=True):
        if figure is not None:
            assert test.statistic == pytest.approx(figure, abs=1e-8 if links == 236 else 5e-5)


@pytest.mark.parametrize(("links", "rho"), [(236, 0.4233254174), (230, 0.403889688), (232, 0.431023209)])
def test_lag(columbus: Columbus, links: int, rho: float) -> None:
    assert spatial_lag(columbus.sample(links)).spatial == pytest.approx(rho, abs=1e-7)


@pytest.mark.parametrize(("links", "coefficient"), [(236, 0.5467530269), (230, 0.520887696), (232, 0.561790278)])
def test_error(columbus: Columbus, links: int, coefficient: float) -> None:
    assert spatial_error(columbus.sample(links)).spatial == pytest.approx(coefficient, abs=1e-6)


def test_lag_coefficients_and_errors(columbus: Columbus) -> None:
    fit = spatial_lag(columbus.sample(232))
    assert fit.beta == pytest.approx([45.07924989, -1.03161569, -0.265926255], abs=1e-5)
    fit = spatial_lag(columbus.sample(230))
    assert fit.se == pytest.approx([7.31475363, 0.31087219, 0.09012802, 0.1207131], abs=1e-6)
    assert fit.log_likelihood == pytest.approx(-183.1683, abs=5e-5)
    assert spatial_lag(columbus.sample()).beta[1] == pytest.approx(-1.048728166, abs=1e-7)


def test_error_coefficients_and_errors(columbus: Columbus) -> None:
    fit = spatial_error(columbus.sample(230))
    assert fit.beta == pytest.approx([61.053617962, -0.995472722, -0.307979374], abs=1e-6)
    assert fit.se == pytest.approx([5.3148748, 0.33702506, 0.09258353, 0.1412862], abs=1e-6)
    assert fit.log_likelihood == pytest.approx(-184.1552, abs=5e-5)


@pytest.mark.parametrize(("links", "rho"), [(236, 0.403462571), (230, 0.382506232), (232, 0.4263355)])
def test_durbin(columbus: Columbus, links: int, rho: float) -> None:
    assert spatial_lag(columbus.sample(links), durbin=True).spatial == pytest.approx(rho, abs=1e-7)


def test_durbin_of_the_neighbours_income(columbus: Columbus) -> None:
    assert spatial_lag(columbus.sample(), durbin=True).beta[3] == pytest.approx(-0.583913354, abs=1e-7)


def test_effects_of_the_lag_model(columbus: Columbus) -> None:
    found = impacts(spatial_lag(columbus.sample(230)), 4000, np.random.default_rng(1))
    assert found.direct.estimate == pytest.approx([-1.1225156, -0.2823163], abs=1e-6)
    assert found.indirect.estimate == pytest.approx([-0.6783818, -0.1706152], abs=1e-6)
    assert found.total.estimate == pytest.approx([-1.8008973, -0.4529315], abs=1e-6)


def test_intervals_of_the_effects(columbus: Columbus) -> None:
    """R's own simulation of 20,000 draws, within what 4,000 draws can tell."""
    found = impacts(spatial_lag(columbus.sample(230)), 4000, np.random.default_rng(1))
    assert found.direct.low == pytest.approx([-1.7486, -0.4703], abs=0.06)
    assert found.direct.high == pytest.approx([-0.4976, -0.0981], abs=0.06)
    assert found.total.low == pytest.approx([-3.1383, -0.8994], abs=0.15)
    assert found.total.high == pytest.approx([-0.8449, -0.1535], abs=0.10)


def test_effects_of_the_durbin_model(columbus: Columbus) -> None:
    found = impacts(spatial_lag(columbus.sample(230), durbin=True), 99, np.random.default_rng(1))
    assert found.direct.estimate == pytest.approx([-1.041807976, -0.283632495], abs=1e-6)
    assert found.indirect.estimate == pytest.approx([-1.480424581, 0.230205524], abs=1e-6)
    assert found.total.estimate == pytest.approx([-2.522232557, -0.053426971], abs=1e-6)
