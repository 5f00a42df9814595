"""Variance inflation and the condition number."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.diagnostics.collinearity import condition_number, vif


def test_vif_is_one_over_what_the_others_do_not_tell() -> None:
    rng = np.random.default_rng(1)
    x = rng.standard_normal((50, 3))
    x[:, 2] += x[:, 0]
    design = np.column_stack([np.ones(50), x[:, 1:]])
    left = x[:, 0] - design @ np.linalg.lstsq(design, x[:, 0], rcond=None)[0]
    assert vif(x)[0] == pytest.approx(x[:, 0].var() / (left @ left / 50))


def test_units_and_levels_do_not_matter() -> None:
    x = np.random.default_rng(1).standard_normal((50, 3))
    changed = x * [1.0, 1e6, 1e-6] + [0.0, 1e7, -3.0]
    assert vif(changed) == pytest.approx(vif(x), rel=1e-6)
    assert condition_number(changed) == pytest.approx(condition_number(x), rel=1e-6)


def test_a_repeated_column_is_infinite() -> None:
    x = np.random.default_rng(1).standard_normal((50, 3))
    repeated = np.column_stack([x, 2 * x[:, 0] - x[:, 1]])
    assert np.isinf(vif(repeated)).tolist() == [True, True, False, True]
    assert condition_number(repeated) == float("inf")


def test_a_constant_column_is_infinite_alone() -> None:
    x = np.column_stack([np.random.default_rng(1).standard_normal(50), np.full(50, 0.1)])
    assert np.isinf(vif(x)).tolist() == [False, True]


def test_one_column() -> None:
    assert vif(np.array([[1.0], [2.0], [4.0]])).tolist() == [pytest.approx(1.0)]
    assert condition_number(np.array([[1.0], [2.0], [4.0]])) == pytest.approx(1.0)
