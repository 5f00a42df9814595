"""What is planted in made-up cities, held against what the street finds in them.

    python benchmarks/recovery.py --cities 20              to try
    python benchmarks/recovery.py --cities 100 --workers 2 the table of benchmarks/README.md

Each city goes the ordinary way: raw files, the cards `sigun data add` writes, the recipe's plan, panel, steps. Beside
the *planted* cities (the demo's settings) there are half as many *plain* ones (no hole, change of intake, hotspot,
chronic caller, effect of an area, of floating population or of rain; only noise between dongs) and *even* ones (plain,
and every built-up cell expects the same; no covariates read): whatever stands out there is a false find.
Seeds are 1, 2, 3 … Stopped with Ctrl-C it prints what it has.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from sigun.analysis.methods import adapter, rng_for
from sigun.analysis.same_vehicle.step import numbered
from sigun.analysis.statistics.intervals import wilson
from sigun.catalog.add import add_files
from sigun.catalog.card import Card
from sigun.catalog.store import read_catalog
from sigun.catalog.write import write_card
from sigun.panel.build import build_panel, collect
from sigun.panel.model import Panel
from sigun.plan.steps import Hotspot, Occurrence, SameVehicle
from sigun.recipes.fill import fill_roles, lay
from sigun.recipes.vehicles.made_up import write_city
from sigun.recipes.vehicles.truth import Planted, Truth
from sigun.region.neighbours import queen_neighbours
from sigun.result import Result
from sigun.run import open_plan
from sigun.settings import open_workspace

HALF_MONTH, NEAR = 15, 45  # days a change of intake may be off to count as dated, and as found
PLAIN = Planted(
    hole=(date(2023, 6, 5), date(2023, 6, 5)),
    regime_ratio=1.0,
    rain_ratio=1.0,
    elasticities={"1인가구비율": 0.0, "노후주택비율": 0.0},
    floating_elasticity=0.0,
    hotspots=0,
    chronic=0,
)
SORTS = {"planted": Planted(), "plain": PLAIN, "even": replace(PLAIN, even=True, nearby=0.0)}
TRUE = ("single_households", "old_homes")
BACKTESTED = 5  # one city in so many is forecast back week by week
COLUMNS = (*TRUE, "elderly", "parking_spaces")


class Rate(NamedTuple):
    """So many of so many."""

    what: str
    stated: str
    right: float
    of: float


class Value(NamedTuple):
    """One figure of one city."""

    what: str
    stated: str
    value: float


class Span(NamedTuple):
    """An interval, and what this city's draw came to; the truth is the mean of that over the cities."""

    what: str
    stated: str
    low: float
    high: float
    drawn: float


Seen = Rate | Value | Span


def main() -> None:
    """Go through the cities and print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cities", type=int, default=20, help="planted ones")
    asked.add_argument("--workers", type=int, default=2)
    said = asked.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # before the workers load numpy
    seeds = range(1, said.cities + 1)
    jobs = [(sort, seed) for seed in seeds for sort in SORTS if sort == "planted" or seed % 2]
    seen: list[list[Seen]] = []
    with ProcessPoolExecutor(said.workers, get_context("spawn")) as pool:
        try:
            for found in pool.map(one_city, jobs):
                seen.append(found)
                print(f"\r{len(seen)} of {len(jobs)} cities", end="", file=sys.stderr, flush=True)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
    print(file=sys.stderr)
    print_table([sort for sort, _ in jobs[: len(seen)]], seen)


def one_city(job: tuple[str, int]) -> list[Seen]:
    """Everything seen in one city."""
    sort, seed = job
    scorers = {"planted": planted_city, "plain": plain_city, "even": even_city}
    with tempfile.TemporaryDirectory() as folder:
        panel, truth = street(Path(folder), seed, SORTS[sort])
        return list(scorers[sort](panel, truth))


def street(folder: Path, seed: int, planted: Planted) -> tuple[Panel, Truth]:
    """From raw files to the panel, as `sigun demo` goes, with cards that are written already."""
    plan_file = lay(folder, "vehicles")
    workspace = open_workspace(folder)
    truth = write_city(folder / "made_up", seed=seed, planted=planted)
    for card in cards():
        write_card(workspace, card)
        target = workspace.sources / card.file
        target.parent.mkdir(parents=True, exist_ok=True)
        (folder / "made_up" / target.name).rename(target)
    fill_roles(workspace, read_catalog(workspace))
    plan, catalog = open_plan(plan_file)
    return build_panel(plan, collect(plan, catalog, covariates=not planted.even)), truth


@cache
def cards() -> tuple[Card, ...]:
    """The cards `sigun data add` writes for such files; every process adds them once."""
    with tempfile.TemporaryDirectory() as folder:
        lay(Path(folder), "vehicles")
        workspace = open_workspace(Path(folder))
        write_city(Path(folder) / "made_up")
        add_files(workspace, sorted(path for path in (Path(folder) / "made_up").iterdir() if path.is_file()))
        return tuple(card.model_copy(update={"sha256": None}) for card in read_catalog(workspace).cards.values())


def step_of(panel: Panel, method: str) -> Result:
    """The plan's own step, with its own chance."""
    step = next(step for step in panel.plan.steps if step.method == method)
    return adapter(method)(step, panel, rng_for(panel.plan.seed, step))


