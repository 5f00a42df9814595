"""Outlines of regions (행정구역 경계): which region a point lies in, and which one a name means."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from sigun.region.grid import FloatArray

SQUARE_KM = 1e6  # m²


def read_outlines(snapshot: pd.DataFrame, crs: str) -> Any:
    """A snapshot (region, name, geometry as WKB, WGS 84) as a GeoDataFrame in `crs` with area_km2, sorted by region.

    Several rows of one region become one outline.
    """
    import geopandas as gpd
    import shapely

    shapes = gpd.GeoDataFrame(
        snapshot[["region", "name"]], geometry=shapely.from_wkb(snapshot["geometry"].to_numpy()), crs=4326
    ).to_crs(crs)
    shapes["geometry"] = shapely.make_valid(shapes.geometry.to_numpy())
    if shapes["region"].duplicated().any():
        shapes = shapes.dissolve("region", as_index=False)
    shapes["area_km2"] = shapes.area / SQUARE_KM
    return shapes.sort_values("region", ignore_index=True)


def region_of(outlines: Any, x: FloatArray, y: FloatArray) -> pd.Series:
    """Code of the region each point (n,) lies in, missing where it lies in none; on a border the first code."""
    import shapely

    codes, shapes = outlines["region"].array, outlines.geometry.to_numpy()
    shapely.prepare(shapes)
    # Points in order of x: each outline looks at its own strip only. Many times faster than a tree over either side.
    there = np.flatnonzero(np.isfinite(x))
    there = there[np.argsort(x[there], kind="stable")]
    xs, ys = x[there], y[there]
    west, south, east, north = shapely.bounds(shapes).T
    first, last = np.searchsorted(xs, west, "left"), np.searchsorted(xs, east, "right")
    found = np.full(len(x), -1)
    for k in np.argsort(codes.astype(object), kind="stable")[::-1]:  # the first code comes last and stays
        strip = ys[first[k] : last[k]]
        near_by = first[k] + np.flatnonzero((strip >= south[k]) & (strip <= north[k]))
        inside = shapely.intersects_xy(shapes[k], xs[near_by], ys[near_by])
        found[there[near_by[inside]]] = k
    return pd.Series(codes.take(found, allow_fill=True)).astype("str")


def near(outlines: Any, x: FloatArray, y: FloatArray, metres: float) -> np.ndarray:
    """Whether each point (n,) lies in an outline or within `metres` of one."""
    import shapely

    whole = shapely.union_all(outlines.geometry.to_numpy()).buffer(metres)
    shapely.prepare(whole)
    inside = np.zeros(len(x), bool)
    there = np.isfinite(x)
    inside[there] = shapely.contains_xy(whole, x[there], y[there])
    return inside


def plain_name(name: object) -> str:
    """A name without blanks and case, for comparing: "의정부 1동" and "의정부1동" are one."""
    return re.sub(r"[\s·.,]", "", str(name)).casefold()


def match_regions(said: pd.Series, outlines: Any) -> pd.Series:
    """Code of the region each word means, by code or by name; missing where none or more than one does."""
    codes = {plain_name(code): code for code in outlines["region"]}
    names = outlines.assign(plain=outlines["name"].map(plain_name)).drop_duplicates("plain", keep=False)
    words = dict(zip(names["plain"], names["region"], strict=True)) | codes
    unique = {word: words.get(plain_name(word)) for word in said.dropna().unique()}
    return said.map(unique).astype("str")
