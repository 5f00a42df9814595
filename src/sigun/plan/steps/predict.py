"""Steps that look ahead (예측): forecast, its check on the past, and the patrol list made from it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sigun.plan.part import Part

Every = Literal["7d", "1mo"]


class Forecast(Part):
    """예측: expected reports a place over the horizon after the last known day."""

    method: Literal["forecast"]
    horizon: str = Field(default="7d", pattern=r"^(\d{1,3}d|\d{1,2}mo)$")


class Backtest(Part):
    """과거검증: the forecast as it would have been made at each past origin, scored against what came."""

    method: Literal["backtest"]
    every: Every = "7d"
    months: int = Field(default=12, ge=1, le=60)


class Patrol(Part):
    """순찰 우선순위: where to look first, and what that buys."""

    method: Literal["patrol"]
    capacity: int = Field(default=10, ge=1, le=10_000)  # places a day
    days: int = Field(default=7, ge=1, le=31)
    random_share: float = Field(default=0.1, ge=0, le=0.5)  # kept free of the forecast, against feedback
