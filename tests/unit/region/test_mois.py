"""The imported MOIS table: checked as a whole, laid over the shipped one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sigun.errors import IngestError, Several
from sigun.region.codes import shipped, units_at
from sigun.region.history import to_base
from sigun.region.identify import IN_TWO, identify
from sigun.region.imported import codes_of, keep_table
from sigun.region.mois import find_swaps, lay_over, read_mois
from sigun.settings import lay_workspace

HEAD = ["행정동코드", "시도명", "시군구명", "읍면동명", "생성일자", "말소일자"]
ROWS = [
    ["1100000000", "서울특별시", "", "", "19880423", ""],
    ["1111000000", "서울특별시", "종로구", "", "19880423", ""],
    ["1111051000", "서울특별시", "종로구", "청운동", "19880423", "20081101"],
    ["1111052000", "서울특별시", "종로구", "효자동", "19880423", "20081101"],
    ["1111051500", "서울특별시", "종로구", "청운효자동", "20081101", ""],
    ["1111067000", "서울특별시", "종로구", "창신제1동", "19880423", ""],
    ["1111067500", "서울특별시", "종로구", "무악동", "19880423", "20100701"],
    ["1111068000", "서울특별시", "종로구", "무악동", "20100701", ""],
]


def table(rows: list[list[str]] = ROWS) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=HEAD)


def changed(at: int, **cells: str) -> pd.DataFrame:
    frame = table()
    for name, value in cells.items():
        frame.loc[at, name] = value
    return frame


def test_a_whole_table_is_read() -> None:
    rows, said = read_mois(table(), "KIKcd_H.xlsx")
    assert len(rows) == len(ROWS)
    assert said == []
    assert rows["until"].isna().sum() == 5


def test_without_abolished_codes() -> None:
    rows, _said = read_mois(table().drop(columns="말소일자"), "KIKcd_H.xlsx")
    assert rows["until"].isna().all()


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (table().drop(columns=["시군구명"]), "시군구명"),
        (changed(2, 행정동코드="111105100"), "not ten digits"),
        (changed(2, 행정동코드="1111051500"), "stand twice"),
        (changed(2, 시도명=""), "name no 시도"),
        (changed(2, 생성일자="1988-04-23"), "no date"),
        (changed(2, 말소일자="언젠가"), "no date"),
        (changed(2, 행정동코드="1114051000"), "lie in a region that the table does not have"),
        (changed(2, 말소일자="19800101"), "end before they begin"),
    ],
)
def test_what_is_wrong_is_refused(broken: pd.DataFrame, what: str) -> None:
    with pytest.raises(IngestError, match=what):
        read_mois(broken, "KIKcd_H.xlsx")


def test_everything_wrong_is_said_at_once() -> None:
    broken = changed(2, 행정동코드="111", 생성일자="?")
    broken.loc[3, "행정동코드"] = "1199952000"
    with pytest.raises(Several) as failure:
        read_mois(broken, "KIKcd_H.xlsx")
    assert len(failure.value.problems) == 3


def test_exchanged_names_are_refused_and_a_rename_is_not() -> None:
    before = pd.DataFrame({"unit": ["1111051500", "1111067000"], "name": ["창신제1동", "청운효자동"]})
    with pytest.raises(IngestError, match="1 pairs of codes have exchanged their names"):
        read_mois(table(), "KIKcd_H.xlsx", before)
    renamed = before.assign(name=["청운동", "청운효자동"])
    read_mois(table(), "KIKcd_H.xlsx", renamed)


def test_names_of_other_regions_are_no_exchange() -> None:
    before = pd.DataFrame({"unit": ["1111051000", "2611051000"], "name": ["가동", "나동"]})
    assert find_swaps(before, before.assign(name=["나동", "가동"])) == []


def test_dongs_are_found_once_the_table_is_there(tmp_path: Path) -> None:
    ws = lay_workspace(tmp_path)
    assert codes_of(ws) is shipped()
    keep_table(ws, read_mois(table(), "KIKcd_H.xlsx")[0])
    codes = codes_of(ws)
    places = pd.DataFrame(
        {
            "sido": "서울",
            "sigungu": "종로구",
            "dong": ["청운동", "청운효자동", "청운동", "창신1동", "없는동"],
            "period": pd.to_datetime(["2005", "2016", "2016", "2016", "2016"]),
        }
    )
    found = identify(places, codes)
    assert found.unit.fillna("").tolist() == ["1111051000", "1111051500", "1111051000", "1111067000", ""]
    assert found.how.tolist() == ["name", "name", "not_existing", "name", "unmatched"]
    assert len(units_at(codes, date(2022, 12, 31), "dong")) == 3
    assert len(units_at(codes, date(2022, 12, 31), "sigungu")) == 229


def test_a_table_imported_again_takes_the_place_of_the_other(tmp_path: Path) -> None:
    ws = lay_workspace(tmp_path)
    keep_table(ws, read_mois(table(), "a")[0])
    assert "1111068000" in codes_of(ws).years
    keep_table(ws, read_mois(table(ROWS[:5]), "b")[0])
    assert "1111068000" not in codes_of(ws).years


def test_the_same_name_under_a_new_code_on_the_same_day_is_one_region() -> None:
    codes = lay_over(shipped(), read_mois(table(), "KIKcd_H.xlsx")[0])
    assert to_base(pd.Series(["1111067500"]), codes, date(2022, 12, 31)).tolist() == ["1111068000"]
    assert to_base(pd.Series(["1111051000"]), codes, date(2022, 12, 31)).isna().all()


def test_codes_not_verified_take_the_table_s_word_and_stand_ins_give_way() -> None:
    rows = [
        ["4100000000", "경기도", "", "", "19880423", ""],
        ["4119000000", "경기도", "부천시", "", "19880423", ""],
        ["4119200000", "경기도", "부천시 원미구", "", "20240101", ""],
        ["4159000000", "경기도", "화성시", "", "20010321", ""],
        ["4159100000", "경기도", "화성시 만세구", "", "20260201", ""],
    ]
    codes = lay_over(shipped(), read_mois(table(rows), "KIKcd_H.xlsx")[0])
    assert "41192" not in codes.unverified
    assert "415A1" not in codes.years
    assert codes.parents["41591"] == "41590"
    assert "41591" in set(codes.changes["new"])
    assert codes.levels["41591"] == "gu"
    assert codes.changes.set_index("new").loc[["41591", "41192"], "verified"].all()
    assert not codes.changes.set_index("new").loc["415A2", "verified"], "of which the file knows nothing"


def test_the_table_may_end_a_region_the_program_still_has() -> None:
    rows = [*ROWS[:1], ["1111000000", "서울특별시", "종로구", "", "19880423", "20270101"]]
    codes = lay_over(shipped(), read_mois(table(rows), "KIKcd_H.xlsx")[0])
    assert codes.years["11110"] == (0, 2026)


def test_a_new_region_of_the_same_name_follows_the_one_that_ended_that_day() -> None:
    rows = [
        ["4600000000", "전라남도", "", "", "19880423", "20270701"],
        ["4611000000", "전라남도", "목포시", "", "19880423", "20270701"],
        ["5300000000", "새로운특별시", "", "", "20270701", ""],
        ["5311000000", "새로운특별시", "목포시", "", "20270701", ""],
    ]
    codes = lay_over(shipped(), read_mois(table(rows), "KIKcd_H.xlsx")[0])
    assert to_base(pd.Series(["46110"]), codes, date(2027, 12, 31)).tolist() == ["53110"]


def test_one_name_in_two_districts_of_a_city_is_not_guessed() -> None:
    rows = [
        ["4100000000", "경기도", "", "", "19880423", ""],
        ["4111000000", "경기도", "수원시", "", "19880423", ""],
        ["4111100000", "경기도", "수원시 장안구", "", "19880701", ""],
        ["4111300000", "경기도", "수원시 권선구", "", "19880701", ""],
        ["4111156000", "경기도", "수원시 장안구", "중앙동", "19880701", ""],
        ["4111356000", "경기도", "수원시 권선구", "중앙동", "19880701", ""],
    ]
    codes = lay_over(shipped(), read_mois(table(rows), "KIKcd_H.xlsx")[0])
    places = pd.DataFrame({"sido": "경기", "sigungu": ["수원시", "수원시 권선구", "권선구"], "dong": "중앙동"})
    found = identify(places, codes)
    assert found.unit.fillna("").tolist() == ["", "4111356000", "4111356000"]
    assert found.unmatched["reason"].tolist() == [IN_TWO]
    assert "장안구 중앙동" in found.unmatched["near"].iloc[0]


INCHEON = [
    ["2800000000", "인천광역시", "", "", "19950101", ""],
    ["2811000000", "인천광역시", "중구", "", "19950101", ""],
    ["2814000000", "인천광역시", "동구", "", "19950101", ""],
    ["2826000000", "인천광역시", "서구", "", "19950101", ""],
]


def test_a_plan_that_was_not_carried_out_is_taken_back_by_a_newer_table() -> None:
    later = [*INCHEON, ["2826051000", "인천광역시", "서구", "새동", "20260901", ""]]
    codes = lay_over(shipped(), read_mois(table(later), "KIKcd_H.xlsx")[0])
    there = set(units_at(codes, date(2027, 1, 1), "sigungu", within=["인천"])["unit"])
    assert {"28110", "28140", "28260"} <= there
    assert not {"28A01", "28A02", "28A03"} & set(codes.years)
    assert to_base(pd.Series(["28110"]), codes, date(2027, 1, 1)).tolist() == ["28110"]


def test_a_table_older_than_the_plan_leaves_it_as_it_is() -> None:
    codes = lay_over(shipped(), read_mois(table(INCHEON), "KIKcd_H.xlsx")[0])
    assert "28A01" in codes.years
    assert codes.years["28110"] == (1995, 2026)
