"""Losses name the variable they are of, and a little is not told as nothing."""

from __future__ import annotations

import pytest

from sigun.panel.regional.losses import COLUMNS, losses_table, per_cent, said_of_losses


@pytest.mark.parametrize(
    ("share", "told"), [(0.33191, 33.2), (0.0000213, 0.0021), (0.0004, 0.04), (0.0, 0.0), (1, 100)]
)
def test_a_little_is_not_told_as_nothing(share: float, told: float) -> None:
    assert per_cent(share) == told


@pytest.mark.parametrize("reason", ["split", "joined", "mixed", "ended"])
def test_regions_lost_are_told_by_variable(reason: str) -> None:
    blank = dict.fromkeys(COLUMNS, float("nan"))
    row = {**blank, "table": "t", "reason": reason, "rows": 3, "rows_share": 0.1, "names": "가, 나"}
    table = losses_table([{**row, "variable": name, "regions": n} for name, n in (("births", 119), ("tfr", 120))])
    said = [str(f.said) for f in said_of_losses(table, {"t": "표"}, {"births": "출생아 수", "tfr": "출산율"})]
    assert "출생아 수" in said[0] and "119" in said[0]
    assert "출산율" in said[1] and "120" in said[1]
