"""Figures of one column: against the standard library's own, and at the edges."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest

from sigun.analysis.summary.figures import figures_of, ranks


def test_as_the_standard_library_has_them() -> None:
    values = [3.0, 8.0, 1.0, 12.0, 5.0, 9.5, 2.5]
    found = figures_of(np.array([*values, np.nan]))
    q25, median, q75 = statistics.quantiles(values, n=4, method="inclusive")
    assert (found.n, found.q25, found.median, found.q75) == (7, q25, median, q75)
    assert found.mean == pytest.approx(statistics.mean(values)) and found.sd == pytest.approx(statistics.stdev(values))
    assert (found.lowest, found.highest) == (1.0, 12.0)


def test_one_value_has_no_spread_and_none_has_nothing() -> None:
    one, none = figures_of(np.array([4.0])), figures_of(np.array([np.nan]))
    assert one.median == 4.0 and math.isnan(one.sd)
    assert none.n == 0 and math.isnan(none.mean)


def test_equal_values_share_their_rank() -> None:
    assert ranks(np.array([1.0, 7.0, 7.0, 0.0])).tolist() == [3.0, 1.0, 1.0, 4.0]
