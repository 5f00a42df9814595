"""The concentration (집중도): which share of reports the busiest cells hold, beside what chance alone would give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sigun.analysis.statistics.intervals import middle_of
from sigun.analysis.statistics.observed import LEAST, FloatArray, require_points, require_reports
from sigun.panel.model import Panel
from sigun.plan.steps import Concentration
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

DRAWS = 300
SHARES = np.linspace(0, 1, 101)  # of cells: every whole percent
TOPS = (1, 5, 10)  # percent of the cells
MARKED = 0.5  # held by the busiest tenth: half or more is called marked, less is mild

IntArray = NDArray[np.int64]


def curve_of(counts: FloatArray, shares: FloatArray) -> FloatArray:
    """Share of reports in the busiest `shares` of the cells, straight between whole cells (집중도 곡선).

    Parameters
    ----------
    counts : (..., c) reports in each cell; the last axis is sorted here.
    shares : (s,) of cells, 0–1.

    Returns
    -------
    (..., s) shares of reports.

    Examples
    --------
    >>> curve_of(np.array([1.0, 6.0, 1.0, 2.0]), np.array([0.0, 0.25, 0.5, 1.0])).tolist()
    [0.0, 0.6, 0.8, 1.0]
    """
    c = counts.shape[-1]
    busiest = -np.sort(-counts, axis=-1)
    start = np.zeros((*counts.shape[:-1], 1))
    held = np.concatenate([start, np.cumsum(busiest, axis=-1)], axis=-1) / busiest.sum(axis=-1, keepdims=True)
    place = np.clip(shares * c, 0, c)
    below = np.minimum(place.astype(int), c - 1)
    curve: FloatArray = held[..., below] + (place - below) * (held[..., below + 1] - held[..., below])
    return curve


def gini_of(counts: FloatArray) -> FloatArray:
    """Gini coefficient along the last axis: 0 when all cells have the same, towards 1 when one has all.

    Examples
    --------
    >>> float(gini_of(np.array([3.0, 3.0]))), float(gini_of(np.array([0.0, 6.0])))
    (0.0, 0.5)
    """
    c = counts.shape[-1]
    rank = 2 * np.arange(1, c + 1) - c - 1
    gini: FloatArray = np.sort(counts, axis=-1) @ rank / (c * counts.sum(axis=-1))
    return gini


def even_scatter(n: int, cells: int, rng: np.random.Generator) -> FloatArray:
    """Counts of occupied cells when reports fall evenly by chance (고른 우연 분포).

    Each cell's count is Poisson, given that it is not zero, with the mean n / cells: just as cells without a report
    are absent from the data. Drawn as 1 + the arrivals after a first one whose time is known to be inside.

    Parameters
    ----------
    n : reports, at least as many as cells.
    cells : occupied cells.

    Returns
    -------
    (cells,) counts of 1 or more.

    Examples
    --------
    >>> even_scatter(4, 4, np.random.default_rng(1)).tolist()
    [1.0, 1.0, 1.0, 1.0]
    """
    from scipy.optimize import brentq

    mean = n / cells  # of the truncated count: rate / (1 - exp(-rate))
    rate = brentq(lambda r: r + mean * np.expm1(-r), 1e-9, mean) if mean > 1 + 1e-6 else 0.0
    first = -np.log1p(rng.random(cells) * np.expm1(-rate))
    counts: FloatArray = 1.0 + rng.poisson(np.maximum(rate - first, 0.0))
    return counts


@dataclass(frozen=True, slots=True)
class Drawn:
    """Curves and Gini coefficients of many draws."""

    curve: FloatArray  # (draws, s)
    gini: FloatArray  # (draws,)


def drawn_of(draw: Callable[[], FloatArray]) -> Drawn:
    """The curve at every whole percent of the cells, of each of many draws of counts."""
    counts = (draw() for _draw in range(DRAWS))
    pairs = [(curve_of(one, SHARES), gini_of(one)) for one in counts]
    return Drawn(np.array([curve for curve, _ in pairs]), np.array([gini for _, gini in pairs]))


def concentration(step: Concentration, panel: Panel, rng: np.random.Generator) -> Result:  # noqa: ARG001 - one signature
    """Run one `concentration` step of a plan."""
    reports = panel.reports()
    points = reports[reports["x"].notna() & reports["y"].notna()]
    require_points(len(points), len(reports), say(N_("concentration")))
    require_reports(len(points), say(N_("concentration (reports with a point)")))
    points = points.assign(cell=_cell_of(points, panel.cell))
    confirmed = points[points["outcome"] == "confirmed"]
    curves: list[pd.DataFrame] = []
    facts: list[Fact] = []
    for outcome, own, prefix in (("reports", points, ""), ("confirmed", confirmed, "confirmed_")):
        if len(own) >= LEAST:
            counts = _counts(own["cell"])
            even = drawn_of(partial(even_scatter, len(own), len(counts), rng))
            again = drawn_of(partial(_cells_again, counts, rng))
            curves.append(_curve(outcome, counts, even))
            facts += [*_facts(prefix, counts, even, again), *_later(prefix, own["cell"].to_numpy())]
    reading = _reading({f.name: f for f in facts})
    facts += [Fact("reading", reading)] if reading else []
    tables = {"facts": facts_table(facts), "curve": pd.concat(curves, ignore_index=True)}
    return Result("concentration", "description", tables, tuple(_cautions(reports, points, confirmed, reading)))


def _cell_of(points: pd.DataFrame, side: int) -> IntArray:
    """The number, from 0 without gaps, of the cell each point lies in."""
    cells = np.floor(points[["x", "y"]].to_numpy() / side).astype(np.int64)
    number: IntArray = np.unique(cells, axis=0, return_inverse=True)[1].ravel()
    return number


def _counts(cell: pd.Series) -> FloatArray:
    counts = np.bincount(cell).astype(float)
    return counts[counts > 0]


def _cells_again(counts: FloatArray, rng: np.random.Generator) -> FloatArray:
    """The cells drawn again with replacement; drawing reports again would add chance to chance."""
    return counts[rng.integers(len(counts), size=len(counts))]


def _curve(outcome: str, counts: FloatArray, even: Drawn) -> pd.DataFrame:
    held = {"share_reports": curve_of(counts, SHARES), "even": even.curve.mean(axis=0)}
    return pd.DataFrame({"outcome": outcome, "share_cells": SHARES} | held).astype({"outcome": "str"})


def _facts(prefix: str, counts: FloatArray, even: Drawn, again: Drawn) -> Iterator[Fact]:
    """Shares of the busiest cells, with intervals over cells, and the same by chance."""
    held = curve_of(counts, SHARES)
    for percent in TOPS:
        if percent * len(counts) >= 100:  # less than a cell is no cell
            low, high = middle_of(again.curve[:, percent])
            yield Fact(f"{prefix}top{percent}", float(held[percent]), "share", float(low), float(high))
            low, high = middle_of(even.curve[:, percent])
            chance = float(even.curve[:, percent].mean())
            yield Fact(f"{prefix}top{percent}_even", chance, "share", float(low), float(high))
    yield Fact(prefix + "cells_occupied", len(counts))
    yield Fact(prefix + "gini", float(gini_of(counts)), "", *map(float, middle_of(again.gini)))


def _later(prefix: str, cell: IntArray) -> Iterator[Fact]:
    """Of the later half of the reports, the share in cells that were the busiest tenth in the earlier half.

    The busiest cells of the past always look busier than they are; this is free of that. Ties go to the lower number.
    """
    half, n = len(cell) // 2, int(cell.max()) + 1
    busiest = int(0.10 * len(np.unique(cell)))
    if busiest >= 1:
        top = np.argsort(-np.bincount(cell[:half], minlength=n), kind="stable")[:busiest]
        yield Fact(prefix + "top10_later", float(np.isin(cell[half:], top).mean()), "share")


def _reading(facts: Mapping[str, Fact]) -> str:
    """even: no more than chance gives; mild: the busiest tenth holds less than half; marked: half or more."""
    if "top10" not in facts:
        return ""
    held, chance = facts["top10"].value, facts["top10_even"].high
    if not isinstance(held, float) or chance is None or held <= chance:
        return "even"
    return "mild" if held < MARKED else "marked"


def _cautions(reports: pd.DataFrame, points: pd.DataFrame, confirmed: pd.DataFrame, reading: str) -> Iterator[Message]:
    if len(points) < len(reports):
        yield say(N_("{n} reports without a point are left out."), n=len(reports) - len(points))
    if len(confirmed) < LEAST:
        yield say(N_("There are {n} confirmed cases with a point: too few for a curve of their own."), n=len(confirmed))
    if not reading:
        yield say(N_("The reports lie in fewer than ten cells: their concentration cannot be told."))
    elif reading == "even":
        yield say(N_("Reports are no more concentrated than chance alone would give."))
    elif reading == "mild":
        yield say(N_("The concentration is mild: most reports come from outside the busiest tenth of the cells."))
