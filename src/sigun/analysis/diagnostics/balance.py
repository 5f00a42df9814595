"""The largest complete block of a panel (완전 구간): for methods that cannot do with gaps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import BoolArray, IntArray


@dataclass(frozen=True, slots=True)
class Block:
    """Regions observed in every period of one span."""

    regions: IntArray  # numbers of the regions kept, ascending
    left_out: IntArray  # numbers of the regions not complete over the span, ascending
    first: int  # first period of the span
    end: int  # the period after the last

    @property
    def periods(self) -> int:
        """Length of the span."""
        return self.end - self.first


def complete_block(observed: BoolArray) -> Block:
    """The span without gaps and the regions complete over it that together keep most observations.

    Of equals the longer span is taken, then the earlier one.

    Parameters
    ----------
    observed : (G, T) whether a region was observed in a period.

    Examples
    --------
    >>> block = complete_block(np.array([[1, 1, 1, 1], [1, 1, 1, 1], [0, 0, 0, 1]], bool))
    >>> block.regions.tolist(), block.left_out.tolist(), block.first, block.end
    ([0, 1], [2], 0, 4)
    """
    periods = observed.shape[1]
    spans = [(first, end) for first in range(periods) for end in range(first + 1, periods + 1)]
    kept = {span: int(observed[:, span[0] : span[1]].all(axis=1).sum()) for span in spans}
    first, end = max(spans, key=lambda s: (kept[s] * (s[1] - s[0]), s[1] - s[0], -s[0]))
    complete = observed[:, first:end].all(axis=1)
    return Block(np.flatnonzero(complete), np.flatnonzero(~complete), first, end)
