"""A report is made of what the run could answer: a step may be absent, without an answer, or lack a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sigun.report import laying
from sigun.report.finished import Finished, read_run
from sigun.report.html import html
from sigun.report.outline import outline
from sigun.result import Result
from sigun.text import say


def less(finished: Finished) -> Iterator[tuple[str, dict[str, Result]]]:
    for method, result in finished.results.items():
        rest = {name: r for name, r in finished.results.items() if name != method}
        yield f"no {method}", rest
        yield f"only {method}", {method: result}
        yield f"{method} without an answer", {**rest, method: replace(result, tables={})}
        for table in set(result.tables) - {"facts"}:
            kept = {name: t for name, t in result.tables.items() if name != table}
            yield f"{method} without {table}", {**rest, method: replace(result, tables=kept)}
            empty = {**result.tables, table: result.tables[table].iloc[:0]}
            yield f"{method} with no rows in {table}", {**rest, method: replace(result, tables=empty)}


def test_the_report_is_made_of_what_there_is(demo_run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finished = read_run(demo_run)
    monkeypatch.setattr(laying, "FIGURES", {})  # figures are tested on their own, and take a second each
    for what, results in less(finished):
        assert outline(replace(finished, results=results), "en").sections, what


def test_a_step_without_an_answer_says_why(demo_run: Path) -> None:
    finished = read_run(demo_run)
    reason = say("There are {n} reports; at least {least} are needed.", n=3, least=30)
    left = Result("trend", "description", {}, (reason,))
    page = html(replace(finished, results={"trend": left}), "en")
    assert "This part could not be answered with these data." in page
    assert "There are" in page
