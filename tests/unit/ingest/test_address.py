"""Addresses read and matched. The places are made up, or names of public roads."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sigun.ingest.address import match_addresses, parse_address, parse_addresses, read_streets

READ = [
    ("경기도 의정부시 중앙로 12 (의정부동)", "의정부시", "의정부동", "중앙로", "12"),
    ("의정부시 의정부동 123-4", "의정부시", "의정부동", "의정부동", "123-4"),
    ("경기 의정부시 가능동 산 12-3번지", "의정부시", "가능동", "가능동", "산12-3"),
    ("의정부동123-4", "", "의정부동", "의정부동", "123-4"),
    ("중앙로12번길 3", "", "", "중앙로12번길", "3"),
    ("경기도 의정부시 중앙로 12번길 3-1, 101동 302호", "의정부시", "", "중앙로12번길", "3-1"),
    ("[11651] 경기도 의정부시 시민로 1 (의정부동, 시청)", "의정부시", "의정부동", "시민로", "1"),
    ("양주시 백석읍 오산리 123", "양주시", "백석읍", "백석읍 오산리", "123"),
    ("수원시장안구 정자동 12", "수원시 장안구", "정자동", "정자동", "12"),
    ("광주시 경안동 12", "광주시", "경안동", "경안동", "12"),
    ("광주 북구 용봉동 300", "북구", "용봉동", "용봉동", "300"),
    ("세종특별자치시 한누리대로 2130", "", "", "한누리대로", "2130"),
    ("의정부1동 주민센터 앞", "", "의정부1동", "의정부1동", ""),
    ("59 S Charlame Ter, Roxbury", "", "Roxbury", "S Charlame Ter", "59"),
    ("76 Alpheus Rd  Roslindale  MA  02131", "", "Roslindale", "Alpheus Rd", "76"),
]


@pytest.mark.parametrize(("text", "sigungu", "area", "street", "lot"), READ)
def test_the_parts_of_an_address(text: str, sigungu: str, area: str, street: str, lot: str) -> None:
    read = parse_address(text)
    assert (read.sigungu, read.eupmyeondong, read.street, read.lot) == (sigungu, area, street, lot)


def test_missing_stays_missing_and_equal_texts_are_equal() -> None:
    read = parse_addresses(pd.Series(["가람동 1", None, "가람동 1"], dtype="str"))
    assert read["street"].isna().tolist() == [False, True, False]
    assert read["short_key"][0] == read["short_key"][2] == "가람동|1"


def events_of(*addresses: str | None) -> pd.DataFrame:
    n = len(addresses)
    return pd.DataFrame(
        {
            "row": range(10, 10 + n),
            "address": pd.Series(addresses, dtype="str"),
            "longitude": np.full(n, np.nan),
            "latitude": np.full(n, np.nan),
        }
    )


TABLE = pd.DataFrame(
    {
        "address": [
            "경기도 새봄시 중앙로 12",
            "경기도 새봄시 한빛동 산 3-1",
            "경기도 새봄시 벚꽃로 1",
            "경기도 다른시 벚꽃로 1",
        ],
        "longitude": [127.01, 127.02, 127.03, 128.0],
        "latitude": [37.71, 37.72, 37.73, 36.0],
    }
)


def test_an_address_finds_its_point_however_it_is_written() -> None:
    events = events_of("새봄시 중앙로 12 (한빛동)", "중앙로 12, 3층", "한빛동 산3-1번지", "중앙로 99", None)
    filled, matched, unmatched = match_addresses(events, TABLE)
    assert filled["longitude"].round(2).tolist()[:3] == [127.01, 127.01, 127.02]
    assert matched == 3
    assert unmatched.tolist() == [13]


def test_a_street_two_cities_have_is_matched_only_with_its_city() -> None:
    filled, matched, unmatched = match_addresses(events_of("벚꽃로 1", "다른시 벚꽃로 1"), TABLE)
    assert unmatched.tolist() == [10]
    assert matched == 1
    assert filled["longitude"].tolist()[1] == 128.0


def test_a_point_that_is_there_is_never_overwritten() -> None:
    events = events_of("새봄시 중앙로 12").assign(longitude=127.5, latitude=37.5)
    filled, matched, _unmatched = match_addresses(events, TABLE)
    assert (matched, filled["longitude"][0]) == (0, 127.5)


def test_streets_are_read_alike_with_house_numbers_made_one() -> None:
    said = pd.Series(
        [
            "경기도 의정부시 중앙로 12 (의정부동)",
            "의정부시 의정부동 123-4",
            "가람동 산 12",
            "새길3길 7, 101호",
            "59 S Charlame Ter, Roxbury",
            None,
        ],
        dtype="str",
    )
    pd.testing.assert_frame_equal(read_streets(said), parse_addresses(said)[["street", "eupmyeondong"]])
