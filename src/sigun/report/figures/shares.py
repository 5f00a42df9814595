"""Shares of a whole (비중): kinds of vehicle, how few places hold how many reports, how many cases are still open."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from sigun.report.figures.amounts import number, percent, plain, ticks_percent, ticks_plain
from sigun.report.figures.axes import line_names, panel, quiet, row_names, unit_above, wide, words
from sigun.report.figures.style import ACCENT, CONTRAST, INK, MUTED, QUIET, SMALL, Sketch, canvas, clean
from sigun.report.figures.svg import MARK
from sigun.report.figures.tables import fact, table
from sigun.report.finished import Finished
from sigun.report.outcomes import OUTCOMES
from sigun.text import N_, _

_MOST_KINDS = 9  # more bars than that are read by nobody; the table has them all
_ROW = 31
_TAIL = 0.03
_RARE = 0.01  # ways to end that are rarer at the last day are in the table alone
_SHORT = {"confirmed": N_("confirmed"), "not_found": N_("not there")}  # beside a line there is little room
_LINES = (
    *((ACCENT, "solid"), (CONTRAST, "solid"), (INK, (0, (6, 1.5)))),
    *((MUTED, (0, (2, 2))), (QUIET, (0, (6, 1.5, 1.5, 1.5)))),
)


def kinds(finished: Finished) -> Sketch | None:
    """Share of each kind of vehicle with its interval, and how many of them were confirmed."""
    frame = table(finished, "kinds", "kinds", "share")
    if frame is None:
        return None
    frame = frame.sort_values(["share", "kind"], ascending=[False, True], ignore_index=True).head(_MOST_KINDS)
    names = [clean(_(str(k)).replace("_", " ") if k else "", 18) for k in frame["kind"]]
    left = max(48.0, *(14 + wide(name) for name in names))
    sheet = canvas(46 + _ROW * len(frame))
    axes = panel(sheet, left=left, top=28, right=186, bottom=18)
    quiet(axes, "")
    axes.set_xlim(0, float(frame[["share", "high"]].max().max()))
    axes.set_xticks([])
    row_names(axes, names)
    at = np.arange(len(frame))
    axes.barh(at, frame["share"], height=0.62, color=ACCENT, alpha=0.85)
    axes.hlines(at, frame["low"], frame["high"], color=INK, linewidth=1.2, gid=f"{MARK}whiskers")
    _columns(axes, frame)
    said = _("Share of reports by kind of vehicle: {list}.")
    pairs = [f"{n} {percent(s)}" for n, s in zip(names[:3], frame["share"], strict=False)]
    return Sketch(sheet, said.format(list=", ".join(pairs)))


def _columns(axes: Any, frame: pd.DataFrame) -> None:
    """Three quiet columns of figures beside the bars."""
    share_right, reports_right, confirmed_right = (_beyond(axes, p) for p in (52, 112, 180))
    confirmed = frame["confirmed_share"] if "confirmed_share" in frame.columns else pd.Series(np.nan, frame.index)
    heads = [(share_right, _("share of all")), (reports_right, _("reports (n)"))]
    heads += [(confirmed_right, _("of which confirmed"))] if confirmed.notna().any() else []
    for x, head in heads:
        axes.text(x, -0.85, head, fontsize=SMALL, color=MUTED, ha="right", va="center")
    for i in range(len(frame)):
        axes.text(share_right, i, percent(frame["share"].iloc[i]), ha="right", va="center", weight="bold")
        axes.text(reports_right, i, plain(frame["reports"].iloc[i]), ha="right", va="center", color=MUTED)
        if pd.notna(confirmed.iloc[i]):
            axes.text(confirmed_right, i, percent(confirmed.iloc[i]), ha="right", va="center", color=MUTED)


def _beyond(axes: Any, pixels: float) -> float:
    """The x that lies so many units of the viewBox right of the panel."""
    inside = axes.bbox.width
    return float(axes.get_xlim()[1] * (inside + pixels) / inside)


def concentration(finished: Finished) -> Sketch | None:
    """Share of reports in the busiest half of the cells, beside what chance alone would give."""
    curve = table(finished, "concentration", "curve", "share_reports")
    if curve is None:
        return None
    sheet = canvas(290)
    axes = panel(sheet, left=50, top=32, right=92, bottom=44)
    quiet(axes, "both")
    unit_above(axes, _("share of the reports"))
    axes.set_xlabel(_("share of the cells with reports, busiest first"), labelpad=6)
    axes.set_xlim(0, 0.5)
    axes.set_ylim(0, 1)
    for axis in (axes.xaxis, axes.yaxis):
        ticks_percent(axis)
    axes.set_xticks([0, 0.1, 0.2, 0.3, 0.4, 0.5])
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    line_names(axes, _concentration_lines(axes, curve))
    top10 = fact(finished, "concentration", "top10")
    if not math.isfinite(top10):
        return Sketch(sheet, _("Share of the reports in the busiest cells."))
    axes.plot([0.1], [top10], "o", color=ACCENT, markersize=7, zorder=4)
    words(axes, 0.112, top10 - 0.03, _("busiest 10 %: {share}").format(share=percent(top10)), weight="bold", va="top")
    said = _("The busiest 10 % of the cells with reports hold {share} of the reports.")
    return Sketch(sheet, said.format(share=percent(top10)))


def _concentration_lines(axes: Any, curve: pd.DataFrame) -> list[tuple[float, str, str]]:
    """Each outcome a line, chance dashed; where each leaves the panel, its name and colour."""
    names = {"reports": _("all reports"), "confirmed": _("confirmed only")}
    looks = {"reports": (ACCENT, "-"), "confirmed": (CONTRAST, (0, (5, 1.5)))}
    ends = []
    for outcome, (colour, dash) in looks.items():
        own = curve[curve["outcome"] == outcome].sort_values("share_cells")
        if own.empty:
            continue
        axes.plot(own["share_cells"], own["share_reports"], color=colour, linestyle=dash)
        ends.append((float(np.interp(0.5, own["share_cells"], own["share_reports"])), names[outcome], colour))
    first = curve[curve["outcome"] == curve["outcome"].iloc[0]].sort_values("share_cells")
    if "even" in first.columns and first["even"].notna().any():
        axes.plot(first["share_cells"], first["even"], color=QUIET, linewidth=1.3, linestyle=(0, (2, 2)))
        ends.append((float(np.interp(0.5, first["share_cells"], first["even"])), _("chance alone"), MUTED))
    return ends


def duration_curve(finished: Finished) -> Sketch | None:
    """Share of cases still open by days since the report (Kaplan-Meier), with its interval and the median."""
    curve = table(finished, "duration", "curve", "share_open")
    if curve is None:
        return None
    curve = curve.sort_values("days", ignore_index=True)
    sheet = canvas(270)
    axes = panel(sheet, left=50, top=32, right=16, bottom=44)
    quiet(axes)
    unit_above(axes, _("share still open"))
    axes.set_xlabel(_("days since the report"), labelpad=6)
    axes.set_xlim(0, _last_day(curve))
    axes.set_ylim(0, 1)
    ticks_percent(axes.yaxis)
    ticks_plain(axes.xaxis)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    axes.fill_between(
        curve["days"], curve["low"], curve["high"], step="post", color=ACCENT, alpha=0.2, linewidth=0, gid=f"{MARK}band"
    )
    axes.step(curve["days"], curve["share_open"], where="post", color=ACCENT)
    median = fact(finished, "duration", "median_days")
    if not math.isfinite(median):
        return Sketch(sheet, _("Share of cases still open, by days since the report."))
    axes.plot([0, median, median], [0.5, 0.5, 0], color=INK, linewidth=0.9, linestyle=(0, (2, 2)))
    axes.plot([median], [0.5], "o", color=INK, markersize=5)
    at = median + 0.02 * axes.get_xlim()[1]
    words(axes, at, 0.53, _("half closed within {n} days").format(n=number(median)), weight="bold", va="bottom")
    return Sketch(sheet, _("Half of the cases were closed within {n} days of the report.").format(n=number(median)))


def endings_curve(finished: Finished) -> Sketch | None:
    """Share of cases ended in each way by days since the report, the ways competing (Aalen-Johansen)."""
    curves = table(finished, "duration", "endings", "share")
    if curves is None:
        return None
    last = curves[curves["days"] == curves["days"].max()].sort_values(["share", "outcome"], ascending=[False, True])
    shown = last[last["share"] >= _RARE].head(len(_LINES))
    if shown.empty:
        return None
    names = [clean(_(_SHORT.get(str(outcome), OUTCOMES[str(outcome)]))) for outcome in shown["outcome"]]
    sheet = canvas(270)
    axes = panel(sheet, left=50, top=32, right=14 + max(wide(name, SMALL) for name in names), bottom=44)
    quiet(axes)
    unit_above(axes, _("share ended so"))
    axes.set_xlabel(_("days since the report"), labelpad=6)
    axes.set_xlim(0, float(curves["days"].max()))
    axes.set_ylim(0, 1.08 * float(curves["high"].max()))
    ticks_percent(axes.yaxis)
    ticks_plain(axes.xaxis)
    for (colour, dash), outcome in zip(_LINES, shown["outcome"], strict=False):
        own = curves[curves["outcome"] == outcome].sort_values("days")
        axes.fill_between(
            own["days"], own["low"], own["high"], step="post", color=colour, alpha=0.15, linewidth=0, gid=f"{MARK}band"
        )
        axes.step(own["days"], own["share"], where="post", color=colour, linestyle=dash)
    ends = zip(shown["share"], names, (colour for colour, _dash in _LINES), strict=False)
    line_names(axes, [(float(y), name, colour) for y, name, colour in ends])
    pairs = ", ".join(f"{name} {percent(share)}" for name, share in zip(names, shown["share"], strict=True))
    said = _("How cases ended, by days since the report; by day {n}: {list}.")
    return Sketch(sheet, said.format(n=plain(float(curves["days"].max())), list=pairs))


def _last_day(curve: pd.DataFrame) -> float:
    """Where to stop: once fewer than 3 % are open the rest is a long tail."""
    late = curve.loc[curve["share_open"] < _TAIL, "days"]
    last = float(late.iloc[0] if len(late) else curve["days"].iloc[-1])
    return max(last, 1.0)
