"""The patrol list as files (순찰 목록 파일): CSV that Excel opens as it is, and GeoJSON for a map program."""

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

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that begins so would be run by a spreadsheet; it gets an apostrophe in front."""


def write_patrol_csv(result: Result, path: Path) -> None:
    """Write the list of a `patrol` result; UTF-8 with BOM, headings and reasons in the active language."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_headings())
    for row in result.tables["places"].to_dict("records"):
        writer.writerow([plain(value) for value in _cells(row)])
    write_atomically(path, BOM + text.getvalue())


def write_patrol_geojson(result: Result, path: Path) -> None:
    """Write the list of a `patrol` result as points (WGS 84), one feature a place in order of rank."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(row["longitude"], 6), round(row["latitude"], 6)]},
            "properties": _properties(row),
        }
        for row in result.tables["places"].to_dict("records")
    ]
    write_atomically(
        path, json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1)
    )


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


def _cells(row: dict[Hashable, Any]) -> list[object]:
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


def _properties(row: dict[Hashable, Any]) -> dict[str, object]:
    names = ("rank", "cell_x", "cell_y", "region", "name", "street", "expected_count", "q05", "q95", "p_any")
    kept = {name: None if pd.isna(row[name]) else row[name] for name in names if name in row}
    return kept | {"random": bool(row["random"]), "reasons": reasons_said(row["reasons"])}


def _word(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)
