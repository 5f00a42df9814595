"""CRV3: against every panel estimated again without a cluster, and against pyfixest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.panels import formula_of, frame_of, made_up

from sigun.analysis.regression.jackknife import crv3, left_out
from sigun.analysis.regression.linear import ESTIMATORS, within_twoway
from sigun.analysis.regression.observations import rows_of
from sigun.analysis.regression.refusals import SoleCluster

pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")  # pyfixest's own


@pytest.mark.parametrize("effects", ["", "region", "region + period"])
def test_agrees_with_pyfixest(effects: str) -> None:
    pyfixest = pytest.importorskip("pyfixest")
    obs = made_up(10, 8)
    theirs = pyfixest.feols(
        formula_of(obs, effects), frame_of(obs), vcov={"CRV3": "region"}, ssc=pyfixest.ssc(k_adj=False, G_adj=False)
    )
    name = {"": "pooled", "region": "within_region"}.get(effects, "within_twoway")
    ours = crv3(name, obs)
    assert np.diag(ours.matrix) == pytest.approx(0.9 * theirs.se()[["x0", "x1"]].to_numpy() ** 2, rel=1e-5)
    assert (ours.df, ours.clusters, ours.small_sample) == (9, 10, "jackknife")


@pytest.mark.parametrize("name", list(ESTIMATORS))
@pytest.mark.parametrize("wide", [False, True])
def test_is_each_estimate_without_one_cluster(name: str, wide: bool) -> None:
    obs = made_up(18, 8, weights=True)
    cluster = obs.region // 3 if wide else obs.region
    if wide:
        obs = replace(obs, cluster=cluster)
    expected = [ESTIMATORS[name](rows_of(obs, cluster != g)).beta for g in np.unique(cluster)]
    assert left_out(name, obs) == pytest.approx(np.array(expected), rel=1e-9)


def test_an_effect_of_one_cluster_alone_is_refused() -> None:
    obs = made_up()
    policy = ((obs.region == 4) & (obs.period > 4)).astype(float)
    treated = replace(obs, x=np.column_stack([obs.x, policy]))
    within_twoway(treated)
    with pytest.raises(SoleCluster) as caught:
        crv3("within_twoway", treated)
    assert (caught.value.cluster, caught.value.columns) == (4, (2,))
