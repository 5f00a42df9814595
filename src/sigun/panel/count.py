"""Counts (격자 × 기간 건수): from points to cells and periods by one Ibis expression, which every engine compiles."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pandas as pd

from sigun.engine import connect
from sigun.errors import IngestError, RunError
from sigun.text import _

Period = Literal["day", "week", "month"]
Points: TypeAlias = Path | pd.DataFrame
"""x, y (metres; missing: no point), occurred_at, gone (naive local times), outcome. A path: Parquet, read lazily."""

TYPES = {"x": "float64", "y": "float64", "occurred_at": "datetime64[us]", "gone": "datetime64[us]", "outcome": "str"}
KEYS = ["cell_x", "cell_y", "day", "gone", "outcome"]
UNITS = {"day": "D", "week": "W", "month": "M"}
FARTHEST = 1e9  # metres; no place is farther from the origin of its CRS, and infinity has no cell
TIMES = ("timestamp[s]", "timestamp[ms]", "timestamp[us]")  # engines agree on these; Spark cannot read nanoseconds


def count_cells(points: Points, cell: int, engine: str = "duckdb", period: Period = "day") -> pd.DataFrame:
    """Reports per cell, period, outcome and the day from which they no longer count, in the order of these keys.

    `day` is the first day of the period (a week begins on Monday). A report that never counted is left out.

    Raises
    ------
    IngestError
        The Parquet file lacks a column, or its times have a zone or nanoseconds.
    SettingsError, RunError
        As `sigun.engine.connect`.
    """
    with connect(engine, {"points": _handed(points)}) as connection:
        counts = counted(connection.table("points"), cell, period).order_by(KEYS).to_pandas()
    return counts.astype({"day": "datetime64[s]", "gone": "datetime64[s]", "outcome": "str"})


def write_counts(points: Points, cell: int, to: Path, engine: str = "duckdb", period: Period = "day") -> Path:
    """`count_cells` into Parquet, for counts that need not fit into memory; whole or not at all, in no order.

    Putting millions of rows in order takes longer than counting them.

    Returns
    -------
    `to` : a file, on Spark a folder of files.

    Raises
    ------
    RunError
        There is something at `to` already; else as `count_cells`.
    """
    if to.exists():
        raise RunError(_("There is a file or folder of this name already."), str(to), _("Choose another name."))
    part = to.with_name(f".{to.name}.part")
    try:
        with connect(engine, {"points": _handed(points)}, into=part) as connection:
            counted(connection.table("points"), cell, period).to_parquet(part)
        part.rename(to)
    finally:
        if part.is_dir():
            shutil.rmtree(part)
        part.unlink(missing_ok=True)
    return to


def counted(points: Any, cell: int, period: Period) -> Any:
    """The expression: from an Ibis table of points to rows of KEYS and `reports`, in no order."""
    # NaN is greater than every number on both engines and missing is neither, so "near enough" leaves out all three.
    placed = (points.x.abs() < FARTHEST) & (points.y.abs() < FARTHEST)
    counting = points.gone.isnull() | (points.gone > points.occurred_at)
    own = points.filter(placed, counting, points.occurred_at.notnull())
    keyed = own.select(
        cell_x=_cell(own.x, cell),
        cell_y=_cell(own.y, cell),
        day=own.occurred_at.truncate(UNITS[period]).date(),
        gone=own.gone.date(),
        outcome=own.outcome,
    )
    return keyed.group_by(KEYS).agg(reports=keyed.count())


def _cell(metres: Any, cell: int) -> Any:
    return (metres.cast("float64") / cell).floor().cast("int64")


def _handed(points: Points) -> Any:
    """What the engine is handed: the path once its columns are seen to be right, or an Arrow table of one schema."""
    if isinstance(points, Path):
        _require_columns(points)
        return points
    import pyarrow as pa

    metres, time = pa.float64(), pa.timestamp("us")
    schema = pa.schema({"x": metres, "y": metres, "occurred_at": time, "gone": time, "outcome": pa.string()})
    return pa.Table.from_pandas(points[list(TYPES)].astype(TYPES), schema=schema, preserve_index=False)


def _require_columns(path: Path) -> None:
    import pyarrow as pa
    from pyarrow.dataset import dataset

    try:
        schema = dataset(path, format="parquet").schema
    except (OSError, pa.ArrowInvalid) as bad:
        raise IngestError(
            _("This is no Parquet file of points."), str(path), _("Give a Parquet file, or a folder of them.")
        ) from bad
    missing = [name for name in TYPES if name not in schema.names]
    if missing:
        raise IngestError(
            _("Columns are missing: {names}").format(names=", ".join(missing)),
            str(path),
            _("Points have x, y (metres), occurred_at, gone (times) and outcome (text)."),
        )
    wrong = [name for name in ("occurred_at", "gone") if str(schema.field(name).type) not in TIMES]
    if wrong:
        raise IngestError(
            _("Times must be local, without a zone, to the microsecond at most: {names}").format(
                names=", ".join(wrong)
            ),
            str(path),
            _("Write the column as timestamp[us] without a time zone."),
        )