def planted_city(panel: Panel, truth: Truth) -> Iterator[Seen]:
    """All items of a city with everything planted."""
    for part in (holes_and_intake, rhythm, hot_places, factors, weather, vehicles, closing, intensity):
        yield from part(panel, truth)
    if truth.seed % BACKTESTED == 1:
        yield from weekly(panel)


def plain_city(panel: Panel, truth: Truth) -> Iterator[Seen]:
    """What is found where nothing is."""
    yield Rate("a hole found", "≤ .001", bool(panel.holes), 1)
    yield Rate("a silent channel found", "≤ .001", any(f.kind == "channel_hole" for f in panel.findings), 1)
    yield Rate("a change of intake found", "≤ .05", bool(panel.regimes), 1)
    change = step_of(panel, "trend").fact("yearly_change")
    yield covered("yearly change in its interval", truth.planted.yearly_change, change.low, change.high)
    a_head = Hotspot(method="hotspot", exposure="population")
    areas = adapter("hotspot")(a_head, panel, rng_for(panel.plan.seed, a_head)).tables["areas"]
    yield Rate("any dong hot (rates a head)", "≤ .05", areas["hot"].any(), 1)
    found = step_of(panel, "area_factors").tables
    tried = pd.concat([found["associations"], found["periods"]])
    yield Rate("any area factor found (of 7, rank correlation)", "≤ .05", (tried["reading"] != "unclear").any(), 1)
    own = step_of(panel, "occurrence").tables["effects"]
    asked, inside = regressions(panel)
    yield Rate("any found by the plan's regression", "≤ .05", (own["reading"] != "unclear").any(), 1)
    yield Rate("any of 4 found by regression", "≤ .05", (asked["reading"] != "unclear").any(), 1)
    yield Rate("no effect in the regression's intervals", ".90", within(asked, 0.0).sum(), len(asked))
    yield Rate("floating population found inside dongs", "≤ .05", (inside["reading"] != "unclear").any(), 1)
    yield Rate("no effect of it in the interval", ".90", within(inside, 0.0).sum(), len(inside))
    days = step_of(panel, "weather").tables["associations"]
    yield Rate("any weather found (of 4)", "≤ .05", (days["reading"] != "unclear").any(), 1)
    yield Rate("no effect in the weather's intervals", ".90", ((days["low"] <= 1) & (days["high"] >= 1)).sum(), 4)


def even_city(panel: Panel, truth: Truth) -> Iterator[Seen]:  # noqa: ARG001 - there is nothing to know
    """Hot cells where every built-up cell expects the same."""
    cells = step_of(panel, "hotspot").tables["cells"]
    yield Rate("any cell hot", "≤ .05", cells["hot"].any(), 1)
    yield Value("hot cells", "0", float(cells["hot"].sum()))
    yield Rate(
        "any cell of its neighbours' kind (local Moran, high–high)", "≤ .05", (cells["quadrant"] == "HH").any(), 1
    )


# --- items ----------------------------------------------------------------------------------------------------------


