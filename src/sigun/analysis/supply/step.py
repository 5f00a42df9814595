"""The step `supply_demand` (수급분석): where how many places are missing within a distance. It describes only."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sigun.analysis.supply.sample import AnyPanel, Sample, sample
from sigun.analysis.supply.shortage import first_fifth
from sigun.analysis.supply.tables import Found, areas_table, find, places_table, sensitivity_table
from sigun.panel.regional.model import RegionPanel
from sigun.panel.regional.next_to import thinned
from sigun.plan.steps import SupplyDemand
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

NAMED = 5
TOLD = 0.05  # of the capacity: places that nobody reaches are said


def supply_demand(step: SupplyDemand, panel: AnyPanel, rng: np.random.Generator) -> Result:  # noqa: ARG001 - no chance
    """Run one `supply_demand` step of a plan.

    Raises
    ------
    MethodError
        There are no places, or no areas, that can be looked at.
    """
    seen = sample(step, panel)
    found = find(step, seen)
    areas = areas_table(found, step.per)
    tables = {
        "areas": areas,
        "places": places_table(found, step.per),
        "sensitivity": sensitivity_table(found),
        "outline": _outline(panel),
        "facts": facts_table(_facts(step, panel, found, areas)),
    }
    return Result("supply_demand", "description", tables, tuple(_cautions(step, panel, found)))


def _outline(panel: AnyPanel) -> pd.DataFrame:
    """Corners of the outlines for the map: region, ring, x, y."""
    if isinstance(panel, RegionPanel):
        assert panel.outlines is not None  # else no place could be located
        return panel.outlines
    return thinned(panel.outlines)


def _facts(step: SupplyDemand, panel: AnyPanel, found: Found, areas: pd.DataFrame) -> Iterator[Fact]:
    seen, own, heads = found.sample, found.catchments[0], found.sample.heads
    card = panel.cards[step.facilities]
    columns = {str(c.id): c for c in card.values()}
    capacity = columns.get(step.capacity or "")
    told = seen.places[seen.places["enrolled"].notna() & seen.places["capacity"].gt(0)]
    yield Fact("facilities", card.title)
    yield Fact("kinds", ", ".join(step.kinds))
    yield Fact("demand", seen.demand.title)
    yield Fact("demand_unit", seen.demand.unit)
    yield Fact("demand_period", seen.demand.period)
    yield Fact("as_of", _as_of(seen.places["period"]))
    yield Fact("capacity", "" if capacity is None else capacity.title or capacity.name)
    yield Fact("capacity_unit", "" if capacity is None else capacity.unit)
    yield Fact("decay", step.decay)
    yield Fact("within_km", float(step.within_km), "km")
    yield Fact("per", float(step.per))
    yield Fact("areas", len(areas), "areas")
    yield Fact("areas_unknown", len(seen.unknown), "areas")
    yield Fact("points", len(seen.points))
    yield Fact("places", len(seen.places), "places")
    yield Fact("capacity_total", float(seen.places["capacity"].sum()))
    yield Fact("demand_total", float(found.demand.sum()))
    yield Fact("target", step.per * found.target)
    yield Fact("reached_share", float(heads[own.reached].sum() / heads.sum()), "share")
    yield Fact("short", int((found.missing[0] > 0).sum()), "areas")
    yield Fact("missing", float(found.missing[0].sum()))
    yield Fact("first", int(first_fifth(found.missing[0]).sum()), "areas")
    yield Fact("firm", int((areas["trust"] == "firm").sum()), "areas")
    yield Fact("settings", len(found.settings))
    if len(told):
        yield Fact("enrolled_total", float(told["enrolled"].sum()))
        yield Fact("used", float(told["enrolled"].sum() / told["capacity"].sum()), "share")
        yield Fact("overfull", int((told["enrolled"] > told["capacity"]).sum()), "places")
    if areas["waiting"].notna().any():
        yield Fact("waiting_total", float(areas["waiting"].sum()))


def _as_of(days: pd.Series) -> str:
    """First and last day the places are as of; empty where nobody says."""
    told = days.dropna()
    if told.empty:
        return ""
    first, last = (str(day.date()) for day in (told.min(), told.max()))
    return last if first == last else f"{first} ~ {last}"


def _cautions(step: SupplyDemand, panel: AnyPanel, found: Found) -> Iterator[Message]:
    seen = found.sample
    yield say(N_("Distances are straight lines: rivers, hills and the ways round them are not in them."))
    if panel.plan.data.travel:
        yield say(N_("The plan's travel times are not used here; distances are straight lines."))
    said = N_("Inside an area the demand is spread evenly over points ({n} in all); where people live is not told.")
    yield say(said, n=len(seen.points))
    yield say(N_("Places and people beyond the border are not counted: near it, access may be other than told."))
    yield say(N_("A place counts by what it holds, not by what it costs, how good it is, or whom it takes."))
    yield from _dates(seen)
    yield from _left_out(step, seen)
    yield from _beyond(found)


def _dates(seen: Sample) -> Iterator[Message]:
    as_of = _as_of(seen.places["period"])
    if as_of:
        yield say(N_("The places are as of {day}."), day=as_of)
    else:
        yield say(N_("The file of places does not say as of which day it is."))
    if seen.demand.period:
        yield say(N_("“{name}” is that of {period}."), name=seen.demand.title, period=seen.demand.period)


def _left_out(step: SupplyDemand, seen: Sample) -> Iterator[Message]:
    lost = seen.lost
    if step.capacity is None:
        yield say(N_("No column of the capacity was named: each place counts as one."))
    counted = (
        (lost.other_kinds, N_("{n} places of other kinds were left out, as the plan asks.")),
        (lost.outside, N_("{n} places outside every outline were left out.")),
        (lost.untold, N_("{n} places that do not tell what they hold were left out.")),
        (lost.elsewhere, N_("{n} places in areas that are left out were left out with them.")),
        (seen.nowhere, N_("{n} areas have no outline and were left out.")),
        (seen.demand.suppressed, N_("In {n} areas the demand is hidden; they were left out.")),
    )
    for n, said in counted:
        if n:
            yield say(said, n=n)
    if seen.unknown:
        names = ", ".join(seen.unknown[:NAMED]) + (" …" if len(seen.unknown) > NAMED else "")
        yield say(N_("{n} areas tell no demand and were left out: {names}."), n=len(seen.unknown), names=names)


def _beyond(found: Found) -> Iterator[Message]:
    places, own = found.sample.places, found.catchments[0]
    nobody = np.isnan(own.ratio)
    share = float(places.loc[nobody, "capacity"].sum() / places["capacity"].sum())
    if share >= TOLD:
        said = N_("{n} places, with {percent} % of all capacity, have nobody within the distance.")
        yield say(said, n=int(nobody.sum()), percent=round(100 * share, 1))
    full = places["enrolled"] > places["capacity"]
    if full.any():
        yield say(
            N_("At {n} places more are enrolled than they hold: one of the two may be out of date."), n=int(full.sum())
        )
