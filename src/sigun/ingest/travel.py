"""Ways between points (이동시간표): how long each takes, or how far it is, as any routing program tells."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sigun.errors import CardError, IngestError
from sigun.ingest.layout import Column, Role
from sigun.ingest.places import great_circle_km
from sigun.ingest.points import points
from sigun.ingest.source import Source
from sigun.text import N_, _, say

MINUTES: Mapping[str, float] = {
    **dict.fromkeys(("분", "min", "mins", "minute", "minutes"), 1.0),
    **dict.fromkeys(("초", "s", "sec", "secs", "second", "seconds"), 1 / 60),
    **dict.fromkeys(("시간", "h", "hr", "hour", "hours"), 60.0),
}
KILOMETRES: Mapping[str, float] = {
    **dict.fromkeys(("km", "㎞", "킬로미터", "kilometres", "kilometers"), 1.0),
    **dict.fromkeys(("m", "미터", "metres", "meters"), 0.001),
}
"""What one unit is worth."""

ENDS = ["from_longitude", "from_latitude", "to_longitude", "to_latitude"]
SPEEDS = (1.0, 200.0)  # km/h in a straight line; beyond them the unit is another
DETOURS = (0.9, 10.0)  # of the straight line
FAR = 0.05  # km; shorter ways tell little about units


def clean_travel(source: Source) -> pd.DataFrame:
    """Columns from_longitude, from_latitude, to_longitude, to_latitude, minutes, km (NaN: not told): a row a way.

    A way told in one direction only is there in both; a table that tells both may differ between them.
    """
    ends = (*points(source, (("from_x", "from_y"),)), *points(source, (("to_x", "to_y"),)))
    frame = pd.DataFrame(dict(zip(ENDS, ends, strict=True)))
    frame["minutes"] = _measured(source, "travel_time", MINUTES)
    frame["km"] = _measured(source, "travel_distance", KILOMETRES)
    _sound(frame, source)
    return _both_ways(_told_once(_between_points(frame, source), source), source)


def _measured(source: Source, role: Role, units: Mapping[str, float]) -> np.ndarray:
    """The column of the role in minutes or kilometres; without a known unit it cannot be read."""
    column = source.layout.column(role)
    if column is None or not source.has(role):
        return np.full(len(source), np.nan)
    worth = units.get(column.unit.strip().casefold())
    if worth is None:
        source.problems.append(_unknown_unit(source, column, units))
        return np.full(len(source), np.nan)
    values = source.numbers(column)
    source.note(column, values < 0, _("below zero"), _("Mend these cells, or leave them empty."))
    return values * worth


def _unknown_unit(source: Source, column: Column, units: Mapping[str, float]) -> CardError:
    known = ", ".join(f"`unit: {word}`" for word in _one_each(units))
    what = (
        _("The unit “{unit}” of column “{column}” is not known.").format(unit=column.unit, column=column.name)
        if column.unit
        else _("The unit of column “{column}” is not told.").format(column=column.name)
    )
    remedy = _("Write it into the header, such as “{column}({unit})”, or into the card, one of: {known}.")
    return CardError(what, str(source.path), remedy.format(column=column.name, unit=next(iter(units)), known=known))


def _one_each(units: Mapping[str, float]) -> list[str]:
    """The first word of each unit."""
    return list({worth: word for word, worth in reversed(list(units.items()))}.values())[::-1]


def _sound(frame: pd.DataFrame, source: Source) -> None:
    """Minutes or kilometres that nobody could travel show that the unit is another."""
    straight = great_circle_km(*(frame[name].to_numpy(float) for name in ENDS))
    far = straight > FAR
    minutes, km = (frame[name].to_numpy(float) for name in ("minutes", "km"))
    with np.errstate(divide="ignore", invalid="ignore"):
        looks = (
            ("travel_time", straight / minutes * 60, SPEEDS, N_("that is {n} km/h in a straight line")),
            ("travel_distance", km / straight, DETOURS, N_("that is {n} times the straight line")),
        )
    for role, ratio, (least, most), said in looks:
        usual = float(np.median(ratio[far & ~np.isnan(ratio)])) if (far & ~np.isnan(ratio)).any() else least
        column = source.layout.column(role)  # type: ignore[arg-type]
        if column is not None and not least <= usual <= most:
            source.problems.append(
                CardError(
                    _("Column “{column}” does not look like {unit}: {said}.").format(
                        column=column.name, unit=column.unit, said=_(said).format(n=f"{usual:.3g}")
                    ),
                    str(source.path),
                    _("Mend `unit` of the column in the card (or in the header), or `crs` of the coordinates."),
                )
            )


def _between_points(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Ways from one place to another of which something is told."""
    lost = frame[ENDS].isna().any(axis=1) | (frame["minutes"].isna() & frame["km"].isna())
    still = ~lost & (frame[ENDS[0]] == frame[ENDS[2]]) & (frame[ENDS[1]] == frame[ENDS[3]])
    for rows, said in (
        (lost, N_("{n} ways without both ends, or without a time and a distance, were left out.")),
        (still, N_("{n} ways from a point to itself were left out.")),
    ):
        if rows.any():
            source.changes.append(say(said, n=int(rows.sum())))
    return frame[~(lost | still)].reset_index(drop=True)


def _told_once(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    kept = frame.drop_duplicates(ignore_index=True)
    if len(kept) < len(frame):
        source.changes.append(say(N_("{n} ways that stand twice were left out."), n=len(frame) - len(kept)))
    twice = kept[kept.duplicated(ENDS, keep=False)]
    if len(twice):
        first = ", ".join(f"{value:g}" for value in twice.iloc[0][ENDS])
        source.problems.append(
            IngestError(
                _("{n} rows tell the same way with different values, first: {said}.").format(n=len(twice), said=first),
                str(source.path),
                _("Keep one row a way."),
            )
        )
    return kept


def _both_ways(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """The table with the way back where only one direction is told."""
    back = frame.rename(columns=dict(zip(ENDS, (*ENDS[2:], *ENDS[:2]), strict=True)))[list(frame)]
    both = pd.concat([frame, back], ignore_index=True).drop_duplicates(ENDS, ignore_index=True)
    if len(both) > len(frame):
        source.changes.append(
            say(N_("{n} ways are told in one direction only; the way back is taken as long."), n=len(both) - len(frame))
        )
    return both
