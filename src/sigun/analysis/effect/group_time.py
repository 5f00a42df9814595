"""Group-time effects (시행시점 집단별 효과): each cohort and period against regions not treated by then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sigun.analysis.effect.policy import Policy
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray

Comparison = Literal["never_treated", "not_yet_treated"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cohort in one period: what its regions did beyond the regions it is compared with."""

    cohort: int  # first treated period
    period: int
    treated: IntArray  # (m,) places of the cohort's regions seen then and in the base period
    gaps: FloatArray  # (m,) change since the base period beyond the comparison's, outcome units
    x: FloatArray  # (m, k + 1) constant and controls of the base period
    control: IntArray  # (c,) places of the regions compared with
    load: FloatArray  # (k + 1, c) how each of these moves the fitted change

    @property
    def event_time(self) -> int:
        """Periods since the start; 0 is the first treated one."""
        return self.period - self.cohort

    @property
    def estimate(self) -> float:
        """ATT(g, t): the mean gap."""
        return float(self.gaps.mean())


def group_time(policy: Policy, comparison: Comparison = "never_treated") -> tuple[Cell, ...]:
    """Every cohort's effect in every period that is looked at, by outcome regression on controls before the start.

    Parameters
    ----------
    policy : outcome (n, t), starts (n,), controls (n, t, k).
    comparison : regions that never had it, or also those that have it later.

    Returns
    -------
    A cell a cohort and period; none for the base period, and none where nobody can be compared.

    References
    ----------
    Callaway & Sant'Anna (2021), Journal of Econometrics 225:200-230; Sant'Anna & Zhao (2020), 219:101-122.

    Examples
    --------
    >>> from sigun.analysis.effect.policy import NEVER
    >>> y = np.array([[1.0, 1.0, 4.0], [2.0, 2.5, 3.0], [0.0, 0.5, 1.0]])
    >>> cells = group_time(Policy(y, np.array([2, NEVER, NEVER]), np.empty((3, 3, 0))))
    >>> [(c.event_time, round(c.estimate, 9)) for c in cells]
    [(-2, 0.5), (0, 2.5)]
    """
    return tuple(_cells(policy, comparison))


def _cells(policy: Policy, comparison: Comparison) -> Iterator[Cell]:
    for cohort in np.unique(policy.start[policy.treated]).tolist():
        base = cohort + policy.base
        if not 0 <= base < policy.y.shape[1]:
            continue
        for event_time in policy.event_times(cohort).tolist():
            if event_time == policy.base:
                continue
            cell = _cell(policy, cohort, cohort + event_time, base, comparison)
            if cell is not None:
                yield cell


def _cell(policy: Policy, cohort: int, period: int, base: int, comparison: Comparison) -> Cell | None:
    change = policy.y[:, period] - policy.y[:, base]
    x = np.column_stack([np.ones(len(change)), policy.x[:, base]])
    seen = np.isfinite(change) & np.isfinite(x).all(axis=1)
    mine = np.flatnonzero(seen & (policy.start == cohort))
    other = np.flatnonzero(seen & _untreated(policy, cohort, max(period, base), comparison))
    if len(mine) == 0 or len(other) <= x.shape[1]:
        return None
    solved = np.linalg.pinv(x[other])  # (k + 1, c)
    fitted = solved @ change[other]
    left = change[other] - x[other] @ fitted
    return Cell(cohort, period, mine, change[mine] - x[mine] @ fitted, x[mine], other, solved * left)


def _untreated(policy: Policy, cohort: int, until: int, comparison: Comparison) -> BoolArray:
    if comparison == "never_treated":
        return ~policy.treated
    return np.asarray((policy.start > until + policy.anticipation) & (policy.start != cohort))
