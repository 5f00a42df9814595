"""What every design is given (정책효과의 입력): outcome by region and period, and when each region's policy began."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray

NEVER = 1_000_000
"""The start of a region that never had it: later than any period."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Regions by periods. A value that was not observed is NaN."""

    y: FloatArray  # (n, t) outcome, in its own unit (or its logarithm)
    start: IntArray  # (n,) place of the first treated period in the calendar; NEVER where there is none
    x: FloatArray  # (n, t, k) controls; k may be 0
    anticipation: int = 0  # periods before the start that may already be moved
    before: int | None = None  # periods before the start that are looked at; none: all
    after: int | None = None  # periods from the start on; none: all

    @property
    def treated(self) -> BoolArray:
        """(n,) whether a region ever had it."""
        return np.asarray(self.start < NEVER)

    @property
    def base(self) -> int:
        """Event time of the last period that nothing can have moved: what changes are measured from."""
        return -1 - self.anticipation

    def starting(self, start: IntArray, keep: BoolArray) -> Policy:
        """The regions `keep`, as if their policy had begun at `start` (n,)."""
        return Policy(self.y[keep], start[keep], self.x[keep], self.anticipation, self.before, self.after)

    def until(self, period: int) -> Policy:
        """The periods before `period` alone."""
        return Policy(self.y[:, :period], self.start, self.x[:, :period], self.anticipation, self.before, self.after)

    def event_times(self, start: int) -> IntArray:
        """Event times of the calendar that are looked at for a start, the first treated period being 0."""
        times = np.arange(self.y.shape[1]) - start
        low = -np.inf if self.before is None else -self.before - self.anticipation
        high = np.inf if self.after is None else self.after
        return times[(times >= low) & (times < high)]
