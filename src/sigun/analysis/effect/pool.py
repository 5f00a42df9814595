"""Who can be followed without a gap (빠짐없는 지역): a synthetic path needs every period of every region in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.effect.policy import Policy
from sigun.analysis.statistics.arrays import IntArray


@dataclass(frozen=True)
class Pool:
    """Treated regions without a gap in their windows, and regions to be mixed without one in any of these."""

    treated: IntArray
    donors: IntArray


def pool_of(policy: Policy) -> Pool:
    """Who can be followed without a gap."""
    times = np.arange(policy.y.shape[1])
    used, treated = np.zeros(len(times), dtype=bool), []
    for unit in np.flatnonzero(policy.treated).tolist():
        window = policy.event_times(int(policy.start[unit])) + int(policy.start[unit])
        if np.isfinite(policy.y[unit, window]).all():
            treated.append(unit)
            used[window] = True
    donors = np.flatnonzero(~policy.treated & np.isfinite(policy.y[:, used]).all(axis=1))
    return Pool(np.array(treated, dtype=np.int64), donors)
