"""Effects a reader can picture (자연 단위): one per cent point, a tenth more, or a round step of its own size."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log, log10

import numpy as np

ROUND = (1.0, 2.0, 5.0, 10.0)
LOGARITHM = "log"  # a column's unit begins with it where it is a logarithm


@dataclass(frozen=True)
class Step:
    """A change of a factor that is told as one step."""

    amount: float  # as it is told: 1, 10
    unit: str  # %p, %, 명
    change: float  # of the factor's own column


@dataclass(frozen=True)
class Scale:
    """How the outcome's coefficient is told."""

    unit: str
    relative: bool  # of a logarithm: told in per cent of the outcome

    def told(self, change: float) -> float:
        """A change of the model's outcome as it is told."""
        return float(100 * np.expm1(change)) if self.relative else float(change)


def step_of(unit: str, sd_within: float) -> Step:
    """One natural step.

    >>> step_of("%", 3.2).unit, step_of("log 원", 0.1).amount, step_of("명", 340.0).amount
    ('%p', 10.0, 500.0)
    """
    if unit == "%":
        return Step(1.0, "%p", 1.0)
    if is_log(unit):
        return Step(10.0, "%", log(1.1))
    amount = _round(sd_within)
    return Step(amount, unit, amount)


def scale_of(unit: str, transform: str) -> Scale:
    """How changes of the outcome are told: logged ones in per cent."""
    if transform == "log" or is_log(unit):
        return Scale("%", True)
    return Scale("%p" if unit == "%" else unit, False)


def is_log(unit: str) -> bool:
    """Whether a column of that unit is a logarithm."""
    return unit == LOGARITHM or unit.startswith(f"{LOGARITHM} ")


def _round(size: float) -> float:
    """The nearest of 1, 2, 5 × 10ⁿ, on the scale of ratios."""
    if not np.isfinite(size) or size <= 0:
        return 1.0
    base = 10.0 ** floor(log10(size))
    return min((base * r for r in ROUND), key=lambda x: (abs(log(x / size)), x))
