"""The report of the made-up city: every number refers to the run it was made from, in both languages."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from sigun.report.finished import read_run
from sigun.report.html import html
from sigun.report.wording import BANNED
from sigun.text import Language

PAGES = Path(__file__).parent.parent / "unit" / "report" / "pages.py"


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    """The reader of pages."""
    spec = importlib.util.spec_from_file_location("pages", PAGES)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules.setdefault("pages", importlib.util.module_from_spec(spec))
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_report_of_the_demo(demo_run: Path, lang: Language, pages: ModuleType) -> None:
    finished = read_run(demo_run)
    page = pages.read_page(html(finished, lang))
    assert pages.loose_numbers(page) == []
    assert pages.wrong_values(page, finished) == []
    assert [word for word in BANNED if word in page.text] == []
    assert {e.attrs["id"] for e in page.all("section")} >= {"summary", "data", "trend", "forecast", "patrol", "sources"}
    assert any("made-up" in e.classes for e in page.walk())
