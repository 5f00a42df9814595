"""Factors that move together are told of together."""

from __future__ import annotations

import numpy as np

from sigun.analysis.explain.groups import correlated_groups

RNG = np.random.default_rng(1)
BASE = RNG.standard_normal((200, 3))


def test_signs_and_units_do_not_part_them() -> None:
    noise = 0.2 * RNG.standard_normal((200, 2))
    x = np.column_stack(
        [BASE[:, 1], BASE[:, 0], -1e6 * (BASE[:, 1] + noise[:, 0]), BASE[:, 2], BASE[:, 0] + noise[:, 1]]
    )
    assert correlated_groups(x).tolist() == [0, 1, 0, 2, 1]


def test_how_alike_is_for_the_caller_to_say() -> None:
    x = np.column_stack([BASE[:, 0], BASE[:, 0] + BASE[:, 1]])  # correlation about .7
    assert correlated_groups(x, least=0.5).tolist() == [0, 0]
    assert correlated_groups(x, least=0.9).tolist() == [0, 1]


def test_one_column_and_one_that_does_not_vary() -> None:
    assert correlated_groups(BASE[:, :1]).tolist() == [0]
    assert correlated_groups(np.column_stack([BASE[:, 0], np.ones(200), np.ones(200)])).tolist() == [0, 1, 2]
