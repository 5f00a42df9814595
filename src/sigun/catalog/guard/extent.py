"""From when to when a data set tells (수록 기간): from the statistics in its cleaned file, without reading its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sigun.catalog.card import Card
from sigun.catalog.snapshot import snapshot_path
from sigun.catalog.store import Catalog

TIMES = ("period", "occurred_at", "day")
"""Columns of a cleaned table that tell when."""
MONTHS = {"year": 12, "quarter": 3, "month": 1}


@dataclass(frozen=True)
class Extent:
    """First day a data set tells of, and the day after its last (half-open), and how long its periods are."""

    first: date
    end: date
    span: str = ""  # year, quarter, month; "": days


def extent(catalog: Catalog, name: str) -> Extent | None:
    """The stretch of a data set; none where its file was not cleaned yet, tells no times, or counts its periods."""
    card = catalog.cards.get(name)
    if card is None:
        return None
    key = ("extent", name)
    if key not in catalog.memo:
        catalog.memo[key] = _looked_up(card, catalog)
    found: Extent | None = catalog.memo[key]
    return found


def _looked_up(card: Card, catalog: Catalog) -> Extent | None:
    if card.sha256 is None:
        return None
    path = snapshot_path(card, catalog.workspace, card.sha256)
    return _read(path) if path.is_file() else None


def _read(path: Path) -> Extent | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
        ends = {name: _ends(file, name) for name in (*TIMES, "span")}
    except (OSError, pa.ArrowException):  # said where the file is read
        return None
    found = next((ends[name] for name in TIMES if ends[name] is not None), None)
    if found is None:
        return None
    first, last = (value.date() if isinstance(value, datetime) else value for value in found)
    spans = ends["span"] or ("", "")
    if not isinstance(first, date) or not isinstance(last, date) or spans[0] != spans[1] or spans[0] == "number":
        return None
    return Extent(first, _after(last, str(spans[0])), str(spans[0]))


def _ends(file: Any, name: str) -> tuple[Any, Any] | None:
    """The least and the greatest value of a column, as the file's own statistics tell."""
    if name not in file.schema_arrow.names:
        return None
    at = file.schema_arrow.names.index(name)
    groups = [file.metadata.row_group(i).column(at).statistics for i in range(file.metadata.num_row_groups)]
    told = [one for one in groups if one is not None and one.has_min_max]
    return (min(one.min for one in told), max(one.max for one in told)) if told else None


def _after(last: date, span: str) -> date:
    """The day after the period that begins on `last`.

    >>> _after(date(2023, 10, 1), "quarter"), _after(date(2023, 1, 1), "year"), _after(date(2023, 1, 1), "")
    (datetime.date(2024, 1, 1), datetime.date(2024, 1, 1), datetime.date(2023, 1, 2))
    """
    months = MONTHS.get(span)
    if months is None:
        return last + timedelta(days=1)
    whole = last.year * 12 + last.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)
