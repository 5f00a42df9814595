"""The step `patrol` (순찰 우선순위): where to look first, why, and what that buys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sigun.analysis.forecast.backtest import Trial
from sigun.analysis.forecast.horizons import span_of
from sigun.analysis.forecast.outlook import Forecaster, Outlook, estimate
from sigun.analysis.patrol.channels import Heard, heard_in
from sigun.analysis.patrol.check import capacity_table, hours_table, past_year
from sigun.analysis.patrol.evenness import evenness
from sigun.analysis.patrol.field import DETOUR, field_of, roads_for, start_of
from sigun.analysis.patrol.grid_shift import range_over_shifts, shares_by_shift
from sigun.analysis.patrol.listing import Listed, choose_places
from sigun.analysis.patrol.places import places_table
from sigun.analysis.patrol.rounds import days_table, plan_rounds, road_facts, round_facts, routes_table
from sigun.panel.model import Panel
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

if TYPE_CHECKING:
    from sigun.plan.steps import Patrol


@dataclass(frozen=True)
class _Made:
    """A list, the rounds behind it where the plan counts in hours, and what lists like it would have caught."""

    listed: Listed
    capacity: pd.DataFrame
    tables: dict[str, pd.DataFrame]  # routes, days
    facts: list[Fact]


def patrol(step: Patrol, panel: Panel, rng: np.random.Generator) -> Result:
    """Run one `patrol` step of a plan: the list starts at the panel's end."""
    heard = heard_in(panel, step.train_on)
    outlook = Forecaster(heard.panel).outlook(span_of(f"{step.days}d", panel.end), step.days)
    trial = past_year(step, heard.panel)
    make = _by_places if step.hours is None else _by_hours
    made = make(step, heard.panel, outlook, trial, rng)
    places = places_table(outlook, heard.panel, made.listed)
    tables = made.tables | {"places": places, "capacity": made.capacity}
    facts = [*made.facts, *_facts(step, outlook, made), *_heard_facts(heard)]
    if trial is not None and not outlook.places.regional:
        tables["shifts"] = shares_by_shift(
            heard.panel, [o.span for o in trial.outlooks], len(made.listed.place), step.random_share
        )
        facts += _shift_facts(facts, tables["shifts"])
    if step.evenness is not None:
        tables["evenness"] = evenness(heard.panel, step.evenness, places["region"])
        facts.append(Fact("evenness", panel.titles.get(step.evenness, step.evenness)))
    cautions = (*_cautions(step, outlook, trial, heard), *_travel_cautions(step, panel, made))
    return Result("patrol", "forecast", {"facts": facts_table(facts)} | tables, cautions)


def _by_places(step: Patrol, panel: Panel, outlook: Outlook, trial: Trial | None, rng: np.random.Generator) -> _Made:  # noqa: ARG001 - as `_by_hours`
    capacity = step.capacity or 0
    size = min(capacity * step.days, len(outlook.places))
    listed = choose_places(outlook.at_places.mean, size, step.random_share, rng)
    return _Made(listed, capacity_table(step, size, trial, rng), {}, [Fact("capacity", capacity, "places")])


def _by_hours(step: Patrol, panel: Panel, outlook: Outlook, trial: Trial | None, rng: np.random.Generator) -> _Made:
    places, expected = outlook.places, outlook.at_places.mean
    start = start_of(step, panel, places)
    field = field_of(step, panel, places, start, roads_for(step, panel, places, start))
    found = plan_rounds(step, field, expected, rng)
    days = days_table(field, found, expected)
    tables = {"routes": routes_table(field, places, found, expected), "days": days}
    facts = [*round_facts(step, panel, field, days), *road_facts(panel, field, found)]
    return _Made(found.listed, hours_table(step, panel, trial, rng), tables, facts)


def _facts(step: Patrol, outlook: Outlook, made: _Made) -> list[Fact]:
    listed = made.listed
    total = outlook.at_places.mean[listed.place].sum()
    spread = outlook.in_city.spread if outlook.settings.spreads is None else np.array([outlook.settings.spreads.area])
    found = estimate(np.array([total]), spread)
    facts = [
        Fact("days", step.days, "days"),
        Fact("places", len(listed.place), "places"),
        Fact("random_places", int(listed.random.sum()), "places"),
        Fact("expected", float(total), "reports", float(found.low[0]), float(found.high[0])),
        Fact("share_area", len(listed.place) / len(outlook.places), "share"),
    ]
    asked = ("places", len(listed.place)) if step.hours is None else ("hours", step.hours)
    now = made.capacity[made.capacity[asked[0]] == asked[1]]
    if len(now):
        row = now.iloc[0]
        facts += [
            Fact("share_caught", float(row["share_caught"]), "share", float(row["low"]), float(row["high"])),
            Fact("share_last_12m", float(row["share_last_12m"]), "share"),
            Fact("share_random", float(row["share_random"]), "share"),
            Fact(
                "difference_last_12m",
                float(row["difference"]),
                "share",
                float(row["difference_low"]),
                float(row["difference_high"]),
            ),
        ]
    return facts


def _heard_facts(heard: Heard) -> list[Fact]:
    """How many reports are patrols' own finds, where channels are told."""
    facts = [Fact("trained_on", heard.follows)]
    if heard.told:
        facts += [
            Fact("patrol_found", heard.finds, "reports"),
            Fact("patrol_found_share", heard.finds / heard.told, "share"),
        ]
    return facts


def _shift_facts(facts: list[Fact], shifts: pd.DataFrame) -> list[Fact]:
    caught = next(fact.value for fact in facts if fact.name == "share_caught")
    low, high = range_over_shifts(float(caught or 0), shifts)
    return [Fact("share_caught_shift_low", low, "share"), Fact("share_caught_shift_high", high, "share")]


def _cautions(step: Patrol, outlook: Outlook, trial: Trial | None, heard: Heard) -> tuple[Message, ...]:
    said = [
        say(
            N_(
                "The list follows reports and sends nobody where nobody reports. What patrols find themselves should "
                "be recorded apart from citizens' reports."
            )
        )
    ]
    if heard.follows == "all" and heard.finds:
        said.append(
            say(
                N_("The list also follows {n} reports that patrols found themselves: it may go where it went before."),
                n=heard.finds,
            )
        )
    if trial is None:
        said.append(say(N_("There is too little history to say how many reports such a list would have met.")))
    if (step.capacity or 0) * step.days > len(outlook.places):
        said.append(
            say(
                N_("There are only {n} places; the list holds all of them, fewer than the capacity."),
                n=len(outlook.places),
            )
        )
    if step.hours is not None and step.start is None:
        said.append(say(N_("No start was given; the rounds begin in the middle of the study area.")))
    return tuple(said)


def _travel_cautions(step: Patrol, panel: Panel, made: _Made) -> tuple[Message, ...]:
    """What the minutes on the way rest on."""
    if step.hours is None:
        unused = N_("The travel times are not used: the list counts places. Give the step hours to plan rounds.")
        return () if panel.travel is None else (say(unused),)
    number = {fact.name: fact.value for fact in made.facts}
    if "ways" not in number:
        straight = N_(
            "Travel is counted as straight lines times {detour} at an even speed; rivers, one-way streets and "
            "traffic are not in it."
        )
        return (say(straight, detour=DETOUR),)
    if not number["ways_not_told"]:
        return ()
    partly = N_(
        "Of the {ways} ways driven {n} are not in the table of travel times, or join places at the same point of it: "
        "they are counted as straight lines times {detour} and may take longer."
    )
    return (say(partly, ways=number["ways"], n=number["ways_not_told"], detour=DETOUR),)
