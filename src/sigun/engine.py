"""Where tables are computed (계산 엔진): DuckDB in memory, one a job, locked to the tables it is handed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sigun.errors import SettingsError
from sigun.text import _


@contextmanager
def connect(url: str, tables: Mapping[str, Any]) -> Iterator[Any]:
    """An Ibis connection that holds `tables` (name -> Arrow table or data frame) and can reach nothing else.

    Raises
    ------
    SettingsError
        The URL names no engine of this version.
    """
    if url != "duckdb":
        raise SettingsError(
            _("There is no engine “{url}”.").format(url=url), "--engine", _("Leave it out, or write: duckdb")
        )
    import ibis

    connection = ibis.duckdb.connect()
    try:
        for name, table in tables.items():
            connection.create_table(name, table)
        connection.raw_sql("SET enable_external_access = false; SET lock_configuration = true")
        yield connection
    finally:
        connection.disconnect()
