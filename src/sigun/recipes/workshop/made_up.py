"""The workshop's own files (모의 워크숍 자료): places of care, who needs them, and floods beside a development.

They are of 가온시, the made-up city of the vehicles recipe: the same dongs, the same houses. What is planted stands in
`truth.Planted`, and in words in `docs/reference/made-up-workshop.md`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sigun.recipes.vehicles.city import WARDS, City, build_city, ward_column
from sigun.recipes.vehicles.files import write_csv
from sigun.recipes.vehicles.register import degrees
from sigun.recipes.vehicles.truth import Planted as PlantedCity
from sigun.recipes.workshop.truth import Planted, Truth

FloatArray = NDArray[np.float64]

CITY_SEED = 20250703  # of the city whose dongs these are
SEED = 20250704
DAYCARE_FILE = "어린이집_현황.csv"
HOMES_FILE = "장기요양기관_현황.csv"
PARKING_FILE = "공영주차장_현황.csv"
NEEDS_FILE = "돌봄수요_행정동_연도.csv"
FLOODS_FILE = "침수신고_행정동_월.csv"
BUILT_FILE = "택지개발_준공면적_행정동_월.csv"

YEARS = (2022, 2023, 2024)
MONTHS = pd.period_range("2019-01", "2025-06", freq="M")
CHILDREN = {"dense": 0.033, "mixed": 0.044, "new": 0.071, "works": 0.036, "rural": 0.021}  # of the people, 0 to 5
CHILDREN_A_YEAR = 0.95  # of the year before
ELDERLY_A_YEAR = 1.045
ENTITLED = 0.105  # of those of 65 and older, to long-term care
CARS = 1.04  # a household, on average of the city
SIZES = {
    "국공립": (45, 99),
    "민간": (39, 80),
    "가정": (13, 20),
    "노인요양시설": (28, 70),
    "노인요양공동생활가정": (9, 9),
    "노상": (12, 40),
    "노외": (30, 150),
}
"""Smallest and largest number of places."""

RAIN = np.array(
    [0.3, 0.4, 0.6, 0.9, 1.0, 1.8, 3.2, 2.9, 1.4, 0.6, 0.5, 0.4]
)  # floods by month, against the year's mean
FLOODS = {"dense": 3.4, "mixed": 2.6, "new": 1.7, "works": 2.4, "rural": 2.2}  # reports a dong and month


def write_workshop(
    folder: Path, seed: int = SEED, truth_folder: Path | None = None, planted: Planted | None = None
) -> Truth:
    """Write the raw files into `folder` and return what is planted in them; equal seeds give equal bytes."""
    planted = planted or Planted()
    city = build_city(np.random.default_rng(CITY_SEED), PlantedCity())
    rng = np.random.default_rng(seed)
    children, elderly, cars = _needs()
    entitled = elderly * ENTITLED
    public, private = planted.public_places, planted.all_places - planted.public_places
    short = planted.short_of_care
    daycare = {
        "국공립": _usual(children, public, short, planted.left_over),
        "민간": _usual(children, private * 0.7, (), 1),
        "가정": _usual(children, private * 0.3, (), 1),
    }
    homes = _usual(entitled, planted.home_places, planted.short_of_homes, planted.left_over)
    lots = _usual(cars, planted.parking_places, planted.short_of_parking, planted.left_over)
    beds = {"노인요양시설": homes * 0.85, "노인요양공동생활가정": homes * 0.15}
    tables = {
        DAYCARE_FILE: _daycare(rng, city, daycare),
        HOMES_FILE: _homes(rng, city, beds),
        PARKING_FILE: _parking(rng, city, {"노상": lots * 0.25, "노외": lots * 0.75}),
        NEEDS_FILE: _needs_table(children, elderly, cars),
        FLOODS_FILE: _floods(rng, planted),
        BUILT_FILE: _built(planted),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for (name, table), encoding in zip(
        tables.items(), ("cp949", "utf-8-sig", "cp949", "utf-8-sig", "cp949", "utf-8"), strict=True
    ):
        write_csv(table.drop(columns="dong", errors="ignore"), folder / name, encoding)
    truth = Truth(seed, planted, {name: _inside(tables[name]) for name in (DAYCARE_FILE, HOMES_FILE, PARKING_FILE)})
    if truth_folder is not None:
        truth.write(truth_folder)
    return truth


def _needs() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Children of 0 to 5, people of 65 and older, and cars of each dong in the last year."""
    people = ward_column("population")
    children = people * np.array([CHILDREN[ward.setting] for ward in WARDS])
    households = people / (2.9 - 0.02 * ward_column("single"))
    return children, people * ward_column("elderly") / 100, households * CARS * ward_column("parking") ** 0.3


def _usual(needed: FloatArray, places: float, short: tuple[str, ...], left: float) -> FloatArray:
    """Places of each dong: as many a head everywhere, but a fraction of them where they are short."""
    lacking = np.array([ward.name in short for ward in WARDS])
    return np.asarray(needed * places * np.where(lacking, left, 1.0), dtype=float)


def _placed(rng: np.random.Generator, city: City, kinds: dict[str, FloatArray]) -> pd.DataFrame:
    """Places at houses of their dong, each with a size of its kind, until the dong has what it should have."""
    rows = []
    for kind, wanted in kinds.items():
        low, high = SIZES[kind]
        for dong, places in enumerate(wanted):
            at = np.flatnonzero(city.dong == dong)
            left = float(places)
            while left >= low / 2:
                size = min(int(rng.integers(low, high + 1)), max(low, round(left)))
                house = int(rng.choice(at))
                rows.append((dong, kind, city.x[house], city.y[house], size))
                left -= size
    table = pd.DataFrame(rows, columns=["dong", "kind", "x", "y", "size"])
    longitude, latitude = degrees(table["x"].to_numpy(float), table["y"].to_numpy(float))
    return table.assign(longitude=np.round(longitude, 6), latitude=np.round(latitude, 6))


