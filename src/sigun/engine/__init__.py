"""Where tables are computed (계산 엔진): DuckDB in this process, or Spark. Both compile the same Ibis expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sigun.engine.address import Engine, read_engine


def ready(url: str) -> Engine:
    """The engine of an address, if this machine can start it; nothing is started yet.

    Raises
    ------
    SettingsError
        The address names no engine, or what the engine needs is not here.
    """
    engine = read_engine(url)
    if engine.kind != "duckdb":
        from sigun.engine.spark import require_spark

        require_spark(engine)
    return engine


@contextmanager
def connect(url: str, tables: Mapping[str, Any], into: Path | None = None) -> Iterator[Any]:
    """An Ibis connection that holds `tables` and, on DuckDB, can reach nothing else.

    Parameters
    ----------
    url : see `address.FORMS`.
    tables : name -> Arrow table or data frame, or the path of a Parquet file or a folder of them, read lazily.
    into : the one file an expression may be written to (`expression.to_parquet`); on Spark it becomes a folder.

    Raises
    ------
    SettingsError
        As `ready`, or the engine does not start.
    RunError
        The engine gave up midway: out of memory or disk, or the cluster is gone.
    """
    engine = ready(url)
    if engine.kind == "duckdb":
        from sigun.engine.duckdb import open_duckdb

        with open_duckdb(engine, tables, into) as connection:
            yield connection
    else:
        from sigun.engine.spark import open_spark

        with open_spark(engine, tables) as connection:
            yield connection
