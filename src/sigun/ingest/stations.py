"""Observing stations (관측지점): where each stood and when."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sigun.ingest.points import points
from sigun.ingest.source import Source
from sigun.text import N_, say


def clean_stations(source: Source) -> pd.DataFrame:
    """Columns number, station, since, until (NaT: to this day), longitude, latitude: one row a relocation."""
    longitude, latitude = points(source)
    frame = pd.DataFrame(
        {
            "number": source.text("id"),
            "station": source.text("station").str.strip(),
            "since": source.times("since"),
            "until": source.times("until"),
            "longitude": longitude,
            "latitude": latitude,
        }
    )
    lost = frame["longitude"].isna() | frame["station"].isna()
    if lost.any():
        source.changes.append(say(N_("{n} stations without a name or a place were left out."), n=int(lost.sum())))
    return frame[~lost].reset_index(drop=True)


def stand(observed: pd.DataFrame, stations: pd.DataFrame) -> pd.DataFrame:
    """Where the station of each observation stood on that day.

    Names, or numbers, are compared exactly. A name may belong to several stations: weather stations have the lowest
    numbers, automatic ones, buoys and foreign numbers follow, so the lowest number is taken, at its latest place.

    Parameters
    ----------
    observed : columns day, station.
    stations : as `clean_stations` gives them.

    Returns
    -------
    (n,) number, longitude, latitude, in the order of `observed`; missing where no station answers.
    """
    asked = observed[["day", "station"]].reset_index(drop=True).assign(row=np.arange(len(observed)))
    asked["day"] = pd.to_datetime(asked["day"])
    known = stations.assign(order=pd.to_numeric(stations["number"], errors="coerce"))
    by_number = known.assign(station=known["number"]).dropna(subset="station")
    found = asked.merge(pd.concat([known, by_number]), on="station")
    there = (found["since"].isna() | (found["since"] <= found["day"])) & (
        found["until"].isna() | (found["day"] <= found["until"])
    )
    ordered = found[there].sort_values(["row", "order", "since"], ascending=[True, True, False], kind="stable")
    first = ordered.drop_duplicates("row").set_index("row")[["number", "longitude", "latitude"]]
    return first.reindex(asked["row"]).reset_index(drop=True)