def _daycare(rng: np.random.Generator, city: City, kinds: dict[str, FloatArray]) -> pd.DataFrame:
    """One row a day-care centre; where places are short, they are full and children wait."""
    placed = _placed(rng, city, kinds)
    n = len(placed)
    tight = placed["dong"].map(_tightness(kinds["국공립"])).to_numpy(float)
    used = np.clip(rng.normal(0.78 + 0.2 * tight, 0.07, n), 0.3, 1.0)
    waiting = rng.poisson(np.where(placed["kind"] == "국공립", 6 + 42 * tight, 1 + 4 * tight))
    return pd.DataFrame(
        {
            "dong": placed["dong"],
            "시설번호": [f"D{i:04d}" for i in range(1, n + 1)],
            "설립유형": placed["kind"],
            "경도": placed["longitude"],
            "위도": placed["latitude"],
            "정원": placed["size"],
            "현원": np.round(placed["size"] * used).astype(int),
            "대기": waiting,
        }
    )


def _homes(rng: np.random.Generator, city: City, kinds: dict[str, FloatArray]) -> pd.DataFrame:
    """One row a home for the elderly."""
    placed = _placed(rng, city, kinds)
    used = np.clip(rng.normal(0.88, 0.08, len(placed)), 0.4, 1.0)
    return pd.DataFrame(
        {
            "dong": placed["dong"],
            "기관번호": [f"H{i:04d}" for i in range(1, len(placed) + 1)],
            "급여종류": placed["kind"],
            "경도": placed["longitude"],
            "위도": placed["latitude"],
            "정원": placed["size"],
            "현원": np.round(placed["size"] * used).astype(int),
        }
    )


def _parking(rng: np.random.Generator, city: City, kinds: dict[str, FloatArray]) -> pd.DataFrame:
    """One row a public car park."""
    placed = _placed(rng, city, kinds)
    return pd.DataFrame(
        {
            "dong": placed["dong"],
            "주차장번호": [f"P{i:04d}" for i in range(1, len(placed) + 1)],
            "구분": placed["kind"],
            "경도": placed["longitude"],
            "위도": placed["latitude"],
            "정원": placed["size"],
        }
    ).rename(columns={"정원": "구획수"})


def _tightness(public: FloatArray) -> pd.Series:
    """0 in a dong with the usual public places a child, near 1 in one that has hardly any."""
    children, _elderly, _cars = _needs()
    ratio = public / children
    return pd.Series(1 - ratio / ratio.max())


def _needs_table(children: FloatArray, elderly: FloatArray, cars: FloatArray) -> pd.DataFrame:
    """One row a dong and year."""
    parts = []
    for year in YEARS:
        back = YEARS[-1] - year
        old = elderly / ELDERLY_A_YEAR**back
        parts.append(
            pd.DataFrame(
                {
                    "행정동": [ward.name for ward in WARDS],
                    "연도": year,
                    "영유아 인구(0~5세)(명)": np.round(children / CHILDREN_A_YEAR**back).astype(int),
                    "65세 이상 인구(명)": np.round(old).astype(int),
                    "장기요양 인정자(명)": np.round(old * ENTITLED).astype(int),
                    "자동차 등록대수(대)": np.round(cars / 1.01**back).astype(int),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _floods(rng: np.random.Generator, planted: Planted) -> pd.DataFrame:
    """One row a dong and month: reports of flooding, with more of them where land was developed, from then on."""
    level = np.array([FLOODS[ward.setting] for ward in WARDS]) * np.exp(rng.normal(0, planted.flood_spread, len(WARDS)))
    month = RAIN[[m.month - 1 for m in MONTHS]] * np.exp(rng.normal(0, planted.month_spread, len(MONTHS)))
    times = np.where(_developed(planted), planted.times, 1.0)
    return pd.DataFrame(
        {
            "행정동": np.repeat([ward.name for ward in WARDS], len(MONTHS)),
            "연월": np.tile(MONTHS.astype(str), len(WARDS)),
            "침수신고(건)": rng.poisson(level[:, None] * month * times).ravel(),
        }
    )


def _built(planted: Planted) -> pd.DataFrame:
    """One row a dong and month: land developed so far, in thousands of square metres."""
    size = np.array([180 + 60 * i for i in range(len(WARDS))])
    area = np.where(_developed(planted), size[:, None], 0)
    return pd.DataFrame(
        {
            "행정동": np.repeat([ward.name for ward in WARDS], len(MONTHS)),
            "연월": np.tile(MONTHS.astype(str), len(WARDS)),
            "택지개발 누적 준공면적(천㎡)": area.ravel(),
        }
    )


def _developed(planted: Planted) -> NDArray[np.bool_]:
    """(dongs, months) whether the development stands."""
    stands = [
        [ward.name in planted.developed and str(month) >= planted.completed for month in MONTHS] for ward in WARDS
    ]
    return np.array(stands, dtype=np.bool_)


def _inside(table: pd.DataFrame) -> dict[str, int]:
    """Places inside each dong."""
    column = "구획수" if "구획수" in table else "정원"
    sums = table.groupby("dong")[column].sum()
    return {ward.name: int(sums.get(i, 0)) for i, ward in enumerate(WARDS)}
