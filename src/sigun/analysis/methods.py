"""The one table of methods (분석방법): the name in a plan, and the adapter that answers it."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from sigun.plan.steps import Step
from sigun.result import Result

METHODS: Mapping[str, str] = {
    "coverage": "sigun.analysis.regional.coverage:coverage",
    "factors": "sigun.analysis.factors.step:factors",
    "effect": "sigun.analysis.effect.step:effect",
    "before_after": "sigun.analysis.before_after.step:before_after",
    "summary": "sigun.analysis.summary.step:summary",
    "quality": "sigun.analysis.describe.quality:quality",
    "trend": "sigun.analysis.describe.trend:trend",
    "rhythm": "sigun.analysis.describe.rhythm:rhythm",
    "kinds": "sigun.analysis.describe.kinds:kinds",
    "concentration": "sigun.analysis.describe.concentration:concentration",
    "hotspot": "sigun.analysis.describe.hotspot:hotspot",
    "duration": "sigun.analysis.duration.step:duration",
    "same_vehicle": "sigun.analysis.same_vehicle.step:same_vehicle",
    "area_factors": "sigun.analysis.describe.area_factors:area_factors",
    "occurrence": "sigun.analysis.occurrence.step:occurrence",
    "weather": "sigun.analysis.describe.weather:weather",
    "backtest": "sigun.analysis.forecast.backtest:backtest",
    "forecast": "sigun.analysis.forecast.step:forecast",
    "patrol": "sigun.analysis.patrol.step:patrol",
    "supply_demand": "sigun.analysis.supply.step:supply_demand",
}
"""Modules are imported when a plan asks for them: `sigun --help` needs none."""


def adapter(method: str) -> Callable[[Step, Any, np.random.Generator], Result]:
    """The function that runs a step of that method, on the panel it looks at (of reports, or of tables)."""
    module, name = METHODS[method].split(":")
    found: Callable[[Step, Any, np.random.Generator], Result] = getattr(importlib.import_module(module), name)
    return found


def rng_for(seed: int, step: Step) -> np.random.Generator:
    """Chance for one step, from the plan's seed and the step's own content: adding a step moves no other figure."""
    content = hashlib.sha256(step.model_dump_json().encode()).digest()
    return np.random.default_rng([seed, int.from_bytes(content[:8], "big")])
