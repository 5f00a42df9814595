"""The step `forecast` (예측): what is expected over the horizon after the last known day, by cell, area and city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sigun.analysis.forecast.baselines import YEAR, baselines
from sigun.analysis.forecast.conditions import Conditions
from sigun.analysis.forecast.horizons import span_of, usual_length
from sigun.analysis.forecast.kernels import KERNELS
from sigun.analysis.forecast.learning import YEARS, Learned, few_to_learn_from
from sigun.analysis.forecast.outlook import Estimate, Forecaster, Outlook, estimate, predict
from sigun.analysis.forecast.pace import LEANINGS
from sigun.analysis.forecast.places import Places
from sigun.analysis.forecast.spread import chance_of_any
from sigun.analysis.forecast.told import cautions_of, facts_of
from sigun.analysis.forecast.tuning import ModelSettings
from sigun.analysis.statistics.arrays import FloatArray, IntArray, date_of, sums
from sigun.panel.model import Panel
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

if TYPE_CHECKING:
    from sigun.plan.steps import Forecast

__all__ = ["forecast", "predict"]

LEAST_WEIGHT = 0.0005  # a kernel that weighs less is not listed
RECENT = 28  # days before the origin that should have been collected


def forecast(step: Forecast, panel: Panel, rng: np.random.Generator) -> Result:  # noqa: ARG001 - nothing is drawn
    """Run one `forecast` step of a plan: the origin is the panel's end."""
    span = span_of(step.horizon, panel.end)
    forecaster = Forecaster(panel)
    outlook = forecaster.outlook(span, usual_length(step.horizon, span))
    city = _table(outlook, pd.DataFrame(index=[0]), outlook.in_city)
    tables = {
        "facts": _facts(outlook, forecaster.conditions),
        "cells": cell_table(outlook, panel),
        "areas": _areas(outlook, panel),
        "city": city,
        "settings": settings_table(outlook.settings),
    }
    return Result("forecast", "forecast", tables, _cautions(outlook, forecaster.conditions))


def cell_table(outlook: Outlook, panel: Panel) -> pd.DataFrame:
    """One row a place: counts, the chance of at least one report, the region its centre lies in or is nearest to."""
    cells = _table(outlook, outlook.places.keys, outlook.at_places)
    cells["p_any"] = chance_of_any(outlook.at_places.mean, outlook.at_places.spread)
    if not outlook.places.regional:
        cells["region"] = ""
        if panel.outlines is not None:
            cells["region"] = panel.outlines["region"].to_numpy()[
                nearest_regions(outlook.places, panel.outlines, panel.cell)
            ]
    return cells


def nearest_regions(places: Places, outlines: Any, cell: int) -> IntArray:
    """Row of the outline that each cell's centre lies in or is nearest to, (n,)."""
    import shapely

    centres = shapely.points((places.x + 0.5) * cell, (places.y + 0.5) * cell)
    return np.asarray(shapely.STRtree(outlines.geometry.to_numpy()).nearest(centres), dtype=np.int64)


def settings_table(settings: Learned | ModelSettings) -> pd.DataFrame:
    """What the model was told, a row a setting."""
    said = _learned_rows(settings) if isinstance(settings, Learned) else _shrinkage_rows(settings)
    if settings.spreads is not None:
        said += [
            (N_("spread of counts at a place"), _number(settings.spreads.place)),
            (N_("spread of counts in an area"), _number(settings.spreads.area)),
            (N_("spread of the total"), _number(settings.spreads.city)),
        ]
    return pd.DataFrame(said, columns=["name", "value"])


def _learned_rows(learned: Learned) -> list[tuple[str, str]]:
    """The kernels that weigh anything, and how the total leans from its base."""
    rows = [(N_("learned on the years"), f"{learned.tuned_on - YEARS + 1}–{learned.tuned_on}")]
    pairs = zip(KERNELS.values(), learned.weights, strict=True)
    rows += [(name, _number(round(weight, 3))) for name, weight in pairs if weight >= LEAST_WEIGHT]
    leanings = zip(LEANINGS.values(), learned.leanings, strict=True)
    return rows + [(name, _number(round(weight, 3))) for name, weight in leanings]


