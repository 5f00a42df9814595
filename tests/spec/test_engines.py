"""Engines differ in SQL, not in meaning: the same points give the same counts on each, and what is missing is said."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from conftest import needs
from made_up_points import made_up_points
from sigun.engine import connect, ready
from sigun.engine.address import FORMS, read_engine
from sigun.engine.spark import JAVAS, java_version
from sigun.errors import IngestError, RunError, SettingsError
from sigun.panel.count import KEYS, TYPES, Period, count_cells, write_counts
from sigun.run import run
from workspaces import copied_demo, manifest

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:pyspark.*"),
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),  # Spark's own, between Python and Java
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[str]:
    """Spark on this machine, in a time zone where 02:30 does not exist on some days."""
    needs("spark", importlib.util.find_spec("pyspark") is not None, "no pyspark here (pip install '.[spark]')")
    needs("spark", java_version() in JAVAS, "no Java 17 here")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        yield "spark-local://?threads=1"


def points_of(rows: str) -> pd.DataFrame:
    """x | y | occurred_at | gone | outcome, a line a report; `-` is missing."""
    cells = [[None if c.strip() == "-" else c.strip() for c in row.split("|")] for row in rows.strip().splitlines()]
    return pd.DataFrame(cells, columns=list(TYPES)).astype(TYPES)


@pytest.mark.parametrize("seed", range(6))
def test_both_engines_count_a_generated_plan_alike(spark: str, seed: int) -> None:
    points, cell, period = made_up_points(seed)
    pd.testing.assert_frame_equal(count_cells(points, cell, spark, period), count_cells(points, cell, "duckdb", period))


def test_both_engines_read_and_write_the_same_file(spark: str, tmp_path: Path) -> None:
    points, cell, period = made_up_points(99)
    points.to_parquet(tmp_path / "points.parquet", index=False)
    read = [
        pd.read_parquet(write_counts(tmp_path / "points.parquet", cell, tmp_path / name, url, period))
        for name, url in (("one", "duckdb://?memory=500MB&threads=1"), ("other", spark))
    ]
    kept = count_cells(points, cell, "duckdb", period)
    for written in read:
        ordered = written.astype(kept.dtypes.to_dict()).sort_values(KEYS, ignore_index=True)
        pd.testing.assert_frame_equal(ordered, kept)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one", "other", "points.parquet"]


POINTS = """
       0 |    0 | 2024-03-03 23:59:59.999999 | - | confirmed
     500 |    0 | 2024-03-04 00:00            | - | confirmed
   499.9 |   -1 | 2024-03-10 02:30            | - | confirmed
    -500 | -501 | 2024-03-31                  | - | -
       0 |    0 | 2024-03-03 10:00            | 2024-03-03 10:00 | duplicate
       0 |    0 | 2024-03-03 10:00            | 2024-03-09 10:00 | duplicate
       - |    - | 2024-03-03 10:00            | - | confirmed
     inf |    0 | 2024-03-03 10:00            | - | confirmed
