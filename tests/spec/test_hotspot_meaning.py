"""What a hotspot is (밀집지역의 뜻): maps drawn in digits, and the cells that are marked on them."""

from __future__ import annotations

import numpy as np
import pytest

from builders import panel_of_events
from sigun.analysis.describe.hotspot import hotspot
from sigun.plan.steps import Hotspot

SIZE = 12

EVEN = ["3" * SIZE] * SIZE
LONE = ["333333333333"] * 5 + ["333339333333"] + ["333333333333"] * 6
BLOCK = ["232323232323", "323232323232", "232323232323", "323299923232", "232399932323", "323299923232"]
BLOCK += ["232323232323", "323232323232", "232323232323", "323232323232", "232323232323", "323232323232"]
SCATTERED = ["922292229222", "222222222222", "222222222222", "222222222222"] * 3


def hot_cells(drawn: list[str]) -> set[tuple[int, int]]:
    """Row and column of the cells marked on a map of digits, one report a unit."""
    rows, columns, times = zip(
        *((r, c, int(n)) for r, line in enumerate(drawn) for c, n in enumerate(line)), strict=True
    )
    y, x = np.repeat(rows, times) * 500.0 + 1, np.repeat(columns, times) * 500.0 + 1
    panel = panel_of_events(["2024-01-01"] * len(x), x, y)
    cells = hotspot(Hotspot(method="hotspot"), panel, np.random.default_rng(1)).tables["cells"]
    marked = cells[cells["hot"]]
    return set(zip(marked["cell_y"], marked["cell_x"], strict=True))


@pytest.mark.parametrize(
    ("drawn", "why"),
    [
        (EVEN, "where all cells are alike none is hot, however many reports there are"),
        (LONE, "one busy cell alone is no dense area: chance lays it somewhere"),
        (SCATTERED, "busy cells apart from each other are no dense area"),
    ],
)
def test_nothing_is_marked(drawn: list[str], why: str) -> None:
    assert hot_cells(drawn) == set(), why


def test_busy_cells_side_by_side_are_marked_with_their_middle() -> None:
    marked = hot_cells(BLOCK)
    assert {(r, c) for r in (3, 4, 5) for c in (4, 5, 6)} <= marked
    assert all(2 <= r <= 6 and 3 <= c <= 7 for r, c in marked)


def test_where_on_the_map_it_lies_does_not_matter() -> None:
    moved = [line[4:] + line[:4] for line in BLOCK[3:] + BLOCK[:3]]
    assert {(0, 1), (1, 1), (1, 2)} <= hot_cells(moved)
