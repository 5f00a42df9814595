"""Registers of places: what is read, what is left out, and that each thing left out is counted. All made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigun.catalog.propose import propose
from sigun.errors import SigunError
from sigun.ingest.clean import Cleaned, clean

HEAD = "시설번호,설립유형,경도,위도,정원,현원"


def cleaned(folder: Path, *rows: str, head: str = HEAD) -> Cleaned:
    path = folder / "places.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    card = propose(path)
    assert card.kind == "facilities"
    return clean(path, card, b"key")


def said(found: Cleaned) -> str:
    return " ".join(str(change) for change in found.changes)


def test_a_place_is_a_row_with_its_point_kind_and_what_it_holds(tmp_path: Path) -> None:
    place = cleaned(tmp_path, 'A1,국공립,127.01,37.51,"1,050",48').frame.iloc[0]
    assert place[["id", "kind", "longitude", "latitude", "capacity", "enrolled"]].tolist() == [
        "A1",
        "국공립",
        127.01,
        37.51,
        1050.0,
        48.0,
    ]


@pytest.mark.parametrize("point", ["0,0", ",", "127.01,"])
def test_a_place_without_a_point_is_left_out_and_counted(point: str, tmp_path: Path) -> None:
    found = cleaned(tmp_path, "A1,국공립,127.01,37.51,50,48", f"A2,민간,{point},20,10")
    assert found.frame["id"].tolist() == ["A1"]
    assert "1 places without a point were left out, first: record 2" in said(found)


def test_fewer_than_none_is_not_told(tmp_path: Path) -> None:
    found = cleaned(tmp_path, "A1,국공립,127.01,37.51,-50,48", "A2,민간,127.02,37.51,0,0")
    assert found.frame["capacity"].isna().tolist() == [True, False]
    assert "1 values of “정원” below zero" in said(found)


def test_a_number_told_twice_with_other_values_is_named_and_the_first_stands(tmp_path: Path) -> None:
    rows = ("A1,국공립,127.01,37.51,50,48", "A1,국공립,127.01,37.51,50,48", "A1,국공립,127.01,37.51,70,48")
    found = cleaned(tmp_path, *rows, "A2,민간,127.02,37.51,20,10")
    assert found.frame["capacity"].tolist() == [50.0, 20.0]
    assert "1 rows that stand twice" in said(found)
    assert "first row stands: A1" in said(found)


def test_one_house_may_offer_two_services(tmp_path: Path) -> None:
    found = cleaned(tmp_path, "A1,노인요양시설,127.01,37.51,50,48", "A1,주야간보호,127.01,37.51,20,10")
    assert found.frame["capacity"].tolist() == [50.0, 20.0]


def test_of_several_states_of_all_places_the_newest_counts(tmp_path: Path) -> None:
    rows = ["A1,127.01,37.51,50,2023", "A2,127.02,37.51,20,2023", "A1,127.01,37.51,60,2024"]
    found = cleaned(tmp_path, *rows, head="시설번호,경도,위도,정원,기준연도")
    assert found.frame[["id", "capacity"]].to_numpy().tolist() == [["A1", 60.0]]  # A2 is closed by 2024
    assert "Only the newest state counts (2024-01-01): 2 rows" in said(found)


def test_days_that_differ_from_place_to_place_are_no_states_of_the_file(tmp_path: Path) -> None:
    rows = [f"A{i},127.0{i},37.51,50,2024-05-0{i}" for i in range(1, 8)]
    found = cleaned(tmp_path, *rows, "A1,127.01,37.51,70,2024-06-01", head="시설번호,경도,위도,정원,데이터기준일자")
    assert len(found.frame) == 7
    assert found.frame.set_index("id").loc["A1", "capacity"] == 70


def test_columns_of_persons_do_not_come_along(tmp_path: Path) -> None:
    found = cleaned(
        tmp_path, "A1,127.01,37.51,50,홍길동,031-123-4567", head="시설번호,경도,위도,정원,대표자명,전화번호"
    )
    assert not {"홍길동", "031-123-4567"} & set(found.frame.astype("str").to_numpy().ravel())
    assert "대표자명, 전화번호" in said(found)


def test_words_among_the_numbers_stop_it(tmp_path: Path) -> None:
    rows = [f"A{i},국공립,127.0{i},37.51,50,48" for i in range(9)] * 2
    with pytest.raises(SigunError, match="no numbers"):
        cleaned(tmp_path, *rows, "B,국공립,127.01,37.51,많음,48")
