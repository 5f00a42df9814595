"""The map of supply and demand: classes against all together, grey for what is not known, a dot a place."""

from __future__ import annotations

import pandas as pd

from sigun.report.figures import FIGURES
from sigun.report.figures.style import SHADE
from unit.report.figures import fake, fake_supply


def drawn(**tables: pd.DataFrame) -> str:
    from sigun.result import Result

    result = Result("supply_demand", "description", fake_supply.tables() | tables)
    figure = FIGURES["supply_map"](fake.finished(results={"supply_demand": result}))
    return "" if figure is None else figure.svg + figure.alt


def test_areas_are_classed_against_all_together() -> None:
    said = drawn()
    assert "under half of all together (1)" in said
    assert "four fifths to as much (1)" in said
    assert "as much or more (1)" in said
    assert "no figure (1)" in said and SHADE in said


def test_those_that_lack_most_are_named_in_their_order() -> None:
    said = drawn()
    assert "1 중앙동" in said and "2 역전동" in said
    assert "새터동" not in said
    assert "2 of 3 have less than all together. Most is missing in: 중앙동 56, 역전동 4." in said


def test_every_place_has_a_dot_and_none_is_needed() -> None:
    assert drawn().count("sigun-places") == 1
    assert "sigun-places" not in drawn(places=fake_supply.tables()["places"].iloc[:0])


def test_without_outlines_there_is_no_map() -> None:
    assert drawn(outline=fake_supply.tables()["outline"].iloc[:0]) == ""
