"""Value columns (변수) and the tables that hold them: weather, outlines, addresses."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sigun.errors import CardError, IngestError
from sigun.ingest.layout import Column
from sigun.ingest.personal import ANY, LABELS, personal_by_content
from sigun.ingest.points import points
from sigun.ingest.source import Source
from sigun.text import N_, _, say


def add_values(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """The frame with one column a `value` of the card, by its id and type."""
    values = {str(c.id): typed(source, c) for c in source.layout.values() if c.action != "drop"}
    return pd.concat([frame, pd.DataFrame(values, index=frame.index)], axis=1)


def clean_weather(source: Source) -> pd.DataFrame:
    """Columns day, station and values; of a forecast also issued_at."""
    frame = add_values(pd.DataFrame({"day": source.times("period"), "station": source.text("station")}), source)
    if source.has("issued_at"):
        frame["issued_at"] = source.times("issued_at")
    kept = _dated(frame, "day", source)
    if source.has("issued_at"):
        kept = _dated(kept, "issued_at", source)
    nameless = int(kept["station"].isna().sum()) if source.has("station") else 0
    if nameless:
        source.changes.append(say(N_("{n} rows name no station; they are kept."), n=nameless))
    return kept


def clean_outlines(source: Source) -> pd.DataFrame:
    """Columns region, name, geometry (WKB, WGS 84) and values."""
    frame = pd.DataFrame({"region": source.text("region"), "name": source.text("region_name")})
    if source.layout.column("region") is None:
        frame["region"] = frame["name"]
    if source.layout.column("region_name") is None:
        frame["name"] = frame["region"]
    frame["geometry"] = _geometry(source)
    frame = add_values(frame, source)
    lost = frame["geometry"].isna()
    if lost.any():
        source.changes.append(say(N_("{n} rows without an outline were left out."), n=int(lost.sum())))
    kept = frame[~lost].reset_index(drop=True)
    _require_once(kept, source)
    return kept


def clean_addresses(source: Source) -> pd.DataFrame:
    """Columns address, longitude, latitude; rows that lack one are left out."""
    longitude, latitude = points(source)
    frame = pd.DataFrame({"address": source.text("address"), "longitude": longitude, "latitude": latitude})
    kept = frame.dropna()
    if len(kept) < len(frame):
        source.changes.append(
            say(N_("{n} rows without an address or a point were left out."), n=len(frame) - len(kept))
        )
    return kept.reset_index(drop=True)


def typed(source: Source, column: Column) -> np.ndarray | pd.Series:
    """One value column by its type; text that holds personal data is not kept."""
    if column.type in ("number", "integer"):
        return source.numbers(column)
    if column.type == "datetime":
        return source.times_of(column)
    if column.type == "boolean":
        return source.truths(column)
    text = source.text_of(column)
    kind, share = personal_by_content(text)
    if kind is not None and share > ANY:
        source.changes.append(
            say(
                N_("Column “{column}” holds personal data ({kind}) and was dropped."),
                column=column.name,
                kind=LABELS[kind],
            )
        )
        return source.nothing()
    return text


def _dated(frame: pd.DataFrame, column: str, source: Source) -> pd.DataFrame:
    undated = frame[column].isna()
    if undated.any():
        source.changes.append(say(N_("{n} rows without a date were left out."), n=int(undated.sum())))
    return frame[~undated].reset_index(drop=True)


def _require_once(frame: pd.DataFrame, source: Source) -> None:
    """A region drawn twice has no one outline."""
    twice = frame[frame.duplicated("region", keep=False)]
    if len(twice):
        said = str(twice.iloc[0]["region"])
        source.problems.append(
            IngestError(
                _("{n} rows repeat an area (and period), first: {said}.").format(n=len(twice), said=said),
                str(source.path),
                _("Keep one row each, or let another column be the area (`role: region`) in the card."),
            )
        )


def _geometry(source: Source) -> np.ndarray:
    """Outlines as WKB in WGS 84, mended where a ring crosses itself."""
    import shapely

    if "geometry" not in source.table.column_names:
        source.problems.append(
            CardError(
                _("The file holds no outlines."),
                str(source.path),
                _("Outlines come as GeoJSON; mend `kind` in the card."),
            )
        )
        return np.full(len(source), None, object)
    raw = source.table["geometry"].to_pandas().to_numpy(object)
    parse = shapely.from_geojson if source.layout.reading.format == "geojson" else shapely.from_wkb
    shapes = parse(np.where(pd.isna(raw), None, raw), on_invalid="ignore")
    shapes = _in_degrees(shapes, source)
    crossed = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    if crossed.any():
        source.changes.append(say(N_("{n} outlines that crossed themselves were mended."), n=int(crossed.sum())))
        shapes[crossed] = shapely.make_valid(shapes[crossed])
    return np.asarray(shapely.to_wkb(shapes), dtype=object)


def _in_degrees(shapes: np.ndarray, source: Source) -> np.ndarray:
    import shapely

    from sigun.ingest.places import DEGREES, ask_for_crs, to_degrees

    crs = source.layout.crs or DEGREES
    west, south, east, north = shapely.total_bounds(shapes)
    if crs == DEGREES:
        if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
            source.problems.append(
                CardError(
                    _("The coordinates are metres, not degrees."),
                    str(source.path),
                    ask_for_crs(),
                )
            )
        return shapes
    source.changes.append(say(N_("Coordinates were converted from {crs} to degrees (WGS 84)."), crs=crs))
    return np.asarray(shapely.transform(shapes, lambda xy: np.column_stack(to_degrees(xy[:, 0], xy[:, 1], crs))))
