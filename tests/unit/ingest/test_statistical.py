"""Statistical tables cleaned. The figures are made up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from sigun.errors import SigunError
from sigun.ingest.clean import Cleaned, clean_table
from sigun.ingest.layout import Column, Layout, Reading
from sigun.ingest.measured import read_cell, taken_together

HEADS = {"시도": "sido", "시군구": "sigungu", "읍면동": "dong", "시점": "period", "성별": "part"}


def cleaned(text: str, *values: Column, within: str = "") -> Cleaned:
    """A table of `|` columns cleaned; without value columns, the last column is the value `n`."""
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    table = pa.table({name: [row[i] or None for row in rows] for i, name in enumerate(head)})
    roles = tuple(Column(name=name, role=HEADS[name]) for name in head if name in HEADS)
    values = values or (Column(name=head[-1], id="n", role="value", type="number"),)
    kind = "area_periods" if "시점" in head else "areas"
    layout = Layout(kind=kind, reading=Reading(format="csv"), fields=(*roles, *values), within=within)
    return clean_table(Path("table.csv"), table, layout, b"key")


def said(result: Cleaned) -> str:
    return " ".join(map(str, result.changes))


def test_the_columns_of_a_cleaned_table() -> None:
    frame = cleaned(
        """
        시도       | 시군구 | 시점    | 출생아수
        서울특별시 | 소계   | 2021    | 1,500
        서울특별시 | 종로구 | 2021    | X
        서울특별시 | 중구   | 2022 p) | -
        """
    ).frame
    assert list(frame) == [
        *("region", "region_name", "sido", "sigungu", "dong", "period", "span", "provisional", "n", "n__mark", "source")
    ]
    assert frame["n"].tolist()[0] == 1500
    assert frame["n"].isna().tolist() == [False, True, True]
    assert frame["n__mark"].fillna("").tolist() == ["", "suppressed", "absent"]
    assert frame["provisional"].tolist() == [False, False, True]
    assert frame["sigungu"].fillna("").tolist() == ["", "종로구", "중구"]
    assert set(frame["span"]) == {"year"}


def test_no_mark_column_where_everything_is_told() -> None:
    assert "n__mark" not in cleaned("시도 | 인구\n서울 | 3\n부산 | 2").frame


def test_groups_are_dropped_and_named() -> None:
    result = cleaned("시도 | 시군구 | 지수\n수도권 | 소계 | 1\n서울 | 도심권 | 2\n서울 | 서울 | 3")
    assert result.frame["region_name"].tolist() == ["서울"]
    assert "2 rows of groups that are no regions were left out: 수도권 소계, 서울 도심권" in said(result)


def test_a_total_over_the_regions_of_the_file_is_no_nation() -> None:
    result = cleaned("시도 | 인구\n합계 | 5\n서울 | 3\n부산 | 2")
    assert result.frame["sido"].tolist() == ["서울", "부산"]
    assert "totals were left out: 합계" in said(result)


def test_an_old_and_a_new_unit_of_one_label_are_one_where_only_one_tells() -> None:
    result = cleaned(
        """
        시도 | 시군구 | 시점 | 출생아수
        경남 | 창원시 | 2009 | 70
        경남 | 창원시 | 2010 | 0
        경남 | 창원시 | 2009 | 0
        경남 | 창원시 | 2010 | 100
        """
    )
    assert result.frame.set_index(result.frame["period"].dt.year)["n"].to_dict() == {2009: 70, 2010: 100}
    assert "4 rows repeat a region and period" in said(result)


def test_two_units_of_one_label_that_both_tell_are_a_problem() -> None:
    with pytest.raises(SigunError, match="repeat an area") as caught:
        cleaned("시도 | 시군구 | 인구\n경남 | 창원시 | 70\n경남 | 창원시 | 100")
    assert "rows 2, 3" in caught.value.where


def test_a_label_that_two_provinces_have_is_never_taken_together() -> None:
    text = "시군구 | 인구\n고성군 | 70\n고성군 | 0"
    with pytest.raises(SigunError, match="repeat an area"):
        cleaned(text)
    assert cleaned(text, within="경상남도").frame["n"].tolist() == [70]


def test_categories_become_columns_and_unused_ones_are_counted() -> None:
    both = [
        Column(name="인구", id=i, role="value", type="number", where={"성별": w})
        for i, w in (("all", "계"), ("m", "남자"))
    ]
    result = cleaned("시도 | 성별 | 인구\n서울 | 계 | 3\n서울 | 남자 | 1\n서울 | 여자 | 2", *both)
    assert result.frame[["all", "m"]].to_numpy().tolist() == [[3, 1]]
    assert "1 rows of categories the card does not use were left out: 여자" in said(result)


def test_categories_nobody_tells_apart_are_a_problem() -> None:
    with pytest.raises(SigunError, match="repeat an area"):
        cleaned("시도 | 성별 | 인구\n서울 | 남자 | 1\n서울 | 여자 | 2")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("시도 | 시점 | 인구\n서울 | 2020 | 1\n서울 | 2020.01 | 1", "periods of 2 lengths"),
        ("시도 | 시점 | 인구\n서울 | 2020.1 | 1\n서울 | 2020.11 | 1", "two periods at once"),
        ("시도 | 시점 | 인구\n서울 | 언젠가 | 1", "no periods"),
        ("시도 | 시군구 | 인구\n서울 | 중구 | 1\n | 종로구 | 1", "without the one above"),
        ("시도 | 비율\n서울 | 1.5%\n부산 | 0.3", "percent sign"),
        ("시도 | 인구\n서울 | 1,5", "no numbers"),
        ("시도 | 인구\n서울 | 12명", "no numbers"),
    ],
)
def test_what_has_no_one_meaning_is_refused(text: str, what: str) -> None:
    with pytest.raises(SigunError, match=what):
        cleaned(text)


@pytest.mark.parametrize(
    ("cell", "value", "mark", "provisional"),
    [
        ("x", np.nan, "suppressed", False),
        ("5명 미만", np.nan, "suppressed", False),
        ("…", np.nan, "absent", False),
        ("0.78 p)", 0.78, None, True),
        ("△3.5", -3.5, None, False),
        ("12.5%", 12.5, None, False),
        ("▲3.5", np.nan, None, False),
    ],
)
def test_cells_that_are_more_than_a_number(cell: str, value: float, mark: str | None, provisional: bool) -> None:
    assert read_cell(cell) == (pytest.approx(value, nan_ok=True), mark, provisional)


def test_equal_values_told_twice_are_one_value() -> None:
    key, value = np.array([0, 0, 1, 1]), np.array([5.0, 5.0, np.nan, 0.0])
    taken, _mark, clash = taken_together(key, 2, value, np.array([None, None, "absent", None], object))
    assert taken.tolist() == [5, 0]
    assert not clash.any()


def test_a_header_that_stands_again_within_the_table_is_no_row() -> None:
    result = cleaned("시도 | 인구\n서울 | 3\n시도 | 인구\n부산 | 2")
    assert len(result.frame) == 2
    assert "header rows repeated" in said(result)


def test_codes_and_names_in_one_cell() -> None:
    frame = cleaned("시도 | 시군구 | 인구\n서울 | \u3000\u300011010 종로구 | 3").frame
    assert frame[["region", "sigungu"]].to_numpy().tolist() == [["11010", "종로구"]]
    assert isinstance(frame, pd.DataFrame)


def test_a_number_where_a_region_is_named_is_a_row_that_has_lost_a_cell() -> None:
    with pytest.raises(SigunError, match=r"hold a number where a region is named: 1,489"):
        cleaned("시도 | 시군구 | 인구\n경기 | 수원시 | 3\n경기 | 1,489 | 2")


def test_percent_signs_are_asked_of_the_rows_of_one_value_only() -> None:
    head = "시도 | 성별 | 시점 | 값\n"
    parts = (("a", "가"), ("b", "나"))
    values = [Column(name="값", id=i, role="value", type="number", where={"성별": w}) for i, w in parts]
    frame = cleaned(f"{head}서울 | 가 | 2020 | 21%\n서울 | 나 | 2020 | 0.358", *values).frame
    assert frame[["a", "b"]].to_numpy().tolist() == [[21.0, 0.358]]
    with pytest.raises(SigunError, match="without a percent sign"):
        cleaned(f"{head}서울 | 가 | 2020 | 21%\n서울 | 가 | 2021 | 0.358", *values)
