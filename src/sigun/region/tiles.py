"""A tile for every 시군구 (타일 지도): a coarse map for those who have no outlines; most neighbours stay so."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from sigun.region.codes import DATA, Codes, lift, shipped
from sigun.region.history import carried

BASE = pd.Timestamp(2022, 12, 31)  # the 229 시군구 of this day have a tile each


def tiles(units: pd.Series, codes: Codes | None = None) -> pd.DataFrame:
    """Where the tile of each unit is: columns unit, tile (the 시군구 it stands for), col and row from 0, north up.

    일반구 and 읍면동 fold into their city: they share its tile, and whoever draws adds or averages them. A 시군구 of
    another time has the tile of the one it was or became; one that was divided, or several in one, has none: NaN.

    Parameters
    ----------
    units : (n,) MOIS codes; missing stays without a tile.

    Examples
    --------
    >>> tiles(pd.Series(["51110", "42110", "41111", "41113"]))["tile"].tolist()
    ['42110', '42110', '41110', '41110']
    """
    codes = codes or shipped()
    table = _table()
    cities = lift(units, codes, "sigungu")
    found = {city: _tile(city, codes) for city in cities.dropna().unique()}
    tile = cities.map(found).astype("str")
    return pd.DataFrame(
        {"unit": units, "tile": tile, "col": tile.map(table["col"]), "row": tile.map(table["row"])}, index=units.index
    ).astype({"col": "float64", "row": "float64"})


@lru_cache(maxsize=1)
def _table() -> pd.DataFrame:
    table = pd.read_csv(DATA / "tiles.csv", dtype={"unit": "str", "name": "str"}, encoding="utf-8")
    return table.set_index("unit")


def _tile(city: str, codes: Codes) -> str | None:
    if city in _table().index:
        return city
    there = carried(city, codes, None, BASE)
    return there.unit if there.unit in _table().index else None
