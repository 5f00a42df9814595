"""Ways by road (도로 이동시간): a supplied table of travel times, laid over the places of a patrol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray
from sigun.errors import MethodError
from sigun.region.grid import project
from sigun.text import N_, say

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

NEAR = 500.0  # metres from a place to a point of the table; what lies farther off has no way in it
Measure = Literal["minutes", "km"]
NOWHERE = -1
OFF_THE_MAP = 1e12  # metres


@dataclass(frozen=True)
class Roads:
    """Travel between k points of a table, from row to column; NaN where it is not told."""

    points: cKDTree  # of the points, metres
    minutes: FloatArray  # (k, k)
    km: FloatArray  # (k, k)

    def joined(self, x: FloatArray, y: FloatArray) -> Joined:
        """Each of n places (metres) at its nearest point of the table."""
        away, point = self.points.query(np.column_stack([x, y]), distance_upper_bound=NEAR)
        near = np.isfinite(away)
        return Joined(self, np.where(near, point, NOWHERE).astype(np.int64), np.where(near, away, np.nan))


@dataclass(frozen=True)
class Joined:
    """Places on a table: the point each one stands for, and the metres to it."""

    roads: Roads
    point: IntArray  # (n,) NOWHERE: none is near
    away: FloatArray  # (n,) metres

    def near(self) -> BoolArray:
        """(n,) whether a point of the table is near."""
        return np.asarray(self.point != NOWHERE)

    def between(self, measure: Measure, chosen: IntArray, pace: float) -> FloatArray:
        """(m, m) what is told of the ways between the chosen places, and the metres at both ends at so many a unit.

        NaN where nothing is told, and between places at one and the same point.
        """
        point, away = self.point[chosen], self.away[chosen]
        table = self.roads.minutes if measure == "minutes" else self.roads.km
        told = np.where(point[:, None] != point, table[np.ix_(point, point)], np.nan)
        return np.asarray(told + (away[:, None] + away) / pace)


def roads_among(travel: pd.DataFrame, crs: str, speed_kmh: float, x: FloatArray, y: FloatArray) -> Roads:
    """The part of a table of ways that lies near n places.

    Parameters
    ----------
    travel : from_longitude, from_latitude, to_longitude, to_latitude (degrees), minutes, km (NaN: not told).
    speed_kmh : makes minutes of a way of which only the kilometres are told.
    x, y : (n,) metres in `crs`.

    Raises
    ------
    MethodError
        No point of the table is near any place.
    """
    from scipy.spatial import cKDTree

    ends, numbers = _points(travel)
    at = np.nan_to_num(np.column_stack(project(ends[:, 0], ends[:, 1], crs)), nan=OFF_THE_MAP)
    away, nearest = cKDTree(at).query(np.column_stack([x, y]), distance_upper_bound=NEAR)
    used = np.unique(nearest[np.isfinite(away)])
    if not len(used):
        raise _all_far_off(len(ends))
    row = np.full(len(ends), NOWHERE, np.int64)
    row[used] = np.arange(len(used))
    km, minutes = travel["km"].to_numpy(float), travel["minutes"].to_numpy(float)
    minutes = np.where(np.isnan(minutes), km / speed_kmh * 60, minutes)
    start, end = row[numbers]
    return Roads(cKDTree(at[used]), *(_square(values, start, end, len(used)) for values in (minutes, km)))


def _square(values: FloatArray, start: IntArray, end: IntArray, size: int) -> FloatArray:
    """Values of ways (n,) as a table from row to column; ways that leave the table are left out."""
    table = np.full((size, size), np.nan)
    within = (start != NOWHERE) & (end != NOWHERE)
    table[start[within], end[within]] = values[within]
    return table


def _points(travel: pd.DataFrame) -> tuple[FloatArray, IntArray]:
    """Every point once (k, 2), and the number of the point each way starts from and ends at (2, n)."""
    ends = np.vstack([travel[[f"{end}_longitude", f"{end}_latitude"]].to_numpy(float) for end in ("from", "to")])
    points, number = np.unique(ends.round(6), axis=0, return_inverse=True)  # 0.1 m
    return points, number.reshape(2, -1)


def _all_far_off(points: int) -> MethodError:
    return MethodError(
        say(
            N_("None of the {n} points of the travel times lies within {metres} m of a place."),
            n=points,
            metres=round(NEAR),
        ),
        say(N_("patrol list: data.travel")),
        say(N_("Look at `crs` in the card of the travel times, or make the table for points of this city.")),
    )
