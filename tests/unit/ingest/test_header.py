"""The header row among titles, units and numbers."""

from __future__ import annotations

from sigun.ingest.header import distinct_names, find_header, has_more_rows


def test_a_header_under_a_title_and_a_unit_row() -> None:
    rows = [
        ["2022년 신고 대장", "", ""],
        ["", "", "(단위: 건)"],
        ["접수번호", "접수일시", "차종"],
        ["1", "2022-01-01", "승용"],
    ]
    assert find_header(rows) == 2
    assert not has_more_rows(rows, 2)


def test_numbers_only_have_no_header() -> None:
    assert find_header([["1", "2024-03-05", "37.7"], ["2", "2024-03-06", "37.8"]]) == -1


def test_years_over_names_are_more_than_one_header_row() -> None:
    rows = [["지역", "2023", "2023"], ["지역", "세대", "인구"], ["가", "1", "2"]]
    assert has_more_rows(rows, find_header(rows))


def test_names_twice_over_names() -> None:
    rows = [["지역", "인구", "인구"], ["지역", "남", "여"], ["가", "1", "2"]]
    assert has_more_rows(rows, find_header(rows))


def test_names_are_made_distinct() -> None:
    assert distinct_names([" 건 수 ", "", "건 수"]) == ["건 수", "unnamed_2", "건 수.2"]
