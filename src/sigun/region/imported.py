"""The reader's own tables of regions, kept in the workspace: the MOIS tables (행안부) and a simple one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from sigun.errors import require
from sigun.region.codes import Codes, shipped
from sigun.region.kikmix import Mix
from sigun.settings import Workspace

FILE = "mois.parquet"
OWN = "own.parquet"  # laid over the others
ALONE = "own_alone.parquet"  # stands instead of all others
MIX = "kikmix.parquet"  # what joins 법정동 and 행정동


def codes_of(ws: Workspace) -> Codes:
    """The regions of a workspace: the shipped table, the imported MOIS table laid over it, and an own one over both.

    An own table that was said to stand alone is all there is.
    """
    alone = table_path(ws, ALONE)
    if alone.is_file():
        return _own(None, alone, alone.stat().st_mtime_ns)
    own = table_path(ws, OWN)
    return _own(_official(ws), own, own.stat().st_mtime_ns) if own.is_file() else _official(ws)


def _official(ws: Workspace) -> Codes:
    """The shipped table, and the imported MOIS table laid over it."""
    path = table_path(ws)
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else shipped()


def table_path(ws: Workspace, file: str = FILE) -> Path:
    """Where an imported table is kept."""
    return ws.root / "data" / "regions" / file


def keep_table(ws: Workspace, table: pd.DataFrame) -> Path:
    """Keep an imported MOIS table, whole or not at all; an earlier one is replaced."""
    return _keep(table, table_path(ws))


def keep_mix(ws: Workspace, pairs: pd.DataFrame) -> Path:
    """Keep what joins 법정동 and 행정동 (KIKmix), whole or not at all; an earlier one is replaced."""
    return _keep(pairs, table_path(ws, MIX))


def mix_of(ws: Workspace) -> Mix | None:
    """What joins 법정동 and 행정동; none where it was not imported."""
    path = table_path(ws, MIX)
    return Mix(pd.read_parquet(path)) if path.is_file() else None


def import_own(ws: Workspace, table: pd.DataFrame, file: str, instead: bool) -> Path:
    """Check a table of the reader's own and keep it, whole or not at all; an earlier own one is replaced.

    Parameters
    ----------
    table : text columns as in the file, see `own.read_own`.
    file : its name, for the messages.
    instead : it stands alone; else it is laid over the other tables.

    Raises
    ------
    IngestError, Several
        The table contradicts itself, or gives its regions codes that others have.
    """
    from sigun.region.own import clashes, read_own

    rows = read_own(table, file)
    require(() if instead else clashes(rows, _official(ws), file))
    path = _keep(rows, table_path(ws, ALONE if instead else OWN))
    table_path(ws, OWN if instead else ALONE).unlink(missing_ok=True)
    return path


def _keep(table: pd.DataFrame, path: Path) -> Path:
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


@lru_cache(maxsize=4)
def _own(below: Codes | None, path: Path, changed: int) -> Codes:  # noqa: ARG001 - a table written anew is read anew
    from sigun.region.own import own_codes

    return own_codes(pd.read_parquet(path), below)
