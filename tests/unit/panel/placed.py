"""Placed events for tests of the quality step: the columns the snapshot and the placing give, as few rows as needed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

TEXT = ("id", "address", "street", "area_said", "kind", "channel", "vehicle", "outcome", "region")
TIMES = ("updated_at", "closed_at", "known_at")
WEST, SOUTH = 127.0, 37.7  # degrees of x = y = 0


def placed(occurred_at: Any, x: Any = 0.0, y: Any = 0.0, **columns: Any) -> pd.DataFrame:
    """Events in the order given (which must be time order); missing what is not said. x, y in metres."""
    frame = pd.DataFrame({"occurred_at": pd.to_datetime(pd.Series(list(occurred_at))).astype("datetime64[us]")})
    frame["x"], frame["y"] = x, y
    frame[["x", "y"]] = frame[["x", "y"]].astype(float)
    frame["row"] = np.arange(len(frame))
    frame["longitude"] = WEST + frame["x"] / (111_320 * np.cos(np.radians(SOUTH)))
    frame["latitude"] = SOUTH + frame["y"] / 111_320
    frame["inside"] = columns.pop("inside", True)
    for name in TEXT:
        frame[name] = pd.Series(columns.pop(name, None), index=frame.index, dtype="str")
    for name in TIMES:
        frame[name] = pd.to_datetime(pd.Series(columns.pop(name, None), index=frame.index)).astype("datetime64[us]")
    assert not columns, columns
    return frame
