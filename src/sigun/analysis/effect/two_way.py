"""The plain two-way event study (이원 고정효과 사건연구), to be held beside: staggered starts mix its effects up."""

from __future__ import annotations

import numpy as np

from sigun.analysis.effect.policy import Policy
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray

SWEEPS = 2000


def two_way_event_study(policy: Policy) -> dict[int, float]:
    """Event-time coefficients with an effect for each region and period, the base period left out.

    Parameters
    ----------
    policy : outcome (n, t), starts (n,). At least one region never had it.

    References
    ----------
    Sun & Abraham (2021), Journal of Econometrics 225:175-199, for what is wrong with it.
    """
    t = policy.y.shape[1]
    event = np.where(policy.treated[:, None], np.arange(t) - policy.start[:, None], policy.base)
    seen = np.isfinite(policy.y) & _inside(policy, event)
    region, period = np.nonzero(seen)
    times = np.unique(event[seen])
    times = times[times != policy.base]
    if len(times) == 0:
        return {}
    x = (event[seen][:, None] == times).astype(np.float64)
    both = residuals(np.column_stack([policy.y[seen], x]), region, period)
    beta, _, rank, _ = np.linalg.lstsq(both[:, 1:], both[:, 0], rcond=1e-9)
    return dict(zip(times.tolist(), beta.tolist(), strict=True)) if rank == len(times) else {}


def two_way_difference(policy: Policy) -> float:
    """One coefficient of being treated, with an effect for each region and period; NaN where it is not determined.

    Parameters
    ----------
    policy : outcome (n, t), starts (n,).

    Examples
    --------
    >>> from sigun.analysis.effect.policy import NEVER
    >>> y = np.array([[1.0, 2.0, 6.0, 7.0], [0.0, 1.0, 2.0, 3.0]])
    >>> round(two_way_difference(Policy(y, np.array([2, NEVER]), np.empty((2, 4, 0)))), 9)
    3.0
    """
    event = np.arange(policy.y.shape[1]) - policy.start[:, None]
    seen = np.isfinite(policy.y) & _inside(policy, np.where(policy.treated[:, None], event, policy.base))
    region, period = np.nonzero(seen)
    if len(region) == 0:
        return float("nan")
    treated = (event[seen] >= 0).astype(np.float64)
    y, d = residuals(np.column_stack([policy.y[seen], treated]), region, period).T
    return float(d @ y / (d @ d)) if d @ d > 1e-9 * len(d) else float("nan")


def _inside(policy: Policy, event: IntArray) -> BoolArray:
    low = -np.inf if policy.before is None else -policy.before - policy.anticipation
    high = np.inf if policy.after is None else policy.after
    return np.asarray((event >= low) & (event < high))


def residuals(values: FloatArray, region: IntArray, period: IntArray) -> FloatArray:
    """(r, k) what region and period effects leave, by sweeping one and the other until nothing moves."""
    left = values.copy()
    for _ in range(SWEEPS):
        before = left.copy()
        for index in (region, period):
            count = np.maximum(np.bincount(index), 1)
            means = np.column_stack([np.bincount(index, column) / count for column in left.T])
            left = left - means[index]
        if np.abs(left - before).max() <= 1e-12 * max(1.0, float(np.abs(values).max())):
            break
    return left
