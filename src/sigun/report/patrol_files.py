"""The patrol list as files (순찰 목록 파일): CSV that Excel opens as it is, and GeoJSON for a map program.

Where the plan counts in hours, the list is in the order of the rounds: day by day, stop by stop.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pandas as pd

from sigun.result import Result, write_atomically
from sigun.text import Message, _

Row = dict[Hashable, Any]
STOP = ("day", "order", "arrival_minute")
BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that begins so would be run by a spreadsheet; it gets an apostrophe in front."""


def write_patrol_csv(result: Result, path: Path) -> None:
    """Write the list of a `patrol` result; UTF-8 with BOM, headings and reasons in the active language."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*_headings(), *(_stop_headings() if "routes" in result.tables else [])])
    for row in _rows(result):
        writer.writerow([plain(value) for value in (*_cells(row), *_stop(row))])
    write_atomically(path, BOM + text.getvalue())


def write_patrol_geojson(result: Result, path: Path) -> None:
    """Write the list of a `patrol` result (WGS 84): a point for each place, then a line for each day's round."""
    rows = _rows(result)
    features = [_feature("Point", _at(row), _properties(row)) for row in rows]
    if "routes" in result.tables:
        features += _lines(result, rows)
    write_atomically(
        path, json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1)
    )


def _rows(result: Result) -> list[Row]:
    """The places in order of rank; with rounds in the order of the stops, which are beside them."""
    places = result.tables["places"]
    if "routes" in result.tables:
        stops = result.tables["routes"][["rank", *STOP]]
        places = places.merge(stops, on="rank").sort_values(["day", "order"], ignore_index=True)
    return list(places.to_dict("records"))


def _lines(result: Result, rows: list[Row]) -> list[dict[str, object]]:
    """Each day's round, from the start and back."""
    start = [round(float(result.fact(f"start_{name}").value or 0), 6) for name in ("longitude", "latitude")]
    lines = []
    for day in result.tables["days"].to_dict("records"):
        path = [start, *(_at(row) for row in rows if row["day"] == day["day"]), start]
        lines.append(_feature("LineString", path, dict(day)))
    return lines


def _feature(kind: str, coordinates: list[Any], properties: dict[Any, Any]) -> dict[str, object]:
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": coordinates},
        "properties": properties,
    }


def _at(row: Row) -> list[float]:
    return [round(row["longitude"], 6), round(row["latitude"], 6)]


def plain(value: object) -> object:
    """A value a spreadsheet takes as text or number, never as a formula.

    >>> plain("=1+1")
    "'=1+1"
    """
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value


def _headings() -> list[str]:
    return [
        _("Rank"),
        _("Area"),
        _("Street"),
        _("Longitude"),
        _("Latitude"),
        _("Expected reports"),
        _("Interval, low"),
        _("Interval, high"),
        _("Chance of at least one report"),
        _("Drawn at random"),
        _("Reasons"),
    ]


def _stop_headings() -> list[str]:
    return [_("Day"), _("Stop"), _("Minutes after the start")]


def _stop(row: Row) -> list[object]:
    return [int(row["day"]), int(row["order"]), round(row["arrival_minute"])] if "day" in row else []


def _cells(row: Row) -> list[object]:
    return [
        row["rank"],
        _word(row.get("name")),
        _word(row.get("street")),
        round(row["longitude"], 6),
        round(row["latitude"], 6),
        round(row["expected_count"], 3),
        int(row["q05"]),
        int(row["q95"]),
        round(row["p_any"], 3),
        _("yes") if row["random"] else _("no"),
        "; ".join(reasons_said(row["reasons"])),
    ]


def reasons_said(stored: str) -> list[str]:
    """The stored reasons as sentences in the active language."""
    return [str(Message(r["template"], r["values"])) for r in json.loads(stored)]


def _properties(row: Row) -> dict[str, object]:
    names = ("rank", "cell_x", "cell_y", "region", "name", "street", "expected_count", "q05", "q95", "p_any")
    kept = {name: None if pd.isna(row[name]) else row[name] for name in (*names, *STOP) if name in row}
    return kept | {"random": bool(row["random"]), "reasons": reasons_said(row["reasons"])}


def _word(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)
