"""When and where reports arise in the made-up city (신고의 발생): first reports, what they draw after them, repeats.

A first report falls on a day and a dong by a Poisson draw, then on a house. It may draw new vehicles nearby and
second reports of itself; both die within three weeks. All arrays have one entry a report.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from sigun.recipes.vehicles.city import City
from sigun.recipes.vehicles.truth import Planted

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

NEARBY_METRES = 70.0  # standard deviation each way of a vehicle left near another
SAME_METRES = 10.0  # ... of where a second report of the same vehicle is put


@dataclass(frozen=True)
class Days:
    """The calendar of the simulation, one entry a day."""

    date: NDArray[np.datetime64]
    month: IntArray  # 0–11
    index: IntArray  # month since the first
    weekday: IntArray  # 0 = Monday
    hole: BoolArray
    campaign: BoolArray
    level: FloatArray  # trend × regime × season: what moves slowly

    def __len__(self) -> int:
        return len(self.date)


@dataclass(frozen=True)
class Reports:
    """Reports in no particular order. `first` is the position of the first report of the same vehicle."""

    day: IntArray
    house: IntArray
    patrol: BoolArray
    first: IntArray


def build_days(planted: Planted) -> Days:
    """The calendar: what day it is, and what the settings say of it."""
    date = np.arange(np.datetime64(planted.start), np.datetime64(planted.end))
    months = date.astype("datetime64[M]").astype(np.int64)
    month = months % 12
    years = np.arange(len(date)) / 365.25
    regime = np.where(date >= np.datetime64(planted.regime), planted.regime_ratio, 1.0)
    return Days(
        date=date,
        month=month,
        index=months - months[0],
        weekday=(date.astype(np.int64) + 3) % 7,  # 1970-01-01 was a Thursday
        hole=(date >= np.datetime64(planted.hole[0])) & (date < np.datetime64(planted.hole[1])),
        campaign=np.isin(month + 1, planted.campaign_months),
        level=(1 + planted.yearly_change) ** years * regime * np.array(planted.month)[month],
    )


def draw_reports(
    rng: np.random.Generator, city: City, days: Days, rain: FloatArray, float_index: FloatArray, planted: Planted
) -> Reports:
    """Every report of the city.

    `rain` (days,) in mm; `float_index` (dongs, months), the floating population over the average of its dong.
    """
    wet = planted.rain_ratio ** (rain / 10)
    citizen = expected_a_day(days, wet, planted) * (1 - planted.patrol_share)
    patrol = patrol_a_day(days, wet, planted)
    pull = float_index[:, days.index].T ** planted.floating_elasticity
    parts = [draw_first(rng, city, flow[:, None] * city.share * pull) for flow in (citizen, patrol)]
    first = Reports(
        day=np.concatenate([day for day, _ in parts]),
        house=np.concatenate([house for _, house in parts]),
        patrol=np.repeat([False, True], [len(day) for day, _ in parts]),
        first=np.arange(sum(len(day) for day, _ in parts)),
    )
    chance = chance_of_report(days, wet, planted)
    tree = cKDTree(np.column_stack([city.x, city.y]))
    grown = add_nearby(rng, first, chance, tree, planted)
    grown = add_chronic(rng, grown, city, chance, planted)
    return add_repeats(rng, grown, chance, tree, planted)


def expected_a_day(days: Days, wet: FloatArray, planted: Planted) -> FloatArray:
    """First reports a day by citizens, if they made them all."""
    rhythm = np.array(planted.weekday) / np.mean(planted.weekday)
    flow: FloatArray = planted.reports_a_day * days.level * rhythm[days.weekday] * wet * ~days.hole
    return flow


def patrol_a_day(days: Days, wet: FloatArray, planted: Planted) -> FloatArray:
    """First reports a day by patrols: working days, Wednesdays above all, and more in a campaign."""
    rhythm = np.array(planted.patrol_weekday) / np.mean(planted.patrol_weekday)
    effort = np.where(days.campaign, planted.campaign_ratio, 1.0)
    flow: FloatArray = planted.reports_a_day * days.level * rhythm[days.weekday] * effort * wet * ~days.hole
    return planted.patrol_share * flow


def chance_of_report(days: Days, wet: FloatArray, planted: Planted) -> FloatArray:
    """Beside the busiest kind of day, how likely each day is to see a report that is due."""
    chance: FloatArray = np.array(planted.weekday)[days.weekday] / max(planted.weekday) * wet * ~days.hole
    return chance


def expected_reports(days: Days, rain: FloatArray, planted: Planted) -> FloatArray:
    """Reports to expect each day that are not closed as duplicates: first ones, what they draw, second ones."""
    wet = planted.rain_ratio ** (rain / 10)
    chance = chance_of_report(days, wet, planted)
    first = expected_a_day(days, wet, planted) * (1 - planted.patrol_share) + patrol_a_day(days, wet, planted)
    vehicles = first + expected_after(first, planted.nearby, chance, planted)
    vehicles = vehicles + planted.chronic * chance / chance.sum()
    second = expected_after(vehicles, planted.repeats, chance, planted)
    return np.asarray(vehicles + (1 - planted.repeat_closed_as_duplicate) * second, dtype=float)


def expected_after(parents: FloatArray, ratio: float, chance: FloatArray, planted: Planted) -> FloatArray:
    """Followers to expect each day, as `followers` draws them."""
    gone = 1 - np.exp(-np.arange(planted.burst_limit) / planted.burst_mean)  # share of delays of less than a day more
    delay = np.concatenate([[0.0], np.diff(gone) / gone[-1]])
    return np.asarray(np.convolve(parents, delay)[: len(parents)] * chance * ratio / chance[chance > 0].mean())


def draw_first(rng: np.random.Generator, city: City, mean: FloatArray) -> tuple[IntArray, IntArray]:
    """Day and house of every first report; `mean` (days, dongs)."""
    count = rng.poisson(mean)
    day, dong = np.nonzero(count)
    times = count[day, dong]
    day, dong = np.repeat(day, times), np.repeat(dong, times)
    return day, draw_house(rng, city, dong)


def draw_house(rng: np.random.Generator, city: City, dong: IntArray) -> IntArray:
    """A house in each given dong, by weight. Weights sum to one a dong: dong k owns (k, k + 1] of the running sum."""
    return np.searchsorted(np.cumsum(city.weight), dong + rng.random(len(dong)) * (1 - 1e-9)).astype(np.int64)


def draw_delay(rng: np.random.Generator, n: int, planted: Planted) -> IntArray:
    """Whole days until a follower: exponential, at least one, none after the limit."""
    within = 1 - np.exp(-(planted.burst_limit - 1) / planted.burst_mean)
    days: FloatArray = -planted.burst_mean * np.log1p(-rng.random(n) * within)
    return 1 + np.floor(days).astype(np.int64)


def followers(
    rng: np.random.Generator, parent: Reports, ratio: float, chance: FloatArray, planted: Planted
) -> tuple[IntArray, IntArray]:
    """Position of the parent and day of each follower, thinned by the chance that its day is one for reporting."""
    times = rng.poisson(ratio / chance[chance > 0].mean(), len(parent.day))
    source = np.repeat(np.arange(len(parent.day)), times)
    day = parent.day[source] + draw_delay(rng, len(source), planted)
    kept = (day < len(chance)) & (rng.random(len(day)) < chance[np.minimum(day, len(chance) - 1)])
    return source[kept], day[kept]


def shift(rng: np.random.Generator, tree: cKDTree, house: IntArray, metres: float) -> IntArray:
    """The house nearest to a point some metres from each house."""
    place = tree.data[house] + rng.normal(0, metres, (len(house), 2))
    return np.asarray(tree.query(place)[1], dtype=np.int64)


def add_nearby(
    rng: np.random.Generator, first: Reports, chance: FloatArray, tree: cKDTree, planted: Planted
) -> Reports:
    """New vehicles left where one stands already, reported by citizens."""
    source, day = followers(rng, first, planted.nearby, chance, planted)
    return joined(first, day, shift(rng, tree, first.house[source], NEARBY_METRES))


def add_chronic(
    rng: np.random.Generator, reports: Reports, city: City, chance: FloatArray, planted: Planted
) -> Reports:
    """One address that keeps calling, each time about another vehicle."""
    where = city.dong[city.hot[0]] if len(city.hot) else 0
    house = rng.choice(np.flatnonzero(city.dong == where))
    day = rng.choice(len(chance), size=planted.chronic, p=chance / chance.sum())
    return joined(reports, day.astype(np.int64), np.full(planted.chronic, house, dtype=np.int64))


def joined(reports: Reports, day: IntArray, house: IntArray) -> Reports:
    """The reports and some more vehicles, first reported by citizens."""
    total = len(reports.day) + len(day)
    return Reports(
        np.concatenate([reports.day, day]),
        np.concatenate([reports.house, house]),
        np.concatenate([reports.patrol, np.zeros(len(day), dtype=bool)]),
        np.arange(total),
    )


def add_repeats(
    rng: np.random.Generator, reports: Reports, chance: FloatArray, tree: cKDTree, planted: Planted
) -> Reports:
    """Second reports of the same vehicle, from the same door or the next."""
    source, day = followers(rng, reports, planted.repeats, chance, planted)
    more = joined(reports, day, shift(rng, tree, reports.house[source], SAME_METRES))
    return Reports(more.day, more.house, more.patrol, np.concatenate([reports.first, source]))
