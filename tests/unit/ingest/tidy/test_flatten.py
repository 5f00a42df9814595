"""What comes with a flat table: titles, footnotes, strays, and the way back to the sheet."""

from __future__ import annotations

import json

import pytest
from tests.unit.ingest.tidy.drawn import MOST, drawn, shape_of

from sigun.ingest.layout import Reading
from sigun.ingest.tabular import file_column, file_row
from sigun.ingest.tidy.flatten import flatten
from sigun.ingest.tidy.unreadable import Unreadable

TEXT = """
출생아수 | | |
 | | | (단위: 명)
시도 | 2019 | 2020 |
가도 | 1 | 2 |

나도 | 3 | 4 |
시도 | 2019 | 2020 |
다도 | 5 | 6 |
※ 잠정 | | |
이 자료는 다음 달에 바뀔 수 있습니다. | | |

 | | | 7
"""


def test_what_stood_around_the_table_is_kept() -> None:
    grid = drawn(TEXT)
    kept = flatten(grid, shape_of(grid), MOST).schema.metadata
    said = {
        key: json.loads(kept[key.encode()]) for key in ("titles", "footnotes", "unit", "dropped", "repeated_headers")
    }
    assert said == {
        "titles": ["출생아수", "(단위: 명)"],
        "footnotes": ["※ 잠정", "이 자료는 다음 달에 바뀔 수 있습니다."],
        "unit": "명",
        "dropped": ["D12"],
        "repeated_headers": [7],
    }


def test_a_flat_row_knows_its_place_in_the_sheet() -> None:
    grid = drawn(TEXT)
    shape = shape_of(grid)
    table = flatten(grid, shape, MOST)
    reading = Reading(format="xlsx", shape=shape)
    kept = table.schema.metadata
    places = [(file_row(reading, i, kept), file_column(i, kept)) for i in range(table.num_rows)]
    assert places == [(4, "B"), (4, "C"), (6, "B"), (6, "C"), (8, "B"), (8, "C")]
    assert table["값 (명)"].to_pylist() == ["1", "2", "3", "4", "5", "6"]


def test_a_flat_table_has_its_limit() -> None:
    grid = drawn(TEXT)
    with pytest.raises(Unreadable, match="more than"):
        flatten(grid, shape_of(grid), 17)


def test_names_of_the_sheet_never_hide_what_the_header_tells() -> None:
    text = "지역 | 구분 | 2019 | 2019 | 2020 | 2020\n | | 지역 | 값 | 지역 | 값\n가도 | 갑 | 1 | 2 | 3 | 4"
    grid = drawn(text)
    assert flatten(grid, shape_of(grid), MOST).column_names == ["지역", "구분", "시점", "지역.2", "값"]
