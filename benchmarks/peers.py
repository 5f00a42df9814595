"""Peers beside ours on the same origins, paired: a Poisson regression and boosting on features of the past.

    OMP_NUM_THREADS=1 python benchmarks/peers.py SHARED

Boston, abandoned vehicles, weekly through 2018, comparison mode, the scorer's study area. Both peers learn once,
from the weeks of the three years before, on fading memories, neighbours and calendar, as is usual.
They stand in for the published peers, whose forecasts week by week are not shipped: a difference to those cannot be
paired. Prints a row a model: deviance, hits, and ours minus it with the middle 90 % over origins drawn again.
Scoring looks at 2018: log every look in README.md.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import PoissonRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from sigun.analysis.forecast.history import holes_before, reports_in
from sigun.analysis.forecast.horizons import Span
from sigun.analysis.forecast.kernels import at_places
from sigun.analysis.forecast.memory import memories, own_traces
from sigun.analysis.forecast.outlook import Forecaster
from sigun.analysis.forecast.score import Checked, Ratio, deviance, draw_origins, hit_rate
from sigun.analysis.statistics.arrays import FloatArray, day_number

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "boston"
START, END = date(2018, 1, 2), date(2019, 1, 1)
TAUGHT = 156  # weeks before the test year
HALF_LIVES = (7.0, 14.0, 28.0, 91.0, 182.0, 365.0, 1460.0)


def main() -> None:
    """Forecast, score, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("shared", type=Path)
    forecaster = boston(asked.parse_args().shared.resolve())
    test = weeks(forecaster, START, END)
    ours = [outlook.at_places.mean for outlook in forecaster.outlooks(test, [7] * len(test))]
    found = {"mixture": ours} | peers(forecaster, test)
    came, outside = counted(forecaster, test)
    draws = draw_origins(np.random.default_rng(5), len(test))
    print("| model | deviance | ours minus it | hit@5 | ours minus it | hit@10 | ours minus it |\n" + "|---" * 7 + "|")
    own = scores(ours, came, outside)
    for name, expected in found.items():
        cells = [
            f"{r.value:.4f} | {apart(o, r, draws)}" for o, r in zip(own, scores(expected, came, outside), strict=True)
        ]
        print(f"| {name} | " + " | ".join(cells) + " |")


def boston(shared: Path) -> Forecaster:
    """The comparison plan's panel on the scorer's study area."""
    from sigun.cli.predictions import _panel

    with tempfile.TemporaryDirectory() as folder:
        workspace, mask = Path(folder) / "boston", Path(folder) / "mask.parquet"
        shutil.copytree(EXAMPLE, workspace)
        scorer = {**os.environ, "PYTHONPATH": str(shared / "tools" / "forecast_scorer")}
        command = [sys.executable, "-m", "fcbench.export", "boston_av", str(shared), str(mask)]
        subprocess.run(command, env=scorer, check=True, capture_output=True)
        os.environ["SIGUN_SHARED"] = str(shared)
        panel = _panel(workspace / "plan_compare.yaml", END)
        return Forecaster(panel, study_area=pd.read_parquet(mask))


def weeks(forecaster: Forecaster, start: date, end: date) -> list[Span]:
    """Whole weeks between the days that touch no hole."""
    spans = [Span(d, d, d + 7) for d in range(day_number(start), day_number(end) - 6, 7)]
    holes = holes_before(forecaster.records, day_number(end))
    return [span for span in spans if not span.touches(holes)]


def counted(forecaster: Forecaster, spans: list[Span]) -> tuple[list[FloatArray], FloatArray]:
    """What came, by place, and what came outside."""
    places, place = forecaster.places_at(spans[0].origin)
    found = [reports_in(forecaster.records, place, len(places), span, forecaster.records.own) for span in spans]
    return [came for came, _outside in found], np.array([outside for _came, outside in found])


def peers(forecaster: Forecaster, test: list[Span]) -> dict[str, list[FloatArray]]:
    """Both peers' expectations, (n,) for each week of the test."""
    first = test[0].origin
    taught = [s for s in weeks(forecaster, date(2010, 1, 1), START) if s.origin >= first - 7 * TAUGHT]
    table = features(forecaster, taught + test)
    known, asked = np.concatenate(table[: len(taught)]), np.concatenate(table[len(taught) :])
    came = np.concatenate(counted(forecaster, taught)[0])
    models: dict[str, Any] = {
        "poisson regression": make_pipeline(StandardScaler(), PoissonRegressor(alpha=1e-4, max_iter=500)),
        "boosting": HistGradientBoostingRegressor(
            loss="poisson", learning_rate=0.05, max_iter=150, max_leaf_nodes=15, min_samples_leaf=200, random_state=0
        ),
    }
    return {name: np.split(m.fit(known, came).predict(asked), len(test)) for name, m in models.items()}


def features(forecaster: Forecaster, spans: list[Span]) -> list[FloatArray]:
    """Logs of decayed memories of the cell, its neighbours and the city, and the season, (n, f) for each span."""
    places, _place = forecaster.places_at(spans[0].origin)
    traces = own_traces(forecaster.records)
    origins = [span.origin for span in spans]
    holes = [holes_before(forecaster.records, origin) for origin in origins]
    found = []
    for span, memory in zip(spans, memories(traces, origins, holes, HALF_LIVES), strict=True):
        own = at_places(traces, memory, places)
        near, wide = (np.array([places.smooth(row, reach) for row in own]) for reach in (1.0, 3.0))
        city = np.repeat(own.mean(axis=1, keepdims=True), len(places), axis=1)
        turn = 2 * np.pi * (span.start % 365.25) / 365.25
        season = np.full((2, len(places)), [[np.sin(turn)], [np.cos(turn)]])
        found.append(np.concatenate([np.log(np.concatenate([own, near, wide, city]) + 0.05), season]).T)
    return found


def scores(expected: list[FloatArray], came: list[FloatArray], outside: FloatArray) -> tuple[Ratio, Ratio, Ratio]:
    """Deviance and hits at 5 and 10 % of the area."""
    checked = Checked(expected, came, outside)
    return deviance(checked), hit_rate(checked, 0.05), hit_rate(checked, 0.10)


def apart(ours: Ratio, theirs: Ratio, draws: Any) -> str:
    """Ours minus theirs, with the middle 90 %."""
    difference = ours.minus(theirs)
    low, high = difference.interval(draws)
    return f"{difference.value:+.4f} [{low:+.4f}, {high:+.4f}]"


if __name__ == "__main__":
    main()
