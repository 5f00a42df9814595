"""Fading memory (흐려지는 기억): what each cell remembers of its reports, carried on from one origin to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sigun.analysis.forecast.history import NEVER, Hole, Records
from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.panel.model import Panel

NEAR = 120.0  # metres, standard deviation of what a point leaves around it
REACH = 2.5  # standard deviations that are kept
LEAST_SHARE = 0.002  # of a report: less is not worth keeping


@dataclass(frozen=True)
class Traces:
    """What r reports, in day order, leave on u cells (or regions)."""

    x: IntArray  # (u,)
    y: IntArray  # (u,)
    day: IntArray  # (r,)
    gone: IntArray  # (r,) day on which it became known that they do not count; NEVER
    onto: Any  # (r, u) sparse: how much of each falls on each cell


def own_traces(records: Records) -> Traces:
    """Every report wholly on its own cell or region."""
    from scipy.sparse import csr_array

    x, y, at = _cells(records.x, records.y)
    rows = np.arange(len(records.day))
    onto = csr_array((records.reports, (rows, at)), shape=(len(rows), len(x)))
    return Traces(x, y, records.day, records.gone, onto)


def near_traces(panel: Panel, target: str) -> Traces | None:
    """Every point as a Gaussian of `NEAR` metres over the cells around it: a border does not cut a street in two.

    None where the places are regions, no report has a point, or cells are so small that a smoothed grid does as well.
    """
    if panel.plan.space.unit == "area" or panel.cell <= 2 * NEAR:
        return None
    points = panel.events[panel.events["x"].notna() & panel.events["y"].notna()]
    if target == "final_status":
        points = points[points["gone"].isna()]
    points = points.sort_values(["occurred_at", "x", "y"], kind="stable")
    if points.empty:
        return None
    gone = _days(points["gone"].to_numpy("datetime64[D]"))
    if panel.plan.known_by == "occurred_at":
        gone = np.full(len(points), NEVER)
    x, y = (points[name].to_numpy(float) / panel.cell for name in ("x", "y"))
    cell_x, cell_y, onto = _spread(x, y, NEAR / panel.cell)
    return Traces(cell_x, cell_y, _days(points["occurred_at"].to_numpy("datetime64[D]")), gone, onto)


def memories(
    traces: Traces, origins: Sequence[int], holes: Sequence[tuple[Hole, ...]], half_lives: tuple[float, ...]
) -> Iterator[FloatArray]:
    """What the cells remember at each of the origins, in their order: (h, u), a report counting half per half-life.

    Only what came since the last origin is added; what has become known not to count since is taken out again.

    Parameters
    ----------
    origins : day numbers, ascending.
    holes : for each origin the days that were not collected; reports of those days are left out.
    half_lives : days; infinity never forgets.
    """
    leaving = np.argsort(traces.gone, kind="stable")
    leaves = traces.gone[leaving]
    state, before = np.zeros((len(half_lives), len(traces.x))), int(traces.day[0]) if len(traces.day) else 0
    for origin, unseen in zip(origins, holes, strict=True):
        state *= _fade(np.array([origin - before]), half_lives)
        first, last = np.searchsorted(traces.day, [before, origin])
        new = np.arange(first, last)
        state += _left(traces, new[traces.gone[first:last] >= origin], origin, half_lives)
        known = leaving[slice(*np.searchsorted(leaves, [before, origin]))]
        state -= _left(traces, np.sort(known[traces.day[known] < before]), origin, half_lives)
        np.maximum(state, 0.0, out=state)  # what was taken out may leave a rounding error behind
        before = origin
        yield np.maximum(state - _in_holes(traces, unseen, origin, half_lives), 0.0)


def _left(traces: Traces, rows: IntArray, origin: int, half_lives: tuple[float, ...]) -> FloatArray:
    """What these rows leave on the cells, seen from the origin, (h, u)."""
    if len(rows) == 0:
        return np.zeros((len(half_lives), len(traces.x)))
    weight = _fade(origin - 1 - traces.day[rows], half_lives)
    return np.asarray((traces.onto[rows].T @ weight.T).T)


def _fade(age: IntArray, half_lives: tuple[float, ...]) -> FloatArray:
    """Weight of each age (h, k)."""
    return np.asarray(0.5 ** (age[None, :] / np.array(half_lives)[:, None]))


def _in_holes(traces: Traces, holes: tuple[Hole, ...], origin: int, half_lives: tuple[float, ...]) -> FloatArray:
    spans = [np.arange(*np.searchsorted(traces.day, [a, min(b, origin)])) for a, b in holes if a < origin]
    rows = np.concatenate(spans) if spans else np.zeros(0, np.int64)
    return _left(traces, rows[traces.gone[rows] >= origin], origin, half_lives)


def _spread(x: FloatArray, y: FloatArray, width: float) -> tuple[IntArray, IntArray, Any]:
    """Cells (u,), (u,) that the points touch, and the share (r, u) of each that falls on each; coordinates in cells."""
    from scipy.sparse import csr_array
    from scipy.special import ndtr

    reach = REACH * width
    cell_x, cell_y = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    steps = range(-int(np.ceil(reach)), int(np.ceil(reach)) + 1)
    rows, touched_x, touched_y, shares = [], [], [], []
    for dx in steps:
        share_x = ndtr((cell_x + dx + 1 - x) / width) - ndtr((cell_x + dx - x) / width)
        for dy in steps:
            share = share_x * (ndtr((cell_y + dy + 1 - y) / width) - ndtr((cell_y + dy - y) / width))
            some = np.flatnonzero(share > LEAST_SHARE)
            rows.append(some)
            touched_x.append(cell_x[some] + dx)
            touched_y.append(cell_y[some] + dy)
            shares.append(share[some])
    u, v, at = _cells(np.concatenate(touched_x), np.concatenate(touched_y))
    onto = csr_array((np.concatenate(shares), (np.concatenate(rows), at)), shape=(len(x), len(u)))
    return u, v, onto


def _cells(x: IntArray, y: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """The cells there are (u,), (u,), in order, and the number of each one given (r,)."""
    y0, tall = int(y.min()), int(y.max() - y.min()) + 1
    key, at = np.unique(x * tall + (y - y0), return_inverse=True)
    return key // tall, key % tall + y0, at


def _days(values: Any) -> IntArray:
    day = values.astype(np.int64)
    return np.where(np.isnat(values), NEVER, day)
