"""Every quirk of a header, drawn small: what comes out flat."""

from __future__ import annotations

import pytest
from tests.unit.ingest.tidy.drawn import drawn, flat, shape_of

from sigun.ingest.tidy.grid import Grid, Merge
from sigun.ingest.tidy.recognise import recognise
from sigun.ingest.tidy.unreadable import Unreadable

TABLES: dict[str, tuple[str, list[str]]] = {
    "one row of years": (
        """
        시도 | 2019 | 2020 p)
        가도 | 1,000 | -
        나도 |  | 4
        """,
        ["시도|시점|값", "가도|2019|1,000", "가도|2020 p)|-", "나도|2019|", "나도|2020 p)|4"],
    ),
    "years over items, their number changing": (
        """
        시도별 | 1994 | 1995 | 1995 | 2000 | 2000 | 2000 | 2000
        시도별 | 총생산 | 총생산 | 소비 | 총생산 | 총소득 | 개인소득 | 소비
        가도 | 1 | 2 | 3 | 4 | 5 | 6 | 7
        """,
        [
            "시도별|시점|총생산|소비|총소득|개인소득",
            "가도|1994|1|~|~|~",
            "가도|1995|2|3|~|~",
            "가도|2000|4|7|5|6",
        ],
    ),
    "three rows: year, item, change": (
        """
        시도 | 2019 | 2019 | 2020 | 2020
        시도 | 인구 (명) | 인구 (명) | 인구 (명) | 인구 (명)
        시도 | 원데이터 | 증감률 | 원데이터 | 증감률
        가도 | 1 | 2 | 3 | 4
        """,
        ["시도|시점|인구 (명) / 원데이터|인구 (명) / 증감률", "가도|2019|1|2", "가도|2020|3|4"],
    ),
    "merged cells saved as CSV: blanks go on from the left": (
        """
         | 2019 | | | 2020 | |
        시도 | 인구 | 남 | 여 | 인구 | 남 | 여
        가도 | 6 | 2 | 4 | 7 | 3 | 4
        """,
        ["시도|시점|인구|남|여", "가도|2019|6|2|4", "가도|2020|7|3|4"],
    ),
    "a total over its parts": (
        """
        시도 | 2019 | | | |
             | 일반가구 | 1인가구 | | |
             |  |  | 남자 | 여자
        가도 | 9 | 5 | 2 | 3
        """,
        ["시도|시점|일반가구|1인가구|1인가구 / 남자|1인가구 / 여자", "가도|2019|9|5|2|3"],
    ),
    "title, unit, blank row, remarks above and below": (
        """
        1. 시도별 가구, 2019년, 2020년 | |
        | | (단위 : 가구)
        | |
        ※ 매월 말일자 통계 현황 | |
        시도 | 2019년 | 2020년
        가도 | 1 | 2
        국외 | |
        자료: 통계청 | |
        주: 잠정치 | |
        """,
        [
            "시도|시점|값 (가구)",
            "가도|2019년|1",
            "가도|2020년|2",
            "국외|2019년|",
            "국외|2020년|",
        ],
    ),
    "a unit row under the header's names": (
        """
        시도 | 2020 | 2020
        시도 | 인구 | 면적
        시도 | (명) | (㎢)
        가도 | 1 | 2
        """,
        ["시도|시점|인구 (명)|면적 (㎢)", "가도|2020|1|2"],
    ),
    "a unit under the header": (
        """
        시도 | 2019 | 2020
        (단위: 명) | |
        가도 | 1 | 2
        """,
        ["시도|시점|값 (명)", "가도|2019|1", "가도|2020|2"],
    ),
    "months side by side by sex": (
        """
         | | 2022년08월 | | | 2022년09월 | |
         | | 계 | 남 | 여 | 계 | 남 | 여
        코드 | 기관 | 총수 | 0~9세 | 0~9세 | 총수 | 0~9세 | 0~9세
        11 | 가도 | 1 | 2 | 3 | 4 | 5 | 6
        """,
        [
            "코드|기관|시점|계 / 총수|남 / 0~9세|여 / 0~9세",
            "11|가도|2022년08월|1|2|3",
            "11|가도|2022년09월|4|5|6",
        ],
    ),
    "quarters down, regions across": (
        """
        분기별 | 종로구 | 중구 | 계
        2017.1/4 | 94.6 | 92.6 | 93.0
        2017.2/4 | 96.1 | 94.2 | 95.0
        """,
        [
            "분기별|지역|값",
            "2017.1/4|종로구|94.6",
            "2017.1/4|중구|92.6",
            "2017.1/4|계|93.0",
            "2017.2/4|종로구|96.1",
            "2017.2/4|중구|94.2",
            "2017.2/4|계|95.0",
        ],
    ),
    "regions across in two rows": (
        """
        연도 | 가도 서울 | 서울 | 부산
        연도 | 종로구 | 중구 | 중구
        2020 | 1 | 2 | 3
        2021 | 1 | 2 | 3
        """.replace("가도 ", ""),
        [
            "연도|지역|값",
            "2020|서울 종로구|1",
            "2020|서울 중구|2",
            "2020|부산 중구|3",
            "2021|서울 종로구|1",
            "2021|서울 중구|2",
            "2021|부산 중구|3",
        ],
    ),
    "codes glued to the words of the header": (
        """
        TIME 시점 | A 시군구별 | 000 계 | 020 0 - 4세
        Y2015 2015 | 11010 종로구 | 5 | 3
        """,
        ["시점|시군구별|계|0 - 4세", "Y2015 2015|11010 종로구|5|3"],
    ),
    "codes glued to wide years": (
        """
        A 시군구별 | Y2015 2015 | Y2016 2016
        11010 종로구 | 5 | 3
        """,
        ["A 시군구별|시점|값", "11010 종로구|Y2015 2015|5", "11010 종로구|Y2016 2016|3"],
    ),
    "a block's key told once": (
        """
        연도 | 시도 | 출생
        2019 | 가도 | 1
         | 나도 | 2
        2020 | 가도 | 3
         | 나도 | 4
        """,
        ["연도|시도|출생", "2019|가도|1", "2019|나도|2", "2020|가도|3", "2020|나도|4"],
    ),
    "keys by steps, totals blank": (
        """
        시도 | 시군구 | 읍면동 | 인구
        서울 | | | 100
         | 중구 | | 50
         | | 가람동 | 20
         | | 한빛동 | 30
        부산 | | | 80
         | 중구 | | 80
         | | 새봄동 | 80
        """,
        [
            "시도|시군구|읍면동|인구",
            "서울|||100",
            "서울|중구||50",
            "서울|중구|가람동|20",
            "서울|중구|한빛동|30",
            "부산|||80",
            "부산|중구||80",
            "부산|중구|새봄동|80",
        ],
    ),
    "months across, years down": (
        """
        연도 | 시도 | 1월 | 12월
        2019 | 가도 | 1 | 2
        2020 | 가도 | 3 | 4
        """,
        [
            "시도|시점|값",
            "가도|2019.01|1",
            "가도|2019.12|2",
            "가도|2020.01|3",
            "가도|2020.12|4",
        ],
    ),
    "years over quarters": (
        """
        시도 | 2021 | | 2022 p) |
        시도 | 1/4 | 2/4 | 1/4 | 2/4
        가도 | 1 | 2 | 3 | 4
        """,
        ["시도|시점|값", "가도|2021.1/4|1", "가도|2021.2/4|2", "가도|2022.1/4 p)|3", "가도|2022.2/4 p)|4"],
    ),
    "the title alone tells the year": (
        """
        2022년 읍면동별 인구 | |
        읍면동 | 인구 | 세대
        가람동 | 10 | 5
        한빛동 | 20 | 8
        """,
        ["읍면동|시점|인구|세대", "가람동|2022년|10|5", "한빛동|2022년|20|8"],
    ),
    "the title tells the year of the months": (
        """
        2022년 월별 출생아수 | |
        시군구 | 1월 | 2월
        가구 | 1 | 2
        나군 | 3 | 4
        """,
        ["시군구|시점|값", "가구|2022.01|1", "가구|2022.02|2", "나군|2022.01|3", "나군|2022.02|4"],
    ),
    "groups of items without a period": (
        """
        지역 | 인구 | | 세대
         | 남 | 여 |
        가도 | 1 | 2 | 3
        """,
        ["지역|인구 / 남|인구 / 여|세대", "가도|1|2|3"],
    ),
    "a change between years is left out": (
        """
        시도 | 2019 | 2020 | 증감률
        가도 | 1 | 2 | 100.0
        """,
        ["시도|시점|값", "가도|2019|1", "가도|2020|2"],
    ),
    "an unnamed index, blanks at the right, ages as keys": (
        """
         | 시도 | 연령 | 2019 | 2020 | |
        0 | 가도 | 15 | 1 | 2 | |
        1 | 가도 | 16 | 3 | 4 | |
        """,
        [
            "시도|연령|시점|값",
            "가도|15|2019|1",
            "가도|15|2020|2",
            "가도|16|2019|3",
            "가도|16|2020|4",
        ],
    ),
    "values that could be years, in the first row": (
        """
        시도 | 2019 | 2020
        가도 | 2001 | 2002
        나도 | 31 | 42
        """,
        ["시도|시점|값", "가도|2019|2001", "가도|2020|2002", "나도|2019|31", "나도|2020|42"],
    ),
    "nothing but values that could be years": (
        """
         | 2019 |
        시도 | 남 | 여
        가도 | 2001 | 2002
        나도 | 1950 | 2014
        """.replace("가도", "서울").replace("나도", "부산"),
        ["시도|시점|남|여", "서울|2019|2001|2002", "부산|2019|1950|2014"],
    ),
    "first rows without a value": (
        """
         | | 2019 |
         | | 인구 |
        서울 | 중구 | |
        서울 | 종로구 | … |
        부산 | 중구 | | |
        부산 | 동구 | 7 |
        """,
        [
            "unnamed_1|unnamed_2|시점|인구",
            "서울|중구|2019|",
            "서울|종로구|2019|…",
            "부산|중구|2019|",
            "부산|동구|2019|7",
        ],
    ),
    "an item that is also a unit": (
        "시도 | 2019\n시도 | 세대\n서울 | 7\n부산 | 8",
        ["시도|시점|세대", "서울|2019|7", "부산|2019|8"],
    ),
    "names of keys and periods in rows of their own": (
        """
        구분 | 인구 | | |
        시도 | 2019 | 2020 | |
        서울 | 7 | 8 | |
        부산 | 8 | 9 | |
        """,
        ["시도|시점|값", "서울|2019|7", "서울|2020|8", "부산|2019|8", "부산|2020|9"],
    ),
    "one row beside its header": (
        """
        시점 | 종로구 | 중구 | |
        2013 | 17.2 | 13.2 | |
        시점 | 종로구 | 중구 | |
        2014 | 54.1 | 12.6 | |
        """,
        ["시점|지역|값", "2013|종로구|17.2", "2013|중구|13.2", "2014|종로구|54.1", "2014|중구|12.6"],
    ),
    "a first row of marks": (
        """
        시도 | 2019 | 2020
        가도 | X | -
        나도 | 31 | …
        """,
        ["시도|시점|값", "가도|2019|X", "가도|2020|-", "나도|2019|31", "나도|2020|…"],
    ),
    "blanks inside and before labels": (
        """
        시도별 | 2019 | 2019
        시도별 | 평  균 (만원) | - 경력단절여성 (천명)
        국   외 | 1 | 2
        """,
        ["시도별|시점|평 균 (만원)|- 경력단절여성 (천명)", "국   외|2019|1|2"],
    ),
    "blocks told once, rows in any order, counted, the header again": (
        """
         | 시도 | 시군구 | 2019
        0 | 서울 | 중구 | 1
        1 | | 종로구 | 2
        9 | 시도 | 시군구 | 2019
        2 | 부산 | 중구 | 3
        3 | 서울 | 성동구 | 4
        4 | | 강남구 | 5
        """,
        [
            "시도|시군구|시점|값",
            "서울|중구|2019|1",
            "서울|종로구|2019|2",
            "부산|중구|2019|3",
            "서울|성동구|2019|4",
            "서울|강남구|2019|5",
        ],
    ),
    "the header once more within the table": (
        """
        시도 | 2019 | 2020
        가도 | 1 | 2
        시도 | 2019 | 2020
        나도 | 3 | 4
        """,
        ["시도|시점|값", "가도|2019|1", "가도|2020|2", "나도|2019|3", "나도|2020|4"],
    ),
    "stray cells": (
        """
        시도 | 2019 | | |
        가도 | 1 | | |
        나도 | 2 | | | 7
        다도 | 3 | | |
         | | | |
         | 9 | | |
        """,
        ["시도|시점|값", "가도|2019|1", "나도|2019|2", "다도|2019|3"],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_comes_out_flat(name: str) -> None:
    text, expected = TABLES[name]
    assert flat(drawn(text)) == expected


PLAIN: dict[str, str] = {
    "a register": "번호 | 일시 | 위치 | 경도\n1 | 2024-01-01 10:00 | 길 | 127.1\n2 | 2024-01-02 10:00 | 길 | 127.2",
    "a register under a title with a year": "2024년 대장 | | |\n번호 | 접수일 | 위치 | 건수\n1 | 2024-01-01 | 길 | 3",
    "a long table": "시도 | 시군구 | 시점 | 출생\n가도 | 소계 | 2019 | 1\n가도 | 나군 | 2019 | 2",
    "ids missing here and there": "번호 | 위치 | 건수\n1 | 가 | 1\n2 | 나 | 2\n | 다 | 3\n3 | 라 | 1",
    "words that end like regions": "시도 | 인구 | 가구\n가도 | 1 | 2\n나도 | 3 | 4",
    "values that could be years": "읍면동 | 건수\n가람동 | 2000\n한빛동 | 1999\n새봄동 | 12",
    "years of building": "시도 | 1979년 이전 | 1980~1989년 | 1990년 이후\n가도 | 1 | 2 | 3\n나도 | 1 | 2 | 3",
    "no numbers at all": "시도 | 시군구\n가도 | 나군\n다도 | 라군",
    "nothing": "",
    "numbers alone": "1 | 2 | 3\n4 | 5 | 6",
}


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_table_has_no_shape(name: str) -> None:
    assert recognise(drawn(PLAIN[name])) is None


MERGED = """
1. 가구 수, 2010년, 2020년 | | | | |
 | | | | | (단위 : 가구)
 | | 2010년T | | 2020년R |
 | | 일반가구 | | 일반가구 |
 | | | 자기집 | | 자기집
서울 | 계 | 10 | 4 | 11 | 5
 | 종로구 | 1 | 2 | 3 | 4
인천 | 계 | 20 | 5 | 21 | 6
 | 중구 | 5 | 6 | 7 | 8
자료: 통계청 | | | | |
"""
RANGES: list[Merge] = [
    *((2, 0, 4, 0), (2, 1, 4, 1), (2, 2, 2, 3), (2, 4, 2, 5), (3, 2, 4, 2), (3, 4, 4, 4)),
    *((5, 0, 6, 0), (7, 0, 8, 0), (9, 0, 9, 5)),
]


def test_merged_cells_of_header_and_keys_are_filled() -> None:
    assert flat(drawn(MERGED, RANGES)) == [
        "unnamed_1|unnamed_2|시점|일반가구 (가구)|일반가구 / 자기집 (가구)",
        "서울|계|2010년T|10|4",
        "서울|계|2020년R|11|5",
        "서울|종로구|2010년T|1|2",
        "서울|종로구|2020년R|3|4",
        "인천|계|2010년T|20|5",
        "인천|계|2020년R|21|6",
        "인천|중구|2010년T|5|6",
        "인천|중구|2020년R|7|8",
    ]


def test_merged_cells_of_a_key_leave_other_blanks_alone() -> None:
    text = "시도 | 시군구 | 2020\n가도 | 나군 | 1\n | 다군 | 2\n | 합계 | 3"
    assert flat(drawn(text, [(1, 0, 2, 0)]))[-1] == "|합계|2020|3"


def test_a_total_merged_over_the_keys_stands_in_both() -> None:
    text = "시도 | 시군구 | 2020\n합계 | | 3\n가도 | 나군 | 1\n가도 | 다군 | 2"
    assert flat(drawn(text, [(1, 0, 1, 1)]))[1] == "합계|합계|2020|3"


GUESSES: dict[str, tuple[str, str]] = {
    "filled": ("연도 | 시도 | 출생\n2019 | 가도 | 1\n | 나도 | 2", "Blank cells of “연도” are filled"),
    "title": ("2022년 인구 |\n읍면동 | 인구\n가람동 | 10\n한빛동 | 20", "row 1 tells the period of all values: 2022년"),
    "regions": ("연도 | 종로구 | 중구\n2019 | 1 | 2", "The columns are read as regions"),
    "codes": ("A 시도 | 000 계 | 020 남\n11 가도 | 1 | 2", "begin with codes"),
    "units": ("(단위: 명, %) | |\n시도 | 2019 | 2020\n가도 | 1 | 2", "names several units (명, %)"),
    "at times": ("시도 | 2019 | 2020 | 2020\n시도 | 남 | 남 | 여\n가도 | 1 | 2 | 3", "some periods only: 여 (1 / 2)"),
    "left out": ("시도 | 2019 | 2020 | 비고\n가도 | 1 | 2 | 잠정", "“비고” (D1) belongs to no period and is left out"),
    "only period": (
        "시도 | 가구 | 2020 |\n | | 취업 | 미취업\n가도 | 3 | 1 | 2",
        "“가구” (B1) tells no period; 2020",
    ),
}


@pytest.mark.parametrize("name", GUESSES)
def test_what_is_taken_for_granted_is_said(name: str) -> None:
    text, said = GUESSES[name]
    found = recognise(drawn(text))
    assert found is not None
    assert [g for g in map(str, found.guesses) if said in g]


def test_a_period_beyond_its_merged_cell_is_said() -> None:
    text = "시도 | 2020 | |\n | 남 | 여 | 미상\n가도 | 1 | 2 | 3"
    found = recognise(drawn(text, [(0, 1, 0, 2)]))
    assert found is not None
    assert [str(g) for g in found.guesses] == ["The header cell D1 is empty and is read as 2020."]


def test_a_table_without_doubt_asks_nothing() -> None:
    found = recognise(drawn(TABLES["one row of years"][0]))
    assert found is not None
    assert found.guesses == ()


def test_no_period_stands_in_the_shape() -> None:
    shape = shape_of(drawn(TABLES["years over items, their number changing"][0]))
    assert not [word for word in ("1994", "1995", "2000") if word in shape.model_dump_json()]


def test_a_register_whose_first_records_have_no_point_is_plain() -> None:
    rows = (
        ("접수번호", "접수일시", "소재지", "위도", "경도"),
        ("2022-00001", "2022-01-02 13:56", "가온로 1", "", ""),
        ("2022-00002", "2022-01-02 16:16", "가온로 2", "", ""),
        ("2022-00003", "2022-01-03 15:00", "", "37.888862", "127.109369"),
    )
    assert recognise(Grid(rows)) is None


def test_a_word_among_the_numbers_of_a_region_is_no_key() -> None:
    shape = shape_of(drawn("시점 | 종로구 | 중구 \n 2012 | 3 | 4 \n 2013 | 확인요망 | 6"))
    assert shape.keys == ("시점",)


def test_labels_with_notes_or_letters_apart_are_regions() -> None:
    grid = drawn(
        "2015년 시군구별 통계 |  |  | \n시군구 | 출생 | 사망 | 비고 \n여수시1) | 1 | 2 | 조정 \n종 로 구 | 3 | 4 | "
    )
    assert shape_of(grid).period_row == 1


def test_a_named_running_number_is_left_out() -> None:
    shape = shape_of(drawn("연번 | 시도 | 2019 | 2020\n1 | 서울 | 3 | 4\n2 | 부산 | 5 | 6"))
    assert shape.leave_out == ("연번",)


def test_months_are_told_beside_a_column_of_remarks() -> None:
    grid = drawn("시도 | 2019년 | 2019년 | 비고\n시도 | 1월 | 2월 | 비고\n서울 | 3 | 4 | \n부산 | 5 | 6 | ")
    assert shape_of(grid).tells == ("period", "period")


def test_an_empty_first_column_is_said() -> None:
    with pytest.raises(Unreadable) as problem:
        recognise(drawn(" | 시도 | 2019 | 2020\n | 서울 | 3 | 4\n | 부산 | 5 | 6"))
    assert "first column" in str(problem.value.trouble.what)


def test_a_header_once_more_with_other_columns_is_another_table() -> None:
    grid = drawn("시도 | 2019.09 | 2019.10\n서울 | 3 | 4\n부산 | 5 | 6\n시도 | 2019.09 | 2019.1\n대구 | 7 | 8")
    with pytest.raises(Unreadable):
        flat(grid)


def test_a_table_as_of_a_day_is_of_no_period() -> None:
    rows = (
        ("가온시 행정동별 현황 (2024년 12월 31일 기준)", "", ""),
        ("행정동", "행정동코드", "인구(명)"),
        ("가람동", "4199051000", "12000"),
        ("나래동", "4199052000", "9000"),
    )
    assert recognise(Grid(rows)) is None
