"""Of a weather file with many stations, the nearest one speaks for the place."""

from __future__ import annotations

import pandas as pd

from sigun.panel.stations import nearest_station

STATIONS = pd.DataFrame(
    {
        "number": ["1", "2", "3"],
        "station": ["가까운", "먼", "하루뿐"],
        "since": pd.to_datetime([None] * 3),
        "until": pd.to_datetime([None] * 3),
        "longitude": [127.1, 129.0, 127.0],
        "latitude": [37.0, 35.0, 37.0],
    }
)


def weather(*rows: tuple[str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["day", "station", "temperature"])
    return frame.assign(day=pd.to_datetime(frame["day"]))


OBSERVED = weather(
    ("2024-01-01", "먼", 9.0),
    ("2024-01-01", "가까운", 1.0),
    ("2024-01-02", "먼", 9.0),
    ("2024-01-02", "가까운", 2.0),
    ("2024-01-03", "먼", 9.0),
    ("2024-01-03", "가까운", 3.0),
    ("2024-01-03", "하루뿐", 5.0),
)


def test_the_nearest_station_with_enough_days_is_taken() -> None:
    chosen, said = nearest_station(OBSERVED, STATIONS, 127.0, 37.0)
    assert chosen["temperature"].tolist() == [1.0, 2.0, 3.0]
    assert said.values == {"station": "가까운", "km": 8.9, "n": 3}


def test_without_a_known_station_the_weather_stays_and_that_is_said() -> None:
    chosen, said = nearest_station(OBSERVED, STATIONS.assign(station="다른", number="9"), 127.0, 37.0)
    assert chosen.equals(OBSERVED)
    assert "No station" in said.template
