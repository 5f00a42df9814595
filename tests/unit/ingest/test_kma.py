"""KMA's strip: what is read, kept and refused. The observations are made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sigun.catalog.propose import propose
from sigun.errors import IngestError, Several
from sigun.ingest.clean import clean
from sigun.ingest.kma import (
    SKY,
    clean_strip,
    looks_like_strip,
    read_strip,
    split_words,
    strip_table,
)
from sigun.ingest.stations import stand

STRIP = """2024.03.05 (화)
맑음서울7.5℃
구름많음북강릉-0.6℃
비광주11℃
눈2.5℃
흐림홍성(예)3.0℃
속초 4.0 °C

기상청 제공
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


def test_the_real_strip_and_table(shared: Path) -> None:
    folder = shared / "data" / "korea" / "kma"
    found = read_strip(folder / "strip_2025-12-20.txt")
    assert len(found.rows) == 97
    assert len(found.without_station) == 4
    assert set(found.rows["sky"]) <= set(SKY)
    card = propose(folder / "META_관측지점정보.csv")
    assert card.kind == "stations"
    at = stand(found.rows, clean(folder / "META_관측지점정보.csv", card, b"key").frame)
    known = pd.read_csv(folder / "strip95_station_match.csv")
    assert pd.to_numeric(at["number"]).astype("Int64").tolist() == known["stn"].astype("Int64").tolist()
    assert found.rows["station"][at["number"].isna()].dropna().tolist() == ["홍성(예)"]
