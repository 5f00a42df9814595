"""Panels of anything (자료 고유 지역): a table as a file, taken in and analysed as a user would."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sigun.catalog.add import add_files
from sigun.report.finished import read_run
from sigun.result import Result
from sigun.run import run
from sigun.settings import open_workspace

TOML = '[sources]\nfolder = "."\n'


@dataclass(frozen=True)
class Answered:
    """What a run found and said."""

    results: Mapping[str, Result]
    said: str  # the report's words in a row

    def value(self, table: str, column: str, **where: Any) -> float:
        """One figure of the factor analysis: the only row where the columns are so."""
        rows = self.results["factors"].tables[table]
        for name, wanted in where.items():
            rows = rows[rows[name] == wanted]
        assert len(rows) == 1, f"{table} {where}: {len(rows)} rows"
        return float(rows[column].iloc[0])


def workspace(folder: Path, table: pd.DataFrame, name: str, *beside: Path) -> Path:
    """A workspace whose catalogue holds the table, as `sigun data add` proposes it; other files lie beside."""
    folder.mkdir(parents=True)
    (folder / "sigun.toml").write_text(TOML, encoding="utf-8")
    raw = folder / f"{name}.csv"
    table.to_csv(raw, index=False, encoding="utf-8")
    add_files(open_workspace(folder), [raw])
    for file in beside:
        shutil.copy(file, folder / file.name)
    return folder


def answered(folder: Path, plan: str, name: str = "plan") -> Answered:
    """The plan carried out in the workspace."""
    file = folder / f"{name}.yaml"
    file.write_text(plan, encoding="utf-8")
    report = run(file)
    page = re.sub(r"<(script|style|svg).*?</\1>", " ", report.read_text(encoding="utf-8"), flags=re.DOTALL)
    words = html.unescape(re.sub(r"<[^>]+>", "", page))
    return Answered(read_run(report.parent).results, re.sub(r"\s+", " ", words))
