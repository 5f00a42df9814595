"""Panels with a policy for tests: made-up outcomes of real regions of one base date, and the plan's step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from regional import card_of, region_panel_of
from sigun.analysis.effect.policy import NEVER, Policy
from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.panel.regional.model import RegionPanel
from sigun.plan.steps.effect import Effect
from sigun.region.codes import shipped, units_at

FIRST = 2005


@lru_cache
def gyeonggi() -> tuple[str, ...]:
    """The 31 시군 of Gyeonggi at the end of 2022."""
    return tuple(units_at(shipped(), date(2022, 12, 31), "sigungu", within=("경기도",))["name"])


def panel_with(
    folder: Path, y: FloatArray, more: Mapping[str, FloatArray] | None = None, names: Sequence[str] = ()
) -> RegionPanel:
    """A panel whose outcome `tfr` is y (n, t), NaN not told; `more` adds columns of the same shape."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = {"tfr": y, **(more or {})}
    places = list(names) or list(gyeonggi()[: y.shape[0]])
    rows = pd.DataFrame(
        {
            "region": pd.Series(pd.NA, range(y.size), dtype="str"),
            "sido": "경기도",
            "sigungu": np.repeat(places, y.shape[1]),
            "period": pd.to_datetime([f"{FIRST + t}" for _ in places for t in range(y.shape[1])]).astype(
                "datetime64[us]"
            ),
            "span": "year",
            "provisional": False,
            "source": np.int16(0),
        }
    ).astype({"sido": "str", "sigungu": "str", "span": "str"})
    for name, values in columns.items():
        rows[name] = values.ravel()
    card = card_of("t", dict.fromkeys(columns, "rate 명"))
    asked = {"within": ["경기도"], "loss_max": 1, "variables": [{"id": n, "table": "t"} for n in columns]}
    return region_panel_of(folder, asked, {"t": (card, rows)})


def step_of(treatment: Mapping[str, Any], **more: Any) -> Effect:
    """The step on `tfr`."""
    said = {"method": "effect", "outcome": {"variable": "tfr"}, "treatment": treatment, **more}
    return Effect.model_validate(said)


def world(
    rng: np.random.Generator, starts: Sequence[int], n: int = 31, t: int = 15, effect: float = 0.0, rho: float = 0.0
) -> tuple[FloatArray, IntArray]:
    """Region and period effects, noise that may last (AR), and `effect` since each start. NEVER for the others."""
    start = np.full(n, NEVER, dtype=np.int64)
    start[: len(starts)] = starts
    noise = rng.normal(size=(n, t + 20))
    for period in range(1, t + 20):
        noise[:, period] += rho * noise[:, period - 1]
    y = rng.normal(size=(n, 1)) + rng.normal(size=t) + 0.5 * noise[:, 20:]
    return y + effect * (np.arange(t) >= start[:, None]), start


def policy_of(y: FloatArray, start: IntArray, **more: Any) -> Policy:
    """The arrays a design is given, without controls."""
    return Policy(y, start, np.empty((*y.shape, 0)), **more)
