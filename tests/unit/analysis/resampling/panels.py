"""Small made-up panels of regions × periods."""

from __future__ import annotations

import numpy as np

from sigun.analysis.regression.observations import Observations
from sigun.analysis.statistics.arrays import FloatArray


def made_up(seed: int, regions: int = 9, periods: int = 6, k: int = 2, effect: float = 0.0) -> Observations:
    """A balanced panel; the outcome moves with the first column by `effect`."""
    rng = np.random.default_rng(seed)
    region, period = np.repeat(np.arange(regions), periods), np.tile(np.arange(periods), regions)
    x = rng.normal(size=(regions * periods, k)) + rng.normal(size=(regions, k))[region]
    y = effect * x[:, 0] + rng.normal(size=regions)[region] + rng.normal(size=periods)[period]
    return Observations(y + rng.normal(size=len(y)), x, region, period)


def holed(obs: Observations, seed: int, *, weighted: bool = False, clusters: int | None = None) -> Observations:
    """A fifth of the rows gone; weights and clusters of several regions where asked for."""
    rng = np.random.default_rng(seed)
    keep = np.sort(rng.permutation(len(obs.y))[: int(0.8 * len(obs.y))])
    weight = rng.uniform(0.5, 3, len(obs.y))[keep] if weighted else None
    cluster = None if clusters is None else obs.region[keep] % clusters
    region = np.unique(obs.region[keep], return_inverse=True)[1]
    return Observations(obs.y[keep], obs.x[keep], region, obs.period[keep], weight, cluster)


def dummies(obs: Observations, effects: str) -> FloatArray:
    """Every effect as columns of zeros and ones, none left out."""
    parts = [np.ones((len(obs.y), 1))]
    if effects in ("within_region", "within_twoway"):
        parts.append(obs.region[:, None] == np.unique(obs.region))
    if effects in ("within_twoway", "first_difference"):
        parts.append(obs.period[:, None] == np.unique(obs.period))
    return np.column_stack(parts).astype(float)
