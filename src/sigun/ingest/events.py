"""Events cleaned (사건 자료 정리): one row a report, in the columns every later step knows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sigun.ingest.address import read_streets
from sigun.ingest.outcomes import named_cases, read_outcomes
from sigun.ingest.personal import PLATE, cut_out, keyed_hash, without_flats
from sigun.ingest.points import points
from sigun.ingest.source import Source
from sigun.ingest.values import add_values
from sigun.text import N_, say


def clean_events(source: Source, key: bytes) -> pd.DataFrame:
    """The events of a file; rows without a date are left out and counted."""
    when = _occurred(source)
    longitude, latitude = points(source)
    address = _without_flats(source)
    read = read_streets(_with_a_place(source, address))
    status = source.text("status_text")
    outcome, unknown = read_outcomes(source.text("outcome"), status, source.layout.outcomes)
    if unknown:
        source.changes.append(
            say(
                N_("{n} rows have an outcome the card does not translate and are read as “other”: {values}"),
                n=sum(unknown.values()),
                values=", ".join(unknown),
            )
        )
    said = source.text("region")
    duplicate_of = source.text("duplicate_of")
    frame = pd.DataFrame(
        {
            "row": source.rows,
            "id": source.text("id"),
            "occurred_at": when,
            "updated_at": source.times("updated_at"),
            "closed_at": source.times("closed_at"),
            "longitude": longitude,
            "latitude": latitude,
            "address": _without_persons(source, address, N_("address")),
            "street": cut_out(read["street"])[0],
            "area_said": said.where(said.notna(), read["eupmyeondong"]),
            "kind": _without_persons(source, source.text("kind"), N_("kind")),
            "channel": _without_persons(source, source.text("channel"), N_("channel")),
            "outcome": outcome,
            "duplicate_of": duplicate_of.where(duplicate_of.notna(), named_cases(status, outcome)),
            "vehicle": _vehicle(source, key),
        }
    )
    frame = add_values(frame, source)
    undated = int(frame["occurred_at"].isna().sum())
    if undated:
        source.changes.append(say(N_("{n} rows without a date were left out."), n=undated))
    return frame[frame["occurred_at"].notna()].reset_index(drop=True)


def _occurred(source: Source) -> pd.Series:
    """Day and time of day put together where they stand in two columns."""
    day = source.times("occurred_at")
    if not source.has("occurred_time"):
        return day
    clock = source.clock("occurred_time")
    late = np.isnat(clock) & day.notna().to_numpy()
    if late.any():
        source.changes.append(say(N_("{n} rows without a time of day stand at midnight."), n=int(late.sum())))
    return day.dt.normalize() + pd.to_timedelta(np.where(np.isnat(clock), np.timedelta64(0, "us"), clock))


def _with_a_place(source: Source, address: pd.Series) -> pd.Series:
    """The addresses that are one. Words that say there is none stay in the column: the quality step marks them."""
    nowhere = address.isin(source.layout.no_place)
    if nowhere.any():
        word = str(address[nowhere].iloc[0])
        said = N_("{n} addresses only say that there is none (“{word}”).")
        source.changes.append(say(said, n=int(nowhere.sum()), word=word))
    return address.mask(nowhere)


def _without_flats(source: Source) -> pd.Series:
    """The addresses as places of events: in which flat of a building tells of who lives there."""
    kept, n = without_flats(source.text("address"))
    if n:
        source.changes.append(say(N_("Flats (block and number) were cut out of {n} addresses."), n=n))
    return kept


def _without_persons(source: Source, text: pd.Series, what: str) -> pd.Series:
    kept, n = cut_out(text)
    if n:
        source.changes.append(say(N_("Personal values were cut out of {n} cells of “{column}”."), n=n, column=what))
    return kept


def _vehicle(source: Source, key: bytes) -> pd.Series:
    """The plate as a keyed hash; a column the card keeps stays as it is unless plates stand in it."""
    column = source.layout.column("vehicle_key")
    text = source.text("vehicle_key")
    if column is None:
        return text
    if column.action == "keep" and not text.dropna().str.contains(PLATE).any():
        return text
    source.changes.append(say(N_("Plates of {n} rows were replaced by keyed hashes."), n=int(text.notna().sum())))
    return keyed_hash(text, key)
