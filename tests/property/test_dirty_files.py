"""Dirty statistical tables, made up: read as their truth says, or refused; never silently otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from dirty_faults import FAULTS
from dirty_judge import judge, parsed_here
from dirty_messes import MESSES
from dirty_tables import make

SEEDS = range(2000, 2040)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_dirty_table_is_read_right_or_refused(seed: int, tmp_path: Path) -> None:
    dirty = make(tmp_path, seed)
    with parsed_here():
        verdict = judge(dirty, tmp_path / "workspace")
    allowed = {"refused"} if dirty.fault else {"right", "refused"}
    assert verdict.word in allowed, f"{dirty.layout} {dirty.messes} {dirty.fault}: {verdict.why}"


def test_the_child_process_reads_alike(tmp_path: Path) -> None:
    dirty = make(tmp_path, 2001)
    with parsed_here():
        here = judge(dirty, tmp_path / "here")
    assert judge(dirty, tmp_path / "there").word == here.word


def test_there_are_many_kinds_of_mess() -> None:
    assert len(MESSES) >= 30
    assert len(FAULTS) >= 10
