"""What is observed, variable by period (자료 점검 그림): a row a variable, the darker the more regions are told."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from sigun.report.figures.axes import panel, wide
from sigun.report.figures.style import EXPECTED, INK, MUTED, QUIET, SHADE, SMALL, TEXT, Sketch, canvas, clean
from sigun.report.figures.tables import table
from sigun.report.finished import Finished
from sigun.text import _

ROW = 22.0  # height, units of the viewBox
NAME = 21  # letters of a variable's name
CLASSES = (0.5, 0.9, 1.0)  # shares of regions from which a darker blue begins
DARK = 2  # class from which letters are white
NUMBERED = 24.0  # width of a period from which its number of regions fits in


def availability(finished: Finished) -> Sketch | None:
    """Regions with a value, by variable and period; variables that are derived are left out."""
    rows = table(finished, "coverage", "availability", "period")
    variables = table(finished, "coverage", "variables", "variable")
    if rows is None or variables is None:
        return None
    shown = variables[variables["kind"] == "table"]
    titles = {v: clean(t, NAME) for v, t in zip(shown["variable"], shown["title"], strict=True)}
    periods = sorted(rows["period"].unique())
    rows = rows[rows["variable"].isin(titles)].assign(told=lambda r: r["observed"] + r["provisional"])
    sheet = canvas(ROW * len(titles) + 62)
    left = 12 + max(wide(t, SMALL) for t in titles.values())
    axes = panel(sheet, left=left, top=12, right=8, bottom=50)
    _lay(axes, list(titles.values()), periods)
    for place, name in enumerate(titles):
        _row(axes, place, rows[rows["variable"] == name].sort_values("period"), axes.bbox.width / len(periods))
    legend(axes, (_("none"), _("below half"), _("from half"), _("from 90 %"), _("all regions")))
    return Sketch(sheet, _said(rows, titles))


def _lay(axes: Any, names: list[str], periods: list[str]) -> None:
    for side in ("top", "left", "right", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, pad=4)
    axes.set_xlim(0, len(periods))
    axes.set_ylim(len(names), 0)
    axes.set_yticks([i + 0.5 for i in range(len(names))], names)
    axes.tick_params(axis="y", labelcolor=INK, labelsize=SMALL)
    step = math.ceil(len(periods) * (wide(periods[0], SMALL) + 8) / axes.bbox.width)  # no label on another
    shown = range(0, len(periods), max(step, 1))
    axes.set_xticks([i + 0.5 for i in shown], [periods[i] for i in shown])


def _row(axes: Any, place: int, rows: pd.DataFrame, width: float) -> None:
    """Stretches of one class as one bar each; the number of regions where some lack and there is room."""
    classes = [class_of(t, n) for t, n in zip(rows["told"], rows["regions"], strict=True)]
    begin = 0
    for i in range(1, len(classes) + 1):
        if i == len(classes) or classes[i] != classes[begin]:
            colour = SHADE if classes[begin] is None else EXPECTED[classes[begin] or 0]
            axes.broken_barh([(begin, i - begin)], (place + 0.06, 0.88), facecolor=colour, linewidth=0)
            begin = i
    if width < NUMBERED:
        return
    for i, (told, number) in enumerate(zip(rows["told"], classes, strict=True)):
        colour = QUIET if number is None else "white" if number >= DARK else INK
        text = "–" if number is None else f"{told:,}"
        axes.text(i + 0.5, place + 0.52, text, ha="center", va="center", fontsize=SMALL - 1, color=colour)


def class_of(told: int, whole: int) -> int | None:
    """Which blue: none where nothing is told, the darkest where all is."""
    return None if told == 0 else sum(told >= edge * whole for edge in CLASSES)


def legend(axes: Any, names: Sequence[str]) -> None:
    """A square and a name for each class, from none to all, under the axes."""
    at = 0.0
    for colour, name in zip((SHADE, *EXPECTED), names, strict=True):
        box = {"xycoords": "axes pixels", "annotation_clip": False}
        axes.annotate("■", (at, -38), fontsize=TEXT, color=colour, va="center", **box)
        axes.annotate(name, (at + 15, -38), fontsize=SMALL - 1, color=MUTED, va="center", **box)
        at += 21 + wide(name, SMALL - 1)


def _said(rows: pd.DataFrame, titles: dict[str, str]) -> str:
    whole = rows.groupby("variable")[["told", "regions"]].sum()
    share = (whole["told"] / whole["regions"]).reindex(list(titles))
    least = share.idxmin()
    return _(
        "Regions with a value, by variable and period: {n} variables; least is told of {name} ({share} %)."
    ).format(n=len(titles), name=titles[str(least)], share=round(100 * float(share.min())))
