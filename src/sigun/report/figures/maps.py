"""Maps of what is to be expected and where to look (예측·순찰 지도)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sigun.region.grid import project
from sigun.report.figures.amounts import number, plain
from sigun.report.figures.classes import Classes, round_classes
from sigun.report.figures.ground import (
    Ground,
    cell_bounds,
    draw_legend,
    lay_ground,
    paint_areas,
    paint_cells,
    shapes_of,
)
from sigun.report.figures.labels import Place, first_names, label_places, middle, name_at, name_cells, named
from sigun.report.figures.style import EXPECTED, FAINT, INK, Sketch, clean
from sigun.report.figures.svg import MARK
from sigun.report.figures.tables import day, latest, region_names, table
from sigun.report.finished import Finished
from sigun.report.numbers import write_date
from sigun.text import _


def forecast_map(finished: Finished) -> Sketch | None:
    """Expected reports over the coming horizon; the lowest class is faded, the five highest places are named."""
    cells = table(finished, "forecast", "cells", "cell_x")
    if cells is None:
        return _forecast_areas(finished)
    cells, size = latest(cells), finished.plan.space.cell
    ground = lay_ground(finished, cell_bounds(cells, size))
    classes = round_classes(cells["expected_count"])
    entries = paint_cells(ground, cells, "expected_count", size, classes, _with_faint(classes))
    draw_legend(ground, _("expected reports a cell ({size} m)").format(size=size), entries)
    label_places(ground, name_cells(finished, ground, cells, "expected_count"), size)
    said = _(
        "Map of the reports expected from {start} until before {end}, by {size} m cell: {n} in all. Most at: {places}."
    )
    names = named(first_names(finished, cells, "expected_count"))
    return Sketch(ground.sheet, said.format(**_span(cells), size=size, places=names))


def _forecast_areas(finished: Finished) -> Sketch | None:
    """The same where areas, not cells, were asked for."""
    areas, shapes = table(finished, "forecast", "areas", "expected_count"), shapes_of(finished)
    if areas is None or shapes is None or "region" not in areas.columns:
        return None
    drawn = shapes[["region", "geometry"]].merge(latest(areas), on="region").reset_index(drop=True)
    if drawn.empty:
        return None
    ground = lay_ground(finished, tuple(shapes.total_bounds))
    classes = round_classes(drawn["expected_count"], shares=(0.25, 0.5, 0.8))
    entries = paint_areas(ground, drawn, "expected_count", classes, _with_faint(classes))
    draw_legend(ground, _("expected reports an area"), entries)
    names = region_names(finished)
    top = drawn.sort_values(["expected_count", "region"], ascending=[False, True]).head(5)
    spots = [
        (shape.representative_point(), names.get(code, ""))
        for shape, code in zip(top.geometry, top["region"], strict=True)
    ]
    label_places(ground, [Place(p.x, p.y, name, rank) for rank, (p, name) in enumerate(spots, 1)], None)
    said = _("Map of the reports expected from {start} until before {end}, by area: {n} in all. Most in: {places}.")
    return Sketch(ground.sheet, said.format(**_span(drawn), places=named([name for _p, name in spots])))


def _with_faint(classes: Classes) -> Sequence[str]:
    """One colour a class, the lowest faded."""
    return (FAINT, *EXPECTED[-len(classes.breaks) :]) if classes.breaks else EXPECTED[-1:]


def _span(rows: pd.DataFrame) -> dict[str, str]:
    return {
        "start": write_date(day(rows["horizon_start"].iloc[0])),
        "end": write_date(day(rows["horizon_end"].iloc[0])),
        "n": number(float(rows["expected_count"].sum())),
    }


def patrol_map(finished: Finished) -> Sketch | None:
    """The patrol list in classes of what is expected there; places drawn by lot as rings; the first five named."""
    places = table(finished, "patrol", "places", "cell_x")
    if places is None:
        return None
    size = finished.plan.space.cell
    lot = places["random"].astype(bool) if "random" in places.columns else pd.Series(False, places.index)
    listed = places[~lot].sort_values("rank", ignore_index=True)
    shown, classes, colours = _patrol_scale(finished, places)
    rounds = "routes" in finished.results["patrol"].tables
    ground = lay_ground(finished, cell_bounds(shown, size), noted=bool(lot.any()) or rounds)
    entries = paint_cells(ground, listed, "expected_count", size, classes, colours)
    notes = []
    if lot.any():
        _mark_lot(ground, places[lot], size)
        notes.append(_("○ drawn by lot: {n}").format(n=int(lot.sum())))
    if rounds:
        _draw_rounds(ground, finished, size)
        notes.append(_("lines: rounds by day, ■ start"))
    draw_legend(ground, _("expected reports a cell ({size} m)").format(size=size), entries, " · ".join(notes))
    first = _first_places(finished, listed.head(5), size)
    label_places(ground, first, size)
    said = _("Map of the {n} places to look at; first: {places}.")
    return Sketch(ground.sheet, said.format(n=plain(len(places)), places=named([p.name for p in first])))


def _patrol_scale(finished: Finished, places: pd.DataFrame) -> tuple[pd.DataFrame, Classes, Sequence[str]]:
    """Extent, classes and colours: those of the map of the forecast where the list was made from it."""
    cells = _forecast_of(finished, places)
    if cells is not None:
        classes = round_classes(cells["expected_count"])
        return cells, classes, _with_faint(classes)
    classes = round_classes(places["expected_count"], shares=(0.5, 0.85))
    return places, classes, EXPECTED[-len(classes.breaks) - 1 :]


def _forecast_of(finished: Finished, places: pd.DataFrame) -> pd.DataFrame | None:
    """The cells of the forecast, where it is the one the list was made from."""
    cells = table(finished, "forecast", "cells", "cell_x")
    if cells is None:
        return None
    cells = latest(cells)
    both = places.merge(cells, on=["cell_x", "cell_y"], how="left", suffixes=("", "_forecast"))
    same = np.allclose(both["expected_count"], both["expected_count_forecast"], rtol=1e-6)
    return cells if same else None


def _first_places(finished: Finished, listed: pd.DataFrame, size: int) -> list[Place]:
    """Places by the name of their area; by their street where the area is named already."""
    places: list[Place] = []
    for row in listed.itertuples():
        x, y = middle(row.cell_x, row.cell_y, size)
        area = clean(getattr(row, "name", "")) or name_at(finished, x, y)
        again = any(place.name == area for place in places)
        name = clean(getattr(row, "street", "")) or area if again else area
        places.append(Place(x, y, name, int(row.rank)))
    return places


def _draw_rounds(ground: Ground, finished: Finished, size: int) -> None:
    """A line for each day's round, as the crow flies, and the point where all begin."""
    result = finished.results["patrol"]
    longitude, latitude = (np.array([result.fact(f"start_{name}").value]) for name in ("longitude", "latitude"))
    x, y = project(longitude, latitude, finished.crs)
    for _day, stops in result.tables["routes"].sort_values(["day", "order"]).groupby("day"):
        along, up = (np.r_[s, (stops[c].to_numpy(float) + 0.5) * size, s] for s, c in ((x, "cell_x"), (y, "cell_y")))
        ground.axes.plot(along, up, color=INK, linewidth=0.8, alpha=0.6, zorder=3.5, gid=f"{MARK}round")
    ground.axes.plot(x, y, "s", color=INK, markersize=6, zorder=5, gid=f"{MARK}start")


def _mark_lot(ground: Ground, lot: pd.DataFrame, size: int) -> None:
    x, y = (lot["cell_x"] + 0.5) * size, (lot["cell_y"] + 0.5) * size
    look = {"markersize": 6, "markerfacecolor": "white", "markeredgecolor": INK, "linestyle": "none"}
    ground.axes.plot(x, y, "o", zorder=4, gid=f"{MARK}lot", **look)
