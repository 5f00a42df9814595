"""Tables of the occurrence step (지역 발생 요인 표): rate ratios, their checks, and what single areas do to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sigun.analysis.statistics.arrays import FloatArray
from sigun.analysis.statistics.fdr import false_discovery
from sigun.analysis.statistics.intervals import LEVEL
from sigun.analysis.statistics.readings import readings
from sigun.panel.model import Panel

MORAN = ("model", "moran", "low", "high", "p")  # columns of the table `spatial`
PERCENT_STEP = 10.0  # of a column taken as a change in per cent


@dataclass(frozen=True)
class Effects:
    """Change of the log of the expected count, one entry a column; NaN where a check was not made."""

    beta: FloatArray  # (k,) for a change of `per`
    low: FloatArray
    high: FloatArray
    p: FloatArray
    per: FloatArray  # one standard deviation, in the column's unit (of its logarithm, where `log`)
    vif: FloatArray
    without_spatial: FloatArray  # rate ratios
    without_exposure: FloatArray
    log: tuple[bool, ...] = field(default=())  # which columns enter as logarithms; empty: none


def estimates(beta: FloatArray, error: FloatArray, free: int) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Beta, the ends of its 90 % interval, and its two-sided p, by Student's t with `free` degrees of freedom."""
    from scipy.stats import t

    half = t.ppf((1 + LEVEL) / 2, free) * error
    return beta, beta - half, beta + half, 2 * t.sf(np.abs(beta) / np.maximum(error, 1e-12), free)


def effects_table(names: Sequence[str], panel: Panel, found: Effects) -> pd.DataFrame:
    """One row a column: the rate ratio of one standard deviation more and of a round step, and how to read it."""
    log = np.array(found.log or [False] * len(names), bool)
    q = false_discovery(found.p)
    step = np.where(log, PERCENT_STEP, round_steps(found.per))
    times = np.where(log, np.log1p(PERCENT_STEP / 100), step) / found.per
    table = pd.DataFrame({"variable": pd.Series(list(names), dtype="str")})
    table["scale"] = pd.Series(np.where(log, "log", "plain"), dtype="str")
    table["per"] = np.where(log, 100 * np.expm1(np.where(log, found.per, 0.0)), found.per)
    for name in ("beta", "low", "high"):
        table["rate_ratio" if name == "beta" else name] = np.exp(getattr(found, name))
    table["p"], table["q"], table["step"] = found.p, q, step
    for name in ("beta", "low", "high"):
        table["step_ratio" if name == "beta" else f"step_{name}"] = np.exp(getattr(found, name) * times)
    for name in ("vif", "without_spatial", "without_exposure"):
        table[name] = getattr(found, name)
    table["reading"] = pd.Series(readings(found.beta, q), dtype="str")
    shown = titled(table, panel)
    shown["unit"] = pd.Series(np.where(log, "%", shown["unit"]), dtype="str")
    return shown


def round_steps(spread: FloatArray) -> FloatArray:
    """The power of ten nearest to each spread: a step in natural units that means about as much.

    >>> round_steps(np.array([0.12, 7.2, 5400.0])).tolist()
    [0.1, 10.0, 10000.0]
    """
    return np.asarray(10.0 ** np.round(np.log10(spread)))


def influence_table(
    names: Sequence[str], panel: Panel, areas: pd.DataFrame, ratio: FloatArray, one_out: FloatArray
) -> pd.DataFrame:
    """The range each rate ratio (k,) has when single areas are left out (n, k), and which areas these are."""
    table = pd.DataFrame({"variable": pd.Series(list(names), dtype="str"), "rate_ratio": ratio})
    for which, outer in (("lowest", np.nanmin), ("highest", np.nanmax)):
        ends = outer(one_out, axis=0)
        rows = [int(np.flatnonzero(one_out[:, j] == end)[0]) for j, end in enumerate(ends)]
        table[which] = ends
        table[f"{which}_region"] = areas["region"].iloc[rows].to_numpy()
        table[f"{which}_name"] = areas["name"].iloc[rows].to_numpy()
    table["turns"] = (table["lowest"] < 1) & (table["highest"] > 1)
    return titled(table, panel)


def left_out_table(left_out: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """Columns that were left out, why, and which one stands for each."""
    named = [panel.titles.get(name, name) for name in left_out["by"]]
    return titled(left_out.assign(by_title=pd.Series(named, dtype="str")), panel)


def titled(table: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """The table with the variables' names for the reader and their units behind the first column."""
    shown = table.copy()
    names = shown["variable"].tolist()
    shown.insert(1, "title", pd.Series([panel.titles.get(n, n) for n in names], dtype="str"))
    shown.insert(2, "unit", pd.Series([panel.units.get(n, "") for n in names], dtype="str"))
    return shown
