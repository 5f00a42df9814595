"""Large delimited files (대용량 CSV): parsed and cleaned block by block into Parquet, as small ones are at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from sigun.errors import IngestError, require
from sigun.ingest.clean import Cleaned, clean, said_about_columns
from sigun.ingest.consistent import layout_problems
from sigun.ingest.events import clean_events
from sigun.ingest.large_areas import clean_large_areas, streams
from sigun.ingest.layout import Column, Layout
from sigun.ingest.personal import ANY, LABELS, SAMPLE, personal_by_content
from sigun.ingest.pieces import Gathered, Piece, records_of, said_once
from sigun.ingest.sniff import sniff
from sigun.ingest.source import Source, missing_columns
from sigun.ingest.spool import Spool, as_text, is_large, spooled
from sigun.ingest.stored import Stored, Writer
from sigun.text import N_, _, say

AREAS = ("areas", "area_periods")


def clean_file(path: Path, layout: Layout, key: bytes) -> Cleaned:
    """Read and clean one file of any size; parameters and errors as of `clean`."""
    layout = _opened(path, layout)
    if not is_large(path, layout.reading) or not can_stream(layout):
        return clean(path, layout, key)
    return clean_spool(spooled(path, layout.reading), layout, key)


def _opened(path: Path, layout: Layout) -> Layout:
    """The layout with encoding and delimiter, which a card written by hand may leave to be found."""
    said = layout.reading
    if said.format != "csv" or (said.encoding is not None and said.delimiter is not None) or not path.is_file():
        return layout
    found = sniff(path)
    ways = {"encoding": said.encoding or found.encoding, "delimiter": said.delimiter or found.delimiter}
    return layout.model_copy(update={"reading": said.model_copy(update=ways)})


def can_stream(layout: Layout) -> bool:
    """Whether tables of the kind are cleaned block by block; others are held in memory whatever their size."""
    return streams(layout) if layout.kind in AREAS else layout.kind == "events"


def clean_spool(spool: Spool, layout: Layout, key: bytes) -> Stored:
    """Clean a parsed file; errors as of `clean`. The Parquet file lies beside the spool until it is kept."""
    require((*layout_problems(layout, spool.path), *missing_columns(spool.path, layout, spool.names)))
    gathered, path = Gathered(), spool.scratch / "clean.parquet"
    out = Writer(path)
    try:
        make = clean_large_areas if layout.kind in AREAS else partial(_clean_events, key=key)
        sketch = make(spool, layout, gathered, out)
    finally:
        out.close()
    source = _first_rows(spool, layout)
    require(gathered.all_problems(source))
    if not out.rows:
        raise IngestError(
            _("No row of the file can be used."),
            str(spool.path),
            _("Look at the card: are the columns the right ones?"),
        )
    changes = (*said_about_columns(source), *said_once(gathered.changes))
    return Stored(path, spool.rows, changes, sketch, spool.folder)


def _first_rows(spool: Spool, layout: Layout) -> Source:
    """A few rows, to speak of the file as a whole."""
    first, batch = next(spool.blocks())
    few = batch.slice(0, 1)
    table = pa.table({name: as_text(few[name]) for name in few.schema.names})
    return Source(spool.path, layout, table, np.array([first]))


def _clean_events(spool: Spool, layout: Layout, gathered: Gathered, out: Writer, key: bytes) -> pd.DataFrame:
    """Write the events; an empty frame, as they are of no regions.

    Whether a column of free text holds personal data is judged over the whole file, so such columns go beside.
    """
    texts = [c for c in layout.values() if c.type == "string" and c.action != "drop" and c.name in spool.names]
    fields = tuple(c for c in layout.fields if c not in texts)
    lost = {c.name for c in texts if _is_personal(spool, layout, c, gathered)}
    order = [str(c.id) for c in layout.values() if c.action != "drop"]
    for records, batch in records_of(spool, gathered):
        table = pa.table({name: as_text(batch[name]) for name in batch.schema.names})
        piece = Piece(spool.path, layout.model_copy(update={"fields": fields}), table, records, gathered=gathered)
        frame = clean_events(piece, key)
        gathered.take(piece)
        at = np.searchsorted(records, frame["row"].to_numpy())
        for column in texts:
            text = piece.nothing() if column.name in lost else piece.text_of(column)
            frame[str(column.id)] = text.iloc[at].reset_index(drop=True)
        if len(frame):
            out.add(frame[[*(name for name in frame if name not in order), *order]])
    return pd.DataFrame()


def _is_personal(spool: Spool, layout: Layout, column: Column, gathered: Gathered) -> bool:
    """Whether a text column holds personal data, by cells spread evenly over the file."""
    told = sum(piece.text_of(column).notna().sum() for piece in _only(spool, layout, column))
    step, before, looked = max(1, told // SAMPLE), 0, []
    for piece in _only(spool, layout, column):
        text = piece.text_of(column).dropna()
        looked.append(text.iloc[-before % step :: step])
        before += len(text)
    kind, share = personal_by_content(pd.concat(looked))
    if kind is None or share <= ANY:
        return False
    said = N_("Column “{column}” holds personal data ({kind}) and was dropped.")
    gathered.changes.append(say(said, column=column.name, kind=LABELS[kind]))
    return True


def _only(spool: Spool, layout: Layout, column: Column) -> Iterator[Source]:
    """One column, block by block."""
    for first, batch in spool.blocks([column.name]):
        table = pa.table({column.name: as_text(batch[column.name])})
        yield Source(spool.path, layout, table, first + np.arange(batch.num_rows))
