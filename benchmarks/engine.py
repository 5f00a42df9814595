"""Time and memory of counting and placing, and whether the engines agree. Linux.

    python benchmarks/engine.py equal --plans 100            DuckDB and Spark on generated plans
    python benchmarks/engine.py panels --plans 20            region panels with derived columns, likewise
    python benchmarks/engine.py cluster                      a cluster of this machine: equal counts; then it vanishes
    python benchmarks/engine.py points FILE --events 10      write 10 million generated points (with --years, --seed)
    python benchmarks/engine.py count FILE --engine URL      500 m × week panel of them into Parquet (--cell, --period)
    python benchmarks/engine.py areas --points 1 --areas 3500

`count` and `areas` run in a process of their own, `--times` over; each row is one run, with the processor seconds (of
Python alone, its start included), the peak memory (Spark: of Python and Java) and the machine's load when it began.
Delete FILE afterwards: 100 million points are 1.7 GB.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

MILLION = 1_000_000
CHUNK = 2 * MILLION
PLACES = 100_000  # where reports come from: about the 500 m cells of Korea in which people live
WIDTH, HEIGHT = 350_000, 450_000  # metres


def main() -> None:
    """Carry out the part asked for."""
    warnings.filterwarnings("ignore")  # of Spark's own, about pandas
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = asked.add_subparsers(dest="part", required=True)
    equal = parts.add_parser("equal")
    equal.add_argument("--plans", type=int, default=100)
    panels = parts.add_parser("panels")
    panels.add_argument("--plans", type=int, default=20)
    parts.add_parser("cluster")
    points = parts.add_parser("points")
    points.add_argument("file", type=Path)
    points.add_argument("--events", type=int, default=10, help="millions")
    points.add_argument("--years", type=float, default=10)
    points.add_argument("--seed", type=int, default=1)
    count = parts.add_parser("count")
    count.add_argument("file", type=Path)
    count.add_argument("--cell", type=int, default=500)
    count.add_argument("--period", default="week")
    count.add_argument("--engine", default="duckdb")
    areas = parts.add_parser("areas")
    areas.add_argument("--points", type=int, default=1, help="millions")
    areas.add_argument("--areas", type=int, default=3500)
    for measured in (count, areas):
        measured.add_argument("--times", type=int, default=1)
        measured.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    said = asked.parse_args()
    if getattr(said, "here", True):
        PARTS[said.part](said)
    else:
        measure(said.times)


def measure(times: int) -> None:
    """This very command in a process of its own, and a row of what it took."""
    print("| s | CPU s | peak MB | load | what |\n|---|---|---|---|---|")
    for _ in range(times):
        load = os.getloadavg()[0]
        ended = subprocess.run([sys.executable, *sys.argv, "--here"], stdout=subprocess.PIPE, text=True, check=True)
        told = json.loads(ended.stdout.splitlines()[-1])
        print(
            f"| {told['seconds']:.1f} | {told['cpu']:.1f} | {told['megabytes']:.0f} | {load:.1f} | {told['what']} |",
            flush=True,
        )


def tell(began: float, what: str) -> None:
    """Seconds since then, and the peak memory of this process and its Java."""
    seconds = time.perf_counter() - began
    own = resource.getrusage(resource.RUSAGE_SELF)
    told = {"cpu": own.ru_utime + own.ru_stime, "megabytes": own.ru_maxrss / 1000 + java_megabytes()}
    print(json.dumps({"seconds": seconds, "what": what, **told}))


def java_megabytes() -> float:
    """Peak memory of the processes this one has started and that still live."""
    peak = 0.0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines() if ":" in line)
        except OSError:
            continue  # it ended meanwhile
        if int(lines["PPid"]) == os.getpid() and "VmHWM" in lines:
            peak += int(lines["VmHWM"].split()[0]) / 1000
    return peak


def compare(said: argparse.Namespace) -> None:
    """Whether the two engines count generated plans alike; ends with an error at the first that differs."""
    os.environ["TZ"] = "America/New_York"  # a zone with hours that do not exist: local times must not care
    from made_up_points import made_up_points
    from sigun.panel.count import count_cells

    rows = 0
    for seed in range(said.plans):
        points, cell, period = made_up_points(seed)
        one = count_cells(points, cell, "duckdb", period)
        other = count_cells(points, cell, "spark-local", period)
        pd.testing.assert_frame_equal(one, other)
        rows += len(one)
    print(f"{said.plans} generated plans, {rows:,} rows of counts: equal")


def compare_panels(said: argparse.Namespace) -> None:
    """Whether the two engines make the same of generated region panels; an error at the first that differs."""
    os.environ["TZ"] = "America/New_York"
    from regional import made_up_told
    from sigun.panel.regional.expression import compute

    rows = 0
    for seed in range(said.plans):
        told, grid, taken, derived, span = made_up_told(seed)
        one = compute(told, grid, taken, derived, span, "duckdb")
        pd.testing.assert_frame_equal(one, compute(told, grid, taken, derived, span, "spark-local"))
        rows += one.size
    print(f"{said.plans} generated region panels, {rows:,} cells: equal")


def write_points(said: argparse.Namespace) -> None:
    """Generated points as Parquet, a chunk at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(said.seed)
    centre = rng.uniform((800_000, 1_500_000), (800_000 + WIDTH, 1_500_000 + HEIGHT), (PLACES, 2))
    share = rng.gamma(0.5, size=PLACES)
    share /= share.sum()
    writer = None
    for begin in range(0, said.events * MILLION, CHUNK):
        n = min(CHUNK, said.events * MILLION - begin)
        chunk = pa.Table.from_pandas(some_points(rng, centre, share, n, said.years), preserve_index=False)
        writer = writer or pq.ParquetWriter(said.file, chunk.schema, compression="zstd")
        writer.write_table(chunk, row_group_size=MILLION // 2)
    assert writer is not None
    writer.close()


def some_points(rng: np.random.Generator, centre: Any, share: Any, n: int, years: float) -> pd.DataFrame:
    """So many points around places that are unequally busy; one in twenty turns out not to count."""
    x, y = (centre[rng.choice(PLACES, n, p=share)] + rng.normal(0, 150, (n, 2))).round(1).T
    at = pd.Series(np.datetime64("2015-01-01", "us") + rng.integers(0, int(years * 365.25 * 86400), n) * 1_000_000)
    gone = (at + pd.to_timedelta(rng.integers(1, 30, n), unit="D")).where(rng.random(n) < 0.05)
    outcome = pd.Categorical.from_codes(rng.choice(4, n, p=[0.6, 0.25, 0.1, 0.05]), ["confirmed", "none", "other", ""])
    frame = pd.DataFrame({"x": x, "y": y, "occurred_at": at, "gone": gone, "outcome": outcome})
    return frame.astype({"occurred_at": "datetime64[us]", "gone": "datetime64[us]", "outcome": "str"})


def count_file(said: argparse.Namespace) -> None:
    """The panel of a file of points, into a file."""
    from sigun.panel.count import write_counts

    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        counts = write_counts(said.file, said.cell, Path(folder) / "counts", said.engine, said.period)
        rows = len(pd.read_parquet(counts, columns=["reports"]))
        tell(
            began, f"{said.file.name}, {said.cell} m × {said.period}, {said.engine}: {rows / MILLION:.1f} million rows"
        )


def place_points(said: argparse.Namespace) -> None:
    """The area each of many points lies in, and the points in none."""
    from sigun.region.outlines import region_of

    rng = np.random.default_rng(1)
    outlines = some_areas(rng, said.areas)
    x, y = rng.uniform(0, WIDTH, (2, said.points * MILLION))
    began = time.perf_counter()
    region = region_of(outlines, x, y)
    tell(began, f"{said.points} million points in {said.areas} areas, {region.isna().mean():.1%} in none")


def some_areas(rng: np.random.Generator, n: int) -> Any:
    """Areas side by side, of about 200 vertices each."""
    import geopandas as gpd
    import shapely

    seeds = shapely.multipoints(rng.uniform(0, WIDTH, (n, 2)))
    square = shapely.box(0, 0, WIDTH, WIDTH)
    shapes = shapely.intersection(list(shapely.voronoi_polygons(seeds, extend_to=square).geoms), square)
    shapes = shapely.segmentize(shapes, shapely.length(shapes).mean() / 200)
    return gpd.GeoDataFrame({"region": [f"{i:010}" for i in range(n)]}, geometry=shapes, crs="EPSG:5179")


def on_a_cluster(_said: argparse.Namespace) -> None:
    """A master and a worker on this machine: counts as DuckDB's; then both are killed in the middle of a query."""
    import threading

    from made_up_points import made_up_points
    from sigun.engine import connect, spark
    from sigun.errors import RunError
    from sigun.panel.count import count_cells

    spark.PATIENCE = 10.0
    points, cell, period = made_up_points(1)
    with cluster() as (url, kill):
        pd.testing.assert_frame_equal(
            count_cells(points, cell, url, period), count_cells(points, cell, "duckdb", period)
        )
        print("counts of the cluster: equal")
        timer = threading.Timer(15, kill)
        timer.start()
        began = time.perf_counter()
        try:
            with connect(url, {}) as connection:
                connection.raw_sql("SELECT count(*) FROM range(0, 1000000000000, 1, 8) WHERE id % 7 = 3").collect()
        except RunError as bad:
            print(f"killed after 15 s, said after {time.perf_counter() - began:.0f} s:\n{bad}")
        timer.cancel()


@contextmanager
def cluster() -> Iterator[tuple[str, Any]]:
    """A Spark cluster of one worker, and what kills it."""
    import pyspark

    home, folder = Path(pyspark.__file__).parent, tempfile.mkdtemp()
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str, *options: str) -> None:
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *options]
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
        started.append(
            subprocess.Popen(command, env=os.environ | {"SPARK_HOME": str(home)}, start_new_session=True, **quiet)
        )

    def kill() -> None:
        for process in started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    try:
        start("master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
        time.sleep(8)
        url = f"spark://127.0.0.1:{port}"
        start(
            "worker.Worker",
            "--host",
            "127.0.0.1",
            "--cores",
            "1",
            "--memory",
            "1g",
            "--webui-port",
            "0",
            "-d",
            folder,
            url,
        )
        time.sleep(8)
        yield f"{url}?memory=512MB", kill
    finally:
        kill()
        shutil.rmtree(folder, ignore_errors=True)


PARTS = {
    "equal": compare,
    "panels": compare_panels,
    "cluster": on_a_cluster,
    "points": write_points,
    "count": count_file,
    "areas": place_points,
}

if __name__ == "__main__":
    main()
