"""What every chart is put together from (도표 부품): panels, quiet frames, words with a halo, bands of holes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from sigun.report.figures.style import GRID, INK, MUTED, SHADE, SMALL, TEXT
from sigun.report.figures.svg import HALO, MARK
from sigun.text import _


def panel(sheet: Any, left: float, top: float, right: float, bottom: float) -> Any:
    """Axes with these margins, in units of the viewBox."""
    width, height = (72 * side for side in sheet.get_size_inches())
    box = (left / width, bottom / height, (width - left - right) / width, (height - top - bottom) / height)
    return sheet.add_axes(box, facecolor="none")


def quiet(axes: Any, grid: str = "y") -> None:
    """No box around the panel, no tick marks, thin lines along `grid` ("x", "y", "both" or "")."""
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    if grid in ("x", ""):
        axes.spines["bottom"].set_visible(False)
    axes.tick_params(length=0, pad=5)
    axes.set_axisbelow(True)
    if grid:
        axes.grid(axis=grid, color=GRID, linewidth=0.8)


def words(axes: Any, x: float, y: float, text: str, **how: Any) -> Any:
    """Text with a white halo, so that no line cuts it. `on="axes"`: x, y as shares of the panel."""
    where = axes.transAxes if how.pop("on", "data") == "axes" else axes.transData
    defaults = {"fontsize": SMALL, "color": INK, "ha": "left", "va": "center", "gid": HALO, "transform": where}
    return axes.text(x, y, text, **{**defaults, **how})


def unit_above(axes: Any, text: str) -> None:
    """The unit of the upright axis, written flat above it: nobody turns their head."""
    axes.annotate(
        text,
        (0, 1),
        xycoords="axes fraction",
        xytext=(-axes.bbox.x0 + 2, 10),
        textcoords="offset points",
        fontsize=SMALL,
        color=MUTED,
        va="bottom",
        ha="left",
    )


def hole_bands(axes: Any, holes: Iterable[tuple[float, float]]) -> None:
    """Grey bands where nothing was collected, each with the word."""
    first, last = axes.get_xlim()
    for start, end in ((max(a, first), min(b, last)) for a, b in holes if a < last and b > first):
        axes.axvspan(start, end, color=SHADE, linewidth=0, zorder=0, gid=f"{MARK}hole")
        axes.annotate(
            _("no collection"),
            ((start + end) / 2, 0.03),
            xycoords=("data", "axes fraction"),
            rotation=90,
            fontsize=SMALL,
            color=MUTED,
            ha="center",
            va="bottom",
            gid=HALO,
        )


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places for labels near where they are wanted, at least `gap` apart, and inside `low … high` if they fit.

    Examples
    --------
    >>> spread([1.0, 1.1, 5.0], 1.0, 0.0, 10.0)
    [0.55, 1.55, 5.0]
    """
    groups: list[list[float]] = []  # [middle, labels in it]
    for place in sorted(wanted):
        groups.append([place, 1])
        while len(groups) > 1 and _too_close(groups[-2], groups[-1], gap):
            middle, n = groups.pop()
            before, m = groups.pop()
            groups.append([(middle * n + before * m) / (n + m), n + m])
    placed = [middle + gap * (k - (n - 1) / 2) for middle, n in groups for k in range(int(n))]
    placed = _inside(placed, gap, low, high)
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    result = [0.0] * len(wanted)
    for rank, i in enumerate(order):
        result[i] = round(placed[rank], 6)
    return result


def _too_close(lower: list[float], upper: list[float], gap: float) -> bool:
    return upper[0] - lower[0] < gap * (upper[1] + lower[1]) / 2


def _inside(placed: list[float], gap: float, low: float, high: float) -> list[float]:
    """Push what stands out at the top down, then what stands out at the bottom up."""
    for i in range(len(placed) - 1, -1, -1):
        ceiling = high if i == len(placed) - 1 else placed[i + 1] - gap
        placed[i] = min(placed[i], ceiling)
    for i in range(len(placed)):
        floor = low if i == 0 else placed[i - 1] + gap
        placed[i] = max(placed[i], floor)
    return placed


def line_names(axes: Any, ends: Sequence[tuple[float, str, str]]) -> None:
    """Name lines at the right edge of the panel: (y where it ends, name, colour), moved apart where they would meet."""
    bottom, top = axes.get_ylim()
    unit = (top - bottom) / axes.bbox.height
    places = spread([y for y, _name, _colour in ends], 1.25 * SMALL * unit, bottom + 5 * unit, top - 5 * unit)
    for y, (_y, name, colour) in zip(places, ends, strict=True):
        axes.annotate(
            name,
            (1, (y - bottom) / (top - bottom)),
            xycoords="axes fraction",
            xytext=(6, 0),
            textcoords="offset points",
            fontsize=SMALL,
            color=colour,
            va="center",
            annotation_clip=False,
        )


def period_ticks(axes: Any, places: Sequence[float], labels: Sequence[str]) -> None:
    """Ticks of an axis of periods: at the years where they are months or quarters of many, else as many as fit."""
    years = [(x, label[:4]) for x, label in zip(places, labels, strict=True) if label.endswith(("-01", "-Q1"))]
    named = years if len(years) >= 3 else list(zip(places, labels, strict=True))
    room = 9 if max((len(label) for _x, label in named), default=0) <= 4 else 5
    shown = named[:: 1 + (len(named) - 1) // room]
    axes.set_xticks([x for x, _label in shown], [label for _x, label in shown])


def row_names(axes: Any, names: Sequence[str]) -> None:
    """Rows from the top down, each named at the left."""
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_yticks(range(len(names)), names)
    axes.tick_params(axis="y", labelcolor=INK, labelsize=TEXT)


def wide(said: str, size: float = TEXT) -> float:
    """About how wide words are, units of the viewBox."""
    return size * sum(0.9 if unicodedata.east_asian_width(c) in "WF" else 0.6 for c in said)
