"""Next year's file: more or fewer periods are no change, anything else is said with its cell."""

from __future__ import annotations

import pytest
from tests.unit.ingest.tidy.drawn import drawn, flat, shape_of

from sigun.ingest.layout import Shape
from sigun.ingest.tidy.changes import Changed, fits

OLD = """
시도별 | 2019 | 2019 | 2020 p) | 2020 p)
시도별 | 남 (명) | 여 (명) | 남 (명) | 여 (명)
가도 | 1 | 2 | 3 | 4
나도 | 1 | 2 | 3 | 4
"""


def old() -> Shape:
    return shape_of(drawn(OLD))


@pytest.mark.parametrize(
    "text",
    [
        OLD,
        """
        시도별 | 2019 | 2019 | 2020 | 2020 | 2021 p) | 2021 p)
        시도별 | 남 (명) | 여 (명) | 남 (명) | 여 (명) | 남 (명) | 여 (명)
        가도 | 1 | 2 | 3 | 4 | 5 | 6
        """,
        "시도별 | 2021 | 2021\n시도별 | 여 (명) | 남 (명)\n나도 | 1 | 2\n가도 | 1 | 2\n다도 | 1 | 2",
        "시도별|2021||\n시도별|남 (명)|여 (명)|\n나도|1|2|\n자료: 통계청|||",
    ],
    ids=["the same", "a year more", "other years, other order", "fewer, saved otherwise"],
)
def test_the_same_layout_fits(text: str) -> None:
    assert fits(old(), drawn(text)) == []
    assert flat(drawn(text), old())[0] == "시도별|시점|남 (명)|여 (명)"


CHANGES: dict[str, tuple[str, list[str]]] = {
    "another key": (OLD.replace("시도별", "시군구별"), ["A2: the key was “시도별” and is now “시군구별”"]),
    "a key more": (
        "시도별 | 시군구별 | 2019 | 2019\n시도별 | 시군구별 | 남 (명) | 여 (명)\n가도 | 나군 | 1 | 2",
        ["B2: “시군구별” is new"],
    ),
    "another item": (
        OLD.replace("여 (명)", "계 (명)"),
        ["no column tells “여 (명)” any more", "C2: “계 (명)” is new", "E2: “계 (명)” is new"],
    ),
    "another unit": (
        OLD.replace("(명)", "(천명)"),
        ["no column tells “남 (명)” any more", "no column tells “여 (명)” any more", "B2: “남 (천명)” is new"],
    ),
    "a header row more": (
        "시도별 | 2019 | 2019\n시도별 | 남 (명) | 여 (명)\n시도별 | 소계 | 소계\n가도 | 1 | 2",
        ["row 3 is one more row of the header"],
    ),
    "a header row less": ("시도별 | 2019 | 2020\n가도 | 1 | 2\n나도 | 1 | 2", ["A2: the key was “시도별”"]),
    "a title more": ("인구 | |\n" + OLD.strip(), ["the header was in row 1 and is now in row 2"]),
    "no periods": (
        "시도별 | 인구 | 인구\n시도별 | 남 (명) | 여 (명)\n가도 | 1 | 2",
        ["row 1 of the header tells no period"],
    ),
    "cut off": ("시도별 | 2019", ["the sheet ends before row 3"]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_another_layout_is_said(name: str) -> None:
    text, expected = CHANGES[name]
    said = [str(d) for d in fits(old(), drawn(text))]
    assert all(any(e in s for s in said) for e in expected), said
    with pytest.raises(Changed):
        flat(drawn(text), old())


def test_another_unit_row_is_said() -> None:
    before = "(단위: 명) | |\n시도 | 2019 | 2020\n가도 | 1 | 2"
    shape = shape_of(drawn(before))
    said = [str(d) for d in fits(shape, drawn(before.replace("명", "천명")))]
    assert said[0] == "the unit was “명” and is now “천명”"


def test_a_title_that_tells_no_year_any_more_is_said() -> None:
    before = "2022년 인구 |\n읍면동 | 인구\n가람동 | 10\n한빛동 | 20"
    shape = shape_of(drawn(before))
    assert flat(drawn(before.replace("2022", "2023")), shape)[1] == "가람동|2023년|10"
    assert [str(d) for d in fits(shape, drawn(before.replace("2022년", "최근")))] == [
        "row 1: the title tells no period, or several"
    ]


def test_a_part_told_by_the_header_becomes_a_column() -> None:
    text = "시도 | 2019 | | 2020 |\n시도 | 남 | 여 | 남 | 여\n가도 | 1 | 2 | 3 | 4"
    shape = shape_of(drawn(text)).model_copy(update={"tells": ("period", "part"), "items": ("값",)})
    assert flat(drawn(text), shape) == [
        "시도|시점|분류|값",
        "가도|2019|남|1",
        "가도|2019|여|2",
        "가도|2020|남|3",
        "가도|2020|여|4",
    ]
