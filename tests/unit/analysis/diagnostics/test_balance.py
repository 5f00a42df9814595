"""The largest complete block of a panel."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.diagnostics.balance import complete_block


@pytest.mark.parametrize(
    ("observed", "regions", "span"),
    [
        (["1111", "1111", "1111"], [0, 1, 2], (0, 4)),  # nothing missing
        (["1111", "1101", "1111"], [0, 2], (0, 4)),  # a gap costs its region
        (["1111", "0111", "0111"], [0, 1, 2], (1, 4)),  # a late start of many costs its year
        (["1100", "0011"], [0], (0, 2)),  # of equals the earlier
        (["1101111", "1100000"], [0], (3, 7)),  # of equals the longer, though later
        (["0110", "0110"], [0, 1], (1, 3)),
    ],
)
def test_what_is_kept(observed: list[str], regions: list[int], span: tuple[int, int]) -> None:
    block = complete_block(np.array([[cell == "1" for cell in row] for row in observed]))
    assert block.regions.tolist() == regions
    assert (block.first, block.end) == span
    assert block.periods == span[1] - span[0]
    assert sorted([*block.regions, *block.left_out]) == list(range(len(observed)))
