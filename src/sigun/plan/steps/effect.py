"""The effect of a policy as a plan asks it (정책효과): outcome, who was treated when, which designs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from sigun.plan.part import Part, Slug, Words
from sigun.plan.steps.factors import Outcome

Design = Literal[
    "group_time",  # 시행시점 집단별 효과 (staggered difference in differences)
    "event_study",  # 시행 전후 경로, with the test of what was before
    "synthetic_control",  # 합성통제
    "sdid",  # 합성 이중차분
]


def _as_written(said: object) -> object:
    """A day that YAML has read as one, as it was written."""
    return said.isoformat() if isinstance(said, date) else said


Start = Annotated[int | str, Field(union_mode="left_to_right"), BeforeValidator(_as_written)]
"""The first treated period as the panel writes it: 2015, 2015-03, 2015-Q2, a day, or a number."""


class Treatment(Part):
    """시행: a variable of the panel above a threshold, or a list of regions with their first period."""

    title: Words = ""  # as the report calls it
    variable: Slug | None = None
    above: float = 0  # treated from the first period with more than this
    starts: Mapping[Words, Start] = Field(default={}, max_length=500)  # region's name or code -> first period

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.variable is None) == (not self.starts):
            raise PydanticCustomError("variable_or_starts", "treatment: a variable or starts, one of them")
        return self


class Window(Part):
    """전후 기간: how many periods before and after the start are looked at; none: all there are."""

    before: int | None = Field(default=None, ge=2, le=200)
    after: int | None = Field(default=None, ge=1, le=200)


class Effect(Part):
    """정책효과: what a policy or development changed, by designs that must pass their own checks."""

    method: Literal["effect"]
    outcome: Outcome
    treatment: Treatment
    controls: tuple[Slug, ...] = ()  # as they were before the start; of group_time and event_study
    design: Literal["auto"] | tuple[Design, ...] = "auto"
    comparison: Literal["never_treated", "not_yet_treated"] = "never_treated"
    anticipation: int = Field(default=0, ge=0, le=12)  # periods before the start in which people may already respond
    window: Window = Window()
    draws: int = Field(default=999, ge=99, le=9999)  # of the bootstrap of bands
    placebos: int = Field(default=199, ge=99, le=1999)  # made-up treatments, where several regions were treated
    spillover: Literal["auto", "none"] = "auto"  # auto: once more without neighbours, where they are known

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        names = self.variables()
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            raise PydanticCustomError(
                "variable_twice", "outcome, treatment and controls repeat: {names}", {"names": ", ".join(twice)}
            )
        if self.design != "auto" and (not self.design or len({*self.design}) < len(self.design)):
            raise PydanticCustomError("design_twice", "design: auto, or each design once")
        return self

    def variables(self) -> tuple[str, ...]:
        """Every column of the panel it asks for."""
        treatment = () if self.treatment.variable is None else (self.treatment.variable,)
        return (self.outcome.variable, *treatment, *self.controls)
