"""Grid shifts (격자 이동): how far the share a list catches hangs on where the grid happens to begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd

from sigun.analysis.forecast.history import Hole, Records, holes_before, past_of, records_of, reports_in
from sigun.analysis.forecast.horizons import Span
from sigun.analysis.forecast.places import cells_around
from sigun.analysis.forecast.shrinkage import SurfaceSettings, surface
from sigun.analysis.patrol.listing import caught
from sigun.panel.count import count_cells
from sigun.panel.model import Panel

PARTS = 4  # of a cell by which the grid is shifted, eastwards and northwards


def shares_by_shift(panel: Panel, spans: Sequence[Span], size: int, random_share: float) -> pd.DataFrame:
    """Share of the reports over the spans that a list of `size` cells meets, on the grid shifted by quarters of a cell.

    So that only the grid differs, every grid is ranked in the same simple way (gamma-Poisson shrinkage with its default
    settings), and has one study area: the cells known at the first origin. Reports outside of it are missed.

    Returns
    -------
    shift_x, shift_y (parts of a cell), share_caught; the grid as it is comes first.
    """
    fine = _fine_counts(panel)
    first = records_of(panel, panel.plan.target)
    holes = [holes_before(first, span.origin) for span in spans]
    rows = []
    for east, north in product(range(PARTS), range(PARTS)):
        coarse = fine.assign(cell_x=(fine["cell_x"] + east) // PARTS, cell_y=(fine["cell_y"] + north) // PARTS)
        records = records_of(replace(panel, counts=coarse), panel.plan.target)
        rows.append((east / PARTS, north / PARTS, _share(records, panel, spans, holes, size, random_share)))
    return pd.DataFrame(rows, columns=["shift_x", "shift_y", "share_caught"])


def range_over_shifts(share: float, shifts: pd.DataFrame) -> tuple[float, float]:
    """A share caught on the grid as it is, with what the shifts take from it at most and add to it at most.

    >>> range_over_shifts(0.5, pd.DataFrame({"share_caught": [0.5, 0.375, 0.75]}))
    (0.375, 0.75)
    """
    change = shifts["share_caught"].to_numpy(float) - float(shifts["share_caught"].iloc[0])
    return share + float(change.min()), share + float(change.max())


def _fine_counts(panel: Panel) -> pd.DataFrame:
    """Counts in quarters of a cell, of which every shifted grid is put together."""
    points = panel.events.assign(x=panel.events["x"] * PARTS, y=panel.events["y"] * PARTS)
    return count_cells(points, panel.cell)


def _share(
    records: Records,
    panel: Panel,
    spans: Sequence[Span],
    holes: Sequence[tuple[Hole, ...]],
    size: int,
    random_share: float,
) -> float:
    known = records.known(spans[0].origin)
    places = cells_around(records.x[known], records.y[known], panel.cell, panel.plan.space.block)
    place = places.index(records.x, records.y)
    met, all_of_them = 0.0, 0.0
    for span, gaps in zip(spans, holes, strict=True):
        past = past_of(records, place, len(places), span.origin, gaps)
        score, _memory = surface(past, places.smooth, SurfaceSettings())
        came, outside = reports_in(records, place, len(places), span, records.own)
        met += caught(score, came, size, random_share)
        all_of_them += float(came.sum()) + outside
    return met / max(all_of_them, np.finfo(float).tiny)
