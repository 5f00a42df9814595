"""Faults put into plans are found where they are; plans in order are let through, and fast."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import pytest

from mutations import OPERATORS, Mutant, mutants
from sigun.catalog.guard import Finding, findings
from sigun.catalog.store import Catalog
from valid_plans import TODAY, World, valid_plans

FILE = Path("plan.yaml")
PLANS = valid_plans(60, seed=11)
SAMPLE = list(mutants(2 * len(OPERATORS), PLANS, seed=12))


def said_of(data: object, catalog: Catalog) -> tuple[Finding, ...]:
    return findings(data, catalog, FILE, TODAY)


def test_there_are_many_operators() -> None:
    assert len(OPERATORS) >= 25


@pytest.mark.parametrize("one", SAMPLE, ids=lambda one: one.operator)
def test_a_fault_is_found_where_it_is(one: Mutant) -> None:
    before = {(f.rule, f.path, str(f.said)) for f in said_of(one.seed.data, one.seed.catalog)}
    new = [f for f in said_of(one.data, one.catalog) if (f.rule, f.path, str(f.said)) not in before]
    assert [f for f in new if f.path in one.paths and f.verdict != "accept"], [(f.rule, f.path) for f in new]


@pytest.mark.parametrize("world", PLANS, ids=lambda world: world.name)
def test_a_plan_in_order_is_let_through(world: World) -> None:
    assert not [(f.path, str(f.said)) for f in said_of(world.data, world.catalog) if f.verdict == "reject"]


def test_a_check_is_fast() -> None:
    took = []
    for world in PLANS:
        began = time.process_time()
        said_of(world.data, world.catalog)
        took.append(1000 * (time.process_time() - began))
    assert statistics.median(took) < 20  # ms of the processor; the benchmark tells more closely


def test_findings_are_the_same_each_time() -> None:
    for one in SAMPLE[:20]:
        assert said_of(one.data, one.catalog) == said_of(one.data, one.catalog)
