"""Counts with exposure inside regions and periods, against pyfixest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.panels import formula_of, frame_of, made_up

from sigun.analysis.regression.errors import covariance
from sigun.analysis.regression.observations import Observations
from sigun.analysis.regression.poisson import poisson
from sigun.errors import MethodError

pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")  # pyfixest's own


def counts(seed: int = 5) -> tuple[Observations, np.ndarray]:
    obs = made_up(20, 7, seed=seed)
    rng = np.random.default_rng(seed)
    exposure = rng.uniform(50, 5000, len(obs.y))
    own = obs.x - 0.2 * obs.region[:, None]
    rate = 0.02 * np.exp(0.05 * own[:, 0] - 0.03 * own[:, 1] + 0.02 * obs.region)
    return replace(obs, y=rng.poisson(rate * exposure).astype(float), x=own), exposure


def test_agrees_with_pyfixest() -> None:
    pyfixest = pytest.importorskip("pyfixest")
    obs, exposure = counts()
    frame = frame_of(obs).assign(log_exposure=np.log(exposure))
    theirs = pyfixest.fepois(
        formula_of(obs, "region + period"),
        frame,
        vcov={"CRV1": "region"},
        offset="log_exposure",
        ssc=pyfixest.ssc(k_adj=False),
        iwls_tol=1e-12,
        demeaner=pyfixest.demeaners.MapDemeaner(fixef_tol=1e-13),
    )
    ours = poisson(obs, exposure)
    assert ours.fit.beta == pytest.approx(theirs.coef().to_numpy(), rel=1e-7)
    n = len(obs.y)
    found = np.diag(covariance(ours.fit, "crv1").matrix) * (n - 9) / (n - 1)
    assert found == pytest.approx(theirs.se().to_numpy() ** 2, rel=1e-6)


def test_a_region_without_a_case_drops_out() -> None:
    obs, exposure = counts()
    empty = replace(obs, y=np.where(obs.region == 3, 0.0, obs.y))
    found = poisson(empty, exposure)
    assert found.kept.tolist() == (obs.region != 3).tolist()
    rows = obs.region != 3
    assert found.fitted.sum() == pytest.approx(obs.y[rows].sum())


@pytest.mark.parametrize("problem", ["negative", "exposure", "none"])
def test_refusals(problem: str) -> None:
    obs, exposure = counts()
    y = {"negative": obs.y - obs.y.max(), "exposure": obs.y, "none": obs.y * 0}[problem]
    with pytest.raises(MethodError):
        poisson(replace(obs, y=y), exposure * (0 if problem == "exposure" else 1))