def _shrinkage_rows(settings: ModelSettings) -> list[tuple[str, str]]:
    level, surface = settings.level, settings.surface
    chosen = N_("defaults, for want of two full years of history")
    return [
        (N_("settings chosen on the year"), chosen if settings.tuned_on is None else str(settings.tuned_on)),
        (N_("level: half-life of the slow mean (days)"), _number(level.slow)),
        (N_("level: half-life of the fast mean (days)"), _number(level.fast)),
        (N_("level: share of the fast mean"), _number(level.mix)),
        (N_("places: half-life of the long memory (days)"), _number(surface.half_life)),
        (N_("places: half-life of the short memory (days)"), _number(surface.recent_days)),
        (N_("places: weight of the short memory"), _number(surface.recent_weight)),
        (N_("places: reach of the surroundings (times 500 m, or borders)"), _number(surface.reach)),
        (N_("places: pseudo-reports behind the surroundings"), _number(surface.strength)),
    ]


def _areas(outlook: Outlook, panel: Panel) -> pd.DataFrame:
    """By region where there are outlines, else by block of cells; either way the sum of the cells."""
    if panel.outlines is None:
        return _table(outlook, outlook.places.areas, outlook.at_areas)
    keys = pd.DataFrame(panel.outlines[["region", "name"]]).reset_index(drop=True)
    if outlook.places.regional:
        return _table(outlook, keys, outlook.at_areas)
    regions = nearest_regions(outlook.places, panel.outlines, panel.cell)
    mean = sums(regions, outlook.at_places.mean, len(keys))
    return _table(outlook, keys, estimate(mean, _spread_like_areas(outlook, regions, mean)))


def _spread_like_areas(outlook: Outlook, regions: IntArray, mean: FloatArray) -> FloatArray:
    """The learned spread of areas; where none was learned, that of the sum of the cells' own uncertainty."""
    if outlook.settings.spreads is not None:
        return np.full(len(mean), outlook.settings.spreads.area)
    variance = sums(regions, outlook.at_places.spread * outlook.at_places.mean**2, len(mean))
    return np.asarray(variance / np.maximum(mean, 1e-12) ** 2)


def _table(outlook: Outlook, keys: pd.DataFrame, found: Estimate) -> pd.DataFrame:
    span = outlook.span
    head: dict[str, Any] = {
        name: date_of(day)
        for name, day in (("origin", span.origin), ("horizon_start", span.start), ("horizon_end", span.end))
    }
    table = pd.DataFrame(head, index=keys.index)
    return pd.concat([table, keys], axis=1).assign(expected_count=found.mean, q05=found.low, q95=found.high)


def _facts(outlook: Outlook, conditions: Conditions) -> pd.DataFrame:
    city, span = outlook.in_city, outlook.span
    last_year = float(baselines(outlook.past, outlook.places, span)["mean_12m"].sum())
    facts = [
        Fact("expected", float(city.mean[0]), "reports", float(city.low[0]), float(city.high[0])),
        Fact("cells", len(outlook.places), "cells"),
        Fact("history_days", int(outlook.past.observed.sum()), "days"),
        Fact("last_12m_rate", last_year, "reports"),
        Fact("model", outlook.model, ""),
    ]
    if outlook.settings.tuned_on is not None:
        facts.append(Fact("tuned_on", outlook.settings.tuned_on, "year"))
    return facts_table([*facts, *facts_of(outlook, conditions)])


def _cautions(outlook: Outlook, conditions: Conditions) -> tuple[Message, ...]:
    said = []
    if outlook.settings.tuned_on is None:
        said.append(
            say(
                N_(
                    "There are less than two full years of history, so the forecast uses default settings and its "
                    "intervals come from the model's own uncertainty, not from past errors."
                )
            )
        )
    elif outlook.model == "shrinkage":
        said.append(few_to_learn_from())
    unobserved = int((~outlook.past.observed[-RECENT:]).sum())
    if unobserved:
        said.append(
            say(
                N_("{n} of the last {days} days have no data, so the recent level is less certain than it looks."),
                n=unobserved,
                days=RECENT,
            )
        )
    if len(outlook.past.daily) < YEAR:
        said.append(say(N_("There is less than a year of history: the season is not in the forecast.")))
    return (*said, *cautions_of(outlook, conditions))


def _number(value: float) -> str:
    return format(value, "g")
