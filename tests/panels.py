"""Small panels made up for tests of the panel regressions, with holes, weights and singletons on wish."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sigun.analysis.regression.observations import Observations


def made_up(
    regions: int = 12, periods: int = 9, missing: float = 0.2, k: int = 2, weights: bool = False, seed: int = 7
) -> Observations:
    """A panel with effects of both kinds, rows left out at random, and errors that stay in a region."""
    rng = np.random.default_rng(seed)
    region, period = np.repeat(np.arange(regions), periods), np.tile(np.arange(periods), regions)
    level, season = rng.normal(0, 5, regions)[region], rng.normal(0, 3, periods)[period]
    x = rng.normal(size=(len(region), k)) + 0.4 * (level + season)[:, None]
    stay = rng.normal(size=(regions, k))[region]
    y = level + season + x @ np.linspace(1, 2, k) + (stay * x).sum(axis=1) * 0.3 + rng.normal(size=len(region))
    seen = rng.random(len(region)) >= missing
    weight = rng.uniform(0.5, 3, len(region))[seen] if weights else None
    return Observations(y[seen], x[seen], region[seen], period[seen], weight)


def frame_of(obs: Observations) -> pd.DataFrame:
    """The same as a frame: y, x0, x1, …, region, period, weight."""
    table = pd.DataFrame(obs.x, columns=[f"x{j}" for j in range(obs.x.shape[1])])
    table["y"], table["region"], table["period"] = obs.y, obs.region, obs.period
    table["weight"] = 1.0 if obs.weight is None else obs.weight
    return table


def formula_of(obs: Observations, effects: str) -> str:
    """`y ~ x0 + x1 | effects`."""
    return "y ~ " + " + ".join(f"x{j}" for j in range(obs.x.shape[1])) + (f" | {effects}" if effects else "")
