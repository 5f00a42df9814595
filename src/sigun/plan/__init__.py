"""The plan (분석계획): what is asked, of which data, by which methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sigun.plan.model import Plan
    from sigun.plan.read import read_plan

__all__ = ["Plan", "read_plan"]


def __getattr__(name: str) -> Any:
    """Plan and read_plan when they are asked for: a parse of a file needs `plan.part` alone, many times a day."""
    if name == "Plan":
        from sigun.plan.model import Plan

        return Plan
    if name == "read_plan":
        from sigun.plan.read import read_plan

        return read_plan
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