def holes_and_intake(panel: Panel, truth: Truth) -> Iterator[Seen]:
    """The hole and the new app: found, dated, measured, and none besides."""
    start, end = truth.planted.hole
    own = [(a, b) for a, b in panel.holes if a < end and b > start]
    yield Rate("hole found, both ends within 3 days", "1", any(off(a, start) <= 3 >= off(b, end) for a, b in own), 1)
    for a, b in own:
        yield Value("hole: first day off (days)", "≤ 3", off(a, start))
        yield Value("hole: last day off (days)", "≤ 3", off(b, end))
    yield Rate("another hole found", "≤ .001", len(panel.holes) > len(own), 1)
    regime = truth.planted.regime
    near = [day for day in panel.regimes if off(day, regime) <= NEAR]
    yield Rate(f"new app found within {NEAR} days", "–", bool(near), 1)
    yield Rate(f"new app found within {HALF_MONTH} days", "–", any(off(day, regime) <= HALF_MONTH for day in near), 1)
    yield Rate("another change of intake found", "≤ .05", len(panel.regimes) > len(near[:1]), 1)
    for day in near[:1]:
        yield Value("new app: days off", "–", off(day, regime))
    trend = step_of(panel, "trend")
    change, jumps = trend.fact("yearly_change"), trend.tables["regimes"]
    if len(jumps) == len(near) == 1:
        jump = jumps.iloc[0]
        yield covered("jump of intake in its interval", truth.planted.regime_ratio, jump["low"], jump["high"])
        yield Value("jump of intake over the planted one", "1", jump["ratio"] / truth.planted.regime_ratio)
        yield covered("yearly change in its interval", truth.planted.yearly_change, change.low, change.high)


def rhythm(panel: Panel, truth: Truth) -> Iterator[Seen]:
    """The year, the week and the kinds of vehicle."""
    profiles = step_of(panel, "rhythm").tables["profiles"].sort_values("position")
    for cycle, planted in (("month", truth.month_index), ("weekday", truth.weekday_index)):
        own = profiles[profiles["cycle"] == cycle]
        inside = (own["low"].to_numpy() <= planted) & (planted <= own["high"].to_numpy())
        yield Rate(f"{cycle}s' indices in their intervals", ".90", inside.sum(), len(own))
    share = step_of(panel, "kinds").fact("top_share")
    yield covered("share of two-wheelers in its interval", truth.planted.two_wheelers, share.low, share.high)


