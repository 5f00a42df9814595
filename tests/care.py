"""A made-up town of square areas in a row (모의 동네): people, places of care, and plans that ask what is missing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sigun.catalog.add import add_files
from sigun.region.grid import KOREA, unproject
from sigun.settings import open_workspace

WEST, SOUTH, SIDE = 960_000.0, 1_960_000.0, 2_000.0  # of the first area, metres (EPSG:5179)
NAMES = ("가람동", "나래동", "다솜동", "라온동")
CHILDREN = {"가람동": 400.0, "나래동": 100.0, "다솜동": 100.0, "라온동": 0.0}
TOML = '[sources]\nfolder = "."\n'

TABLES = """id: care
title: 어린이집 수급
question: 어린이집이 모자라는 동네는 어디인가
data: {{tables: [children], outlines: outlines, facilities: [daycare]}}
panel:
  unit: own
  variables: [{{id: population, table: children}}]
steps:
  - {{method: supply_demand, facilities: daycare, demand: population, {step}}}
"""
REPORTS = """id: care
title: 신고와 어린이집 수급
question: 어린이집이 모자라는 동네는 어디인가
data: {{events: reports, areas: [children], outlines: outlines, facilities: [daycare]}}
steps:
  - {{method: supply_demand, facilities: daycare, demand: population, {step}}}
"""
STEP = "capacity: capacity, enrolled: enrolled, waiting: waiting, within_km: 2"

Place = tuple[str, str, float, float, object, object, object]  # number, kind, x and y (km in the row), 정원, 현원, 대기
PLACES: Sequence[Place] = (
    ("A1", "국공립", 1.0, 1.0, 20, 20, 9),
    ("A2", "민간", 3.0, 1.0, 40, 30, 0),
    ("A3", "국공립", 5.0, 1.0, 60, 30, 1),
)


def degrees(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a place so many kilometres from the south-western corner."""
    lon, lat = unproject(np.array([WEST + 1000 * x]), np.array([SOUTH + 1000 * y]), KOREA)
    return round(float(lon[0]), 7), round(float(lat[0]), 7)


def write_outlines(path: Path, names: Sequence[str] = NAMES) -> Path:
    """One square an area, side by side."""
    features = []
    for i, name in enumerate(names):
        corners = [(2 * i, 0), (2 * i + 2, 0), (2 * i + 2, 2), (2 * i, 2), (2 * i, 0)]
        ring = [list(degrees(*corner)) for corner in corners]
        shape = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"adm_nm": name}, "geometry": shape})
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


def write_places(path: Path, places: Sequence[Place] = PLACES) -> Path:
    """The register of places as an office hands it over."""
    rows = [(number, kind, *degrees(x, y), *held) for number, kind, x, y, *held in places]
    table = pd.DataFrame(rows, columns=["시설번호", "설립유형", "경도", "위도", "정원", "현원", "대기"])
    table.to_csv(path, index=False, encoding="cp949")
    return path


def write_children(path: Path, children: Mapping[str, Any] = CHILDREN, years: Sequence[int] = (2022, 2023)) -> Path:
    """Children of each area and year; half as many in the years before the last."""
    rows = [
        (name, year, n if year == years[-1] else n / 2 if isinstance(n, float) else 50)
        for year in years
        for name, n in children.items()
    ]
    table = pd.DataFrame(rows, columns=["행정동", "연도", "인구(명)"])
    (table if len(years) > 1 else table.drop(columns="연도")).to_csv(path, index=False, encoding="utf-8")
    return path


def write_reports(path: Path, n: int = 60) -> Path:
    """Reports all over the town."""
    at = [degrees(0.1 + 7.8 * i / n, 1.0) for i in range(n)]
    days = pd.date_range("2024-01-01", periods=n)
    table = pd.DataFrame(
        {"접수번호": range(n), "접수일시": days.strftime("%Y-%m-%d 10:00"), "경도": [a for a, _ in at]}
    )
    table.assign(위도=[b for _, b in at]).to_csv(path, index=False, encoding="utf-8")
    return path


def town(folder: Path, places: Sequence[Place] = PLACES, reports: bool = False, **children: Any) -> Path:
    """A workspace whose catalogue holds the town, each file taken in as `sigun data add` proposes; the folder."""
    folder.mkdir(parents=True)
    (folder / "sigun.toml").write_text(TOML, encoding="utf-8")
    years = {"years": (2023,)} if reports else {}
    files = [
        write_outlines(folder / "outlines.geojson"),
        write_places(folder / "daycare.csv", places),
        write_children(folder / "children.csv", **(years | children)),
        *([write_reports(folder / "reports.csv")] if reports else []),
    ]
    add_files(open_workspace(folder), files)
    return folder


def plan_of(folder: Path, step: str = STEP, text: str = TABLES) -> Path:
    """A plan in the town's workspace."""
    file = folder / "plan.yaml"
    file.write_text(text.format(step=step), encoding="utf-8")
    return file
