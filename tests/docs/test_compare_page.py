"""docs/reference/results.md names what `before_after` and `summary` hand on: tables, columns and facts, no fewer."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from compared import compared, panel_of
from sigun.analysis.before_after.told import COLUMNS
from sigun.analysis.summary.step import summary
from sigun.plan.steps import Summary
from sigun.report.sections import before_after as section

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/reference/results.md").read_text(encoding="utf-8")


def promised(method: str) -> dict[str, list[str]]:
    """Table -> columns; remarks in brackets and after a full stop are left out."""
    part = PAGE.split(f"## {method} (")[1].split("\n## ")[0]
    tables = dict(re.match(r"`?(\w+)`?: (.*)", " ".join(e.split())).groups() for e in part.split("\n- ")[1:])  # type: ignore[union-attr]
    return {n: re.findall(r"\b[a-z]\w*", re.sub(r"\([^)]*\)", "", t).split(". ")[0]) for n, t in tables.items()}


def test_a_comparison_hands_on_what_the_page_says(tmp_path: Path) -> None:
    y = np.random.default_rng(1).poisson(30, size=(20, 30)).astype(float)
    panel = panel_of(tmp_path, {"y": ("flow 건", y), "people": ("stock 명", np.full_like(y, 1e4))}, "month")
    found = compared(panel, {0: "2020-01-15", 1: "2020-01-15"}, per="people")
    page = promised("before_after")
    facts = page.pop("facts")
    assert set(found.tables["facts"]["name"]) == set(facts)
    assert (
        {n: list(t.columns) for n, t in found.tables.items() if n != "facts"}
        == page
        == {n: list(c) for n, c in COLUMNS.items()}
    )
    listed = re.search(r"`checks`: check \(([^)]*)\), outcome \(pass", PAGE.split("## before_after (")[1])
    assert listed is not None and set(re.findall(r"\w+", listed[1])) == set(section.CHECKS)


def test_columns_by_themselves_hand_on_what_the_page_says(tmp_path: Path) -> None:
    panel = panel_of(tmp_path, {"y": ("flow 건", np.array([[1.0, 2.0], [3.0, 4.0]]))})
    found = summary(Summary(method="summary", by="sido"), panel, np.random.default_rng(1))
    page = promised("summary")
    facts = page.pop("facts")
    assert set(found.tables["facts"]["name"]) == set(facts)
    assert {n: sorted(t.columns) for n, t in found.tables.items() if n != "facts"} == {
        n: sorted(c) for n, c in page.items()
    }


@pytest.mark.parametrize("method", ["before_after", "summary"])
def test_each_has_its_page_in_both_languages(method: str) -> None:
    pages = [(ROOT / "docs/reference/methods" / f"{method}{end}").read_text("utf-8") for end in (".md", ".ko.md")]
    assert all(f"**{part}.**" in pages[0] for part in ("What", "How", "Interval", "Bear in mind", "Reference"))
    assert all(f"**{part}.**" in pages[1] for part in ("무엇을 알려 주는가", "구간", "유의할 점"))
