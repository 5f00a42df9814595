"""docs/reference/results.md names the tables and columns that the describing methods hand on, no more and no fewer."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from builders import panel_of_events, reports_on
from sigun.analysis.methods import adapter
from sigun.panel.model import Panel
from sigun.plan import steps

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "results.md"
METHODS = {
    "trend": steps.Trend,
    "rhythm": steps.Rhythm,
    "kinds": steps.Kinds,
    "concentration": steps.Concentration,
    "duration": steps.Duration,
}


def promised(method: str) -> dict[str, list[str]]:
    """Table -> columns, as the page says them; remarks in brackets and after a full stop are left out."""
    section = PAGE.read_text(encoding="utf-8").split(f"## {method} (")[1].split("\n## ")[0]
    entries = [" ".join(entry.split()) for entry in section.split("\n- ")[1:]]
    tables = dict(re.match(r"`?(\w+)`?: (.*)", entry).groups() for entry in entries)  # type: ignore[union-attr]
    plain = {name: re.sub(r"\([^)]*\)", "", text).split(". ")[0] for name, text in tables.items()}
    return {name: re.findall(r"\b[a-z]\w*", text) for name, text in plain.items()}


def panel() -> Panel:
    when = reports_on(pd.date_range("2020-01-01", "2022-12-31"), 2)
    cell = np.arange(len(when)) ** 2 % 131
    parts = {
        "kind": ["승용", "이륜차"],
        "channel": ["앱", "전화"],
        "region": ["11", "12"],
        "outcome": ["confirmed", "other"],
    }
    columns = {name: values * (len(when) // 2) for name, values in parts.items()}
    return panel_of_events(when, cell * 500.0, 0.0, closed_at=when + pd.Timedelta(days=9), **columns)


@pytest.mark.parametrize("method", METHODS)
def test_tables_and_columns(method: str) -> None:
    result = adapter(method)(METHODS[method](method=method), panel(), np.random.default_rng(1))
    page = promised(method)
    facts = page.pop("facts")
    assert {n: sorted(t.columns) for n, t in result.tables.items() if n != "facts"} == {
        n: sorted(c) for n, c in page.items()
    }
    found = {name.removeprefix("confirmed_") for name in result.tables["facts"]["name"]}
    assert found - set(facts) == set()


@pytest.mark.parametrize("method", METHODS)
def test_each_method_has_its_page(method: str) -> None:
    text = (PAGE.parent / "methods" / f"{method}.md").read_text(encoding="utf-8")
    assert all(f"**{part}.**" in text for part in ("What", "How", "Interval", "Bear in mind", "Reference"))
