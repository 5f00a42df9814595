"""A patrol list by hours (순찰 시간에 맞춘 목록): rounds from a start point, how long they take, the way they go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sigun.analysis.forecast.places import Places
from sigun.analysis.patrol.field import DETOUR, Field
from sigun.analysis.patrol.listing import Listed
from sigun.analysis.patrol.orienteering import SLACK, Days, filled_up, quick_rounds, rounds
from sigun.analysis.patrol.roads import NEAR
from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.region.grid import unproject
from sigun.result import Fact
from sigun.text import N_, say

if TYPE_CHECKING:
    from sigun.plan.steps import Patrol

RUNG = 30.0  # minutes by which budgets rise; the plan counts hours in halves
CANDIDATES = 1000  # places with most expected that a round is made of
LOT = 300  # places drawn that are tried for the time left


@dataclass(frozen=True)
class Rounds:
    """A list of places and the rounds through them."""

    listed: Listed
    days: Days  # numbers of the places


def plan_rounds(step: Patrol, field: Field, expected: FloatArray, rng: np.random.Generator) -> Rounds:
    """Rounds for the days of the plan: most of the time goes where most is expected, the rest where the lot falls.

    Raises
    ------
    MethodError
        The time is too short to reach any place and come back.
    """
    rungs = RUNG * (1 - step.random_share) * np.arange(1, round(_minutes(step) / RUNG) + 1)
    best = _best(expected)
    *_shorter, chosen = rounds(field.ground(best, expected), rungs.tolist(), step.days)
    days = _with_lot(field, expected, _numbers(best, chosen), _minutes(step), step.random_share, rng)
    if not any(days):
        raise MethodError(
            say(N_("In {hours} hours no place can be reached, looked at and left again."), hours=step.hours),
            say(N_("patrol list: hours")),
            say(N_("Give more hours, a nearer start, or fewer minutes a place.")),
        )
    return _in_order(field, expected, days, {place for day in _numbers(best, chosen) for place in day}, _minutes(step))


def rounds_then(
    step: Patrol, field: Field, expected: FloatArray, times: float, random_share: float, rng: np.random.Generator
) -> IntArray:
    """Places of a list made at a past date with `times` the hours, by the quick way; all drawn where the share is 1."""
    minutes = _minutes(step) * times
    days: Days = ((),) * step.days
    if random_share < 1:
        best = _best(expected)
        days = _numbers(best, quick_rounds(field.ground(best, expected), minutes * (1 - random_share), step.days))
    days = _with_lot(field, expected, days, minutes, random_share, rng)
    return np.array([place for day in days for place in day], dtype=np.int64)


def routes_table(field: Field, places: Places, found: Rounds, expected: FloatArray) -> pd.DataFrame:
    """One row a stop: day, order, place, minutes from the start of the day until the patrol is there."""
    parts = []
    for day, stops in enumerate(found.days, start=1):
        at = np.array(stops, dtype=np.int64)
        parts.append(
            places.keys.iloc[at].assign(
                day=day,
                order=np.arange(1, len(at) + 1),
                arrival_minute=_arrivals(field, at, expected),
                expected_count=expected[at],
                rank=_ranks(found.listed, at),
            )
        )
    table = pd.concat(parts, ignore_index=True)
    order = ["day", "order", "rank", "cell_x", "cell_y", "region", "arrival_minute", "expected_count"]
    return table[[c for c in order if c in table]]


def days_table(field: Field, found: Rounds, expected: FloatArray) -> pd.DataFrame:
    """One row a day: places, minutes with the way back, kilometres by road, expected reports."""
    rows = []
    for day, stops in enumerate(found.days, start=1):
        at = np.array(stops, dtype=np.int64)
        ground = field.ground(at, expected)
        km = field.kilometres(at)[_legs(at)].sum()
        rows.append((day, len(at), ground.minutes(range(len(at))), km, float(expected[at].sum())))
    return pd.DataFrame(rows, columns=["day", "places", "minutes", "km", "expected_count"])


def _legs(stops: IntArray) -> tuple[IntArray, IntArray]:
    """From and to of each leg of a day's round, as rows of the field's tables over its stops."""
    path = np.r_[0, 1 : len(stops) + 1, 0]
    return path[:-1], path[1:]


def road_facts(panel: Panel, field: Field, found: Rounds) -> list[Fact]:
    """How many of the ways driven are those of the supplied table."""
    if field.roads is None:
        return []
    told = [field.told(at)[_legs(at)] for at in (np.array(stops, dtype=np.int64) for stops in found.days)]
    card = panel.cards.get(panel.plan.data.travel or "")
    return [
        Fact("ways", sum(len(legs) for legs in told), "ways"),
        Fact("ways_not_told", int(sum((~legs).sum() for legs in told)), "ways"),
        Fact("near_metres", NEAR, "metres"),
        Fact("places_near_ways", float(field.roads.near()[1:].mean()), "share"),
        *([Fact("travel", card.title)] if card is not None else []),
    ]


def round_facts(step: Patrol, panel: Panel, field: Field, days: pd.DataFrame) -> list[Fact]:
    """The time there is, how it is used, and where the rounds start."""
    longitude, latitude = unproject(field.x[:1], field.y[:1], panel.crs)
    return [
        Fact("hours", float(step.hours or 0), "hours"),
        Fact("minutes_per_place", float(step.minutes_per_place), "minutes"),
        Fact("speed_kmh", float(step.speed_kmh), "km/h"),
        Fact("detour", DETOUR, "times"),
        Fact("start_longitude", float(longitude[0]), "degrees"),
        Fact("start_latitude", float(latitude[0]), "degrees"),
        Fact("start_given", int(step.start is not None)),
        Fact("minutes_a_day", float(days["minutes"].mean()), "minutes"),
        Fact("places_a_day", float(days["places"].mean()), "places"),
        Fact("km_a_day", float(days["km"].mean()), "km"),
        Fact("km", float(days["km"].sum()), "km"),
    ]


def _minutes(step: Patrol) -> float:
    return (step.hours or 0.0) * 60


def _best(expected: FloatArray) -> IntArray:
    return np.argsort(-expected, kind="stable")[:CANDIDATES]


def _numbers(best: IntArray, days: Days) -> Days:
    return tuple(tuple(int(best[i]) for i in day) for day in days)


def _with_lot(
    field: Field, expected: FloatArray, days: Days, minutes: float, random_share: float, rng: np.random.Generator
) -> Days:
    """The rounds with places drawn from all others, while they fit into the time left."""
    if random_share == 0:
        return days
    already = np.array([place for day in days for place in day], dtype=np.int64)
    others = np.setdiff1d(np.arange(len(expected)), already)
    drawn = rng.permutation(others)[:LOT]
    nodes = np.concatenate([already, drawn])
    number = {int(place): i for i, place in enumerate(nodes)}
    started = tuple(tuple(number[place] for place in day) for day in days)
    lot = np.arange(len(already), len(nodes))
    return _numbers(nodes, filled_up(field.ground(nodes, expected), started, minutes, lot))


def _in_order(field: Field, expected: FloatArray, days: Days, chosen: set[int], minutes: float) -> Rounds:
    """The fullest day first, each in the direction that meets more early; the list by expectation, drawn ones last."""
    turned = [_direction(field, expected, day, minutes) for day in days if day]
    turned.sort(key=lambda day: (-float(expected[list(day)].sum()), day))
    place = np.array([p for day in turned for p in day], dtype=np.int64)
    drawn = np.array([int(p) not in chosen for p in place], dtype=bool)
    order = np.lexsort((place, -expected[place], drawn))
    return Rounds(Listed(place[order], drawn[order]), tuple(turned))


def _direction(field: Field, expected: FloatArray, day: tuple[int, ...], minutes: float) -> tuple[int, ...]:
    """The direction in which the reports wait less, if the day is not too short for it: ways back may take longer."""

    def waited(stops: tuple[int, ...]) -> float:
        at = np.array(stops, dtype=np.int64)
        return float(_arrivals(field, at, expected) @ expected[at])

    ground, stops = field.ground(np.array(day, dtype=np.int64), expected), range(len(day))
    back = ground.minutes(stops[::-1]) <= minutes + SLACK
    return min((day, day[::-1]) if back else (day,), key=lambda stops: (round(waited(stops), 9), stops))


def _arrivals(field: Field, stops: IntArray, expected: FloatArray) -> FloatArray:
    travel = field.ground(stops, expected).travel
    steps = travel[np.arange(len(stops)), np.arange(1, len(stops) + 1)]
    return np.asarray(np.cumsum(steps) + field.stay * np.arange(len(stops)))


def _ranks(listed: Listed, stops: IntArray) -> IntArray:
    rank = {int(place): i for i, place in enumerate(listed.place, start=1)}
    return np.array([rank[int(place)] for place in stops], dtype=np.int64)
