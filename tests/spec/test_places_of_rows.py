"""Which region a row of a statistical table names."""

from __future__ import annotations

import pytest

from sigun.ingest.labels import clean_label, split_code
from sigun.ingest.place_names import settle, split_path

TABLE = """
    서울특별시 | 소계       |        | 서울특별시              | keep
    서울특별시 | 종로구     |        | 서울특별시 종로구       | keep
    서울특별시 | 종로구     | 소계   | 서울특별시 종로구       | keep
    서울특별시 | 종로구     | 사직동 | 서울특별시 종로구 사직동| keep
    서울       | 서울       |        | 서울                    | keep
    서울       | 도심권     |        | 서울 도심권             | group
    광역시     | 부산       |        | 부산                    | keep
    광역시     | 소계       |        | 광역시                  | group
    도         | 경기       |        | 경기                    | keep
    수도권     | 소계       |        | 수도권                  | group
    전국       | 소계       |        | 전국                    | keep
    계         |            |        | 전국                    | keep
    국외       |            |        | 국외                    | group
    세종       | 소계       |        | 세종                    | keep
    세종특별자치시 | 세종시 |        | 세종특별자치시 세종시   | keep
    세종특별자치시 |        | 도담동 | 세종특별자치시 도담동   | keep
    제주특별자치도 | 제주특별자치도 | | 제주특별자치도         | keep
    경기도     | 광주시     |        | 경기도 광주시           | keep
    경기도     | 동부       |        | 경기도 동부             | group
               | 종로구     |        | 종로구                  | broken
    경기도     |            | 사직동 | 경기도 사직동           | broken
               |            |        |                         | nowhere
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip("\n").splitlines()]


@pytest.mark.parametrize(("sido", "sigungu", "dong", "place", "fate"), ROWS)
def test_a_row_names_one_region_or_none(sido: str, sigungu: str, dong: str, place: str, fate: str) -> None:
    found = settle(sido, sigungu, dong, has_sido=True, nation=True)
    assert (" ".join(filter(None, (found.sido, found.sigungu, found.dong))), found.fate) == (place, fate)


def test_a_total_over_some_sido_is_not_the_nation() -> None:
    assert settle("합계", "", "", has_sido=True, nation=False).fate == "total"
    assert settle("전국", "", "", has_sido=True, nation=False).fate == "keep"


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("\u3000\u3000 종로구 ", "종로구"),
        ("국   외", "국외"),
        ("평  균", "평균"),
        ("- 종로구", "종로구"),
        ("세종시1)", "세종시"),
        ("중앙동(1)", "중앙동(1)"),
        ("수원시  장안구", "수원시 장안구"),
    ],
)
def test_labels_lose_what_stands_around_them(written: str, label: str) -> None:
    assert clean_label(written) == label


def test_codes_come_off_names() -> None:
    assert split_code("11010 종로구") == ("11010", "종로구")
    assert split_code("종로구 (1111000000)") == ("1111000000", "종로구")
    assert split_code("종로1가") == ("", "종로1가")


def test_a_full_name_is_taken_apart() -> None:
    assert split_path("서울특별시 종로구 사직동") == ("서울특별시", "종로구", "사직동")
    assert split_path("세종특별자치시 도담동") == ("세종특별자치시", "", "도담동")
    assert split_path("가람동") == ("", "", "")
