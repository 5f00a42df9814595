"""How an estimate is to be read (읽는 법): positive, negative, or unclear where chance would do it too."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

DISCOVERY = 0.05  # share of false finds that is put up with


def readings(estimate: FloatArray, q: FloatArray) -> list[str]:
    """A word for each estimate (n,), by its sign and its q (n,); without an answer it is unclear.

    >>> readings(np.array([0.4, -0.4, 0.4, np.nan]), np.array([0.01, 0.01, 0.2, np.nan]))
    ['positive', 'negative', 'unclear', 'unclear']
    """
    sign = np.where(estimate > 0, "positive", "negative")
    return [str(word) for word in np.where(q <= DISCOVERY, sign, "unclear")]
