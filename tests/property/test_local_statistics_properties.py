"""What holds for local statistics whatever the counts and wherever the cells."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sigun.analysis.statistics.fdr import false_discovery
from sigun.analysis.statistics.local_statistics import getis_ord, local_chance, local_moran
from sigun.region.neighbours import queen_neighbours

SIDE = 6
COUNTS = st.lists(st.integers(0, 60), min_size=SIDE**2, max_size=SIDE**2)
ROW, COLUMN = np.repeat(np.arange(SIDE), SIDE), np.tile(np.arange(SIDE), SIDE)
NEIGHBOURS = queen_neighbours(ROW, COLUMN)


@settings(max_examples=40, deadline=None)
@given(COUNTS)
def test_p_and_q_are_shares_and_order_follows_the_sums(counts: list[int]) -> None:
    values = np.array(counts, float)
    chance = local_chance(values, NEIGHBOURS, 299, np.random.default_rng(1))
    for p in (chance.gi, chance.moran):
        assert ((p > 0) & (p <= 1)).all()
        assert (false_discovery(p) >= p - 1e-12).all()
    inner = np.flatnonzero(np.diff(NEIGHBOURS.indptr) == 8)
    sums = (NEIGHBOURS @ values + values)[inner]
    order = np.argsort(sums)
    assert (np.diff(chance.gi[inner][order]) <= 0).all()  # the larger the sum, the smaller p


@settings(max_examples=40, deadline=None)
@given(COUNTS, st.integers(1, 9), st.integers(-50, 50))
def test_unit_and_zero_of_the_values_do_not_matter(counts: list[int], unit: int, zero: int) -> None:
    values = np.array(counts, float)
    other = values * unit + zero
    np.testing.assert_allclose(getis_ord(other, NEIGHBOURS), getis_ord(values, NEIGHBOURS), atol=1e-6)
    np.testing.assert_allclose(local_moran(other, NEIGHBOURS).moran, local_moran(values, NEIGHBOURS).moran, atol=1e-6)
    one, two = (local_chance(v, NEIGHBOURS, 99, np.random.default_rng(1)) for v in (values, other))
    assert one.gi.tolist() == two.gi.tolist()
    assert one.moran.tolist() == two.moran.tolist()
