"""Time and memory of a two-way regression on ten million rows in memory, with errors by cluster. Linux.

    python benchmarks/factors_speed.py                       250 regions × 44,444 periods, 10 % missing, three factors
    python benchmarks/factors_speed.py --shape 100000 100    many regions, few periods
    python benchmarks/factors_speed.py --by duckdb           the rows in DuckDB, gathered there where they share cells
    python benchmarks/factors_speed.py --by duckdb --shape 250 15 --each 2963      people inside regions and years
    python benchmarks/factors_speed.py --by pyfixest         the same by pyfixest: coefficients and CRV1
    python benchmarks/factors_speed.py --check               all of them on the same rows: largest relative difference

Each run is a process of its own, `--times` over; making the rows up is not counted. The first call of a process touches
memory it never had and is told apart (`first`) from the best of the `--calls` after it. Peak memory is that of the
whole process, the rows (.48 GB) among it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

Rows = tuple[np.ndarray, tuple[np.ndarray, ...], np.ndarray, np.ndarray]
MISSING = 0.1
FACTORS = 3


def main() -> None:
    """Run or check what is asked."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--shape", type=int, nargs=2, default=(250, 44_444), metavar=("REGIONS", "PERIODS"))
    asked.add_argument("--each", type=int, default=1, help="rows of every cell")
    asked.add_argument("--by", choices=list(WAYS), default="sums")
    asked.add_argument("--times", type=int, default=1)
    asked.add_argument("--calls", type=int, default=3)
    asked.add_argument("--check", action="store_true")
    asked.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    said = asked.parse_args()
    if said.child:
        print(json.dumps(measured(WAYS[said.by], made_up(*said.shape, said.each), said.calls)))
    elif said.check:
        check(made_up(*said.shape, said.each))
    else:
        for _ in range(said.times):
            load = os.getloadavg()[0]
            own = [sys.executable, __file__, "--child", "--by", said.by]
            numbers = ["--calls", said.calls, "--each", said.each, "--shape", *said.shape]
            out = subprocess.run([*own, *map(str, numbers)], capture_output=True, text=True, check=True).stdout
            print(row(said.by, said.shape, json.loads(out.splitlines()[-1]), load))


def made_up(regions: int, periods: int, each: int) -> Rows:
    """Outcome, factors, region and period of each row, by region and period; effects of both in all of them."""
    rng = np.random.default_rng(1)
    seen = np.repeat(np.flatnonzero(rng.random(regions * periods) >= MISSING), each)
    region, period = seen // periods, seen % periods
    level, season = rng.normal(size=regions)[region], rng.normal(size=periods)[period]
    x = tuple(rng.normal(size=len(seen)) + 0.5 * level + 0.3 * season for _ in range(FACTORS))
    y = sum(x) + level + season + rng.normal(size=len(seen))
    return np.asarray(y), x, region, period


def measured(way: Callable[[Rows], Any], rows: Rows, calls: int) -> dict[str, float]:
    """Seconds on the clock and of the processor, of the first call and the best of the next; peak memory."""
    took = []
    for _ in range(calls + 1):
        clock, processor = time.perf_counter(), time.process_time()
        way(rows)
        took.append((time.perf_counter() - clock, time.process_time() - processor))
    best = min(took[1:] or took)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {"n": len(rows[0]), "first": took[0][0], "best": best[0], "processor": best[1], "peak": peak}


def row(way: str, shape: tuple[int, int], took: dict[str, float], load: float) -> str:
    """One Markdown row for benchmarks/README.md."""
    seconds = " | ".join(f"{took[name]:.2f}" for name in ("first", "best", "processor"))
    return f"| {shape[0]:,} × {shape[1]:,} | {took['n']:,.0f} | {way} | {seconds} | {took['peak']:.2f} | {load:.1f} |"


def by_sums(rows: Rows) -> dict[str, np.ndarray]:
    """Coefficients, CRV1 and CRV3 as the program computes them."""
    from sigun.analysis.regression.two_way_sums import crv1_of, crv3_of, two_way_sums

    fit = two_way_sums(*rows)
    return {"beta": fit.beta, "crv1": np.diag(crv1_of(fit).matrix), "crv3": np.diag(crv3_of(fit).matrix)}


def by_duckdb(rows: Rows) -> dict[str, np.ndarray]:
    """The same, cells aggregated by DuckDB from an Arrow table."""
    import pyarrow as pa

    from sigun.analysis.regression.aggregate import cells_where
    from sigun.analysis.regression.two_way_sums import crv1_of, crv3_of, fit_cells
    from sigun.engine import connect

    y, x, region, period = rows
    names = [f"x{j}" for j in range(len(x))]
    table = pa.table({"y": y, **dict(zip(names, x, strict=True)), "region": region, "period": period})
    with connect("duckdb", {"rows": table}) as engine:
        fit = fit_cells(cells_where(engine.table("rows"), "region", "period", ["y", *names]))
    return {"beta": fit.beta, "crv1": np.diag(crv1_of(fit).matrix), "crv3": np.diag(crv3_of(fit).matrix)}


def by_pyfixest(rows: Rows) -> dict[str, np.ndarray]:
    """Coefficients and CRV1 by pyfixest, its effects swept out to 1e-12; times as it would take unasked are shorter."""
    return _pyfixest(rows, 1e-12)


def by_pyfixest_unasked(rows: Rows) -> dict[str, np.ndarray]:
    """The same with the tolerance pyfixest has unasked."""
    return _pyfixest(rows, 1e-6)


def _pyfixest(rows: Rows, tolerance: float) -> dict[str, np.ndarray]:
    import pandas as pd
    import pyfixest

    y, x, region, period = rows
    names = [f"x{j}" for j in range(len(x))]
    frame = pd.DataFrame({"y": y, **dict(zip(names, x, strict=True)), "region": region, "period": period})
    fit = pyfixest.feols(
        f"y ~ {' + '.join(names)} | region + period",
        frame,
        vcov={"CRV1": "region"},
        ssc=pyfixest.ssc(k_adj=False),
        demeaner=pyfixest.demeaners.MapDemeaner(fixef_tol=tolerance),
        store_data=False,
        copy_data=False,
        lean=True,
    )
    n, counted = len(y), len(names) + len(np.unique(period))
    return {"beta": fit.coef().to_numpy(), "crv1": fit.se().to_numpy() ** 2 * (n - 1) / (n - counted)}


WAYS: dict[str, Callable[[Rows], Any]] = {
    "sums": by_sums,
    "duckdb": by_duckdb,
    "pyfixest": by_pyfixest_unasked,
    "pyfixest_1e-12": by_pyfixest,
}


def check(rows: Rows) -> None:
    """The largest relative difference of every other way to the sums."""
    ours = by_sums(rows)
    for name, way in (("duckdb", by_duckdb), ("pyfixest, effects to 1e-12", by_pyfixest)):
        for what, theirs in way(rows).items():
            print(f"{name}: {what} {np.abs(theirs / ours[what] - 1).max():.1e}")


if __name__ == "__main__":
    main()
