"""The engine holds the tables it is handed and can reach nothing else."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sigun.engine import connect
from sigun.errors import SettingsError

TABLES = {"points": pd.DataFrame({"x": [1.0, 2.0]})}


def test_it_holds_the_tables_it_is_handed() -> None:
    with connect("duckdb", TABLES) as connection:
        assert connection.list_tables() == ["points"]
        assert connection.table("points").x.sum().to_pandas() == 3.0


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM '{file}'",
        "COPY points TO '{file}.out'",
        "ATTACH '{file}.db'",
        "INSTALL httpfs",
        "LOAD spatial",
    ],
)
def test_no_file_and_no_extension_is_within_its_reach(query: str, tmp_path: Path) -> None:
    file = tmp_path / "plates.csv"
    file.write_text("plate\n", encoding="utf-8")
    with connect("duckdb", TABLES) as connection, pytest.raises(Exception, match=r"disabled|not allowed"):
        connection.raw_sql(query.format(file=file.as_posix()))
    assert [p.name for p in tmp_path.iterdir()] == ["plates.csv"]


@pytest.mark.parametrize(
    "setting", ["enable_external_access = true", "lock_configuration = false", "memory_limit = '1GB'", "threads = 1"]
)
def test_no_setting_can_be_changed(setting: str) -> None:
    with connect("duckdb", TABLES) as connection, pytest.raises(Exception, match=r"locked|[Cc]annot"):
        connection.raw_sql(f"SET {setting}")


def test_every_connection_is_a_world_of_its_own() -> None:
    with connect("duckdb", TABLES) as one, connect("duckdb", {"others": TABLES["points"]}) as other:
        assert (one.list_tables(), other.list_tables()) == (["points"], ["others"])


@pytest.mark.parametrize("url", ["spark://cluster", "sqlite", "", "duckdb:///tmp/file.db"])
def test_an_unknown_engine_is_said(url: str) -> None:
    with pytest.raises(SettingsError, match="There is no engine") as bad, connect(url, TABLES):
        pass
    assert bad.value.where == "--engine"
    assert "duckdb://?memory=2GB&threads=2, spark-local" in bad.value.remedy
