"""What went into the total (전체 수에 든 것): withdrawals to come, weather and campaigns, and what they came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sigun.analysis.forecast.campaigns import known_at, within
from sigun.analysis.forecast.conditions import Conditions
from sigun.analysis.forecast.day_weather import foretold
from sigun.analysis.forecast.learning import Learned, WeatherTried
from sigun.analysis.forecast.outlook import Outlook, total_of
from sigun.analysis.statistics.intervals import z_of
from sigun.result import Fact
from sigun.text import N_, Message, say

RECENT = 28  # days whose reports are still to lose most of those that leave


def facts_of(outlook: Outlook, conditions: Conditions) -> list[Fact]:
    """What moved this total, a fact each; what the plan does not ask for has none."""
    return [*_leaving([outlook]), *_weather([outlook], conditions), *_campaigns(outlook, conditions)]


def facts_of_many(outlooks: Sequence[Outlook], conditions: Conditions) -> list[Fact]:
    """The same for the origins of a check on the past: how many looked at what, and how far totals were lowered."""
    told = [*_leaving(outlooks), *_weather(outlooks, conditions)]
    if conditions.campaigns:
        inside = [
            o for o in outlooks if _in_campaigns(o, conditions) and conditions.campaign_effect(o.past).learned_from
        ]
        told.append(Fact("campaign_origins", len(inside), "origins"))
    return told


def cautions_of(outlook: Outlook, conditions: Conditions) -> list[Message]:
    """What weakens these answers."""
    said = []
    if conditions.campaigns and conditions.campaign_effect(outlook.past).learned_from == 1:
        said.append(say(N_("Only one campaign is over, so what the next one brings is not much more than a guess.")))
    weather = conditions.weather
    days = np.arange(outlook.span.start, outlook.span.end)
    if weather is not None and weather.ahead and foretold(weather, outlook.span.origin, days) < len(days):
        said.append(
            say(
                N_("Of the {days} days to come {n} have a weather forecast; the others count as usual for the season."),
                days=len(days),
                n=foretold(weather, outlook.span.origin, days),
            )
        )
    return said


def _leaving(outlooks: Sequence[Outlook]) -> list[Fact]:
    share, lowers = np.mean([_withdrawn(outlook) for outlook in outlooks], axis=0)
    return [Fact("still_leaving", float(share), "share"), Fact("leaving_lowers", float(lowers), "share")]


def _withdrawn(outlook: Outlook) -> tuple[float, float]:
    """Share of the last weeks' reports expected to be withdrawn yet, and by what share that lowers the total."""
    past = outlook.past
    recent = past.daily[-RECENT:]
    if past.leaving is None or not recent.any():
        return 0.0, 0.0
    share = 1.0 - float((recent / past.leaving[-RECENT:]).sum() / recent.sum())
    plain = total_of(replace(past, leaving=None), outlook.span, outlook.settings)
    ours = total_of(past, outlook.span, outlook.settings)
    return share, 1.0 - ours / plain if plain > 0 else 0.0


def _weather(outlooks: Sequence[Outlook], conditions: Conditions) -> list[Fact]:
    if conditions.weather is None:
        return []
    tried = [o.settings.weather for o in outlooks if isinstance(o.settings, Learned) and o.settings.weather is not None]
    used = sum(t.effect is not None for t in tried)
    facts = [Fact("weather", _outcome(tried), ""), Fact("weather_origins", used, "origins")]
    return facts + ([Fact("weather_change", -tried[-1].gain, "share")] if tried else [])


def _outcome(tried: Sequence[WeatherTried]) -> str:
    if not tried:
        return "too_short"
    return "used" if tried[-1].effect is not None else "no_better"


def _campaigns(outlook: Outlook, conditions: Conditions) -> list[Fact]:
    if not conditions.campaigns:
        return []
    effect = conditions.campaign_effect(outlook.past)
    bounds = np.exp(effect.log_ratio + z_of() * effect.error * np.array([-1.0, 1.0]))
    return [
        Fact("campaign_days", _in_campaigns(outlook, conditions), "days"),
        Fact("campaigns_seen", effect.learned_from, "campaigns"),
        Fact("campaign_ratio", effect.ratio, "", float(bounds[0]), float(bounds[1])),
    ]


def _in_campaigns(outlook: Outlook, conditions: Conditions) -> int:
    """Days of the horizon in a campaign that was announced before the origin."""
    days = np.arange(outlook.span.start, outlook.span.end)
    return int(within(days, known_at(conditions.campaigns, outlook.span.origin)).sum())
