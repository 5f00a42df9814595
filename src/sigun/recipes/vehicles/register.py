"""The register of the made-up city (신고대장): reports written down the way an office writes them, defects and all.

Persons are not invented: owners are called 「김가상」 (imaginary Kim), telephone numbers begin with a block nobody is
given, plates carry a syllable or a place no plate has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import Transformer

from sigun.recipes.vehicles.city import CRS, WARDS, City
from sigun.recipes.vehicles.occurrence import Days, Reports
from sigun.recipes.vehicles.truth import DELAY_TIMES, Planted

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
TextArray = NDArray[np.str_]

OPEN, DUPLICATE, SCRAPPED, PATROL = "확인중", "중복신고", "강제폐차", "현장순찰"
CHANNELS = {
    "before": {"전화": 0.38, "국민신문고": 0.22, "안전신문고": 0.40},
    "after": {"전화": 0.29, "국민신문고": 0.17, "안전신문고": 0.32, "시민앱": 0.22},
}
WITH_POINT = {PATROL: 0.95, "안전신문고": 0.92, "시민앱": 0.97, "국민신문고": 0.10, "전화": 0.0}
OTHER_KINDS = {"승용차": 0.64, "화물차": 0.19, "승합차": 0.12, "기타": 0.05}
TWO_WHEELER_SHIFT = {"dense": 0.05, "mixed": 0.0, "new": -0.05, "works": -0.22, "rural": -0.14}
HOURS = np.array([1, 0, 0, 0, 0, 1, 2, 5, 14, 28, 32, 27, 16, 24, 30, 27, 22, 15, 10, 8, 6, 4, 3, 2], dtype=float)

NO_PLATE, PLATE_SEEN = 0.38, 0.85  # vehicles without one, and reports that note it where there is one
UNISSUED = "꽈뛔쬬쀼쐐뙈쪠쫘뾰쒜쬐뀨"
TWO_WHEELER_PLACE = "경기가온"
SURNAMES = "김이박최정강조윤장임"
OWNER_KNOWN, PHONE_LEFT = 0.27, 0.58

LOT_STYLE, TWO_BLANKS, ADDRESS_LEFT_OUT = 0.14, 0.04, 0.04
NOWHERE, NOWHERE_ROWS = "위치 미상", 20
EDITED_LATER, LATE_EDIT_DAYS = 0.10, 60
SEA = (124.35, 36.52)


@dataclass(frozen=True)
class Register:
    """The rows of the file in order, and what only the simulator knows of them."""

    rows: pd.DataFrame
    number: TextArray  # of each report; the rows repeat some
    first: IntArray  # position of the first report of the same vehicle
    address: TextArray  # true address, as written
    has_point: BoolArray
    days_to_closing: FloatArray  # from the minute of receipt to the day of closing, that of open cases too
    duplicate: BoolArray  # closed, or to be closed, as a duplicate


def choose(rng: np.random.Generator, shares: Mapping[str, float], n: int) -> TextArray:
    """`n` names drawn by their shares."""
    names, running = np.array(list(shares)), np.cumsum(list(shares.values()))
    return names[np.searchsorted(running / running[-1], rng.random(n), side="right")]


def write_register(rng: np.random.Generator, city: City, days: Days, reports: Reports, planted: Planted) -> Register:
    """Give every report the columns of the register."""
    received, reports = in_time_order(rng, days, reports)
    number = receipt_numbers(received)
    channel = draw_channels(rng, received, reports, planted)
    has_point = rng.random(len(number)) < pd.Series(channel).map(WITH_POINT).to_numpy()
    address = draw_addresses(rng, city, reports.house, has_point)
    longitude, latitude, address = draw_points(rng, city, reports.house, has_point, address, planted)
    kind = draw_kinds(rng, city, reports, planted)
    ending, closed = draw_closing(rng, received, reports, planted)
    state, edited = as_of_the_end(rng, received, ending, closed, planted)
    rows = pd.DataFrame(
        {
            "접수번호": number,
            "접수일시": stamp(received),
            "신고경로": channel,
            "소재지": address,
            "위도": latitude,
            "경도": longitude,
            "차종": kind,
            "차량번호": draw_plates(rng, kind, reports.first),
            "소유자명": draw_owners(rng, len(number)),
            "연락처": draw_phones(rng, channel),
            "처리구분": state,
            "처리일자": np.where(state == OPEN, "", closed.astype("datetime64[D]").astype(str)),
            "원접수번호": np.where(state == DUPLICATE, number[reports.first], ""),
            "최종수정일시": stamp(edited),
        }
    )
    again = np.sort(np.concatenate([np.arange(len(rows)), rng.choice(len(rows), planted.exact_repeats, replace=False)]))
    took = (closed.astype("datetime64[D]") - received) / np.timedelta64(1, "D")
    return Register(rows.iloc[again], number, reports.first, address, has_point, took, ending == DUPLICATE)


def in_time_order(rng: np.random.Generator, days: Days, reports: Reports) -> tuple[NDArray[np.datetime64], Reports]:
    """Times of receipt, and the reports sorted by them."""
    hour = np.searchsorted(np.cumsum(HOURS) / HOURS.sum(), rng.random(len(reports.day)), side="right")
    minute = 60 * hour + rng.integers(0, 60, len(hour))
    received = days.date[reports.day].astype("datetime64[m]") + minute.astype("timedelta64[m]")
    order = np.lexsort((reports.house, received))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return received[order], Reports(
        reports.day[order], reports.house[order], reports.patrol[order], place[reports.first[order]]
    )


def receipt_numbers(received: NDArray[np.datetime64]) -> TextArray:
    """`2024-00017`: the year, and a running number in it."""
    year = pd.Series(received.astype("datetime64[Y]").astype(str))
    running = year.groupby(year).cumcount() + 1
    numbers: TextArray = (year + "-" + running.astype(str).str.zfill(5)).to_numpy(dtype=str)
    return numbers


def stamp(times: NDArray[np.datetime64]) -> TextArray:
    """`2024-03-05 14:20`."""
    return np.char.replace(times.astype("datetime64[m]").astype(str), "T", " ")


def draw_channels(
    rng: np.random.Generator, received: NDArray[np.datetime64], reports: Reports, planted: Planted
) -> TextArray:
    """How each report came in; the city's app exists from the change of regime on."""
    n = len(received)
    early = received < np.datetime64(planted.regime)
    citizen = np.where(early, choose(rng, CHANNELS["before"], n), choose(rng, CHANNELS["after"], n))
    return np.where(reports.patrol, PATROL, citizen)


