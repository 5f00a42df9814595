"""Direct, indirect and total effects against the derivatives of the reduced form, one region and factor at a time."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from sigun.analysis.spatial.impacts import impacts
from sigun.analysis.spatial.models import SpatialFit, spatial_error, spatial_lag
from sigun.analysis.spatial.sample import SpatialSample, row_standardised, spatial_sample

PLACE = np.arange(20)
LINKS = np.zeros((20, 20))
for _place in PLACE:
    LINKS[_place, (_place + 1) % 20] = LINKS[_place, (_place + 3) % 20] = 1.0  # one-way: W is not symmetric
MAP = row_standardised(sparse.csr_matrix(LINKS))


def _sample() -> SpatialSample:
    rng = np.random.default_rng(1)
    x = rng.standard_normal((20, 2))
    y = np.linalg.solve(np.eye(20) - 0.4 * MAP.toarray(), 2 + x @ [1.0, -0.5] + 0.3 * rng.standard_normal(20))
    return spatial_sample(y, x, PLACE, 0 * PLACE, MAP, "constant")


def _derivatives(fit: SpatialFit, factor: int) -> np.ndarray:
    """Change of every region's outcome when the factor is one more in one region, by differences."""

    def outcome(x: np.ndarray) -> np.ndarray:
        right = x @ fit.beta[1:3] + fit.beta[0]
        if fit.kind == "durbin":
            right = right + MAP @ x @ fit.beta[3:]
        return np.linalg.solve(np.eye(20) - fit.spatial * MAP.toarray(), right)

    x = np.zeros((20, 2))
    return np.stack([outcome(x + np.outer(j == PLACE, np.arange(2) == factor)) - outcome(x) for j in PLACE], axis=1)


@pytest.mark.parametrize("durbin", [False, True])
def test_means_of_the_derivatives(durbin: bool) -> None:
    fit = spatial_lag(_sample(), durbin=durbin)
    found = impacts(fit, 99, np.random.default_rng(1))
    for factor in range(2):
        changes = _derivatives(fit, factor)
        assert found.direct.estimate[factor] == pytest.approx(np.trace(changes) / 20)
        assert found.total.estimate[factor] == pytest.approx(changes.sum() / 20)
        assert found.indirect.estimate[factor] == pytest.approx((changes.sum() - np.trace(changes)) / 20)


def test_intervals_cover_the_estimate_and_repeat() -> None:
    fit = spatial_lag(_sample())
    one, other = (impacts(fit, 500, np.random.default_rng(3)) for _again in range(2))
    for part, again in ((one.direct, other.direct), (one.indirect, other.indirect), (one.total, other.total)):
        assert (part.low < part.estimate).all()
        assert (part.estimate < part.high).all()
        assert (part.low == again.low).all()
    assert one.draws == 500


def test_the_interval_of_a_coefficient_alone_is_the_normal_one() -> None:
    fit = spatial_error(_sample())
    found = impacts(fit, 40_000, np.random.default_rng(4))
    assert found.direct.estimate == pytest.approx(fit.beta[1:])
    assert found.direct.high - found.direct.low == pytest.approx(2 * 1.96 * fit.se[1:3], rel=0.03)
    assert not found.indirect.high.any()
    assert (found.total.low == found.direct.low).all()
