"""Random tables through disclosure control: can any hidden cell be solved for?

    python benchmarks/disclosure.py                 10,000 tables, one in a hundred attacked by another program too
    python benchmarks/disclosure.py --tables 500    fewer of them

Tables are 3 to 40 by 3 to 12 cells, sparse to dense, alone, with hierarchies on one or both sides, of three sides,
linked by common totals, or of amounts. Prints Markdown rows for benchmarks/README.md; a hidden cell that could be
solved for is named.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import linprog

from sigun.panel.disclosure import Dimension, Protected, Table, audit_linked, flat, grouped, protect_linked, table_of
from sigun.plan.privacy import Privacy

SEED = 20250703
ATTACKED = 100  # one in so many is solved by the independent program too


@dataclass
class Score:
    """What came of the tables of one kind."""

    tables: int = 0
    cells: int = 0
    sensitive: int = 0
    hidden: int = 0
    exposed: int = 0
    narrow: int = 0
    attacked: int = 0
    protecting: float = 0.0
    slowest: float = 0.0
    auditing: float = 0.0


def main() -> None:
    """Print a row a kind of table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--tables", type=int, default=10_000)
    n = asked.parse_args().tables
    scores = {kind: Score() for kind in KINDS}
    for number in range(n):
        kind = list(KINDS)[number % len(KINDS)]
        try_one(scores[kind], kind, number)
    print("| tables | n | cells | sensitive | hidden | solved | narrow | attacked anew | s a table | slowest | audit |")
    print("|---" * 11 + "|")
    for kind, s in [*scores.items(), ("all", total(scores.values()))]:
        shares = [f"{100 * part / s.cells:.0f} %" for part in (s.sensitive, s.hidden)]
        seconds = [f"{s.protecting / s.tables:.3f}", f"{s.slowest:.2f}", f"{s.auditing / s.tables:.3f}"]
        print(f"| {kind} | {s.tables} | {s.cells} | {' | '.join(shares)} | {s.exposed} | {s.narrow} | {s.attacked} |",
              " | ".join(seconds), "|")  # fmt: skip


def total(scores: Sequence[Score]) -> Score:
    """All kinds together."""
    whole = Score()
    for one in scores:
        for name, value in vars(one).items():
            setattr(whole, name, max(value, whole.slowest) if name == "slowest" else getattr(whole, name) + value)
    return whole


def try_one(score: Score, kind: str, number: int) -> None:
    """Protect and audit one set of tables."""
    rng = np.random.default_rng([SEED, number])
    tables, rule = KINDS[kind](rng), random_rule(rng)
    began = time.perf_counter()
    safe = protect_linked(tables, rule)
    done = time.perf_counter()
    told = audit_linked(tables, [p.shown for p in safe], rule, ranges=False)
    score.auditing += time.perf_counter() - done
    score.protecting += done - began
    score.slowest = max(score.slowest, done - began)
    score.tables += 1
    score.cells += sum(int((~np.isnan(t.values)).sum()) for t in tables)
    score.sensitive += sum(int(small(t, rule).sum()) for t in tables)
    score.hidden += sum(int(p.hidden.sum()) for p in safe)
    score.exposed += len(told.exposed)
    score.narrow += len(told.narrow)
    for name in told.exposed:
        print("solved:", number, kind, name, flush=True)
    if number // len(KINDS) % ATTACKED == 0 and kind != "two linked":  # these have no common inner cells
        score.attacked += 1
        solved = solved_by_another(tables, safe, rule)
        score.exposed += solved
        if solved:
            print("solved by the other program:", number, kind, solved, flush=True)


def small(table: Table, rule: Privacy) -> np.ndarray:
    """Cells that may not be shown, told anew from the rule."""
    heads = table.values if table.persons is None else table.persons
    few = (heads < rule.min_cell) & ((heads > 0) | (rule.zeros == "hidden"))
    if table.largest is not None and rule.dominance is not None:
        few |= table.largest > rule.dominance / 100 * table.values
    return few & ~np.isnan(table.values)


def random_rule(rng: np.random.Generator) -> Privacy:
    """Three or five, zeros told or not."""
    return Privacy(
        min_cell=int(rng.choice([3, 5])),
        zeros=str(rng.choice(["shown", "hidden"])),
        dominance=float(rng.choice([60, 85])),
    )


# -- tables ----------------------------------------------------------------------------------------------------------


