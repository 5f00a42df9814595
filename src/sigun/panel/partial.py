"""Partial holes (부분 공백): one channel or one area falls silent while reports go on coming in from the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sigun.panel.gaps import SHORTEST, IntArray, Span, find_holes, observed

MANY = 100  # reports: a part with fewer tells nothing by its silence
AROUND = 56  # days on either side that say how many reports to expect
GOING_ON = 0.5  # least rate of the others inside the span, relative to around it
PARTS = ("channel", "region")


@dataclass(frozen=True)
class Silence:
    """A span without a report from one part of the city's reports."""

    by: str  # channel | region
    part: str
    span: Span  # half-open, days since the first
    expected: float  # reports, by its own rate around the span


def silences(marked: pd.DataFrame, start: date, end: date, holes: Sequence[Span], alpha: float) -> list[Silence]:
    """Silent spans of every channel and area with enough reports, in time order.

    `alpha` is the chance of any false one among all channels, and among all areas (Bonferroni).
    """
    length = (end - start).days
    day = (marked["occurred_at"].to_numpy("datetime64[D]") - np.datetime64(start, "D")).astype(np.int64)
    use = (marked["why"] != "repeat").to_numpy() & (day >= 0) & (day < length)
    total = np.bincount(day[use], minlength=length).astype(np.int64)
    found = [
        Silence(by, part, span, expected)
        for by in PARTS
        for part, daily in _parts(marked[by][use], day[use], length).items()
        for span, expected in _silent(daily, total - daily, holes, alpha / max(marked.loc[use, by].nunique(), 1))
    ]
    return sorted(found, key=lambda s: (s.span, s.by, s.part))


def _parts(said: pd.Series, day: IntArray, length: int) -> Mapping[str, IntArray]:
    """Daily reports of each part that stands beside another and has enough of them."""
    n = said.value_counts().sort_index()
    if len(n) < 2:
        return {}
    told = said.to_numpy()
    return {str(p): np.bincount(day[told == p], minlength=length).astype(np.int64) for p in n.index[n >= MANY]}


def _silent(daily: IntArray, others: IntArray, holes: Sequence[Span], alpha: float) -> Iterator[tuple[Span, float]]:
    keep = observed(len(daily), holes)
    for a, b in find_holes(daily, alpha):
        if daily[:a].sum() == 0:  # it had not begun: a new channel is no hole before it
            continue
        around = keep.copy()
        around[: max(a - AROUND, 0)] = around[a:b] = around[b + AROUND :] = False
        inside = keep & ~observed(len(daily), [(a, b)])
        if inside.sum() < SHORTEST or not around.any():
            continue
        if others[inside].mean() >= GOING_ON * others[around].mean() > 0:
            yield (a, b), float(daily[around].mean() * inside.sum())