def draw_kinds(rng: np.random.Generator, city: City, reports: Reports, planted: Planted) -> TextArray:
    """Kind of vehicle: two-wheelers more often in dense housing, lorries where there are works."""
    chance = two_wheeler_chance(city, planted)[city.dong[reports.house]]
    n = len(chance)
    kind = np.where(rng.random(n) < chance, "이륜차", choose(rng, OTHER_KINDS, n))
    return kind[reports.first]


def two_wheeler_chance(city: City, planted: Planted) -> FloatArray:
    """(20,) share of two-wheelers in each dong; the city's is as planted."""
    shift = np.array([TWO_WHEELER_SHIFT[ward.setting] for ward in WARDS])
    return np.asarray(planted.two_wheelers + shift - city.share @ shift, dtype=float)


# --- places ----------------------------------------------------------------------------------------------------------


def draw_addresses(rng: np.random.Generator, city: City, house: IntArray, has_point: BoolArray) -> TextArray:
    """The address as somebody typed it: by road or by lot; sometimes left out where an app gave a point."""
    n = len(house)
    lot = rng.random(n) < LOT_STYLE
    road, by_lot = city.road_address.to_numpy(dtype=str)[house], city.lot_address.to_numpy(dtype=str)[house]
    address = np.where(lot, by_lot, road)
    doubled = np.char.replace(address, "시 ", "시  ")
    address = np.where(rng.random(n) < TWO_BLANKS, doubled, address)
    return np.where(has_point & (rng.random(n) < ADDRESS_LEFT_OUT), "", address)


