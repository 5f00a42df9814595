"""Tables of observing stations: recognised, cleaned, and asked where a station stood on a day. All made up."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sigun.catalog.propose import propose
from sigun.ingest.clean import clean
from sigun.ingest.stations import stand

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


def cleaned(folder: Path) -> pd.DataFrame:
    path = folder / "stations.csv"
    path.write_bytes(STATIONS.encode("cp949"))
    card = propose(path)
    assert card.kind == "stations"
    return clean(path, card, b"key").frame


def test_a_table_of_stations_is_recognised_and_an_open_end_means_to_this_day(tmp_path: Path) -> None:
    stations = cleaned(tmp_path)
    assert len(stations) == 8
    assert stations["until"].isna().sum() == 7
    assert stations["since"].notna().all()


def test_a_station_is_found_by_name_or_number_where_it_stood_that_day(tmp_path: Path) -> None:
    observed = pd.DataFrame(
        {
            "day": pd.to_datetime(["2024-03-05", "2000-01-01", "2024-03-05", "2024-03-05", "2024-03-05", "2024-03-05"]),
            "station": ["서울", "서울", "104", "광주", "홍성(예)", "속초"],
        }
    )
    at = stand(observed, cleaned(tmp_path))
    assert at["number"].fillna("-").tolist() == ["108", "108", "104", "156", "-", "-"]  # 속초 is not yet built
    assert at["latitude"].tolist()[:4] == [37.57, 37.10, 37.80, 35.18]
