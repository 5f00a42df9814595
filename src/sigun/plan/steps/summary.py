"""Columns told by themselves as a plan asks it (기술통계): how much, how unequal, where most and least."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sigun.plan.part import Part, Slug


class Summary(Part):
    """기술통계: each column of the panel by itself: its middle, its spread, its ends, and how it moved."""

    method: Literal["summary"]
    variables: tuple[Slug, ...] = Field(default=(), max_length=120)  # none: every column of the panel
    period: Literal["last", "all"] = "last"  # of the figures; how columns moved is told over all periods
    by: Literal["sido"] | None = None  # the same figures for each 시도

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        twice = sorted({n for n in self.variables if self.variables.count(n) > 1})
        if twice:
            raise PydanticCustomError("summary_twice", "variables repeat: {names}", {"names": ", ".join(twice)})
        return self
