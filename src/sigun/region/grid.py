"""Metric cells (격자): floor(metre / size) in a projected CRS."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
KOREA = "EPSG:5179"


def metric_crs(longitude: FloatArray, latitude: FloatArray) -> str:
    """The projected CRS for these points (degrees, WGS 84): EPSG:5179 in Korea, else the UTM zone of their median.

    Examples
    --------
    >>> metric_crs(np.array([127.0]), np.array([37.5])), metric_crs(np.array([-71.1]), np.array([42.3]))
    ('EPSG:5179', 'EPSG:32619')
    """
    lon, lat = float(np.nanmedian(longitude)), float(np.nanmedian(latitude))
    if 124 <= lon <= 132 and 33 <= lat <= 39:
        return KOREA
    return f"EPSG:{(32600 if lat >= 0 else 32700) + int((lon + 180) // 6) + 1}"


def project(longitude: FloatArray, latitude: FloatArray, crs: str) -> tuple[FloatArray, FloatArray]:
    """Degrees (n,) to metres (n,) in `crs`; a point that cannot be projected becomes NaN."""
    from pyproj import Transformer

    x, y = Transformer.from_crs(4326, crs, always_xy=True).transform(longitude, latitude)
    good = np.isfinite(x) & np.isfinite(y)
    return np.where(good, x, np.nan), np.where(good, y, np.nan)


def unproject(x: FloatArray, y: FloatArray, crs: str) -> tuple[FloatArray, FloatArray]:
    """Metres (n,) in `crs` to degrees longitude, latitude (n,)."""
    from pyproj import Transformer

    lon, lat = Transformer.from_crs(crs, 4326, always_xy=True).transform(x, y)
    return np.asarray(lon, float), np.asarray(lat, float)


def study_cells(cell_x: IntArray, cell_y: IntArray) -> tuple[IntArray, IntArray]:
    """Cells with an event, dilated by one cell, holes filled; sorted by (cell_x, cell_y).

    Examples
    --------
    >>> study_cells(np.array([5]), np.array([7]))[0].tolist()
    [4, 4, 4, 5, 5, 5, 6, 6, 6]
    """
    from scipy import ndimage

    if len(cell_x) == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    x0, y0 = int(cell_x.min()) - 2, int(cell_y.min()) - 2
    mask = np.zeros((int(cell_x.max()) - x0 + 3, int(cell_y.max()) - y0 + 3), bool)
    mask[cell_x - x0, cell_y - y0] = True
    mask = ndimage.binary_fill_holes(ndimage.binary_dilation(mask, np.ones((3, 3))))
    xs, ys = np.nonzero(mask)
    return xs.astype(np.int64) + x0, ys.astype(np.int64) + y0
