"""Grid counts cleaned (격자 통계 정리): one row a cell and period, as telecom firms hand them over."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sigun.errors import IngestError
from sigun.ingest.measured import as_marks, measured
from sigun.ingest.periods import read_periods
from sigun.ingest.points import points
from sigun.ingest.source import SHOWN, Source
from sigun.text import N_, _, say

MARK = "__mark"


def clean_cells(source: Source) -> pd.DataFrame:
    """Columns longitude, latitude (of the cell's centre), period, span, provisional and the values.

    A count the firm does not tell (`*`) stays missing, and its mark says "suppressed".
    """
    longitude, latitude = points(source)
    period = source.layout.column("period")
    assert period is not None  # the layout was checked
    read = read_periods(source.text_of(period))
    source.note(period, read.bad, _("no periods"), _("Write them like 2012, 2012.01, 2012.1/4 or 2012-01-31."))
    frame = pd.DataFrame({"longitude": longitude, "latitude": latitude, "period": read.first, "span": read.span})
    frame["provisional"] = read.provisional
    for column in source.layout.values():
        cells = measured(source, column)
        frame[str(column.id)] = cells.value
        if any(mark is not None for mark in cells.mark):
            frame[f"{column.id}{MARK}"] = as_marks(cells.mark)
    lost = frame["longitude"].isna() | frame["period"].isna()
    if lost.any():
        source.changes.append(say(N_("{n} cells without a place or a period were left out."), n=int(lost.sum())))
    frame = frame[~lost]
    _require_once(source, frame)
    return frame.reset_index(drop=True)


def _require_once(source: Source, frame: pd.DataFrame) -> None:
    twice = frame.duplicated(["longitude", "latitude", "period"], keep=False).to_numpy()
    if twice.any():
        rows = ", ".join(str(source.row(int(i))) for i in np.asarray(frame.index)[twice][:SHOWN])
        source.problems.append(
            IngestError(
                _("{n} rows repeat a cell and period.").format(n=int(twice.sum())),
                _("{file}, rows {rows}").format(file=source.path, rows=rows),
                _("Keep one row each; add up ages or sexes told in rows of their own before."),
            )
        )