def draw_points(
    rng: np.random.Generator, city: City, house: IntArray, has_point: BoolArray, address: TextArray, planted: Planted
) -> tuple[TextArray, TextArray, TextArray]:
    """Longitude and latitude as written (blank without a point), and the address, which is unknown for some."""
    x, y = jitter(rng, city.x[house], city.y[house], planted.misplaced)
    longitude, latitude = degrees(x, y)
    chosen = rng.permutation(np.flatnonzero(has_point & (address != "")))
    hall, zero, sea = np.split(
        chosen[: planted.city_hall + planted.at_zero + planted.at_sea],
        [planted.city_hall, planted.city_hall + planted.at_zero],
    )
    longitude[hall], latitude[hall] = hall_point(city)
    longitude[zero], latitude[zero] = 0.0, 0.0
    longitude[sea], latitude[sea] = SEA[0] + rng.normal(0, 0.02, len(sea)), SEA[1] + rng.normal(0, 0.02, len(sea))
    address = address.copy()
    address[hall[:NOWHERE_ROWS]] = NOWHERE
    return written(longitude, has_point), written(latitude, has_point), address


def jitter(rng: np.random.Generator, x: FloatArray, y: FloatArray, share: float) -> tuple[FloatArray, FloatArray]:
    """Metres as a telephone gives them: some 6 m off, a few a street or two."""
    turn, far = rng.uniform(0, 2 * np.pi, len(x)), rng.uniform(250, 450, len(x))
    off = np.where(rng.random(len(x)) < share, far, np.abs(rng.normal(0, 6, len(x))))
    return x + off * np.cos(turn), y + off * np.sin(turn)


