"""Files made to do harm: the program stays alive, and each is refused with a reason or read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from benchmarks.hostile_files import KINDS

from sigun.catalog.add import add_files
from sigun.errors import SigunError
from sigun.settings import lay_workspace

REFUSED = (
    "text with NUL bytes",
    "text of one endless cell",
    "text with a quote never closed",
    "text with an early quote",
    "page with a bomb",
    "paper that is a workbook too",
    "json nested deeply",
    "json of one record with many keys",
    "json of records that share no key",
    "map with lines that are not there",
    "map with a scale of nothing",
    "workbook of a bomb",
    "workbook with entities",
    "workbook with two cells far away",
    "workbook cut off",
    "workbook with tags in tags",
    "workbook whose sheet is not there",
    "zip of parts that overlap",
    "zip in zip",
    "zip of a Hangul document",
    "zip that is locked",
    "old workbook that is a Hangul document",
    "old workbook that is locked",
    "old workbook of circles",
    "parquet with many columns",
)
READ = (
    "text with formulas",
    "text with escapes",
    "workbook with macros",
    "workbook that lies about its range",
    "workbook merged whole",
)
SMALL = 0.01


def put(kind: str, folder: Path) -> Path:
    path = folder / "file.csv"
    path.write_bytes(KINDS[kind](np.random.default_rng(7), SMALL))
    return path


@pytest.mark.parametrize("kind", REFUSED)
def test_it_is_refused_with_a_reason_and_nothing_is_kept(kind: str, tmp_path: Path) -> None:
    workspace = lay_workspace(tmp_path / "ws")
    with pytest.raises(SigunError) as refused:
        add_files(workspace, [put(kind, tmp_path)])
    problems = getattr(refused.value, "problems", (refused.value,))
    assert all(p.what and p.where and p.remedy for p in problems)
    assert not list(workspace.catalog.glob("*")) and not list(workspace.received.glob("*"))


@pytest.mark.parametrize("kind", READ)
def test_it_is_read_as_what_it_is(kind: str, tmp_path: Path) -> None:
    workspace = lay_workspace(tmp_path / "ws")
    (added,) = add_files(workspace, [put(kind, tmp_path)])
    assert added.rows > 0
