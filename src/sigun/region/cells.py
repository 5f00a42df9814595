"""읍면동 and grid cells (행정동–격자): which share of a region's area lies in which cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

COLUMNS = {"region": "str", "cell_x": "int64", "cell_y": "int64", "area_km2": "float64", "share": "float64"}
SQUARE_KM = 1e6  # m²


def cell_weights(outlines: Any, cell: int) -> pd.DataFrame:
    """The cells every region lies in, by area.

    Parameters
    ----------
    outlines : GeoDataFrame in a metric CRS with columns region and geometry (see `read_outlines`).
    cell : side of a cell, metres; cell (i, j) spans [i · cell, (i + 1) · cell) east and j likewise north.

    Returns
    -------
    region, cell_x, cell_y, area_km2 and share (of the region's area; they add up to 1 for every region), sorted.
    That what is counted is spread evenly over a region's area is an assumption; whoever uses the shares says so.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> one = gpd.GeoDataFrame({"region": ["a"]}, geometry=[box(0, 0, 150, 100)], crs="EPSG:5179")
    >>> cell_weights(one, 100)[["cell_x", "cell_y", "share"]].round(4).values.tolist()
    [[0.0, 0.0, 0.6667], [1.0, 0.0, 0.3333]]
    """
    import shapely

    shapes = outlines.geometry.to_numpy()
    region, x, y = _touched(shapely.bounds(shapes), cell)
    squares = shapely.box(x * cell, y * cell, (x + 1) * cell, (y + 1) * cell)
    shapely.prepare(shapes)
    area = np.zeros(len(region))
    inside = shapely.contains_properly(shapes[region], squares)
    area[inside] = float(cell) ** 2
    rest = ~inside & shapely.intersects(shapes[region], squares)
    area[rest] = shapely.area(shapely.intersection(shapes[region[rest]], squares[rest]))
    codes = outlines["region"].to_numpy(object)
    table = pd.DataFrame({"region": codes[region], "cell_x": x, "cell_y": y, "area_km2": area / SQUARE_KM})
    table = table[table["area_km2"] > 0]
    whole = table.groupby("region")["area_km2"].transform("sum")
    table = table.assign(share=table["area_km2"] / whole).astype(COLUMNS)
    return table.sort_values(["region", "cell_x", "cell_y"], ignore_index=True)


def _touched(bounds: np.ndarray, cell: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every cell within each outline's bounds: position of the outline, and the cell."""
    west, south, east, north = (np.floor(edge / cell).astype(np.int64) for edge in bounds.T)
    wide, high = east - west + 1, north - south + 1
    region = np.repeat(np.arange(len(bounds)), wide * high)
    at = np.arange(len(region)) - np.repeat(np.cumsum(wide * high) - wide * high, wide * high)
    return region, west[region] + at % wide[region], south[region] + at // wide[region]
