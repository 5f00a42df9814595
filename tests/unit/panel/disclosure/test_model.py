"""Tables with totals, and cells shared by linked tables."""

import numpy as np
import pytest

from sigun.errors import RunError
from sigun.panel.disclosure.model import flat, grouped, link, table_of

SEX = flat("sex", ["f", "m"])
REGION = grouped("region", {"강원": ["춘천", "원주"], "제주": ["제주시"]})


def test_totals_are_added_on_every_side() -> None:
    table = table_of("n", (REGION, SEX), np.array([[1, 2], [3, 4], [5, 6]]))
    by_name = dict(zip(REGION.labels, table.values.tolist(), strict=True))
    assert by_name == {
        "": [21, 9, 12],
        "강원": [10, 4, 6],
        "춘천": [3, 1, 2],
        "원주": [7, 3, 4],
        "제주": [11, 5, 6],
        "제주시": [11, 5, 6],
    }


def test_what_was_not_observed_adds_nothing_and_a_total_of_nothing_is_not_observed() -> None:
    table = table_of("n", (SEX,), np.array([np.nan, 4.0]))
    assert table.values[0] == 4
    assert np.isnan(table_of("n", (SEX,), np.array([np.nan, np.nan])).values).all()


def test_the_largest_in_a_total_is_the_largest_of_its_parts() -> None:
    table = table_of("won", (SEX,), np.array([10.0, 20.0]), persons=np.array([3, 4]), largest=np.array([9.0, 5.0]))
    assert table.persons is not None and table.persons[0] == 7
    assert table.largest is not None and table.largest[0] == 9


def test_a_total_in_one_table_is_the_cell_of_another() -> None:
    year = flat("year", ["2020", "2021"])
    by_sex = table_of("n", (REGION, SEX), np.array([[1, 2], [3, 4], [5, 6]]))
    by_year = table_of("n", (REGION, year), np.array([[2, 1], [3, 4], [10, 1]]))
    cells = link([by_sex, by_year])
    assert len(cells.values) == 6 * 3 + 6 * 3 - 6  # the totals by region are told once
    assert np.abs(cells.sums @ cells.values).max() == 0


def test_tables_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(RunError, match="different figures"):
        link([table_of("n", (SEX,), np.array([1, 2])), table_of("n", (SEX,), np.array([1, 3]))])


def test_other_measures_are_other_cells() -> None:
    cells = link([table_of("n", (SEX,), np.array([1, 2])), table_of("m", (SEX,), np.array([7, 8]))])
    assert len(cells.values) == 6
