"""JSON records (Open311, data.go.kr answers) and GeoJSON features to text columns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa

from sigun.ingest.child.refuse import Refused
from sigun.ingest.child.topojson import is_topology, topology_features
from sigun.ingest.header import distinct_names

DEEPEST = 6


def read_records(spec: dict[str, Any]) -> pa.Table:
    """The first list of records in the document, one text column a key, missing where a record lacks it."""
    records = _find_records(_load(Path(spec["path"])), 0)
    if records is None:
        raise Refused("no_records")
    return _table([_flat(record) for record in records], spec["columns"])


def read_features(spec: dict[str, Any]) -> pa.Table:
    """Properties as text, `geometry` as GeoJSON text, points also as `longitude`, `latitude`; `crs` in the metadata."""
    document = _load(Path(spec["path"]))
    if is_topology(document):
        return _table([_feature(f) for f in topology_features(document)], spec["columns"])
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        raise Refused("no_records")
    table = _table([_feature(f) for f in features], spec["columns"])
    named = (document.get("crs") or {}).get("properties", {}).get("name", "")
    return table.replace_schema_metadata({"crs": str(named)})


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused("json_encoding") from error
    except json.JSONDecodeError as error:
        raise Refused("json", row=error.lineno, column=error.colno, reason=error.msg) from error
    except RecursionError as error:
        raise Refused("json", row=1, column=1, reason="too deep") from error


def _find_records(value: Any, depth: int) -> list[dict[str, Any]] | None:
    """The first non-empty list of objects, from the outside inwards."""
    if isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
        return value
    inside = list(value.values()) if isinstance(value, dict) and depth < DEEPEST else []
    for one in inside:
        found = _find_records(one, depth + 1)
        if found is not None:
            return found
    return None


def _flat(record: dict[str, Any]) -> dict[str, str | None]:
    """One level of nesting becomes dotted names; lists stay as JSON text."""
    flat: dict[str, str | None] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{inner}": _text(v) for inner, v in value.items()}
        else:
            flat[str(key)] = _text(value)
    return flat


def _feature(feature: dict[str, Any]) -> dict[str, str | None]:
    geometry = feature.get("geometry")
    row = _flat(feature.get("properties") or {})
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        longitude, latitude = (geometry.get("coordinates") or [None, None])[:2]
        row |= {"longitude": _text(longitude), "latitude": _text(latitude)}
    return row | {"geometry": None if geometry is None else json.dumps(geometry)}


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _table(rows: list[dict[str, str | None]], most: int) -> pa.Table:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    if len(keys) > most:  # said here: keys times rows could fill the memory
        raise Refused("too_many_columns", columns=len(keys), limit=most)
    names = distinct_names(keys)
    return pa.table(
        {name: pa.array([row.get(key) for row in rows], pa.string()) for name, key in zip(names, keys, strict=True)}
    )
