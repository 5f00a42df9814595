"""Tables of a supply step (수급 결과표): areas, places, and what other distances would say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sigun.analysis.statistics.arrays import FloatArray
from sigun.analysis.supply.catchment import Catchment, Setting, catchments, nearest
from sigun.analysis.supply.sample import Sample
from sigun.analysis.supply.shortage import first_fifth, missing_places, ranks
from sigun.plan.steps import SupplyDemand
from sigun.plan.steps.supply import Decay

DECAYS: tuple[Decay, ...] = ("gaussian", "step", "none")
NEARER, FARTHER = 0.75, 1.5  # of the plan's distance


@dataclass(frozen=True)
class Found:
    """What the settings found; the plan's own is the first."""

    sample: Sample
    settings: tuple[Setting, ...]
    catchments: tuple[Catchment, ...]
    target: float  # places per head of all areas together
    access: tuple[FloatArray, ...]  # (areas,) per head, a setting each
    missing: tuple[FloatArray, ...]  # (areas,) places

    @property
    def demand(self) -> FloatArray:
        """(areas,) heads."""
        return np.asarray(self.sample.areas["demand"].to_numpy(float))


def settings_of(step: SupplyDemand) -> tuple[Setting, ...]:
    """The plan's own way, then a shorter and a longer distance, then the other ways of falling with it."""
    metres = 1000 * step.within_km
    others = (Setting(metres, decay) for decay in DECAYS if decay != step.decay)
    distances = (Setting(metres * times, step.decay) for times in (1.0, NEARER, FARTHER))
    return (*distances, *others)


def find(step: SupplyDemand, sample: Sample) -> Found:
    """Access and missing places of every area under each setting."""
    settings = settings_of(step)
    heads = sample.heads
    places = sample.places
    at, capacity = places[["x", "y"]].to_numpy(float), places["capacity"].to_numpy(float)
    found = catchments(sample.points, heads, at, capacity, settings)
    target = float(capacity.sum() / heads.sum())
    access = tuple(sample.by_area(one.access) for one in found)
    demand = sample.areas["demand"].to_numpy(float)
    missing = tuple(missing_places(one, demand, target) for one in access)
    return Found(sample, settings, found, target, access, missing)


def areas_table(found: Found, per: float) -> pd.DataFrame:
    """One row an area, that which lacks most first."""
    sample, own = found.sample, found.catchments[0]
    areas = sample.areas.copy()
    inside = _inside(sample)
    areas[["places", "capacity", "enrolled"]] = inside[["places", "capacity", "enrolled"]].to_numpy()
    areas["places"] = areas["places"].astype("int64")
    if sample.waiting is None:
        areas["waiting"] = inside["waiting"].to_numpy()
    areas["used"] = _divided(inside["enrolled"], inside["offered"])
    areas["waiting_rate"] = per * _divided(areas["waiting"], areas["demand"])
    areas["balance"] = per * _divided(areas["capacity"], areas["demand"])
    areas["access"] = per * found.access[0]
    areas["reached_share"] = sample.by_area(own.reached.astype(float))
    places = sample.places[["x", "y"]].to_numpy(float)
    areas["nearest_km"] = sample.by_area(nearest(sample.points, places)) / 1000
    areas["missing"] = found.missing[0]
    areas["rank"] = ranks(found.missing[0])
    areas["among"] = sum(first_fifth(one).astype("int64") for one in found.missing)
    areas["settings"] = len(found.settings)
    areas["trust"] = _trust(areas)
    areas["state"] = _state(areas, per * found.target)
    order = areas["rank"].where(areas["rank"] > 0, len(areas) + 1)
    return areas.iloc[np.lexsort((areas["region"].to_numpy(object), order))].reset_index(drop=True)


def _trust(areas: pd.DataFrame) -> pd.Series:
    """firm: among the fifth that lack most whatever the setting; mixed: under some; empty: under none."""
    said = np.where(areas["among"] == areas["settings"], "firm", np.where(areas["among"] > 0, "mixed", ""))
    return pd.Series(said, index=areas.index, dtype="str")


def _state(areas: pd.DataFrame, target: float) -> pd.Series:
    """lacking: little inside and little within reach; shared: enough inside, but others draw on it; served: little
    inside, and enough within reach; enough: both; empty where nobody needs any."""
    inside, reach = (areas[name].fillna(np.inf) >= target for name in ("balance", "access"))
    said = np.select([inside & reach, inside & ~reach, ~inside & reach], ["enough", "shared", "served"], "lacking")
    return pd.Series(np.where(areas["demand"] > 0, said, ""), index=areas.index, dtype="str")


def _inside(sample: Sample) -> pd.DataFrame:
    """Places, capacity, users and waiting inside each area; users and waiting are NaN where no place tells them."""
    held = sample.places
    both = held["enrolled"].notna() & held["capacity"].gt(0)
    held = held.assign(places=1, offered=held["capacity"].where(both))
    by_region = held.groupby("region")
    counts = by_region[["places", "capacity"]].sum()
    told = by_region[["enrolled", "waiting", "offered"]].sum(min_count=1)
    table = counts.join(told).reindex(sample.areas["region"])
    return table.fillna({"places": 0, "capacity": 0}).reset_index(drop=True)


def _divided(above: pd.Series, below: pd.Series) -> FloatArray:
    top, bottom = above.to_numpy(float), below.to_numpy(float)
    return np.asarray(np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom > 0))


def places_table(found: Found, per: float) -> pd.DataFrame:
    """One row a place, in the order of the file."""
    sample, own = found.sample, found.catchments[0]
    names = dict(zip(sample.areas["region"], sample.areas["name"], strict=True))
    table = sample.places[["id", "kind", "region", "x", "y", "capacity", "enrolled", "waiting"]].copy()
    table.insert(3, "name", table["region"].map(names).astype("str"))
    table["used"] = _divided(table["enrolled"], table["capacity"])
    return table.assign(sought=own.sought, ratio=per * own.ratio).reset_index(drop=True)


def sensitivity_table(found: Found) -> pd.DataFrame:
    """One row a setting: how far its answer is the plan's own."""
    return pd.DataFrame(list(_settings(found)))


def _settings(found: Found) -> Iterator[dict[str, object]]:
    first = first_fifth(found.missing[0])
    heads = found.sample.heads
    for at, setting in enumerate(found.settings):
        missing, own = found.missing[at], found.catchments[at]
        most = ranks(missing) == 1
        yield {
            "setting": at,
            "within_km": setting.metres / 1000,
            "decay": setting.decay,
            "reached_share": float(heads[own.reached].sum() / heads.sum()),
            "short": int((missing > 0).sum()),
            "missing": float(missing.sum()),
            "first": int(first.sum()),
            "kept": int((first & first_fifth(missing)).sum()),
            "alike": alike(found.access[0], found.access[at]),
            "most": str(found.sample.areas["name"].to_numpy(object)[most][0]) if most.any() else "",
        }


def alike(one: Sequence[float] | FloatArray, other: Sequence[float] | FloatArray) -> float:
    """Rank correlation of two orders; NaN where all are equal in one of them.

    >>> alike([1.0, 2.0, 3.0], [2.0, 4.0, 9.0]), alike([1.0, 2.0, 3.0], [3.0, 2.0, 1.0])
    (1.0, -1.0)
    """
    placed = pd.DataFrame({"one": one, "other": other}).rank()
    if (placed.nunique() < 2).any():
        return float("nan")
    return round(float(placed["one"].corr(placed["other"])), 12)
