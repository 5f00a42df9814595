"""Generated plans for engines: points with ties, borders, gaps and duplicates, a cell size and a period."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sigun.panel.count import TYPES, Period


def made_up_points(seed: int) -> tuple[pd.DataFrame, int, Period]:
    """A generated plan: points, side of a cell and period."""
    rng = np.random.default_rng(seed)
    n, cell = int(rng.integers(1, 3000)), int(rng.choice([100, 250, 500, 1000]))
    first = pd.Timestamp("2024-03-08") + pd.Timedelta(days=int(rng.integers(0, 400)))
    micros = rng.integers(0, int(rng.integers(1, 800)) * 86_400_000_000, n)
    at = pd.Series(first + pd.to_timedelta(micros, unit="us"))
    at = at.where(rng.random(n) < 0.7, at.dt.floor(rng.choice(["D", "h"])))  # ties, and exactly midnight
    gone = (at + pd.to_timedelta(rng.integers(-3, 60, n), unit="D")).where(rng.random(n) < rng.random())
    spread = rng.choice([300.0, 5_000.0, 200_000.0])
    x, y = rng.uniform(-spread, spread, (2, n))
    on_border = rng.random(n) < 0.3
    x = np.where(on_border, np.round(x / cell) * cell, np.where(rng.random(n) < 0.5, np.round(x), x))
    x = np.where(rng.random(n) < 0.05, np.nan, x)
    outcome = rng.choice(np.array(["confirmed", "duplicate", "처리 완료", "", None], object), n)
    frame = pd.DataFrame({"x": x, "y": y, "occurred_at": at, "gone": gone, "outcome": outcome}).astype(TYPES)
    return frame, cell, ("day", "week", "month")[int(rng.integers(3))]
