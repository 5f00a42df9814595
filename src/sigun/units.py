"""Units and measure types (단위·측정 유형): what may be added up, and what may not."""

from __future__ import annotations

from typing import Literal

Measure = Literal["stock", "flow", "rate", "index", "share"]

ADDITIVE_OVER_SPACE: frozenset[Measure] = frozenset({"stock", "flow"})
ADDITIVE_OVER_TIME: frozenset[Measure] = frozenset({"flow"})
