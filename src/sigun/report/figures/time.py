"""Figures along time (시간): the trend by month, and the rhythms of the year, the week and the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from sigun.report.figures.amounts import month, number, ticks_plain
from sigun.report.figures.axes import hole_bands, panel, quiet, unit_above, words
from sigun.report.figures.style import ACCENT, INK, MUTED, SMALL, Sketch, canvas
from sigun.report.figures.svg import HALO, MARK
from sigun.report.figures.tables import day, holes, table
from sigun.report.finished import Finished
from sigun.text import _

_LINE = 16.0  # of words
_MIDDLE = 14  # a month's point stands at its middle, days from the first


def trend_months(finished: Finished) -> Sketch | None:
    """Reports a month at full observation, with their interval; holes as gaps, changes of intake as upright lines."""
    months = table(finished, "trend", "months", "month")
    if months is None or months["rate"].isna().all():
        return None
    months = months.sort_values("month", ignore_index=True)
    months["at"] = [day(m).toordinal() + _MIDDLE for m in months["month"]]
    sheet = canvas(290)
    axes = panel(sheet, left=46, top=34, right=16, bottom=30)
    quiet(axes)
    partly = (months["status"] == "partial").any()
    unit_above(axes, _("reports per 30 observed days") + (" · " + _("○ observed in part") if partly else ""))
    regimes = table(finished, "trend", "regimes", "start")
    starts = [] if regimes is None else [day(start) for start in regimes["start"]]
    _lay_months(axes, months, _LINE * len(starts))
    hole_bands(axes, [(a.toordinal(), b.toordinal()) for a, b in holes(finished)])
    _draw_line(axes, months)
    _mark_regimes(axes, starts)
    _mark_peak(axes, months)
    return Sketch(sheet, _trend_alt(months))


def _lay_months(axes: Any, months: pd.DataFrame, above: float) -> None:
    """Limits and ticks; `above` units of the viewBox stay free over the data."""
    first, last = day(months["month"].iloc[0]), day(months["month"].iloc[-1])
    top = max(float(months["high"].max()), float(months["rate"].max()))
    axes.set_xlim(first.toordinal() - 5, last.toordinal() + 35)
    axes.set_ylim(0, (1.12 * top or 1) / (1 - above / axes.bbox.height))
    years = range(first.year, last.year + 2)
    shown = [y for y in years if axes.get_xlim()[0] <= date(y, 1, 1).toordinal() <= axes.get_xlim()[1]]
    step = 1 + len(shown) // 8
    axes.set_xticks([date(y, 1, 1).toordinal() for y in shown[::step]], [str(y) for y in shown[::step]])
    axes.locator_params(axis="y", nbins=5)
    ticks_plain(axes.yaxis)


def _draw_line(axes: Any, months: pd.DataFrame) -> None:
    """A line through what was observed; months observed in part are hollow and stand alone."""
    whole = months["rate"].where(months["status"] == "observed")
    axes.fill_between(
        months["at"],
        months["low"].where(whole.notna()),
        months["high"].where(whole.notna()),
        color=ACCENT,
        alpha=0.18,
        linewidth=0,
        gid=f"{MARK}band",
    )
    axes.plot(months["at"], whole, color=ACCENT)
    part = months[(months["status"] == "partial") & months["rate"].notna()]
    if part.empty:
        return
    axes.vlines(part["at"], part["low"], part["high"], color=ACCENT, alpha=0.5, linewidth=1)
    axes.plot(
        part["at"], part["rate"], "o", markersize=4.5, color=ACCENT, markerfacecolor="white", gid=f"{MARK}partial"
    )


def _mark_regimes(axes: Any, starts: Sequence[date]) -> None:
    """A dotted upright line where the way reports come in changed, each named on a line of its own above the data."""
    first, last = axes.get_xlim()
    for k, start in enumerate(starts):
        at = start.toordinal()
        axes.axvline(at, color=INK, linewidth=1, linestyle=(0, (1, 2.5)), gid=f"{MARK}regime")
        left = at > first + 0.6 * (last - first)
        axes.annotate(
            _("intake changes {day}").format(day=month(start)),
            (at, 1),
            xycoords=("data", "axes fraction"),
            xytext=(-5 if left else 5, -_LINE * (k + 0.5)),
            textcoords="offset points",
            fontsize=SMALL,
            color=MUTED,
            ha="right" if left else "left",
            va="center",
            gid=HALO,
        )


def _mark_peak(axes: Any, months: pd.DataFrame) -> None:
    top = months.loc[months["rate"].where(months["status"] == "observed").fillna(-1).idxmax()]
    axes.plot([top["at"]], [top["rate"]], "o", markersize=4.5, color=ACCENT)
    low, high = axes.get_xlim()
    left = top["at"] > (low + high) / 2
    words(
        axes,
        top["at"] + (-1 if left else 1) * 0.015 * (high - low),
        top["rate"],
        f"{month(day(top['month']))} · {number(top['rate'])}",
        ha="right" if left else "left",
        va="bottom",
        weight="bold",
    )


def _trend_alt(months: pd.DataFrame) -> str:
    seen = months[months["rate"].notna()]
    top, last = seen.loc[seen["rate"].idxmax()], seen.iloc[-1]
    said = _(
        "Reports per 30 observed days, by month from {first} to {last}: most in {peak} ({most}), at last {latest}."
    ).format(
        first=month(day(months["month"].iloc[0])),
        last=month(day(last["month"])),
        peak=month(day(top["month"])),
        most=number(top["rate"]),
        latest=number(last["rate"]),
    )
    gaps = int((months["status"] == "hole").sum())
    return said + (" " + _("Nothing was collected in {n} of the months.").format(n=gaps) if gaps else "")
