"""TopoJSON: arcs joined exactly, quantised or not; what is damaged or made to do harm is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from sigun.errors import IngestError
from sigun.ingest.child.refuse import Refused
from sigun.ingest.child.topojson import topology_features
from sigun.ingest.sniff import sniff
from sigun.ingest.tabular import read_table


def topology(**more: Any) -> dict[str, Any]:
    """Two squares side by side that share the arc between them, on a grid of a tenth of a degree."""
    return {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [127.0, 37.0]},
        "objects": {
            "areas": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "id": 7, "properties": {"name": "왼쪽"}},
                    {"type": "MultiPolygon", "arcs": [[[~0, 2]]], "properties": {"name": "오른쪽"}},
                ],
            }
        },
        "arcs": [
            [[1, 0], [0, 1]],
            [[1, 1], [-1, 0], [0, -1], [1, 0]],
            [[1, 0], [1, 0], [0, 1], [-1, 0]],
        ],
    } | more


def shapes(document: dict[str, Any]) -> list[Any]:
    return [shapely.from_geojson(json.dumps(f["geometry"])) for f in topology_features(document)]


def test_shared_arcs_are_joined_exactly() -> None:
    left, right = shapes(topology())
    assert left.equals(shapely.box(127.0, 37.0, 127.1, 37.1))
    assert right.equals(shapely.box(127.1, 37.0, 127.2, 37.1))
    assert shapely.union(left, right).geom_type == "Polygon"
    assert topology_features(topology())[0]["properties"] == {"id": 7, "name": "왼쪽"}


def test_a_file_without_a_grid_has_its_points_as_they_are() -> None:
    ring = [[[0, 0], [1, 0], [1, 1], [0, 0]]]
    document = topology(arcs=ring, objects={"a": {"type": "Polygon", "arcs": [[0]]}})
    del document["transform"]
    assert shapes(document)[0].area == 0.5


def test_the_file_is_read_as_outlines(tmp_path: Path) -> None:
    path = tmp_path / "경계.json"
    path.write_text(json.dumps(topology(), ensure_ascii=False), encoding="utf-8")
    reading = sniff(path)
    table = read_table(path, reading)
    assert reading.format == "geojson"
    assert table["name"].to_pylist() == ["왼쪽", "오른쪽"]


def test_of_several_layers_each_says_its_own() -> None:
    objects = topology()["objects"]
    both = topology(objects={"one": objects["areas"], "two": objects["areas"]})
    assert [f["properties"]["layer"] for f in topology_features(both)] == ["one", "one", "two", "two"]


def test_what_thinning_left_without_area_is_no_outline() -> None:
    islets = {"type": "MultiPolygon", "arcs": [[[0]], [[1]]]}
    arcs = [[[0, 0], [1, 0], [-1, 0]], [[0, 0], [1, 0], [0, 1], [-1, -1]]]
    kept = topology_features(topology(objects={"a": islets}, arcs=arcs))[0]["geometry"]
    assert len(kept["coordinates"]) == 1
    only = topology_features(topology(objects={"a": {"type": "Polygon", "arcs": [[0]]}}, arcs=arcs))
    assert only[0]["geometry"] is None


def collection(depth: int) -> dict[str, Any]:
    inner: dict[str, Any] = {"type": "Polygon", "arcs": [[0, 1]]}
    for _step in range(depth):
        inner = {"type": "GeometryCollection", "geometries": [inner]}
    return inner


LOOP = [[0, 1]]


@pytest.mark.parametrize(
    "broken",
    [
        topology(objects={}),
        topology(objects={"a": None}),
        topology(objects={"a": collection(50)}),
        topology(objects={"a": {"type": "GeometryCollection", "geometries": 3}}),
        topology(objects={"a": {"type": "Point", "coordinates": [1, 2]}}),
        topology(objects={"a": {"type": "Polygon", "arcs": []}}),
        topology(objects={"a": {"type": "Polygon", "arcs": [[]]}}),
        topology(objects={"a": {"type": "Polygon", "arcs": [[0, 9]]}}),
        topology(objects={"a": {"type": "Polygon", "arcs": [[-9]]}}),
        topology(objects={"a": {"type": "Polygon", "arcs": [[True, 1]]}}),
        topology(objects={"a": {"type": "Polygon", "arcs": [[0.0, 1]]}}),
        topology(objects={"a": {"type": "Polygon", "arcs": [[0, 2]]}}),
        topology(objects={"a": {"type": "Polygon", "arcs": [[1, 0, 0]]}}),
        topology(objects={"a": {"type": "Polygon", "arcs": LOOP, "properties": [1]}}),
        topology(arcs=None),
        topology(arcs=[[[0, 0]]]),
        topology(arcs=[[[0, 0], [1, "1"]]]),
        topology(arcs=[[[0, 0], [1, None]]]),
        topology(arcs=[[[0, 0], [1, float("inf")]]]),
        topology(arcs=[[[0, 0], [1e308, 0], [1e308, 0]]]),
        topology(transform={"scale": [1e308, 1], "translate": [0, 0]}, arcs=[[[0, 0], [1e10, 0]]]),
        topology(transform=3),
        topology(transform={"scale": [1]}),
    ],
)
def test_damaged_ones_are_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        topology_features(broken)


def test_a_small_file_cannot_ask_for_endless_outlines(tmp_path: Path) -> None:
    long = [[0, 0], *([[1, 0], [-1, 0]] * 5_000)]
    many = {"type": "MultiPolygon", "arcs": [[[0] * 3_000]]}
    path = tmp_path / "bomb.json"
    path.write_text(json.dumps(topology(objects={"a": many}, arcs=[long])), encoding="utf-8")
    with pytest.raises(IngestError, match="memory"):
        read_table(path, sniff(path))
