"""What a supply step looks at (수급 표본): demand of each area, where it lies, and the places with what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np
import pandas as pd

from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.errors import MethodError
from sigun.panel.facilities import Facilities
from sigun.panel.model import Panel
from sigun.panel.regional.model import STATES, STATUS, SUPPRESSED, RegionPanel
from sigun.panel.regional.span import written
from sigun.plan.steps import SupplyDemand
from sigun.text import N_, say

AnyPanel = Panel | RegionPanel
WHERE = N_("supply and demand")


@dataclass(frozen=True)
class Told:
    """One column of the areas."""

    values: pd.Series  # by region, NaN where not told
    title: str
    unit: str = ""
    period: str = ""  # as written; empty where the table tells none
    suppressed: int = 0  # areas whose value is hidden


@dataclass(frozen=True)
class Lost:
    """Places of the file that are not looked at."""

    other_kinds: int = 0
    outside: int = 0  # of every outline
    untold: int = 0  # capacity not told
    elsewhere: int = 0  # in areas that are left out


@dataclass(frozen=True)
class Sample:
    """Areas, points and places of one step."""

    areas: pd.DataFrame  # region, name, demand, waiting: of those with points and a known demand, in order of region
    points: FloatArray  # (n, 2) metres
    area: IntArray  # (n,) row of `areas` each point belongs to
    places: pd.DataFrame  # id, kind, period, region, x, y, capacity, enrolled, waiting
    demand: Told
    waiting: Told | None  # told by area; none: by place, or not at all
    lost: Lost
    unknown: tuple[str, ...]  # names of areas without a known demand
    nowhere: int  # areas with a known demand and no outline

    @property
    def heads(self) -> FloatArray:
        """(n,) the demand at each point: an equal share of its area's."""
        each = np.bincount(self.area, minlength=len(self.areas))
        return np.asarray((self.areas["demand"].to_numpy(float) / each)[self.area], float)

    def by_area(self, at_points: FloatArray) -> FloatArray:
        """(areas,) the mean over an area's points."""
        each = np.bincount(self.area, minlength=len(self.areas))
        return np.asarray(np.bincount(self.area, at_points, len(self.areas)) / each, float)


def sample(step: SupplyDemand, panel: AnyPanel) -> Sample:
    """What the step asks of the panel.

    Raises
    ------
    MethodError
        There are no places, or no areas, that can be looked at.
    """
    where = _located(panel)
    if where is None or step.facilities not in where.tables:
        raise MethodError(
            say(N_("Where the areas lie is not known, so no distance can be told.")),
            say(WHERE),
            say(N_("Name outlines of the areas under data.outlines.")),
        )
    places, lost = _places(step, where.tables[step.facilities])
    names = _names(panel)
    demand = area_column(panel, step.demand)
    card = panel.cards[step.facilities]
    of_places = step.waiting is None or any(c.id == step.waiting for c in card.values())
    waiting = None if of_places else area_column(panel, str(step.waiting))
    located = set(where.points["region"])
    table = pd.DataFrame({"region": names.index, "name": names.to_numpy()})
    table["demand"] = table["region"].map(demand.values).astype(float)
    table["waiting"] = np.nan if waiting is None else table["region"].map(waiting.values).astype(float)
    known = table["demand"].ge(0)
    there = table["region"].isin(located)
    areas = table[known & there].sort_values("region", ignore_index=True)
    _require_areas(areas, step)
    here = places["region"].isin(areas["region"])
    lost = replace(lost, elsewhere=int((~here).sum()))
    order = {region: at for at, region in enumerate(areas["region"])}
    points = where.points[where.points["region"].isin(order)]
    return Sample(
        areas=areas,
        points=points[["x", "y"]].to_numpy(float),
        area=points["region"].map(order).to_numpy(np.int64),
        places=_held(places[here], step),
        demand=demand,
        waiting=waiting,
        lost=lost,
        unknown=tuple(table.loc[~known, "name"]),
        nowhere=int((known & ~there).sum()),
    )


def _located(panel: AnyPanel) -> Facilities | None:
    return panel.facilities


def _names(panel: AnyPanel) -> pd.Series:
    """Region -> name; of two regions of one name the full one."""
    if isinstance(panel, RegionPanel):
        units = panel.units
        twice = units["name"].duplicated(keep=False)
        return pd.Series(units["name"].mask(twice, units["full"]).to_numpy(), index=units["unit"])
    shapes = pd.DataFrame(panel.outlines)[["region", "name"]]
    return pd.Series(shapes["name"].fillna(shapes["region"]).to_numpy(), index=shapes["region"])


