"""How good the forecast is, and what a patrol buys (예측 검증): hit rate, models beside ours, calibration, capacity."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sigun.report.figures.amounts import number, percent, plain, ticks_percent, ticks_plain
from sigun.report.figures.axes import line_names, panel, quiet, row_names, unit_above, words
from sigun.report.figures.style import ACCENT, CONTRAST, INK, MUTED, QUIET, SMALL, TEXT, Sketch, canvas
from sigun.report.figures.svg import MARK
from sigun.report.figures.tables import fact, table
from sigun.report.finished import Finished
from sigun.text import N_, _

OURS = "mixture"
MODELS = {
    OURS: N_("our forecast"),
    "shrinkage": N_("shrinkage alone"),
    "mean_12m": N_("last 12 months"),
    "mean_all": N_("long-run mean"),
    "ewma": N_("recent weighted mean"),
    "kde": N_("kernel density"),
    "seasonal_naive": N_("same time last year"),
    "uniform": N_("evenly spread"),
}
_WIDEST = 0.2  # of the area: nobody patrols more


def _own_mode(finished: Finished, frame: pd.DataFrame | None) -> pd.DataFrame | None:
    """The rows of the way of counting the plan asks for; of the first one there is otherwise."""
    if frame is None or "mode" not in frame.columns:
        return frame
    mode = finished.plan.target if (frame["mode"] == finished.plan.target).any() else frame["mode"].iloc[0]
    return frame[frame["mode"] == mode].reset_index(drop=True)


def backtest_hits(finished: Finished) -> Sketch | None:
    """Share of the reports caught by the busiest share of the area, ours in front of the baselines."""
    curve = _own_mode(finished, table(finished, "backtest", "curve", "hit"))
    if curve is None:
        return None
    sheet = canvas(300)
    axes = panel(sheet, left=46, top=32, right=128, bottom=44)
    quiet(axes, "both")
    unit_above(axes, _("share of the reports caught"))
    by_area = finished.plan.space.unit == "area"
    axes.set_xlabel(_("share of the areas looked at") if by_area else _("share of the area looked at"), labelpad=6)
    inside = curve[curve["share_area"] <= _WIDEST]
    widest = float(inside["share_area"].max()) if len(inside) else float(curve["share_area"].max())
    axes.set_xlim(0, widest)
    axes.set_ylim(0, 1.08 * max(0.05, float(curve.loc[curve["share_area"] <= widest, ["hit", "high"]].max().max())))
    axes.locator_params(nbins=5)
    for axis in (axes.xaxis, axes.yaxis):
        ticks_percent(axis)
    ends = [_hit_line(axes, model, curve[curve["model"] == model], widest) for model in MODELS]
    line_names(axes, [end for end in ends if end is not None])
    return Sketch(sheet, _hits_alt(curve, by_area))


def _hit_line(axes: Any, model: str, own: pd.DataFrame, widest: float) -> tuple[float, str, str] | None:
    if own.empty:
        return None
    own = own.sort_values("share_area")
    ours = model == OURS
    colour = ACCENT if ours else CONTRAST if model == "uniform" else QUIET
    if ours:
        axes.fill_between(
            own["share_area"], own["low"], own["high"], color=ACCENT, alpha=0.2, linewidth=0, gid=f"{MARK}band"
        )
    dash = "-" if ours else (0, (2, 2)) if model == "uniform" else (0, (6, 1.5))
    axes.plot(
        own["share_area"],
        own["hit"],
        color=colour,
        linewidth=2.4 if ours else 1,
        linestyle=dash,
        zorder=4 if ours else 2,
    )
    end = float(np.interp(widest, own["share_area"], own["hit"]))
    return end, _(MODELS[model]), ACCENT if ours else CONTRAST if model == "uniform" else MUTED


def _hits_alt(curve: pd.DataFrame, by_area: bool) -> str:
    ours = curve[curve["model"] == OURS].sort_values("share_area")
    if ours.empty:
        return _("Share of the reports caught, by how much is looked at.")
    at = 0.05 if ours["share_area"].min() <= 0.05 <= ours["share_area"].max() else float(ours["share_area"].iloc[0])
    caught = float(np.interp(at, ours["share_area"], ours["hit"]))
    said = (
        _("Looking at {area} of the areas, our forecast would have caught {share} of the reports.")
        if by_area
        else _("Looking at {area} of the area, our forecast would have caught {share} of the reports.")
    )
    return said.format(area=percent(at), share=percent(caught))


def backtest_models(finished: Finished) -> Sketch | None:
    """Hit rate and deviance of every model with their intervals, best first."""
    scores = _own_mode(finished, table(finished, "backtest", "scores", "value"))
    if scores is None:
        return None
    scores = scores[(scores["level"] == "cell") & scores["model"].isin(list(MODELS))]
    hits, deviance = (scores[scores["measure"] == m].set_index("model") for m in ("hit@5", "deviance"))
    if hits.empty:
        return None
    order = list(hits["value"].sort_values(ascending=False, kind="stable").index)
    sheet = canvas(58 + 29 * len(order) + 26)
    by_area = finished.plan.space.unit == "area"
    head = _("hit rate at 5 % of areas, more is better") if by_area else _("hit rate at 5 %, more is better")
    left = _score_panel(sheet, order, hits, 140, 178, head, named=True)
    ticks_percent(left.xaxis)
    if not deviance.empty:
        right = _score_panel(sheet, order, deviance, 322, 12, _("deviance, less is better"), named=False)
        ticks_plain(right.xaxis)
    best = order[0]
    said = (
        _("Hit rate when looking at 5 % of the areas, by model; the highest: {model} ({share}).")
        if by_area
        else _("Hit rate when looking at 5 % of the area, by model; the highest: {model} ({share}).")
    )
    return Sketch(sheet, said.format(model=_(MODELS[best]), share=percent(hits.loc[best, "value"])))


def _score_panel(
    sheet: Any, order: Sequence[str], scores: pd.DataFrame, left: float, right: float, head: str, named: bool
) -> Any:
    axes = panel(sheet, left, 40, right, 28)
    quiet(axes, "x")
    row_names(axes, [_(MODELS[m]) if named else "" for m in order])
    low, far = _range(scores)
    axes.set_xlim(low, far)
    for i, model in enumerate(order):
        if model in scores.index:
            _score(axes, i, scores.loc[model], far, ours=model == OURS)
    if named and OURS in order:
        axes.get_yticklabels()[order.index(OURS)].set(color=ACCENT, weight="bold")
    axes.locator_params(axis="x", nbins=3)
    height = 72 * sheet.get_size_inches()[1]
    width = 72 * sheet.get_size_inches()[0]
    sheet.text(left / width, 1 - 18 / height, head, fontsize=SMALL, color=MUTED, va="center")
    return axes


def _range(scores: pd.DataFrame) -> tuple[float, float]:
    """Limits that show the models near the best; one far off must not press the others together."""
    value = scores["value"]
    far = float(value.median() + 4 * max(value.median() - value.min(), 0.02 * abs(value.median())))
    seen = scores[value <= far]
    low, high = float(seen[["value", "low"]].min().min()), float(seen[["value", "high"]].max().max())
    air = 0.08 * (high - low) or 0.1
    return low - air, high + air


def _score(axes: Any, row: int, score: pd.Series, far: float, ours: bool) -> None:
    """A dot with its whisker; an arrow and the figure where it lies outside the panel."""
    colour = ACCENT if ours else MUTED
    if score["value"] > far:
        axes.text(far, row, f"→ {number(score['value'])}", ha="right", va="center", fontsize=SMALL, color=MUTED)
        return
    axes.plot(
        [score["low"], score["high"]], [row, row], color=colour, linewidth=2 if ours else 1.3, gid=f"{MARK}whiskers"
    )
    face, shape = (colour, "D") if ours else ("white", "o")
    axes.plot([score["value"]], [row], shape, markersize=7, color=colour, markerfacecolor=face)


def calibration(finished: Finished) -> Sketch | None:
    """Observed over expected reports in groups of cells, from quiet to busy; at 1 the forecast is right on average."""
    frame = _own_mode(finished, table(finished, "backtest", "calibration", "observed"))
    if frame is None:
        return None
    frame = frame[frame["expected"] > 0].sort_values("bin", ignore_index=True)
    if frame.empty:
        return None
    ratio, low, high = (frame[name] / frame["expected"] for name in ("observed", "low", "high"))
    sheet = canvas(260)
    axes = panel(sheet, left=34, top=32, right=20, bottom=46)
    quiet(axes)
    unit_above(axes, _("times as many as expected"))
    axes.set_xlim(-0.6, len(frame) - 0.4)
    axes.set_ylim(0, 1.1 * max(1.2, float(high.max()), float(ratio.max())))
    axes.set_xticks([])
    by_area = finished.plan.space.unit == "area"
    _name_ends(axes, by_area)
    axes.locator_params(axis="y", nbins=5)
    ticks_plain(axes.yaxis)
    axes.axhline(1, color=INK, linewidth=0.9, zorder=1)
    axes.vlines(frame.index, low, high, color=ACCENT, linewidth=1.6, gid=f"{MARK}whiskers")
    axes.plot(frame.index, ratio, "o", color=ACCENT, markersize=7)
    within = int(((low <= 1) & (high >= 1)).sum())
    said = (
        _("Observed over expected reports in {n} groups of areas; in {k} of them the interval holds the expectation.")
        if by_area
        else _(
            "Observed over expected reports in {n} groups of cells; in {k} of them the interval holds the expectation."
        )
    )
    return Sketch(sheet, said.format(n=len(frame), k=within))


def _name_ends(axes: Any, by_area: bool) -> None:
    """What the axis runs from and to."""
    ends = (
        (0, "left", _("areas with the least expected") if by_area else _("cells with the least expected")),
        (1, "right", _("areas with the most expected") if by_area else _("with the most expected")),
    )
    for x, side, name in ends:
        axes.annotate(
            f"← {name}" if x == 0 else f"{name} →",
            (x, 0),
            xycoords="axes fraction",
            xytext=(0, -10),
            textcoords="offset points",
            ha=side,
            va="top",
            fontsize=SMALL,
            color=MUTED,
        )


def patrol_capacity(finished: Finished) -> Sketch | None:
    """Share of the reports caught by the number of places looked at, beside chance and beside last year's list."""
    frame = table(finished, "patrol", "capacity", "share_caught")
    if frame is None:
        return None
    frame = frame.sort_values("places", ignore_index=True)
    sheet = canvas(300)
    axes = panel(sheet, left=50, top=32, right=112, bottom=44)
    quiet(axes, "both")
    unit_above(axes, _("share of the reports caught"))
    axes.set_xlabel(_("places looked at over the whole time"), labelpad=6)
    axes.set_xlim(0, float(frame["places"].max()))
    axes.set_ylim(0, min(1.0, 1.1 * float(frame[["share_caught", "high"]].max().max())))
    axes.locator_params(nbins=5)
    ticks_plain(axes.xaxis)
    ticks_percent(axes.yaxis)
    line_names(axes, _capacity_lines(axes, frame))
    return Sketch(sheet, _mark_plan(axes, finished, frame))


