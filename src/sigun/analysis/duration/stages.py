"""Stages of a case (처리 단계): how many reach each dated step, and how soon; a case may be closed before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from sigun.analysis.duration.cases import DAY
from sigun.analysis.statistics.arrays import FloatArray
from sigun.analysis.statistics.observed import LEAST
from sigun.analysis.statistics.survival import cumulative_incidence
from sigun.panel.model import Panel

AFTER = np.array([7.0, 14.0, 30.0, 60.0, 90.0])  # days
REPORT = "report"  # the stage every case begins with

STAGES: Mapping[str, str] = {
    "order": "int64",
    "stage": "str",
    "title": "str",
    "since": "str",
    "n": "int64",
    "reached": "int64",
    "median_days": "float64",
    "days": "int64",
    "share": "float64",
    "low": "float64",
    "high": "float64",
}


def stages_table(panel: Panel, requests: pd.DataFrame) -> pd.DataFrame:
    """Share of cases that reached each stage, by days since the report and since the stage before it.

    A stage is a value column of the events' card that holds times, in the card's order. Being closed without it
    competes; a case still open counts until the end of the panel.
    """
    rows = [row for part in _parts(panel, requests) for row in part]
    return pd.DataFrame(rows, columns=list(STAGES)).astype(dict(STAGES))


def _parts(panel: Panel, requests: pd.DataFrame) -> Iterator[Iterator[tuple[object, ...]]]:
    card = panel.cards.get(panel.plan.data.events)
    columns = [] if card is None else [c for c in card.values() if c.type == "datetime" and c.id in panel.events]
    own = panel.events.loc[requests.index]
    starts = {REPORT: own["occurred_at"]}
    for order, column in enumerate(columns, 1):
        at = own[str(column.id)].where(own[str(column.id)] < pd.Timestamp(panel.end))
        last = list(starts)[-1]
        for since in dict.fromkeys((REPORT, last)):
            head = (order, column.id, column.title or column.name, since)
            yield _reached(head, starts[since], at, own["occurred_at"], requests)
        starts[str(column.id)] = at


def _reached(
    head: tuple[object, ...], start: pd.Series, at: pd.Series, report: pd.Series, requests: pd.DataFrame
) -> Iterator[tuple[object, ...]]:
    reached = (at >= start).to_numpy(bool)
    until = np.where(reached, _days(at - start), requests["days"].to_numpy(float) - _days(start - report))
    seen = until >= 0  # NaN where the stage before was not reached, less than 0 where it was dated after the closing
    if seen.sum() < LEAST:
        return
    ending = np.where(reached, 0, np.where(requests["closed"].to_numpy(bool), 1, -1))
    found = cumulative_incidence(until[seen], ending[seen], 2)
    half = np.flatnonzero(found.share[:, 0] >= 0.5)
    median = float(found.time[half[0]]) if len(half) else np.nan
    after = AFTER[requests["since_end"].to_numpy(float)[seen].max() >= AFTER]
    for day, share, low, high in zip(after, *found.at(after, 0), strict=True):
        yield (*head, seen.sum(), reached[seen].sum(), median, day, share, low, high)


def _days(span: pd.Series) -> FloatArray:
    return np.asarray(span / DAY, dtype=np.float64)
