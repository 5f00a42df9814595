"""Random effects against linearmodels; the tests of their assumption on panels that keep and break it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.panels import frame_of, made_up

from sigun.analysis.regression.errors import covariance
from sigun.analysis.regression.linear import within_region
from sigun.analysis.regression.observations import Observations, rows_of
from sigun.analysis.regression.random_effects import hausman, mundlak, random_effects
from sigun.errors import MethodError


@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_agree_with_linearmodels(missing: float) -> None:
    panels = pytest.importorskip("linearmodels.panel")
    obs = made_up(30, 8, missing=missing)
    frame = frame_of(obs).set_index(["region", "period"])
    theirs = panels.RandomEffects(frame.y, frame[["x0", "x1"]].assign(constant=1.0)).fit()
    ours = random_effects(obs)
    assert [*ours.fit.beta, ours.constant] == pytest.approx(theirs.params.to_numpy(), rel=1e-8)
    assert np.sqrt(np.diag(covariance(ours.fit, "iid").matrix)) == pytest.approx(
        theirs.std_errors.iloc[:2].to_numpy(), rel=1e-8
    )
    variances = theirs.variance_decomposition
    assert ours.sigma_region**2 == pytest.approx(variances["Effects"], rel=1e-8)
    assert ours.sigma_idio**2 == pytest.approx(variances["Residual"], rel=1e-8)


def levels(own: float, seed: int) -> Observations:
    """`own`: how much the regions' levels go with their factor."""
    rng = np.random.default_rng(seed)
    region, period = np.repeat(np.arange(40), 6), np.tile(np.arange(6), 40)
    level = rng.normal(size=40)
    x = rng.normal(size=240) + own * level[region]
    return Observations(x + level[region] + rng.normal(size=240), x[:, None], region, period)


def test_both_tests_tell_levels_that_go_with_the_factor() -> None:
    kept, broken = levels(0.0, 1), levels(1.5, 1)
    assert hausman(within_region(kept), random_effects(kept)).p > 0.05
    assert mundlak(kept).p > 0.05
    assert hausman(within_region(broken), random_effects(broken)).p < 0.001
    assert mundlak(broken).p < 0.001


def test_mundlak_leaves_out_what_never_changes() -> None:
    obs = levels(1.5, 2)
    fixed = replace(obs, x=np.column_stack([obs.x, (obs.region % 7).astype(float)]))
    assert mundlak(fixed).df == 1


def test_too_few_regions() -> None:
    obs = made_up(8, 6, missing=0)
    with pytest.raises(MethodError, match="3 regions do not carry 2 factors"):
        random_effects(rows_of(obs, obs.region < 3))
