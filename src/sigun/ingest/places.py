"""Coordinates (좌표): degrees or metres to WGS 84, and what shows that they are something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sigun.errors import CardError, IngestError, SigunError
from sigun.text import _

FloatArray = np.ndarray

KOREA = (124.0, 33.0, 132.0, 39.0)  # west, south, east, north
METRIC: Mapping[str, str] = {"EPSG:5179": "UTM-K", "EPSG:5186": "중부원점(2010)", "EPSG:5181": "중부원점(카카오)"}
DEGREES = "EPSG:4326"
EARTH_KM = 6371.0
FEWEST = 10  # points; fewer may well be one place
POLAR = 66.0  # degrees of latitude beyond which nobody parks


@dataclass(frozen=True)
class Looks:
    """What a pair of columns looks like."""

    crs: str | None  # none: no known one puts the points into one country
    also: tuple[str, ...] = ()  # others that do as well
    swapped: bool = False  # first and second column change places


def recognise(first: FloatArray, second: FloatArray) -> Looks:
    """What coordinates (first = longitude or x, second = latitude or y) look like by their size alone.

    Examples
    --------
    >>> recognise(np.array([127.04]), np.array([37.74]))
    Looks(crs='EPSG:4326', also=(), swapped=False)
    >>> recognise(np.array([37.74]), np.array([127.04])).swapped
    True
    """
    told = np.isfinite(first) & np.isfinite(second) & ((first != 0) | (second != 0))
    if not told.any():
        return Looks(None)
    a, b = float(np.median(first[told])), float(np.median(second[told]))
    if abs(a) <= 180 and abs(b) <= 180:
        return Looks(DEGREES, swapped=_swapped(a, b))
    for swap, (x, y) in ((False, (a, b)), (True, (b, a))):
        fits = tuple(crs for crs in METRIC if in_korea(*to_degrees(np.array([x]), np.array([y]), crs)))
        if fits:
            return Looks(fits[0], fits[1:], swap)
    return Looks(None)


def to_degrees(x: FloatArray, y: FloatArray, crs: str) -> tuple[FloatArray, FloatArray]:
    """Longitude and latitude (WGS 84); NaN where the projection has no answer."""
    if crs == DEGREES:
        return x, y
    from pyproj import Transformer

    lon, lat = Transformer.from_crs(crs, DEGREES, always_xy=True).transform(x, y)
    lost = ~(np.isfinite(lon) & np.isfinite(lat))
    return np.where(lost, np.nan, lon), np.where(lost, np.nan, lat)


def great_circle_km(lon: FloatArray, lat: FloatArray, to_lon: FloatArray, to_lat: FloatArray) -> FloatArray:
    """Kilometres between points in degrees (haversine).

    >>> great_circle_km(np.array([127.0]), np.array([37.0]), np.array([127.0]), np.array([38.0])).round(1).tolist()
    [111.2]
    """
    lon, lat, to_lon, to_lat = (np.radians(degrees) for degrees in (lon, lat, to_lon, to_lat))
    half = np.sin((lat - to_lat) / 2) ** 2 + np.cos(lat) * np.cos(to_lat) * np.sin((lon - to_lon) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(half)))


def in_korea(lon: FloatArray, lat: FloatArray) -> bool:
    """Whether most points lie in Korea's frame without its south-eastern corner, which is Japan."""
    west, south, east, north = KOREA
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return bool(np.mean(inside & ~((lon > 129.8) & (lat < 36.9))) > 0.5)


def check_points(  # noqa: PLR0911 - one return a reason
    first: FloatArray, second: FloatArray, crs: str | None, where: str
) -> SigunError | None:
    """Why the coordinates cannot be what the card says, or none.

    Parameters
    ----------
    first, second : (n,) longitude and latitude, or x and y, as in the file; NaN where missing.
    crs : what the card says; none means degrees.
    """
    told = np.isfinite(first) & np.isfinite(second)
    if not told.any():
        return None
    looks = recognise(first, second)
    if (crs or DEGREES) == DEGREES and looks.crs != DEGREES:
        return _metres_not_degrees(looks, where)
    if crs not in (None, DEGREES) and looks.crs == DEGREES:
        return CardError(
            _("The card says {crs}, but the coordinates are degrees.").format(crs=crs),
            where,
            _("Take the line `crs` out of the card."),
        )
    if looks.swapped:
        return IngestError(
            _("Latitude and longitude (or y and x) seem to be swapped."),
            where,
            _("Exchange the names of the two columns in the header of the file, or their `role` in its card."),
        )
    if crs not in (None, DEGREES):
        lon, lat = to_degrees(first[told], second[told], str(crs))
        if not _in_area_of_use(lon, lat, str(crs)):
            return _other_crs(str(crs), looks, where)
    one = told.sum() >= FEWEST and all((v[told] == v[told][0]).all() for v in (first, second))
    if one:
        return IngestError(
            _("All {n} coordinates are one and the same point ({first}, {second}).").format(
                n=int(told.sum()), first=float(first[told][0]), second=float(second[told][0])
            ),
            where,
            _("Export the coordinates again, or take the two columns out of the card and use the addresses."),
        )
    return None


def ask_for_crs() -> str:
    """What to do when nothing tells the coordinate system."""
    return _("Ask where the file comes from for the coordinate system; write it into the card (`crs: EPSG:…`).")


def _swapped(longitude: float, latitude: float) -> bool:
    west, south, east, north = KOREA
    korean = south <= longitude <= north and west <= latitude <= east
    return korean or abs(latitude) > 90 or (abs(latitude) > POLAR and abs(longitude) < POLAR)


def _metres_not_degrees(looks: Looks, where: str) -> SigunError:
    fits = [c for c in (looks.crs, *looks.also) if c]
    remedy = (
        _("Write one of these into the card: {lines}. A known place on the map tells which.").format(
            lines=", ".join(f"`crs: {c}` ({METRIC[c]})" for c in fits)
        )
        if fits
        else ask_for_crs()
    )
    return CardError(_("The coordinates are metres, not degrees."), where, remedy)


def _in_area_of_use(lon: FloatArray, lat: FloatArray, crs: str) -> bool:
    from pyproj import CRS

    area = CRS.from_user_input(crs).area_of_use
    if area is None:
        return True
    inside = (lon >= area.west) & (lon <= area.east) & (lat >= area.south) & (lat <= area.north)
    return bool(np.mean(inside) > 0.5)


def _other_crs(crs: str, looks: Looks, where: str) -> SigunError:
    fits = [c for c in (looks.crs, *looks.also) if c and c != crs]
    remedy = _("They fit {names}. Mend `crs` in the card.").format(names=", ".join(fits)) if fits else ask_for_crs()
    return CardError(
        _("By {crs} of the card the points do not lie where that system is used.").format(crs=crs), where, remedy
    )
