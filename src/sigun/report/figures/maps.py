"""Maps of what is to be expected and where to look (예측·순찰 지도)."""

from __future__ import annotations

import pandas as pd

from sigun.report.figures.amounts import full_date, number
from sigun.report.figures.classes import round_classes
from sigun.report.figures.ground import (
    Ground,
    Place,
    cell_bounds,
    cells_path,
    cells_word,
    choose_places,
    draw_legend,
    fill,
    label_places,
    lay_ground,
    name_at,
)
from sigun.report.figures.style import EXPECTED, FAINT, Sketch
from sigun.report.figures.tables import day, latest, table
from sigun.report.finished import Finished
from sigun.text import _


def forecast_map(finished: Finished) -> Sketch | None:
    """Expected reports a cell over the coming horizon; the lowest class is faded, the five highest places are named."""
    cells = table(finished, "forecast", "cells", "expected_count")
    if cells is None:
        return None
    cells, size = latest(cells), finished.plan.space.cell
    ground = lay_ground(finished, cell_bounds(cells, size))
    _paint(ground, cells, size)
    places = name_cells(finished, ground, cells, "expected_count")
    label_places(ground, places)
    first, last = day(cells["horizon_start"].iloc[0]), day(cells["horizon_end"].iloc[0])
    alt = _(
        "Map of the reports expected from {start} until before {end}, by {size} m cell: {n} in all. Most at: {places}."
    )
    return Sketch(
        ground.sheet,
        alt.format(
            start=full_date(first),
            end=full_date(last),
            size=size,
            n=number(float(cells["expected_count"].sum())),
            places=", ".join(p.name or "–" for p in places),
        ),
    )


def _paint(ground: Ground, cells: pd.DataFrame, size: int) -> None:
    """The cells in four classes, and the strip that says them."""
    classes = round_classes(cells["expected_count"])
    colours = (FAINT, *EXPECTED[-len(classes.breaks) :]) if classes.breaks else EXPECTED[-1:]
    found, counts = classes.of(cells["expected_count"]), classes.counts(cells["expected_count"])
    for k, colour in enumerate(colours):
        if counts[k]:
            here = cells[found == k]
            fill(ground, cells_path(here["cell_x"], here["cell_y"], size), colour, f"class-{k}")
    entries = [(c, classes.said(k), cells_word(counts[k])) for k, c in enumerate(colours)]
    draw_legend(ground, _("expected reports a cell ({size} m)").format(size=size), entries)


def name_cells(finished: Finished, ground: Ground, cells: pd.DataFrame, value: str) -> list[Place]:
    """The five cells with the most, with the name of the area each lies in."""
    size = finished.plan.space.cell
    apart = max(3 * size, 60 * ground.metre)
    chosen = choose_places(cells[cells[value] > 0], value, size, apart)
    middles = [((x + 0.5) * size, (y + 0.5) * size) for x, y in zip(chosen["cell_x"], chosen["cell_y"], strict=True)]
    return [Place(x, y, name_at(finished, x, y)) for x, y in middles]
