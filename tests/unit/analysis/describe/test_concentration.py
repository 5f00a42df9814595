"""The kernels of concentration."""

from __future__ import annotations

import numpy as np
import pytest

from builders import panel_of_events
from sigun.analysis.describe.concentration import SHARES, concentration, curve_of, even_scatter, gini_of
from sigun.errors import MethodError
from sigun.plan.steps import Concentration


def test_the_curve_runs_from_nothing_to_all_and_bends_down() -> None:
    curve = curve_of(np.random.default_rng(1).poisson(3.0, 300) + 1.0, SHARES)
    assert (curve[0], curve[-1]) == (0.0, 1.0)
    steps = np.diff(curve)
    assert (steps > 0).all() and (np.diff(steps) <= 1e-12).all()


def test_equal_cells_are_the_diagonal() -> None:
    assert curve_of(np.full(40, 3.0), SHARES) == pytest.approx(SHARES)


def test_curves_of_many_draws_at_once() -> None:
    counts = np.array([[1.0, 3.0], [2.0, 2.0]])
    assert curve_of(counts, np.array([0.5])).tolist() == [[0.75], [0.5]]
    assert gini_of(counts).tolist() == [0.25, 0.0]


@pytest.mark.parametrize(("n", "cells"), [(1000, 1000), (1001, 1000), (3000, 1000), (50_000, 1000)])
def test_an_even_scatter_keeps_the_mean_and_leaves_no_cell_empty(n: int, cells: int) -> None:
    rng = np.random.default_rng(2)
    counts = np.array([even_scatter(n, cells, rng) for _ in range(50)])
    assert counts.min() >= 1
    assert counts.mean() == pytest.approx(n / cells, rel=0.01)


def test_an_even_scatter_looks_like_reports_thrown_on_a_map() -> None:
    """Thrown on 1,500 cells, the empty ones left out: the same curve as the model of occupied cells alone."""
    rng = np.random.default_rng(3)
    thrown = np.bincount(rng.integers(0, 1500, 3000), minlength=1500).astype(float)
    occupied = thrown[thrown > 0]
    even = np.mean([curve_of(even_scatter(3000, len(occupied), rng), SHARES) for _ in range(100)], axis=0)
    assert curve_of(occupied, SHARES) == pytest.approx(even, abs=0.015)


def test_where_no_report_has_a_point_the_cause_is_the_missing_coordinates() -> None:
    panel = panel_of_events(["2024-01-01"] * 50, [np.nan] * 50, [np.nan] * 50)
    with pytest.raises(MethodError, match="None of the 50 reports has coordinates") as said:
        concentration(Concentration(method="concentration"), panel, np.random.default_rng(1))
    assert "longer period" not in said.value.remedy
