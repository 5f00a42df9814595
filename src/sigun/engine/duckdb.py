"""DuckDB: one in memory a job, locked to the tables it is handed; past its memory limit it spills and cleans up."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sigun.engine.address import Engine
from sigun.errors import RunError
from sigun.text import _


@contextmanager
def open_duckdb(engine: Engine, tables: Mapping[str, Any], into: Path | None) -> Iterator[Any]:
    """An Ibis connection to a DuckDB of its own; see `sigun.engine.connect`."""
    import duckdb
    import ibis

    # Said outright: left to itself, DuckDB spills into a folder `.tmp` where the command was given.
    with tempfile.TemporaryDirectory(prefix="sigun-duckdb-", ignore_cleanup_errors=True) as spill:
        connection = ibis.duckdb.connect(**_limits(engine), temp_directory=spill)
        try:
            for name, table in tables.items():
                _hand_over(connection, name, table)
            _lock(connection, [table for table in tables.values() if isinstance(table, Path)], into)
            yield connection
        except duckdb.OutOfMemoryException as full:
            raise RunError(
                _("The memory set for the engine is too small for this table."),
                engine.url,
                _("Give it more (duckdb://?memory=8GB), or free space where temporary files go: {folder}").format(
                    folder=tempfile.gettempdir()
                ),
            ) from full
        except duckdb.IOException as bad:
            raise RunError(
                _("The engine could not read or write a file: {reason}").format(reason=str(bad).splitlines()[0]),
                engine.url,
                _("See that the file is there and that the disk has room, and run it again."),
            ) from bad
        finally:
            connection.disconnect()


def _limits(engine: Engine) -> dict[str, Any]:
    """Order of rows is the expression's business: without `preserve_insertion_order` far less is kept in memory."""
    limits: dict[str, Any] = {"preserve_insertion_order": False}
    if engine.memory is not None:
        limits["memory_limit"] = f"{engine.memory}MB"
    if engine.threads is not None:
        limits["threads"] = engine.threads
    return limits


def _hand_over(connection: Any, name: str, table: Any) -> None:
    if not isinstance(table, Path):
        connection.create_table(name, table)
    elif table.is_dir():
        connection.read_parquet(table.resolve() / "*.parquet", table_name=name)
    else:
        connection.read_parquet(table.resolve(), table_name=name)


def _lock(connection: Any, reads: Iterable[Path], into: Path | None) -> None:
    """From here on the files handed over and `into` are all it can reach."""
    folders = [path.resolve() for path in reads if path.is_dir()]
    files = [path.resolve() for path in reads if not path.is_dir()] + ([into.resolve()] if into else [])
    connection.raw_sql(f"SET allowed_directories = [{_quoted(folders)}]")
    connection.raw_sql(f"SET allowed_paths = [{_quoted(files)}]")
    connection.raw_sql("SET enable_external_access = false; SET lock_configuration = true")


def _quoted(paths: Iterable[Path]) -> str:
    return ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
