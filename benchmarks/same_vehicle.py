"""Score the finding of reports of one vehicle: on made-up cities, where the truth is known, and on Boston's closings.

    python benchmarks/same_vehicle.py                 five made-up cities
    python benchmarks/same_vehicle.py --shared SHARED Boston too: abandoned vehicles and illegal parking

SHARED is the folder with data/. Prints Markdown rows for benchmarks/README.md.
Boston's scores are of the last 30 % of the reports: log every look there.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path

import numpy as np

from sigun.analysis.methods import rng_for
from sigun.analysis.same_vehicle.step import numbered, same_vehicle
from sigun.catalog.add import add_files
from sigun.catalog.store import read_catalog
from sigun.panel.build import build_panel, collect
from sigun.panel.model import Panel
from sigun.plan.steps import SameVehicle
from sigun.recipes.fill import fill_roles, lay
from sigun.recipes.vehicles.made_up import write_city
from sigun.run import open_plan
from sigun.settings import open_workspace

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "boston"
STEP = SameVehicle(method="same_vehicle")
LOOKS = SameVehicle(method="same_vehicle", compare=("colour", "make", "body"))
STEPS = {"plan": LOOKS, "plan_parking": STEP}
SEEDS = (20250703, 11, 12, 13, 14)


def main() -> None:
    """Print the rows asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--shared", type=Path)
    asked.add_argument("--only", choices=["plan", "plan_parking"], action="append")
    said = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not said.only:
            print("| city | precision | recall | in the right group | vehicles | found (90 %) |\n" + "|---" * 6 + "|")
            for seed in SEEDS:
                made_up(Path(folder) / str(seed), seed)
        if said.shared:
            os.environ["SIGUN_SHARED"] = str(said.shared.resolve())
            shutil.copytree(EXAMPLE, Path(folder) / "boston")
            for plan in said.only or ["plan", "plan_parking"]:
                boston(Path(folder) / "boston" / f"{plan}.yaml")


def panel_of(plan_file: Path) -> Panel:
    """The panel of a plan, without covariates."""
    plan, catalog = open_plan(plan_file)
    bare = plan.model_copy(update={"data": plan.data.model_copy(update={"areas": (), "weather": None})})
    return build_panel(bare, collect(bare, catalog, covariates=False))


def made_up(folder: Path, seed: int) -> None:
    """One made-up city: each report but a vehicle's first is a repeat to be found."""
    plan = lay(folder, "vehicles")
    workspace = open_workspace(folder)
    truth = write_city(folder / "raw", seed=seed)
    add_files(workspace, sorted((folder / "raw").iterdir()))
    fill_roles(workspace, read_catalog(workspace))
    panel = panel_of(plan)
    found = numbered(STEP, panel)
    earlier = dict(truth.second_reports)
    vehicle = np.array([_root(number, earlier) for number in found["id"]])
    repeat, flag = vehicle != found["id"], found["first"] != found["id"]
    right = flag & (vehicle == np.array([_root(number, earlier) for number in found["first"]]))
    vehicles = same_vehicle(STEP, panel, rng_for(panel.plan.seed, STEP)).fact("vehicles")
    shares = (float(repeat[flag].mean()), float(flag[repeat].mean()), right.sum() / flag.sum())
    cells = [f"{share:.3f}" for share in shares]
    interval = f"{vehicles.value} ({vehicles.low:.0f}–{vehicles.high:.0f})"
    print(f"| {seed} | " + " | ".join(cells) + f" | {len(set(vehicle))} | {interval} |", flush=True)


def _root(number: str, earlier: dict[str, str]) -> str:
    """Number of the first report of the same vehicle."""
    while number in earlier:
        number = earlier[number]
    return number


def boston(plan_file: Path) -> None:
    """Scores on the last 30 %, and the seconds the step takes."""
    panel, step = panel_of(plan_file), STEPS[plan_file.stem]
    began = time.perf_counter()
    result = same_vehicle(step, panel, rng_for(panel.plan.seed, step))
    seconds = time.perf_counter() - began
    print(f"\n{plan_file.stem}: {len(panel.events)} reports, {seconds:.1f} s")
    print(result.tables["facts"].round(4).to_string(index=False))
    print(result.tables["scores"].round(3).to_string(index=False))


if __name__ == "__main__":
    main()
