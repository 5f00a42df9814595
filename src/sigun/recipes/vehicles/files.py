"""The raw files of the made-up city (원시 파일): encodings, title rows and formats as offices hand them over."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter
from numpy.typing import NDArray

from sigun.recipes.vehicles.city import WARDS, City
from sigun.recipes.vehicles.register import degrees

REGISTER_FILE = "방치차량_신고대장.csv"
ADDRESS_FILE = "주소_좌표.csv"
DONG_FILE = "행정동_현황.xlsx"
FLOATING_FILE = "유동인구_행정동_월.csv"
WEATHER_FILE = "날씨_일별.csv"
OUTLINE_FILE = "행정동_경계.geojson"

MADE_ON = datetime(2025, 7, 3)  # a fixed day, so that equal seeds give equal bytes


def write_csv(table: pd.DataFrame, path: Path, encoding: str) -> None:
    """A CSV with the line ends Excel writes."""
    table.to_csv(path, index=False, encoding=encoding, lineterminator="\r\n")


def write_dong_workbook(table: pd.DataFrame, path: Path) -> None:
    """A sheet with a title row, a unit row, the headers, the rows and a footnote."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": "가온시 행정동별 현황", "comments": "모의 자료", "created": MADE_ON})
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("행정동 현황")
        sheet.merge_range(0, 0, 0, len(table.columns) - 1, "가온시 행정동별 현황 (2024년 12월 31일 기준)", bold)
        sheet.write(1, 0, "(단위: 명, 세대, %, 면, ㎢)")
        sheet.write_row(2, 0, table.columns, bold)
        for line, row in enumerate(table.astype(object).itertuples(index=False), 3):
            sheet.write_row(line, 0, row)
        sheet.write(len(table) + 3, 0, "※ 모의 자료: 실제 지역이나 통계와 관계가 없음")


def write_outlines(city: City, path: Path) -> None:
    """GeoJSON in degrees; a vertex two dongs share is rounded alike in both."""
    features = [
        {
            "type": "Feature",
            "properties": {"행정동": ward.name, "행정동코드": code, "시군구": "가온시"},
            "geometry": {"type": "Polygon", "coordinates": [ring(np.asarray(outline.exterior.coords))]},
        }
        for ward, code, outline in zip(WARDS, city.codes, city.outlines, strict=True)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def ring(metres: NDArray[np.float64]) -> list[list[float]]:
    """A closed ring in degrees to six places (a tenth of a metre)."""
    longitude, latitude = degrees(metres[:, 0], metres[:, 1])
    corners = np.round(np.column_stack([longitude, latitude]), 6)
    return [[float(east), float(north)] for east, north in corners]


def address_table(rng: np.random.Generator, city: City, wanted: pd.Series, known: float, others: int) -> pd.DataFrame:
    """Addresses and their points: most of those wanted, and some nobody asked about.

    `wanted` are the addresses of rows without a point, `known` the share of them the table has.
    """
    places = pd.DataFrame({"x": np.tile(city.x, 2), "y": np.tile(city.y, 2)})
    places.index = pd.Index(pd.concat([city.road_address, city.lot_address], ignore_index=True), name="주소")
    asked = wanted.str.replace("  ", " ").drop_duplicates().sort_values().to_numpy()
    found = rng.permutation(asked)[: round(known * len(asked))]
    free = rng.choice(city.road_address.to_numpy(), others, replace=False)
    names = np.unique(np.concatenate([found, free]))
    missing = np.setdiff1d(asked, found)
    chosen = places.loc[np.setdiff1d(names, missing)]
    longitude, latitude = degrees(chosen["x"].to_numpy(), chosen["y"].to_numpy())
    return pd.DataFrame({"주소": chosen.index, "위도": np.round(latitude, 6), "경도": np.round(longitude, 6)})
