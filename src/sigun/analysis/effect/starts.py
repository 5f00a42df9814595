"""Who began when (시행 시점 읽기): a plan's words of regions and periods, found in the panel."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import pandas as pd

from sigun.analysis.effect.policy import NEVER
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray
from sigun.errors import MethodError, require
from sigun.panel.regional.model import RegionPanel
from sigun.plan.steps.effect import Treatment
from sigun.region.spelling import ALIASES
from sigun.text import N_, Message, say


@dataclass(frozen=True)
class Wide:
    """The panel's columns as arrays."""

    panel: RegionPanel
    regions: pd.Series[str]
    periods: pd.Index

    def of(self, name: str) -> FloatArray:
        """(n, t) one column."""
        table = self.panel.frame.pivot(index="region", columns="period", values=name)
        return np.asarray(table.reindex(index=self.regions, columns=self.periods).to_numpy(float))


def starts_of(
    treatment: Treatment, wide: Wide, units: pd.DataFrame, labels: Sequence[str], method: str
) -> tuple[IntArray, BoolArray]:
    """First treated period of each region, and whether it cannot be known.

    Raises
    ------
    MethodError
        A region or period of the list is none of the panel's.
    """
    if treatment.variable is None:
        return _listed(treatment, units, labels, method), np.zeros(len(units), dtype=bool)
    value = wide.of(treatment.variable)
    on = value > treatment.above  # NaN is not above
    start = np.where(on.any(axis=1), on.argmax(axis=1), NEVER).astype(np.int64)
    before = np.arange(len(labels)) < start[:, None]
    return start, np.asarray((np.isnan(value) & before).any(axis=1))


def _listed(treatment: Treatment, units: pd.DataFrame, labels: Sequence[str], method: str) -> IntArray:
    known = spellings(units)
    start = np.full(len(units), NEVER, dtype=np.int64)
    wrong = []
    for said, first in treatment.starts.items():
        places = known.get(said.strip(), [])
        at = place_of(str(first), labels)
        if len(places) == 1 and at is not None:
            start[places[0]] = at
        else:
            where = say(N_("plan, steps.{method}.treatment.starts: {name}"), method=method, name=said)
            wrong.append(
                no_region(said, places, known, units, where) if len(places) != 1 else _no_period(str(first), where)
            )
    require(wrong)
    return start


def no_region(
    said: str, places: Sequence[int], known: Mapping[str, list[int]], units: pd.DataFrame, where: Message
) -> MethodError:
    """That a name written in the plan is no region of the panel, or several."""
    if not places:
        near = get_close_matches(said, sorted(known), 3, 0.5)
        remedy = N_("Write its name with its 시도, or its code. Near: {names}")
        return MethodError(
            say(N_("The panel has no region “{name}”."), name=said), where, say(remedy, names=", ".join(near) or "-")
        )
    fulls = ", ".join(units["full"].iloc[list(places)])
    return MethodError(
        say(N_("“{name}” is the name of several regions."), name=said),
        where,
        say(N_("Write which: {names}"), names=fulls),
    )


def _no_period(first: str, where: Message) -> MethodError:
    return MethodError(
        say(N_("“{start}” is no period."), start=first), where, say(N_("Write 2015, 2015-03 or 2015-Q2."))
    )


def spellings(units: pd.DataFrame) -> dict[str, list[int]]:
    """Every way a region may be written -> its places."""
    known: dict[str, list[int]] = {}
    parts = units[["unit", "name", "full", "sido_name"]].astype("str").itertuples(index=False, name=None)
    for place, (unit, name, full, sido) in enumerate(parts):
        ways = (unit, name, full, f"{sido} {name}", f"{ALIASES.get(sido, sido)} {name}")
        for spelt in {way.strip() for way in ways}:  # a region of the table's own lies in no 시도
            known.setdefault(spelt, []).append(place)
    return known


def place_of(start: str, labels: Sequence[str]) -> int | None:
    """The place of the first period that is not before `start`; NEVER after the last; none where it is no period.

    >>> labels = ["2014", "2015", "2016"]
    >>> [place_of(s, labels) for s in ("2015", "2015-03", "2010", "2030", "soon")]
    [1, 1, 0, 1000000, None]
    >>> place_of("2015-05", ["2015-Q1", "2015-Q2"])
    1
    """
    key = key_of(start)
    if not key:
        return None
    if "Q" in labels[0] and "Q" not in start and len(key) > 1:
        key = (key[0], (key[1] + 2) // 3)
    for place, label in enumerate(labels):
        if key_of(label) >= key[: len(key_of(label))]:
            return place
    return NEVER


def key_of(period: str) -> tuple[int, ...]:
    """Year, then month or quarter, then day, as far as they are told."""
    return tuple(map(int, re.findall(r"\d+", period)))
