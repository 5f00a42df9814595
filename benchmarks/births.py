"""What is planted in made-up provinces, held against what the street finds in them.

    python benchmarks/births.py 1 2 3        seeds; one line each, then the sums

Each province goes the ordinary way: raw files, cards, the recipe's plan, panel, the steps `factors` (without boosting)
and `effect`. Stopped with Ctrl-C it prints what it has.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from sigun.analysis.methods import adapter, rng_for
from sigun.panel.build import collect
from sigun.panel.regional.build import build_region_panel
from sigun.panel.regional.model import RegionPanel
from sigun.plan.steps import FactorAnalysis, Step
from sigun.plan.steps.factors import Explain
from sigun.recipes.births.made_up import write_province
from sigun.recipes.births.taken_in import take_in_province
from sigun.recipes.births.truth import Truth
from sigun.recipes.fill import lay
from sigun.result import Result
from sigun.run import open_plan
from sigun.settings import open_workspace


class Found(NamedTuple):
    """One province: how many of what."""

    true_holds: int
    false_holds: int
    between_only: int
    not_testable: int
    told: int  # true factors with an interval
    held: int  # of these, whose interval holds the planted effect
    grant: str  # the verdict
    grant_held: bool  # whether its interval holds the planted effect


def found_in(seed: int, folder: Path) -> Found:
    """One province down the street."""
    plan = lay(folder / "ws", "births")
    take_in_province(open_workspace(folder / "ws"), folder / "raw", seed)
    truth = write_province(folder / "again", seed)
    asked, catalog = open_plan(plan)
    panel = build_region_panel(asked, collect(asked, catalog))
    results = {step.method: _carried_out(step, panel) for step in asked.steps if step.method != "coverage"}
    return Found(*_factors(results["factors"], truth.factors), *_grant(results["effect"], truth))


def _carried_out(step: Step, panel: RegionPanel) -> Result:
    if isinstance(step, FactorAnalysis):
        step = step.model_copy(update={"explain": Explain(model="none")})
    return adapter(step.method)(step, panel, rng_for(panel.plan.seed, step))


def _factors(result: Result, factors: Mapping[str, Mapping[str, float | str]]) -> tuple[int, int, int, int, int, int]:
    answer = result.tables["answer"]
    answer = answer.assign(variable=answer["term"].str.split(".").str[0])
    true = answer["variable"].map(lambda name: factors.get(name, {}).get("part") == "true")
    holds = answer["verdict"] == "holds"
    told = answer[true & answer["low"].notna()]
    planted = told["variable"].map(lambda name: float(factors[name]["effect"])) * told["step"]
    held = (told["low"] <= planted) & (planted <= told["high"])
    counted = [int((answer["verdict"] == verdict).sum()) for verdict in ("between_only", "not_testable")]
    return int((true & holds).sum()), int((~true & holds).sum()), counted[0], counted[1], len(told), int(held.sum())


def _grant(result: Result, truth: Truth) -> tuple[str, bool]:
    planted = truth.planted
    last = len(planted.grant) - 1
    steps = [min(y - start, last) for start in truth.grants.values() for y in range(start, planted.last + 1)]
    mean = sum(planted.grant[n] for n in steps) / len(steps)
    simple = result.tables["aggregates"].set_index("aggregation").loc["simple"]
    designs = result.tables["designs"]
    return str(designs["verdict"].iloc[0]), bool(simple["low"] <= mean <= simple["high"])


def main() -> None:
    """Every seed of the command line."""
    rows = []
    try:
        for seed in map(int, sys.argv[1:]):
            with tempfile.TemporaryDirectory() as folder:
                rows.append(found_in(seed, Path(folder)))
            print(seed, rows[-1], flush=True)
    except KeyboardInterrupt:
        print("stopped")
    table = pd.DataFrame(rows, columns=list(Found._fields))
    holds = (table["true_holds"] + table["false_holds"]).clip(lower=1)
    print(table.drop(columns="grant").sum().to_string())
    print(f"false among those that hold, mean over provinces: {(table['false_holds'] / holds).mean():.3f}")
    print(table["grant"].value_counts().to_string())


if __name__ == "__main__":
    main()
