"""Hotspots (밀집지역): where more is reported than chance would lay together, cell by cell and area by area."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sigun.analysis.statistics.area_rates import area_rates
from sigun.analysis.statistics.fdr import FloatArray, false_discovery
from sigun.analysis.statistics.local_statistics import (
    draws_needed,
    getis_ord,
    global_moran,
    local_chance,
    local_moran,
)
from sigun.analysis.statistics.observed import observed_days, observed_reports, require_points, require_reports
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.plan.steps import Hotspot
from sigun.region.neighbours import queen_neighbours, touching_neighbours
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]

LEAST_CELLS = 30
SPARSE = 0.01  # of the reports, in the emptiest cells: a few misplaced points must not pass for land that is lived on
LEAST_AREAS = 10


def hotspot(step: Hotspot, panel: Panel, rng: np.random.Generator) -> Result:
    """Run one `hotspot` step of a plan.

    Raises
    ------
    MethodError
        Too few reports with a point, or too few cells, to tell a pattern from chance.
    """
    cells, compared = _cells(step, panel)
    own = cells[compared]
    neighbours = queen_neighbours(own["cell_x"].to_numpy(), own["cell_y"].to_numpy())
    scores = np.log1p(own["reports"].to_numpy(float))  # twice as many stands out as much in a quiet part of town
    draws = draws_needed(len(own), step.false_discovery, step.draws)
    found = own[["cell_x", "cell_y"]].assign(**_local(scores, neighbours, draws, step.false_discovery, rng))
    marked = cells.merge(found, how="left", on=["cell_x", "cell_y"]).fillna({"quadrant": ""})
    marked = marked.assign(hot=marked["hot"].eq(True))
    whole = global_moran(scores, neighbours, step.draws, rng)
    areas, about_areas, cautions = _areas(step, panel, rng)
    facts = [
        Fact("cells", len(own)),
        Fact("hot_cells", int(marked["hot"].sum())),
        Fact("hot_share", float(marked.loc[marked["hot"], "reports"].sum() / marked["reports"].sum())),
        Fact("moran_i", whole.moran, low=whole.low, high=whole.high),
        Fact("moran_i_p", whole.p),
        Fact("draws", draws),
        Fact("false_discovery", step.false_discovery),
        *about_areas,
    ]
    tables = {"cells": marked, "facts": facts_table(facts)} | ({} if areas is None else {"areas": areas})
    return Result("hotspot", "description", tables, (*_about_cells(step, panel, draws, compared), *cautions))


def _cells(step: Hotspot, panel: Panel) -> tuple[pd.DataFrame, BoolArray]:
    """Cells with a report and how many of those asked for, and which cells are compared.

    A cell without a report is no zero: nobody says whether people live or park there, and built-up land as such would
    stand out against the hills around it. A report or two in a cell may be misplaced ones.
    """
    counts = panel.counts[panel.counts["gone"].isna()]
    asked = counts if step.outcome == "reports" else counts[counts["outcome"] == step.outcome]
    require_points(int(counts["reports"].sum()), len(panel.reports()), say(N_("hotspots")))
    require_reports(int(asked["reports"].sum()), say(N_("hotspots")))
    every = counts.groupby(["cell_x", "cell_y"])["reports"].sum()
    compared = _lived_on(every.to_numpy(np.int64))
    if compared.sum() < LEAST_CELLS:
        raise MethodError(
            say(
                N_("The reports lie in {n} cells; at least {least} are needed."),
                n=int(compared.sum()),
                least=LEAST_CELLS,
            ),
            say(N_("hotspots")),
            say(N_("Choose smaller cells in the plan (space.cell), or take this step out of it.")),
        )
    reports = asked.groupby(["cell_x", "cell_y"])["reports"].sum().reindex(every.index, fill_value=0)
    return reports.astype("int64").reset_index(), compared


def _lived_on(reports: IntArray) -> BoolArray:
    """Which cells have as many reports as the emptiest cell that is needed to hold 99 % of them.

    >>> _lived_on(np.array([1, 40, 30, 2, 50])).tolist(), _lived_on(np.ones(3, int)).tolist()
    ([False, True, True, True, True], [True, True, True])
    """
    ordered = np.sort(reports)
    least = ordered[np.searchsorted(np.cumsum(ordered), SPARSE * ordered.sum())]
    return np.asarray(reports >= least)


def _local(
    values: FloatArray, neighbours: Any, draws: int, discovery: float, rng: np.random.Generator
) -> dict[str, Any]:
    """The columns of both local statistics."""
    chance = local_chance(values, neighbours, draws, rng)
    moran = local_moran(values, neighbours)
    gi_q, moran_q = false_discovery(chance.gi), false_discovery(chance.moran)
    return {
        "gi_z": getis_ord(values, neighbours),
        "gi_p": chance.gi,
        "gi_q": gi_q,
        "hot": gi_q <= discovery,
        "moran": moran.moran,
        "moran_p": chance.moran,
        "moran_q": moran_q,
        "quadrant": np.where(moran_q <= discovery, moran.quadrant, ""),
    }


def _areas(
    step: Hotspot, panel: Panel, rng: np.random.Generator
) -> tuple[pd.DataFrame | None, list[Fact], list[Message]]:
    """The table of areas, its facts, and what to bear in mind; nothing where there are no outlines."""
    if panel.outlines is None:
        return None, [], []
    reports = observed_reports(panel, observed_days(panel))
    asked = reports if step.outcome == "reports" else reports[reports["outcome"] == step.outcome]
    if not asked["region"].isin(panel.outlines["region"]).any():
        return None, [], [say(N_("No report lies in an area of the outlines, so areas were not compared."))]
    rates = area_rates(panel, asked, step.exposure or "area_km2")
    known = rates.table["rate"].notna().to_numpy()
    table = rates.table.assign(gi_z=np.nan, gi_p=np.nan, gi_q=np.nan, hot=False)
    cautions = list(_about_areas(rates.without_exposure, int(known.sum()), rates.exposure))
    if known.sum() >= LEAST_AREAS:
        neighbours = touching_neighbours(panel.outlines[known])
        scores = _normal_scores(rates.table.loc[known, "rate"].to_numpy(float))
        draws = draws_needed(len(scores), step.false_discovery, step.draws)
        found = _local(scores, neighbours, draws, step.false_discovery, rng)
        for name in ("gi_z", "gi_p", "gi_q", "hot"):
            table.loc[known, name] = found[name]
    facts = [
        Fact("areas", int(known.sum())),
        Fact("hot_areas", int(table["hot"].sum())),
        Fact("exposure", rates.exposure),
        Fact("exposure_title", panel.titles.get(rates.exposure, rates.exposure)),
        Fact("per", rates.per),
    ]
    return table, facts, cautions


def _normal_scores(rates: FloatArray) -> FloatArray:
    """Ranks as normal deviates: one area with hardly any residents must not hide the pattern of all the others."""
    from scipy.special import ndtri
    from scipy.stats import rankdata

    return np.asarray(ndtri((rankdata(rates) - 0.5) / len(rates)))


def _about_cells(step: Hotspot, panel: Panel, draws: int, compared: BoolArray) -> Iterator[Message]:
    yield say(N_("A hot cell is one where much is reported. More people and streets also mean more reports."))
    cells, sparse = int(compared.sum()), int((~compared).sum())
    yield say(N_("Cells without a report are not compared: whether one could come from there is not known."))
    if sparse:
        yield say(
            N_("{n} cells that together hold less than {share} % of the reports are not compared either."),
            n=sparse,
            share=round(100 * SPARSE),
        )
    counted = panel.reports()
    no_point = int(counted["x"].isna().sum())
    if no_point:
        yield say(
            N_("{n} of {total} reports have no point on the map and are in no cell."), n=no_point, total=len(counted)
        )
    if 1 / (draws + 1) > step.false_discovery / cells:
        yield say(
            N_(
                "With {cells} cells and {draws} draws a single hot cell on its own cannot be found, only larger groups."
            ),
            cells=cells,
            draws=draws,
        )


def _about_areas(without: int, known: int, exposure: str) -> Iterator[Message]:
    if without:
        yield say(N_("{n} areas have no value of “{exposure}” and were not compared."), n=without, exposure=exposure)
    if known < LEAST_AREAS:
        yield say(
            N_("With {n} areas a pattern cannot be told from chance (at least {least}); only their rates are given."),
            n=known,
            least=LEAST_AREAS,
        )
