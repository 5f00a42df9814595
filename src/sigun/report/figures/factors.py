"""Pictures of a factor analysis (요인 분석 그림): between and within side by side, and every way of asking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sigun.report.figures.amounts import ticks_plain
from sigun.report.figures.axes import panel, quiet, row_names, wide
from sigun.report.figures.style import ACCENT, CONTRAST, INK, MUTED, QUIET, SMALL, TEXT, Sketch, canvas, clean
from sigun.report.figures.svg import MARK
from sigun.report.figures.tables import fact, table
from sigun.report.finished import Finished
from sigun.text import _

ROW = 40.0  # height of a factor with its two intervals, units of the viewBox
MOST = 14  # factors in the picture; the tables have them all
CURVES = 5
CURVE = 118.0  # height of one curve
CHOICE = 20.0
LETTERS = 11  # of a line of a name
LEFT, RIGHT = 146.0, 18.0
FAR = 1.6  # whiskers are cut so many times the largest estimate away
Choice = tuple[str, float, float, float]  # name, lower end, median, upper end
AXES = ("lag", "transform", "controls", "weights", "sample", "estimator", "periods")


def factors_sides(finished: Finished) -> Sketch | None:
    """For each factor the interval between regions and the one within them."""
    rows = table(finished, "factors", "answer", "between")
    within = table(finished, "factors", "answer", "effect")
    both = [f for f in (rows, within) if f is not None]
    if not both:
        return None
    frame = pd.concat(both).drop_duplicates("term")
    answer = finished.results["factors"].tables["answer"]
    frame = answer[answer["term"].isin(frame["term"])]
    asked = frame[frame["verdict"] != "not_testable"]
    frame = (frame if asked.empty else asked).head(MOST).reset_index(drop=True)
    if fact(finished, "factors", "periods") == 1:
        return _one_side(frame)
    sheet = canvas(ROW * len(frame) + 86)
    axes = panel(sheet, LEFT, 30, RIGHT, 56)
    _sides_ground(axes, frame)
    for i, row in enumerate(frame.to_dict("records")):
        _interval(axes, i - 0.16, row, "between", CONTRAST, "s")
        _interval(axes, i + 0.16, row, "effect", ACCENT, "o")
    _sides_legend(sheet)
    return Sketch(sheet, _sides_said(frame))


def _one_side(frame: pd.DataFrame) -> Sketch:
    """Of one period: between regions alone."""
    frame = frame.assign(between=frame["effect"], between_low=frame["low"], between_high=frame["high"])
    sheet = canvas(0.75 * ROW * len(frame) + 86)
    axes = panel(sheet, LEFT, 30, RIGHT, 56)
    _sides_ground(axes, frame)
    for i, row in enumerate(frame.to_dict("records")):
        _interval(axes, i, row, "between", CONTRAST, "s")
    _sides_legend(sheet, within=False)
    return Sketch(sheet, _("Between regions, for {n} factors.").format(n=len(frame)))


def _sides_ground(axes: Any, frame: pd.DataFrame) -> None:
    quiet(axes, "x")
    row_names(axes, [_two_lines(t) for t in frame["title"]])
    ends = frame[[c for c in ("between_low", "between_high", "low", "high") if c in frame.columns]].to_numpy(float)
    points = np.abs(frame[["between", "effect"]].to_numpy(float))
    far = min(np.nanmax(np.abs(ends)), FAR * np.nanmax(points)) if np.isfinite(ends).any() else np.nanmax(points)
    axes.set_xlim(-1.06 * far, 1.06 * far)
    axes.axvline(0, color=INK, linewidth=0.9, zorder=1)
    axes.locator_params(axis="x", nbins=5)
    ticks_plain(axes.xaxis)
    axes.set_xlabel(_("difference of the outcome for one step more"), labelpad=3)


def _two_lines(title: object) -> str:
    """A long title on two lines, parted at the space nearest the middle."""
    said = clean(title, 2 * LETTERS)
    spaces = [i for i, c in enumerate(said) if c == " "]
    if len(said) <= LETTERS or not spaces:
        return clean(said, LETTERS + 2)
    at = min(spaces, key=lambda i: abs(i - len(said) / 2))
    return f"{clean(said[:at], LETTERS)}\n{clean(said[at + 1 :], LETTERS)}"


def _interval(axes: Any, y: float, row: dict[str, Any], side: str, colour: str, shape: str) -> None:
    """A dot with its whiskers; hollow where the interval holds zero; an arrow where it goes on."""
    low, high = ("low", "high") if side == "effect" else (f"{side}_low", f"{side}_high")
    value, ends = float(row[side]), (float(row.get(low, np.nan)), float(row.get(high, np.nan)))
    if not np.isfinite(value):
        return
    left, right = axes.get_xlim()
    clear = ends[0] > 0 or ends[1] < 0
    if np.isfinite(ends).all():
        kept = [min(max(e, left), right) for e in ends]
        axes.plot(kept, [y, y], color=colour, linewidth=1.6, zorder=2, gid=f"{MARK}whiskers")
        for end, kept_end, arrow in zip(ends, kept, "<>", strict=True):
            if end != kept_end:
                axes.plot([kept_end], [y], arrow, color=colour, markersize=5, zorder=3, clip_on=False)
    face = colour if clear else "white"
    inside = min(max(value, left), right)
    axes.plot([inside], [y], shape, markersize=7, markerfacecolor=face, markeredgecolor=colour, zorder=4)


def _sides_legend(sheet: Any, within: bool = True) -> None:
    height = 72 * sheet.get_size_inches()[1]
    at = 0.006
    sides = [("■", CONTRAST, _("between regions")), *([("●", ACCENT, _("within regions"))] if within else [])]
    for shape, colour, said in (*sides, ("○", MUTED, _("hollow: interval holds zero"))):
        sheet.text(at, 1 - 13 / height, f"{shape} {said}", fontsize=SMALL, color=colour, va="center", weight="bold")
        at += (wide(said, SMALL) + 34) / 480


def _sides_said(frame: pd.DataFrame) -> str:
    """Opposite are two finds, as in the answer: what is not clear has no sign to be told."""
    turned = [clean(t) for t in frame.loc[frame["signs_differ"].astype(bool), "title"]]
    said = _("Between and within regions for {n} factors; opposite signs: {names}.")
    return said.format(n=len(frame), names=", ".join(turned[:5]) or _("none"))


def factors_curve(finished: Finished) -> Sketch | None:
    """Every specification of the first few factors, sorted, with its interval; a ring where the answer stands."""
    frame = table(finished, "factors", "curve", "estimate")
    if frame is None:
        return None
    terms = _first_terms(finished, frame)
    sheet = canvas(CURVE * len(terms) + 30)
    for i, (term, title) in enumerate(terms):
        own = frame[frame["term"] == term].sort_values(["estimate", "spec"], ignore_index=True)
        said = _("{title}: {share} % with one sign").format(title=title, share=round(100 * _same(finished, term, own)))
        _one_curve(sheet, 6 + CURVE * i, said, own, last=i == len(terms) - 1)
    share = {title: _same(finished, term, frame[frame["term"] == term]) for term, title in terms}
    each = ", ".join(f"{title} {round(100 * s)} %" for title, s in share.items())
    return Sketch(sheet, _("Specifications with the sign of the answer: {list}.").format(list=each))


def _first_terms(finished: Finished, frame: pd.DataFrame) -> list[tuple[str, str]]:
    """The factors of which most is said, in the order of the answer."""
    there = set(frame["term"])
    answer = finished.results["factors"].tables.get("answer")
    if answer is None:
        return [(str(t), clean(t)) for t in sorted(there)[:CURVES]]
    told = [(str(t), clean(n)) for t, n in zip(answer["term"], answer["title"], strict=True) if t in there]
    return told[:CURVES]


def _same(finished: Finished, term: str, own: pd.DataFrame) -> float:
    """The share with the sign of the answer, as the table says it; else with that of the median."""
    summary = table(finished, "factors", "curve_summary", "same_sign")
    if summary is not None and (summary["term"] == term).any():
        return float(summary.loc[summary["term"] == term, "same_sign"].iloc[0])
    return float((np.sign(own["estimate"]) == np.sign(own["estimate"].median())).mean())


def _one_curve(sheet: Any, top: float, said: str, own: pd.DataFrame, last: bool) -> None:
    height = 72 * sheet.get_size_inches()[1]
    axes = panel(sheet, 56, top + 22, 12, height - top - CURVE + 10)
    quiet(axes, "y")
    at = np.arange(len(own))
    low, high = np.percentile(own["low"].dropna(), 2), np.percentile(own["high"].dropna(), 98)
    axes.fill_between(at, own["low"], own["high"], step="mid", color=ACCENT, alpha=0.22, linewidth=0)
    axes.plot(at, own["estimate"], drawstyle="steps-mid", color=ACCENT, linewidth=1.6)
    axes.axhline(0, color=INK, linewidth=0.9)
    main = own.index[own["main"].astype(bool)] if "main" in own.columns else []
    for spec in main[:1]:
        look = {"markerfacecolor": "white", "markeredgecolor": CONTRAST, "markeredgewidth": 2, "zorder": 5}
        axes.plot([spec], [own.loc[spec, "estimate"]], "o", markersize=9, **look)
    pad = 0.06 * (max(high, 0) - min(low, 0) or 1)
    axes.set_ylim(min(low, 0) - pad, max(high, 0) + pad)
    axes.set_xlim(-0.5, len(own) - 0.5)
    axes.set_xticks([])
    axes.locator_params(axis="y", nbins=3)
    ticks_plain(axes.yaxis)
    sheet.text(0.006, 1 - (top + 11) / height, said, fontsize=TEXT, color=INK, va="center", weight="bold")
    if last:
        axes.set_xlabel(_("specifications, sorted ({n})").format(n=f"{len(own):,}"), labelpad=4)


def factors_choices(finished: Finished) -> Sketch | None:
    """The estimates of the first factor by each choice that was made."""
    frame = table(finished, "factors", "curve", "estimate")
    if frame is None:
        return None
    term, title = _first_terms(finished, frame)[0]
    own = frame[frame["term"] == term]
    rows = [row for axis in AXES if axis in own.columns for row in _choices(finished, own, axis)]
    if not rows:
        return None
    sheet = canvas(CHOICE * len(rows) + 70)
    axes = panel(sheet, LEFT + 40, 26, RIGHT, 44)
    quiet(axes, "x")
    row_names(axes, [clean(name, 16) for name, *_rest in rows])
    axes.tick_params(axis="y", labelsize=SMALL)
    for i, (_name, low, middle, high) in enumerate(rows):
        axes.plot([low, high], [i, i], color=QUIET, linewidth=3, zorder=2)
        axes.plot([middle], [i], "o", color=ACCENT, markersize=6, zorder=3)
    axes.axvline(0, color=INK, linewidth=0.9, zorder=1)
    axes.locator_params(axis="x", nbins=4)
    ticks_plain(axes.xaxis)
    axes.set_xlabel(_("difference of the outcome for one step more"), labelpad=3)
    height = 72 * sheet.get_size_inches()[1]
    sheet.text(0.006, 1 - 11 / height, title, fontsize=TEXT, color=INK, va="center", weight="bold")
    spread = max(rows, key=lambda r: r[3] - r[1])
    said = _("{title} by choice: the estimate is spread most under {name}.")
    return Sketch(sheet, said.format(title=title, name=clean(spread[0])))


def _choices(finished: Finished, own: pd.DataFrame, axis: str) -> Sequence[Choice]:
    """Each choice on an axis; nothing where there was none."""
    if own[axis].nunique(dropna=True) < 2:
        return []
    ends = own.groupby(axis)["estimate"].quantile([0.05, 0.5, 0.95]).unstack()
    return [
        (_choice(finished, axis, str(name)), float(low), float(middle), float(high))
        for name, (low, middle, high) in zip(ends.index, ends.to_numpy(), strict=True)
    ]


def _choice(finished: Finished, axis: str, value: str) -> str:
    """A choice in words; the axis before it where it would not speak for itself."""
    if axis == "transform":
        return _("logarithm") if value == "log" else _("as it is")
    if axis == "weights" and value != "none":
        return _("weighted by {title}").format(title=_title_of(finished, value))
    told = _(value) if _(value) != value else value.replace("_", " ")
    return f"{_(axis)} {told}" if axis in ("lag", "weights") or value in ("all", "none") else told


def _title_of(finished: Finished, variable: str) -> str:
    known = table(finished, "coverage", "variables", "variable")
    if known is None or not (known["variable"] == variable).any():
        return variable.replace("_", " ")
    return clean(known.loc[known["variable"] == variable, "title"].iloc[0])
