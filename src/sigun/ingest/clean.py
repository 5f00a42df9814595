"""Clean a file by its layout (정리): typed, renamed by role or id, without personal data, every change counted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sigun.errors import IngestError, require
from sigun.ingest.cells import clean_cells
from sigun.ingest.change import Change
from sigun.ingest.consistent import layout_problems
from sigun.ingest.events import clean_events
from sigun.ingest.facilities import clean_facilities
from sigun.ingest.layout import Kind, Layout
from sigun.ingest.source import Source, missing_columns, stripped
from sigun.ingest.stations import clean_stations
from sigun.ingest.statistical import clean_area_periods, clean_areas
from sigun.ingest.tabular import read_table
from sigun.ingest.travel import clean_travel
from sigun.ingest.values import clean_addresses, clean_outlines, clean_weather
from sigun.text import N_, Message, _, say

HEADER_AGAIN = N_("{n} header rows repeated within the table were left out.")
CLEANING = 2
"""Version of the cleaning; raise it when a change here or below changes what comes out."""


@dataclass(frozen=True)
class Cleaned:
    """A file ready for later steps."""

    frame: pd.DataFrame
    rows_read: int
    changes: tuple[Message, ...]
    later: tuple[Change, ...] = ()  # of several files of one table: what each after the first changed

    @property
    def rows(self) -> int:
        """How many rows the frame has."""
        return len(self.frame)

    @property
    def sketch(self) -> pd.DataFrame:
        """A frame that names all its places and periods."""
        return self.frame

    def head(self) -> pd.DataFrame:
        """The first rows."""
        return self.frame.head()

    def saying(self, more: Iterable[Message]) -> Cleaned:
        """The same with more to say."""
        return replace(self, changes=(*self.changes, *more))


def clean(path: Path, layout: Layout, key: bytes) -> Cleaned:
    """Read and clean one file.

    Parameters
    ----------
    layout : what the columns mean (a card is one).
    key : of the workspace; plates are hashed with it.

    Raises
    ------
    IngestError, CardError, Several
        Everything that contradicts the layout, each with file, row, column and remedy.
    """
    return clean_table(path, read_table(path, layout.reading), layout, key)


def clean_table(path: Path, table: pa.Table, layout: Layout, key: bytes) -> Cleaned:
    """Clean a table that was read already; errors as of `clean`."""
    require((*layout_problems(layout, path), *missing_columns(path, layout, table.column_names)))
    source = _without_blank_rows(path, layout, table)
    frame = _cleaners(key)[layout.kind](source)
    require(source.problems)
    if not len(frame):
        raise IngestError(
            _("No row of the file can be used."), str(path), _("Look at the card: are the columns the right ones?")
        )
    return Cleaned(frame, table.num_rows, (*said_about_columns(source), *source.changes))


def _cleaners(key: bytes) -> Mapping[Kind, Callable[[Source], pd.DataFrame]]:
    return {
        "events": partial(clean_events, key=key),
        "areas": clean_areas,
        "area_periods": clean_area_periods,
        "weather": clean_weather,
        "outlines": clean_outlines,
        "addresses": clean_addresses,
        "stations": clean_stations,
        "travel": clean_travel,
        "cells": clean_cells,
        "facilities": clean_facilities,
    }


def _without_blank_rows(path: Path, layout: Layout, table: pa.Table) -> Source:
    """Rows in which no column of the card tells anything are not rows; the rest remember where they stood."""
    if layout.reading.format not in ("csv", "xlsx", "xls"):
        return Source(path, layout, table, np.arange(table.num_rows))
    told = np.zeros(table.num_rows, bool)
    for name in table.column_names:
        told |= pc.is_valid(stripped(table[name], ())).to_numpy(zero_copy_only=False)
    again = told & _repeats_header(table)
    told &= ~again
    source = Source(path, layout, table.filter(pa.array(told)), np.flatnonzero(told))
    _say_what_stood_around(source)
    if again.any():
        source.changes.append(say(HEADER_AGAIN, n=int(again.sum())))
    blank = ~(told | again | _blanked(layout, table))
    inside = int(blank[: int(np.flatnonzero(told).max(initial=-1)) + 1].sum())
    if inside:
        source.changes.append(say(N_("{n} empty rows were left out."), n=inside))
    return source


def _blanked(layout: Layout, table: pa.Table) -> np.ndarray:
    """Rows in which the reader met the header once more and left nothing."""
    rows = np.zeros(table.num_rows, bool)
    if layout.reading.shape is None:
        told = json.loads((table.schema.metadata or {}).get(b"repeated_headers", b"[]"))
        rows[[row - layout.reading.header_row - 1 for row in told]] = True
    return rows


def _repeats_header(table: pa.Table) -> np.ndarray:
    """Rows that say the names of the columns once more, as pages put under each other do."""
    again = np.ones(table.num_rows, bool)
    for name in table.column_names:
        if not again.any() or not pa.types.is_string(table[name].type):
            return again & False
        again &= pc.fill_null(pc.equal(stripped(table[name], ()), name), False).to_numpy(zero_copy_only=False)
    return again


def _say_what_stood_around(source: Source) -> None:
    """Footnotes, lines and columns of the sheet that are no part of the table."""
    kept = source.table.schema.metadata or {}
    for key, said in (
        ("footnotes", N_("{n} lines of footnotes under the table were left out.")),
        ("repeated_headers", HEADER_AGAIN),
    ):
        told = json.loads(kept.get(key.encode(), b"0"))
        n = len(told) if isinstance(told, list) else int(told)
        if n:
            source.changes.append(say(said, n=n))
    for key, said in (
        ("dropped", N_("Lines beside the table that were left out: {names}")),
        ("left_out", N_("Columns of the sheet that were left out: {names}")),
    ):
        told = list(dict.fromkeys(json.loads(kept.get(key.encode(), b"[]"))))
        if told:
            source.changes.append(say(said, names=", ".join(str(t)[:60] for t in told[:10])))


def said_about_columns(source: Source) -> tuple[Message, ...]:
    """Which columns did not come along, and why."""
    layout = source.layout
    personal = [c.name for c in layout.fields if c.action == "drop" and c.name in source.table.column_names]
    listed = {"geometry", *(c.name for c in layout.fields if c.role is not None or c.action != "keep")}
    unused = [n for n in source.table.column_names if n not in listed]
    absent = [c.name for c in layout.fields if c.optional and c.name not in source.table.column_names]
    said = (
        (personal, N_("Columns dropped, personal or not to be kept: {names}")),
        (unused, N_("Columns the card does not use: {names}")),
        (absent, N_("Optional columns the file does not have: {names}")),
    )
    return tuple(say(text, names=", ".join(names)) for names, text in said if names)
