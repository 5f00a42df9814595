"""What goes together with the reports (관련성): area by area, within areas over time, and with the weather."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sigun.report.figures.amounts import number, plain, ticks_plain
from sigun.report.figures.axes import panel, quiet, row_names
from sigun.report.figures.style import ACCENT, INK, MUTED, SMALL, TEXT, WIDTH, Sketch, canvas, clean
from sigun.report.figures.svg import MARK
from sigun.report.figures.tables import table
from sigun.report.finished import Finished
from sigun.text import _

_ROW = 27.0
_MOST_ROWS = 14  # of each kind; the tables have them all
_LEFT, _RIGHT = 168.0, 62.0
_RATIOS = (0.1, 0.2, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 5.0, 10.0)  # ticks of a logarithmic axis
_FOOT = 44  # ticks and the name of the axis under the last block


@dataclass(frozen=True)
class Row:
    """One estimate with its interval. `sure`: the reading is not "unclear"."""

    name: str
    value: float
    low: float
    high: float
    sure: bool


def area_factors(finished: Finished) -> Sketch | None:
    """Rank correlations between areas, and within areas over time under them: the two may not agree."""
    between = _rows(table(finished, "area_factors", "associations", "rho"), "rho")
    within = _rows(table(finished, "area_factors", "periods", "rho_within"), "rho_within")
    blocks = [(_("between areas"), between), (_("within the same area, month by month"), within)]
    blocks = [(head, rows) for head, rows in blocks if rows]
    if not blocks:
        return None
    sheet = canvas(sum(_block_height(rows) for _head, rows in blocks) + _FOOT)
    top = 0.0
    for i, (head, rows) in enumerate(blocks):
        last = i == len(blocks) - 1
        axes = _block(sheet, top, head, rows, none=0.0)
        axes.set_xlim(-1, 1)
        axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1", "−0.5", "0", "0.5", "1"] if last else [""] * 5)
        top += _block_height(rows)
        if last:
            axes.set_xlabel(_("rank correlation with the rate of reports") + _hollow(between + within), labelpad=3)
    strongest = max((r for _head, rows in blocks for r in rows), key=lambda r: (r.sure, abs(r.value)))
    said = _("Rank correlation of area factors with the rate of reports; the strongest: {name} ({value}).")
    return Sketch(sheet, said.format(name=strongest.name, value=number(strongest.value, 2)))


def occurrence(finished: Finished) -> Sketch | None:
    """Times the reports for one standard deviation more of each variable, the others held equal."""
    frame = table(finished, "occurrence", "effects", "rate_ratio")
    if frame is None:
        return None
    rows = _rows(frame.assign(rate_ratio=np.log(frame["rate_ratio"])), "rate_ratio")
    rows = [Row(r.name, math.exp(r.value), r.low, r.high, r.sure) for r in rows]
    sheet = canvas(_block_height(rows) + _FOOT)
    axes = _block(sheet, 0, _("times as many reports for one standard deviation more") + _hollow(rows), rows, none=1.0)
    far = max(abs(math.log(v)) for r in rows for v in (r.low, r.high) if v > 0)
    axes.set_xscale("log")
    axes.set_xlim(math.exp(-1.08 * far), math.exp(1.08 * far))
    ends = [v for v in _RATIOS if abs(math.log(v)) <= 1.08 * far]
    axes.set_xticks(ends, [plain(v) for v in ends])
    axes.set_xticks([], minor=True)
    strongest = max(rows, key=lambda r: (r.sure, abs(math.log(r.value))))
    said = _(
        "Times as many reports for one standard deviation more of each variable; the strongest: {name} (×{value})."
    )
    return Sketch(sheet, said.format(name=strongest.name, value=number(strongest.value, 2)))


def weather(finished: Finished) -> Sketch | None:
    """Reports for one step more of each weather variable, and below the reports a day over the range of each."""
    frame = table(finished, "weather", "associations", "ratio")
    if frame is None:
        return None
    rows = [
        Row(
            f"{clean(r.title, 14)} +{plain(r.per)} {clean(r.unit, 8)}".strip(), r.ratio, r.low, r.high, _sure(r.reading)
        )
        for r in frame.head(_MOST_ROWS).itertuples()
    ]
    bins = table(finished, "weather", "bins", "reports_per_day")
    panels = [] if bins is None else [(r, bins[bins["variable"] == r.variable]) for r in frame.itertuples()]
    panels = [(r, own) for r, own in panels if len(own) > 1][:4]
    ratios = _block_height(rows) + _FOOT
    sheet = canvas(ratios + 150 * math.ceil(len(panels) / 2))
    axes = _block(sheet, 0, _("times as many reports") + _hollow(rows), rows, none=1.0)
    far = max(abs(v - 1) for r in rows for v in (r.low, r.high, r.value) if math.isfinite(v))
    axes.set_xlim(1 - 1.08 * far, 1 + 1.08 * far)
    axes.locator_params(axis="x", nbins=5)
    ticks_plain(axes.xaxis)
    highest = 1.1 * max([0.0, *(float(own[["reports_per_day", "high"]].max().max()) for _r, own in panels)])
    for i, (row, own) in enumerate(panels):
        _small(sheet, ratios + 150 * (i // 2), i % 2, f"{clean(row.title, 14)} ({clean(row.unit, 8)})", own, highest)
    clear = [r for r in rows if r.sure]
    said = _("Reports beside the weather of the day: {list}.")
    each = ", ".join(f"{r.name} ×{number(r.value, 2)}" for r in (clear or rows)[:4])
    return Sketch(sheet, said.format(list=each))


def _hollow(rows: Sequence[Row]) -> str:
    """What the hollow dots mean, where there are any."""
    return "" if all(r.sure for r in rows) else " · " + _("○ direction unclear")


def _sure(reading: object) -> bool:
    return reading in ("positive", "negative")


def _rows(frame: pd.DataFrame | None, value: str) -> list[Row]:
    if frame is None:
        return []
    frame = frame.assign(size=frame[value].abs(), sure=frame["reading"].map(_sure))
    frame = frame.sort_values(["sure", "size", "variable"], ascending=[False, False, True]).head(_MOST_ROWS)
    return [
        Row(clean(title, 15), float(v), float(low), float(high), sure)
        for title, v, low, high, sure in zip(
            frame["title"], frame[value], frame["low"], frame["high"], frame["sure"], strict=True
        )
    ]


def _block_height(rows: Sequence[Row]) -> float:
    return 34 + _ROW * len(rows)


def _block(sheet: Any, top: float, head: str, rows: Sequence[Row], none: float) -> Any:
    """Rows of dots with whiskers: filled where the direction is clear, hollow where it is not."""
    height = 72 * sheet.get_size_inches()[1]
    axes = panel(sheet, _LEFT, top + 28, _RIGHT, height - top - 28 - _ROW * len(rows))
    quiet(axes, "x")
    row_names(axes, [r.name for r in rows])
    axes.axvline(none, color=INK, linewidth=0.9, zorder=1)
    for i, row in enumerate(rows):
        colour = ACCENT if row.sure else MUTED
        axes.plot([row.low, row.high], [i, i], color=colour, linewidth=1.5, zorder=2, gid=f"{MARK}whiskers")
        axes.plot(
            [row.value],
            [i],
            "o",
            markersize=7,
            markerfacecolor=colour if row.sure else "white",
            markeredgecolor=colour,
            markeredgewidth=1.5,
            zorder=3,
        )
        axes.annotate(
            number(row.value, 2),
            (1, i),
            xycoords=("axes fraction", "data"),
            xytext=(_RIGHT - 6, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            weight="bold" if row.sure else "normal",
            color=INK if row.sure else MUTED,
        )
    sheet.text(0.004, 1 - (top + 13) / height, head, fontsize=TEXT, color=MUTED, va="center", weight="bold")
    return axes


def _small(sheet: Any, top: float, column: int, head: str, own: pd.DataFrame, highest: float) -> None:
    """One small panel: reports a day in each bin of a variable, one scale for all panels."""
    height, half = 72 * sheet.get_size_inches()[1], WIDTH / 2
    left = 30 + column * half
    axes = panel(sheet, left, top + 26, WIDTH - left - half + 44, height - top - 26 - 92)
    quiet(axes)
    own = own.sort_values("low_edge", ignore_index=True)
    axes.vlines(own.index, own["low"], own["high"], color=ACCENT, linewidth=1.4, gid=f"{MARK}whiskers")
    axes.plot(own.index, own["reports_per_day"], "o-", color=ACCENT, markersize=5, linewidth=0.8)
    axes.set_xlim(-0.5, len(own) - 0.5)
    axes.set_ylim(0, highest)
    axes.locator_params(axis="y", nbins=3)
    ticks_plain(axes.yaxis)
    axes.set_xticks(own.index, _edges(own))
    place = ((left - 28) / WIDTH, 1 - (top + 10) / height)
    sheet.text(*place, f"{head}  ·  {_('reports a day')}", fontsize=SMALL, color=MUTED, va="center")


def _edges(own: pd.DataFrame) -> list[str]:
    """Bins by the edge they begin at, the first by the edge it ends at: short enough to stand side by side."""
    lows = [f"≥{_short(low)}" for low in own["low_edge"]]
    first = own["low_edge"].iloc[0]
    alone = first == own["high_edge"].iloc[0]  # a bin of one value, such as no rain
    return [_short(first) if alone else f"<{_short(own['low_edge'].iloc[1])}", *lows[1:]]


def _short(value: float) -> str:
    return plain(float(f"{value:.3g}"))
