"""The reports beside a second source, in the report: a row a month, each figure with its reference."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from sigun.plan.model import Plan
from sigun.report.blocks import Table
from sigun.report.evidence import Evidence
from sigun.report.finished import Finished
from sigun.report.refs import resolve
from sigun.report.sections.quality import section
from sigun.report.wording import Shown
from sigun.result import Fact, Result, facts_table

MONTHS = pd.DataFrame(
    {
        "month": [date(2023, 8, 1), date(2023, 9, 1), date(2023, 10, 1)],
        "reports": [180, 20, 0],
        "other": [200, 190, 0],
        "coverage": [0.9, 0.105, np.nan],
        "low": [0.86, 0.07, np.nan],
        "high": [0.93, 0.15, np.nan],
    }
)


PLAN = Plan.model_validate(
    {"id": "a", "title": "A", "question": "B", "data": {"events": "e"}, "steps": [{"method": "quality"}]}
)


def finished(months: pd.DataFrame) -> Finished:
    tables = {"facts": facts_table([Fact("holes", 0), Fact("hole_days", 0)]), "second_source": months}
    return Finished(PLAN, {"quality": Result("quality", "description", tables)})


def tables(run: Finished) -> list[Table]:
    found = section(Evidence(run))
    assert found is not None
    return [b for b in found.blocks if isinstance(b, Table) and b.id == "second-source"]


def test_a_row_a_month() -> None:
    (found,) = tables(finished(MONTHS))
    assert [[cell.plain for cell in row][1:4] for row in found.rows] == [
        ["180", "200", "90.0"],
        ["20", "190", "10.5"],
        ["0", "0", "–"],
    ]


def test_each_figure_has_its_reference() -> None:
    run = finished(MONTHS)
    (found,) = tables(run)
    shown = [p for row in found.rows for cell in row for p in cell.pieces if isinstance(p, Shown)]
    assert len(shown) == 15
    assert all(resolve(run, s.ref) is not None for s in shown)


def test_without_a_second_source_there_is_no_table() -> None:
    assert tables(finished(MONTHS.iloc[:0])) == []