def _capacity_lines(axes: Any, frame: pd.DataFrame) -> list[tuple[float, str, str]]:
    nowhere = pd.DataFrame({name: [0.0] for name in frame.columns if frame[name].notna().any()})
    frame = pd.concat([nowhere, frame], ignore_index=True)  # nobody looks, nothing is caught
    axes.fill_between(
        frame["places"], frame["low"], frame["high"], color=ACCENT, alpha=0.2, linewidth=0, gid=f"{MARK}band"
    )
    axes.plot(frame["places"], frame["share_caught"], color=ACCENT, linewidth=2.4, zorder=3)
    ends = [(float(frame["share_caught"].iloc[-1]), _("our forecast"), ACCENT)]
    for column, name, colour, dash in (
        ("share_last_12m", _("last 12 months"), MUTED, (0, (6, 1.5))),
        ("share_random", _("by chance"), CONTRAST, (0, (2, 2))),
    ):
        if column in frame.columns and frame[column].notna().any():
            axes.plot(frame["places"], frame[column], color=colour, linewidth=1.2, linestyle=dash)
            ends.append((float(frame[column].iloc[-1]), name, colour))
    return ends


def _mark_plan(axes: Any, finished: Finished, frame: pd.DataFrame) -> str:
    """A dot where the plan's capacity stands; the alternative text."""
    places = fact(finished, "patrol", "places")
    if not math.isfinite(places) or not frame["places"].min() <= places <= frame["places"].max():
        return _("Share of the reports caught, by number of places looked at.")
    caught = float(np.interp(places, frame["places"], frame["share_caught"]))
    axes.plot([places], [caught], "o", color=ACCENT, markersize=8, zorder=5)
    left = places > 0.55 * axes.get_xlim()[1]
    words(
        axes,
        places + (-0.025 if left else 0.025) * axes.get_xlim()[1],
        caught,
        _("{n} places: {share}").format(n=plain(places), share=percent(caught)),
        fontsize=TEXT,
        weight="bold",
        ha="right" if left else "left",
        va="bottom" if left else "top",
    )
    said = _("Looking at {n} places would be expected to catch {share} of the reports.")
    return said.format(n=plain(places), share=percent(caught))
