"""The geography of the made-up city (가온시의 지리): dongs, streets and houses, in EPSG:5179 metres.

Nothing here is a real place. The outline is laid over northern Gyeonggi so that projections and time zones behave.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shapely import Geometry, LineString, MultiPoint, Point, Polygon, contains_xy, get_parts, voronoi_polygons
from shapely.ops import linemerge, polygonize, unary_union

from sigun.recipes.vehicles.truth import Planted

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

CRS = "EPSG:5179"
CITY = "경기도 가온시"
CENTRE = np.array([961_314.0, 1_988_441.0])  # 127.06 E, 37.895 N
STEP = 20.0  # metres between house numbers, as the Korean road-name law has it
CELL = 500  # metres, as in the recipe's plan
ROUGH = 28.0  # metres a border wanders from the straight line


class Ward(NamedTuple):
    """One line of the table below. `east`, `north`: kilometres from the centre. Shares are per cent."""

    name: str
    stem: str  # of its street names
    east: float
    north: float
    population: int
    single: float  # one-person households
    old: float  # houses thirty years or older
    elderly: float  # 65 and older: has no effect of its own
    parking: float  # places a household: has no effect of its own, but new housing has more
    setting: str


WARDS = (
    Ward("라온1동", "라온중앙", 0.0, 0.2, 21_412, 46.2, 57.8, 19.1, 0.62, "dense"),
    Ward("라온2동", "라온남", 0.9, -0.7, 23_086, 44.1, 51.9, 16.8, 0.66, "dense"),
    Ward("윤슬동", "윤슬", -2.4, 0.9, 19_774, 42.3, 60.7, 23.9, 0.60, "dense"),
    Ward("미리내동", "미리내", -0.9, -3.9, 20_631, 38.9, 49.2, 14.7, 0.71, "dense"),
    Ward("너울동", "너울", 3.6, 1.6, 22_508, 41.0, 44.3, 21.2, 0.74, "dense"),
    Ward("도래샘동", "도래샘", -1.1, -0.5, 18_197, 34.4, 46.8, 17.9, 0.82, "mixed"),
    Ward("볕뉘동", "볕뉘", 0.1, -2.1, 17_402, 33.2, 42.1, 26.3, 0.80, "mixed"),
    Ward("한울내동", "한울내", 2.6, -0.3, 19_315, 31.1, 33.4, 13.8, 0.95, "mixed"),
    Ward("그린내동", "그린내", -2.2, -1.9, 16_528, 32.0, 38.2, 20.1, 0.88, "mixed"),
    Ward("여우비동", "여우비", 1.0, 2.6, 18_803, 28.8, 30.1, 17.2, 1.02, "mixed"),
    Ward("이든동", "이든", 1.9, -1.9, 15_691, 30.3, 35.2, 22.8, 0.93, "mixed"),
    Ward("늘솔1동", "늘솔북", 1.3, 0.9, 27_544, 22.1, 6.3, 11.2, 1.28, "new"),
    Ward("늘솔2동", "늘솔남", 4.3, -0.8, 25_120, 24.2, 9.1, 15.9, 1.22, "new"),
    Ward("단미동", "단미", -1.6, 3.3, 22_917, 25.3, 14.2, 13.1, 1.17, "new"),
    Ward("해늘동", "해늘", -4.0, -0.3, 20_389, 23.0, 18.3, 22.1, 1.10, "new"),
    Ward("별하동", "별하", -0.5, 1.5, 19_612, 27.1, 21.4, 14.3, 1.12, "new"),
    Ward("모꼬지동", "모꼬지", 3.2, -3.0, 11_236, 36.8, 26.2, 12.4, 0.97, "works"),
    Ward("마루재동", "마루재", 2.9, 3.5, 10_418, 35.1, 23.3, 20.2, 1.01, "works"),
    Ward("꽃가람동", "꽃가람", -3.6, 2.6, 8_327, 28.2, 40.4, 31.4, 1.08, "rural"),
    Ward("온새미동", "온새미", -3.2, -3.6, 7_604, 26.1, 36.3, 29.2, 1.05, "rural"),
)


class Fabric(NamedTuple):
    """How closely a setting is built: metres between lanes, longest lane, length of the main road each way."""

    gap: float
    reach: float
    extent: float


FABRIC = {
    "dense": Fabric(70, 900, 1300),
    "mixed": Fabric(110, 1000, 1500),
    "new": Fabric(140, 1000, 1500),
    "works": Fabric(190, 900, 1500),
    "rural": Fabric(300, 900, 1600),
}


@dataclass(frozen=True)
class City:
    """Dongs and their houses; every array of the second group has one entry a house."""

    codes: tuple[str, ...]
    outlines: tuple[Polygon, ...]  # EPSG:5179
    share: FloatArray  # (20,) expected share of each dong
    log_rate: FloatArray  # (20,) a head, against the city's mean
    dong: IntArray
    x: FloatArray
    y: FloatArray
    weight: FloatArray  # sums to 1 within each dong
    lift: FloatArray  # how many times as much the hotspots make of each house
    road_address: pd.Series  # 도로명주소
    lot_address: pd.Series  # 지번주소
    hot: IntArray  # houses at the centres of the hotspots
    hall: tuple[float, float]


def ward_column(name: str) -> FloatArray:
    """One column of the table of dongs, as numbers."""
    return np.array([getattr(ward, name) for ward in WARDS], dtype=float)


def build_city(rng: np.random.Generator, planted: Planted) -> City:
    """Lay out borders, streets and houses, and how much is to be expected of each."""
    outlines = draw_outlines(rng)
    log_rate = area_effects(rng, planted)
    houses = pd.concat([draw_houses(rng, i, outlines[i]) for i in range(len(WARDS))], ignore_index=True)
    weight, lift, hot = house_weights(rng, houses, planted)
    dong = houses["dong"].to_numpy(np.int64)
    own = np.bincount(dong, weight)
    expected = own if planted.even else ward_column("population") * np.exp(log_rate)
    return City(
        codes=tuple(f"99150{51 + i}000" for i in range(len(WARDS))),  # no province has a code that begins with 99
        outlines=outlines,
        share=expected / expected.sum(),
        log_rate=log_rate,
        dong=dong,
        x=houses["x"].to_numpy(float),
        y=houses["y"].to_numpy(float),
        weight=weight / own[dong],
        lift=lift,
        road_address=houses["road_address"],
        lot_address=houses["lot_address"],
        hot=hot,
        hall=(float(CENTRE[0]), float(CENTRE[1])),
    )


def area_effects(rng: np.random.Generator, planted: Planted) -> FloatArray:
    """Log rate a head of each dong: elasticities of its one-person households and old housing, and some noise."""
    effect = rng.normal(0, planted.area_noise, len(WARDS))
    for name, column in (("1인가구비율", "single"), ("노후주택비율", "old")):
        logs = np.log(ward_column(column))
        effect += planted.elasticities[name] * (logs - logs.mean())
    people = ward_column("population")
    return np.asarray(effect - np.log(np.average(np.exp(effect), weights=people)), dtype=float)


# --- borders ---------------------------------------------------------------------------------------------------------


def draw_outlines(rng: np.random.Generator) -> tuple[Polygon, ...]:
    """Dongs that share their borders vertex by vertex: the lines are drawn once, then closed into polygons."""
    seats = CENTRE + 1000 * np.column_stack([ward_column("east"), ward_column("north")])
    rim = city_rim()
    borders = voronoi_polygons(MultiPoint(seats), extend_to=rim.buffer(1000), only_edges=True)
    crossed = get_parts(unary_union([borders, rim.exterior]))  # cut wherever two lines meet
    arcs = get_parts(linemerge(list(crossed[rim.buffer(1).contains(crossed)])))
    faces = list(polygonize([roughen(rng, arc) for arc in arcs]))
    return tuple(next(face for face in faces if face.contains(Point(seat))) for seat in seats)


def city_rim() -> Polygon:
    """An irregular outline of some 87 km²."""
    turn = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    radius = 5250 * (1 + 0.07 * np.sin(2 * turn + 0.4) + 0.05 * np.sin(3 * turn + 2.1) + 0.03 * np.sin(5 * turn + 1.0))
    return Polygon(CENTRE + radius[:, None] * np.column_stack([np.cos(turn), np.sin(turn)]))


def roughen(rng: np.random.Generator, arc: Geometry) -> LineString:
    """The same line, wandering a little between its fixed ends."""
    points = max(int(arc.length / 80), 2)
    along = np.linspace(0, 1, points + 1)
    smooth = np.ones(3) / 3
    noise = rng.normal(0, ROUGH, (points + 1, 2))
    noise = np.column_stack([np.convolve(noise[:, k], smooth, mode="same") for k in range(2)])
    noise *= np.sin(np.pi * along)[:, None] ** 0.5
    noise[[0, -1]] = 0
    line = arc.segmentize(arc.length / points)
    base = np.array([line.interpolate(t, normalized=True).coords[0] for t in along])
    return LineString(base + noise)


# --- streets and houses ----------------------------------------------------------------------------------------------


def draw_houses(rng: np.random.Generator, ward: int, outline: Polygon) -> pd.DataFrame:
    """The houses of one dong along the lanes off its main road: a number every 20 m, odd left, even right."""
    here, fabric = WARDS[ward], FABRIC[WARDS[ward].setting]
    seat = CENTRE + 1000 * np.array([here.east, here.north])
    angle = rng.uniform(0, np.pi)
    main, aside = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    start = np.arange(0, 2 * fabric.extent, fabric.gap) + rng.uniform(0, 0.4 * fabric.gap)
    lane_at, lane_side = np.repeat(start, 2), np.tile([1.0, -1.0], len(start))
    count = (fabric.reach * rng.uniform(0.35, 1.0, len(lane_at)) / STEP).astype(int)
    lane = np.repeat(np.arange(len(lane_at)), count)
    nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)  # 0, 1, 2 … along each lane
    left = rng.random(len(lane)) < 0.5
    along = (lane_at[lane] - fabric.extent)[:, None] * main
    off = (lane_side[lane] * (nth + 0.5) * STEP)[:, None] * aside + (np.where(left, 7.0, -7.0))[:, None] * main
    place = seat + along + off + rng.normal(0, 2, (len(lane), 2))
    lane_number = 2 * (lane_at // STEP).astype(int) + np.where(lane_side > 0, 1, 2)
    number = 2 * nth + np.where(left, 1, 2)
    inside = contains_xy(outline, place[:, 0], place[:, 1])
    houses = pd.DataFrame({"dong": ward, "lane": lane, "x": place[:, 0], "y": place[:, 1]})
    street = f"{here.stem}로" + pd.Series(lane_number[lane]).astype(str) + "번길"
    houses["road_address"] = f"{CITY} " + street + " " + pd.Series(number).astype(str) + f" ({here.name})"
    lot = np.arange(len(houses)) + 40
    tail = pd.Series(lot % 7).map(lambda k: f"-{k}" if k else "")
    houses["lot_address"] = f"{CITY} {here.name} " + pd.Series(lot // 7).astype(str) + tail
    return houses[inside]


def house_weights(
    rng: np.random.Generator, houses: pd.DataFrame, planted: Planted
) -> tuple[FloatArray, FloatArray, IntArray]:
    """What each house is to expect beside the others, how much of it hotspots make, and the hotspots' centres.

    Lanes differ, and a few places in dense housing stand out; in an even city every cell is to expect the same.
    """
    lane = houses.groupby(["dong", "lane"], sort=True).ngroup().to_numpy()
    weight = rng.gamma(1.6, 1.0, lane.max() + 1)[lane]
    hot = hot_houses(rng, houses, planted.hotspots)
    place = houses[["x", "y"]].to_numpy(float)
    lift = np.ones(len(houses))
    for centre in place[hot]:
        square = ((place - centre) ** 2).sum(axis=1)
        lift *= 1 + planted.hotspot_height * np.exp(-square / (2 * planted.hotspot_metres**2))
    if planted.even:
        cell = pd.DataFrame(place // CELL).groupby([0, 1]).ngroup().to_numpy()
        return 1 / np.bincount(cell)[cell], lift, hot
    return weight * lift, lift, hot


def hot_houses(rng: np.random.Generator, houses: pd.DataFrame, count: int) -> IntArray:
    """One house near the middle of each of some dense dongs."""
    dense = np.array([i for i, ward in enumerate(WARDS) if ward.setting == "dense"])
    chosen = np.sort(rng.choice(dense, size=count, replace=False))
    picks = []
    for ward in chosen:
        own = houses[houses["dong"] == ward]
        away = np.hypot(own["x"] - own["x"].mean(), own["y"] - own["y"].mean())
        picks.append(int(rng.choice(own.index[np.argsort(away.to_numpy(), kind="stable")[: len(own) // 4]])))
    return np.array(picks, dtype=np.int64)
