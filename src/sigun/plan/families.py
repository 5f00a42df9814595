"""Families of analysis (분석유형): which kinds of question a plan answers, told by its steps and never written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, get_args

from sigun.text import N_

if TYPE_CHECKING:  # the search asks for families alone, and starts without the plan's model
    from sigun.plan.model import Plan

Family = Literal["describe", "factors", "effect", "forecast", "supply_demand", "before_after", "summary"]
"""특성 · 요인 · 정책효과 · 예측 · 수급 · 전후비교 · 기술통계."""

FAMILIES: tuple[Family, ...] = get_args(Family)

PARTICULAR: tuple[Family, ...] = (
    "forecast",
    "effect",
    "before_after",
    "supply_demand",
    "factors",
    "describe",
    "summary",
)
"""The most particular first: it names a plan of several, and of equal evidence it is the one asked for."""

NAMES: Mapping[str, str] = {
    "describe": N_("Characteristics"),
    "factors": N_("Factors"),
    "effect": N_("Effect of a policy"),
    "forecast": N_("Forecast"),
    "supply_demand": N_("Supply and demand"),
    "before_after": N_("Before and after"),
    "summary": N_("Descriptive statistics"),
}

FAMILY_OF: Mapping[str, Family] = {
    "trend": "describe",
    "rhythm": "describe",
    "kinds": "describe",
    "concentration": "describe",
    "hotspot": "describe",
    "same_vehicle": "describe",
    "duration": "describe",
    "area_factors": "describe",
    "weather": "describe",
    "occurrence": "factors",
    "factors": "factors",
    "effect": "effect",
    "backtest": "forecast",
    "forecast": "forecast",
    "patrol": "forecast",
    "supply_demand": "supply_demand",
    "before_after": "before_after",
    "summary": "summary",
}
"""Steps that are in no family (`quality`, `coverage`) look at the data before any question is asked of them."""


def families(plan: Plan) -> tuple[Family, ...]:
    """The plan's families in their usual order; a plan that only looks at its data describes them."""
    found = {FAMILY_OF[step.method] for step in plan.steps if step.method in FAMILY_OF}
    return tuple(family for family in FAMILIES if family in found) or ("describe",)
