"""A metadata sheet: told from a table, and what it says."""

from __future__ import annotations

from sigun.ingest.tidy.metadata import harvest_rows, is_metadata

SHEET = [
    ["○ 통계표ID", "DT_TEST"],
    ["○ 통계표명", "시군구별  출생"],
    ["○ 조회기간", "[년] 2015~2018"],
    ["○ 출처", "통계청,「인구동향조사」"],
    ["○ 자료다운일자", "2021.08.11 15:34"],
    ["○ 통계표URL", "https://example.org/a"],
    ["", "* URL은 달라질 수 있음"],
    ["○ 단위", "명"],
    ["○ 주석", ""],
    ["통계표", "< 설명 >"],
    ["", "1. 잠정치임"],
]


def test_a_metadata_sheet_is_harvested() -> None:
    assert harvest_rows(SHEET) == {
        "table_id": "DT_TEST",
        "table_name": "시군구별 출생",
        "period": "[년] 2015~2018",
        "source": "통계청,「인구동향조사」",
        "downloaded": "2021.08.11 15:34",
        "url": "https://example.org/a",
        "unit": "명",
        "notes": "* URL은 달라질 수 있음\n통계표: < 설명 >\n1. 잠정치임",
    }


def test_a_metadata_sheet_is_known_by_its_name_or_its_rows() -> None:
    assert is_metadata("메타정보", [])
    assert is_metadata("Sheet2", SHEET)
    assert not is_metadata("데이터", [["시도", "단위", "2019"], ["가도", "명", "1"]])
    assert not is_metadata("출처별", [["출처", "건수"], ["가", "1"]])
