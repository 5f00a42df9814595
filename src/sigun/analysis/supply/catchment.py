"""Two-step floating catchment (2단계 유동권역법): how many places are within reach of each point, once shared out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray
from sigun.plan.steps.supply import Decay

RINGS = (1.0, 0.68, 0.22)
"""Weights of the nearest, middle and farthest third of the distance: Luo & Qi (2009), their slowly falling set."""
EDGE = float(np.exp(-0.5))
CHUNK = 1000  # points whose pairs are held at a time: bounds the memory, whatever the distance


@dataclass(frozen=True, slots=True)
class Setting:
    """How far people go, and how much less they go the farther it is."""

    metres: float
    decay: Decay


@dataclass(frozen=True, slots=True)
class Catchment:
    """What one setting makes of points and places."""

    access: FloatArray  # (n,) places per head within reach of each point
    reached: BoolArray  # (n,) whether any place lies within the distance
    sought: FloatArray  # (m,) heads within reach of each place, weighted by the distance
    ratio: FloatArray  # (m,) places per head of these; NaN where nobody is within reach


def weights(metres: FloatArray, setting: Setting) -> FloatArray:
    """How much a head at this distance from a place counts: 1 at the place, none beyond the distance.

    Examples
    --------
    >>> at = np.array([0.0, 1500.0, 2900.0, 3100.0])
    >>> weights(at, Setting(3000.0, "none")).tolist(), weights(at, Setting(3000.0, "step")).tolist()
    ([1.0, 1.0, 1.0, 0.0], [1.0, 0.68, 0.22, 0.0])
    >>> weights(at, Setting(3000.0, "gaussian")).round(3).tolist()
    [1.0, 0.701, 0.051, 0.0]
    """
    share = metres / setting.metres
    if setting.decay == "none":
        weight = np.ones_like(share)
    elif setting.decay == "step":
        weight = np.asarray(RINGS)[np.minimum(np.ceil(share * 3).astype(np.int64), 3).clip(1) - 1]
    else:
        weight = (np.exp(-0.5 * share**2) - EDGE) / (1 - EDGE)
    return np.where(share <= 1, weight, 0.0)


def catchments(
    points: FloatArray, demand: FloatArray, places: FloatArray, capacity: FloatArray, settings: Sequence[Setting]
) -> tuple[Catchment, ...]:
    """Access of every point to the places, under each setting.

    First each place's capacity is divided by the demand within its distance, ``R_j = S_j / Σ_i w_ij P_i``; then each
    point adds up what is within its own distance, ``A_i = Σ_j w_ij R_j``. What is handed out is what there is:
    ``Σ_i P_i A_i`` equals the capacity of all places somebody can reach.

    Parameters
    ----------
    points : (n, 2) metres.
    demand : (n,) heads at each point, none below zero.
    places : (m, 2) metres, in the same projection.
    capacity : (m,) places (seats, beds, spaces) of each.
    settings : distance and decay.

    Returns
    -------
    One `Catchment` a setting. No memory grows with the number of pairs.

    References
    ----------
    Luo & Wang (2003), Environment and Planning B 30:865-884 (none); Luo & Qi (2009), Health & Place 15:1100-1107
    (step); Dai (2010), Health & Place 16:1038-1052 (gaussian).

    Examples
    --------
    Two points of 100 and 300 children, places of 40 and 30: the first place is in reach of both points, the second of
    the other point only. 40 / 400 = 0.1 and 30 / 300 = 0.1: the first point has 0.1, the second 0.2.

    >>> points, places = np.array([[0.0, 0.0], [2000.0, 0.0]]), np.array([[1000.0, 0.0], [3000.0, 0.0]])
    >>> heads, seats = np.array([100.0, 300.0]), np.array([40.0, 30.0])
    >>> found = catchments(points, heads, places, seats, [Setting(1500.0, "none")])[0]
    >>> found.access.round(3).tolist(), float(found.access @ heads)
    ([0.1, 0.2], 70.0)
    """
    sought = [np.zeros(len(places)) for _ in settings]
    reached = [np.zeros(len(points), bool) for _ in settings]
    farthest = max(setting.metres for setting in settings)
    for point, place, metres in _pairs(points, places, farthest):
        for k, setting in enumerate(settings):
            weight = weights(metres, setting)
            sought[k] += np.bincount(place, weight * demand[point], len(places))
            reached[k][point[metres <= setting.metres]] = True
    ratios = [np.divide(capacity, s, out=np.full(len(places), np.nan), where=s > 0) for s in sought]
    access = [np.zeros(len(points)) for _ in settings]
    for point, place, metres in _pairs(points, places, farthest):
        for k, setting in enumerate(settings):
            offered = weights(metres, setting) * np.nan_to_num(ratios[k])[place]
            access[k] += np.bincount(point, offered, len(points))
    return tuple(Catchment(*one) for one in zip(access, reached, sought, ratios, strict=True))


def _pairs(points: FloatArray, places: FloatArray, metres: float) -> Iterator[tuple[IntArray, IntArray, FloatArray]]:
    """Point, place and distance of all pairs within the distance, some points at a time."""
    if not len(places):
        return
    tree = _tree(places)
    for first in range(0, len(points), CHUNK):
        near = _tree(points[first : first + CHUNK]).sparse_distance_matrix(tree, metres, output_type="ndarray")
        yield near["i"] + first, near["j"], near["v"]


def nearest(points: FloatArray, places: FloatArray) -> FloatArray:
    """(n,) metres from each point to the nearest place; infinite where there is none."""
    if not len(places):
        return np.full(len(points), np.inf)
    return np.asarray(_tree(places).query(points)[0], float)


def _tree(at: FloatArray) -> Any:
    from scipy.spatial import cKDTree

    return cKDTree(at)
