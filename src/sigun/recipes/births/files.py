"""The raw files of the made-up province (원시 파일): encodings, header rows and sheets as offices hand them over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter
from numpy.typing import NDArray
from pyproj import Transformer

from sigun.recipes.births.province import CODE, CODES, CRS, NAMES, OLD, OLD_CODE, PROVINCE, outlines
from sigun.recipes.births.tables import NOT_THERE, TOTAL, Cell, Told

BIRTHS_FILE = "시군구_출생아수__합계출산율_20250901101522.csv"
MONTHS_FILES = ("출생아수_월_20250901102031.csv", "출생아수_월1_20250901102118.csv")
WOMEN_FILES = (
    "여성연앙인구_한결도_20250901103040.csv",
    "여성연앙인구_한결도반_20250901103122.csv",
    "여성연앙인구_한결도군_20250901103205.csv",
)
RENT_FILE = "시군_주택_전세가격지수_월_20250901104517.csv"
MARRIAGE_FILE = "조혼인율_시도_시_군_구__20250901105233.csv"
CHILDCARE_FILE = "국공립어린이집_이용률_20250901110009.xlsx"
WORKERS_FILE = "상용근로자_비율_20250901111020.csv"
EMPLOYMENT_FILE = "지역별고용조사_여성_고용률_20250901111544.csv"
FISCAL_FILE = "재정자립도_시군구.csv"
INDICATORS_FILE = "한결도+시군별+주요지표.xlsx"
EDUCATION_FILE = "시도별__학생_1인당_월평균_사교육비_20250901113005.csv"
GRANT_FILE = "시군별 출산지원금(첫째아) 현황.xlsx"
OUTLINE_FILE = "한결도_시군_경계.geojson"
REGIONS_FILE = "한결도_행정구역표.csv"

MADE_ON = datetime(2025, 9, 1)  # a fixed day, so that equal seeds give equal bytes
NOTE = "※ 모의 자료: 실제 지역이나 통계와 관계가 없음"
WIDE_BLANK = "\u3000\u3000"


def write_rows(rows: Sequence[Sequence[Cell]], path: Path, encoding: str) -> None:
    """A CSV as statistical portals write it: every word in quotation marks, figures bare."""
    lines = [",".join(_quoted(str(cell)) for cell in row) for row in rows]
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode(encoding))


def _quoted(cell: str) -> str:
    return cell if cell.replace(".", "", 1).isdigit() else f'"{cell}"'


def write_table(table: pd.DataFrame, path: Path, encoding: str) -> None:
    """A CSV with the line ends Excel writes."""
    table.to_csv(path, index=False, encoding=encoding, lineterminator="\r\n")


def write_statistics_book(told: Told, heads: Sequence[str], item: str, unit: str, path: Path) -> None:
    """A workbook of the statistical portal: sheets 데이터 and 메타정보, codes glued to the names."""
    codes = {TOTAL: CODE, OLD: OLD_CODE} | dict(zip(NAMES, CODES, strict=True))
    with _book(path, item) as book:
        sheet = book.add_worksheet("데이터")
        sheet.write_row(0, 0, ["A 행정구역별", *heads])
        sheet.write_row(1, 0, ["A 행정구역별", *([f"{item} ({unit})"] * len(heads))])
        for line, (name, cells) in enumerate(zip(told.names, told.cells(lambda v: round(v, 1)), strict=True), 2):
            label = f"{codes[name]} {PROVINCE}" if name == TOTAL else f"{WIDE_BLANK}{codes[name]} {name}"
            sheet.write_row(line, 0, [label, *cells])
        about = book.add_worksheet("메타정보")
        told_of = {
            "통계표ID": "DT_98_0001",
            "통계표명": f"시군별 {item}",
            "수록기간": f"년 {heads[0]} ~ {heads[-1][:4]}",
            "단위": unit,
            "출처": "한결도 「보육통계」(모의)",
            "주석": NOTE,
        }
        for line, pair in enumerate(told_of.items()):
            about.write_row(line, 0, pair)


def write_indicators(tables: Sequence[tuple[str, Told, int]], years: Sequence[str], path: Path) -> None:
    """A province's own workbook: title row, unit row, merged years over items, a row 합계, a footnote."""
    items = [item for item, _told, _digits in tables]
    cells = [told.cells(partial(round, ndigits=digits)) for _item, told, digits in tables]
    names = tables[0][1].names
    with _book(path, "한결도 시군별 주요지표") as book:
        bold = book.add_format({"bold": True, "align": "center"})
        sheet = book.add_worksheet("주요지표")
        sheet.merge_range(0, 0, 0, 6, "한결도 시군별 주요지표", bold)
        sheet.write(1, 0, "(단위 : %, 개소, 개, 명)")
        sheet.merge_range(2, 0, 3, 0, "시군", bold)
        for t, year in enumerate(years):
            at = 1 + t * len(items)
            sheet.merge_range(2, at, 2, at + len(items) - 1, year, bold)
            sheet.write_row(3, at, items, bold)
        for n, name in enumerate(names):
            sheet.write(4 + n, 0, "합계" if name == TOTAL else name)
            sheet.write_row(4 + n, 1, [table[n][t] for t in range(len(years)) for table in cells])
        sheet.write(4 + len(names), 0, NOTE)


def write_grants(amounts: Told, years: Sequence[int], path: Path) -> None:
    """The grants as an office keeps them: title, unit, one row a 시군 and one column a year, in 만원."""
    with _book(path, "시군별 출산지원금") as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("출산지원금")
        sheet.merge_range(0, 0, 0, 8, "시군별 출산지원금(첫째아) 지급 기준", bold)
        sheet.write(1, 0, "(단위 : 만원)")
        sheet.write_row(2, 0, ["시군", *(f"{year}년" for year in years)], bold)
        told = amounts.cells(round, NOT_THERE)
        for line, (name, cells) in enumerate(zip(amounts.names[1:], told[1:], strict=True), 3):
            sheet.write_row(line, 0, [name, *cells])
        sheet.write(len(told) + 2, 0, NOTE)


def _book(path: Path, title: str) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(path)
    book.set_properties({"title": title, "comments": "모의 자료", "created": MADE_ON})
    return book


def write_outlines(path: Path) -> None:
    """GeoJSON in degrees; a corner two regions share is rounded alike in both."""
    features = [
        {
            "type": "Feature",
            "properties": {"시군구코드": code, "시군구": name, "시도": PROVINCE},
            "geometry": {"type": "Polygon", "coordinates": [_ring(np.asarray(shape.exterior.coords))]},
        }
        for code, name, shape in zip(CODES, NAMES, outlines(), strict=True)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _ring(metres: NDArray[np.float64]) -> list[list[float]]:
    """A closed ring in degrees to five places (a metre)."""
    to_degrees = Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)
    longitude, latitude = to_degrees.transform(metres[:, 0], metres[:, 1])
    corners = np.round(np.column_stack([longitude, latitude]), 5)
    return [[float(east), float(north)] for east, north in corners]
