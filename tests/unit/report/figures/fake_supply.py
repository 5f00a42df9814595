"""A made-up result of supply and demand: four squares, one of them without a known demand, and three places."""

from __future__ import annotations

import pandas as pd

from sigun.result import Fact, facts_table

NAMES = ("중앙동", "역전동", "새터동")


def tables() -> dict[str, pd.DataFrame]:
    """Areas (of 20 in all together), places, outlines and facts."""
    rings = [
        {"region": f"{r}", "ring": 0, "x": 1000.0 * (r % 2 + dx), "y": 1000.0 * (r // 2 + dy)}
        for r in range(4)
        for dx, dy in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    ]
    areas = {"region": ["0", "1", "2"], "name": NAMES, "access": [6.0, 18.0, 30.0], "missing": [56.0, 4.0, 0.0]}
    places = {"x": [500.0, 1500.0, 600.0], "y": [500.0, 400.0, 1500.0], "capacity": [20.0, 80.0, 5.0]}
    return {
        "areas": pd.DataFrame(areas).assign(rank=[1, 2, 0]),
        "places": pd.DataFrame(places),
        "outline": pd.DataFrame(rings),
        "facts": facts_table([Fact("target", 20.0), Fact("short", 2)]),
    }
