"""One linear program (선형계획), solved by HiGHS through SciPy."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from sigun.panel.disclosure.model import BoolArray, FloatArray

TOLERANCE = 1e-5  # below that two figures are one
MOST_NODES = 2_000  # of a search for whole numbers; counted, not timed, so that every machine finds the same


def solve(
    cost: FloatArray,
    sums: csr_array,
    total: FloatArray,
    low: FloatArray,
    high: FloatArray,
    whole: BoolArray | None = None,
) -> FloatArray | None:
    """The point of least cost with `sums @ point == total` and `low <= point <= high`; none where there is none.

    Parameters
    ----------
    cost, low, high : (n,); `high` may be infinite.
    sums, total : (m, n), (m,).
    whole : (n,) which entries must be whole numbers; none of them unless said.

    References
    ----------
    Huangfu and Hall (2018), Mathematical Programming Computation 10:119–142 (HiGHS).

    Examples
    --------
    >>> one_sum = csr_array([[1.0, 1.0]])
    >>> solve(np.array([1.0, 0.0]), one_sum, np.array([5.0]), np.ones(2), np.full(2, np.inf)).tolist()
    [1.0, 4.0]
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    answer = milp(
        cost,
        integrality=None if whole is None else whole.astype(int),
        bounds=Bounds(low, high),
        constraints=LinearConstraint(sums, total, total) if sums.shape[0] else None,
        options={"node_limit": MOST_NODES, "mip_rel_gap": 0.0 if whole is None else 0.01},
    )
    return None if answer.x is None else np.asarray(answer.x, dtype=float)
