"""Campaigns (일제정리): how many more reports come in on their days, learned from earlier ones of the same calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sigun.analysis.forecast.history import Past
from sigun.analysis.forecast.horizons import LONGEST
from sigun.analysis.forecast.level import rhythm_of
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray, weekday

AROUND = 28  # days before and after a campaign that say what would have come without it
ALIKE = 0.25  # by how much one campaign's effect differs from another's, standard deviation of logs
LIKELY = 0.5  # standard deviation of logs of effects of campaigns nobody has seen yet: pulls few to none
FEWEST = 10.0  # reports that should have come on the days of a campaign and around it for it to teach anything


@dataclass(frozen=True, slots=True)
class Days:
    """One campaign: days `start ≤ day < end`, known to everybody from day `known` on. All are day numbers."""

    start: int
    end: int
    known: int


@dataclass(frozen=True, slots=True)
class CampaignEffect:
    """What earlier campaigns say of the next."""

    log_ratio: float  # of reports a day in a campaign to those a day without
    error: float  # standard deviation of a new campaign's log ratio
    learned_from: int  # campaigns

    @property
    def ratio(self) -> float:
        """Reports a day in a campaign for each without."""
        return float(np.exp(self.log_ratio))


NONE = CampaignEffect(0.0, LIKELY, 0)


def known_at(campaigns: Sequence[Days], origin: int) -> list[Days]:
    """The campaigns announced before 00:00 of day `origin`."""
    return [c for c in campaigns if c.known <= origin]


def effect_of(past: Past, campaigns: Sequence[Days]) -> CampaignEffect:
    """The effect of campaigns as their past ones tell it, seen from the past's origin.

    Each one that is over is held against the four weeks before and after it, weekdays held equal. Their log ratios
    are averaged with weights by how many reports they rest on, and pulled to no effect as if that were one campaign
    more: posterior mean of a normal mean with known variances (Gelman et al. 2013, Bayesian Data Analysis, ch. 2.5).
    """
    first = past.origin - len(past.daily)
    day = np.arange(first, past.origin)
    normal = past.exposure * rhythm_of(past).week[weekday(day)]
    in_one = within(day, campaigns)
    told = [_told(past.daily, normal, day, in_one, c) for c in campaigns if c.start >= first and c.end <= past.origin]
    logs = np.array([t for t in told if t is not None]).reshape(-1, 2)
    if not len(logs):
        return NONE
    weight = 1.0 / (logs[:, 1] + ALIKE**2)
    precision = weight.sum() + 1.0 / LIKELY**2
    return CampaignEffect(
        float((weight * logs[:, 0]).sum() / precision), float(np.sqrt(1.0 / precision + ALIKE**2)), len(logs)
    )


def within(day: IntArray, campaigns: Sequence[Days]) -> BoolArray:
    """Whether each day (n,) lies in a campaign."""
    found = np.zeros(len(day), bool)
    for campaign in campaigns:
        found |= (day >= campaign.start) & (day < campaign.end)
    return found


def factors(past: Past, campaigns: Sequence[Days], effect: CampaignEffect) -> FloatArray:
    """What the counts of past days and of those to come are multiples of, (d + LONGEST,)."""
    day = np.arange(past.origin - len(past.daily), past.origin + LONGEST)
    return np.where(within(day, campaigns), effect.ratio, 1.0)


def _told(
    daily: FloatArray, normal: FloatArray, day: IntArray, in_one: BoolArray, campaign: Days
) -> tuple[float, float] | None:
    """Log ratio and its variance of one campaign that is over; none where too little came to tell."""
    inside = (day >= campaign.start) & (day < campaign.end) & (normal > 0)
    near = (day >= campaign.start - AROUND) & (day < campaign.end + AROUND) & ~in_one & (normal > 0)
    came, beside = float(daily[inside].sum()), float(daily[near].sum())
    if beside < FEWEST:
        return None
    rate = beside / normal[near].sum()
    expected = rate * normal[inside].sum()
    if expected < FEWEST:
        return None
    usual = rate * normal[near]
    scatter = max(float(((daily[near] - usual) ** 2 / usual).mean()), 1.0)
    return float(np.log((came + 0.5) / (expected + 0.5))), scatter * (1.0 / (came + 0.5) + 1.0 / beside)
