"""How often holes are found that are not there, and how well one is dated that is.

    python benchmarks/holes.py                series of ten years: false holes, a hole of 94 days, silent channels
    python benchmarks/holes.py --series 1000  more of them

Reports follow a yearly cycle, weekends at a third, over-dispersed days and a level that wanders by the month; their
rate is 1, 2, 5 or 10 a day. Prints Markdown rows for benchmarks/README.md.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta

import numpy as np
import pandas as pd

from sigun.panel.gaps import find_holes
from sigun.panel.partial import silences

DAYS, HOLE = 3652, (2300, 2394)
RATES = (1.0, 2.0, 5.0, 10.0)
CHANNELS = np.array([0.5, 0.3, 0.15, 0.05])  # shares of the reports
START = date(2010, 1, 1)


def main() -> None:
    """Print a row a rate."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--series", type=int, default=100, help="series a rate")
    n = asked.parse_args().series
    print("| reports a day | series | false holes | hole found | first day off | last day off | false channel holes |")
    print("|---" * 7 + "|")
    for rate in RATES:
        print("| " + " | ".join([f"{rate:g}", str(n), *score(rate, n)]) + " |", flush=True)


def score(rate: float, n: int) -> list[str]:
    """False holes of n series, share of planted holes found, their ends (median and 95 %), false silent channels."""
    rng = np.random.default_rng([20250703, int(rate)])
    false = silent = 0
    ends: list[tuple[int, int]] = []
    for _ in range(n):
        daily = reports(rng, rate)
        false += len(find_holes(daily))
        silent += len(silences(by_channel(rng, daily), START, START + timedelta(days=DAYS), [], 0.001))
        daily[slice(*HOLE)] = 0
        ends += [(HOLE[0] - a, b - HOLE[1]) for a, b in find_holes(daily) if a < HOLE[1] and b > HOLE[0]]
    off = [f"{np.median(side):g} (≤ {np.quantile(side, 0.95):g})" for side in zip(*ends, strict=True)]
    return [str(false), f"{len(ends) / n:.0%}", *off, str(silent)]


def reports(rng: np.random.Generator, rate: float) -> np.ndarray:
    """(days,) reports a day."""
    day = np.arange(DAYS)
    week = np.where(day % 7 < 5, 21 / 17, 7 / 17)
    year = np.exp(0.3 * np.sin(2 * np.pi * day / 365.25))
    wander = np.exp(np.cumsum(rng.normal(0, 0.05, DAYS // 30 + 1)))[day // 30]
    return rng.poisson(rate * week * year * wander * rng.gamma(1 / 0.3, 0.3, DAYS))


def by_channel(rng: np.random.Generator, daily: np.ndarray) -> pd.DataFrame:
    """The reports with a channel each; one channel begins in the third year only."""
    day = np.repeat(np.arange(DAYS), daily)
    channel = rng.choice(len(CHANNELS), len(day), p=CHANNELS)
    channel[(channel == 1) & (day < 1000)] = 0
    at = pd.Timestamp(START) + pd.to_timedelta(day, unit="D")
    return pd.DataFrame({"occurred_at": at, "why": "", "channel": channel.astype(str), "region": "1"})


if __name__ == "__main__":
    main()