def area_column(panel: AnyPanel, name: str) -> Told:
    """A column of the areas: of a panel of periods in the last one that tells any, else the one value there is.

    Raises
    ------
    MethodError
        No area tells it.
    """
    if isinstance(panel, RegionPanel):
        return _at_the_end(panel, name)
    if panel.areas is None or name not in panel.areas:
        raise _untold(name)
    values = panel.areas.set_index("region")[name].astype(float)
    if not values.notna().any():
        raise _untold(name)
    return Told(values[~values.index.duplicated()], panel.titles.get(name, name), panel.units.get(name, ""))


def _at_the_end(panel: RegionPanel, name: str) -> Told:
    told = panel.frame.loc[panel.frame[name].notna(), "period"]
    if told.empty:
        raise _untold(name)
    rows = panel.frame[panel.frame["period"] == told.max()].set_index("region")
    row = panel.dictionary.set_index("variable").loc[name]
    hidden = int((rows[f"{name}{STATUS}"] == STATES[SUPPRESSED]).sum()) if f"{name}{STATUS}" in rows else 0
    period = written(told.max(), panel.span)
    return Told(rows[name].astype(float), str(row["title"]), str(row["unit"] or ""), period, hidden)


def _untold(name: str) -> MethodError:
    return MethodError(
        say(N_("No area tells “{name}”."), name=name),
        say(WHERE),
        say(N_("Name another column under `demand`, or mend the table's areas and periods.")),
    )


def _places(step: SupplyDemand, table: pd.DataFrame) -> tuple[pd.DataFrame, Lost]:
    """The places that count, each with what it holds."""
    kept = table if not step.kinds else table[_of_kinds(step, table)]
    columns: Mapping[str, str | None] = {
        "capacity": step.capacity,
        "enrolled": step.enrolled,
        "waiting": step.waiting if step.waiting in table else None,
    }
    shown = kept[["id", "kind", "period", "region", "x", "y"]].copy()
    for name, column in columns.items():
        shown[name] = kept[column].astype(float) if column is not None else 1.0 if name == "capacity" else np.nan
    outside = shown["region"].isna()
    _require_inside(outside, step)
    untold = ~outside & shown["capacity"].isna()
    lost = Lost(len(table) - len(kept), int(outside.sum()), int(untold.sum()))
    return shown[~outside & ~untold], lost


def _held(places: pd.DataFrame, step: SupplyDemand) -> pd.DataFrame:
    """The places that count.

    Raises
    ------
    MethodError
        They hold nothing.
    """
    if places["capacity"].sum() > 0:
        return places.reset_index(drop=True)
    raise MethodError(
        say(N_("No place is left that holds anything.")),
        say(N_("card {card}"), card=step.facilities),
        say(N_("Look at the column of the capacity in the card, and at `kinds` in the plan.")),
    )


def _of_kinds(step: SupplyDemand, table: pd.DataFrame) -> pd.Series:
    """The rows of the kinds asked for.

    Raises
    ------
    MethodError
        A kind that no place is of.
    """
    known = sorted(table["kind"].dropna().unique())
    lacking = [kind for kind in step.kinds if kind not in known]
    if not lacking:
        return table["kind"].isin(step.kinds)
    near = [name for kind in lacking for name in get_close_matches(kind, known, 3, 0.4)] or known[:8]
    raise MethodError(
        say(N_("No place is of the kind “{kinds}”."), kinds=", ".join(lacking)),
        say(N_("plan, steps.supply_demand.kinds")),
        say(N_("Kinds of the file: {names}."), names=", ".join(dict.fromkeys(near)) or "–"),
    )


def _require_inside(outside: pd.Series, step: SupplyDemand) -> None:
    """Most places outside every outline are read in a wrong system, or of another city."""
    if len(outside) and outside.mean() <= 0.5:
        return
    raise MethodError(
        say(N_("{outside} of {n} places lie outside the outlines."), outside=int(outside.sum()), n=len(outside)),
        say(N_("card {card}, coordinates"), card=step.facilities),
        say(N_("Look at `crs` in the card (in Korea often EPSG:5181 or EPSG:5186), or add the place's outlines.")),
    )


def _require_areas(areas: pd.DataFrame, step: SupplyDemand) -> None:
    if len(areas) > 1 and areas["demand"].sum() > 0:
        return
    raise MethodError(
        say(N_("{n} areas have an outline and a known demand; at least two are needed."), n=len(areas)),
        say(N_("plan, steps.supply_demand.demand: {name}"), name=step.demand),
        say(N_("Check that the areas of the table and of the outlines are the same, and name a count under `demand`.")),
    )
