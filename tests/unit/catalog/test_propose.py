"""Proposed cards: made-up files first, then the real ones beside the project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sigun.catalog import words
from sigun.catalog.look import look_at
from sigun.catalog.propose import draft_from, propose
from sigun.catalog.unit_words import split_unit
from sigun.errors import IngestError


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_text(text, encoding=encoding)
    return file


def roles(card: object) -> dict[str, str]:
    return {c.role: c.name for c in card.fields if c.role and c.role != "value"}  # type: ignore[attr-defined]


def test_a_korean_register(tmp_path: Path) -> None:
    head = "접수번호,접수일자,접수시간,신고경로,소재지,위도,경도,행정동,차종,차량번호,신고자,연락처,처분구분,처리일자\n"
    rows = "".join(
        f"{i},2024.3.{i % 28 + 1},오후 {i % 11 + 1}:20,전화,새봄시 중앙로 {i},37.7{i},127.0{i},가람동,이륜차,"
        f"12가{3456 + i},홍길동,010-1234-5678,견인보관,2024.4.1\n"
        for i in range(20)
    )
    card = propose(write(tmp_path, "신고.csv", head + rows, "cp949"))
    assert card.kind == "events"
    assert card.reading.encoding == "cp949"
    assert roles(card) == {
        "id": "접수번호", "occurred_at": "접수일자", "occurred_time": "접수시간", "channel": "신고경로",
        "address": "소재지", "latitude": "위도", "longitude": "경도", "region": "행정동", "kind": "차종",
        "vehicle_key": "차량번호",
        "outcome": "처분구분", "closed_at": "처리일자",
    }  # fmt: skip
    actions = {c.name: (c.personal, c.action) for c in card.fields if c.personal}
    assert actions == {"차량번호": ("plate", "hash"), "신고자": ("name", "drop"), "연락처": ("phone", "drop")}
    assert card.outcomes == {"견인보관": "confirmed"}
    assert any("연락처" in line for line in card.to_confirm)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("행정동,인구(명)\n가람동,10\n한빛동,20\n", "areas"),
        ("기준년월,행정동,유동인구(명)\n202401,가람동,10\n202402,가람동,20\n", "area_periods"),
        ("지점,지점명,일시,평균기온(°C)\n108,서울,2024-01-01,1.5\n", "weather"),
        ("주소,경도,위도\n중앙로 1,127.0,37.7\n", "addresses"),
        ("접수일시,주소\n2024-03-05 14:20,새봄시 가람동 1\n", "events"),
        ("Case ID,Opened Date,Address,Latitude,Longitude\n1,03/05/2024,1 Main St,42.3,-71.1\n", "events"),
    ],
)
def test_the_kind_of_a_data_set(tmp_path: Path, text: str, kind: str) -> None:
    assert propose(write(tmp_path, "a.csv", text)).kind == kind


def test_units_come_out_of_headers_and_ids_are_english(tmp_path: Path) -> None:
    card = propose(write(tmp_path, "a.csv", "행정동코드,행정동,인구(명),1인가구(가구),기타항목\n41990,가람동,1,2,3\n"))
    assert [(c.id, c.title, c.unit, c.measure) for c in card.values()] == [
        ("population", "인구", "명", "stock"),
        ("single_households", "1인가구", "가구", "stock"),
        ("value", "기타항목", "", None),
    ]
    assert roles(card) == {"region": "행정동코드", "region_name": "행정동"}


def test_two_systems_that_fit_are_to_be_confirmed(tmp_path: Path) -> None:
    rows = "".join(f"2024-03-05 14:20,{200100 + i},{566000 + i}\n" for i in range(20))
    card = propose(write(tmp_path, "a.csv", "접수일시,X좌표,Y좌표\n" + rows))
    assert card.crs == "EPSG:5186"
    assert any("EPSG:5181" in line for line in card.to_confirm)


def test_a_surveyors_x_and_y_change_places(tmp_path: Path) -> None:
    rows = "".join(f"2024-03-05 14:20,{566000 + i},{200100 + i}\n" for i in range(20))
    assert roles(propose(write(tmp_path, "a.csv", "접수일시,X좌표,Y좌표\n" + rows)))["x"] == "Y좌표"


def test_day_first_dates_are_told_apart_where_the_data_can(tmp_path: Path) -> None:
    rows = "".join(f"{i},{day}/03/2015 10:00,37.{i},127.{i}\n" for i, day in enumerate(range(10, 29), 1))
    card = propose(write(tmp_path, "a.csv", "id,open_dt,lat,lon\n" + rows))
    assert card.column("occurred_at").format == "%d/%m/%Y %H:%M"  # type: ignore[union-attr]


def test_places_with_a_count_and_no_date_are_no_events(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match=r"단속건수.*no date"):
        propose(write(tmp_path, "a.csv", "위도,경도,단속건수\n37.7,127.0,12\n"))


def test_cases_with_a_place_and_no_date_are_no_address_table(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="no date"):
        propose(write(tmp_path, "a.csv", "접수번호,주소,위도,경도\n1,중앙로 1,37.7,127.0\n"))


def test_a_file_of_nothing_we_know_says_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="not clear") as caught:
        propose(write(tmp_path, "a.csv", "색,맛\n빨강,단맛\n"))
    assert "date and a place" in caught.value.remedy


def test_outlines_name_their_crs(tmp_path: Path) -> None:
    ring = [[950000, 1970000], [951000, 1970000], [951000, 1971000], [950000, 1970000]]
    feature = {
        "type": "Feature",
        "properties": {"adm_cd": "4199051", "adm_nm": "가람동"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::5179"}}
    text = json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]})
    card = propose(write(tmp_path, "a.geojson", text))
    assert (card.kind, card.crs, roles(card)) == (
        "outlines",
        "EPSG:5179",
        {"region": "adm_cd", "region_name": "adm_nm"},
    )


BOSTON = {
    "abandoned_vehicles.parquet": ("events", "America/New_York"),
    "illegal_parking.parquet": ("events", "America/New_York"),
    "raw_open311_excerpt.json": ("events", "America/New_York"),
    "raw_boston_official_2015.csv": ("events", None),
    "tract_covariates.parquet": ("areas", None),
    "weather_daily_logan.parquet": ("weather", None),
    "neighborhoods.geojson": ("outlines", None),
    "census_tracts.geojson": ("outlines", None),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", BOSTON)
def test_boston_files_are_what_they_are(shared: Path, name: str) -> None:
    card = propose(shared / "data" / "events" / "boston" / name)
    assert (card.kind, card.timezone) == BOSTON[name]
    if card.kind == "events":
        assert {"id", "occurred_at", "longitude", "latitude", "outcome"} <= set(roles(card))


@pytest.mark.shared
@pytest.mark.parametrize("year", ["23년", "24년"])
def test_cheonan_counts_are_refused_with_the_reason(shared: Path, year: str) -> None:
    [file] = (shared / "data" / "events" / "cheonan").glob(f"*{year}_grouped.csv")
    with pytest.raises(IngestError, match=r"단속건수.*no date"):
        propose(file)


def _rows(head: str, row: str) -> str:
    """A table of three 시군구 over three years, rows counted from 1; `row` is a template."""
    told = [
        (s, g, y)
        for s, g in (("경기도", "수원시"), ("경기도", "여주시"), ("충청북도", "충주시"))
        for y in (2019, 2020, 2021)
    ]
    return head + "".join(
        row.format(n=i + 1, sido=s, sigungu=g, year=y, value=100 + i) for i, (s, g, y) in enumerate(told)
    )


def test_a_running_number_does_not_make_an_area_table_a_register(tmp_path: Path) -> None:
    card = propose(
        write(tmp_path, "표.csv", _rows("연번,시도,시군구,시점,출생아수\n", "{n},{sido},{sigungu},{year},{value}\n"))
    )
    assert card.kind == "area_periods"
    assert [c.name for c in card.values()] == ["출생아수"]


def test_a_column_of_remarks_is_no_category(tmp_path: Path) -> None:
    text = _rows("시도,시군구,시점,출생아수,비고\n", "{sido},{sigungu},{year},{value},\n")
    card = propose(write(tmp_path, "표.csv", text.replace("108,", "108,경계 조정").replace("101,", "101,추정")))
    assert [(c.name, c.where) for c in card.values()] == [("출생아수", {})]


def test_numbers_with_their_unit_behind_them_are_no_table_of_periods(tmp_path: Path) -> None:
    text = _rows("행정구역,시점,출생아수\n", "{sido} {sigungu},{year},{value}명\n")
    with pytest.raises(IngestError, match="not clear"):
        propose(write(tmp_path, "표.csv", text))


def test_each_sido_over_its_sigungu_in_one_column(tmp_path: Path) -> None:
    text = "행정구역,2019,2020\n경기도,9,9\n 수원시,3,4\n 여주시,6,5\n충청북도,7,7\n 충주시,7,7\n"
    assert roles(propose(write(tmp_path, "시군구별 출생아수.csv", text)))["sigungu"] == "행정구역"


@pytest.mark.parametrize("heads", [("시도", "시군구"), ("시군구별(1)", "시군구별(2)"), ("지역별(1)", "지역별(2)")])
def test_the_level_above_is_known_by_what_it_is_called(tmp_path: Path, heads: tuple[str, str]) -> None:
    """Of a province nobody knows: it is no category, and its rows of totals are its own."""
    head = f"{heads[0]},{heads[1]},시점,출생아수\n"
    card = propose(write(tmp_path, "a.csv", head + "한결도,소계,2019,9\n한결도,누리시,2019,4\n한결도,가람군,2019,5\n"))
    assert roles(card) == {"sido": heads[0], "sigungu": heads[1], "period": "시점"}
    assert [c.where for c in card.values()] == [{}]


def test_the_homes_of_a_register_of_persons_are_dropped_and_said(tmp_path: Path) -> None:
    rows = "".join(f"홍길동,새봄시 중앙로 {i} 101동 {i}호,2024-03-05 14:20,37.7{i},127.0{i}\n" for i in range(20))
    card = propose(write(tmp_path, "a.csv", "성명,주소,신고일시,위도,경도\n" + rows))
    assert {c.name: (c.personal, c.action) for c in card.fields if c.personal} == {
        "성명": ("name", "drop"),
        "주소": ("home_address", "drop"),
    }
    assert any("“주소”" in line and "“성명”" in line for line in card.to_confirm)


def test_persons_and_where_they_live_are_no_table_of_addresses(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="where they live"):
        propose(write(tmp_path, "a.csv", "성명,주소,위도,경도\n홍길동,새봄시 중앙로 1,37.7,127.0\n"))


@pytest.mark.parametrize(
    ("title", "unit", "measure"),
    [
        ("이용건수", "건", "flow"),
        ("방문자수", "명", "flow"),
        ("등록대수", "대", "stock"),
        ("고령인구", "명", "stock"),
        ("전입인구", "명", "flow"),
        ("이용시설", "개", None),
        ("기타항목", "명", None),
        ("기타항목", "세대", "stock"),
    ],
)
def test_words_tell_stock_from_flow_and_a_unit_alone_does_not(title: str, unit: str, measure: str | None) -> None:
    assert words.measure_said(title, unit, "") == measure


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("인구(명)", "인구", "명"),
        ("급여(단위: 백만원)", "급여", "백만원"),
        ("사고[건/1000 명]", "사고", "건/1000 명"),
        ("지수(2017.11=100)", "지수", "2017.11=100"),
        ("밀도(명/㎢)", "밀도", "명/㎢"),
        ("사망률(인구 10만명당 명)", "사망률", "인구 10만명당 명"),
        ("실업급여지급자수(년)", "실업급여지급자수(년)", ""),
        ("합계출산율(TFR)", "합계출산율(TFR)", ""),
        ("인구(잠정)", "인구(잠정)", ""),
    ],
)
def test_only_a_known_unit_is_one(header: str, name: str, unit: str) -> None:
    assert split_unit(header) == (name, unit)


def test_sigungu_alone_are_asked_for_their_sido_and_measure(tmp_path: Path) -> None:
    draft = draft_from(look_at(write(tmp_path, "a.csv", "시군구,연도,기타\n중구,2019,1\n중구,2020,2\n동구,2019,3\n")))
    asked = " ".join(question.asks for question in draft.questions)
    assert "중구" in asked
    assert "What is measured" in asked
    assert roles(draft.card) == {"sigungu": "시군구", "period": "연도"}


def test_codes_beside_one_column_of_names_tell_their_scheme(tmp_path: Path) -> None:
    text = "행정구역코드,시군구,연도,인구수\n28170,남구,2016,1000\n28170,남구,2017,1000\n"
    assert propose(write(tmp_path, "a.csv", text)).scheme == "mois"


def test_dongs_by_year_are_asked_what_they_measure_and_not_called_months(tmp_path: Path) -> None:
    card = propose(write(tmp_path, "a.csv", "행정동,연도,기타\n가람동,2019,1\n한빛동,2020,2\n"))
    assert any("What is measured" in line for line in card.to_confirm)
    assert "Read as areas and periods." in card.to_confirm


def test_school_years_begin_in_march_and_areas_need_a_unit(tmp_path: Path) -> None:
    text = "시도,시군구,학년도,면적\n서울특별시,종로구,2019,10\n서울특별시,용산구,2020,11\n"
    said = propose(write(tmp_path, "a.csv", text)).to_confirm
    assert any("March" in line for line in said)
    assert any("unit" in line and "area" in line for line in said)
