"""Reports of one vehicle put together (차량별 묶음): the surest pairs first, and no endless chains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.same_vehicle.pairs import Pairs
from sigun.analysis.statistics.arrays import FloatArray, IntArray

WIDEST, LONGEST = 2.0, 4.0  # times the rules' metres and days: how far one vehicle's reports may spread


@dataclass(slots=True)
class Group:
    """What is known of the reports put together so far."""

    box: tuple[float, float, float, float]  # west, east, south, north; metres, infinite without a point
    span: tuple[float, float]  # days
    plate: int  # -1: none told

    def with_(self, other: Group) -> Group:
        """Both together."""
        west, east, south, north = zip(self.box, other.box, strict=True)
        span = (min(self.span[0], other.span[0]), max(self.span[1], other.span[1]))
        return Group((min(west), max(east), min(south), max(north)), span, max(self.plate, other.plate))


def put_together(
    pairs: Pairs, weight: FloatArray, xy: FloatArray, day: FloatArray, vehicle: IntArray, metres: float, days: float
) -> IntArray:
    """(n,) position of the first report of the vehicle each report is of (연결 성분, 사슬 제한).

    Pairs are joined from the surest to the least sure. A join is left out where it would bring two told plates
    together, or spread a vehicle wider than twice `metres` or longer than four times `days`: a row of doubtful links
    is no vehicle.

    Parameters
    ----------
    pairs, weight : those above the threshold, and how sure each is.
    xy, day, vehicle : (n,) metres (NaN without a point), days, plate code (-1: not told).

    Examples
    --------
    >>> xy, day, none = np.array([[0.0, 0], [40, 0], [80, 0], [120, 0]]), np.zeros(4), np.full(4, -1)
    >>> chain = Pairs(np.array([0, 1, 2]), np.array([1, 2, 3]))
    >>> put_together(chain, np.array([3.0, 2.0, 1.0]), xy, day, none, 50, 30).tolist()
    [0, 0, 0, 3]
    """
    first = list(range(len(day)))
    groups: dict[int, Group] = {}
    for k in np.lexsort((pairs.earlier, pairs.later, -weight)):
        a, b = (_first(first, int(side[k])) for side in (pairs.earlier, pairs.later))
        if a == b:
            continue
        one, two = (groups.get(i) or _alone(i, xy, day, vehicle) for i in (a, b))
        both = one.with_(two)
        if _too_far(both, metres, days) or -1 < min(one.plate, two.plate) != both.plate:
            continue
        first[max(a, b)] = min(a, b)
        groups[min(a, b)] = both
    return np.array([_first(first, i) for i in range(len(first))], dtype=np.int64)


def _first(first: list[int], i: int) -> int:
    """The head of the group of i; the path to it is halved on the way."""
    while first[i] != i:
        first[i] = first[first[i]]
        i = first[i]
    return i


def _alone(i: int, xy: FloatArray, day: FloatArray, vehicle: IntArray) -> Group:
    x, y = float(xy[i, 0]), float(xy[i, 1])
    box = (np.inf, -np.inf, np.inf, -np.inf) if np.isnan(x) else (x, x, y, y)
    return Group(box, (float(day[i]), float(day[i])), int(vehicle[i]))


def _too_far(group: Group, metres: float, days: float) -> bool:
    west, east, south, north = group.box
    wide = max(east - west, north - south) > WIDEST * metres
    return wide or group.span[1] - group.span[0] > LONGEST * days
