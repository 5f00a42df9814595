"""Disclosure control as a plan asks it (비밀보호): which figures are too small to be shown, and what stands instead."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sigun.plan.part import Part


class Privacy(Part):
    """비밀보호: the rule for counts of persons and for amounts few of them make up."""

    min_cell: int = Field(default=5, ge=2, le=100)  # 명: smaller counts are not shown (3 and 5 are usual)
    method: Literal["suppress", "round"] = "suppress"  # 가림 · 임의 반올림 (small counts become 0 or min_cell)
    zeros: Literal["shown", "hidden"] = "shown"  # whether "nobody" may be told
    dominance: float | None = Field(default=None, gt=0, lt=100)  # %: one contributor may make up so much of an amount
    margin: float = Field(default=0.1, gt=0, le=1)  # share of a hidden amount by which a reader must stay unsure
