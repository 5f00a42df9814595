"""What one design hands on (설계의 답): estimate, how sure, the checks it must pass, and what it leaves in tables."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sigun.plan.steps.effect import Design
from sigun.text import Message

Outcome = Literal["pass", "caution", "fail", "not_done"]
Verdict = Literal["raised", "lowered", "not_seen", "not_answerable"]
ALPHA = 0.05
FEW = 5  # treated regions: with fewer, errors by clusters know nothing, and placebos take their place
Row = dict[str, Any]


@dataclass(frozen=True)
class Check:
    """One check of a design."""

    check: str
    outcome: Outcome
    said: Message
    value: float = math.nan
    limit: float = math.nan
    would_need: Message | None = None  # of one that failed: the data that would answer


@dataclass(frozen=True)
class Answer:
    """One design's answer, in the scale of the outcome as transformed."""

    design: Design
    estimate: float = math.nan
    se: float = math.nan
    low: float = math.nan
    high: float = math.nan
    p: float = math.nan
    p_kind: Literal["welch", "placebo", ""] = ""
    mde: float = math.nan  # smallest effect that would be seen four times in five
    treated: int = 0
    comparison: int = 0
    cohorts: int = 0
    pre: int = 0  # periods before the start, of the treated region with fewest
    post: int = 0
    checks: tuple[Check, ...] = ()
    tables: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks it did not pass."""
        return tuple(c for c in self.checks if c.outcome == "fail")

    @property
    def found(self) -> bool:
        """Whether no effect at all can be ruled out: the test rejects and the interval leaves zero out."""
        return self.p <= ALPHA and (self.low > 0 or self.high < 0)

    @property
    def verdict(self) -> Verdict:
        """What may be said. A design that failed a check says nothing, whatever its figures."""
        if self.failed or not math.isfinite(self.estimate):
            return "not_answerable"
        if not self.found:
            return "not_seen"
        return "raised" if self.estimate > 0 else "lowered"

    def checked(self, *more: Check) -> Answer:
        """The same with more checks."""
        return replace(self, checks=(*self.checks, *more))
