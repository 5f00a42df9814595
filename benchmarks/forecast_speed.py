"""Time and memory of a year of weekly forecasts on a generated city: 3,500 cells × 8 years, 52 origins.

    python benchmarks/forecast_speed.py [--reports 200000] [--cells 3500]

Every origin is forecast from all that was known before it; the weights of the mixture are learned once, on the two
years before, as the program does. Making the city up is not counted. Prints one Markdown row for benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import resource
import time
from datetime import date, timedelta

import numpy as np
import pandas as pd

from sigun.analysis.forecast.outlook import backtest_predictions
from sigun.catalog.card import Card
from sigun.panel.count import count_cells
from sigun.panel.model import EVENT_COLUMNS, Panel
from sigun.plan.model import Data, Plan, Space
from sigun.plan.steps import Forecast

CELL = 500
YEARS = 8
START = date(2016, 1, 1)
END = date(START.year + YEARS, 1, 1)
DAYS = (END - START).days


def main() -> None:
    """Make the city, forecast its last year, print what it took."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=200_000)
    asked.add_argument("--cells", type=int, default=3_500)
    said = asked.parse_args()
    panel, study = made_up(said.cells, said.reports)
    before = peak()
    began, worked = time.perf_counter(), time.process_time()
    rows = backtest_predictions(panel, END - timedelta(days=364), END, "7d", study_area=study)
    seconds, busy = time.perf_counter() - began, time.process_time() - worked
    print("| cells | reports | origins | seconds (of the processor) | peak MB (there before) |\n|---|---|---|---|---|")
    made = f"{len(study)} | {len(panel.events)} | {rows['origin'].nunique()}"
    print(f"| {made} | {seconds:.1f} ({busy:.1f}) | {peak()} ({before}) |")


def made_up(cells: int, reports: int) -> tuple[Panel, pd.DataFrame]:
    """A city whose rates fall off from many centres, with bursts of repeated reports; a square of cells."""
    rng = np.random.default_rng(7)
    side = round(cells**0.5)
    x, y = (a.ravel() for a in np.meshgrid(np.arange(side), np.arange(side), indexing="ij"))
    rate = rng.gamma(0.5, 1.0, len(x)) * np.exp(-np.hypot(x - side / 2, y - side / 2) / side * 3)
    cell = rng.choice(len(x), reports, p=rate / rate.sum())
    day = rng.integers(0, DAYS, reports)
    again = rng.random(reports) < 0.2
    day[again] = np.minimum(np.roll(day, 1)[again] + rng.integers(1, 20, again.sum()), DAYS - 1)
    cell[again] = np.roll(cell, 1)[again]
    at = pd.Timestamp(START) + pd.to_timedelta(day, unit="D") + pd.to_timedelta(rng.integers(0, 86400, reports), "s")
    points = rng.random((2, reports))
    gone = pd.Series(at + pd.to_timedelta(rng.integers(1, 60, reports), unit="D")).where(rng.random(reports) < 0.1)
    told = {"occurred_at": at, "x": (x[cell] + points[0]) * CELL, "y": (y[cell] + points[1]) * CELL, "gone": gone}
    return panel_of(pd.DataFrame(told)), pd.DataFrame({"cell_x": x, "cell_y": y})


def panel_of(events: pd.DataFrame) -> Panel:
    """The panel that the street would make of these points."""
    absent = {"datetime64[us]": pd.NaT, "float64": np.nan, "str": None, "int64": -1}
    events = events.sort_values("occurred_at", kind="stable", ignore_index=True).assign(place="point", why="")
    for name, dtype in EVENT_COLUMNS.items():
        if name not in events:
            events[name] = absent[dtype]
    events = events[list(EVENT_COLUMNS)].astype(dict(EVENT_COLUMNS))
    words = {"id": "speed", "title": "speed", "question": "speed"}
    steps = (Forecast(method="forecast"),)
    plan = Plan(**words, data=Data(events="reports"), space=Space(crs="EPSG:5179", cell=CELL), steps=steps)
    reading = {"reading": {"format": "csv"}, "made_up": True}
    card = Card.model_validate({"id": "reports", "title": "reports", "file": "r.csv", "kind": "events"} | reading)
    counts = count_cells(events, CELL)
    return Panel(plan, {"reports": card}, "EPSG:5179", events, counts, START, END, (), (), ())


def peak() -> int:
    """Most memory held so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
