"""The map of supply and demand (수급 지도): access of every area against all together, and where the places are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sigun.report.figures.amounts import number, plain
from sigun.report.figures.keys import Entry, lay_outlines, polygons
from sigun.report.figures.style import EXPECTED, INK, OBSERVED, SHADE, TEXT, Sketch, clean
from sigun.report.figures.svg import HALO, MARK
from sigun.report.figures.tables import fact, table
from sigun.report.finished import Finished
from sigun.text import _

STEP = "supply_demand"
EDGES = (0.5, 0.8, 1.0)  # of what all areas have together
COLOURS = (OBSERVED[3], OBSERVED[2], OBSERVED[0], EXPECTED[0])
NAMED = 5
SMALLEST, LARGEST = 2.0, 9.0  # of a place's dot, by what it holds


def supply_map(finished: Finished) -> Sketch | None:
    """Areas by access in four classes, the darker the less; a dot for each place; those that lack most named."""
    areas, rings = table(finished, STEP, "areas", "access"), table(finished, STEP, "outline", "x")
    target = fact(finished, STEP, "target")
    if areas is None or rings is None or not target > 0:
        return None
    share = dict(zip(areas["region"].astype(str), areas["access"] / target, strict=True))
    unknown = set(rings["region"].astype(str)) - set(share)
    sheet, axes = lay_outlines(rings, _key(list(share.values()), len(unknown)))
    _paint(axes, rings, share)
    _dots(axes, table(finished, STEP, "places", "x"))
    first = areas[areas["rank"] > 0].sort_values("rank").head(NAMED)
    _name(axes, first, rings)
    said = _("Map of access by area: {short} of {all} have less than all together. Most is missing in: {places}.")
    named = ", ".join(f"{clean(n)} {number(m, 0)}" for n, m in zip(first["name"], first["missing"], strict=True))
    n = plain(fact(finished, STEP, "short"))
    return Sketch(sheet, said.format(short=n, all=plain(len(areas)), places=named or "–"))


def _class(share: float) -> int:
    return int(np.searchsorted(EDGES, share, side="right"))


def _key(shares: Sequence[float], unknown: int) -> list[Entry]:
    """Each class with how many areas it holds."""
    found = [_class(share) for share in shares]
    words = (
        _("under half of all together"),
        _("half to four fifths"),
        _("four fifths to as much"),
        _("as much or more"),
    )
    key = [(c, f"{said} ({found.count(k)})") for k, (c, said) in enumerate(zip(COLOURS, words, strict=True))]
    return [*key, *([(SHADE, _("no figure ({n})").format(n=unknown))] if unknown else [])]


def _paint(axes: Any, rings: pd.DataFrame, share: dict[str, float]) -> None:
    from matplotlib.collections import PolyCollection

    shapes = polygons(rings)
    colours = [COLOURS[_class(share[region])] if region in share else SHADE for region, _points in shapes]
    axes.add_collection(
        PolyCollection([p for _region, p in shapes], facecolors=colours, edgecolors="white", linewidths=0.6)
    )


def _dots(axes: Any, places: pd.DataFrame | None) -> None:
    """A dot a place, its area as what the place holds."""
    if places is None:
        return
    most = max(float(places["capacity"].max()), 1e-9)
    size = np.clip(LARGEST * np.sqrt(places["capacity"].to_numpy(float) / most), SMALLEST, LARGEST)
    look = {"linewidths": 0.6, "edgecolors": "white", "facecolors": INK, "alpha": 0.75, "zorder": 4}
    axes.scatter(places["x"], places["y"], s=size**2, gid=f"{MARK}places", **look)


def _name(axes: Any, first: pd.DataFrame, rings: pd.DataFrame) -> None:
    """Rank and name of those that lack most, in the middle of their largest ring."""
    middles = {region: (points.min(axis=0) + points.max(axis=0)) / 2 for region, points in reversed(polygons(rings))}
    for row in first.to_dict("records"):
        x, y = middles[str(row["region"])]
        said = f"{row['rank']} {clean(row['name'], 10)}"
        axes.text(x, y, said, fontsize=TEXT, weight="bold", ha="center", va="center", zorder=6, gid=HALO)
