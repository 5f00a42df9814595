"""Periods as they are written (시점 표기): years, quarters, months, days, and periods that are only counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pandas as pd

from sigun.catalog.card import Card
from sigun.ingest.periods import number_of
from sigun.plan.variables import Regional, Span

Length = Literal["year", "quarter", "month", "number", "once"]
"""How long a panel's period is; `once`: there is one, and nobody tells which."""

COUNTED: Mapping[Length, Span] = {"number": "year", "once": "year"}
"""Periods that are no dates lie a year apart inside."""


def calendar(span: Span) -> Span:
    """The span by which the panel is computed."""
    return COUNTED.get(span, span)


def span_of(asked: Regional, cards: Mapping[str, Card]) -> Length:
    """Of a panel's period: as the plan says; `once` where no table tells any, so that it is one cross-section."""
    timeless = all(cards[v.table].kind == "areas" for v in asked.variables)
    return "once" if timeless and asked.unit == "own" else asked.span


def written(period: pd.Timestamp, span: str) -> str:
    """2019, 2019-Q2, 2019-03, the day, or the number; empty where a table tells one value for ever.

    >>> [written(pd.Timestamp(2003, 1, 1), span) for span in ("year", "quarter", "number", "once")]
    ['2003', '2003-Q1', '3', '']
    """
    if pd.isna(period) or span == "once":
        return ""
    if span == "number":
        return str(number_of(period.year))
    if span == "quarter":
        return f"{period.year}-Q{period.quarter}"
    return str(period.to_period({"year": "Y", "month": "M"}.get(span, "D")))