def hot_places(panel: Panel, truth: Truth) -> Iterator[Seen]:
    """Hot cells against what was to be expected of them, and against the planted hotspots."""
    cells = step_of(panel, "hotspot").tables["cells"]
    beside = queen_neighbours(cells["cell_x"].to_numpy(), cells["cell_y"].to_numpy())
    keys = pd.MultiIndex.from_frame(cells[["cell_x", "cell_y"]])
    expected = pd.Series({(x, y): share for x, y, share in truth.cells}).reindex(keys).fillna(0.0).to_numpy()
    around = (expected + beside @ expected) / (1 + np.diff(beside.indptr))
    hot = cells["hot"].to_numpy(bool)
    yield Rate(
        "hot cells whose 3 × 3 cells expect no more than average",
        "≤ .05",
        (around[hot] <= expected.mean()).sum(),
        hot.sum(),
    )
    planted = keys.isin([(x, y) for x, y, _ in truth.hot_cells])
    yield Rate("hot cells in or beside a planted one", "–", ((planted + beside @ planted) > 0)[hot].sum(), hot.sum())
    yield Rate("planted cells that are hot", "–", hot[planted].sum(), planted.sum())
    centres = [(int(spot.x // panel.cell), int(spot.y // panel.cell)) for spot in truth.hotspots]
    yield Rate("planted centres in a hot cell", "–", hot[keys.isin(centres)].sum(), len(centres))


def factors(panel: Panel, truth: Truth) -> Iterator[Seen]:
    """What goes with the rate a head between dongs, and with the months inside them."""
    found = step_of(panel, "area_factors").tables
    between = found["associations"].set_index("variable")["reading"].loc[list(TRUE)]
    yield Rate("area factors found (rank correlation)", "–", (between == "positive").sum(), 2)
    yield Rate("area factors found with the wrong sign", "≤ .05", (between == "negative").sum(), 2)
    asked, inside = regressions(panel)
    asked = asked.set_index("variable").loc[list(COLUMNS)]
    planted = straight(panel, truth)
    yield Rate("slopes of regression: right sign", "–", (asked["rate_ratio"].iloc[:2] > 1).sum(), 2)
    yield Rate("slopes of regression: found", "–", (asked["reading"].iloc[:2] == "positive").sum(), 2)
    yield Rate("slopes of regression: in their intervals", ".90", within(asked.iloc[:2], planted[:2]).sum(), 2)
    yield Rate("columns without effect: found", "≤ .05", (asked["reading"].iloc[2:] != "unclear").sum(), 2)
    yield Rate("columns without effect: in their intervals", ".90", within(asked.iloc[2:], planted[2:]).sum(), 2)
    slope = truth.planted.floating_elasticity * np.log1p(inside["per"].to_numpy() / 100)
    yield Rate("floating population found inside dongs", "–", (inside["reading"] == "positive").sum(), len(inside))
    yield Rate("its elasticity in the interval", ".90", within(inside, slope).sum(), len(inside))


def regressions(panel: Panel) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Effects of the regression on the four columns, and of the one inside dongs."""
    between = Occurrence(method="occurrence", columns=COLUMNS)
    inside = Occurrence(method="occurrence", fixed_effects="region")
    asked, months = (adapter("occurrence")(step, panel, rng_for(panel.plan.seed, step)) for step in (between, inside))
    return asked.tables["effects"], months.tables["effects"]


def straight(panel: Panel, truth: Truth) -> np.ndarray:
    """The planted curve as the plane nearest to it: log rate a standard deviation of each column."""
    values = pd.DataFrame(panel.areas)[list(COLUMNS)].to_numpy(float)
    planted = np.array([truth.planted.elasticities["1인가구비율"], truth.planted.elasticities["노후주택비율"]])
    curve = np.log(values[:, :2]) @ planted
    x = (values - values.mean(axis=0)) / values.std(axis=0, ddof=1)
    return np.linalg.lstsq(np.column_stack([x, np.ones(len(x))]), curve, rcond=None)[0][:-1]


def weather(panel: Panel, truth: Truth) -> Iterator[Seen]:
    """Rain, and what has no effect of its own."""
    days = step_of(panel, "weather").tables["associations"].set_index("variable")
    rain = days.loc["precipitation"]
    yield Rate("rain found", "–", rain["reading"] == "negative", 1)
    yield covered("rain in its interval", truth.planted.rain_ratio ** (rain["per"] / 10), rain["low"], rain["high"])
    none = days.loc[["temperature", "wind"], "reading"]
    yield Rate("temperature or wind found", "≤ .05", (none != "unclear").sum(), 2)


def vehicles(panel: Panel, truth: Truth) -> Iterator[Seen]:
    """Second reports of one vehicle, no label used."""
    found = numbered(SameVehicle(method="same_vehicle"), panel)
    first = found["id"].map(dict(truth.second_reports)).fillna(found["id"])
    repeat, flag = (first != found["id"]).to_numpy(), (found["first"] != found["id"]).to_numpy()
    yield Rate("repeats: precision", "≥ .90", repeat[flag].sum(), flag.sum())
    yield Rate("repeats: recall", "≥ .85", flag[repeat].sum(), repeat.sum())
    told = step_of(panel, "same_vehicle").fact("vehicles")
    yield covered("number of vehicles in its interval", first.nunique(), told.low, told.high)
    yield Value("vehicles over the true number", "1", told.value / first.nunique())


def closing(panel: Panel, truth: Truth) -> Iterator[Seen]:
    """Median days to closing, of all and of each year's reports."""
    duration = step_of(panel, "duration")
    whole, drawn = duration.fact("median_days"), truth.full_median_days
    yield Span("median days to closing in its interval", ".90", whole.low, whole.high, drawn["all"])
    yield Value("median days over those drawn", "1", whole.value / drawn["all"])
    for row in duration.tables["years"].itertuples():
        yield Span(f"the median of the reports of {row.year}", ".90", row.low, row.high, drawn[str(row.year)])


def intensity(panel: Panel, truth: Truth) -> Iterator[Seen]:
    """Where the forecast lies, against the planted shares."""
    cells = step_of(panel, "forecast").tables["cells"].set_index(["cell_x", "cell_y"])["expected_count"]
    planted = pd.Series({(x, y): share for x, y, share in truth.cells})
    both = pd.concat([cells, planted], axis=1).fillna(0.0).to_numpy()
    told, true = (both / both.sum(axis=0)).T
    yield Value("forecast and planted share of cells: correlation", "–", np.corrcoef(told, true)[0, 1])
    yield Value(
        "share of the deviance of the planted intensity explained",
        "–",
        1 - gap(true, told) / gap(true, np.full(len(true), 1 / len(true))),
    )


def weekly(panel: Panel) -> Iterator[Seen]:
    """Level and intervals of a year of weekly forecasts, against what came."""
    backtest = step_of(panel, "backtest").tables
    scores = backtest["scores"].query("mode == 'known_status' and model == 'mixture'")
    scores = scores.set_index(["level", "measure"])["value"]
    yield Value("weekly forecasts over what came", "1", scores["cell", "bias_ratio"])
    yield Value("weekly counts of dongs in their intervals", "≥ .90", scores["area", "coverage"])
    weeks = backtest["origins"].query("mode == 'known_status' and model == 'mixture'")
    inside = (weeks["low"] <= weeks["reports"]) & (weeks["reports"] <= weeks["high"])
    yield Rate("weekly totals in their intervals", "≥ .90", inside.sum(), len(weeks))


def gap(true: np.ndarray, told: np.ndarray) -> float:
    """Kullback-Leibler divergence, which is the Poisson deviance to expect a report, halved."""
    some = true > 0
    return float(np.sum(true[some] * np.log(true[some] / np.maximum(told[some], 1e-12))))


def covered(what: str, planted: float, low: float | None, high: float | None) -> Rate:
    """Whether a planted value lies in its 90 % interval."""
    return Rate(what, ".90", low is not None and high is not None and low <= planted <= high, 1)


def within(effects: pd.DataFrame, planted: np.ndarray | float) -> np.ndarray:
    """Whether each planted log ratio lies in its 90 % interval."""
    low, high = np.log(effects[["low", "high"]].to_numpy(float)).T
    return np.asarray((low <= planted) & (planted <= high))


def off(found: date, planted: date) -> int:
    """Days apart."""
    return abs((found - planted).days)


# --- the table ------------------------------------------------------------------------------------------------------


def print_table(sorts: list[str], seen: list[list[Seen]]) -> None:
    """One row an item: rates with their interval, figures with their range over the cities."""
    print("| cities | what | stated | seen | 95 % interval, or range of 90 % of the cities | of |\n" + "|---" * 6 + "|")
    for sort in SORTS:
        cities = [found for own, found in zip(sorts, seen, strict=True) if own == sort]
        for what in dict.fromkeys(one.what for found in cities for one in found):
            rows = [[one for one in found if one.what == what] for found in cities]
            first = next(one for found in rows for one in found)
            print(f"| {sort} | {what} | {first.stated} | {' | '.join(summary(rows))} |", flush=True)


def summary(cities: list[list[Seen]]) -> tuple[str, str, str]:
    """What is seen, how sure it is, and of how many."""
    flat = [one for found in cities for one in found]
    if isinstance(flat[0], Value):
        values = [one.value for one in flat if isinstance(one, Value)]
        middle, low, high = np.quantile(values, [0.5, 0.05, 0.95])
        return f"{middle:.3g}", f"{low:.3g} to {high:.3g}", str(len(values))
    truth = np.mean([one.drawn for one in flat if isinstance(one, Span)] or [0.0])
    pairs = [(bool(one.low <= truth <= one.high), 1.0) if isinstance(one, Span) else one[2:] for one in flat]
    right, of = np.array([pair for pair in pairs if pair[1] > 0], dtype=float).T
    share, low, high = rate(right, of)
    return f"{share:.3f}", f"{low:.3f} to {high:.3f}", f"{of.sum():.0f}"


def rate(right: np.ndarray, of: np.ndarray) -> tuple[float, float, float]:
    """A share over cities and its Wilson interval, as wide as trials that go together in a city make it."""
    share, n = right.sum() / of.sum(), len(of)
    size = float(n)  # where every city agrees each counts once
    variance = np.sum((right - share * of) ** 2) * n / max(n - 1, 1) / of.sum() ** 2
    if variance > 0:
        size = min(float(of.sum()), share * (1 - share) / variance)
    low, high = wilson([share * size], [size], 0.95)
    return float(share), float(low[0]), float(high[0])


if __name__ == "__main__":
    main()
