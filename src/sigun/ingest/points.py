"""The point of each row (좌표 읽기): whichever columns and CRS the card names, as degrees."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sigun.ingest.layout import Column, Role
from sigun.ingest.places import to_degrees
from sigun.ingest.source import Source
from sigun.text import N_, _, say

Pairs = Sequence[tuple[Role, Role]]
PLACE: Pairs = (("longitude", "latitude"), ("x", "y"))


def points(source: Source, pairs: Pairs = PLACE) -> tuple[np.ndarray, np.ndarray]:
    """Longitude and latitude (WGS 84) of each row, NaN where there are none; what cannot be right is a problem.

    `pairs`: the roles that may hold a point; the first pair the file has is read.
    """
    pair = _coordinate_columns(source, pairs)
    if pair is None:
        return np.full(len(source), np.nan), np.full(len(source), np.nan)
    first, second = (source.numbers(column) for column in pair)
    zero = (first == 0) & (second == 0)
    if zero.any():
        source.changes.append(say(N_("{n} coordinates of 0, 0 were taken as missing."), n=int(zero.sum())))
    half = np.isfinite(first) != np.isfinite(second)
    if half.any():
        source.changes.append(say(N_("{n} rows with only one of two coordinates have no point."), n=int(half.sum())))
    first, second = (np.where(zero | half, np.nan, v) for v in (first, second))
    crs = source.layout.crs
    where = _("{file}, columns “{first}”, “{second}”").format(file=source.path, first=pair[0].name, second=pair[1].name)
    problem = source.points_problem(first, second, where)
    if problem is not None:
        source.problems.append(problem)
        return first, second
    if crs not in (None, "EPSG:4326"):
        source.changes.append(say(N_("Coordinates were converted from {crs} to degrees (WGS 84)."), crs=str(crs)))
        return to_degrees(first, second, str(crs))
    for column, values, most in ((pair[0], first, 180), (pair[1], second, 90)):
        source.note(column, np.abs(values) > most, _("no degrees"), _("Mend these cells, or leave them empty."))
    return first, second


def _coordinate_columns(source: Source, pairs: Pairs) -> tuple[Column, Column] | None:
    for first, second in pairs:
        if source.has(first) and source.has(second):
            a, b = source.layout.column(first), source.layout.column(second)
            return (a, b) if a is not None and b is not None else None
    return None
