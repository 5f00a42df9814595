"""A comparison before and after as a plan asks it (전후비교): outcome, who began when, whom they are compared with."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from sigun.plan.part import Part, Slug, Words
from sigun.plan.steps.effect import Treatment, Window
from sigun.plan.steps.factors import Outcome

Among = Literal[
    "rest",  # 나머지 모든 지역
    "neighbours",  # 맞닿은 지역
    "similar",  # 시행 전 수준과 추세가 비슷한 지역
]


class BeforeAfter(Part):
    """전후비교: how much changed where something began, beside how much changed elsewhere. A comparison, no proof."""

    method: Literal["before_after"]
    outcome: Outcome  # `log`: changes are compared in per cent, as those of counts always are
    treatment: Treatment
    window: Window = Window()
    comparison: Among | tuple[Words, ...] = "rest"  # or regions by name or code
    per: Slug | None = None  # what a count is for: people, vehicles; none: counts themselves

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        names = self.variables()
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            raise PydanticCustomError(
                "variable_twice", "outcome, treatment and per repeat: {names}", {"names": ", ".join(twice)}
            )
        if not self.comparison:
            raise PydanticCustomError("nobody_to_compare", "comparison: a word or regions")
        return self

    def variables(self) -> tuple[str, ...]:
        """Every column of the panel it asks for."""
        return tuple(n for n in (self.outcome.variable, self.treatment.variable, self.per) if n is not None)
