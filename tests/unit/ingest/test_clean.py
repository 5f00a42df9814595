"""Cleaning by a layout: types, roles, and every change counted. The rows are made up."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sigun.errors import CardError, IngestError, Several
from sigun.ingest.clean import clean
from sigun.ingest.layout import Column, Layout, Reading

CSV = Reading(format="csv", encoding="utf-8", delimiter=",")
EVENT_COLUMNS = [
    "row", "id", "occurred_at", "updated_at", "closed_at", "longitude", "latitude", "address", "street", "area_said",
    "kind", "channel", "outcome", "duplicate_of", "vehicle",
]  # fmt: skip
EVENTS = Layout(
    kind="events",
    reading=CSV,
    fields=(
        Column(name="번호", role="id"),
        Column(name="일자", role="occurred_at", type="datetime"),
        Column(name="시간", role="occurred_time"),
        Column(name="주소", role="address"),
        Column(name="동", role="region"),
        Column(name="경도", role="longitude"),
        Column(name="위도", role="latitude"),
        Column(name="차량번호", role="vehicle_key", personal="plate", action="hash"),
        Column(name="결과", role="outcome"),
        Column(name="대수", role="value", id="cars", type="integer"),
    ),
    outcomes={"견인": "confirmed"},
    no_place=("주소없음",),
)
HEAD = "번호,일자,시간,주소,동,경도,위도,차량번호,결과,대수\n"


def write(folder: Path, text: str) -> Path:
    file = folder / "a.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_events_have_their_columns_and_keep_their_rows(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        HEAD
        + '1,2024.3.5,오후 2:20,새봄시 중앙로 12 (한빛동),,127.01,37.7,12가3456,견인,"1,200"\n'
        + ",,,,,,,,,\n"
        + "2,,오전 9:00,주소없음,가람동,127.02,37.8,12가3456,,-\n"
        + "3,2024.3.6,오전 9:00,주소없음 010-1234-5678,가람동,0,0,,미정,1\n",
    )
    cleaned = clean(file, EVENTS, b"key")
    frame = cleaned.frame
    assert list(frame.columns) == [*EVENT_COLUMNS, "cars"]
    assert frame["row"].tolist() == [0, 3]
    assert str(frame["occurred_at"].dtype) == "datetime64[us]"
    assert str(frame["occurred_at"][0]) == "2024-03-05 14:20:00"
    assert (frame["street"][0], frame["area_said"][0], frame["area_said"][1]) == ("중앙로", "한빛동", "가람동")
    assert frame["cars"].tolist() == [1200.0, 1.0]
    assert frame["outcome"].tolist() == ["confirmed", "other"]
    assert frame["longitude"].isna().tolist() == [False, True]
    assert len(frame["vehicle"][0]) == 16
    assert frame["closed_at"].isna().all()
    assert "010" not in str(frame["address"][1])
    said = [str(c) for c in cleaned.changes]
    assert cleaned.rows_read == 4
    for words in ("1 empty rows", "1 rows without a date", "1 coordinates of 0", "cut out of 1 cells", "Plates of 2"):
        assert any(words in s for s in said), (words, said)


def test_all_that_is_wrong_is_said_at_once_with_rows(tmp_path: Path) -> None:
    file = write(tmp_path, HEAD + "1,어제,,,,127.0,37.7,,,열\n" + "2,2024.3.6,아침,,,백,37.7,,,1\n")
    with pytest.raises(Several) as caught:
        clean(file, EVENTS, b"key")
    said = str(caught.value)
    assert len(caught.value.problems) == 4
    for words in ("row 2: “○○”", "row 3: “○○”", "row 3: “○”", "row 2: “○”", "column “일자”"):
        assert words in said


def test_a_column_the_file_does_not_have_offers_the_nearest(tmp_path: Path) -> None:
    file = write(tmp_path, HEAD.replace("차량번호", "차량 번호") + "1,2024.3.5,,,,,,,,\n")
    with pytest.raises(CardError, match="차량번호") as caught:
        clean(file, EVENTS, b"key")
    assert "차량 번호" in caught.value.remedy


def test_an_optional_column_may_be_absent(tmp_path: Path) -> None:
    fields = tuple(c.model_copy(update={"optional": True}) if c.name == "대수" else c for c in EVENTS.fields)
    layout = EVENTS.model_copy(update={"fields": fields})
    file = write(tmp_path, HEAD.replace(",대수", "") + "1,2024.3.5,9:00,,,127.0,37.7,,\n")
    assert clean(file, layout, b"key").frame["cars"].isna().all()


@pytest.mark.parametrize(("said", "error"), [("%Y-%m-%d", CardError), ("%Y.%m.%d", None), ("방법", CardError)])
def test_the_cards_format_is_held_against_the_file(tmp_path: Path, said: str, error: type | None) -> None:
    layout = Layout(
        kind="events", reading=CSV, fields=(Column(name="일자", role="occurred_at", type="datetime", format=said),)
    )
    file = write(tmp_path, "일자,번호\n2024.3.5,1\n")
    if error is None:
        assert len(clean(file, layout, b"key").frame) == 1
    else:
        with pytest.raises(error, match="일자"):
            clean(file, layout, b"key")


def test_times_with_an_offset_become_the_local_clock(tmp_path: Path) -> None:
    column = Column(name="when", role="occurred_at", type="datetime")
    file = write(tmp_path, "when,id\n2016-07-01T12:00:00Z,1\n2016-01-01T12:00:00Z,2\n")
    layout = Layout(kind="events", reading=CSV, timezone="America/New_York", fields=(column,))
    assert clean(file, layout, b"key").frame["occurred_at"].dt.hour.tolist() == [8, 7]
    with pytest.raises(CardError, match="offset"):
        clean(file, layout.model_copy(update={"timezone": None}), b"key")


def test_area_tables_leave_out_totals_and_refuse_repeats(tmp_path: Path) -> None:
    layout = Layout(
        kind="areas",
        reading=CSV,
        fields=(Column(name="동", role="region"), Column(name="인구", role="value", id="population", type="number")),
    )
    cleaned = clean(write(tmp_path, '동,인구\n합계,"3,000"\n가람동,-\n한빛동,"2,000"\n'), layout, b"key")
    assert cleaned.frame["region"].tolist() == ["가람동", "한빛동"]
    assert cleaned.frame["population"].isna().tolist() == [True, False]
    assert "1 rows of totals" in str(cleaned.changes[0])
    with pytest.raises(IngestError, match="repeat"):
        clean(write(tmp_path, "동,인구\n가람동,1\n가람동,2\n"), layout, b"key")


def test_values_out_of_the_cards_range_are_refused(tmp_path: Path) -> None:
    column = Column(name="비율", role="value", id="share", type="number", minimum=0, maximum=100)
    layout = Layout(kind="areas", reading=CSV, fields=(Column(name="동", role="region"), column))
    with pytest.raises(IngestError, match="range"):
        clean(write(tmp_path, "동,비율\n가람동,120\n"), layout, b"key")


def test_what_stands_for_not_known_in_one_column_is_missing_there_alone(tmp_path: Path) -> None:
    frame = pd.DataFrame({"동": ["가", "나"], "소득": [0.0, 310.5], "빈집": [0.0, 2.0]})
    frame.to_parquet(tmp_path / "a.parquet")
    frame.to_csv(tmp_path / "a.csv", index=False, encoding="utf-8")
    fields = (
        Column(name="동", role="region"),
        Column(name="소득", id="income", role="value", type="number", missing=("0", "0.0")),
        Column(name="빈집", id="vacant", role="value", type="number"),
    )
    for name, kind in (("a.parquet", "parquet"), ("a.csv", "csv")):
        reading = CSV if kind == "csv" else Reading(format="parquet")
        cleaned = clean(tmp_path / name, Layout(kind="areas", reading=reading, fields=fields), b"key").frame
        assert cleaned["income"].isna().tolist() == [True, False]
        assert cleaned["vacant"].tolist() == [0.0, 2.0]


def test_months_of_an_area_table(tmp_path: Path) -> None:
    layout = Layout(
        kind="area_periods",
        reading=CSV,
        fields=(
            Column(name="동", role="region"),
            Column(name="월", role="period", type="datetime"),
            Column(name="유동인구", role="value", id="floating", type="number"),
        ),
    )
    frame = clean(write(tmp_path, "월,동,유동인구\n202401,가람동,1\n202402,가람동,2\n"), layout, b"key").frame
    assert frame["period"].tolist() == [pd.Timestamp("2024-01-01"), pd.Timestamp("2024-02-01")]
