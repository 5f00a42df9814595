"""Supply and demand as a plan asks it (수급분석): which places, who needs them, how far people go."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sigun.plan.part import Part, Slug, Words

Decay = Literal["none", "step", "gaussian"]
"""거리에 따른 감소: all within the distance alike, three rings, or smoothly fewer with the distance."""


class SupplyDemand(Part):
    """수급분석: demand, capacity, waiting and access of every area within a distance, and where places lack."""

    method: Literal["supply_demand"]
    facilities: Slug  # card of kind `facilities`
    capacity: Slug | None = None  # column of the card: 정원, 병상수, 구획수; none: each place counts one
    enrolled: Slug | None = None  # column of the card: 현원, 이용자
    waiting: Slug | None = None  # column of the card, or of the areas: 대기
    kinds: tuple[Words, ...] = Field(default=(), max_length=50)  # of the kind column, only these: 국공립; none: all
    demand: Slug  # a count of each area: children, elderly, cars
    per: float = Field(default=100, gt=0, le=1_000_000)  # access is told as places per so many of the demand
    within_km: float = Field(default=3, gt=0, le=50)
    decay: Decay = "gaussian"
