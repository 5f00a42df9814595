"""False discoveries (거짓 발견): when many things are tried at once, how many of those that stand out are chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def false_discovery(p: FloatArray) -> FloatArray:
    """q values: the share of false finds to expect when everything with a p this small is called a find (거짓 발견율).

    Benjamini & Hochberg's step-up procedure. A p that is NaN was not tried: its q is NaN and it does not count.

    Parameters
    ----------
    p : (n,) p values, 0–1.

    References
    ----------
    Benjamini & Hochberg (1995), J. R. Statist. Soc. B 57:289–300.

    Examples
    --------
    >>> false_discovery(np.array([0.01, 0.02, 0.9])).round(3).tolist()
    [0.03, 0.03, 0.9]
    """
    q = np.full(len(p), np.nan)
    tried = np.flatnonzero(np.isfinite(p))
    order = tried[np.argsort(p[tried], kind="stable")]
    ranked = p[order] * len(order) / np.arange(1, len(order) + 1)
    q[order] = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1.0)
    return q
