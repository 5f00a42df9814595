"""Tables that can be read in two ways, or in none: refused with cell, reason and remedy."""

from __future__ import annotations

import pytest
from tests.unit.ingest.tidy.drawn import drawn, flat

from sigun.ingest.tidy.grid import Merge
from sigun.ingest.tidy.unreadable import Unreadable

REFUSED: dict[str, tuple[str, list[Merge], str, str]] = {
    "one year twice": ("시도 | 2020 | 2020\n가도 | 1 | 2", [], "Columns B and C both tell “값” of 2020", "C1"),
    "one year, final and provisional": ("시도 | 2020 | 2020 p)\n가도 | 1 | 2", [], "both tell", "C1"),
    "one item twice": ("시도 | 2020 | 2020\n시도 | 남 | 남\n가도 | 1 | 2", [], "both tell “남”", "C1"),
    "a column of no period": ("시도 | 2019 | 2020 | 면적\n가도 | 1 | 2 | 3", [], "“면적” belongs to no period", "D1"),
    "January or October": ("시도 | 2012.1 | 2012.11\n가도 | 1 | 2", [], "“2012.1” may be January or October", "B1"),
    "months of no year": ("시도 | 1월 | 2월\n가도 | 1 | 2", [], "tells “1월” but no year", "B1"),
    "two rows of years": ("시도 | 2020 | 2020\n시도 | 2015 | 2016\n가도 | 1 | 2", [], "Rows 1 and 2", "A2"),
    "years down and across": (
        "시도 | 기준년도 | 2020 | 2021\n가도 | 2015 | 1 | 2\n나도 | 2015 | 1 | 2",
        [],
        "Both the column “기준년도” and the header tell periods",
        "B2",
    ),
    "from region to region": (
        "전출지 | 서울 | 부산\n서울 | 1 | 2\n부산 | 3 | 4",
        [],
        "Both the column “전출지” and the header tell regions",
        "A2",
    ),
    "a second table": (
        "시도 | 2019 | 2020\n가도 | 1 | 2\n\n시도 | 남 | 여\n가도 | 1 | 2",
        [],
        "Another table, or another row of the header, begins in row 4",
        "A4",
    ),
    "a value over two rows": ("시도 | 2020 | 2021\n가도 | 10 | 20\n나도 | | 2", [(1, 1, 2, 1)], "merged", "B2"),
    "a value over two columns": ("시도 | 2020 | 2021\n가도 | 10 |\n나도 | 1 | 2", [(1, 1, 1, 2)], "B2:C2", "B2"),
    "values of nobody": ("시도 | 2020 | 2021\n가도 | 1 | 2\n | 3 | 4\n나도 | 1 | 1", [], "Row 3 holds values", "B3"),
    "a row slipped to the left": (
        "시도 | 시군구 | 2020 | 2021\n" + "가도 | 나군 | 1 | 2\n" * 6 + "가도 | 7 | 8 |",
        [],
        "Row 8 has slipped",
        "B8",
    ),
    "a row slipped into an empty column": (
        "시도 | 시군구 | | 2020 | 2021\n" + "가도 | 나군 | | 1 | 2\n" * 6 + "가도 | | 7 | 8 |",
        [],
        "Row 8 has slipped",
        "C8",
    ),
    "a column of no name": (
        "시도 | 2020 | | \n가도 | 1 | | 5\n나도 | 2 | | 6\n다도 | 3 | | 7",
        [],
        "Column D holds 3 cells but has no header",
        "D2",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_table_of_two_readings_is_refused(name: str) -> None:
    text, merges, what, cell = REFUSED[name]
    with pytest.raises(Unreadable) as caught:
        flat(drawn(text, merges))
    trouble = caught.value.trouble
    assert what in str(trouble.what)
    assert trouble.cell == cell
    assert str(trouble.remedy)


def test_months_with_one_digit_are_read_where_february_stands_beside() -> None:
    assert flat(drawn("시도 | 2012.1 | 2012.2\n가도 | 1 | 2"))[1:] == ["가도|2012.1|1", "가도|2012.2|2"]
