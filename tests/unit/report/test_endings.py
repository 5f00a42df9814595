"""How reports end, in the report: which rows stand in which table, and what is left unsaid."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from sigun.report.blocks import Block, Paragraph, Table
from sigun.report.evidence import Evidence
from sigun.report.finished import Finished
from sigun.report.laying import teller
from sigun.report.sections.endings import endings


def blocks(finished: Finished) -> tuple[Block, ...]:
    ev = Evidence(finished)
    return endings(ev, teller(ev, "duration"))


def texts(finished: Finished, table: str) -> list[list[str]]:
    (found,) = [b for b in blocks(finished) if isinstance(b, Table) and b.id == table]
    return [[cell.plain for cell in row] for row in found.rows]


def with_table(finished: Finished, name: str, frame: pd.DataFrame) -> Finished:
    result = finished.results["duration"]
    changed: Any = replace(result, tables={**result.tables, name: frame})
    return replace(finished, results={**finished.results, "duration": changed})


def test_a_row_an_outcome_and_the_interval_of_the_last_day(finished: Finished) -> None:
    rows = texts(finished, "endings")
    assert [len(row) for row in rows] == [5, 5, 5]
    assert rows[0][1:4] == ["5.0", "21.0", "30.0"]


def test_kinds_too_few_stand_together(finished: Finished) -> None:
    assert texts(finished, "endings-kinds")[0][0] == "3 kinds with fewer reports"


def test_only_areas_that_differ_are_named(finished: Finished) -> None:
    assert [row[-1] for row in texts(finished, "duration-areas")] == ["slower"]


def test_stages_are_told_since_the_report_and_once(finished: Finished) -> None:
    (row,) = texts(finished, "stages")
    assert row[0] == "계고장 부착"
    assert row[3] == "47.0"


def test_what_is_not_known_of_old_cases_is_a_dash(finished: Finished) -> None:
    assert texts(finished, "open")[1][2:] == ["–", "–", "–"]


def test_an_old_result_without_these_tables_says_nothing(finished: Finished) -> None:
    for name in ("incidence", "differences", "stages", "open"):
        finished = with_table(finished, name, pd.DataFrame())
    assert not any(isinstance(b, Table) for b in blocks(finished))
    assert any(isinstance(b, Paragraph) for b in blocks(finished))


def test_the_last_age_band_has_no_end(finished: Finished) -> None:
    ages = finished.results["duration"].tables["open"]
    oldest = ages[ages["by"] == "age"].head(1).assign(group="365–")
    assert texts(with_table(finished, "open", oldest), "open")[0][0] == "365 and more"