def counts(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Counts from nearly empty to dense, some cells not observed in one table of ten."""
    mean, spread = rng.choice([0.3, 1, 4, 15, 60, 400]), rng.choice([0.3, 1, 5])
    told = rng.poisson(rng.gamma(spread, mean / spread, shape)).astype(float)
    if rng.random() < 0.1:
        told[rng.random(shape) < 0.05] = np.nan
    return told


def side(rng: np.random.Generator, name: str, most: int, deep: bool) -> Dimension:
    """A flat side of 3 to `most` labels, or one in 2 to 6 groups."""
    n = int(rng.integers(3, most + 1))
    labels = [f"{name}{i}" for i in range(n)]
    if not deep:
        return flat(name, labels)
    cuts = np.unique(rng.integers(1, n, int(rng.integers(1, 6))))
    return grouped(name, {f"{name}-{i}": part.tolist() for i, part in enumerate(np.split(np.array(labels), cuts))})


def crossed(rng: np.random.Generator, sides: Sequence[Dimension]) -> tuple[Table, ...]:
    """One table of counts."""
    return (table_of("n", sides, counts(rng, tuple(len(d.leaves) for d in sides))),)


def linked(rng: np.random.Generator) -> tuple[Table, ...]:
    """Two breakdowns of the same totals by region, one of them by year as well."""
    region, year, sex = side(rng, "r", 20, deep=True), side(rng, "y", 8, deep=False), flat("s", ["f", "m"])
    whole = np.nan_to_num(counts(rng, (len(region.leaves), len(year.leaves), 2)))
    return (table_of("n", (region, year), whole.sum(axis=2)), table_of("n", (region, sex), whole.sum(axis=1)))


def amounts(rng: np.random.Generator) -> tuple[Table, ...]:
    """Sales of few and many shops, the largest of which is known; the count of shops is shown beside them."""
    sides = (side(rng, "r", 30, deep=True), side(rng, "k", 8, deep=False))
    shops = np.nan_to_num(counts(rng, tuple(len(d.leaves) for d in sides)))
    own = [rng.lognormal(3, rng.choice([0.5, 1.5]), int(n)) for n in shops.ravel()]
    sales, most = (
        np.array([join(o) if len(o) else 0.0 for o in own]).reshape(shops.shape) for join in (np.sum, np.max)
    )
    return (table_of("won", sides, np.round(sales, 1), shops, np.round(most, 1)), table_of("shops", sides, shops))


KINDS: dict[str, Callable[[np.random.Generator], tuple[Table, ...]]] = {
    "one side": lambda rng: crossed(rng, (side(rng, "r", 40, deep=False),)),
    "one side, groups": lambda rng: crossed(rng, (side(rng, "r", 40, deep=True),)),
    "two sides": lambda rng: crossed(rng, (side(rng, "r", 40, deep=False), side(rng, "c", 12, deep=False))),
    "two sides, groups on one": lambda rng: crossed(
        rng, (side(rng, "r", 40, deep=True), side(rng, "c", 12, deep=False))
    ),
    "two sides, groups on both": lambda rng: crossed(
        rng, (side(rng, "r", 30, deep=True), side(rng, "c", 12, deep=True))
    ),
    "three sides": lambda rng: crossed(
        rng, (side(rng, "r", 12, deep=False), side(rng, "c", 5, deep=False), flat("s", ["f", "m"]))
    ),
    "two linked": linked,
    "amounts and counts": amounts,
}


# -- another program -------------------------------------------------------------------------------------------------


def solved_by_another(tables: Sequence[Table], safe: Sequence[Protected], rule: Privacy) -> int:
    """Hidden cells with one value only, found from the labels and shown figures by `linprog`, cell by cell.

    Shares nothing with the audit: unknowns are the inner cells by their labels, every shown cell is one equation.
    """
    found = 0
    for measure in sorted({t.measure for t in tables}):
        mine = [(t, p) for t, p in zip(tables, safe, strict=True) if t.measure == measure]
        found += _solved(mine, 1.0 if rule.zeros == "shown" else 0.0)
    return found


def _solved(mine: Sequence[tuple[Table, Protected]], least: float) -> int:
    if len(mine) > 1:
        return 0  # inner cells of linked tables have no common breakdown; the audit alone looks at these
    table, told = mine[0]
    leaves = [d.leaves for d in table.dimensions]
    inner = list(product(*(leaf.tolist() for leaf in leaves)))
    under = [[_under(d, i) for i in range(len(d.labels))] for d in table.dimensions]
    lines, shown, hidden, floors = [], [], [], []
    for at in np.ndindex(*table.values.shape):
        line = np.array([all(c in u[a] for c, u, a in zip(cell, under, at, strict=True)) for cell in inner], float)
        if told.hidden[at]:
            hidden.append(line)
            floors.append(least if table.whole else 0.0)
        else:
            lines.append(line)
            shown.append(np.nan_to_num(told.shown[at]))
    found = 0
    for line in hidden:
        ends = [
            linprog(s * line, A_ub=-np.array(hidden), b_ub=-np.array(floors), A_eq=np.array(lines) if lines else None,
                    b_eq=np.array(shown) if lines else None, bounds=(0, 1e7))
            for s in (1, -1)
        ]  # fmt: skip
        low, high = ends[0].fun, -ends[1].fun
        found += bool(np.floor(high + 1e-6) - np.ceil(low - 1e-6) < 1 if table.whole else high - low < 1e-5)
    return found


def _under(dimension: Dimension, place: int) -> set[int]:
    """Leaves that are added into a label."""
    below = dimension.children(place).tolist()
    return set().union(*(_under(dimension, child) for child in below)) if below else {place}


if __name__ == "__main__":
    main()
