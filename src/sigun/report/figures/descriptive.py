"""Figures of columns by themselves (기술통계 그림): a map of the last period, and the middle half over time."""

from __future__ import annotations

from collections.abc import Sequence

from sigun.report.figures.amounts import number, ticks_plain
from sigun.report.figures.axes import line_names, panel, period_ticks, quiet, unit_above
from sigun.report.figures.factor_maps import mapped, rising
from sigun.report.figures.style import ACCENT, Sketch, canvas, clean
from sigun.report.figures.svg import MARK
from sigun.report.figures.tables import table
from sigun.report.finished import Finished
from sigun.text import _

STEP = "summary"
SHOWN = 3  # columns that have a map and a line of their own: the first of the plan


def shown(finished: Finished) -> Sequence[tuple[str, str, str]]:
    """Id, title and unit of the columns that are drawn."""
    rows = table(finished, STEP, "variables", "mean")
    if rows is None:
        return ()
    first = rows.drop_duplicates("variable").head(SHOWN)
    return [(str(v), str(t), str(u)) for v, t, u in first[["variable", "title", "unit"]].itertuples(index=False)]


def map_of(finished: Finished, at: int) -> Sketch | None:
    """Where how much there is, in the last period."""
    every = table(finished, STEP, "values", "region")
    if every is None or at >= len(shown(finished)):
        return None
    rows = every[every["variable"] == shown(finished)[at][0]].reset_index(drop=True)
    return mapped(rows, "value", table(finished, STEP, "outline", "x"), rising)


def trend_of(finished: Finished, at: int) -> Sketch | None:
    """The median over the regions and their middle half, period by period."""
    frame = table(finished, STEP, "trend", "median")
    if frame is None or at >= len(shown(finished)):
        return None
    variable, title, unit = shown(finished)[at]
    rows = frame[frame["variable"] == variable].reset_index(drop=True)
    if len(rows) < 3:
        return None
    sheet = canvas(230)
    axes = panel(sheet, left=58, top=34, right=96, bottom=28)
    quiet(axes)
    unit_above(axes, clean(f"{title} ({unit})" if unit else title, 40))
    axes.fill_between(rows.index, rows["q25"], rows["q75"], color=ACCENT, alpha=0.16, linewidth=0, gid=f"{MARK}band")
    axes.plot(rows.index, rows["median"], color=ACCENT)
    axes.set_xlim(-0.5, len(rows) - 0.5)
    period_ticks(axes, list(range(len(rows))), rows["period"].tolist())
    axes.locator_params(axis="y", nbins=5)
    ticks_plain(axes.yaxis)
    last = rows.iloc[-1]
    ends = ((last["q75"], _("upper quarter")), (last["median"], _("median")), (last["q25"], _("lower quarter")))
    line_names(axes, [(float(y), name, ACCENT) for y, name in ends])
    said = _("Median over the regions from {first} to {last}: {before} and {after}.")
    known = {"first": rows["period"][0], "last": last["period"]}
    return Sketch(
        sheet, said.format(before=number(float(rows["median"][0])), after=number(float(last["median"])), **known)
    )
