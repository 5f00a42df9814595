"""Maps of a factor analysis (요인 분석 지도): level, change and residual, by outlines or by tiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sigun.report.figures.amounts import number, plain
from sigun.report.figures.axes import panel
from sigun.report.figures.keys import Entry, draw_key, key_height, lay_outlines, polygons
from sigun.report.figures.style import EXPECTED, INK, OBSERVED, SHADE, SMALL, TEXT, Sketch, canvas, clean
from sigun.report.figures.tables import table
from sigun.report.finished import Finished
from sigun.text import _

FEWEST = 3
TILE = 24.0
WIDEST = 56.0  # a tile
LETTERS = 2
APART = ("#b35806", "#f1a340", "#f7f0e6", "#998ec3", "#542788")  # below to above the middle, safe for colour blindness
LIGHT_LETTERS = {EXPECTED[2], EXPECTED[3], OBSERVED[2], OBSERVED[3], APART[0], APART[4]}


@dataclass(frozen=True)
class Shades:
    """Classes of values: where one ends, their colours and how each is said."""

    edges: tuple[float, ...]
    colours: tuple[str, ...]

    def of(self, value: float) -> str:
        """The colour of a value; grey where there is none."""
        return SHADE if not np.isfinite(value) else self.colours[int(np.searchsorted(self.edges, value, side="right"))]

    def said(self, values: npt.NDArray[np.float64]) -> list[str]:
        """Each class, with how many regions it holds."""
        places = np.searchsorted(self.edges, values[np.isfinite(values)], side="right")
        names = [_("under {n}").format(n=plain(self.edges[0]))]
        names += [f"{plain(a)} ~ {plain(b)}" for a, b in zip(self.edges[:-1], self.edges[1:], strict=True)]
        names += [_("{n} or more").format(n=plain(self.edges[-1]))]
        return [f"{name} ({int((places == k).sum())})" for k, name in enumerate(names)]


ShadesOf = Callable[[npt.NDArray[np.float64]], Shades | None]
"""The shades that fit some values; none where they are all alike."""


def factors_level(finished: Finished) -> Sketch | None:
    """How much there is."""
    return _map(finished, "level", rising)


def factors_change(finished: Finished) -> Sketch | None:
    """How it changed from first to last."""
    return _map(finished, "change", _around_zero)


def factors_residual(finished: Finished) -> Sketch | None:
    """What the model leaves over."""
    return _map(finished, "residual", _around_zero)


def _map(finished: Finished, kind: str, shades_of: ShadesOf) -> Sketch | None:
    every = table(finished, "factors", "places", "region")
    return None if every is None else mapped(every, kind, table(finished, "factors", "outline", "x"), shades_of)


def mapped(every: pd.DataFrame, kind: str, rings: pd.DataFrame | None, shades_of: ShadesOf) -> Sketch | None:
    """A map of one column of regions, by outlines (region, ring, x, y) or, without, by tiles; none of too few.

    Parameters
    ----------
    every : region, name and the column `kind`, NaN where there is no figure; col and row of its tile where it has one.
    """
    if kind not in every.columns:
        return None
    rows = every[every[kind].notna()].reset_index(drop=True)
    values = rows[kind].to_numpy(float)
    shades = shades_of(values) if len(rows) >= FEWEST else None
    if shades is None:
        return None
    legend = [*zip(shades.colours, shades.said(values), strict=True), *_without(len(every) - len(rows))]
    sheet = _tiles(every, kind, shades, legend) if rings is None else _outlines(rows, kind, rings, shades, legend)
    if sheet is None:
        return None
    high, low = rows.loc[rows[kind].idxmax()], rows.loc[rows[kind].idxmin()]
    said = _("{n} regions; highest: {high} ({most}), lowest: {low} ({least}).")
    known = {"high": clean(high["name"]), "low": clean(low["name"])}
    return Sketch(sheet, said.format(n=len(rows), most=number(high[kind]), least=number(low[kind]), **known))


def _without(n: int) -> list[Entry]:
    """What grey means, where there is any."""
    return [(SHADE, _("no figure ({n})").format(n=n))] if n else []


def rising(values: npt.NDArray[np.float64]) -> Shades | None:
    """Four classes with round edges near the quarters."""
    edges = _round([float(np.nanquantile(values, q)) for q in (0.25, 0.5, 0.75)])
    return Shades(edges, EXPECTED[: len(edges) + 1]) if edges else None


def _around_zero(values: npt.NDArray[np.float64]) -> Shades | None:
    """Five classes, the middle one around zero, the same steps to both sides."""
    there = values[np.isfinite(values)]
    if np.quantile(there, 0.05) * np.quantile(there, 0.95) > 0:
        return _one_way(there)
    sizes = np.abs(there)
    steps = _round([float(np.quantile(sizes, q)) for q in (0.33, 0.8)])
    if len(steps) < 2 or steps[0] <= 0:
        return None
    return Shades((-steps[1], -steps[0], steps[0], steps[1]), APART)


def _one_way(values: npt.NDArray[np.float64]) -> Shades | None:
    """Nearly all to one side of zero: the darker, the farther from it."""
    shades = rising(values)
    if shades is None or np.median(values) > 0:
        return shades
    return Shades(shades.edges, tuple(reversed(OBSERVED[: len(shades.colours)])))


def _round(wanted: Sequence[float]) -> tuple[float, ...]:
    """The values to as few digits as keep them apart."""
    scale = max(abs(v) for v in wanted)
    if scale == 0 or len(set(wanted)) < len(wanted):
        return tuple(sorted(set(wanted))) if len(set(wanted)) > 1 else ()
    for digits in (1, 2, 3, 4):
        places = digits - 1 - int(np.floor(np.log10(scale)))
        found = tuple(round(v, places) for v in wanted)
        if len(set(found)) == len(wanted):
            return tuple(sorted(found))
    return tuple(sorted(wanted))


def _tiles(rows: pd.DataFrame, kind: str, shades: Shades, legend: Sequence[Entry]) -> Any:
    laid = rows.dropna(subset=["col", "row"]) if {"col", "row"} <= set(rows.columns) else rows.iloc[:0]
    if len(laid) < FEWEST:
        return None
    x, y = laid["col"] - laid["col"].min(), laid["row"] - laid["row"].min()
    deep, broad = int(y.max()) + 1, int(x.max()) + 1
    sheet = canvas(TILE * deep + key_height(legend) + 24)
    side = min(464 / broad, WIDEST)
    axes = panel(sheet, 8, 8, 472 - side * broad, key_height(legend) + 14)
    axes.set_xlim(0, broad)
    axes.set_ylim(deep, 0)
    axes.set_axis_off()
    for left, top, name, value in zip(x, y, laid["name"], laid[kind], strict=True):
        colour = shades.of(float(value))
        axes.broken_barh([(left + 0.03, 0.94)], (top + 0.03, 0.94), facecolor=colour, linewidth=0)
        letters = "white" if colour in LIGHT_LETTERS else INK
        short = clean(name)[:LETTERS] if len(str(name)) > LETTERS else clean(name)
        axes.text(left + 0.5, top + 0.53, short, ha="center", va="center", fontsize=SMALL - 2, color=letters)
    draw_key(sheet, legend)
    return sheet


def _outlines(rows: pd.DataFrame, kind: str, rings: pd.DataFrame, shades: Shades, legend: Sequence[Entry]) -> Any:
    from matplotlib.collections import PolyCollection

    values: Mapping[str, float] = dict(zip(rows["region"].astype(str), rows[kind].astype(float), strict=True))
    sheet, axes = lay_outlines(rings, legend)
    shapes = polygons(rings)
    colours = [shades.of(values.get(region, float("nan"))) for region, _points in shapes]
    axes.add_collection(
        PolyCollection([p for _region, p in shapes], facecolors=colours, edgecolors="white", linewidths=0.6)
    )
    _name_ends(axes, rows, kind, dict(shapes))
    return sheet


def _name_ends(axes: Any, rows: pd.DataFrame, kind: str, shapes: Mapping[str, npt.NDArray[np.float64]]) -> None:
    """The highest three and the lowest two by name, at the middle of their outline."""
    from sigun.report.figures.svg import HALO

    ordered = rows.sort_values([kind, "region"], ascending=[False, True])
    for row in pd.concat([ordered.head(3), ordered.tail(2)]).drop_duplicates("region").to_dict("records"):
        points = shapes.get(str(row["region"]))
        if points is not None:
            x, y = (points.min(axis=0) + points.max(axis=0)) / 2
            axes.text(x, y, clean(row["name"], 10), fontsize=TEXT, weight="bold", ha="center", va="center", gid=HALO)