"""


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("day", ["2024-03-31", "2024-03-10", "2024-03-03", "2024-03-03", "2024-03-04"]),
        ("week", ["2024-03-25", "2024-03-04", "2024-02-26", "2024-02-26", "2024-03-04"]),
        ("month", ["2024-03-01"] * 5),
    ],
)
def test_a_cell_holds_its_lower_border_and_a_week_begins_on_monday(period: Period, days: list[str]) -> None:
    counts = count_cells(points_of(POINTS), 500, "duckdb", period)
    assert counts[["cell_x", "cell_y"]].values.tolist() == [[-1, -2], [0, -1], [0, 0], [0, 0], [1, 0]]
    assert counts["day"].dt.strftime("%Y-%m-%d").tolist() == days
    assert counts["gone"].dt.strftime("%Y-%m-%d").fillna("").tolist() == ["", "", "2024-03-09", "", ""]
    assert counts["reports"].tolist() == [1] * 5


@pytest.mark.parametrize(
    ("url", "kind", "memory", "threads"),
    [
        ("duckdb", "duckdb", None, None),
        ("duckdb://", "duckdb", None, None),
        ("duckdb://?memory=2GB&threads=2", "duckdb", 2000, 2),
        ("duckdb://?memory=500mb", "duckdb", 500, None),
        ("spark-local", "spark-local", None, None),
        ("spark-local://?memory=4GB", "spark-local", 4000, None),
        ("spark://10.0.0.5:7077", "spark", None, None),
        ("spark://master.city:7077?memory=8GB&threads=64", "spark", 8000, 64),
    ],
)
def test_an_address_names_an_engine_and_its_limits(url: str, kind: str, memory: int, threads: int) -> None:
    engine = read_engine(url)
    assert (engine.kind, engine.memory, engine.threads) == (kind, memory, threads)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "no engine"),
        ("DuckDB", "no engine"),
        ("duckdb:///data/city.db", "no engine"),
        ("duckdb://host:1", "no engine"),
        ("spark", "no engine"),
        ("spark://", "no engine"),
        ("spark://?memory=1GB", "no engine"),
        ("spark://master", "no engine"),
        ("spark://master:70777", "no engine"),
        ("spark://a:1,b:2", "no engine"),
        ("spark-local://host:7077", "no engine"),
        ("duckdb://?memory=2", "limit"),
        ("duckdb://?memory=2TB", "limit"),
        ("duckdb://?memory=1MB", "limit"),
        ("spark-local://?memory=400MB", "limit"),
        ("duckdb://?threads=0", "limit"),
        ("duckdb://?threads=two", "limit"),
        ("duckdb://?allow=all", "options"),
        ("duckdb://?url=x", "options"),
        ("duckdb://?threads=1&threads=2", "options"),
    ],
)
def test_another_address_is_refused_with_the_list(url: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as bad:
        read_engine(url)
    assert all(form in bad.value.remedy for form in FORMS)


def test_every_form_that_is_offered_is_understood() -> None:
    assert [read_engine(form.replace("HOST:PORT", "h:1")).kind for form in FORMS][::2] == [
        "duckdb",
        "spark-local",
        "spark",
    ]


def test_a_memory_limit_holds_and_spilled_files_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with connect("duckdb://?memory=100MB&threads=1", {}) as connection:
        rows = connection.raw_sql("SELECT current_setting('memory_limit'), current_setting('threads')").fetchall()
        big = "SELECT count(*) FROM (SELECT hash(range) h, count(*) FROM range(4_000_000) GROUP BY h ORDER BY h)"
        assert connection.raw_sql(big).fetchone() == (4_000_000,)
        assert [p.name.startswith("sigun-duckdb-") for p in tmp_path.iterdir()] == [True]
    assert rows == [("95.3 MiB", 1)]
    assert not list(tmp_path.iterdir())


def test_memory_that_does_not_do_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(RunError, match="memory") as bad, connect("duckdb://?memory=64MB", {}) as connection:
        connection.raw_sql("SELECT list(range) FROM range(30_000_000)").fetchall()
    assert str(tmp_path) in bad.value.remedy
    assert not list(tmp_path.iterdir())


def test_only_the_file_handed_over_is_within_reach(tmp_path: Path) -> None:
    for name in ("points", "others"):
        points_of(POINTS).to_parquet(tmp_path / f"{name}.parquet", index=False)
    with connect("duckdb", {"points": tmp_path / "points.parquet"}) as connection:
        assert connection.table("points").count().to_pandas() == 8
        with pytest.raises(Exception, match="disabled"):
            connection.raw_sql(f"SELECT * FROM '{(tmp_path / 'others.parquet').as_posix()}'")


def test_a_folder_of_files_is_one_table(tmp_path: Path) -> None:
    folder = tmp_path / "o'clock"
    folder.mkdir()
    for name in ("1", "2"):
        points_of(POINTS).to_parquet(folder / f"{name}.parquet", index=False)
    assert count_cells(folder, 500)["reports"].tolist() == [2] * 5


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: f.drop(columns=["gone", "y"]), "missing: y, gone"),
        (
            lambda f: f.assign(occurred_at=f["occurred_at"].dt.tz_localize("Asia/Seoul")),
            "without a zone.*: occurred_at",
        ),
        (lambda f: f.astype({"gone": "datetime64[ns]"}), "microsecond at most: gone"),
    ],
)
def test_points_another_engine_would_read_otherwise_are_refused(change, said: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    change(points_of(POINTS)).to_parquet(tmp_path / "points.parquet", index=False)
    with pytest.raises(IngestError, match=said):
        count_cells(tmp_path / "points.parquet", 500)


def test_a_file_that_is_no_parquet_is_refused_and_a_name_that_is_taken_too(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("x,y\n", encoding="utf-8")
    with pytest.raises(IngestError, match="no Parquet"):
        write_counts(tmp_path / "points.csv", 500, tmp_path / "counts.parquet")
    with pytest.raises(RunError, match="already"):
        write_counts(points_of(POINTS), 500, tmp_path / "points.csv")
    assert [p.name for p in tmp_path.iterdir()] == ["points.csv"]


def test_without_pyspark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(SettingsError, match="not installed") as bad:
        ready("spark-local")
    assert ".[spark]" in bad.value.remedy


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Java is a shell script")
@pytest.mark.parametrize(
    ("version", "said"), [(None, "there is none"), ("1.8.0_392", "here is 1"), ("11.0.2", "here is 11")]
)
def test_without_java_17_it_is_named(
    version: str | None, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: object())
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    if version is not None:
        java = tmp_path / "bin" / "java"
        java.parent.mkdir()
        java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n", encoding="utf-8")
        java.chmod(0o755)
    with pytest.raises(SettingsError, match=f"Java 17.*{said}") as bad:
        ready("spark-local")
    assert "JAVA_HOME" in bad.value.remedy


def test_a_cluster_that_does_not_answer_is_said_before_any_data_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sigun.engine.spark.java_version", lambda: 17)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: object())
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"spark://127.0.0.1:{closed.getsockname()[1]}"
    from sigun.run import How

    with pytest.raises(SettingsError, match="does not answer"):
        run(tmp_path / "no such plan.yaml", how=How(engine=url))


KILLED = """
import sys
import sigun.panel.count as count
from sigun.cli import main

whole = count.counted

def and_gone(points, cell, period):
    from pyspark import SparkContext
    SparkContext._gateway.proc.kill()
    SparkContext._gateway.proc.wait()
    return whole(points, cell, period)

count.counted = and_gone
sys.argv = ["sigun", "--lang", "en", "run", sys.argv[1], "--out", sys.argv[2], "--engine", "spark-local"]
main()
"""


def test_a_run_whose_spark_is_killed_goes_on_without_it(spark: str, demo_workspace: Path, tmp_path: Path) -> None:
    plan = copied_demo(demo_workspace, tmp_path / "ws")
    command = [sys.executable, "-c", KILLED, str(plan), str(tmp_path / "run")]
    left_behind = os.environ | {"TMPDIR": str(tmp_path)}  # what is killed cannot clean up
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", env=left_behind, timeout=300, check=False)
    assert ended.returncode == RunError.exit_code, ended.stderr
    assert "Spark stopped before the tables were done" in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout
    resumed, straight = run(plan, tmp_path / "run"), run(plan, tmp_path / "straight")
    assert manifest(resumed)["result_hash"] == manifest(straight)["result_hash"]
