"""One frozen part per method, told apart by `method` (분석방법)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sigun.plan.steps.before_after import BeforeAfter
from sigun.plan.steps.describe import (
    AreaFactors,
    Concentration,
    Coverage,
    Duration,
    Hotspot,
    Kinds,
    Occurrence,
    Quality,
    Rhythm,
    SameVehicle,
    Trend,
    Weather,
)
from sigun.plan.steps.effect import Effect
from sigun.plan.steps.factors import FactorAnalysis
from sigun.plan.steps.predict import Backtest, Campaign, Conditions, Every, Forecast, Patrol
from sigun.plan.steps.summary import Summary
from sigun.plan.steps.supply import SupplyDemand

Step = Annotated[
    Coverage
    | FactorAnalysis
    | Effect
    | BeforeAfter
    | Summary
    | Quality
    | Trend
    | Rhythm
    | Kinds
    | Concentration
    | Hotspot
    | Duration
    | SameVehicle
    | AreaFactors
    | Occurrence
    | Weather
    | Backtest
    | Forecast
    | Patrol
    | SupplyDemand,
    Field(discriminator="method"),
]

__all__ = [
    "AreaFactors",
    "Backtest",
    "BeforeAfter",
    "Campaign",
    "Concentration",
    "Conditions",
    "Coverage",
    "Duration",
    "Effect",
    "Every",
    "FactorAnalysis",
    "Forecast",
    "Hotspot",
    "Kinds",
    "Occurrence",
    "Patrol",
    "Quality",
    "Rhythm",
    "SameVehicle",
    "Step",
    "Summary",
    "SupplyDemand",
    "Trend",
    "Weather",
]
