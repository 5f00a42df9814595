"""Why a place is on the list."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from sigun.analysis.forecast.history import Past
from sigun.analysis.forecast.places import cell_places
from sigun.analysis.patrol.reasons import around, reasons_for, unlike

PLACES = cell_places(*(a.ravel() for a in np.mgrid[0:3, 0:3]), cell=500, block=3)
MIDDLE = 4


def said(ages: Sequence[int], others: int = 0) -> list[str]:
    """Reasons for the middle cell, with reports of these ages in it and so many in each cell around."""
    place = np.array([MIDDLE] * len(ages) + [p for p in range(9) if p != MIDDLE] * others, dtype=np.int64)
    age = np.array([*ages, *[100] * (8 * others)], dtype=np.int64)
    past = Past(800, place, age, np.ones(len(age)), 9, np.zeros(800), np.ones(800, bool))
    return [str(m) for m in reasons_for(past, PLACES, np.array([MIDDLE]), np.array([False]))[0]]


@pytest.mark.parametrize(
    ("ages", "others", "expected"),
    [
        pytest.param([100, 200, 500, 600], 0, ["reports here in the last 12 months: 2"], id="steady"),
        pytest.param([500], 0, ["no report here in the last 12 months; before that: 1"], id="long ago"),
        pytest.param([], 0, ["no report here so far, but reports around it"], id="never"),
        pytest.param(
            [1, 2, 3, 400, 500, 600],
            0,
            ["reports here in the last 12 months: 3", "in the last 4 weeks: 3, more than usual here"],
            id="a burst",
        ),
        pytest.param(
            list(range(30, 360, 30)),
            0,
            ["reports here in the last 12 months: 11", "rising; in the 12 months before: 0"],
            id="rising",
        ),
        pytest.param(
            [50, *range(370, 700, 30)],
            0,
            ["reports here in the last 12 months: 1", "falling; in the 12 months before: 11"],
            id="falling",
        ),
        pytest.param(
            [100, 500],
            2,
            ["reports here in the last 12 months: 1", "reports in the 8 cells around it in the last 12 months: 16"],
            id="for its surroundings",
        ),
    ],
)
def test_reasons(ages: list[int], others: int, expected: list[str]) -> None:
    assert said(ages, others) == expected


@pytest.mark.parametrize(("now", "before", "so"), [(0, 9, False), (8, 8, False), (20, 5, True), (2, 0, False)])
def test_what_is_unlike(now: int, before: int, so: bool) -> None:
    assert unlike(now, before, 0.5) is so


def test_around_leaves_the_cell_itself_out() -> None:
    assert around(PLACES, np.arange(9.0))[MIDDLE] == 36 - 4
    assert around(PLACES, np.arange(9.0))[0] == 1 + 3 + 4
