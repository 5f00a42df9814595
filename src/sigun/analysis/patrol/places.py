"""The places of a patrol list (순찰 장소): where they are, what is expected there and why they are listed."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd

from sigun.analysis.forecast.outlook import Outlook
from sigun.analysis.forecast.places import Places
from sigun.analysis.forecast.step import cell_table, nearest_regions
from sigun.analysis.patrol.listing import Listed
from sigun.analysis.patrol.reasons import reasons_for
from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.panel.model import Panel
from sigun.region.grid import unproject
from sigun.text import Message

STREET_DAYS = 730  # how far back a place's most frequent street is looked for


def places_table(outlook: Outlook, panel: Panel, listed: Listed) -> pd.DataFrame:
    """One row a place of the list, in order."""
    table = cell_table(outlook, panel).iloc[listed.place].reset_index(drop=True)
    x, y = centres(outlook.places, panel)
    longitude, latitude = unproject(x[listed.place], y[listed.place], panel.crs)
    said = reasons_for(outlook.past, outlook.places, listed.place, listed.random)
    table = table.drop(columns=["origin", "horizon_start", "horizon_end"]).assign(
        rank=np.arange(1, len(table) + 1),
        longitude=longitude,
        latitude=latitude,
        name=_names(outlook.places, panel, listed.place),
        street=_streets(outlook.places, panel)[listed.place],
        random=listed.random,
        reasons=[json.dumps([_stored(m) for m in one], ensure_ascii=False) for one in said],
    )
    order = ["rank", "cell_x", "cell_y", "longitude", "latitude", "region", "name", "street", "expected_count"]
    order += ["q05", "q95", "p_any", "random", "reasons"]
    return table[[c for c in order if c in table]]


def centres(places: Places, panel: Panel) -> tuple[FloatArray, FloatArray]:
    """Metres (n,) of each place: the middle of a cell, a point inside a region."""
    if panel.outlines is not None and places.regional:
        inside = panel.outlines.geometry.representative_point()
        return inside.x.to_numpy(float), inside.y.to_numpy(float)
    middle = np.column_stack([places.x, places.y]) + 0.5
    return np.asarray(middle[:, 0] * panel.cell, float), np.asarray(middle[:, 1] * panel.cell, float)


def _names(places: Places, panel: Panel, chosen: IntArray) -> list[str]:
    if panel.outlines is None:
        return [""] * len(chosen)
    rows = places.x if places.regional else nearest_regions(places, panel.outlines, panel.cell)
    return [str(name) for name in panel.outlines["name"].to_numpy()[rows[chosen]]]


def _streets(places: Places, panel: Panel) -> np.ndarray:
    """The street named most often at each place lately, (n,); "" where none is."""
    streets = np.full(len(places), "", dtype=object)
    events = panel.reports()
    since = pd.Timestamp(panel.end) - pd.Timedelta(days=STREET_DAYS)
    named = events[events["street"].notna() & (events["street"] != "") & (events["occurred_at"] >= since)]
    if places.regional:
        named = named.assign(place=named["region"].map({r: i for i, r in enumerate(places.keys["region"])}))
        named = named[named["place"].notna()]
    else:
        named = named[named["x"].notna()]
        x, y = (np.floor(named[c].to_numpy(float) / panel.cell).astype(np.int64) for c in ("x", "y"))
        named = named.assign(place=places.index(x, y))
        named = named[named["place"] >= 0]
    counted = named.groupby(["place", "street"]).size().rename("n").reset_index()
    first = counted.sort_values(["place", "n", "street"], ascending=[True, False, True]).drop_duplicates("place")
    streets[first["place"].to_numpy(np.int64)] = first["street"].to_numpy()
    return streets


def _stored(message: Message) -> dict[str, object]:
    return {"template": message.template, "values": dict(message.values)}
