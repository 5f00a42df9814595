"""Registers of places are recognised, and events, weather stations and grids are not taken for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigun.catalog.facilities import Held, held
from sigun.catalog.look import look_at
from sigun.catalog.propose import draft_from, propose
from sigun.errors import IngestError

DAYCARE = ("시설번호,설립유형,경도,위도,정원,현원,대기", "A1,국공립,127.01,37.51,50,48,12")
HOMES = ("기관번호,급여종류,경도,위도,정원,현원", "B1,노인요양시설,127.01,37.51,50,48")
PARKING = ("주차장번호,구분,경도,위도,구획수", "101,노상,127.01,37.51,50")


def write(folder: Path, name: str, lines: tuple[str, ...]) -> Path:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "lines", "id_", "found"),
    [
        ("어린이집_현황.csv", DAYCARE, "childcare", Held("capacity", "enrolled", "waiting")),
        ("장기요양기관_현황.csv", HOMES, "care_homes", Held("capacity", "enrolled")),
        ("공영주차장_현황.csv", PARKING, "parking", Held("parking_spaces")),
    ],
)
def test_registers_are_taken_in_without_a_question(
    name: str, lines: tuple[str, ...], id_: str, found: Held, tmp_path: Path
) -> None:
    draft = draft_from(look_at(write(tmp_path, name, lines)))
    assert (draft.card.kind, draft.card.id, draft.questions) == ("facilities", id_, ())
    assert held(draft.card) == found
    roles = {c.role: c.name for c in draft.card.fields if c.role not in ("value", None)}
    assert [roles[role] for role in ("id", "kind")] == lines[0].split(",")[:2]
    assert {c.measure for c in draft.card.values()} == {"stock"}


def test_units_stand_in_the_card(tmp_path: Path) -> None:
    card = propose(write(tmp_path, "a.csv", ("관리번호,x좌표,y좌표,병상수(병상)", "1,957000,1950000,30")))
    assert [(c.id, c.unit) for c in card.values()] == [("beds", "병상")]
    assert card.crs == "EPSG:5179"


def test_telephones_are_no_numbers_of_places(tmp_path: Path) -> None:
    card = propose(write(tmp_path, "a.csv", ("전화번호,경도,위도,정원,대표자명", "031-123-4567,127,37.5,30,홍길동")))
    assert card.column("id") is None
    assert card.grade == "S"


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (("접수번호,접수일시,경도,위도,정원", "1,2024-03-05 14:20,127.0,37.7,4"), "events"),
        (("행정동,정원(명)", "가람동,40"), "areas"),
        (("주소,경도,위도", "중앙로 1,127.0,37.7"), "addresses"),
    ],
)
def test_what_is_something_else_stays_so(lines: tuple[str, ...], kind: str, tmp_path: Path) -> None:
    assert propose(write(tmp_path, "a.csv", lines)).kind == kind


def test_places_with_a_count_of_cases_are_no_facilities(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="no date"):
        propose(write(tmp_path, "a.csv", ("위도,경도,단속건수", "37.7,127.0,12")))
