"""From months to years (기간 합치기): what a column's measure allows, and what a plan must say outright."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sigun.errors import PlanError
from sigun.plan.variables import OverTime, Variable
from sigun.text import _
from sigun.units import ADDITIVE_OVER_TIME, Measure

LENGTH: Mapping[str, int] = {"month": 1, "quarter": 3, "year": 12}
"""Months in a span."""


@dataclass(frozen=True)
class OverTimeRule:
    """How a variable's own periods become those of the panel."""

    how: OverTime | None  # none: they are the panel's already
    needed: int  # periods that must be told; one less, and the whole is not observed

    @classmethod
    def of(cls, variable: Variable, measure: Measure, span: str, wanted: str) -> Self:
        """The rule of a variable whose periods are of `span`; a flow is added up unsaid."""
        if LENGTH.get(span) == LENGTH[wanted]:
            return cls(None, 1)
        usual: OverTime | None = "sum" if measure in ADDITIVE_OVER_TIME else None
        return cls(variable.over_time or usual, LENGTH[wanted] // LENGTH.get(span, 12))


def time_problem(variable: Variable, measure: Measure, span: str, wanted: str, where: str) -> PlanError | None:
    """Why the variable's periods cannot become the panel's, or nothing."""
    if LENGTH.get(span) == LENGTH[wanted]:
        return None
    if span not in LENGTH or LENGTH[span] > LENGTH[wanted]:
        return PlanError(
            _("“{id}” is told by {span}, and the panel asks for each {wanted}: nothing is divided up.").format(
                id=variable.id, span=_(span), wanted=_(wanted)
            ),
            where,
            _("Set panel.span to {span}, or take the variable out.").format(span=span),
        )
    if variable.over_time is None and measure not in ADDITIVE_OVER_TIME:
        return PlanError(
            _("“{id}” is a {measure} told by {span}: how it becomes one value for a {wanted} must be said.").format(
                id=variable.id, measure=_(measure), span=_(span), wanted=_(wanted)
            ),
            where,
            _("Write `over_time: last` for a stock at the end, or `over_time: mean` for an average."),
        )
    return None
