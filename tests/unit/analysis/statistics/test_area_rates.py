"""Columns that are made of what reports are divided by are named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.builders import card_of, panel_of_events

from sigun.analysis.statistics.area_rates import made_of_exposure

UNITS = {
    "population": "명",
    "density": "명/㎢ 상당",
    "income": "만원/월",
    "age": "세",
    "cars": "대/명",
    "shops": "개/km²",
}


@pytest.mark.parametrize(
    ("exposure", "named"),
    [("population", "인구밀도, cars, elderly"), ("area_km2", "인구밀도, shops"), ("income", None)],
)
def test_a_column_that_shares_its_denominator_is_named(exposure: str, named: str | None) -> None:
    fields = [{"name": "a", "id": "elderly", "role": "value", "type": "number", "per": "population"}]
    panel = replace(
        panel_of_events(["2024-01-01"]),
        units=UNITS,
        titles={"density": "인구밀도"},
        cards={"areas": card_of(id="areas", kind="areas", fields=fields)},
    )
    said = [c.values["names"] for c in made_of_exposure(panel, (*list(UNITS)[1:], "elderly"), exposure)]
    assert said == ([named] if named else [])
