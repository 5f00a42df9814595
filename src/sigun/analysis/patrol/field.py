"""Where patrols move (순찰 구역): the places, the start, and what moving and staying cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sigun.analysis.forecast.places import Places
from sigun.analysis.patrol.orienteering import Ground
from sigun.analysis.patrol.places import centres
from sigun.analysis.patrol.roads import Joined, Measure, Roads, roads_among
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.region.grid import project
from sigun.text import N_, say

if TYPE_CHECKING:
    from sigun.plan.steps import Patrol

DETOUR = 1.3  # of the straight line: how much longer roads are, as a rule of thumb
AT_MOST = 2000.0  # metres that a start may lie outside of every place
NO_PLACE = 1e-9  # reports: nowhere is quite impossible


@dataclass(frozen=True)
class Field:
    """Where patrols move: n places and before them the start, and what moving and staying cost."""

    x: FloatArray  # (n + 1,) metres
    y: FloatArray
    speed: float  # metres a minute along the straight line
    stay: float  # minutes at a place
    roads: Joined | None  # of the start and the places, where a table of ways is supplied

    def ground(self, chosen: IntArray, expected: FloatArray) -> Ground:
        """The chosen places (m,) as a ground for rounds."""
        return Ground(self._ways(chosen, "minutes", self.speed), self.stay, np.maximum(expected[chosen], NO_PLACE))

    def kilometres(self, chosen: IntArray) -> FloatArray:
        """Kilometres by road between the start and the chosen places, (m + 1, m + 1)."""
        return self._ways(chosen, "km", 1000 / DETOUR)

    def told(self, chosen: IntArray) -> BoolArray:
        """Which of the ways between them take as long as a supplied table tells, (m + 1, m + 1)."""
        if self.roads is None:
            return np.zeros((len(chosen) + 1, len(chosen) + 1), dtype=bool)
        return np.isfinite(self.roads.between("minutes", _with_start(chosen), self.speed))

    def _ways(self, chosen: IntArray, measure: Measure, pace: float) -> FloatArray:
        """By the table where it tells, else along the straight line at so many metres a unit."""
        at = _with_start(chosen)
        x, y = self.x[at], self.y[at]
        straight = np.asarray(np.sqrt((x[:, None] - x) ** 2 + (y[:, None] - y) ** 2) / pace)  # faster than hypot
        if self.roads is None:
            return straight
        told = self.roads.between(measure, at, pace)
        return np.where(np.isfinite(told), told, straight)


def field_of(step: Patrol, panel: Panel, places: Places, start: tuple[float, float], roads: Roads | None) -> Field:
    """The places as a field, on the roads of `roads_for`."""
    x, y = (np.r_[first, rest] for first, rest in zip(start, centres(places, panel), strict=True))
    joined = None if roads is None else roads.joined(x, y)
    return Field(x, y, step.speed_kmh * 1000 / 60 / DETOUR, step.minutes_per_place, joined)


def roads_for(step: Patrol, panel: Panel, places: Places, start: tuple[float, float]) -> Roads | None:
    """The supplied ways among the places and the start; none where the plan names no such table."""
    if panel.travel is None:
        return None
    x, y = (np.r_[first, rest] for first, rest in zip(start, centres(places, panel), strict=True))
    return roads_among(panel.travel, panel.crs, step.speed_kmh, x, y)


def start_of(step: Patrol, panel: Panel, places: Places) -> tuple[float, float]:
    """The start in metres: the plan's, or the middle of the study area.

    Raises
    ------
    MethodError
        The start lies farther than two kilometres from the study area.
    """
    x, y = centres(places, panel)
    if step.start is None:
        return float(x.mean()), float(y.mean())
    at_x, at_y = (float(v[0]) for v in project(np.array([step.start[0]]), np.array([step.start[1]]), panel.crs))
    away = _distance(at_x, at_y, x, y, panel, places)
    if away <= AT_MOST:
        return at_x, at_y
    raise MethodError(
        say(N_("The start lies outside the area, {km} km from its nearest place."), km=round(away / 1000, 1)),
        say(N_("patrol list: start")),
        say(N_("Give the longitude first, then the latitude, in degrees: start: [127.03, 37.74].")),
    )


def _distance(at_x: float, at_y: float, x: FloatArray, y: FloatArray, panel: Panel, places: Places) -> float:
    """Metres from the start to the edge of the nearest place; infinite where the start is nowhere on the map."""
    if not (np.isfinite(at_x) and np.isfinite(at_y)):
        return float("inf")
    if panel.outlines is not None and places.regional:
        import shapely

        return float(shapely.distance(panel.outlines.geometry.to_numpy(), shapely.Point(at_x, at_y)).min())
    beyond = np.maximum(np.abs(np.stack([x - at_x, y - at_y])) - panel.cell / 2, 0)
    return float(np.hypot(*beyond).min())


def _with_start(chosen: IntArray) -> IntArray:
    """The chosen places as rows of a field, the start first."""
    return np.concatenate([[0], chosen + 1])
