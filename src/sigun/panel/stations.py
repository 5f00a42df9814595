"""The weather of the place (관측지점 고르기): of a file with many stations, the one nearest to the reports."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sigun.ingest.places import great_circle_km
from sigun.ingest.stations import stand
from sigun.text import N_, Message, say

ENOUGH = 0.5  # of the days in the file a station must have, to stand for the place


def nearest_station(
    weather: pd.DataFrame, stations: pd.DataFrame, longitude: float, latitude: float
) -> tuple[pd.DataFrame, Message]:
    """The rows of the station nearest to a point (degrees) among those with half of the days, and what was done.

    Without any station whose place is known the weather stays as it is.
    """
    at = stand(weather, stations)
    here = (np.array([longitude]), np.array([latitude]))
    km = great_circle_km(at["longitude"].to_numpy(float), at["latitude"].to_numpy(float), *here)
    placed = weather.assign(km=km)
    near = placed.dropna(subset="km").groupby("station").agg(km=("km", "median"), days=("day", "nunique"))
    near = near[near["days"] >= ENOUGH * weather["day"].nunique()].reset_index()
    if near.empty:
        return weather, say(N_("No station of the weather file stands in the table of stations."))
    chosen = near.sort_values(["km", "station"]).iloc[0]
    said = say(
        N_("Weather is that of station {station}, {km} km from the middle of the reports, one of {n} in the file."),
        station=str(chosen["station"]),
        km=round(float(chosen["km"]), 1),
        n=int(weather["station"].nunique()),
    )
    return weather[weather["station"] == chosen["station"]].reset_index(drop=True), said
