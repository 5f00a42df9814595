"""TopoJSON outlines (경계) to GeoJSON features: shared arcs joined exactly, whatever cannot be is refused."""

from __future__ import annotations

import math
from typing import Any

from sigun.ingest.child.refuse import Refused

POINTS = 20_000_000  # of all outlines together; arcs are shared, so a small file can ask for more than a machine has
CLOSED = 4  # points of the smallest ring with an area
DEEPEST = 6  # collections within collections

Point = list[float]
Arc = list[Point]


def is_topology(document: Any) -> bool:
    """Whether a JSON document is TopoJSON."""
    return isinstance(document, dict) and document.get("type") == "Topology"


def topology_features(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The polygons of all layers as GeoJSON features; of several layers each feature says its own in `layer`.

    Raises
    ------
    Refused
        Arcs are missing, do not meet or form no ring; there is a geometry other than polygons; too many points.
    """
    layers = document.get("objects")
    if not isinstance(layers, dict) or not layers:
        raise Refused("no_records")
    arcs = _arcs(document)
    found = []
    budget = [POINTS]
    for name, layer in layers.items():
        for geometry in _members(layer, 0):
            feature = _feature(geometry, arcs, budget)
            found.append(feature if len(layers) == 1 else _in_layer(feature, str(name)))
    return found


def _in_layer(feature: dict[str, Any], layer: str) -> dict[str, Any]:
    return feature | {"properties": {"layer": layer, **feature["properties"]}}


def _members(geometry: Any, depth: int) -> list[dict[str, Any]]:
    if not isinstance(geometry, dict) or depth > DEEPEST:
        raise _damaged("a geometry is no object")
    if geometry.get("type") != "GeometryCollection":
        return [geometry]
    inside = geometry.get("geometries")
    if not isinstance(inside, list):
        raise _damaged("a collection holds no geometries")
    return [member for one in inside for member in _members(one, depth + 1)]


def _arcs(document: dict[str, Any]) -> list[Arc]:
    """Every arc as points in degrees; those of a quantised file are steps on its grid, from the first point on."""
    given = document.get("arcs")
    if not isinstance(given, list) or sum(len(a) if isinstance(a, list) else 0 for a in given) > POINTS:
        raise _damaged("there are no arcs, or too many")
    grid = _grid(document.get("transform"))
    return [_arc(arc, grid) for arc in given]


def _grid(transform: Any) -> tuple[Point, Point] | None:
    """Scale and origin of a quantised file."""
    if transform is None:
        return None
    if not isinstance(transform, dict):
        raise _damaged("transform")
    return _point(transform.get("scale")), _point(transform.get("translate"))


def _arc(arc: Any, grid: tuple[Point, Point] | None) -> Arc:
    if not isinstance(arc, list) or len(arc) < 2:
        raise _damaged("an arc has fewer than two points")
    points = [_point(p) for p in arc]
    if grid is None:
        return points
    (kx, ky), (dx, dy) = grid
    x = y = 0.0
    placed = []
    for step in points:
        x, y = x + step[0], y + step[1]
        placed.append(_point([x * kx + dx, y * ky + dy]))
    return placed


def _point(value: Any) -> Point:
    if not isinstance(value, list) or len(value) < 2:
        raise _damaged("a point has no two coordinates")
    x, y = value[:2]
    for part in (x, y):
        if type(part) not in (int, float) or not math.isfinite(part):
            raise _damaged("a coordinate is no number")
    return [float(x), float(y)]


def _feature(geometry: dict[str, Any], arcs: list[Arc], budget: list[int]) -> dict[str, Any]:
    properties = geometry.get("properties") or {}
    if not isinstance(properties, dict):
        raise _damaged("properties")
    if "id" in geometry:
        properties = {"id": geometry["id"], **properties}
    return {"type": "Feature", "properties": properties, "geometry": _polygons(geometry, arcs, budget)}


def _polygons(geometry: dict[str, Any], arcs: list[Arc], budget: list[int]) -> dict[str, Any] | None:
    kind, given = geometry.get("type"), geometry.get("arcs")
    if kind is None:
        return None
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(given, list):
        raise _damaged(f"{str(kind)[:40]} is no outline")
    parts = [_rings(polygon, arcs, budget) for polygon in ([given] if kind == "Polygon" else given)]
    areas = [rings for rings in parts if rings]
    return {"type": "MultiPolygon", "coordinates": areas} if areas else None


def _rings(given: Any, arcs: list[Arc], budget: list[int]) -> list[Arc]:
    """The rings of a polygon; none where thinning has left it no area (an islet of three points there and back)."""
    if not isinstance(given, list) or not given or not all(isinstance(ring, list) and ring for ring in given):
        raise _damaged("a polygon has no rings")
    outer, *holes = (_ring(ring, arcs, budget) for ring in given)
    return [outer, *(hole for hole in holes if len(hole) >= CLOSED)] if len(outer) >= CLOSED else []


def _ring(numbers: list[Any], arcs: list[Arc], budget: list[int]) -> Arc:
    """Arcs one after the other; ~n is arc n backwards. Each begins where the one before ends."""
    ring: Arc = []
    for number in numbers:
        if type(number) is not int or not -len(arcs) <= number < len(arcs):
            raise _damaged("an arc is named that does not exist")
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        budget[0] -= len(arc)
        if budget[0] < 0:
            raise Refused("memory")
        if ring and ring[-1] != arc[0]:
            raise _damaged("arcs do not meet")
        ring += arc[1:] if ring else arc
    if ring[0] != ring[-1]:
        raise _damaged("a ring is not closed")
    return ring


def _damaged(reason: str) -> Refused:
    return Refused("damaged", reason=f"TopoJSON, {reason}")
