"""Figures of a policy's effect (정책효과 그림): before and after by event time, and the treated beside their double."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sigun.report.figures.amounts import number, plain, ticks_plain
from sigun.report.figures.axes import line_names, panel, period_ticks, quiet, unit_above
from sigun.report.figures.style import ACCENT, CONTRAST, INK, MUTED, QUIET, SMALL, Sketch, canvas, clean
from sigun.report.figures.svg import HALO, MARK
from sigun.report.figures.tables import table
from sigun.report.finished import Finished
from sigun.text import _

STEP = "effect"
_FOOT = 46


def events(finished: Finished) -> Sketch | None:
    """Event-time effects with their intervals and the band for all of them; the plain two-way ones as small crosses."""
    frame = _first(table(finished, STEP, "events", "estimate"))
    if frame is None or len(frame) < 3:
        return None
    frame = frame.sort_values("event_time", ignore_index=True)
    sheet = canvas(270)
    axes = panel(sheet, left=52, top=34, right=16, bottom=_FOOT)
    quiet(axes)
    unit_above(axes, _("difference from those compared with") + " · " + _("× plain two-way regression"))
    _band(axes, frame)
    axes.axhline(0, color=INK, linewidth=0.9, zorder=1)
    start_line(axes, -0.5)
    at = frame["event_time"]
    axes.vlines(at, frame["low"], frame["high"], color=ACCENT, linewidth=1.5, zorder=2, gid=f"{MARK}whiskers")
    axes.plot(at, frame["estimate"], "o", markersize=5, color=ACCENT, zorder=3)
    plain_ones = table(finished, STEP, "two_way", "estimate")
    if plain_ones is not None:
        same = plain_ones[plain_ones["design"] == frame["design"].iloc[0]]
        axes.plot(same["event_time"], same["estimate"], "x", markersize=4, color=QUIET, zorder=2)
    lay(axes, frame)
    post = frame[frame["event_time"] >= 0]
    said = _("Differences by periods since the start: {n} before and {m} after; the last one {value}.")
    alt = said.format(n=int((at < 0).sum()), m=len(post), value=number(float(frame["estimate"].iloc[-1])))
    return Sketch(sheet, alt)


def path(finished: Finished) -> Sketch | None:
    """The treated regions and their synthetic double, over the calendar where they began together."""
    frame = _first(table(finished, STEP, "path", "observed"))
    if frame is None or len(frame) < 3:
        return None
    frame = frame.sort_values("event_time", ignore_index=True)
    sheet = canvas(270)
    axes = panel(sheet, left=52, top=34, right=112, bottom=_FOOT)
    quiet(axes)
    unit_above(axes, clean(_outcome(finished), 30))
    at = frame["event_time"]
    axes.plot(at, frame["synthetic"], color=QUIET, linestyle=(0, (4, 2)))
    axes.plot(at, frame["observed"], color=CONTRAST)
    start_line(axes, -0.5)
    lay(axes, frame)
    names = ((_("treated"), CONTRAST, "observed"), (_("mix of others"), QUIET, "synthetic"))
    line_names(axes, [(float(frame[column].iloc[-1]), name, colour) for name, colour, column in names])
    said = _("The treated regions and the mix of others: at last {treated} and {mixed}.")
    last = frame.iloc[-1]
    return Sketch(sheet, said.format(treated=number(float(last["observed"])), mixed=number(float(last["synthetic"]))))


def _first(frame: pd.DataFrame | None) -> pd.DataFrame | None:
    """The rows of the first design that has any."""
    return None if frame is None else frame[frame["design"] == frame["design"].iloc[0]].reset_index(drop=True)


def _outcome(finished: Finished) -> str:
    result = finished.results[STEP]
    if not result.has_fact("outcome"):
        return ""
    said = str(result.fact("outcome").value)
    return f"{said} ({_('logarithm')})" if result.fact("transform").value == "log" else said


def _band(axes: Any, frame: pd.DataFrame) -> None:
    if frame["band_low"].isna().all():
        return
    base = frame["se"].isna() & (frame["estimate"] == 0)  # what changes are measured from is zero by itself
    low, high = (frame[c].mask(base, 0.0) for c in ("band_low", "band_high"))
    axes.fill_between(frame["event_time"], low, high, color=ACCENT, alpha=0.14, linewidth=0, gid=f"{MARK}band")


def start_line(axes: Any, at: float) -> None:
    """A dotted line where something began."""
    axes.axvline(at, color=INK, linewidth=1, linestyle=(0, (1, 2.5)), gid=f"{MARK}start")
    axes.annotate(
        _("start"),
        (at, 1),
        xycoords=("data", "axes fraction"),
        xytext=(-5, -6),
        textcoords="offset points",
        fontsize=SMALL,
        color=MUTED,
        ha="right",
        va="center",
        gid=HALO,
    )


def lay(axes: Any, frame: pd.DataFrame) -> None:
    """Periods where all began together, else periods since the start."""
    at = frame["event_time"]
    axes.set_xlim(at.min() - 0.5, at.max() + 0.5)
    if "period" in frame and frame["period"].astype(bool).all():
        period_ticks(axes, at.tolist(), frame["period"].tolist())
    else:
        step = 1 + len(at) // 9
        shown = [int(e) for e in at if int(e) % step == 0]
        axes.set_xticks(shown, [plain(e) for e in shown])
        axes.set_xlabel(_("periods since the start"), labelpad=3)
    axes.locator_params(axis="y", nbins=5)
    ticks_plain(axes.yaxis)
