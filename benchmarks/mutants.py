"""How many faults put into plans `sigun check` finds, and how many plans in order it blocks.

python benchmarks/mutants.py [--mutants 1000] [--valid 200] [--seed 2]

Every operator of `tests/mutations.py` in turn, each on one of the plans in order of `tests/valid_plans.py` (those that
come with the program, and variations of them). A fault is found when a finding that the plan did not have before says
so at the very path of the wrong value. Milliseconds are of the check alone, the catalogue read before.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from mutations import OPERATORS, Mutant, mutants
from sigun.catalog.guard import Finding, findings
from valid_plans import TODAY, World, valid_plans

FILE = Path("plan.yaml")


def found(one: Mutant) -> tuple[bool, float]:
    """Whether the fault is found at the right path, and the milliseconds of the check."""
    before = {(f.rule, f.path, str(f.said)) for f in looked_at(one.seed)[0]}
    now, took = looked_at(World(one.operator, one.data, one.catalog))
    new = [f for f in now if (f.rule, f.path, str(f.said)) not in before]
    return any(f.path in one.paths and f.verdict != "accept" for f in new), took


def looked_at(world: World) -> tuple[tuple[Finding, ...], float]:
    """The findings on a plan, and the milliseconds they took."""
    began = time.perf_counter()
    said = findings(world.data, world.catalog, FILE, TODAY)
    return said, 1000 * (time.perf_counter() - began)


def main() -> None:
    """Print the shares and the times."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--mutants", type=int, default=1000)
    asked.add_argument("--valid", type=int, default=200)
    asked.add_argument("--seed", type=int, default=2)
    said = asked.parse_args()
    plans = valid_plans(said.valid)
    for world in plans[:12]:  # what is read once is read before the clock runs
        looked_at(world)
    blocked = sum(any(f.verdict == "reject" for f in looked_at(world)[0]) for world in plans)
    missed: Counter[str] = Counter()
    times = []
    for one in mutants(said.mutants, plans, said.seed):
        caught, took = found(one)
        times.append(took)
        missed[one.operator] += not caught
    share = 1 - sum(missed.values()) / said.mutants
    print(f"{len(OPERATORS)} operators, {said.mutants} mutants: {share:.1%} found at the right path")
    print(f"{said.valid} plans in order: {blocked} blocked")
    times.sort()
    print(f"ms a plan: median {statistics.median(times):.1f}, 95 % {times[int(0.95 * len(times))]:.1f}")
    for name, n in missed.most_common():
        if n:
            print(f"  missed: {name} {n}")


if __name__ == "__main__":
    main()
