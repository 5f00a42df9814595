"""Grunfeld's ten firms: exact p of the wild cluster bootstrap, all 1,024 combinations of signs."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.regression.observations import Observations
from sigun.analysis.resampling.wild import wild_clusters


def grunfeld() -> Observations:
    """Ten firms, 1935–1954: investment on value and capital (Baltagi 2013, Table 2.1)."""
    import statsmodels.datasets.grunfeld as source

    frame = source.load_pandas().data
    frame = frame[frame["firm"] != "American Steel"].sort_values(["firm", "year"])
    return Observations(
        frame["invest"].to_numpy(float),
        frame[["value", "capital"]].to_numpy(float),
        np.unique(frame["firm"], return_inverse=True)[1],
        (frame["year"] - 1935).to_numpy(np.int64),
    )


def test_grunfeld_two_way() -> None:
    found = wild_clusters(grunfeld(), "within_twoway", [0, 1], rng=np.random.default_rng(1))
    value, capital = (test for test, _ in found)
    assert (value.estimate, capital.estimate) == pytest.approx((0.1177158551, 0.3579162731), abs=1e-9)
    assert (value.exact, value.draws, value.clusters) == (True, 1024, 10)
    assert value.p == 2 / 1024 and capital.p == 52 / 1024  # 0.0293 where periods are not taken out of each draw again