def degrees(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Longitude and latitude (WGS 84) of EPSG:5179 metres."""
    longitude, latitude = Transformer.from_crs(CRS, "EPSG:4326", always_xy=True).transform(x, y)
    return np.array(longitude, dtype=float), np.array(latitude, dtype=float)


def hall_point(city: City) -> tuple[float, float]:
    """Where the city hall stands, degrees to six places."""
    longitude, latitude = degrees(np.array([city.hall[0]]), np.array([city.hall[1]]))
    return round(float(longitude[0]), 6), round(float(latitude[0]), 6)


def written(number: FloatArray, shown: BoolArray) -> TextArray:
    """Six decimals, or nothing."""
    return np.where(shown, np.char.mod("%.6f", number), "")


# --- persons ---------------------------------------------------------------------------------------------------------


def draw_plates(rng: np.random.Generator, kind: TextArray, first: IntArray) -> TextArray:
    """A plate a vehicle (no plate twice), noted by most of its reports."""
    n = len(kind)
    serial = rng.permutation(len(UNISSUED) * 10_000)[np.arange(n) % (len(UNISSUED) * 10_000)]
    tail = np.array(list(UNISSUED))[serial // 10_000] + np.char.mod("%04d", serial % 10_000)
    ahead = np.where(kind == "이륜차", TWO_WHEELER_PLACE, np.char.mod("%02d", rng.integers(1, 70, n)))
    bare = rng.random(n) < NO_PLATE
    plate = np.where(bare, "", np.char.add(ahead, tail))[first]
    return np.where(rng.random(n) < PLATE_SEEN, plate, "")


def draw_owners(rng: np.random.Generator, n: int) -> TextArray:
    """Owner's name where one was found."""
    names = np.char.add(np.array(list(SURNAMES))[rng.integers(0, len(SURNAMES), n)], "가상")
    return np.where(rng.random(n) < OWNER_KNOWN, names, "")


def draw_phones(rng: np.random.Generator, channel: TextArray) -> TextArray:
    """The caller's number, where one was left."""
    phones = np.char.add("010-0000-", np.char.mod("%04d", rng.integers(0, 10_000, len(channel))))
    return np.where((channel != PATROL) & (rng.random(len(channel)) < PHONE_LEFT), phones, "")


# --- closing ---------------------------------------------------------------------------------------------------------


def draw_closing(
    rng: np.random.Generator, received: NDArray[np.datetime64], reports: Reports, planted: Planted
) -> tuple[TextArray, NDArray[np.datetime64]]:
    """How each case ends, and when; some after the last day."""
    n = len(received)
    state = np.where(reports.patrol, choose(rng, planted.patrol_outcomes, n), choose(rng, planted.citizen_outcomes, n))
    repeat = reports.first != np.arange(n)
    state = np.where(repeat & (rng.random(n) < planted.repeat_closed_as_duplicate), DUPLICATE, state)
    return state, closing_times(rng, received, state, planted)


def as_of_the_end(
    rng: np.random.Generator,
    received: NDArray[np.datetime64],
    ending: TextArray,
    closed: NDArray[np.datetime64],
    planted: Planted,
) -> tuple[TextArray, NDArray[np.datetime64]]:
    """State of each case on the last day, and when the row was last changed."""
    n = len(received)
    later = rng.integers(1, LATE_EDIT_DAYS * 1440, n).astype("timedelta64[m]")
    edited = np.where(rng.random(n) < EDITED_LATER, closed + later, closed)
    end = np.datetime64(planted.end, "m")
    looked_at = np.minimum(received + rng.integers(5, 2880, n).astype("timedelta64[m]"), end - 1)
    edited = np.where(edited < end, edited, closed)
    is_open = closed >= end
    return np.where(is_open, OPEN, ending), np.where(is_open, looked_at, edited)


def closing_times(
    rng: np.random.Generator, received: NDArray[np.datetime64], state: TextArray, planted: Planted
) -> NDArray[np.datetime64]:
    """Log-normal delays whose median grows over the years; offices close cases in office hours."""
    n = len(received)
    age = (received - received[0]) / (np.datetime64(planted.end, "m") - received[0])
    base = planted.delay_days[0] + (planted.delay_days[1] - planted.delay_days[0]) * age
    median = base * pd.Series(state).map(DELAY_TIMES).to_numpy(float)
    spread = np.where(state == SCRAPPED, planted.scrap_spread, planted.delay_spread)
    delay = np.ceil(median * np.exp(rng.normal(0, spread))).astype(np.int64)
    day = received.astype("datetime64[D]") + delay.astype("timedelta64[D]")
    weekday = (day.astype(np.int64) + 3) % 7
    day = day + np.where(weekday >= 5, 7 - weekday, 0).astype("timedelta64[D]")
    minute = rng.integers(9 * 60, 18 * 60, n).astype("timedelta64[m]")
    return np.asarray(day.astype("datetime64[m]") + minute, dtype="datetime64[m]")


def cell_shares(city: City, size: int) -> tuple[tuple[int, int, float], ...]:
    """Expected share of each metric cell that has a house."""
    cell = pd.DataFrame({"x": city.x // size, "y": city.y // size}).astype(int)
    share = city.weight * city.share[city.dong]
    summed = pd.Series(share).groupby([cell["x"], cell["y"]], sort=True).sum()
    return tuple((int(x), int(y), float(value)) for (x, y), value in summed.items())


def median_days(rows: pd.DataFrame, states: Sequence[str]) -> dict[str, float]:
    """Median days to closing of the closed cases, by year of receipt."""
    done = rows[rows["처리구분"].isin(states)]
    received, closed = pd.to_datetime(done["접수일시"]), pd.to_datetime(done["처리일자"])
    delay = (closed - received.dt.normalize()).dt.days
    return {str(year): float(value) for year, value in delay.groupby(received.dt.year).median().items()}


def full_median_days(register: Register) -> dict[str, float]:
    """Median days to closing by year of receipt and of "all": no duplicates, and open cases as they will be closed."""
    days = pd.Series(register.days_to_closing[~register.duplicate])
    year = pd.Series(register.number[~register.duplicate]).str[:4]
    return {str(name): float(value) for name, value in days.groupby(year).median().items()} | {
        "all": float(days.median())
    }
