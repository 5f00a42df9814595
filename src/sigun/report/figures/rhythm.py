"""The rhythms (주기): reports at each month of the year, day of the week and hour of the day, beside the average."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from sigun.report.figures.amounts import number, ticks_plain
from sigun.report.figures.axes import panel, quiet, unit_above, words
from sigun.report.figures.style import ACCENT, INK, MUTED, QUIET, Sketch, canvas
from sigun.report.figures.svg import MARK
from sigun.report.figures.tables import table
from sigun.report.finished import Finished
from sigun.text import N_, _

_MONTHS = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)
_DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_EVERY_HOURS = 3


def rhythm_month(finished: Finished) -> Sketch | None:
    """The year."""
    return _profile(finished, "month", 1, [_(m) for m in _MONTHS], _("Reports by month of the year, average = 1"))


def rhythm_weekday(finished: Finished) -> Sketch | None:
    """The week."""
    return _profile(finished, "weekday", 1, [_(d) for d in _DAYS], _("Reports by day of the week, average = 1"))


def rhythm_hour(finished: Finished) -> Sketch | None:
    """The day."""
    names = [_("{n}:00").format(n=n) for n in range(24)]
    return _profile(finished, "hour", 0, names, _("Reports by hour of the day, average = 1"))


def _profile(finished: Finished, cycle: str, first: int, names: Sequence[str], said: str) -> Sketch | None:
    """Dots with whiskers beside the average; filled where the interval leaves the average, hollow where it does not."""
    profiles = table(finished, "rhythm", "profiles", "index")
    if profiles is None or not (profiles["cycle"] == cycle).any():
        return None
    own = profiles[profiles["cycle"] == cycle].sort_values("position", ignore_index=True)
    sheet = canvas(240)
    axes = panel(sheet, left=34, top=32, right=20, bottom=28)
    quiet(axes)
    hollow = " · " + _("○ not told apart from the average") if not _sure(own).all() else ""
    unit_above(axes, _("average = 1") + hollow)
    _lay(axes, own, first, names)
    _dots(axes, own)
    top, low = (own.loc[own["index"].idxmax()], own.loc[own["index"].idxmin()])
    _tag(axes, top, above=True)
    if cycle != "hour":  # everybody knows that the night is quiet
        _tag(axes, low, above=False)
    said += _(": most at {top} ({most}), least at {low} ({least}).").format(
        top=names[int(top["position"]) - first],
        most=number(top["index"], 2),
        low=names[int(low["position"]) - first],
        least=number(low["index"], 2),
    )
    return Sketch(sheet, said)


def _lay(axes: Any, own: pd.DataFrame, first: int, names: Sequence[str]) -> None:
    top, last = float(own[["index", "high"]].max().max()), first + len(names) - 1
    axes.set_xlim(first - 0.6, last + 0.6)
    axes.set_ylim(0, 1.16 * max(top, 1.0))
    step = 1 if len(names) <= len(_MONTHS) else _EVERY_HOURS
    axes.set_xticks(range(first, last + 1, step), names[::step])
    axes.locator_params(axis="y", nbins=4)
    ticks_plain(axes.yaxis)
    axes.axhline(1, color=INK, linewidth=0.9, zorder=1)


def _sure(own: pd.DataFrame) -> pd.Series:
    """Whether the interval leaves the average."""
    return (own["low"] > 1) | (own["high"] < 1)


def _dots(axes: Any, own: pd.DataFrame) -> None:
    axes.plot(own["position"], own["index"], color=QUIET, linewidth=0.8, zorder=1.5)
    sure = _sure(own)
    axes.vlines(own["position"], own["low"], own["high"], color=ACCENT, linewidth=1.4, zorder=2, gid=f"{MARK}whiskers")
    for rows, face in ((own[sure], ACCENT), (own[~sure], "white")):
        axes.plot(
            rows["position"],
            rows["index"],
            "o",
            markersize=6,
            markerfacecolor=face,
            markeredgecolor=ACCENT,
            markeredgewidth=1.4,
            zorder=3,
        )


def _tag(axes: Any, row: pd.Series, above: bool) -> None:
    bottom, top = axes.get_ylim()
    away = 0.03 * (top - bottom) * (1 if above else -1)
    at = max(float(row["high" if above else "low"]) + away, bottom + (0 if above else 0.08 * top))
    words(
        axes,
        row["position"],
        at,
        number(row["index"], 2),
        ha="center",
        va="bottom" if above else "top",
        weight="bold",
        color=INK if above else MUTED,
    )
