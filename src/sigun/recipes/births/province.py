"""The geography of the made-up province (한결도의 지리): 31 시군, their outlines, and a city that became two.

Nothing here is a real place. The outline is laid over the middle of the peninsula only so that projections behave.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shapely import MultiPoint, Polygon, get_parts, intersection, voronoi_polygons

from sigun.recipes.births.truth import Planted

FloatArray = NDArray[np.float64]

CRS = "EPSG:5179"
PROVINCE, CODE = "한결도", "98"
CENTRE = np.array([1_000_000.0, 2_000_000.0])  # metres
RINGS = ((1, 0.0, 0.0), (6, 19_000.0, 0.3), (11, 37_000.0, 0.1), (13, 55_000.0, 0.2))  # seats, metres out, turn
RIM = 64_000.0


class Town(NamedTuple):
    """One line of the table below."""

    name: str
    women: int  # 15 to 49, in the first year
    urban: float  # in standard deviations, before it is scaled


TOWNS = (
    Town("누리시", 118_000, 2.1),
    Town("다솜시", 84_000, 1.5),
    Town("마루시", 71_000, 1.2),
    Town("보람시", 78_000, 1.6),
    Town("아라시", 66_000, 1.1),
    Town("한빛시", 52_000, 0.9),
    Town("해솔시", 44_000, 0.8),
    Town("고운시", 47_000, 0.4),
    Town("나래시", 58_000, 0.8),
    Town("도담시", 39_000, 0.1),
    Town("미리시", 44_000, 0.5),
    Town("새온시", 61_000, 0.9),
    Town("소담시", 36_000, -0.1),
    Town("여울시", 40_000, 0.2),
    Town("예솔시", 53_000, 0.6),
    Town("은결시", 34_000, -0.2),
    Town("초롱시", 43_000, 0.3),
    Town("푸른시", 37_000, 0.0),
    Town("가람군", 24_000, -0.9),
    Town("너울군", 21_000, -1.1),
    Town("노을군", 27_000, -0.6),
    Town("다온군", 30_000, -0.4),
    Town("달빛군", 20_000, -1.3),
    Town("들샘군", 25_000, -0.8),
    Town("머루군", 22_000, -1.2),
    Town("산들군", 28_000, -0.5),
    Town("샛별군", 23_000, -1.0),
    Town("솔뫼군", 20_500, -1.4),
    Town("윤슬군", 31_000, -0.3),
    Town("이슬군", 21_500, -1.2),
    Town("하늬군", 26_000, -0.7),
)
NAMES = tuple(town.name for town in TOWNS)
OLD = "한누리시"  # until it was divided
NEW = (NAMES.index("한빛시"), NAMES.index("해솔시"))
CITIES = sum(name.endswith("시") for name in NAMES)
CODES = tuple(f"{CODE}{10 * n + 10:03d}" if n < CITIES else f"{CODE}{710 + 10 * (n - CITIES):03d}" for n in range(31))
OLD_CODE = f"{CODE}300"


def urban() -> FloatArray:
    """(31,) how urban each is: mean 0, standard deviation 1."""
    raw = np.array([town.urban for town in TOWNS])
    return np.asarray((raw - raw.mean()) / raw.std(), dtype=float)


def seats() -> FloatArray:
    """(31, 2) metres: the largest city in the middle, cities around it, counties outside."""
    places = []
    for count, out, turn in RINGS:
        angle = turn + 2 * np.pi * np.arange(count) / count
        places.append(CENTRE + out * np.column_stack([np.cos(angle), 0.8 * np.sin(angle)]))
    return np.concatenate(places)


def outlines() -> tuple[Polygon, ...]:
    """The 31, in EPSG:5179: whoever lies next to another shares every corner of their border."""
    turn = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    out = RIM * (1 + 0.05 * np.sin(3 * turn + 0.5) + 0.03 * np.sin(5 * turn))
    rim = Polygon(CENTRE + out[:, None] * np.column_stack([np.cos(turn), 0.8 * np.sin(turn)]))
    points = MultiPoint(seats())
    cells = get_parts(voronoi_polygons(points, extend_to=rim.buffer(10_000)))
    here = [next(cell for cell in cells if cell.contains(seat)) for seat in points.geoms]
    return tuple(intersection(cell, rim) for cell in here)


def neighbours() -> FloatArray:
    """(31, 31) each row the mean over those it shares a border with."""
    shapes = outlines()
    touches = np.array([[a is not b and a.intersection(b).length > 1 for b in shapes] for a in shapes], dtype=float)
    return np.asarray(touches / touches.sum(axis=1, keepdims=True), dtype=float)


def region_table(planted: Planted) -> pd.DataFrame:
    """The province's own table of regions: what was one and when, and what the divided city became."""
    day = f"{planted.split}-01-01"
    rows = [(CODE, PROVINCE, "", "", "", "", "")]
    for n, (code, name) in enumerate(zip(CODES, NAMES, strict=True)):
        rows.append((code, name, PROVINCE, day if n in NEW else "", "", "", ""))
    for new, share in zip(NEW, planted.shares, strict=True):
        rows.append((OLD_CODE, OLD, PROVINCE, "", day, CODES[new], f"{share:.2f}"))
    columns = ["코드", "이름", "상위", "시작일", "종료일", "바뀐코드", "몫"]
    return pd.DataFrame(rows, columns=columns).sort_values(["코드", "바뀐코드"], ignore_index=True)
