"""The reader's own MOIS table (행안부 행정동 코드): kept in the workspace and laid over the shipped one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from sigun.region.codes import Codes, shipped
from sigun.settings import Workspace

FILE = "mois.parquet"


def codes_of(ws: Workspace) -> Codes:
    """The regions of a workspace: the shipped table, and the imported MOIS table laid over it."""
    path = table_path(ws)
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else shipped()


def table_path(ws: Workspace) -> Path:
    """Where the imported table is kept."""
    return ws.root / "data" / "regions" / FILE


def keep_table(ws: Workspace, table: pd.DataFrame) -> Path:
    """Keep an imported table, whole or not at all; an earlier one is replaced."""
    path = table_path(ws)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        table.to_parquet(part, index=False)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Codes:  # noqa: ARG001 - a table written anew is read anew
    from sigun.region.mois import lay_over

    return lay_over(shipped(), pd.read_parquet(path))
