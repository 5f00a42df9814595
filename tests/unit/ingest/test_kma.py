"""KMA's strip and table of stations: what is read, kept, matched and refused. The observations are made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sigun.errors import IngestError, Several
from sigun.ingest.kma import (
    SKY,
    clean_strip,
    looks_like_strip,
    match_stations,
    read_stations,
    read_strip,
    split_words,
    strip_table,
)

STRIP = """2024.03.05 (화)
맑음서울7.5℃
구름많음북강릉-0.6℃
비광주11℃
눈2.5℃
흐림홍성(예)3.0℃
속초 4.0 °C

기상청 제공
"""
STATIONS = """지점,시작일,종료일,지점명,지점주소,관리관서,위도,경도,노장해발고도(m)
108,1907-10-01,2010-08-15,서울,,,37.10,126.10,85.5
108,2010-08-16,,서울,어느 길 1 ,,37.57,126.97,85.8
47108,2002-04-15,,서울,,,37.60,127.00,
104,2008-07-28,,북강릉,,,37.80,128.86,75.2
156,1939-05-01,,광주,,,35.17,126.89,74.0
156,2004-01-27,,광주,,,35.18,126.90,74.5
177,2015-11-03,,홍성,,,36.66,126.69,20
90,2030-01-01,,속초,,,38.25,128.56,18
"""


def strip(folder: Path, text: str = STRIP, encoding: str = "utf-8") -> Path:
    path = folder / "strip.txt"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("words", "sky", "station"),
    [
        ("맑음서울", "맑음", "서울"),
        ("구름많음강릉", "구름많음", "강릉"),
        ("구름조금청송군", "구름조금", "청송군"),
        ("비서귀포", "비", "서귀포"),
        ("비/눈대관령", "비/눈", "대관령"),
        ("안개비철원", "안개비", "철원"),
        ("소나기 부산", "소나기", "부산"),
        ("흐림", "흐림", None),
        ("제주", None, "제주"),
    ],
)
def test_the_longest_sky_word_comes_first(words: str, sky: str, station: str) -> None:
    assert split_words(words) == (sky, station)


def test_every_sky_word_is_read_whole() -> None:
    assert [split_words(f"{word}춘천") for word in SKY] == [(word, "춘천") for word in SKY]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_strip_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    text = STRIP.replace("°C", "℃")
    found = read_strip(strip(tmp_path, text, encoding))
    assert found.day == date(2024, 3, 5)
    assert found.rows["temperature"].tolist() == [7.5, -0.6, 11.0, 2.5, 3.0, 4.0]
    assert found.rows["line"].tolist() == [2, 3, 4, 5, 6, 7]
    assert found.without_station == (5,)
    assert found.others == ("기상청 제공",)


def test_several_days_in_one_file_keep_their_day(tmp_path: Path) -> None:
    found = read_strip(strip(tmp_path, STRIP + "2024-03-06\n맑음서울9.0℃\n"))
    assert found.rows["day"].value_counts().to_dict() == {date(2024, 3, 5): 6, date(2024, 3, 6): 1}
    assert found.day == date(2024, 3, 5)


def test_the_clean_table_keeps_lines_without_a_station(tmp_path: Path) -> None:
    table = clean_strip(strip(tmp_path))
    assert list(table) == ["day", "station", "sky", "temperature"]
    assert len(table) == 6
    assert table["station"].isna().sum() == 1


def test_the_text_table_has_korean_headers(tmp_path: Path) -> None:
    table = strip_table(strip(tmp_path))
    assert table.column_names == ["날짜", "지점명", "하늘상태", "기온(℃)"]
    assert table.to_pylist()[1] == {"날짜": "2024-03-05", "지점명": "북강릉", "하늘상태": "구름많음", "기온(℃)": "-0.6"}
    assert table.to_pylist()[3]["지점명"] is None


def test_a_strip_is_told_from_other_texts() -> None:
    assert looks_like_strip(STRIP)
    assert not looks_like_strip("접수번호,접수일시,주소\n1,2024-03-05,어느 길\n")
    assert not looks_like_strip("맑음서울7.5℃\n" * 5)  # no day
    assert not looks_like_strip("2024.03.05\n한 줄\n두 줄\n")
    assert not looks_like_strip("")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("맑음서울7.5℃\n2024.03.05\n", "no observation under a date"),
        ("2024.03.05\n", "no observation under a date"),
        ("2024.02.30 (금)\n맑음서울7.5℃\n", "no such day"),
        ("2024.03.05 (수)\n맑음서울7.5℃\n", "not the weekday"),
    ],
)
def test_a_strip_without_a_sure_day_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(IngestError, match=said) as caught:
        read_strip(strip(tmp_path, text))
    assert "2024" in caught.value.remedy or "2025" in caught.value.remedy


def test_every_wrong_date_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(Several) as caught:
        read_strip(strip(tmp_path, "2024.02.30\n맑음서울7.5℃\n2024.03.05 (수)\n맑음서울7.5℃\n"))
    assert len(caught.value.problems) == 2


def test_stations_are_matched_by_name_and_day(tmp_path: Path) -> None:
    path = tmp_path / "stations.csv"
    path.write_bytes(STATIONS.encode("cp949"))
    stations = read_stations(path)
    assert stations["end"].isna().sum() == 7
    matched = match_stations(read_strip(strip(tmp_path)), stations)
    assert matched.rows["number"].tolist() == [108, 104, 156, pd.NA, pd.NA, pd.NA]
    assert matched.rows["latitude"].tolist()[:3] == [37.57, 37.80, 35.18]  # where it stands on that day
    assert matched.unmatched == ("홍성(예)", "속초")  # no such station; not yet built


def test_a_table_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "stations.csv"
    path.write_text("지점,이름\n108,서울\n", encoding="utf-8")
    with pytest.raises(IngestError, match="위도"):
        read_stations(path)


def test_the_real_strip_and_table(shared: Path) -> None:
    folder = shared / "data" / "korea" / "kma"
    found = read_strip(folder / "strip_2025-12-20.txt")
    assert len(found.rows) == 97
    assert len(found.without_station) == 4
    assert set(found.rows["sky"]) <= set(SKY)
    matched = match_stations(found, read_stations(folder / "META_관측지점정보.csv"))
    assert matched.unmatched == ("홍성(예)",)
    known = pd.read_csv(folder / "strip95_station_match.csv")
    assert matched.rows["number"].tolist() == known["stn"].astype("Int64").tolist()
