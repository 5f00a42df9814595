"""What is planted in the made-up city (심어 둔 참값): every number the simulator follows, and what came of it.

`Planted` holds the settings; `docs/reference/made-up-city.md` says which published fact each comes from.
`Truth` is what one seed made of them, so that an analysis can be checked against the answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

TRUTH_FILE = "truth.json"

CITIZEN_OUTCOMES = {
    "현장확인불가(차량없음)": 0.46,
    "자진이동": 0.25,
    "견인보관": 0.09,
    "반환": 0.03,
    "강제폐차": 0.09,
    "기타": 0.08,
}
PATROL_OUTCOMES = {
    "현장확인불가(차량없음)": 0.12,  # an officer saw it; by the second visit it may be gone
    "자진이동": 0.42,
    "견인보관": 0.16,
    "반환": 0.05,
    "강제폐차": 0.18,
    "기타": 0.07,
}
DELAY_TIMES = {  # of the base median, by the state a case ends in
    "현장확인불가(차량없음)": 0.80,
    "자진이동": 1.20,
    "견인보관": 1.80,
    "반환": 2.60,
    "강제폐차": 9.00,  # warning, order, public notice, notice to creditors, scrapping: 87 days together
    "중복신고": 0.50,
    "기타": 1.00,
}


@dataclass(frozen=True)
class Planted:
    """The settings of the simulator. Shares and ratios are plain fractions, lengths metres, times days."""

    start: date = date(2022, 1, 1)
    end: date = date(2025, 7, 1)  # half-open: the last day is 2025-06-30
    reports_a_day: float = 3.0  # vehicles first reported on an average day of the first year
    yearly_change: float = 0.05
    month: tuple[float, ...] = (0.97, 1.32, 1.00, 0.88, 0.86, 0.96, 1.10, 1.36, 1.00, 0.86, 0.84, 0.85)
    weekday: tuple[float, ...] = (1.08, 1.02, 1.18, 0.99, 0.93, 0.42, 0.41)  # citizens, Monday first
    patrol_weekday: tuple[float, ...] = (1.00, 0.90, 2.20, 0.90, 0.70, 0.00, 0.00)
    patrol_share: float = 0.12  # of first reports outside the campaigns
    campaign_months: tuple[int, ...] = (4, 5, 10, 11)
    campaign_ratio: float = 2.2  # of patrol finds
    hole: tuple[date, date] = (date(2023, 6, 5), date(2023, 7, 20))  # half-open: 45 days without a row
    regime: date = date(2024, 3, 1)
    regime_ratio: float = 1.6
    rain_ratio: float = 0.88  # of reports, for ten more millimetres on the day
    elasticities: Mapping[str, float] = field(default_factory=lambda: {"1인가구비율": 0.8, "노후주택비율": 0.3})
    area_noise: float = 0.10  # standard deviation of the log rate left unexplained
    floating_elasticity: float = 0.6  # of reports in the month, to a dong's own average floating population
    hotspots: int = 4
    even: bool = False  # whether every cell with a house expects the same, so that no place at all stands out
    hotspot_metres: float = 230.0  # standard deviation of a hotspot's bell
    hotspot_height: float = 2.6  # how much more at its centre
    repeats: float = 0.30  # second reports a vehicle, before weekends and the hole thin them
    nearby: float = 0.07  # new vehicles one vehicle draws after it
    burst_mean: float = 6.0
    burst_limit: int = 21  # nothing follows after three weeks
    repeat_closed_as_duplicate: float = 0.40
    two_wheelers: float = 0.76
    citizen_outcomes: Mapping[str, float] = field(default_factory=lambda: dict(CITIZEN_OUTCOMES))
    patrol_outcomes: Mapping[str, float] = field(default_factory=lambda: dict(PATROL_OUTCOMES))
    delay_days: tuple[float, float] = (7.0, 12.5)  # base median at the start and at the end
    delay_spread: float = 0.75  # standard deviation of the log delay
    scrap_spread: float = 0.20  # ... of a forced scrapping, whose stages have fixed lengths
    chronic: int = 45  # reports from one address
    city_hall: int = 70  # rows that carry the city hall's point in place of their own
    at_zero: int = 14
    at_sea: int = 9
    exact_repeats: int = 15
    misplaced: float = 0.03  # of the points, 250 to 450 m off
    addresses_known: float = 0.93


@dataclass(frozen=True)
class Dong:
    """One 행정동 and how much is to be expected of it."""

    name: str
    code: str
    population: int
    share: float  # of all reports
    log_rate: float  # a head, against the city's mean


@dataclass(frozen=True)
class Hot:
    """The centre of one planted hotspot, degrees and EPSG:5179 metres."""

    dong: str
    longitude: float
    latitude: float
    x: float
    y: float


@dataclass(frozen=True)
class Truth:
    """What one seed made of the settings."""

    seed: int
    planted: Planted
    month_index: tuple[float, ...]  # of reports not closed as duplicates, campaigns and rain in them; 1 = average
    weekday_index: tuple[float, ...]  # the same, with patrols in them
    weekend_ratio: float
    kinds: Mapping[str, float]  # expected shares
    dongs: tuple[Dong, ...]
    hotspots: tuple[Hot, ...]
    cells: tuple[tuple[int, int, float], ...]  # 500 m cell of EPSG:5179 and its expected share
    hot_cells: tuple[tuple[int, int, float], ...]  # those of which hotspots make 1.5 times as much or more, how much
    second_reports: tuple[tuple[str, str], ...]  # receipt number, and the first report of the same vehicle
    counts: Mapping[str, int]  # rows, points, address_only, city_hall, at_zero, at_sea, exact_repeats, open, duplicates
    outcomes: Mapping[str, int]  # rows by 처리구분
    median_days: Mapping[str, float]  # of closed cases, by year of receipt
    full_median_days: Mapping[str, float]  # open cases too, as they will be closed; no duplicates; by year and "all"
    city_hall: tuple[float, float]  # longitude, latitude of the placeholder
    floating: Mapping[str, tuple[float, ...]]  # dong: floating population over its own mean, month by month

    def write(self, folder: Path) -> Path:
        """Write `truth.json` into a folder (never the one with the raw files) and return its path."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / TRUTH_FILE
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True, default=str)
        path.write_text(text + "\n", encoding="utf-8")
        return path
