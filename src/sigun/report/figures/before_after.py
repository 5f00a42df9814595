"""Figures of a comparison before and after (전후비교 그림): both paths with their means, every change."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sigun.report.figures.amounts import number, ticks_plain
from sigun.report.figures.axes import line_names, panel, quiet, unit_above, words
from sigun.report.figures.effect import lay, start_line
from sigun.report.figures.style import CONTRAST, INK, MUTED, QUIET, SHADE, SMALL, Sketch, canvas, clean
from sigun.report.figures.svg import MARK
from sigun.report.figures.tables import table
from sigun.report.finished import Finished
from sigun.text import _

STEP = "before_after"
GROUPS = (("treated", CONTRAST), ("comparison", QUIET))
NAMED = 6  # treated regions that are named in the picture


def path(finished: Finished) -> Sketch | None:
    """Both groups by period, the means that are compared as level lines, and what is left out shaded."""
    frame = table(finished, STEP, "path", "treated")
    groups = table(finished, STEP, "groups", "before")
    if frame is None or groups is None or len(frame) < 3:
        return None
    frame = frame.sort_values("event_time", ignore_index=True)
    sheet = canvas(280)
    axes = panel(sheet, left=52, top=34, right=112, bottom=46)
    quiet(axes)
    unit_above(axes, clean(_outcome(finished), 40))
    for at in frame.loc[frame["side"].isin(["partial", "outside"]), "event_time"]:
        axes.axvspan(at - 0.5, at + 0.5, color=SHADE, linewidth=0, zorder=0, gid=f"{MARK}left_out")
    means = groups.set_index("group")
    for name, colour in GROUPS:
        axes.plot(frame["event_time"], frame[name], color=colour, linewidth=1.3, alpha=0.75)
        for side in ("before", "after"):
            there = frame.loc[frame["side"] == side, "event_time"]
            axes.hlines(means.loc[name, side], there.min() - 0.4, there.max() + 0.4, color=colour, linewidth=2.6)
    start_line(axes, _start(frame))
    lay(axes, frame)
    names = {"treated": _("where it began"), "comparison": _("compared")}
    line_names(axes, [(float(means.loc[name, "after"]), names[name], colour) for name, colour in GROUPS])
    said = _("Means before and after: {t0} and {t1} where it began, {c0} and {c1} where it did not.")
    told = {f"{n[0]}{i}": number(float(means.loc[n, s])) for n, _c in GROUPS for i, s in enumerate(("before", "after"))}
    return Sketch(sheet, said.format(**told))


def _start(frame: pd.DataFrame) -> float:
    """Before the period in which it began, whole or not."""
    left = frame.loc[(frame["side"] == "partial") & (frame["event_time"] == -1), "event_time"]
    return -1.5 if len(left) else -0.5


def _outcome(finished: Finished) -> str:
    result = finished.results[STEP]
    words_of = [str(result.fact(n).value) for n in ("outcome", "outcome_unit") if result.has_fact(n)]
    return f"{words_of[0]} ({words_of[1]})" if len(words_of) > 1 and words_of[1] else "".join(words_of)


def changes(finished: Finished) -> Sketch | None:
    """The change of every region as a mark on one line, from the lowest up; those where it began stand out."""
    frame = table(finished, STEP, "areas", "change")
    if frame is None or len(frame) < 4:
        return None
    frame = frame.sort_values(["change", "region"], ignore_index=True)
    sheet = canvas(250)
    axes = panel(sheet, left=52, top=34, right=16, bottom=24)
    quiet(axes)
    unit_above(axes, _change_words(finished))
    mine = frame["group"] == "treated"
    for there, colour, size in ((~mine, QUIET, 22), (mine, CONTRAST, 44)):
        axes.scatter(
            frame.index[there], frame.loc[there, "change"], s=size, color=colour, zorder=3, gid=f"{MARK}regions"
        )
    axes.axhline(0, color=INK, linewidth=0.9, zorder=1)
    axes.set_xlim(-1, len(frame))
    axes.set_xticks([])
    axes.locator_params(axis="y", nbins=5)
    ticks_plain(axes.yaxis)
    _names(axes, frame[mine])
    axes.set_xlabel(_("regions, from the lowest change to the highest"), labelpad=6, fontsize=SMALL, color=MUTED)
    ends = frame.iloc[[0, -1]]
    said = _("Changes of {n} regions, from {low} ({least}) to {high} ({most}).")
    low, high = ends.to_dict("records")
    known = {"low": clean(low["name"]), "high": clean(high["name"])}
    return Sketch(sheet, said.format(n=len(frame), least=number(low["change"]), most=number(high["change"]), **known))


def _names(axes: Any, treated: pd.DataFrame) -> None:
    """Those where it began, by name beside their mark, on the side where there is room."""
    last = axes.get_xlim()[1]
    for at, row in list(treated.iterrows())[-NAMED:]:
        right = float(at) < last / 2
        shift = 0.02 * last * (1 if right else -1)
        words(
            axes,
            float(at) + shift,
            row["change"],
            clean(row["name"], 10),
            ha="left" if right else "right",
            color=CONTRAST,
        )


def _change_words(finished: Finished) -> str:
    result = finished.results[STEP]
    if result.has_fact("scale") and result.fact("scale").value == "ratio":
        return _("change from before to after (%)")
    unit = str(result.fact("outcome_unit").value) if result.has_fact("outcome_unit") else ""
    return _("change from before to after") + (f" ({clean(unit)})" if unit else "")
